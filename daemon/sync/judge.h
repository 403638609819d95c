/* daemon/sync/judge.h — what people changed in a calendar, and what is to become of it */
#pragma once

#include "model/calendar.h"
#include "sync/posting.h"
#include "sync/snapshot.h"

G_BEGIN_DECLS

/* What one pull of one calendar leads to, before the plan is made again. */
typedef struct
{
  GPtrArray *decisions; /* (owned) (element-type TnDecision) */
  GPtrArray *proposals; /* (owned) (element-type TnProposal) new or changed */
  GPtrArray *history;   /* (owned) (element-type TnHistory) */
} TnJudgement;

TnJudgement *tn_judgement_new (void);
void tn_judgement_take (TnJudgement *judgement, TnJudgement *more);
void tn_judgement_free (TnJudgement *judgement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnJudgement, tn_judgement_free)

TnJudgement *tn_judge (const TnPlan *plan, const TnCalendar *calendar, GPtrArray *postings,
                       const TnSnapshot *snapshot, GPtrArray *proposals, gint64 now_us);

G_END_DECLS
