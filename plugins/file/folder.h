/* plugins/file/folder.h — a calendar as a folder with one .ics file for each event (vdir) */
#pragma once

#include <turnus-plugin.h>

void file_folder_list (TurnusCalendar *self, GTask *task);
void file_folder_load (TurnusCalendar *self, const char *const *ids, GTask *task);
TurnusRef *file_folder_save (TurnusCalendar *self, const char *id, const char *revision,
                             GBytes *bytes, GError **error);
gboolean file_folder_remove (TurnusCalendar *self, const char *id, const char *revision,
                             GError **error);
