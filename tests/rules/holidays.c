/* Holidays of a span, from rules as the holiday files give them. */
#include "rules/holidays.h"

typedef struct
{
  TnRulebook *rulebook; /* (owned) */
  TnHolidayFile *file;  /* (unowned) its first file, "dk" */
} Fixture;

static const char *const DK[] = { "dk", NULL };

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->rulebook = tn_rulebook_new ();
  fixture->file = tn_holiday_file_new ("dk", "Danmark");
  g_ptr_array_add (fixture->rulebook->holiday_files, fixture->file);
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  tn_rulebook_unref (fixture->rulebook);
}

static TnHolidayRule *
add_rule (Fixture *fixture, const char *name, TnHolidayKind kind, TnDayRuleKind rule)
{
  TnHolidayRule *holiday = tn_holiday_rule_new (name, kind, rule);
  g_ptr_array_add (fixture->file->rules, holiday);
  return holiday;
}

static TnHolidayRule *
add_fixed (Fixture *fixture, const char *name, int month, int day)
{
  TnHolidayRule *holiday = add_rule (fixture, name, TN_HOLIDAY_PUBLIC, TN_DAY_FIXED);
  holiday->month = month;
  holiday->day = day;
  return holiday;
}

static TnHolidayRule *
add_easter (Fixture *fixture, const char *name, int easter_days)
{
  TnHolidayRule *holiday = add_rule (fixture, name, TN_HOLIDAY_PUBLIC, TN_DAY_EASTER);
  holiday->easter_days = easter_days;
  return holiday;
}

static TnHolidayRule *
add_weeks (Fixture *fixture, const char *area, int first_week, int last_week)
{
  TnHolidayRule *holiday = add_rule (fixture, "Ferie", TN_HOLIDAY_SCHOOL_BREAK, TN_DAY_WEEKS);
  holiday->area = g_strdup (area);
  holiday->first_week = first_week;
  holiday->last_week = last_week;
  return holiday;
}

static TnHolidays *
holidays_of (Fixture *fixture, TnDate start, TnDate end)
{
  return tn_holidays_new (fixture->rulebook, DK, tn_span_new (start, end));
}

static char *
list (const TnHolidays *holidays)
{
  GString *text = g_string_new ("");
  for (guint i = 0; i < tn_holidays_get_size (holidays); i++)
    {
      const TnHoliday *holiday = tn_holidays_get (holidays, i);
      g_autofree char *date = tn_date_to_string (holiday->date);
      g_string_append_printf (text, "%s%s %s", i > 0 ? "; " : "", date, holiday->rule->name);
    }
  return g_string_free (text, FALSE);
}

static void
test_sorted (Fixture *fixture, gconstpointer unused)
{
  add_fixed (fixture, "Juledag", 12, 25);
  add_easter (fixture, "Skærtorsdag", -3);
  add_fixed (fixture, "Nytårsdag", 1, 1);

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2026, 1, 1), tn_date_new (2028, 1, 1));

  g_autofree char *text = list (holidays);
  g_assert_cmpstr (text, ==,
                   "2026-01-01 Nytårsdag; 2026-04-02 Skærtorsdag; 2026-12-25 Juledag; "
                   "2027-01-01 Nytårsdag; 2027-03-25 Skærtorsdag; 2027-12-25 Juledag");
}

static void
test_half_open (Fixture *fixture, gconstpointer unused)
{
  add_fixed (fixture, "Nytårsdag", 1, 1);

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2026, 1, 1), tn_date_new (2027, 1, 1));
  g_autoptr (TnHolidays) nothing
      = holidays_of (fixture, tn_date_new (2026, 1, 1), tn_date_new (2026, 1, 1));

  g_assert_cmpuint (tn_holidays_get_size (holidays), ==, 1);
  g_assert_cmpuint (tn_holidays_get_size (nothing), ==, 0);
}

