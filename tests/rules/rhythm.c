/* Tests of the cycles of a series by number. */
#include "seven-cities.h"

#include "rules/rhythm.h"

static TnSeries *
new_series (TnPeriod every, int every_n, TnCycle first)
{
  TnSeries *series = tn_series_new ("x", TN_KIND_MEETING);
  series->every = every;
  series->every_n = every_n;
  series->first = first;
  return series;
}

static void
assert_cycle (const TnSeries *series, int index, const char *expected)
{
  TnCycle cycle = tn_rhythm_get_cycle (series, index);
  g_autofree char *text = tn_cycle_to_string (&cycle);
  g_assert_cmpstr (text, ==, expected);
  int again = 0;
  g_assert_true (tn_rhythm_parse_index (series, text, &again));
  g_assert_cmpint (again, ==, index);
}

static void
test_index_and_cycle (void)
{
  TnSeries *yearly = new_series (TN_PERIOD_YEAR, 2, (TnCycle){ TN_PERIOD_YEAR, 2018, 1, 0 });
  TnSeries *quarterly
      = new_series (TN_PERIOD_QUARTER, 3, (TnCycle){ TN_PERIOD_QUARTER, 2018, 2, 0 });

  assert_cycle (yearly, 0, "2018");
  assert_cycle (yearly, 3, "2024");
  assert_cycle (yearly, -2, "2014");
  assert_cycle (quarterly, 1, "2019-Q1");
  assert_cycle (quarterly, -1, "2017-Q3");
  tn_series_free (yearly);
  tn_series_free (quarterly);
}

static void
test_no_cycle_of_the_series (void)
{
  TnSeries *yearly = new_series (TN_PERIOD_YEAR, 2, (TnCycle){ TN_PERIOD_YEAR, 2018, 1, 0 });
  int index = 77;

  g_assert_false (tn_rhythm_parse_index (yearly, "2019", &index));
  g_assert_false (tn_rhythm_parse_index (yearly, "2020-Q1", &index));
  g_assert_false (tn_rhythm_parse_index (yearly, "2020.2", &index));
  g_assert_false (tn_rhythm_parse_index (yearly, "9998", &index));
  g_assert_false (tn_rhythm_parse_index (yearly, "soon", &index));
  g_assert_false (tn_rhythm_parse_index (yearly, NULL, &index));
  g_assert_cmpint (index, ==, 77);
  tn_series_free (yearly);
}

static void
test_index_at_a_day (void)
{
  TnSeries *yearly = new_series (TN_PERIOD_YEAR, 2, (TnCycle){ TN_PERIOD_YEAR, 2018, 1, 0 });
  TnSeries *school
      = new_series (TN_PERIOD_SCHOOL_YEAR, 1, (TnCycle){ TN_PERIOD_SCHOOL_YEAR, 2018, 1, 0 });

  g_assert_cmpint (tn_rhythm_get_index_at (yearly, D (2021, 12, 31)), ==, 1);
  g_assert_cmpint (tn_rhythm_get_index_at (yearly, D (2022, 1, 1)), ==, 2);
  g_assert_cmpint (tn_rhythm_get_index_at (yearly, D (2017, 12, 31)), ==, -1);
  g_assert_cmpint (tn_rhythm_get_index_at (yearly, D (2015, 12, 31)), ==, -2);
  g_assert_cmpint (tn_rhythm_get_index_at (school, D (2019, 7, 31)), ==, 0);
  g_assert_cmpint (tn_rhythm_get_index_at (school, D (2019, 8, 1)), ==, 1);
  tn_series_free (yearly);
  tn_series_free (school);
}

static void
test_bounds (void)
{
  TnSeries *series = new_series (TN_PERIOD_YEAR, 1, (TnCycle){ TN_PERIOD_YEAR, 2018, 1, 0 });

  g_assert_false (tn_rhythm_has (series, -1));
  g_assert_true (tn_rhythm_has (series, 3));
  series->has_last = TRUE;
  series->last = (TnCycle){ TN_PERIOD_YEAR, 2020, 1, 0 };
  g_assert_true (tn_rhythm_has (series, 2));
  g_assert_false (tn_rhythm_has (series, 3));
  tn_series_free (series);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/rhythm/index-and-cycle-are-inverses", test_index_and_cycle);
  g_test_add_func ("/rules/rhythm/other-cycles-have-no-index", test_no_cycle_of_the_series);
  g_test_add_func ("/rules/rhythm/a-day-lies-in-the-last-cycle-begun", test_index_at_a_day);
  g_test_add_func ("/rules/rhythm/series-has-a-first-and-a-last", test_bounds);
  return g_test_run ();
}
