/* daemon/rules/sieve.h — what each day of a window is by itself, whichever occurrence asks */
#pragma once

#include "rules/holidays.h"

G_BEGIN_DECLS

/* Of several that shut a day out the first. */
typedef enum
{
  TN_SIEVE_FREE,
  TN_SIEVE_WEEKDAY,  /* begins or goes on on one that is not allowed */
  TN_SIEVE_LEFT_OUT, /* in a week or month that is left out */
  TN_SIEVE_AVOIDED   /* on what a hard rule avoids */
} TnSieveVerdict;

/* An occurrence that begins on a day. */
typedef struct
{
  TnSieveVerdict verdict;
  guint avoidance;          /* AVOIDED: place of the rule in the series */
  const TnHoliday *holiday; /* (unowned) AVOIDED: what lies there */
  int n_soft;               /* rules that would rather not have it */
} TnSieveDay;

typedef struct _TnSieve TnSieve; /* immutable; series and holidays must outlive it */

TnSieve *tn_sieve_new (const TnSeries *series, const TnHolidays *holidays, TnSpan window);
void tn_sieve_free (TnSieve *sieve);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSieve, tn_sieve_free)

gboolean tn_sieve_is_of (const TnSieve *sieve, const TnSeries *series, TnSpan window);
const TnSieveDay *tn_sieve_get (const TnSieve *sieve, TnDate day);
const TnHoliday *tn_sieve_find_avoided (const TnHolidays *holidays, const TnAvoidance *avoidance,
                                        TnSpan days, TnDate *ret_day);

G_END_DECLS
