/* daemon/sync/reading.h — loads items of a calendar into a snapshot, a few at a time */
#pragma once

#include "provider/provider.h"
#include "sync/round.h"

G_BEGIN_DECLS

void tn_reading_async (TnRound *round, TnProvider *provider, char **ids, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_reading_finish (TnProvider *provider, GAsyncResult *result, GError **error);

G_END_DECLS
