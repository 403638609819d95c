/* daemon/http/grant.h — asks for tokens */
#pragma once

#include "base/clock.h"
#include "http/oauth2.h"
#include "http/transfer.h"

G_BEGIN_DECLS

#define TN_TYPE_GRANT (tn_grant_get_type ())
G_DECLARE_FINAL_TYPE (TnGrant, tn_grant, TN, GRANT, GObject)

TnGrant *tn_grant_new (const TnAccount *account, TnClock *clock, const char *state_folder,
                       const TnLimits *limits, GError **error);

void tn_grant_renew_async (TnGrant *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data);
TnOauth2Token *tn_grant_renew_finish (TnGrant *self, GAsyncResult *result, GError **error);

/* Shows a person where to type what; called once. */
typedef void (*TnOauth2Show) (const char *url, const char *user_code, gint64 lifetime_s,
                              gpointer user_data);

void tn_oauth2_login_async (TnGrant *self, TnOauth2Show show, gpointer show_user_data,
                            GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean tn_oauth2_login_finish (TnGrant *self, GAsyncResult *result, GError **error);

G_END_DECLS
