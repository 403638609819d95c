/* daemon/control/reply.h — a proposal is accepted or rejected */
#pragma once

#include "control/errand.h"

G_BEGIN_DECLS

void tn_reply_serve (TnErrand *call, GVariant *arguments);

G_END_DECLS
