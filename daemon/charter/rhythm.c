/* When a series is held. What cannot be in any year is an error here; what fits in one year and not
 * in another is the planner's to tell (`unplaced`). */
#include "charter/rhythm.h"

#include <string.h>

#include "charter/due.h"
#include "charter/frequency.h"

static const int PARTS[] = { 1, 2, 4, 12, 1 }; /* cycles in a year, by TnPeriod */

static const char *const EXAMPLES[]
    = { "a year like \"2027\"", "a half-year like \"2027-H1\"", "a quarter like \"2027-Q3\"",
        "a month like \"2027-04\"", "a school year like \"2026/27\"" };

/* A season's months; winter begins in December of the cycle's year. */
static const int SEASONS[][2] = { { 3, 5 }, { 6, 8 }, { 9, 11 }, { 12, 2 } };

static int
get_index (const TnCycle *cycle)
{
  return cycle->year * PARTS[cycle->period] + cycle->part - 1;
}

static gboolean
has_fixed (const TnSeries *series, const TnCycle *cycle)
{
  for (guint i = 0; i < series->frequency.dates->len; i++)
    if (tn_cycle_equal (&g_array_index (series->frequency.dates, TnFixedDate, i).cycle, cycle))
      return TRUE;
  return FALSE;
}

/* Of one that is held several times in a period the ordinal belongs to the name. */
static gboolean
has_ordinal (const TnSeries *series, const TnCycle *cycle)
{
  int most = series->frequency.most;
  if (series->frequency.dates->len > 0)
    return cycle->ordinal > 0;
  return most > 0 ? cycle->ordinal >= 1 && cycle->ordinal <= most : cycle->ordinal == 0;
}

static gboolean
check_period (TnGroup group, const char *key, const TnSeries *series, const TnCycle *cycle)
{
  if (cycle->period == series->every && cycle->ordinal == 0)
    return TRUE;
  g_autofree char *text = tn_cycle_to_string (cycle);
  tn_group_complain (group, key, "%s = \"%s\" is no cycle of series '%s', expected %s", key, text,
                     series->id, EXAMPLES[series->every]);
  return FALSE;
}

/**
 * tn_rhythm_check_cycle:
 * @key: where @cycle was written
 *
 * Returns: %TRUE when @cycle is written as those of @series are; %FALSE after a complaint
 */
gboolean
tn_rhythm_check_cycle (TnGroup group, const char *key, const TnSeries *series, const TnCycle *cycle)
{
  TnCycle period = *cycle;
  if (cycle->period == series->every && has_ordinal (series, cycle))
    return TRUE;
  period.ordinal = 0;
  if ((series->frequency.most == 0 && series->frequency.dates->len == 0)
      || period.period != series->every)
    return check_period (group, key, series, cycle);
  g_autofree char *text = tn_cycle_to_string (cycle);
  g_autofree char *first = tn_cycle_to_string (&period);
  tn_group_complain (group, key,
                     "%s = \"%s\" names none of the several of '%s', expected \"%s.1\" to "
                     "\"%s.%d\"",
                     key, text, series->id, first, first,
                     MAX (series->frequency.most, (int) series->frequency.dates->len));
  return FALSE;
}

/* Complains when no rule of @series holds @cycle, which lies between its first and its last. */
static gboolean
check_rule (TnGroup group, const char *key, const TnSeries *series, const TnCycle *cycle)
{
  g_autofree char *text = tn_cycle_to_string (cycle);
  g_autofree char *first = tn_cycle_to_string (&series->first);
  if (series->frequency.dates->len > 0 && !has_fixed (series, cycle))
    tn_group_complain (group, key, "'%s' has no %s, expected one of its dates", series->id, text);
  else if (series->every == TN_PERIOD_MONTH
           && (series->frequency.months_out & 1u << cycle->part) != 0)
    tn_group_complain (group, key, "'%s' leaves out the month of %s, expected another", series->id,
                       text);
  else if ((get_index (cycle) - get_index (&series->first)) % series->every_n != 0)
    tn_group_complain (group, key,
                       "'%s' is not held in %s, expected %s or a whole number of times %d later",
                       series->id, text, first, series->every_n);
  else
    return TRUE;
  return FALSE;
}

/**
 * tn_rhythm_check_held:
 * @series: with its first cycle settled
 *
 * Returns: %TRUE when @series has such a cycle by its rules; %FALSE after a complaint
 */
