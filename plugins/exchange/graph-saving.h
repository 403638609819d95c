/* plugins/exchange/graph-saving.h — an event changed, or removed */
#pragma once

#include "calendar.h"

void graph_saving_async (TurnusCalendar *calendar, const char *id, const char *revision,
                         GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);
TurnusRef *graph_saving_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error);
void graph_removing_async (TurnusCalendar *calendar, const char *id, const char *revision,
                           GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean graph_removing_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error);
