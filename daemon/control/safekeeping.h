/* daemon/control/safekeeping.h — a backup into files that the caller opened */
#pragma once

#include "control/errand.h"

G_BEGIN_DECLS

void tn_safekeeping_serve (TnErrand *call, GVariant *arguments);

G_END_DECLS
