/* plugins/exchange/ews-loading.h — items as iCalendar, and one item as it stands */
#pragma once

#include "ews-account.h"
#include "ews-reply.h"

void ews_loading_async (TurnusCalendar *calendar, const char *const *ids, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ews_loading_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error);

ExItem *ews_loading_read_item (const EwsMessage *message, const char *id, GError **error);
