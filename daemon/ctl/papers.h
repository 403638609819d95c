/* daemon/ctl/papers.h — what a question is answered from without a daemon: charters, ledger, today
 */
#pragma once

#include "ctl/call.h"
#include "model/plan.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef struct
{
  TnSettings *settings; /* (owned) (nullable) %NULL when charters were named one by one */
  char **charters;      /* (owned) paths; the rulebook's collaborations are in their order */
  TnRulebook *rulebook; /* (owned) */
  TnLedger *ledger;     /* (owned) decisions of the charters and, with settings, of the store */
  TnRulebook *before; /* (owned) (nullable) what the charters said when the store was last used, or
                         what `--previous` names; of a running daemon only ids, editions, digests */
  TnDate today;
  gboolean lacks_ledger; /* there is a store, and it could not be read */
} TnPapers;

TnPapers *tn_papers_load (const TnCall *call, GError **error);
TnPapers *tn_papers_load_charters (const TnCall *call, GError **error);
void tn_papers_free (TnPapers *papers);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPapers, tn_papers_free)

TnStore *tn_papers_open_store (const char *state, GError **error);
TnDate tn_papers_look_ahead (TnDate from, int years);
TnPlan *tn_papers_plan (const TnPapers *papers, TnSpan span);
TnPlan *tn_papers_plan_cycle (const TnPapers *papers, const TnCycle *first, const TnCycle *last);
char *tn_papers_find_holiday_folder (const TnCall *call, GError **error);

G_END_DECLS
