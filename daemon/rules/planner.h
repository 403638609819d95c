/* daemon/rules/planner.h — charters and decisions to a plan */
#pragma once

#include "model/plan.h"
#include "rules/chapters.h"

G_BEGIN_DECLS

TnPlan *tn_planner_plan (const TnRulebook *rulebook, const TnLedger *ledger, TnSpan span,
                         TnDate today);
TnPlan *tn_planner_plan_chapter (const TnChapters *chapters, guint index, const TnLedger *ledger,
                                 TnSpan span, TnDate today);

G_END_DECLS
