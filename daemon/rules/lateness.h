/* daemon/rules/lateness.h — decisions that come too late */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

gboolean tn_lateness_check (const TnPlan *plan, const TnDecision *decision, GError **error);

G_END_DECLS