static void
test_years (Fixture *fixture, gconstpointer unused)
{
  add_easter (fixture, "Store bededag", 26)->last_year = 2023;
  add_fixed (fixture, "Nationaldag", 6, 6)->first_year = 2024;

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2022, 1, 1), tn_date_new (2026, 1, 1));

  g_autofree char *text = list (holidays);
  g_assert_cmpstr (text, ==,
                   "2022-05-13 Store bededag; 2023-05-05 Store bededag; "
                   "2024-06-06 Nationaldag; 2025-06-06 Nationaldag");
}

static void
test_weekday_on_or_after (Fixture *fixture, gconstpointer unused)
{
  TnHolidayRule *rule = add_rule (fixture, "Midsommardagen", TN_HOLIDAY_PUBLIC, TN_DAY_WEEKDAY);
  rule->weekday = TN_SATURDAY;
  rule->month = 6;
  rule->day = 20;

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2025, 1, 1), tn_date_new (2028, 1, 1));

  g_autofree char *text = list (holidays); /* 20 June 2026 is itself a Saturday */
  g_assert_cmpstr (text, ==,
                   "2025-06-21 Midsommardagen; 2026-06-20 Midsommardagen; "
                   "2027-06-26 Midsommardagen");
}

static void
test_weekday_over_new_year (Fixture *fixture, gconstpointer unused)
{
  TnHolidayRule *rule = add_rule (fixture, "Mandag", TN_HOLIDAY_OBSERVANCE, TN_DAY_WEEKDAY);
  rule->weekday = TN_MONDAY;
  rule->month = 12;
  rule->day = 29;

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2027, 1, 1), tn_date_new (2027, 2, 1));

  g_autofree char *text = list (holidays); /* 29 December 2026 is a Tuesday */
  g_assert_cmpstr (text, ==, "2027-01-04 Mandag");
}

static void
test_leap_day (Fixture *fixture, gconstpointer unused)
{
  add_fixed (fixture, "Skuddag", 2, 29);
  TnHolidayRule *rule = add_rule (fixture, "Søndag", TN_HOLIDAY_OBSERVANCE, TN_DAY_WEEKDAY);
  rule->weekday = TN_SUNDAY;
  rule->month = 2;
  rule->day = 29;

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2026, 1, 1), tn_date_new (2029, 1, 1));

  g_autofree char *text = list (holidays);
  g_assert_cmpstr (text, ==,
                   "2026-03-01 Søndag; 2027-03-07 Søndag; 2028-02-29 Skuddag; 2028-03-05 Søndag");
}

static void
test_weeks (Fixture *fixture, gconstpointer unused)
{
  add_weeks (fixture, "aarhus", 7, 8);

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2027, 1, 1), tn_date_new (2028, 1, 1));

  g_assert_cmpuint (tn_holidays_get_size (holidays), ==, 14);
  g_assert_cmpint (tn_holidays_get (holidays, 0)->date, ==, tn_date_new (2027, 2, 15));
  g_assert_cmpint (tn_holidays_get (holidays, 13)->date, ==, tn_date_new (2027, 2, 28));
  g_assert_cmpstr (tn_holidays_get (holidays, 0)->rule->area, ==, "aarhus");
}

static void
test_weeks_over_new_year (Fixture *fixture, gconstpointer unused)
{
  add_weeks (fixture, "odense", 52, 1);

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2026, 12, 1), tn_date_new (2027, 2, 1));

  /* 2026 has a week 53: three weeks, of which the days in both years are found. */
  g_assert_cmpuint (tn_holidays_get_size (holidays), ==, 21);
  g_assert_cmpint (tn_holidays_get (holidays, 0)->date, ==, tn_date_new (2026, 12, 21));
  g_assert_cmpint (tn_holidays_get (holidays, 20)->date, ==, tn_date_new (2027, 1, 10));
}

static void
test_week_53 (Fixture *fixture, gconstpointer unused)
{
  add_weeks (fixture, "odense", 53, 53);

  g_autoptr (TnHolidays) without
      = holidays_of (fixture, tn_date_new (2027, 2, 1), tn_date_new (2028, 3, 1));
  g_autoptr (TnHolidays) with
      = holidays_of (fixture, tn_date_new (2026, 2, 1), tn_date_new (2027, 2, 1));

  g_assert_cmpuint (tn_holidays_get_size (without), ==, 0);
  g_assert_cmpuint (tn_holidays_get_size (with), ==, 7);
}

