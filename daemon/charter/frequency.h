/* daemon/charter/frequency.h — how often in a period a series is held, and on which of its days */
#pragma once

#include "charter/group.h"
#include "model/series.h"

G_BEGIN_DECLS

void tn_frequency_read (TnGroup group, TnSeries *series);
void tn_frequency_check_room (TnGroup group, const TnSeries *series, TnSpan sample);

G_END_DECLS