gboolean
tn_rhythm_check_held (TnGroup group, const char *key, const TnSeries *series, const TnCycle *cycle)
{
  if (!tn_rhythm_check_cycle (group, key, series, cycle))
    return FALSE;
  TnCycle period = *cycle;
  period.ordinal = 0;
  g_autofree char *text = tn_cycle_to_string (cycle);
  g_autofree char *first = tn_cycle_to_string (&series->first);
  if (tn_cycle_compare (&period, &series->first) < 0)
    tn_group_complain (group, key,
                       "%s = \"%s\" is before the first cycle of '%s', expected \"%s\" "
                       "or later",
                       key, text, series->id, first);
  else if (series->has_last && tn_cycle_compare (&period, &series->last) > 0)
    {
      g_autofree char *last = tn_cycle_to_string (&series->last);
      tn_group_complain (group, key,
                         "%s = \"%s\" is after the last cycle of '%s', expected \"%s\" "
                         "or earlier",
                         key, text, series->id, last);
    }
  else
    return check_rule (group, key, series, cycle);
  return FALSE;
}

/**
 * tn_rhythm_check_first:
 * @series: with its first cycle settled
 *
 * Complains when the last cycle is before the first, and forgets it then.
 */
void
tn_rhythm_check_first (TnGroup group, TnSeries *series)
{
  if (series->has_last && series->last.period == series->first.period
      && tn_cycle_compare (&series->last, &series->first) < 0)
    {
      g_autofree char *first = tn_cycle_to_string (&series->first);
      tn_group_complain (group, "last", "last is before the first cycle, expected \"%s\" or later",
                         first);
      series->has_last = FALSE;
    }
}

static void
read_cycles (TnGroup group, TnSeries *series)
{
  TnValue every = { 0 };
  TnValue first = { 0 };
  TnValue last = { 0 };
  tn_group_read (group, "every", &every);
  series->every = (TnPeriod) every.unit;
  series->every_n = every.number;
  tn_frequency_read (group, series);
  if (tn_group_read (group, "first", &first) == TN_READING_GIVEN
      && check_period (group, "first", series, &first.cycle))
    series->first = first.cycle;
  if (tn_group_read (group, "last", &last) == TN_READING_GIVEN
      && check_period (group, "last", series, &last.cycle))
    {
      series->has_last = TRUE;
      series->last = last.cycle;
    }
}

static void
set_months (TnWindow *window, int first, int last)
{
  static const int lengths[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  window->kind = TN_WINDOW_DAYS;
  window->first_month = first;
  window->first_day = 1;
  window->last_month = last;
  window->last_day = lengths[last - 1];
}

static void
set_days (TnGroup group, TnWindow *window, char **words)
{
  TnValue from = { 0 };
  TnValue to = { 0 };
  TnReading from_reading = tn_group_read (group, "from", &from);
  TnReading to_reading = tn_group_read (group, "to", &to);
  if (from_reading == TN_READING_ABSENT || to_reading == TN_READING_ABSENT)
    tn_group_complain (group, from_reading == TN_READING_ABSENT ? "to" : "from",
                       "a window has from or to alone, expected both");
  if (from_reading != TN_READING_GIVEN || to_reading != TN_READING_GIVEN)
    return;
  window->kind = TN_WINDOW_DAYS;
  window->first_month = from.first;
  window->first_day = from.last;
  window->last_month = to.first;
  window->last_day = to.last;
  *words = g_strdup_printf ("%s to %s", from.text, to.text);
}

static void
set_window (TnGroup group, TnWindow *window)
{
  TnValue value = { 0 };
  g_autofree char *words = NULL;
  if (tn_group_read (group, "season", &value) == TN_READING_GIVEN)
    {
      set_months (window, SEASONS[value.number][0], SEASONS[value.number][1]);
      words = g_strdup (value.text);
    }
  else if (tn_group_read (group, "weeks", &value) == TN_READING_GIVEN)
    {
      window->kind = TN_WINDOW_WEEKS;
      window->first_week = value.first;
      window->last_week = value.last;
      words = g_strdup_printf ("weeks %s", value.text);
    }
  else if (tn_group_read (group, "months", &value) == TN_READING_GIVEN)
    {
      set_months (window, value.first, value.last);
      words = g_strdup_printf ("months %s", value.text);
    }
  else if (tn_group_has (group, "from") || tn_group_has (group, "to"))
    set_days (group, window, &words);
  if (words != NULL)
    {
      g_free (window->words);
      window->words = g_steal_pointer (&words);
    }
}

static void
read_window (TnGroup series_group, TnSeries *series)
{
  TnGroup group = tn_group_enter (series_group, "window");
  tn_origin_clear (&series->window.origin);
  series->window.origin = tn_group_get_origin (series_group, "window");
  if (group.setting == NULL)
    return;
  guint n = tn_group_has (group, "season") + tn_group_has (group, "weeks")
            + tn_group_has (group, "months")
            + (tn_group_has (group, "from") || tn_group_has (group, "to"));
  if (n != 1)
    tn_group_complain (series_group, "window",
                       "a window %s, expected one of season, from and to, weeks, or months",
                       n == 0 ? "says nothing" : "says several things");
  else
    set_window (group, &series->window);
}

/* One for all days, from the first to the last, or one for each of them. */
static void
read_times (TnGroup group, TnSeries *series)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (TnValue));
  if (tn_group_read_all (group, "time", times) != TN_READING_GIVEN || times->len == 0)
    return;
  const TnValue *first = &g_array_index (times, TnValue, 0);
  const TnValue *last = &g_array_index (times, TnValue, times->len - 1);
  series->has_time = TRUE;
  series->start_minute = first->first;
  series->end_minute = last->last;
  if (times->len > 1 && (int) times->len != series->length_days)
    tn_group_complain (group, "time",
                       "time has %u spans for %d day%s, expected one for each day, or a single one "
                       "from the first day to the last",
                       times->len, series->length_days, series->length_days == 1 ? "" : "s");
  for (guint i = 0; i < times->len; i++)
    {
      const TnValue *time = &g_array_index (times, TnValue, i);
      TnHours hours = { time->first, time->last };
      if (times->len > 1)
        g_array_append_val (series->hours, hours);
      if ((times->len > 1 || series->length_days == 1) && time->last <= time->first)
        tn_group_complain_at (group, time->line,
                              "time = \"%s\" ends before it begins, expected a later end",
                              time->text);
    }
}

