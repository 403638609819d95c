/* What is against a day that no hard rule shuts out, in days of distance from what is preferred; a
 * soft avoidance costs more than any distance. Source: design section 4, Window and date choice. */
#include "rules/weighing.h"

/**
 * tn_weighing_find_near:
 * @skip: how many to pass over
 *
 * Returns: (transfer none) (nullable): what a soft distance has for too near to one that begins on
 *   @day
 */
const TnNear *
tn_weighing_find_near (const TnChoice *choice, TnDate day, guint skip)
{
  guint n = 0;
  for (guint i = 0; choice->near != NULL && i < choice->near->len; i++)
    {
      const TnNear *near = &g_array_index (choice->near, TnNear, i);
      if (near->is_soft && tn_span_contains (near->starts, day) && n++ == skip)
        return near;
    }
  return NULL;
}

static int
get_distance (TnSpan span, TnDate day)
{
  if (day < span.start)
    return span.start - day;
  return day >= span.end ? day - span.end + 1 : 0;
}

static TnSpan
get_week (int year, int week)
{
  TnDate monday = tn_date_new_week (year, week, TN_MONDAY);
  return tn_span_new (monday, monday + 7);
}

/**
 * tn_weighing_get_week_distance:
 *
 * A window over New Year has the week twice; the nearer one is meant.
 *
 * Returns: days from @day to ISO week @week
 */
int
tn_weighing_get_week_distance (const TnChoice *choice, int week, TnDate day)
{
  int nearest = get_distance (get_week (choice->first_year, week), day);
  for (int year = choice->first_year + 1; year <= choice->last_year; year++)
    nearest = MIN (nearest, get_distance (get_week (year, week), day));
  return nearest;
}

/**
 * tn_weighing_get_cost:
 *
 * Returns: how many days @day lies from what @preference wishes
 */
int
tn_weighing_get_cost (const TnChoice *choice, const TnPreference *preference, TnDate day)
{
  TnDate last_first_day = choice->part.end - MAX (choice->series->length_days, 1);
  switch (preference->kind)
    {
    case TN_PREFER_EARLY:
      return ABS (day - choice->part.start);
    case TN_PREFER_MIDDLE:
      return ABS (2 * day - choice->part.start - last_first_day) / 2;
    case TN_PREFER_LATE:
      return ABS (last_first_day - day);
    case TN_PREFER_WEEK:
      return tn_weighing_get_week_distance (choice, preference->week, day);
    case TN_PREFER_LAST_YEAR:
    default:
      return choice->last == TN_DATE_NONE ? 0 : ABS (day - choice->last);
    }
}

/**
 * tn_weighing_is_spread:
 *
 * Several in a period lie apart by themselves, each in the middle of its share of it.
 *
 * Returns: %TRUE when nothing else is said of where this one should lie
 */
gboolean
tn_weighing_is_spread (const TnChoice *choice)
{
  return choice->ordinal > 0 && choice->week == 0 && choice->series->preferences->len == 0
         && choice->series->frequency.dates->len == 0
         && choice->series->frequency.month_days->len == 0;
}

/**
 * tn_weighing_get_spread_cost:
 *
 * Returns: days from the middle of its share; 0 when it has none
 */
int
tn_weighing_get_spread_cost (const TnChoice *choice, TnDate day)
{
  static const TnPreference middle = { .kind = TN_PREFER_MIDDLE };
  return tn_weighing_is_spread (choice) ? tn_weighing_get_cost (choice, &middle, day) : 0;
}

/**
 * tn_weighing_weigh:
 * @n_soft: rules that would rather not have it
 *
 * Returns: all that is against an occurrence that begins on @day
 */
int
tn_weighing_weigh (const TnChoice *choice, TnDate day, int n_soft)
{
  int cost = tn_weighing_get_spread_cost (choice, day) + n_soft * TN_WEIGHING_SOFT_COST;
  const TnSeries *series = choice->series;
  if (choice->week > 0)
    cost += tn_weighing_get_week_distance (choice, choice->week, day);
  for (guint i = 0; i < series->preferences->len; i++)
    cost += tn_weighing_get_cost (choice, g_ptr_array_index (series->preferences, i), day);
  for (guint i = 0; tn_weighing_find_near (choice, day, i) != NULL; i++)
    cost += TN_WEIGHING_SOFT_COST;
  return cost;
}
