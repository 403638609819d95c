/* daemon/sync/posting.h — how an occurrence or a milestone is to stand in one calendar */
#pragma once

#include "model/calendar.h"
#include "model/plan.h"
#include "model/event.h"
#include "sync/remark.h"

G_BEGIN_DECLS

typedef struct
{
  TnEvent *event;            /* (owned) as it is to be written */
  char *wished[TN_N_FIELDS]; /* (owned) normal forms; TEXT is NULL where it is the calendar's own */
  const TnOccurrence *occurrence; /* (unowned) of the plan, which must outlive the entry; NULL: a
                                     page of the journal */
  const TnMilestone *milestone;   /* (unowned) (nullable) */
  TnSpan days;
  gboolean is_future; /* not over on the plan's today */
  gboolean
      may_create; /* inside the window of publication, and the rules or a decision settled it */
  char *decision; /* (owned) (nullable) id of the last decision that it rests on */
} TnPosting;

void tn_posting_free (TnPosting *posting);

GPtrArray *tn_posting_list (const TnPlan *plan, const TnCalendar *calendar, TnSpan publish,
                            GPtrArray *remarks);
TnZone *tn_posting_dup_zone (const TnPosting *posting);
char *tn_posting_dup_label (const TnPosting *posting);
char *tn_posting_dup_key_label (const char *key, const char *title, const char *when);

G_END_DECLS
