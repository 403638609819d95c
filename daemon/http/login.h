/* daemon/http/login.h — what logs in to an account, fetched when it is needed and kept while it
 * works */
#pragma once

#include "http/grant.h"
#include "http/ticket.h"

G_BEGIN_DECLS

#define TN_TYPE_LOGIN (tn_login_get_type ())
G_DECLARE_FINAL_TYPE (TnLogin, tn_login, TN, LOGIN, GObject)

TnLogin *tn_login_new (const TnAccount *account, TnClock *clock, TnGrant *grant);

const TnTicket *tn_login_get_ticket (TnLogin *self);

void tn_login_get_async (TnLogin *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean tn_login_get_finish (TnLogin *self, GAsyncResult *result, TnSecret **ret_secret,
                              GError **error);
gboolean tn_login_refuse (TnLogin *self, const TnSecret *secret);

G_END_DECLS
