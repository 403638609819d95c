/* plugins/caldav/loading.h — items, several at once */
#pragma once

#include "calendar.h"

void caldav_loading_async (TurnusCalendar *self, const char *const *ids, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *caldav_loading_finish (GAsyncResult *result, GError **error);
