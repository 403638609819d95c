/* daemon/ctl/checkup.h — whether a calendar of the settings can be reached and used */
#pragma once

#include "ctl/call.h"

G_BEGIN_DECLS

typedef enum
{
  TN_VERDICT_OK,
  TN_VERDICT_SOON,    /* well now, and a person should look */
  TN_VERDICT_UNKNOWN, /* not tried, and why */
  TN_VERDICT_WEAK,    /* turnus gets along with it, at a cost that the text says */
  TN_VERDICT_BAD
} TnVerdict;

/* One thing that was looked at. */
typedef struct
{
  char *calendar;   /* (owned) id */
  const char *what; /* (unowned) in a word */
  TnVerdict verdict;
  char *text; /* (owned) what was found, and what to do */
} TnFinding;

const char *tn_verdict_to_string (TnVerdict verdict);
void tn_finding_free (TnFinding *finding);
void tn_checkup_run (const TnSettings *settings, const TnCalendar *calendar,
                     const char *not_mailbox, GPtrArray *findings);

G_END_DECLS