static void
test_date (Fixture *fixture, gconstpointer unused)
{
  TnHolidayRule *rule = add_rule (fixture, "Kommunalvalg", TN_HOLIDAY_ELECTION, TN_DAY_DATE);
  rule->date = tn_date_new (2025, 11, 18);

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2025, 1, 1), tn_date_new (2026, 1, 1));
  g_autoptr (TnHolidays) later
      = holidays_of (fixture, tn_date_new (2026, 1, 1), tn_date_new (2027, 1, 1));

  g_autofree char *text = list (holidays);
  g_assert_cmpstr (text, ==, "2025-11-18 Kommunalvalg");
  g_assert_cmpuint (tn_holidays_get_size (later), ==, 0);
}

static void
test_find_kind (Fixture *fixture, gconstpointer unused)
{
  add_weeks (fixture, "aarhus", 1, 1);
  add_fixed (fixture, "Nytårsdag", 1, 1);
  TnDate new_year = tn_date_new (2026, 1, 1);

  g_autoptr (TnHolidays) holidays = holidays_of (fixture, new_year, tn_date_new (2027, 1, 1));

  const TnHoliday *public = tn_holidays_find (holidays, new_year, TN_HOLIDAY_PUBLIC);
  const TnHoliday *school = tn_holidays_find (holidays, new_year, TN_HOLIDAY_SCHOOL_BREAK);
  g_assert_cmpstr (public->rule->name, ==, "Nytårsdag");
  g_assert_cmpstr (school->rule->name, ==, "Ferie");
  g_assert_cmpstr (public->file->id, ==, "dk");
  g_assert_null (tn_holidays_find (holidays, new_year, TN_HOLIDAY_EVE));
  g_assert_null (tn_holidays_find (holidays, new_year + 1, TN_HOLIDAY_PUBLIC));
  g_assert_null (tn_holidays_find (holidays, new_year - 1000, TN_HOLIDAY_PUBLIC));
}

static void
test_same_day_twice (Fixture *fixture, gconstpointer unused)
{
  add_fixed (fixture, "Grunnlovsdag", 5, 17);
  add_easter (fixture, "Kristi himmelfartsdag", 39);

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2012, 5, 17), tn_date_new (2012, 5, 18));

  g_autofree char *text = list (holidays);
  g_assert_cmpstr (text, ==, "2012-05-17 Grunnlovsdag; 2012-05-17 Kristi himmelfartsdag");
}

static void
test_only_asked_files (Fixture *fixture, gconstpointer unused)
{
  add_fixed (fixture, "Nytårsdag", 1, 1);
  const char *const other[] = { "se", NULL };
  TnSpan span = tn_span_new (tn_date_new (2026, 1, 1), tn_date_new (2027, 1, 1));

  g_autoptr (TnHolidays) swedish = tn_holidays_new (fixture->rulebook, other, span);
  g_autoptr (TnHolidays) none = tn_holidays_new (fixture->rulebook, NULL, span);

  g_assert_cmpuint (tn_holidays_get_size (swedish), ==, 0);
  g_assert_cmpuint (tn_holidays_get_size (none), ==, 0);
}

static void
test_bridge_friday (Fixture *fixture, gconstpointer unused)
{
  add_easter (fixture, "Kristi himmelfartsdag", 39); /* Thursday 6 May 2027 */

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2027, 1, 1), tn_date_new (2028, 1, 1));

  const TnHoliday *bridged = tn_holidays_find_bridged (holidays, tn_date_new (2027, 5, 7));
  g_assert_nonnull (bridged);
  g_assert_cmpstr (bridged->rule->name, ==, "Kristi himmelfartsdag");
  g_assert_null (tn_holidays_find_bridged (holidays, tn_date_new (2027, 5, 5)));
  g_assert_null (tn_holidays_find_bridged (holidays, tn_date_new (2027, 5, 6)));
  g_assert_null (tn_holidays_find_bridged (holidays, tn_date_new (2027, 5, 8)));
}

