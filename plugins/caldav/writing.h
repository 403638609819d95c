/* plugins/caldav/writing.h — one item written or removed, under a condition */
#pragma once

#include "calendar.h"

void caldav_writing_save_async (TurnusCalendar *self, const char *id, const char *revision,
                                GBytes *bytes, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data);
TurnusRef *caldav_writing_save_finish (GAsyncResult *result, GError **error);

void caldav_writing_remove_async (TurnusCalendar *self, const char *id, const char *revision,
                                  GCancellable *cancellable, GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean caldav_writing_remove_finish (GAsyncResult *result, GError **error);
