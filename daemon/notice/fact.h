/* daemon/notice/fact.h — something that is so now, and that a mailbox may want to know */
#pragma once

#include "model/plan.h"
#include "store/store.h"

G_BEGIN_DECLS

typedef enum
{
  TN_FACT_ANSWER,   /* a proposal waits for this council */
  TN_FACT_WISH,     /* what became of a change that this council may not make */
  TN_FACT_DATE,     /* when an occurrence is, and how settled that is */
  TN_FACT_TURN,     /* who has a role for an occurrence that is to come */
  TN_FACT_DUTY,     /* a milestone of this council is near */
  TN_FACT_CALENDAR, /* how a calendar is */
  TN_FACT_END       /* what logs in to a calendar will end soon */
} TnFactKind;

/* Told when its value is another than the mailbox was last told. Things are borrowed from what was
 * surveyed, and are there as long as that is. */
typedef struct
{
  TnFactKind kind;
  char *key;   /* (owned) whose it is and what it is about; nothing of a person stands in it */
  char *value; /* (owned) likewise */
  const char *council; /* (nullable) who is told; NULL: those who look after the daemon */
  const TnOccurrence *occurrence; /* (nullable) */
  const TnMilestone *milestone;   /* (nullable) */
  const TnProposal *proposal;     /* (nullable) */
  char **deciders;                /* (owned) (nullable) councils that may answer the proposal */
  const char *calendar;           /* (nullable) its id */
  const char *advice;             /* (nullable) what a person does about it */
  const char *role;               /* (nullable) TURN */
  TnDate end;                     /* END: the last day */
} TnFact;

TnFact *tn_fact_new (TnFactKind kind, const char *council, const char *about, const char *value);
void tn_fact_free (TnFact *fact);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnFact, tn_fact_free)

char *tn_fact_dup_scope (const char *council);
char *tn_fact_dup_date_value (const TnOccurrence *occurrence);
gboolean tn_fact_parse_date_value (const char *value, char **ret_status, TnWhen *ret_when);

G_END_DECLS
