/* daemon/sync/logbook.h — how a pass went, and what else is known when it ends */
#pragma once

#include "sync/round.h"

G_BEGIN_DECLS

gboolean tn_logbook_enter (TnRound *round, TnPassResult *result, gboolean has_person,
                           GError **error);

G_END_DECLS
