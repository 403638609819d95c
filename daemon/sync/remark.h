/* daemon/sync/remark.h — what stands in a calendar beside the plan: lines for a person under an
 * event
 */
#pragma once

#include "model/calendar.h"
#include "model/plan.h"
#include "store/records.h"

G_BEGIN_DECLS

typedef struct
{
  char *uid;  /* (owned) */
  char *line; /* (owned) */
} TnRemark;

TnRemark *tn_remark_new (const char *uid, const char *line);
void tn_remark_free (TnRemark *remark);

GPtrArray *tn_remark_list (const TnPlan *plan, const TnCalendar *calendar, GPtrArray *proposals,
                           GPtrArray *more);

G_END_DECLS
