/* daemon/ctl/tryout.h — a test event, sent through a calendar by whoever may */
#pragma once

#include "ctl/checkup.h"

G_BEGIN_DECLS

void tn_tryout_run (const TnCall *call, const TnSettings *settings, const TnCalendar *calendar,
                    GPtrArray *findings);

G_END_DECLS
