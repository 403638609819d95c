/* plugins/exchange/graph-creating.h — a new event, once */
#pragma once

#include "calendar.h"

void graph_creating_async (TurnusCalendar *calendar, GBytes *bytes, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
TurnusRef *graph_creating_finish (GAsyncResult *result, GError **error);
