/* daemon/rules/settling.h — the dates of all series, those that keep off each other together */
#pragma once

#include "rules/strand.h"

G_BEGIN_DECLS

gboolean tn_settling_is_chained (const TnSeries *series);
void tn_settling_settle (const GPtrArray *strands, const TnLedger *ledger, TnDate today,
                         TnSpan told);

G_END_DECLS
