/* daemon/sync/hearsay.h — which decisions the pages of other councils tell */
#pragma once

#include "model/event.h"
#include "sync/snapshot.h"

G_BEGIN_DECLS

typedef struct _TnHearsay TnHearsay;

TnHearsay *tn_hearsay_new (const char *council, GPtrArray *links, const TnSnapshot *snapshot);
void tn_hearsay_free (TnHearsay *hearsay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHearsay, tn_hearsay_free)

gboolean tn_hearsay_misses (const TnHearsay *hearsay, const char *council, const char *id);

char *tn_hearsay_dup_told (const TnEvent *event);

G_END_DECLS
