/* daemon/notice/survey.h — all that a mailbox may want to know, as it is now */
#pragma once

#include "model/mail.h"
#include "notice/fact.h"

G_BEGIN_DECLS

/* What logs in to a calendar, and its last day. */
typedef struct
{
  guint place; /* among all that logs in to the calendar: tells two of one day apart */
  TnDate last_day;
  const char *advice; /* (unowned) static */
} TnEnding;

/* A calendar as those who look after it see it. */
typedef struct
{
  char *id;          /* (owned) */
  const char *state; /* (unowned) static; `ok`, or what needs a person */
  GArray *endings;   /* (owned) (element-type TnEnding) */
} TnGlance;

TnGlance *tn_glance_new (const char *id, const char *state);
void tn_glance_free (TnGlance *glance);

/* Everything is the caller's and outlives the facts. */
typedef struct
{
  const TnPlan *plan;
  TnSpan publish;       /* days in which events are published */
  GPtrArray *proposals; /* (element-type TnProposal) */
  GHashTable *owners;   /* (element-type utf8 utf8) of a guest's proposal, who decides, by its id */
  GPtrArray *glances;   /* (element-type TnGlance) */
} TnSurvey;

GPtrArray *tn_survey_list (const TnSurvey *survey, const TnMailbox *contact);

G_END_DECLS
