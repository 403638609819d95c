/* The choice of a date. Hard rules shut days out, and each shut-out day is counted for the first
 * rule that does it, in the charter's order, so that the counts add up to the window. What is left
 * is weighed: a soft avoidance costs more than any distance from what is preferred; among equals
 * the earliest day wins. Source: design section 4, Window and date choice. */
#include "rules/choice.h"

#include "rules/window.h"

#include <string.h>

/* More than any sum of distances inside a window of two years. */
static const int SOFT_COST = 100000;

static const TnHoliday *
find_avoided (const TnChoice *choice, TnAvoidKind kind, TnDate day)
{
  switch (kind)
    {
    case TN_AVOID_HOLIDAYS:
      return tn_holidays_find (choice->holidays, day, TN_HOLIDAY_PUBLIC);
    case TN_AVOID_BRIDGE_DAYS:
      return tn_holidays_find_bridged (choice->holidays, day);
    case TN_AVOID_SCHOOL_BREAKS:
      return tn_holidays_find (choice->holidays, day, TN_HOLIDAY_SCHOOL_BREAK);
    case TN_AVOID_ELECTIONS:
    default:
      return tn_holidays_find (choice->holidays, day, TN_HOLIDAY_ELECTION);
    }
}

static const TnHoliday *
find_avoided_in (const TnChoice *choice, TnAvoidKind kind, TnSpan days, TnDate *ret_day)
{
  for (TnDate day = days.start; day < days.end; day++)
    {
      const TnHoliday *holiday = find_avoided (choice, kind, day);
      if (holiday == NULL)
        continue;
      if (ret_day != NULL)
        *ret_day = day;
      return holiday;
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

/* A window over New Year has the week twice; the nearer one is meant. */
static int
get_week_distance (const TnChoice *choice, int week, TnDate day)
{
  int first = tn_date_get_year (choice->window.start);
  int last = tn_date_get_year (choice->window.end - 1);
  int nearest = get_distance (get_week (first, week), day);
  for (int year = first + 1; year <= last; year++)
    nearest = MIN (nearest, get_distance (get_week (year, week), day));
  return nearest;
}

static int
get_cost (const TnChoice *choice, const TnPreference *preference, TnDate day)
{
  TnDate last_first_day = choice->window.end - MAX (choice->series->length_days, 1);
  switch (preference->kind)
    {
    case TN_PREFER_EARLY:
      return day - choice->window.start;
    case TN_PREFER_MIDDLE:
      return ABS (2 * day - choice->window.start - last_first_day) / 2;
    case TN_PREFER_LATE:
      return last_first_day - day;
    case TN_PREFER_WEEK:
      return get_week_distance (choice, preference->week, day);
    case TN_PREFER_LAST_YEAR:
    default:
      return choice->last == TN_DATE_NONE ? 0 : ABS (day - choice->last);
    }
}

static int
weigh (const TnChoice *choice, TnSpan days)
{
  int cost = 0;
  const TnSeries *series = choice->series;
  for (guint i = 0; i < series->preferences->len; i++)
    cost += get_cost (choice, g_ptr_array_index (series->preferences, i), days.start);
  for (guint i = 0; i < series->avoidances->len; i++)
    {
      const TnAvoidance *avoidance = g_ptr_array_index (series->avoidances, i);
      if (!avoidance->hard && find_avoided_in (choice, avoidance->kind, days, NULL) != NULL)
        cost += SOFT_COST;
    }
  return cost;
}

/* What one hard rule shut out. */
typedef struct
{
  int n_days;
  const TnHolidayRule *named[4]; /* the first few holidays that did it */
  guint n_named;
} Tally;

/* The days of a window, sorted. */
typedef struct
{
  int n_days; /* on which an occurrence of this length can begin */
  int n_left;
  int n_equal; /* as good as the best, and later */
  int best_cost;
  TnDate best;
  Tally weekdays;
  Tally *avoided; /* one for each avoidance of the series */
} Sifting;

static void
count_holiday (Tally *tally, const TnHoliday *holiday)
{
  tally->n_days++;
  for (guint i = 0; i < tally->n_named; i++)
    if (strcmp (tally->named[i]->name, holiday->rule->name) == 0)
      return;
  if (tally->n_named < G_N_ELEMENTS (tally->named))
    tally->named[tally->n_named++] = holiday->rule;
}

static gboolean
is_shut_out (const TnChoice *choice, TnSpan days, Sifting *sifting)
{
  if (!tn_window_allows_weekdays (choice->series, days))
    {
      sifting->weekdays.n_days++;
      return TRUE;
    }
  GPtrArray *avoidances = choice->series->avoidances;
  for (guint i = 0; i < avoidances->len; i++)
    {
      const TnAvoidance *avoidance = g_ptr_array_index (avoidances, i);
      const TnHoliday *holiday
          = avoidance->hard ? find_avoided_in (choice, avoidance->kind, days, NULL) : NULL;
      if (holiday == NULL)
        continue;
      count_holiday (&sifting->avoided[i], holiday);
      return TRUE;
    }
  return FALSE;
}

static void
sift (const TnChoice *choice, Sifting *sifting)
{
  int length = MAX (choice->series->length_days, 1);
  for (TnDate day = choice->window.start; day + length <= choice->window.end; day++)
    {
      TnSpan days = tn_span_new (day, day + length);
      sifting->n_days++;
      if (is_shut_out (choice, days, sifting))
        continue;
      int cost = weigh (choice, days);
      if (sifting->n_left++ == 0 || cost < sifting->best_cost)
        {
          sifting->best = day;
          sifting->best_cost = cost;
          sifting->n_equal = 0;
        }
      else if (cost == sifting->best_cost)
        sifting->n_equal++;
    }
}

static void G_GNUC_PRINTF (4, 5)
    explain (GPtrArray *reasons, const char *rule, const TnOrigin *origin, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *source = tn_origin_to_string (origin);
  g_ptr_array_add (reasons, tn_reason_new (rule, source, "%s", text));
}

static const char *
plural (int n)
{
  return n == 1 ? "" : "s";
}

static void
explain_window (const TnChoice *choice, const Sifting *sifting, GPtrArray *reasons)
{
  const TnSeries *series = choice->series;
  g_autofree char *start = tn_date_to_string (choice->window.start);
  g_autofree char *last = tn_date_to_string (choice->window.end - 1);
  const char *words = series->window.words;
  if (sifting->n_days == 0)
    explain (reasons, "window", &series->window.origin,
             "the window%s%s has no room for %d day%s in this cycle", words[0] != '\0' ? " " : "",
             words, series->length_days, plural (series->length_days));
  else
    explain (reasons, "window", &series->window.origin, "%s%s%s to %s: %d day%s to begin on", words,
             words[0] != '\0' ? ", " : "", start, last, sifting->n_days, plural (sifting->n_days));
  if (sifting->weekdays.n_days > 0)
    {
      g_autofree char *names = tn_window_dup_weekdays (series);
      explain (reasons, "weekdays", &series->origin, "%d day%s passed over: not on %s",
               sifting->weekdays.n_days, plural (sifting->weekdays.n_days), names);
    }
}

static void
explain_avoided (const TnAvoidance *avoidance, const Tally *tally, GPtrArray *reasons)
{
  if (tally->n_days == 0)
    return;
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < tally->n_named; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", tally->named[i]->name);
  if (tally->n_named == G_N_ELEMENTS (tally->named))
    g_string_append (names, " …");
  explain (reasons, "avoid", &avoidance->origin, "%d day%s passed over: %s (%s)", tally->n_days,
           plural (tally->n_days), tn_avoid_kind_to_string (avoidance->kind), names->str);
}

static void
explain_preference (const TnChoice *choice, const TnPreference *preference, TnDate day,
                    GPtrArray *reasons)
{
  int cost = get_cost (choice, preference, day);
  g_autofree char *date = tn_date_to_string (day);
  if (preference->kind == TN_PREFER_WEEK && cost == 0)
    explain (reasons, "prefer", &preference->origin, "%s lies in week %d, as preferred", date,
             preference->week);
  else if (preference->kind == TN_PREFER_WEEK)
    explain (reasons, "prefer", &preference->origin, "%s lies %d day%s from week %d", date, cost,
             plural (cost), preference->week);
  else if (preference->kind == TN_PREFER_LAST_YEAR && choice->last == TN_DATE_NONE)
    explain (reasons, "prefer", &preference->origin, "there is no last year to be close to");
  else
    {
      static const char *const points[]
          = { "the first day of the window", "its middle", "the last day on which it can begin", "",
              "last year's day" };
      explain (reasons, "prefer", &preference->origin, "%s lies %d day%s from %s", date, cost,
               plural (cost), points[preference->kind]);
    }
}

static void
explain_winner (const TnChoice *choice, const Sifting *sifting, GPtrArray *reasons)
{
  const TnSeries *series = choice->series;
  TnSpan days = tn_span_new (sifting->best, sifting->best + MAX (series->length_days, 1));
  for (guint i = 0; i < series->preferences->len; i++)
    explain_preference (choice, g_ptr_array_index (series->preferences, i), sifting->best, reasons);
  for (guint i = 0; i < series->avoidances->len; i++)
    {
      const TnAvoidance *avoidance = g_ptr_array_index (series->avoidances, i);
      const TnHoliday *holiday
          = avoidance->hard ? NULL : find_avoided_in (choice, avoidance->kind, days, NULL);
      if (holiday != NULL)
        explain (reasons, "prefer", &avoidance->origin, "no better day keeps off %s (%s)",
                 tn_avoid_kind_to_string (avoidance->kind), holiday->rule->name);
    }
  g_autofree char *date = tn_date_to_string (sifting->best);
  if (sifting->n_equal > 0)
    explain (reasons, "choice", &series->origin,
             "%s is the earliest of %d equally good days among %d that no rule shuts out", date,
             sifting->n_equal + 1, sifting->n_left);
  else
    explain (reasons, "choice", &series->origin,
             "%s is the best of %d day%s that no rule shuts out", date, sifting->n_left,
             plural (sifting->n_left));
}

/**
 * tn_choice_pick:
 * @ret_day: (out): the first day; untouched when there is none
 * @reasons: (element-type TnReason): appended to: how many days each rule passed over, and why the
 *   winner won or that no day is left
 *
 * Returns: %FALSE when the hard rules leave no day
 */
gboolean
tn_choice_pick (const TnChoice *choice, TnDate *ret_day, GPtrArray *reasons)
{
  GPtrArray *avoidances = choice->series->avoidances;
  g_autofree Tally *avoided = g_new0 (Tally, avoidances->len + 1);
  Sifting sifting = { .avoided = avoided };
  sift (choice, &sifting);

  explain_window (choice, &sifting, reasons);
  for (guint i = 0; i < avoidances->len; i++)
    explain_avoided (g_ptr_array_index (avoidances, i), &avoided[i], reasons);
  if (sifting.n_left == 0)
    {
      explain (reasons, "unplaced", &choice->series->origin, "no day is left: %d of %d passed over",
               sifting.n_days, sifting.n_days);
      return FALSE;
    }
  explain_winner (choice, &sifting, reasons);
  *ret_day = sifting.best;
  return TRUE;
}

/**
 * tn_choice_list_breaches:
 * @days: where an occurrence is, or was decided to be
 * @breaches: (element-type TnReason): appended to: each hard rule that @days break, and how
 *
 * Returns: %TRUE when it breaks any
 */
gboolean
tn_choice_list_breaches (const TnChoice *choice, TnSpan days, GPtrArray *breaches)
{
  const TnSeries *series = choice->series;
  guint n_before = breaches->len;
  g_autofree char *date = tn_date_to_string (days.start);
  if (!tn_span_contains_span (choice->window, days))
    {
      g_autofree char *start = tn_date_to_string (choice->window.start);
      g_autofree char *last = tn_date_to_string (choice->window.end - 1);
      explain (breaches, "breach", &series->window.origin, "breaks window: %s is not in %s to %s",
               date, start, last);
    }
  if (!tn_window_allows_weekdays (series, days))
    {
      g_autofree char *names = tn_window_dup_weekdays (series);
      explain (breaches, "breach", &series->origin, "breaks weekdays: %s is not on %s", date,
               names);
    }
  for (guint i = 0; i < series->avoidances->len; i++)
    {
      const TnAvoidance *avoidance = g_ptr_array_index (series->avoidances, i);
      TnDate day = days.start;
      const TnHoliday *holiday
          = avoidance->hard ? find_avoided_in (choice, avoidance->kind, days, &day) : NULL;
      if (holiday == NULL)
        continue;
      g_autofree char *avoided = tn_date_to_string (day);
      explain (breaches, "breach", &avoidance->origin, "breaks avoid %s: %s is %s%s",
               tn_avoid_kind_to_string (avoidance->kind), avoided,
               avoidance->kind == TN_AVOID_BRIDGE_DAYS ? "beside " : "", holiday->rule->name);
    }
  return breaches->len > n_before;
}
