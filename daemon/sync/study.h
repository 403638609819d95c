/* daemon/sync/study.h — what one round has to do with the journals: learn, tell hands apart, list
 * pages */
#pragma once

#include "provider/provider.h"
#include "sync/book.h"
#include "sync/judge.h"
#include "sync/posting.h"
#include "sync/standing.h"

G_BEGIN_DECLS

typedef struct
{
  TnBook *book;               /* (unowned) */
  const TnCalendar *calendar; /* (unowned) */
  gboolean has_lost;          /* the journal knew more of us than we */
  gboolean is_old; /* this state is older than what it wrote here, and no journal tells */
  gboolean has_journal_elsewhere;
  gboolean expects_journal; /* one elsewhere was never read */
  GPtrArray *pages;         /* (owned) (nullable) (element-type TnPosting) as they are to stand */
  GPtrArray *changes;       /* (owned) (nullable) (element-type TnChange) of them */
  GPtrArray *standings;     /* (owned) (nullable) (element-type TnStanding) */
  GPtrArray *history;       /* (owned) (element-type TnHistory) what people wrote on pages */
  char *blocked;            /* (owned) (nullable) why no event may be written */
} TnStudy;

TnStudy *tn_study_new (TnBook *book, const TnCalendar *calendar);
void tn_study_free (TnStudy *study);

gboolean tn_study_learn (TnStudy *study, const TnSnapshot *snapshot, gboolean is_preview,
                         GError **error);
void tn_study_mark_hands (const TnStudy *study, const TnPlan *plan, GPtrArray *postings,
                          TnSnapshot *snapshot);
gboolean tn_study_survey (TnStudy *study, const TnDiffInput *input, TnSnapshot *snapshot,
                          const TnJudgement *judgement, GError **error);
void tn_study_hold (const TnStudy *study, const TnDiffInput *input, GPtrArray *changes);
gboolean tn_study_commit (TnStudy *study, GPtrArray *intents, GError **error);

G_END_DECLS
