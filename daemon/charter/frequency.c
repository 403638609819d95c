/* Several times in a period, by week, by weekday of the month, on fixed dates, with months and
 * weeks left out, differently in an election year. What contradicts itself is an error here; what
 * only some years have no room for is the planner's to tell. */
#include "charter/frequency.h"

#include <string.h>

#include "charter/recurrence.h"

static void
take_origin (TnOrigin *origin, TnGroup group, const char *key)
{
  tn_origin_clear (origin);
  *origin = tn_group_get_origin (group, key);
}

static void
read_times (TnGroup group, TnFrequency *frequency)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TnValue));
  if (tn_group_read_all (group, "times", values) != TN_READING_GIVEN)
    return;
  int least = values->len > 0 ? g_array_index (values, TnValue, 0).number : 0;
  int most = values->len > 1 ? g_array_index (values, TnValue, 1).number : least;
  if (values->len < 1 || values->len > 2 || least > most)
    {
      tn_group_complain (group, "times",
                         "times is one number or the least and the most of them, expected "
                         "something like 3 or [ 4, 5 ]");
      return;
    }
  take_origin (&frequency->times_origin, group, "times");
  /* Once is said without an ordinal, as if times were not written. */
  frequency->least = most > 1 ? least : 0;
  frequency->most = most > 1 ? most : 0;
}

static void
read_numbers (TnGroup group, const char *key, GArray *numbers)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TnValue));
  tn_group_read_all (group, key, values);
  for (guint i = 0; i < values->len; i++)
    {
      int number = g_array_index (values, TnValue, i).number;
      if (i > 0 && number <= g_array_index (values, TnValue, i - 1).number)
        tn_group_complain (group, key, "%s do not rise, expected each later than the one before",
                           key);
      g_array_append_val (numbers, number);
    }
}

/* As many weeks as times; weeks alone say how often. */
static void
read_weeks (TnGroup group, TnFrequency *frequency)
{
  if (!tn_group_has (group, "weeks"))
    return;
  read_numbers (group, "weeks", frequency->weeks);
  take_origin (&frequency->weeks_origin, group, "weeks");
  int n = (int) frequency->weeks->len;
  if (!tn_group_has (group, "times") && n > 1)
    {
      take_origin (&frequency->times_origin, group, "weeks");
      frequency->least = n;
      frequency->most = n;
    }
  else if (n != MAX (frequency->most, 1))
    tn_group_complain (group, "weeks", "%d weeks for %d times, expected one week for each", n,
                       MAX (frequency->most, 1));
}

static void
read_period (TnGroup series_group, TnFrequency *frequency)
{
  TnGroup group = tn_group_enter (series_group, "period");
  TnValue years = { 0 };
  TnValue starts = { 0 };
  if (group.setting == NULL || tn_group_read (group, "years", &years) != TN_READING_GIVEN
      || tn_group_read (group, "starts", &starts) != TN_READING_GIVEN)
    return;
  frequency->term_years = years.number;
  frequency->term_start = starts.days.start;
  read_numbers (group, "election_weeks", frequency->election_weeks);
  guint n = frequency->election_weeks->len;
  if (n > 0 && n != frequency->weeks->len)
    tn_group_complain (group, "election_weeks",
                       "%u election_weeks for %u weeks, expected as many as in other years", n,
                       frequency->weeks->len);
}

static void
read_left_out (TnGroup group, TnFrequency *frequency)
{
  g_autoptr (GArray) months = g_array_new (FALSE, FALSE, sizeof (TnValue));
  g_autoptr (GArray) weeks = g_array_new (FALSE, FALSE, sizeof (TnValue));
  tn_group_read_all (group, "except_months", months);
  tn_group_read_all (group, "except_weeks", weeks);
  for (guint i = 0; i < months->len; i++)
    frequency->months_out |= 1u << (g_array_index (months, TnValue, i).number + 1);
  for (guint i = 0; i < weeks->len; i++)
    for (int week = g_array_index (weeks, TnValue, i).first;
         week <= g_array_index (weeks, TnValue, i).last; week++)
      frequency->weeks_out |= G_GUINT64_CONSTANT (1) << week;
  if (frequency->months_out == 0x1ffe)
    tn_group_complain (group, "except_months",
                       "every month is left out, expected at least one to stay");
  if (months->len + weeks->len > 0)
    take_origin (&frequency->out_origin, group, months->len > 0 ? "except_months" : "except_weeks");
}

/* Days of the month by themselves: the weekdays of the working week do not bind them. */
static void
settle_month_days (TnGroup group, const char *key, TnSeries *series)
{
  TnFrequency *frequency = &series->frequency;
  int n = (int) frequency->month_days->len;
  take_origin (&frequency->month_days_origin, group, key);
  if (!tn_group_has (group, "weekdays"))
    series->weekdays = 0xfe;
  if (n < 2 || series->every != TN_PERIOD_MONTH)
    return;
  if (tn_group_has (group, "times"))
    tn_group_complain (group, "times", "%s says how often already, expected no times", key);
  take_origin (&frequency->times_origin, group, key);
  frequency->least = n;
  frequency->most = n;
}

