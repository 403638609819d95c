/* tests/sim/agreement.h — what daemons know, each by itself and of each other */
#pragma once

#include "sim/office.h"

G_BEGIN_DECLS

void sim_agreement_judge (SimTrace *trace, TnZone *zone, GPtrArray *offices, GHashTable *servers,
                          gboolean has_old_values);

G_END_DECLS
