/* plugins/exchange/ews-place.h — the calendar's folder, and which others there are */
#pragma once

#include "ews-account.h"

void ews_place_find_async (EwsAccount *account, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
gboolean ews_place_find_finish (GAsyncResult *result, GError **error);
void ews_place_know_async (EwsAccount *account, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);

void ews_place_discover_async (TurnusCalendar *calendar, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ews_place_discover_finish (TurnusCalendar *calendar, GAsyncResult *result,
                                      GError **error);
