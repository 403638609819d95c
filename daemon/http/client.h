/* daemon/http/client.h — requests to the server of one account */
#pragma once

#include "base/clock.h"
#include "http/request.h"
#include "http/transfer.h"

G_BEGIN_DECLS

#define TN_TYPE_CLIENT (tn_client_get_type ())
G_DECLARE_FINAL_TYPE (TnClient, tn_client, TN, CLIENT, GObject)

TnClient *tn_client_new (const TnAccount *account, TnClock *clock, const char *state_folder,
                         const TnLimits *limits, GError **error);

void tn_client_send_async (TnClient *self, const TnHttpRequest *request, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
TnHttpResponse *tn_client_send_finish (TnClient *self, GAsyncResult *result, GError **error);

gint64 tn_client_get_not_before_us (TnClient *self);
void tn_client_be_patient (TnClient *self, gint64 after_s);

G_END_DECLS
