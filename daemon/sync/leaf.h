/* daemon/sync/leaf.h — one chapter of the plan as one calendar is to show it */
#pragma once

#include "sync/book.h"
#include "sync/posting.h"

G_BEGIN_DECLS

typedef struct
{
  TnPlan *plan;        /* (owned) */
  GPtrArray *postings; /* (owned) (element-type TnPosting) */
} TnLeaf;

TnLeaf *tn_leaf_new (TnBook *book, const TnCalendar *calendar, TnChapters *chapters, guint index,
                     const TnLedger *ledger, GPtrArray *proposals);
void tn_leaf_free (TnLeaf *leaf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLeaf, tn_leaf_free)

G_END_DECLS
