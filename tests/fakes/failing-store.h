/* tests/fakes/failing-store.h — a store on a disk that is full as long as a test says so */
#pragma once

#include "fakes/through-store.h"

G_BEGIN_DECLS

#define TN_TYPE_FAILING_STORE (tn_failing_store_get_type ())
G_DECLARE_FINAL_TYPE (TnFailingStore, tn_failing_store, TN, FAILING_STORE, TnThroughStore)

TnFailingStore *tn_failing_store_new (TnStore *inner);
void tn_failing_store_set_full (TnFailingStore *self, gboolean is_full);
void tn_failing_store_fail_after (TnFailingStore *self, guint n_commits);

G_END_DECLS
