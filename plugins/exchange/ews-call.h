/* plugins/exchange/ews-call.h — one question on its way to EWS */
#pragma once

#include "ews-account.h"
#include "ews-reply.h"

void ews_call_async (EwsAccount *account, const char *operation, const char *wish, GBytes *body,
                     GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
EwsReply *ews_call_finish (GAsyncResult *result, GError **error);
