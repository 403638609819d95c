/* plugins/exchange/ews-creating.h — a new item */
#pragma once

#include "ews-account.h"

void ews_creating_async (TurnusCalendar *calendar, GBytes *bytes, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
TurnusRef *ews_creating_finish (GAsyncResult *result, GError **error);
