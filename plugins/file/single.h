/* plugins/file/single.h — a calendar as one .ics file with all events */
#pragma once

#include <turnus-plugin.h>

TurnusListing *file_single_list (TurnusCalendar *self, const char *token, GError **error);
GPtrArray *file_single_load (TurnusCalendar *self, const char *const *ids, GError **error);
TurnusRef *file_single_save (TurnusCalendar *self, const char *id, const char *revision,
                             GBytes *bytes, GError **error);
gboolean file_single_remove (TurnusCalendar *self, const char *id, const char *revision,
                             GError **error);
