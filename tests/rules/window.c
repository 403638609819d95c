/* Tests of windows. */
#include "seven-cities.h"

#include "rules/window.h"

static char *
format_span (TnSpan span)
{
  g_autofree char *start = tn_date_to_string (span.start);
  g_autofree char *end = tn_date_to_string (span.end);
  return g_strdup_printf ("%s/%s", start, end);
}

static void
assert_window (const TnSeries *series, const char *cycle_text, const char *expected)
{
  TnCycle cycle = { 0 };
  g_assert_true (tn_cycle_parse (cycle_text, &cycle, NULL));
  g_autofree char *text = format_span (tn_window_get_span (series, &cycle));
  g_assert_cmpstr (text, ==, expected);
}

static TnSeries *
new_days (TnPeriod every, int first_month, int first_day, int last_month, int last_day)
{
  TnSeries *series = tn_series_new ("x", TN_KIND_MEETING);
  series->every = every;
  seven_set_window (series, "x", first_month, first_day, last_month, last_day);
  return series;
}

static TnSeries *
new_weeks (int first_week, int last_week)
{
  TnSeries *series = tn_series_new ("x", TN_KIND_MEETING);
  series->window.kind = TN_WINDOW_WEEKS;
  series->window.first_week = first_week;
  series->window.last_week = last_week;
  return series;
}

static void
test_season (void)
{
  TnSeries *series = new_days (TN_PERIOD_YEAR, 3, 1, 5, 31);
  assert_window (series, "2027", "2027-03-01/2027-06-01");
  tn_series_free (series);
}

static void
test_winter (void)
{
  TnSeries *series = new_days (TN_PERIOD_YEAR, 12, 1, 2, 29);
  assert_window (series, "2027", "2027-12-01/2028-03-01");
  assert_window (series, "2028", "2028-12-01/2029-03-01");
  tn_series_free (series);
}

static void
test_leap_day_as_start (void)
{
  TnSeries *series = new_days (TN_PERIOD_YEAR, 2, 29, 3, 31);
  assert_window (series, "2027", "2027-03-01/2027-04-01");
  assert_window (series, "2028", "2028-02-29/2028-04-01");
  tn_series_free (series);
}

static void
test_school_year (void)
{
  TnSeries *series = new_days (TN_PERIOD_SCHOOL_YEAR, 3, 1, 5, 31);
  assert_window (series, "2026/27", "2027-03-01/2027-06-01");
  series->window.first_month = 9;
  series->window.last_month = 11;
  series->window.last_day = 30;
  assert_window (series, "2026/27", "2026-09-01/2026-12-01");
  tn_series_free (series);
}

static void
test_window_outside_its_period (void)
{
  TnSeries *series = new_days (TN_PERIOD_HALF, 3, 1, 5, 31);
  assert_window (series, "2027-H1", "2027-03-01/2027-06-01");
  assert_window (series, "2027-H2", "2027-07-01/2027-07-01");
  tn_series_free (series);
}

static void
test_weeks (void)
{
  TnSeries *series = new_weeks (17, 21);
  assert_window (series, "2027", "2027-04-26/2027-05-31");
  tn_series_free (series);
}

/* Week 1 of 2026 begins on 29 December 2025; 2026 has 53 weeks, 2027 has 52. */
static void
test_weeks_at_new_year (void)
{
  TnSeries *first = new_weeks (1, 2);
  TnSeries *last = new_weeks (53, 53);
  TnSeries *over = new_weeks (52, 1);
  assert_window (first, "2026", "2025-12-29/2026-01-12");
  assert_window (last, "2026", "2026-12-28/2027-01-04");
  assert_window (last, "2027", "2027-01-01/2027-01-01");
  assert_window (over, "2027", "2027-12-27/2028-01-10");
  tn_series_free (first);
  tn_series_free (last);
  tn_series_free (over);
}

/* 2027-05-18 is a Tuesday. */
static void
test_weekdays (void)
{
  TnSeries *series = new_days (TN_PERIOD_YEAR, 3, 1, 5, 31);
  g_assert_true (
      tn_window_allows_weekdays (series, tn_span_new (D (2027, 5, 18), D (2027, 5, 19))));
  g_assert_false (
      tn_window_allows_weekdays (series, tn_span_new (D (2027, 5, 22), D (2027, 5, 23))));
  series->weekdays = 1u << TN_TUESDAY | 1u << TN_FRIDAY;
  g_assert_true (
      tn_window_allows_weekdays (series, tn_span_new (D (2027, 5, 18), D (2027, 5, 20))));
  g_assert_false (
      tn_window_allows_weekdays (series, tn_span_new (D (2027, 5, 19), D (2027, 5, 20))));
  g_assert_false (
      tn_window_allows_weekdays (series, tn_span_new (D (2027, 5, 21), D (2027, 5, 23))));
  series->weekdays |= 1u << TN_SATURDAY;
  g_assert_true (
      tn_window_allows_weekdays (series, tn_span_new (D (2027, 5, 21), D (2027, 5, 23))));
  tn_series_free (series);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/window/season-lies-in-its-year", test_season);
  g_test_add_func ("/rules/window/winter-reaches-into-the-next-year", test_winter);
  g_test_add_func ("/rules/window/leap-day-as-start-is-the-next-day", test_leap_day_as_start);
  g_test_add_func ("/rules/window/school-year-has-autumn-and-spring", test_school_year);
  g_test_add_func ("/rules/window/window-outside-its-period-is-empty",
                   test_window_outside_its_period);
  g_test_add_func ("/rules/window/weeks-are-whole", test_weeks);
  g_test_add_func ("/rules/window/weeks-at-new-year-belong-to-their-thursday",
                   test_weeks_at_new_year);
  g_test_add_func ("/rules/window/weekdays-hold-for-the-first-day", test_weekdays);
  return g_test_run ();
}