static void
test_bridge_monday (Fixture *fixture, gconstpointer unused)
{
  add_fixed (fixture, "Juledag", 12, 25); /* a Tuesday in 2029 */

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2029, 1, 1), tn_date_new (2030, 1, 1));

  g_assert_nonnull (tn_holidays_find_bridged (holidays, tn_date_new (2029, 12, 24)));
  g_assert_null (tn_holidays_find_bridged (holidays, tn_date_new (2029, 12, 26)));
}

static void
test_bridge_holiday (Fixture *fixture, gconstpointer unused)
{
  add_fixed (fixture, "Juledag", 12, 25); /* a Thursday in 2025 */
  add_fixed (fixture, "2. juledag", 12, 26);

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2025, 1, 1), tn_date_new (2026, 1, 1));

  g_assert_null (tn_holidays_find_bridged (holidays, tn_date_new (2025, 12, 26)));
}

static void
test_bridge_eve (Fixture *fixture, gconstpointer unused)
{
  add_fixed (fixture, "Juleaftensdag", 12, 24)->kind = TN_HOLIDAY_EVE; /* Thursday in 2026 */

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2026, 1, 1), tn_date_new (2027, 1, 1));

  g_assert_null (tn_holidays_find_bridged (holidays, tn_date_new (2026, 12, 25)));
}

static void
test_bridge_over_edge (Fixture *fixture, gconstpointer unused)
{
  add_easter (fixture, "Kristi himmelfartsdag", 39); /* Thursday 6 May 2027 */
  add_fixed (fixture, "Juledag", 12, 25);            /* Tuesday in 2029 */

  g_autoptr (TnHolidays) after
      = holidays_of (fixture, tn_date_new (2027, 5, 7), tn_date_new (2027, 5, 8));
  g_autoptr (TnHolidays) before
      = holidays_of (fixture, tn_date_new (2029, 12, 24), tn_date_new (2029, 12, 25));

  g_assert_nonnull (tn_holidays_find_bridged (after, tn_date_new (2027, 5, 7)));
  g_assert_nonnull (tn_holidays_find_bridged (before, tn_date_new (2029, 12, 24)));
  g_assert_cmpuint (tn_holidays_get_size (after), ==, 0);
  g_assert_cmpuint (tn_holidays_get_size (before), ==, 0);
}

static void
test_workdays (Fixture *fixture, gconstpointer unused)
{
  add_fixed (fixture, "Nytårsdag", 1, 1); /* Friday in 2027 */
  add_fixed (fixture, "Nytårsaftensdag", 12, 31)->kind = TN_HOLIDAY_EVE;

  g_autoptr (TnHolidays) holidays
      = holidays_of (fixture, tn_date_new (2026, 12, 1), tn_date_new (2027, 2, 1));

  g_assert_true (tn_holidays_is_workday (holidays, tn_date_new (2026, 12, 31)));
  g_assert_false (tn_holidays_is_workday (holidays, tn_date_new (2027, 1, 1)));
  g_assert_false (tn_holidays_is_workday (holidays, tn_date_new (2027, 1, 2)));
  g_assert_false (tn_holidays_is_workday (holidays, tn_date_new (2027, 1, 3)));
  g_assert_true (tn_holidays_is_workday (holidays, tn_date_new (2027, 1, 4)));
}

static void
test_limits (Fixture *fixture, gconstpointer unused)
{
  add_fixed (fixture, "Nytårsdag", 1, 1);
  add_easter (fixture, "Påskedag", 0);
  add_weeks (fixture, "odense", 52, 1);

  g_autoptr (TnHolidays) early = tn_holidays_new (
      fixture->rulebook, DK, tn_span_new (TN_SPAN_ALWAYS.start, tn_date_new (3, 1, 1)));
  g_autoptr (TnHolidays) late = tn_holidays_new (
      fixture->rulebook, DK, tn_span_new (tn_date_new (9997, 1, 1), TN_SPAN_ALWAYS.end));

  g_assert_cmpuint (tn_holidays_get_size (early), >, 0);
  g_assert_cmpuint (tn_holidays_get_size (late), >, 0);
}

