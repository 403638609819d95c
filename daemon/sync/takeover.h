/* daemon/sync/takeover.h — what a newer edition wrote in a shared calendar, shown in our own */
#pragma once

#include "model/settings.h"
#include "store/store.h"
#include "sync/posting.h"

G_BEGIN_DECLS

typedef struct _TnTakeover TnTakeover;

TnTakeover *tn_takeover_new (void);
void tn_takeover_free (TnTakeover *self);
gboolean tn_takeover_look (TnTakeover *self, TnStore *store, const TnSettings *settings,
                           const TnRulebook *rulebook);
void tn_takeover_apply (const TnTakeover *self, GPtrArray *postings, GPtrArray *remarks);

G_END_DECLS
