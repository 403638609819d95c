/* daemon/charter/almanac.h — a holiday file as rules */
#pragma once

#include "charter/group.h"
#include "model/holiday.h"

G_BEGIN_DECLS

TnHolidayFile *tn_almanac_read (TnGroup group);

G_END_DECLS
