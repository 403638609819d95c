/* plugins/file/watch.h — noticing that somebody wrote into a calendar */
#pragma once

#include <turnus-plugin.h>

void file_watch_set (TurnusCalendar *self, TurnusChanged changed, gpointer user_data);
void file_watch_renew (TurnusCalendar *self, int folder_fd);
void file_watch_clear (TurnusCalendar *self);
