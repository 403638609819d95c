/* daemon/rules/homework.h — duties that come back until the next occurrence */
#pragma once

#include "model/occurrence.h"
#include "rules/holidays.h"
#include "rules/membership.h"

G_BEGIN_DECLS

void tn_homework_add (TnOccurrence *occurrence, const GPtrArray *strands, const TnLedger *ledger,
                      const TnMembership *membership, const TnHolidays *holidays);

int tn_homework_get_reach_years (const TnCollaboration *collaboration);

G_END_DECLS
