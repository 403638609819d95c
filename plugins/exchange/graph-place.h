/* plugins/exchange/graph-place.h — the calendars of a mailbox, and ours among them */
#pragma once

#include "graph-account.h"

void graph_place_find_async (GraphAccount *account, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
gboolean graph_place_find_finish (GAsyncResult *result, GError **error);

void graph_place_discover_async (TurnusCalendar *calendar, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *graph_place_discover_finish (TurnusCalendar *calendar, GAsyncResult *result,
                                        GError **error);
