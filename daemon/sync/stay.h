/* daemon/sync/stay.h — guests and mirrors in the round of a pass */
#pragma once

#include "sync/round.h"

G_BEGIN_DECLS

gboolean tn_stay_needs_all (const TnRound *round);
gboolean tn_stay_wants_creation (const TnRound *round);
gboolean tn_stay_take (const TnRound *round, TnPassResult *result, GError **error);

G_END_DECLS