static void
read_days (TnGroup group, TnSeries *series)
{
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (TnValue));
  if (tn_group_read_all (group, "weekdays", days) == TN_READING_GIVEN && days->len == 0)
    tn_group_complain (group, "weekdays", "no weekday is allowed, expected at least one");
  for (guint i = 0; i < days->len; i++)
    series->weekdays |= 1U << (TN_MONDAY + g_array_index (days, TnValue, i).number);

  TnValue length = { 0 };
  tn_group_read (group, "length", &length);
  series->length_days = length.number;

  read_times (group, series);
}

/* The window in a year without anything special, or in a leap year when it needs one. */
static TnSpan
get_sample (const TnWindow *window, int year)
{
  int first_day = window->first_day;
  int last_day = window->last_day;
  if (!tn_date_is_valid_ymd (year, window->first_month, first_day))
    first_day--;
  TnDate start = tn_date_new (year, window->first_month, first_day);
  gboolean wraps
      = window->last_month < window->first_month
        || (window->last_month == window->first_month && window->last_day < window->first_day);
  int last_year = wraps ? year + 1 : year;
  if (!tn_date_is_valid_ymd (last_year, window->last_month, last_day))
    last_day--;
  return tn_span_new (start, tn_date_new (last_year, window->last_month, last_day) + 1);
}

/* The first day is on an allowed weekday, the further ones at least not on a weekend that is not
 * named: as the planner has it. */
static gboolean
fits (const TnSeries *series, TnDate start)
{
  const guint working_week = 0x3e; /* Monday to Friday */
  guint allowed = series->weekdays != 0 ? series->weekdays : working_week;
  if ((allowed & (1U << tn_date_get_weekday (start))) == 0)
    return FALSE;
  for (TnDate day = start + 1; day < start + series->length_days; day++)
    if (((allowed | working_week) & (1U << tn_date_get_weekday (day))) == 0)
      return FALSE;
  return TRUE;
}

static gboolean
has_room (const TnSeries *series, TnSpan span)
{
  for (TnDate day = span.start; day + series->length_days <= span.end; day++)
    if (fits (series, day))
      return TRUE;
  return FALSE;
}

/* Weekdays move through a fixed span of days in the course of the years: it is wrong only if they
 * never meet. */
