/* Windows: where in a cycle an occurrence may lie. A season or a month-day range begins inside the
 * cycle's period and may end beyond it (a winter that reaches into the next year); ISO weeks belong
 * to the year of their Thursday. */
#include "rules/window.h"

static const guint WORKING_WEEK
    = 1u << TN_MONDAY | 1u << TN_TUESDAY | 1u << TN_WEDNESDAY | 1u << TN_THURSDAY | 1u << TN_FRIDAY;

/* 29 February of a year that has none is the day after the 28th as a start, the 28th as an end. */
static TnDate
make_day (int year, int month, int day, gboolean is_start)
{
  if (tn_date_is_valid_ymd (year, month, day))
    return tn_date_new (year, month, day);
  TnDate next_month = tn_date_add_months (tn_date_new (year, month, 1), 1);
  return is_start ? next_month : next_month - 1;
}

static TnSpan
get_days_span (const TnWindow *window, TnSpan period)
{
  int year = tn_date_get_year (period.start);
  TnDate start = make_day (year, window->first_month, window->first_day, TRUE);
  if (start < period.start)
    start = make_day (++year, window->first_month, window->first_day, TRUE);
  if (!tn_span_contains (period, start))
    return tn_span_new (period.start, period.start);

  gboolean reaches_over
      = window->last_month < window->first_month
        || (window->last_month == window->first_month && window->last_day < window->first_day);
  TnDate last
      = make_day (year + (reaches_over ? 1 : 0), window->last_month, window->last_day, FALSE);
  return tn_span_new (start, last + 1);
}

static TnSpan
get_weeks_span (const TnWindow *window, TnSpan period)
{
  int year = tn_date_get_year (period.start);
  if (tn_date_new_week (year, window->first_week, TN_THURSDAY) < period.start)
    year++;
  TnDate start = tn_date_new_week (year, window->first_week, TN_MONDAY);
  if (!tn_span_contains (period, start + 3)
      || window->first_week > tn_date_get_weeks_in_year (year))
    return tn_span_new (period.start, period.start);

  int last_year = window->last_week < window->first_week ? year + 1 : year;
  int last_week = MIN (window->last_week, tn_date_get_weeks_in_year (last_year));
  return tn_span_new (start, tn_date_new_week (last_year, last_week, TN_SUNDAY) + 1);
}

/**
 * tn_window_get_span:
 *
 * Source: design section 4, Window and date choice.
 * Returns: the days of the window of @cycle; empty when the window does not begin in the period
 */
TnSpan
tn_window_get_span (const TnSeries *series, const TnCycle *cycle)
{
  TnSpan period = tn_cycle_get_span (cycle);
  for (guint i = 0; i < series->frequency.dates->len; i++)
    {
      const TnFixedDate *fixed = &g_array_index (series->frequency.dates, TnFixedDate, i);
      if (tn_cycle_equal (&fixed->cycle, cycle))
        return tn_span_new (fixed->date, fixed->date + MAX (series->length_days, 1));
    }
  switch (series->window.kind)
    {
    case TN_WINDOW_DAYS:
      return get_days_span (&series->window, period);
    case TN_WINDOW_WEEKS:
      return get_weeks_span (&series->window, period);
    case TN_WINDOW_PERIOD:
    default:
      return period;
    }
}

/**
 * tn_window_get_membership_span:
 *
 * Returns: the days on which a council must be a member to have a turn in @cycle: its window, or
 *   where that is empty its period
 */
TnSpan
tn_window_get_membership_span (const TnSeries *series, const TnCycle *cycle)
{
  TnSpan window = tn_window_get_span (series, cycle);
  return tn_span_get_days (window) > 0 ? window : tn_cycle_get_span (cycle);
}

static gboolean
has_weekday (guint mask, TnDate date)
{
  return (mask & 1u << tn_date_get_weekday (date)) != 0;
}

/**
 * tn_window_allows_weekdays:
 *
 * The charter's weekdays say on which the first day may be; the further days must only keep off a
 * weekend that is not named.
 *
 * Returns: %TRUE when an occurrence of @days keeps to them
 */
gboolean
tn_window_allows_weekdays (const TnSeries *series, TnSpan days)
{
  guint mask = series->weekdays != 0 ? series->weekdays : WORKING_WEEK;
  if (!has_weekday (mask, days.start))
    return FALSE;
  for (TnDate day = days.start + 1; day < days.end; day++)
    if (!has_weekday (mask | WORKING_WEEK, day))
      return FALSE;
  return TRUE;
}

/**
 * tn_window_dup_weekdays:
 *
 * Returns: (transfer full): `tue, wed, thu`
 */
char *
tn_window_dup_weekdays (const TnSeries *series)
{
  static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  guint mask = series->weekdays != 0 ? series->weekdays : WORKING_WEEK;
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((mask & 1u << (TN_MONDAY + i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", names[i]);
  return g_string_free (text, FALSE);
}
