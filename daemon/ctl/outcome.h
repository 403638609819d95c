/* daemon/ctl/outcome.h — what follows from a decision */
#pragma once

#include "ctl/call.h"

G_BEGIN_DECLS

gboolean tn_outcome_is_proposed (JsonObject *told);
void tn_outcome_print (const TnCall *call, JsonObject *told, gboolean dry_run);

G_END_DECLS
