/* daemon/charter/due.h — the month or day by which a report is due */
#pragma once

#include "charter/group.h"
#include "model/series.h"

G_BEGIN_DECLS

void tn_due_read (TnGroup group, TnSeries *series);

G_END_DECLS
