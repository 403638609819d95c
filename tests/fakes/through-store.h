/* tests/fakes/through-store.h — a store that hands everything on to another one, to be failed upon
 */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

#define TN_TYPE_THROUGH_STORE (tn_through_store_get_type ())
G_DECLARE_DERIVABLE_TYPE (TnThroughStore, tn_through_store, TN, THROUGH_STORE, GObject)

struct _TnThroughStoreClass
{
  GObjectClass parent;
  gboolean (*commit) (TnThroughStore *self, const TnBatch *batch, GError **error);
};

TnStore *tn_through_store_get_inner (TnThroughStore *self);
void tn_through_store_take_inner (TnThroughStore *self, TnStore *inner);

G_END_DECLS