static gboolean
has_room_ever (const TnSeries *series)
{
  for (int year = 2000; year < 2028; year++)
    {
      if (series->window.kind == TN_WINDOW_DAYS
          && has_room (series, get_sample (&series->window, year)))
        return TRUE;
      TnDate monday = tn_date_new_week (year, 1, TN_MONDAY);
      int weeks = series->window.last_week - series->window.first_week + 1;
      if (series->window.kind == TN_WINDOW_WEEKS
          && has_room (series, tn_span_new (monday, monday + weeks * 7)))
        return TRUE;
      TnCycle cycle = { series->every, year, 1, 0 };
      if (series->window.kind == TN_WINDOW_PERIOD && has_room (series, tn_cycle_get_span (&cycle)))
        return TRUE;
    }
  return FALSE;
}

/* A window of @series at its longest. */
static TnSpan
get_longest (const TnSeries *series)
{
  if (series->window.kind == TN_WINDOW_DAYS)
    return get_sample (&series->window, 2024); /* a leap year */
  TnDate monday = tn_date_new_week (2024, 1, TN_MONDAY);
  if (series->window.kind == TN_WINDOW_WEEKS)
    return tn_span_new (monday,
                        monday + (series->window.last_week - series->window.first_week + 1) * 7);
  TnCycle cycle = { series->every, 2024, 1, 0 };
  return tn_cycle_get_span (&cycle);
}

static void
check_room (TnGroup group, const TnSeries *series)
{
  gboolean is_within_a_year
      = series->every != TN_PERIOD_YEAR && series->every != TN_PERIOD_SCHOOL_YEAR;
  if (series->window.kind != TN_WINDOW_PERIOD && is_within_a_year)
    tn_group_complain (group, "window",
                       "a window of the year does not go with several cycles a year, expected no "
                       "window, or every = \"year\"");
  else if (series->frequency.dates->len == 0 && !has_room_ever (series))
    tn_group_complain (group, "window",
                       "the window never holds %d day%s on allowed weekdays, expected a longer "
                       "window, or other weekdays",
                       series->length_days, series->length_days == 1 ? "" : "s");
  else
    tn_frequency_check_room (group, series, get_longest (series));
}

static void
read_preferences (TnGroup group, TnSeries *series)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TnValue));
  tn_group_read_all (group, "prefer", values);
  guint n_parts = 0;
  for (guint i = 0; i < values->len; i++)
    {
      const TnValue *value = &g_array_index (values, TnValue, i);
      TnPreference *preference = tn_preference_new ((TnPreferKind) value->unit);
      preference->week = value->number;
      preference->origin = tn_group_get_origin (group, "prefer");
      preference->origin.line = value->line;
      g_ptr_array_add (series->preferences, preference);
      n_parts += value->unit == TN_PREFER_EARLY || value->unit == TN_PREFER_MIDDLE
                 || value->unit == TN_PREFER_LATE;
    }
  if (n_parts > 1)
    tn_group_complain (group, "prefer",
                       "two of early, middle and late contradict each other, expected one");
}

static void
read_avoidances (TnGroup group, const char *key, gboolean hard, TnSeries *series)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TnValue));
  tn_group_read_all (group, key, values);
  for (guint i = 0; i < values->len; i++)
    {
      const TnValue *value = &g_array_index (values, TnValue, i);
      for (guint j = 0; j < series->avoidances->len; j++)
        {
          const TnAvoidance *other = g_ptr_array_index (series->avoidances, j);
          if (strcmp (other->name, value->text) == 0 && other->hard != hard)
            tn_group_complain_at (group, value->line,
                                  "'%s' stands in avoid and in prefer_not, expected it in one of "
                                  "them",
                                  value->text);
        }
      const char *area = strchr (value->text, ':');
      TnAvoidKind kind = area != NULL ? TN_AVOID_SCHOOL_BREAKS : (TnAvoidKind) value->number;
      TnAvoidance *avoidance = tn_avoidance_new (kind, hard);
      if (area != NULL)
        tn_avoidance_set_area (avoidance, area + 1);
      avoidance->origin = tn_group_get_origin (group, key);
      avoidance->origin.line = value->line;
      g_ptr_array_add (series->avoidances, avoidance);
    }
}

/**
 * tn_rhythm_read:
 * @group: of kind `series`
 *
 * Fills in what @group says of cycles, window, weekdays, length, time and choice of the day. The
 * first cycle stays as it was when it is not said.
 */
void
tn_rhythm_read (TnGroup group, TnSeries *series)
{
  read_cycles (group, series);
  read_window (group, series);
  read_days (group, series);
  read_preferences (group, series);
  tn_due_read (group, series);
  read_avoidances (group, "avoid", TRUE, series);
  read_avoidances (group, "prefer_not", FALSE, series);
  check_room (group, series);
}
