/* daemon/model/cycle.h — one turn of a series: 2027, 2027-H1, 2027-Q3, 2027-04, 2026/27, 2027.3 */
#pragma once

#include "base/span.h"

G_BEGIN_DECLS

typedef enum
{
  TN_PERIOD_YEAR,
  TN_PERIOD_HALF,
  TN_PERIOD_QUARTER,
  TN_PERIOD_MONTH,
  TN_PERIOD_SCHOOL_YEAR /* August to July, named by both years */
} TnPeriod;

/* A value; compare with tn_cycle_compare(). */
typedef struct
{
  TnPeriod period;
  int year;    /* of a school year: the one in which it begins */
  int part;    /* 1-based half, quarter or month; 1 otherwise */
  int ordinal; /* 1-based among several in a period, never reused; 0 when there is one */
} TnCycle;

gboolean tn_cycle_parse (const char *text, TnCycle *ret_cycle, GError **error);
char *tn_cycle_to_string (const TnCycle *cycle);
int tn_cycle_compare (const TnCycle *a, const TnCycle *b);
gboolean tn_cycle_equal (const TnCycle *a, const TnCycle *b);
TnSpan tn_cycle_get_span (const TnCycle *cycle);
TnCycle tn_cycle_step (const TnCycle *cycle, int periods);
TnCycle tn_cycle_at (TnPeriod period, TnDate date);

G_END_DECLS
