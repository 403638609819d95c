/* tests/fakes/await.h — the answer of an asynchronous call, waited for without sleeping */
#pragma once

#include "provider/provider.h"

G_BEGIN_DECLS

/* Pass tn_await_store as callback and the address of a NULL GAsyncResult pointer as its user_data;
 * tn_await turns the default main loop until it is set. A test that is never answered is stopped
 * after a minute: that is an alarm and no expectation of speed. */
void tn_await_store (GObject *source, GAsyncResult *result, gpointer user_data);
GAsyncResult *tn_await (GAsyncResult **result);
void tn_await_true (const gboolean *condition);
void tn_await_idle (void);

/* A provider's calls, as if they were synchronous. */
TurnusListing *tn_await_list (TnProvider *provider, const char *token, GError **error);
GPtrArray *tn_await_load (TnProvider *provider, const char *const *ids, GError **error);
TurnusLoaded *tn_await_load_one (TnProvider *provider, const char *id);
TurnusRef *tn_await_save (TnProvider *provider, const char *id, const char *revision,
                          const char *text, GError **error);
gboolean tn_await_remove (TnProvider *provider, const char *id, const char *revision,
                          GError **error);
const TurnusRef *tn_await_find (const TurnusListing *listing, const char *id);

G_END_DECLS
