/* daemon/sync/edition.h — what a new edition of the charters would do to published events */
#pragma once

#include "model/calendar.h"
#include "model/plan.h"
#include "store/link.h"

G_BEGIN_DECLS

gboolean tn_edition_touches (const TnCalendar *calendar, TnSpan publish, GPtrArray *links,
                             const TnPlan *old_plan, const TnPlan *new_plan);

G_END_DECLS
