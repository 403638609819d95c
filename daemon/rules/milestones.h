/* daemon/rules/milestones.h — the dated duties before and after an occurrence */
#pragma once

#include "model/ledger.h"
#include "model/occurrence.h"
#include "rules/holidays.h"
#include "rules/membership.h"

G_BEGIN_DECLS

TnMilestone *tn_milestones_make (const TnOccurrence *occurrence, const char *id, const char *title,
                                 const char *by, TnDate due, const TnMembership *membership);
void tn_milestones_shift (TnMilestone *milestone, const TnMilestoneRule *rule,
                          const TnHolidays *holidays);
void tn_milestones_settle (TnMilestone *milestone, const TnOccurrence *occurrence,
                           const TnLedger *ledger);
void tn_milestones_add (TnOccurrence *occurrence, const TnLedger *ledger,
                        const TnMembership *membership, const TnHolidays *holidays);
int tn_milestones_get_reach_days (const TnSeries *series);

G_END_DECLS
