/* daemon/ctl/shares.h — how often councils have their turns, before and after a decision */
#pragma once

#include "ctl/call.h"

G_BEGIN_DECLS

void tn_shares_print (const TnCall *call, JsonArray *shares);

G_END_DECLS
