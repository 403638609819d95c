/* daemon/rules/choice.h — the best day of a window, and the rules that a day breaks */
#pragma once

#include "model/series.h"
#include "rules/holidays.h"
#include "rules/barrier.h"
#include "rules/rivals.h"
#include "rules/sieve.h"

G_BEGIN_DECLS

/* What a day is chosen from; all borrowed. */
typedef struct
{
  const TnSeries *series;
  const TnHolidays *holidays; /* knows the window and the days around it */
  TnSpan window;              /* set by tn_choice_set_window() */
  int first_year, last_year;  /* of the window */
  TnSpan part; /* of several in a period this one's even share of the window; else the window */
  TnDate last; /* where the occurrence of an earlier year was, moved on by whole weeks to this
                  one; %TN_DATE_NONE when there was none */
  TnSpan told; /* days of which somebody will ask why; else no reasons are made */
  int ordinal; /* of several in a period; 0: it is the only one */
  int week;    /* the ISO week that the charter prefers for this ordinal; 0: none */
  const TnSieve *sieve; /* (nullable) of series and window, when more than one asks */
  GArray *near;         /* (nullable) (element-type TnNear) what it must keep off */
} TnChoice;

TnChoice tn_choice_make (const TnSeries *series, const TnCycle *cycle, const TnHolidays *holidays);
void tn_choice_set_window (TnChoice *choice, TnSpan window);
gboolean tn_choice_pick (const TnChoice *choice, TnDate *ret_day, GPtrArray *reasons);
void tn_choice_list_candidates (const TnChoice *choice, GArray *ret_candidates);
void tn_choice_explain (const TnChoice *choice, TnDate day, GPtrArray *reasons);
gboolean tn_choice_list_breaches (const TnChoice *choice, TnSpan days, GPtrArray *breaches);

G_END_DECLS
