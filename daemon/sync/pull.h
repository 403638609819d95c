/* daemon/sync/pull.h — what is new in a calendar, listed and read into the snapshot of a round */
#pragma once

#include "provider/provider.h"
#include "sync/round.h"

G_BEGIN_DECLS

void tn_pull_async (TnRound *round, TnProvider *provider, gboolean asks_all,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_pull_finish (TnBook *book, GAsyncResult *result, GError **error);
gboolean tn_pull_found_other (const TnRound *round);

G_END_DECLS
