/* tests/charter/due.c — when a report is due */
#include "reading.h"

#define TRIP "kind = \"trip\";"
#define SPRING "window = { season = \"spring\"; };"
#define WEEK "prefer = \"week 20\";"

/* The trip as a report. */
static char *
dup_report (const char *rules)
{
  g_autofree char *text = reading_dup_7by ();
  g_autofree char *report = reading_dup_changed (text, TRIP, "kind = \"report\";");
  g_autofree char *bare = reading_dup_changed (report, WEEK, "");
  return reading_dup_changed (bare, SPRING, rules);
}

static TnRulebook *
read_report (const char *rules)
{
  g_autofree char *text = dup_report (rules);
  g_autoptr (GError) error = NULL;
  TnRulebook *rulebook = reading_read (text, &error);
  g_assert_no_error (error);
  return rulebook;
}

static const TnSeries *
get_report (const TnRulebook *rulebook)
{
  return tn_collaboration_find_series (g_ptr_array_index (rulebook->collaborations, 0),
                                       "studietur");
}

static void
assert_window (const char *rules, int first_month, int first_day, int last_month, int last_day)
{
  g_autoptr (TnRulebook) rulebook = read_report (rules);
  const TnWindow *window = &get_report (rulebook)->window;
  g_assert_cmpint (window->first_month, ==, first_month);
  g_assert_cmpint (window->first_day, ==, first_day);
  g_assert_cmpint (window->last_month, ==, last_month);
  g_assert_cmpint (window->last_day, ==, last_day);
}

static void
assert_report_complaint (const char *rules, const char *wanted)
{
  g_autofree char *text = dup_report (rules);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) rulebook = reading_read (text, &error);
  g_assert_null (rulebook);
  if (strstr (error->message, wanted) == NULL || reading_count_lines (error->message) != 1)
    g_test_fail_printf ("'%s' is not all of '%s'", wanted, error->message);
}

static void
test_month (void)
{
  g_autoptr (TnRulebook) due = read_report ("due = \"05\";");
  g_autoptr (TnRulebook) window = read_report ("window = { months = \"5\"; }; prefer = \"late\";");

  const TnSeries *report = get_report (due);
  g_assert_cmpint (report->due_month, ==, 5);
  g_assert_cmpint (report->due_day, ==, 0);
  assert_window ("due = \"05\";", 5, 1, 5, 31);
  assert_window ("due = \"02\";", 2, 1, 2, 29);
  /* It is another way to say the same. */
  const TnCollaboration *one = g_ptr_array_index (due->collaborations, 0);
  const TnCollaboration *other = g_ptr_array_index (window->collaborations, 0);
  g_assert_cmpstr (one->digest, ==, other->digest);
}

static void
test_day (void)
{
  assert_window ("due = \"05-15\";", 4, 17, 5, 15);
  assert_window ("due = \"01-10\";", 1, 1, 1, 10);
}

static void
test_wrong (void)
{
  assert_complaint ("window = { season = \"autumn\"; };", "due = \"05\";",
                    "due stands in a series of kind erfa, expected it in a report");
  assert_report_complaint ("due = \"13\";", "due = \"13\" is not possible, expected a month like");
  assert_report_complaint ("due = \"5\";", "due = \"5\" is not possible");
  assert_report_complaint ("due = \"05-32\";", "due = \"05-32\" is not possible");
  assert_report_complaint ("due = \"05\"; window = { months = \"5\"; };",
                           "window stands beside due");
  assert_report_complaint ("due = \"05\"; prefer = \"early\";", "prefer stands beside due");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/due/a-month-is-its-last-possible-day", test_month);
  g_test_add_func ("/charter/due/a-day-is-the-last-of-four-weeks", test_day);
  g_test_add_func ("/charter/due/what-is-no-due-is-told", test_wrong);
  return g_test_run ();
}