static void
read_nth (TnGroup group, TnSeries *series)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TnValue));
  if (tn_group_read_all (group, "nth", values) != TN_READING_GIVEN)
    return;
  g_autoptr (GString) words = g_string_new ("not the ");
  for (guint i = 0; i < values->len; i++)
    {
      const TnValue *value = &g_array_index (values, TnValue, i);
      TnMonthDay day = { 0 };
      if (tn_recurrence_parse_nth (value->text, &day))
        g_array_append_val (series->frequency.month_days, day);
      else
        tn_group_complain_at (group, value->line,
                              "nth = \"%.40s\" is not possible, expected a weekday of the month "
                              "like \"fourth fri\" or \"last thu\"",
                              value->text);
      g_string_append_printf (words, "%s%s", i > 0 ? " or the " : "", value->text);
    }
  series->frequency.month_days_words = g_strdup (words->str);
  settle_month_days (group, "nth", series);
}

static void
apply_recurrence (TnGroup group, const TnRecurrence *recurrence, TnSeries *series)
{
  TnFrequency *frequency = &series->frequency;
  series->every = recurrence->every;
  series->every_n = recurrence->interval;
  g_array_append_vals (frequency->month_days, recurrence->month_days->data,
                       recurrence->month_days->len);
  if (recurrence->months != 0)
    {
      frequency->months_out |= 0x1ffe & ~recurrence->months;
      take_origin (&frequency->out_origin, group, "rrule");
    }
  if ((recurrence->months & ~frequency->months_out) == 0 && recurrence->months != 0)
    tn_group_complain (group, "except_months",
                       "except_months leaves out every month of rrule, expected one to stay");
  settle_month_days (group, "rrule", series);
}

static void
read_rrule (TnGroup group, TnSeries *series)
{
  static const char *const rivals[] = { "every", "times", "weeks", "nth", "window" };
  TnValue value = { 0 };
  if (tn_group_read (group, "rrule", &value) != TN_READING_GIVEN)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rivals); i++)
    if (tn_group_has (group, rivals[i]))
      tn_group_complain (group, rivals[i], "%s stands beside rrule, expected one of them",
                         rivals[i]);
  g_autoptr (GError) error = NULL;
  TnRecurrence recurrence = { 0 };
  if (!tn_recurrence_parse (value.text, &recurrence, &error))
    {
      tn_group_complain (group, "rrule", "%s", error->message);
      return;
    }
  series->frequency.month_days_words = g_strdup_printf ("not a day of %s", value.text);
  apply_recurrence (group, &recurrence, series);
  tn_recurrence_clear (&recurrence);
}

static int
compare_fixed (gconstpointer a, gconstpointer b)
{
  return tn_cycle_compare (&((const TnFixedDate *) a)->cycle, &((const TnFixedDate *) b)->cycle);
}

/* The ordinal goes by the order in which dates are written, so one that is added at the end shifts
 * none before it. */
static void
add_date (TnGroup group, const TnValue *value, TnSeries *series)
{
  GArray *dates = series->frequency.dates;
  TnFixedDate fixed = { tn_cycle_at (series->every, value->days.start), value->days.start };
  fixed.cycle.ordinal = 1;
  for (guint i = 0; i < dates->len; i++)
    {
      const TnFixedDate *other = &g_array_index (dates, TnFixedDate, i);
      if (other->date == fixed.date)
        tn_group_complain_at (group, value->line, "%s stands twice in dates, expected it once",
                              value->text);
    }
  for (guint i = 0; i < dates->len; i++)
    {
      TnCycle other = g_array_index (dates, TnFixedDate, i).cycle;
      int ordinal = other.ordinal;
      other.ordinal = fixed.cycle.ordinal;
      if (tn_cycle_equal (&other, &fixed.cycle))
        fixed.cycle.ordinal = MAX (fixed.cycle.ordinal, ordinal + 1);
    }
  g_array_append_val (dates, fixed);
}

static void
read_dates (TnGroup group, TnSeries *series)
{
  static const char *const rivals[]
      = { "times", "weeks", "nth", "rrule", "window", "first", "last", "spacing" };
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TnValue));
  GArray *dates = series->frequency.dates;
  if (tn_group_read_all (group, "dates", values) == TN_READING_ABSENT)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (rivals); i++)
    if (tn_group_has (group, rivals[i]))
      tn_group_complain (group, rivals[i], "%s stands beside dates, expected one of them",
                         rivals[i]);
  if (values->len == 0)
    tn_group_complain (group, "dates", "dates is empty, expected at least one");
  for (guint i = 0; i < values->len; i++)
    add_date (group, &g_array_index (values, TnValue, i), series);
  if (dates->len == 0)
    return;
  g_array_sort (dates, compare_fixed);
  take_origin (&series->frequency.dates_origin, group, "dates");
  if (!tn_group_has (group, "weekdays"))
    series->weekdays = 0xfe;
  series->every_n = 1;
  series->first = g_array_index (dates, TnFixedDate, 0).cycle;
  series->last = g_array_index (dates, TnFixedDate, dates->len - 1).cycle;
  series->first.ordinal = 0;
  series->last.ordinal = 0;
  series->has_last = TRUE;
}

