/* daemon/charter/agenda.h — themes by cycle, and matters that come back */
#pragma once

#include "charter/group.h"
#include "model/series.h"

G_BEGIN_DECLS

void tn_agenda_read (TnGroup group, TnSeries *series);

G_END_DECLS
