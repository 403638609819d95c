/* daemon/rules/choice.h — the best day of a window, and the rules that a day breaks */
#pragma once

#include "model/series.h"
#include "rules/holidays.h"

G_BEGIN_DECLS

/* What a day is chosen from; all borrowed. */
typedef struct
{
  const TnSeries *series;
  const TnHolidays *holidays; /* knows the window and the days around it */
  TnSpan window;
  TnDate last; /* where the occurrence of an earlier year was, moved on by whole weeks to this one;
                  %TN_DATE_NONE when there was none */
} TnChoice;

gboolean tn_choice_pick (const TnChoice *choice, TnDate *ret_day, GPtrArray *reasons);
gboolean tn_choice_list_breaches (const TnChoice *choice, TnSpan days, GPtrArray *breaches);

G_END_DECLS
