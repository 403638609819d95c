/* daemon/control/visitors.h — the guests, told to people */
#pragma once

#include "control/errand.h"

G_BEGIN_DECLS

void tn_visitors_serve (TnErrand *call, GVariant *arguments);

G_END_DECLS
