/* tests/charter/rhythm.c — when a series is held */
#include "reading.h"

#define SPRING "window = { season = \"spring\"; };"

static const TnSeries *
find (const TnRulebook *rulebook, const char *id)
{
  return tn_collaboration_find_series (g_ptr_array_index (rulebook->collaborations, 0), id);
}

static void
test_real_series (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (TnRulebook) rulebook = reading_read (text, NULL);

  const TnSeries *trip = find (rulebook, "studietur");
  const TnSeries *erfa = find (rulebook, "erfa");

  g_assert_cmpint (trip->every, ==, TN_PERIOD_YEAR);
  g_assert_cmpint (trip->every_n, ==, 1);
  g_assert_cmpint (trip->first.year, ==, 2018);
  g_assert_false (trip->has_last);
  g_assert_cmpint (trip->window.kind, ==, TN_WINDOW_DAYS);
  g_assert_cmpint (trip->window.first_month, ==, 3);
  g_assert_cmpint (trip->window.last_month, ==, 5);
  g_assert_cmpint (trip->window.last_day, ==, 31);
  g_assert_cmpstr (trip->window.words, ==, "spring");
  g_assert_cmpuint (trip->weekdays, ==,
                    (1U << TN_TUESDAY) | (1U << TN_WEDNESDAY) | (1U << TN_THURSDAY));
  g_assert_cmpint (trip->length_days, ==, 1);
  g_assert_false (trip->has_time);
  g_assert_cmpuint (trip->preferences->len, ==, 1);
  g_assert_cmpint (((TnPreference *) g_ptr_array_index (trip->preferences, 0))->week, ==, 20);
  g_assert_cmpuint (trip->avoidances->len, ==, 3);
  g_assert_true (((TnAvoidance *) g_ptr_array_index (trip->avoidances, 0))->hard);
  g_assert_true (erfa->has_time);
  g_assert_cmpint (erfa->start_minute, ==, 600);
  g_assert_cmpint (erfa->end_minute, ==, 900);
}

static void
test_windows (void)
{
  g_autoptr (TnRulebook) winter
      = reading_read_changed (SPRING, "window = { season = \"winter\"; };");
  g_autoptr (TnRulebook) days
      = reading_read_changed (SPRING, "window = { from = \"11-15\"; to = \"01-10\"; };");
  g_autoptr (TnRulebook) weeks = reading_read_changed (SPRING, "window = { weeks = \"17-21\"; };");
  g_autoptr (TnRulebook) months = reading_read_changed (SPRING, "window = { months = \"2\"; };");
  g_autoptr (TnRulebook) none = reading_read_changed (SPRING, "");

  g_assert_cmpint (find (winter, "studietur")->window.first_month, ==, 12);
  g_assert_cmpint (find (winter, "studietur")->window.last_month, ==, 2);
  g_assert_cmpint (find (days, "studietur")->window.first_day, ==, 15);
  g_assert_cmpint (find (days, "studietur")->window.last_month, ==, 1);
  g_assert_cmpstr (find (days, "studietur")->window.words, ==, "11-15 to 01-10");
  g_assert_cmpint (find (weeks, "studietur")->window.kind, ==, TN_WINDOW_WEEKS);
  g_assert_cmpint (find (weeks, "studietur")->window.last_week, ==, 21);
  g_assert_cmpint (find (months, "studietur")->window.last_day, ==, 29);
  g_assert_cmpint (find (none, "studietur")->window.kind, ==, TN_WINDOW_PERIOD);
}

static void
test_wrong_windows (void)
{
  assert_complaint (SPRING, "window = { };", "a window says nothing, expected one of season");
  assert_complaint (SPRING, "window = { season = \"spring\"; weeks = \"20\"; };",
                    "a window says several things");
  assert_complaint (SPRING, "window = { from = \"03-01\"; };", "a window has from or to alone");
  assert_complaint (SPRING, "window = { from = \"02-31\"; to = \"05-31\"; };",
                    "from = \"02-31\" is not possible, expected a month and a day that exists");
  assert_complaint (SPRING, "window = { season = \"sping\"; };", "did you mean 'spring'?");
}

static void
test_no_room (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *narrow
      = reading_dup_changed (text, SPRING, "window = { from = \"05-01\"; to = \"05-03\"; };");
  g_autofree char *longer
      = reading_dup_changed (narrow, "length = \"1 day\"", "length = \"4 days\"");
  g_autoptr (GError) error = NULL;

  g_autoptr (TnRulebook) fits = reading_read (narrow, &error);
  g_assert_no_error (error);
  g_autoptr (TnRulebook) rulebook = reading_read (longer, &error);

  g_assert_null (rulebook);
  g_assert_nonnull (strstr (error->message, "the window never holds 4 days on allowed weekdays"));
}

static void
test_weekdays (void)
{
  assert_complaint ("length = \"1 day\"", "length = \"6 days\"",
                    "the window never holds 6 days on allowed weekdays");
  assert_complaint ("weekdays = [ \"tue\", \"wed\", \"thu\" ];\n      length",
                    "weekdays = [ ];\n      length", "no weekday is allowed");
  assert_complaint ("\"tue\", \"wed\", \"thu\" ];\n      length",
                    "\"tue\", \"tue\" ];\n      length", "'tue' stands twice in weekdays");
  assert_complaint ("\"tue\", \"wed\", \"thu\" ];\n      length", "\"tisdag\" ];\n      length",
                    "weekdays = \"tisdag\" is not possible");
}

