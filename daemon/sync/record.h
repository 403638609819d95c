/* daemon/sync/record.h — what a pass puts into the store before it writes */
#pragma once

#include "sync/book.h"
#include "sync/change.h"
#include "sync/judge.h"

G_BEGIN_DECLS

/* Everything is borrowed from the pass. */
typedef struct
{
  TnBook *book;
  const TnCalendar *calendar;
  const TnSnapshot *snapshot;
  gboolean is_first;  /* no pass has ended well before: strangers are older than first contact */
  GPtrArray *intents; /* (element-type TnIntent) open ones of an earlier pass; settled ones go */
  gboolean is_rest;   /* not a chapter, but what is in none */
  const TnPlan *plan;
  GPtrArray *changes; /* (element-type TnChange) */
  const TnJudgement *judgement;
} TnRecord;

void tn_record_batch_change (const TnChange *change, const char *calendar, gint64 now_us,
                             TnBatch *batch);
gboolean tn_record_commit (const TnRecord *record, GError **error);
gboolean tn_record_batch_strangers (const TnRecord *record, GHashTable *twins, TnBatch *batch,
                                    GError **error);
gboolean tn_record_commit_state (TnBook *book, TnBatch *batch, TnCalendarState **base,
                                 const TnCalendarState *state, GError **error);
gboolean tn_record_end (const TnRecord *record, GPtrArray *sightings, const TurnusListing *listing,
                        TnCalendarState *state, GError **error);

G_END_DECLS
