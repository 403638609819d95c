/* plugins/exchange/ews-changing.h — an item that stands there, changed or removed */
#pragma once

#include "ews-account.h"

void ews_changing_async (TurnusCalendar *calendar, const char *id, const char *revision,
                         GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);
TurnusRef *ews_changing_finish (GAsyncResult *result, GError **error);

void ews_removing_async (TurnusCalendar *calendar, const char *id, const char *revision,
                         GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean ews_removing_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error);
