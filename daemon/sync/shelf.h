/* daemon/sync/shelf.h — the plans that were made last */
#pragma once

#include "model/plan.h"
#include "rules/chapters.h"

G_BEGIN_DECLS

/* So many occurrences are kept in all: those of ordinary charters, not those of ten thousand events
 * (promise 8). */
#define TN_SHELF_MOST_OCCURRENCES 500u

typedef struct _TnShelf TnShelf;

TnShelf *tn_shelf_new (void);
void tn_shelf_free (TnShelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnShelf, tn_shelf_free)

TnPlan *tn_shelf_plan (TnShelf *shelf, TnChapters *chapters, guint index, const TnLedger *ledger,
                       TnSpan span, TnDate today);

G_END_DECLS