static void
test_cycles (void)
{
  assert_complaint ("first = \"2018\";\n      window = { season = \"spring\"",
                    "first = \"2018\"; last = \"2017\";\n      window = { season = \"spring\"",
                    "last is before the first cycle, expected \"2018\"");
  assert_complaint ("first = \"2018\";\n      window = { season = \"spring\"",
                    "first = \"2018-H1\";\n      window = { season = \"spring\"",
                    "first = \"2018-H1\" is no cycle of series 'studietur', expected a year like");
  assert_complaint ("start = { cycle = \"2018\"", "start = { cycle = \"2017\"",
                    "cycle = \"2017\" is before the first cycle of 'studietur'");
  assert_complaint ("start = { cycle = \"2018\"", "start = { cycle = \"2018-04\"",
                    "cycle = \"2018-04\" is no cycle of series 'studietur'");
}

static void
test_every (void)
{
  assert_complaint ("every = \"year\"", "every = \"fortnigth\"",
                    "7by.conf:38: every = \"fortnigth\" is not possible, expected \"year\", "
                    "\"half-year\", \"quarter\", \"month\" or \"school-year\", or several");
  g_autoptr (TnRulebook) rulebook = reading_read_changed (
      "every = \"year\";\n      first = \"2018\";\n      window = { season = \"autumn\"",
      "every = \"2 years\";\n      first = \"2018\";\n      window = { season = \"autumn\"");
  g_assert_cmpint (find (rulebook, "erfa")->every_n, ==, 2);
}

static void
test_window_within_a_year (void)
{
  assert_complaint (
      "every = \"year\";\n      first = \"2018\";\n      window = { season = \"autumn\"",
      "every = \"quarter\";\n      first = \"2018-Q1\";\n      window = { season = \"autumn\"",
      "a window of the year does not go with several cycles a year");
}

static void
test_time (void)
{
  assert_complaint ("time = \"10:00-15:00\"", "time = \"15:00-10:00\"",
                    "time = \"15:00-10:00\" ends before it begins");
  g_autoptr (TnRulebook) overnight = reading_read_changed (
      "time = \"10:00-15:00\"", "time = \"15:00-10:00\"; length = \"2 days\"");
  g_assert_cmpint (find (overnight, "erfa")->end_minute, ==, 600);
}

static void
test_times_of_each_day (void)
{
  g_autoptr (TnRulebook) rulebook = reading_read_changed (
      "time = \"10:00-15:00\"",
      "time = [ \"10:00-17:00\", \"09:00-12:00\", \"09:00-15:00\" ]; length = \"3 days\"");
  const TnSeries *erfa = find (rulebook, "erfa");

  g_assert_cmpint (erfa->start_minute, ==, 600);
  g_assert_cmpint (erfa->end_minute, ==, 900);
  g_assert_cmpuint (erfa->hours->len, ==, 3);
  g_assert_cmpint (g_array_index (erfa->hours, TnHours, 1).end_minute, ==, 720);
  assert_complaint ("time = \"10:00-15:00\"",
                    "time = [ \"10:00-17:00\", \"09:00-15:00\" ]; length = \"3 days\"",
                    "time has 2 spans for 3 days, expected one for each day");
  assert_complaint ("time = \"10:00-15:00\"",
                    "time = [ \"10:00-17:00\", \"15:00-09:00\" ]; length = \"2 days\"",
                    "time = \"15:00-09:00\" ends before it begins");
}

static void
test_choice (void)
{
  assert_complaint ("prefer = \"week 20\"", "prefer = [ \"early\", \"late\" ]",
                    "two of early, middle and late contradict each other");
  assert_complaint ("prefer = \"week 20\"", "prefer_not = [ \"holidays\" ]",
                    "'holidays' stands in avoid and in prefer_not");
  assert_complaint ("\"bridge-days\"", "\"bridgedays\"", "did you mean 'bridge-days'?");
  g_autoptr (TnRulebook) rulebook
      = reading_read_changed ("prefer = \"week 20\"", "prefer = [ \"last year\", \"week 20\" ]; "
                                                      "prefer_not = [ \"elections\" ]");
  const TnSeries *trip = find (rulebook, "studietur");
  g_assert_cmpuint (trip->preferences->len, ==, 2);
  g_assert_cmpuint (trip->avoidances->len, ==, 4);
  g_assert_false (((TnAvoidance *) g_ptr_array_index (trip->avoidances, 3))->hard);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/rhythm/the-real-series-are-read", test_real_series);
  g_test_add_func ("/charter/rhythm/every-kind-of-window-is-read", test_windows);
  g_test_add_func ("/charter/rhythm/wrong-windows-are-told", test_wrong_windows);
  g_test_add_func ("/charter/rhythm/a-window-must-hold-the-length", test_no_room);
  g_test_add_func ("/charter/rhythm/weekdays-are-words-and-not-none", test_weekdays);
  g_test_add_func ("/charter/rhythm/cycles-are-of-the-series-period", test_cycles);
  g_test_add_func ("/charter/rhythm/a-misspelt-rhythm-is-told", test_every);
  g_test_add_func ("/charter/rhythm/a-window-goes-with-yearly-series", test_window_within_a_year);
  g_test_add_func ("/charter/rhythm/hours-run-forward-unless-over-night", test_time);
  g_test_add_func ("/charter/rhythm/preferences-do-not-contradict", test_choice);
  g_test_add_func ("/charter/rhythm/each-day-may-have-its-hours", test_times_of_each_day);
  return g_test_run ();
}
