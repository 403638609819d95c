/* daemon/rules/explanation.h — why an occurrence is as it is, as lines for people */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

GPtrArray *tn_explanation_list_lines (const TnPlan *plan, const TnOccurrence *occurrence);
GPtrArray *tn_explanation_list_breaches (const TnPlan *plan);

G_END_DECLS
