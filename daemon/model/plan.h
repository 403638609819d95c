/* daemon/model/plan.h — all occurrences and milestones of a span of time */
#pragma once

#include "model/ledger.h"
#include "model/occurrence.h"
#include "model/rulebook.h"

G_BEGIN_DECLS

typedef struct _TnPlan TnPlan; /* immutable, ref-counted */

TnPlan *tn_plan_new (const TnRulebook *rulebook, const TnLedger *ledger, TnSpan span, TnDate today,
                     GPtrArray *occurrences);
TnPlan *tn_plan_ref (const TnPlan *plan);
void tn_plan_unref (TnPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPlan, tn_plan_unref)

const TnRulebook *tn_plan_get_rulebook (const TnPlan *plan);
const TnLedger *tn_plan_get_ledger (const TnPlan *plan);
TnSpan tn_plan_get_span (const TnPlan *plan);
TnDate tn_plan_get_today (const TnPlan *plan);
guint tn_plan_get_size (const TnPlan *plan);
const TnOccurrence *tn_plan_get (const TnPlan *plan, guint index);
const TnOccurrence *tn_plan_find_uid (const TnPlan *plan, const char *uid,
                                      const TnMilestone **ret_milestone);
const TnOccurrence *tn_plan_find (const TnPlan *plan, const char *collaboration, const char *series,
                                  const char *cycle, const char *site);

G_END_DECLS
