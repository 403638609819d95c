/* daemon/control/undoing.h — a pass taken back, or what that would be */
#pragma once

#include "control/errand.h"

G_BEGIN_DECLS

void tn_undoing_serve (TnErrand *call, GVariant *arguments);

G_END_DECLS