/* A hundred collaborations ask for ten years each: far below the second that a whole plan may cost.
 */
static void
test_fast (Fixture *fixture, gconstpointer unused)
{
  const char *const areas[] = { "a", "b", "c", "d", "e", "f", "g" };
  for (guint i = 0; i < G_N_ELEMENTS (areas); i++)
    add_weeks (fixture, areas[i], 7, 8);
  for (int month = 1; month <= 12; month++)
    add_fixed (fixture, "Dag", month, month);

  gint64 start_us = g_get_monotonic_time ();
  guint n_found = 0;
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (TnHolidays) holidays
          = holidays_of (fixture, tn_date_new (2026, 1, 1), tn_date_new (2036, 1, 1));
      n_found += tn_holidays_get_size (holidays);
    }
  gint64 took_us = g_get_monotonic_time () - start_us;

  g_test_message ("100 spans of ten years: %" G_GINT64_FORMAT " us", took_us);
  g_assert_cmpuint (n_found, ==, 100 * 10 * (12 + 7 * 14));
  g_assert_cmpint (took_us, <, G_USEC_PER_SEC);
}

static void
assert_span (const GArray *spans, guint index, const char *area, const char *start, int n_days)
{
  const TnHolidaySpan *span = &g_array_index (spans, TnHolidaySpan, index);
  g_autofree char *text = tn_date_to_string (span->days.start);
  g_assert_cmpstr (span->rule->area, ==, area);
  g_assert_cmpstr (text, ==, start);
  g_assert_cmpint (tn_span_get_days (span->days), ==, n_days);
}

/* Two areas on the same days, and one of them again in autumn. */
static void
test_spans (Fixture *fixture, gconstpointer unused)
{
  add_weeks (fixture, "odense", 7, 7);
  add_weeks (fixture, "aarhus", 7, 8);
  add_weeks (fixture, "odense", 42, 42);
  TnSpan year = tn_span_new (tn_date_new (2027, 1, 1), tn_date_new (2028, 1, 1));
  g_autoptr (TnHolidays) holidays = tn_holidays_new (fixture->rulebook, DK, year);

  g_autoptr (GArray) spans = tn_holidays_list_spans (holidays);

  g_assert_cmpuint (spans->len, ==, 3);
  assert_span (spans, 0, "odense", "2027-02-15", 7);
  assert_span (spans, 1, "aarhus", "2027-02-15", 14);
  assert_span (spans, 2, "odense", "2027-10-18", 7);
}

#define ADD(path, function)                                                                        \
  g_test_add ("/rules/holidays/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("come-by-date", test_sorted);
  ADD ("stop-before-the-end-of-the-span", test_half_open);
  ADD ("keep-first-and-last-year", test_years);
  ADD ("weekday-falls-on-or-after-its-day", test_weekday_on_or_after);
  ADD ("weekday-rule-of-december-reaches-january", test_weekday_over_new_year);
  ADD ("leap-day-is-absent-in-other-years", test_leap_day);
  ADD ("weeks-are-monday-to-sunday", test_weeks);
  ADD ("weeks-go-over-new-year", test_weeks_over_new_year);
  ADD ("week-53-only-where-there-is-one", test_week_53);
  ADD ("single-date-happens-once", test_date);
  ADD ("are-found-by-kind", test_find_kind);
  ADD ("two-on-one-day-are-both-there", test_same_day_twice);
  ADD ("only-of-the-files-asked-for", test_only_asked_files);
  ADD ("bridge-is-the-friday-after-a-thursday", test_bridge_friday);
  ADD ("bridge-is-the-monday-before-a-tuesday", test_bridge_monday);
  ADD ("holiday-itself-is-no-bridge", test_bridge_holiday);
  ADD ("eve-makes-no-bridge", test_bridge_eve);
  ADD ("bridge-is-seen-over-the-edge-of-the-span", test_bridge_over_edge);
  ADD ("eves-are-workdays", test_workdays);
  ADD ("days-in-a-row-are-one-span", test_spans);
  ADD ("endless-spans-are-cut", test_limits);
  ADD ("ten-years-cost-little", test_fast);
  return g_test_run ();
}
