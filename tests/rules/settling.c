/* Tests of the dates of several series together. */
#include "seven-cities.h"

#include "rules/settling.h"

static TnDate
get_day (const TnPlan *plan, const char *series, const char *cycle)
{
  return seven_find (plan, series, cycle)->when.days.start;
}

static void
keep_off (TnSeries *series, const char *other, int days)
{
  TnDistance *distance = tn_distance_new (NULL, other, days);
  distance->origin = tn_origin_make ("7by.conf", 70);
  g_ptr_array_add (series->distances, distance);
}

static void
test_chained (void)
{
  TnSeries *series = tn_series_new ("m", TN_KIND_MEETING);

  g_assert_false (tn_settling_is_chained (series));
  series->frequency.spacing_days = 42;
  g_assert_true (tn_settling_is_chained (series));
  series->frequency.spacing_days = 0;
  keep_off (series, "n", 1);
  g_assert_true (tn_settling_is_chained (series));
  tn_series_free (series);
}

/* Both want week 20: the meeting, which keeps off the trip, gives way. */
static void
test_keeps_off (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSeries *meeting = seven_get_series (rulebook, 1);
  TnPreference *preference = tn_preference_new (TN_PREFER_WEEK);
  preference->week = 20;
  g_ptr_array_add (meeting->preferences, preference);
  seven_set_window (meeting, "spring", 3, 1, 5, 31);
  keep_off (meeting, "studietur", 8);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  g_assert_cmpint (get_day (plan, "studietur", "2027"), ==, D (2027, 5, 18));
  g_assert_cmpint (ABS (get_day (plan, "erfa", "2027") - D (2027, 5, 18)), >=, 8);
}

/* What people decided stands first, so the other one gives way though it is asked to keep off. */
static void
test_decided_first (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  keep_off (seven_get_series (rulebook, 0), "erfa", 8);
  keep_off (seven_get_series (rulebook, 1), "studietur", 8);
  seven_date (decisions, TN_DECISION_DATE, "erfa", "2027", "2027-05-19T10:00..2027-05-19T15:00",
              TRUE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  g_assert_cmpint (get_day (plan, "erfa", "2027"), ==, D (2027, 5, 19));
  g_assert_cmpint (ABS (get_day (plan, "studietur", "2027") - D (2027, 5, 19)), >=, 8);
}

/* A published date that breaks nothing is kept, where the rules would choose another today. */
static void
test_published_is_kept (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  keep_off (seven_get_series (rulebook, 1), "studietur", 8);
  seven_date (decisions, TN_DECISION_PLACED, "studietur", "2027", "2027-04-13", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  g_assert_cmpint (get_day (plan, "studietur", "2027"), ==, D (2027, 4, 13));
}

/* Three a year, ten weeks apart: the year is filled and nobody is left without a day. */
static void
test_spacing (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSeries *meeting = seven_get_series (rulebook, 1);
  meeting->window.kind = TN_WINDOW_PERIOD;
  meeting->frequency.least = meeting->frequency.most = 3;
  meeting->frequency.spacing_days = 70;
  g_ptr_array_set_size (meeting->roles, 0);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  TnDate first = get_day (plan, "erfa", "2027.1");
  TnDate second = get_day (plan, "erfa", "2027.2");
  TnDate third = get_day (plan, "erfa", "2027.3");
  g_assert_cmpint (second - first, >=, 70);
  g_assert_cmpint (third - second, >=, 70);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/settling/spacing-and-distance-chain-dates", test_chained);
  g_test_add_func ("/rules/settling/who-keeps-off-gives-way", test_keeps_off);
  g_test_add_func ("/rules/settling/what-was-decided-stands-first", test_decided_first);
  g_test_add_func ("/rules/settling/what-was-published-is-kept", test_published_is_kept);
  g_test_add_func ("/rules/settling/several-a-year-keep-their-spacing", test_spacing);
  return g_test_run ();
}
