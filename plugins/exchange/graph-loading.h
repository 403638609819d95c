/* plugins/exchange/graph-loading.h — events, read */
#pragma once

#include "calendar.h"

void graph_loading_async (TurnusCalendar *calendar, const char *const *ids,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data);
GPtrArray *graph_loading_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error);
