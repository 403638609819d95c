/* daemon/sync/round.h — one calendar held against the plan, chapter by chapter */
#pragma once

#include "sync/book.h"
#include "sync/guard.h"
#include "sync/judge.h"
#include "sync/pass-result.h"
#include "sync/study.h"

G_BEGIN_DECLS

typedef struct
{
  TnBook *book;               /* (owned) */
  const TnCalendar *calendar; /* (unowned) of settings that outlive the round */
  guint32 caps;               /* TurnusCaps */
  gboolean is_preview;
  gboolean is_granted;     /* a person said `apply` */
  TnCalendarState *state;  /* (owned) as it will be stored */
  TnCalendarState *before; /* (owned) as it was when the round began: what the rest goes by */
  TnCalendarState *kept;   /* (owned) as it was loaded or stored last */
  GPtrArray *traces;       /* (owned) (element-type TnTrace) of its links */
  GPtrArray *intents;      /* (owned) (element-type TnIntent) of earlier passes, not settled yet */
  GPtrArray *sightings;    /* (owned) (element-type TnSighting) */
  TurnusListing *listing;  /* (owned) (nullable) */
  TnSnapshot *snapshot;    /* (owned) (nullable) of what was listed and read */
  TnChapters *chapters;    /* (owned) */
  GPtrArray *doubtful;     /* (owned) (nullable) (element-type utf8) UIDs for tn_round_recall() */

  TnStudy *study; /* (owned) of the journals */

  /* What tn_round_look() found: */
  TnJudgement *judgement; /* (owned) */
  GHashTable *twins;      /* (owned) (element-type TnSeen TnTwin) */

  /* What tn_round_weigh() found: */
  TnChapters *shown;   /* (owned) (nullable) those weighed: the same, or offered ones */
  TnLedger *ledger;    /* (owned) (nullable) with what people decided in this calendar */
  TnLedger *told;      /* (owned) (nullable) of which the pages of the journal are made */
  TnDate day;          /* on which it was judged what people wish */
  GHashTable *planned; /* (owned) (element-type utf8) UIDs of linked events of the plan, borrowed */
  GHashTable *busy;    /* (owned) set of the numbers of chapters in which something is to be done */
  TnGuardCount count;
  char *closed;          /* (owned) (nullable) why nothing may be written yet */
  char *braked;          /* (owned) (nullable) why nothing may be written by rule */
  gboolean has_creation; /* an event is to be created */
  gboolean is_seen_once; /* one listing alone says that it is not there */

  /* What tn_outbox_put() leaves to be written: */
  GPtrArray *writes; /* (owned) (element-type TnChange) */
  GPtrArray *leaves; /* (owned) (element-type TnLeaf) that they borrow from */
} TnRound;

TnRound *tn_round_new (TnBook *book, const TnCalendar *calendar, GError **error);
void tn_round_free (TnRound *round);

guint tn_round_get_size (const TnRound *round);
gboolean tn_round_is_doubtful (TnRound *round);
void tn_round_recall (TnRound *round, guint index);
gboolean tn_round_begin_looking (TnRound *round, GError **error);
gboolean tn_round_look (TnRound *round, guint index, GError **error);
TnHold tn_round_find_vanished (TnRound *round, char **ret_text);
gboolean tn_round_begin_weighing (TnRound *round, TnPassResult *result, GError **error);
gboolean tn_round_weigh (TnRound *round, guint index, TnPassResult *result, GError **error);
void tn_round_end_weighing (TnRound *round, TnPassResult *result);

G_END_DECLS