static void
read_distances (TnGroup group, TnSeries *series)
{
  for (guint i = 0; i < tn_group_count (group, "avoid_series"); i++)
    {
      TnGroup item = tn_group_at (group, "avoid_series", i);
      TnValue name = { 0 };
      TnValue days = { 0 };
      TnValue soft = { 0 };
      tn_group_read (item, "days", &days);
      tn_group_read (item, "soft", &soft);
      if (tn_group_read (item, "series", &name) != TN_READING_GIVEN)
        continue;
      g_auto (GStrv) parts = g_strsplit (name.text, "/", -1);
      guint n = g_strv_length (parts);
      if (n > 2)
        tn_group_complain (item, "series",
                           "series = \"%.60s\" is not possible, expected a series like "
                           "\"studietur\" or \"7by/studietur\"",
                           name.text);
      if (n == 1 && strcmp (parts[0], series->id) == 0)
        tn_group_complain (item, "series",
                           "series '%s' cannot keep off itself, expected spacing = \"%d days\"",
                           series->id, days.number);
      TnDistance *distance = tn_distance_new (n == 2 ? parts[0] : NULL, parts[n - 1], days.number);
      distance->is_soft = soft.number != 0;
      distance->origin = tn_group_get_origin (item, "series");
      g_ptr_array_add (series->distances, distance);
    }
}

static void
read_site (TnGroup group, TnSeries *series)
{
  TnValue id = { 0 };
  TnValue name = { 0 };
  TnValue date = { 0 };
  if (tn_group_read (group, "id", &id) != TN_READING_GIVEN
      || tn_group_read (group, "name", &name) != TN_READING_GIVEN)
    return;
  if (tn_series_find_site (series, id.text) != NULL)
    tn_group_complain (group, "id", "site '%s' stands twice, expected it once in a series",
                       id.text);
  TnSite *site = tn_site_new (id.text, name.text);
  site->origin = tn_group_get_origin (group, NULL);
  g_ptr_array_add (series->sites, site);
  if (tn_group_read (group, "date", &date) == TN_READING_GIVEN)
    site->date = date.days.start;
}

static void
read_sites (TnGroup group, TnSeries *series)
{
  for (guint i = 0; i < tn_group_count (group, "sites"); i++)
    read_site (tn_group_at (group, "sites", i), series);
  const TnFrequency *frequency = &series->frequency;
  if (series->sites->len > 0 && (frequency->most > 0 || frequency->dates->len > 0))
    tn_group_complain (group, "sites",
                       "sites beside several times in a period, expected one of them");
}

static void
read_room (TnGroup group, TnSeries *series)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (TnValue));
  TnValue seats = { 0 };
  if (tn_group_read (group, "seats", &seats) == TN_READING_GIVEN)
    series->seats = seats.number;
  if (tn_group_read_all (group, "capacity", values) != TN_READING_GIVEN)
    return;
  if (values->len >= 1 && values->len <= 2)
    {
      series->capacity_least = g_array_index (values, TnValue, 0).number;
      series->capacity_most = g_array_index (values, TnValue, values->len - 1).number;
    }
  if (values->len < 1 || values->len > 2 || series->capacity_least > series->capacity_most)
    tn_group_complain (group, "capacity",
                       "capacity is one number or the least and the most, expected something like "
                       "100 or [ 80, 100 ]");
}

/**
 * tn_frequency_read:
 * @group: of kind `series`
 * @series: with what `every`, `first` and `last` say
 */
void
tn_frequency_read (TnGroup group, TnSeries *series)
{
  TnFrequency *frequency = &series->frequency;
  TnValue spacing = { 0 };
  read_times (group, frequency);
  read_weeks (group, frequency);
  read_period (group, frequency);
  read_left_out (group, frequency);
  read_nth (group, series);
  read_rrule (group, series);
  read_dates (group, series);
  read_distances (group, series);
  read_sites (group, series);
  read_room (group, series);
  if (tn_group_read (group, "spacing", &spacing) != TN_READING_GIVEN)
    return;
  frequency->spacing_days = spacing.number * (spacing.unit == 1 ? 7 : 1);
  take_origin (&frequency->spacing_origin, group, "spacing");
}

/**
 * tn_frequency_check_room:
 * @sample: days of a window of @series
 *
 * Complains when as many as must be held can never lie in it.
 */
void
tn_frequency_check_room (TnGroup group, const TnSeries *series, TnSpan sample)
{
  const TnFrequency *frequency = &series->frequency;
  if (frequency->least < 2)
    return;
  int apart = MAX (frequency->spacing_days, series->length_days);
  int needed = (frequency->least - 1) * apart + series->length_days;
  if (needed > tn_span_get_days (sample))
    tn_group_complain (group, tn_group_has (group, "window") ? "window" : "times",
                       "%d times with %d day%s between them need %d days, and the window has %d, "
                       "expected a longer window, fewer times or less spacing",
                       frequency->least, apart, apart == 1 ? "" : "s", needed,
                       tn_span_get_days (sample));
}
