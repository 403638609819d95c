/* daemon/control/plan-file.h — a plan with all that it stands on, to be applied later or refused */
#pragma once

#include "control/errand.h"

G_BEGIN_DECLS

void tn_plan_file_serve (TnErrand *call, GVariant *arguments);
void tn_plan_file_serve_apply (TnErrand *call, GVariant *arguments);

G_END_DECLS
