/* daemon/sync/preview.h — what a pass of each calendar would do */
#pragma once

#include "sync/seat.h"

G_BEGIN_DECLS

void tn_preview_async (GObject *owner, TnBook *book, GPtrArray *seats, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
GHashTable *tn_preview_finish (GAsyncResult *result, GError **error);

G_END_DECLS
