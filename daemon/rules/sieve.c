/* Weekdays, weeks left out and holidays are the same for all that share a window, and are asked
 * again once others have their days: a year of five meetings would look at each day ten times. So
 * each is judged once, and what depends on the others is asked beside it (choice.c). */
#include "rules/sieve.h"

#include "rules/barrier.h"
#include "rules/window.h"

struct _TnSieve
{
  const TnSeries *series; /* (unowned) */
  TnSpan window;
  TnSieveDay *days; /* (owned) for each day of `window` */
};

static const TnHoliday *
find_avoided (const TnHolidays *holidays, const TnAvoidance *avoidance, TnDate day)
{
  switch (avoidance->kind)
    {
    case TN_AVOID_HOLIDAYS:
      return tn_holidays_find (holidays, day, TN_HOLIDAY_PUBLIC);
    case TN_AVOID_BRIDGE_DAYS:
      return tn_holidays_find_bridged (holidays, day);
    case TN_AVOID_SCHOOL_BREAKS:
      return tn_holidays_find_break (holidays, day, avoidance->area);
    case TN_AVOID_BUSY:
      return tn_holidays_find (holidays, day, TN_HOLIDAY_BUSY);
    case TN_AVOID_ELECTIONS:
    default:
      return tn_holidays_find (holidays, day, TN_HOLIDAY_ELECTION);
    }
}

/**
 * tn_sieve_find_avoided:
 * @ret_day: (out) (optional): the day on which it lies
 *
 * Returns: (transfer none) (nullable): what of @avoidance @days do not keep off
 */
const TnHoliday *
tn_sieve_find_avoided (const TnHolidays *holidays, const TnAvoidance *avoidance, TnSpan days,
                       TnDate *ret_day)
{
  for (TnDate day = days.start; day < days.end; day++)
    {
      const TnHoliday *holiday = find_avoided (holidays, avoidance, day);
      if (holiday == NULL)
        continue;
      if (ret_day != NULL)
        *ret_day = day;
      return holiday;
    }
  return NULL;
}

static void
judge_avoidances (const TnSeries *series, const TnHolidays *holidays, TnSpan days, TnSieveDay *day)
{
  for (guint i = 0; i < series->avoidances->len; i++)
    {
      const TnAvoidance *avoidance = g_ptr_array_index (series->avoidances, i);
      if (avoidance->hard && day->verdict != TN_SIEVE_FREE)
        continue;
      const TnHoliday *holiday = tn_sieve_find_avoided (holidays, avoidance, days, NULL);
      day->n_soft += holiday != NULL && !avoidance->hard;
      if (holiday == NULL || !avoidance->hard)
        continue;
      day->verdict = TN_SIEVE_AVOIDED;
      day->avoidance = i;
      day->holiday = holiday;
    }
}

static TnSieveDay
judge (const TnSeries *series, const TnHolidays *holidays, TnSpan days)
{
  TnSieveDay day = { TN_SIEVE_FREE, 0, NULL, 0 };
  if (!tn_window_allows_weekdays (series, days))
    day.verdict = TN_SIEVE_WEEKDAY;
  else if (tn_barrier_is_left_out (series, days.start))
    day.verdict = TN_SIEVE_LEFT_OUT;
  else
    judge_avoidances (series, holidays, days, &day);
  return day;
}

/**
 * tn_sieve_new:
 * @holidays: must know the days of @window
 *
 * Returns: (transfer full)
 */
TnSieve *
tn_sieve_new (const TnSeries *series, const TnHolidays *holidays, TnSpan window)
{
  TnSieve *sieve = g_new0 (TnSieve, 1);
  sieve->series = series;
  sieve->window = window;
  sieve->days = g_new (TnSieveDay, tn_span_get_days (window) + 1);
  int length = MAX (series->length_days, 1);
  for (TnDate day = window.start; day < window.end; day++)
    sieve->days[day - window.start] = judge (series, holidays, tn_span_new (day, day + length));
  return sieve;
}

void
tn_sieve_free (TnSieve *sieve)
{
  if (sieve == NULL)
    return;
  g_free (sieve->days);
  g_free (sieve);
}

/**
 * tn_sieve_is_of:
 *
 * Returns: %TRUE when it says what @series may do on the days of @window
 */
gboolean
tn_sieve_is_of (const TnSieve *sieve, const TnSeries *series, TnSpan window)
{
  return sieve->series == series && sieve->window.start == window.start
         && sieve->window.end == window.end;
}

/**
 * tn_sieve_get:
 * @day: of its window
 */
const TnSieveDay *
tn_sieve_get (const TnSieve *sieve, TnDate day)
{
  return &sieve->days[day - sieve->window.start];
}
