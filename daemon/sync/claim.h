/* daemon/sync/claim.h — an entry that somebody made by hand becomes an occurrence's event */
#pragma once

#include "provider/provider.h"
#include "sync/book.h"

G_BEGIN_DECLS

void tn_claim_async (TnBook *book, TnProvider *provider, const TnCalendar *calendar,
                     const char *item_id, const char *uid, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_claim_finish (TnBook *book, GAsyncResult *result, GError **error);
gboolean tn_claim_none (TnBook *book, const char *calendar, const char *item_id, GError **error);

G_END_DECLS
