/* daemon/sync/record.h — what a pass puts into the store before it writes */
#pragma once

#include "sync/book.h"
#include "sync/judge.h"

G_BEGIN_DECLS

/* Everything is borrowed from the pass; `state` is brought up to date. */
typedef struct
{
  TnBook *book;
  const TnCalendar *calendar;
  TnCalendarState *state;
  const TurnusListing *listing;
  const TnSnapshot *snapshot;
  GPtrArray *intents;   /* (element-type TnIntent) open ones of an earlier pass */
  GPtrArray *sightings; /* (element-type TnSighting) */
  const TnPlan *plan;
  GPtrArray *postings; /* (element-type TnPosting) */
  GPtrArray *changes;  /* (element-type TnChange) */
  const TnJudgement *judgement;
} TnRecord;

gboolean tn_record_commit (const TnRecord *record, GError **error);

G_END_DECLS
