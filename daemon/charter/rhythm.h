/* daemon/charter/rhythm.h — when a series is held: cycles, window, days and hours */
#pragma once

#include "charter/group.h"
#include "model/series.h"

G_BEGIN_DECLS

void tn_rhythm_read (TnGroup group, TnSeries *series);
gboolean tn_rhythm_check_cycle (TnGroup group, const char *key, const TnSeries *series,
                                const TnCycle *cycle);
gboolean tn_rhythm_check_held (TnGroup group, const char *key, const TnSeries *series,
                               const TnCycle *cycle);
void tn_rhythm_check_first (TnGroup group, TnSeries *series);

G_END_DECLS
