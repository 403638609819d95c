/* daemon/rules/vacancy.h — rings that a decision would leave without anybody */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

gboolean tn_vacancy_check (const TnPlan *plan, const TnDecision *decision, GError **error);

G_END_DECLS
