/* Reports that are due, days with hours of their own, and milestones that hang on the cycle: from
 * the words of a charter to what is planned. */
#include "agreed.h"

#define REPORT                                                                                     \
  "{ id = \"r\"; kind = \"report\"; title = \"Nøgletal {year}\"; first = \"2025\"; "              \
  "every = \"2 years\"; avoid = [ \"holidays\", \"bridge-days\" ]; "
#define MEETING "{ id = \"m\"; kind = \"meeting\"; title = \"Møde {year}\"; first = \"2026\"; "

/* Charters.md section 2: published in May of every second year. */
static void
test_due_month (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (REPORT "due = \"05\"; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2025, 2032);

  /* 31 May 2031 is a Saturday, 30 May 2025 the day after Ascension Day. */
  assert_list (plan, "r", "2025=2025-05-28 2027=2027-05-31 2029=2029-05-31 2031=2031-05-30");
}

/* 15 May 2027 is a Saturday, 15 May 2031 a Thursday. */
static void
test_due_day (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (REPORT "due = \"05-15\"; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2027, 2032);

  assert_list (plan, "r", "2027=2027-05-14 2029=2029-05-15 2031=2031-05-15");
  const TnOccurrence *report = tn_plan_find (plan, "c", "r", "2027", NULL);
  g_assert_true (agreed_has_reason (report, "window", "due 05-15, 2027-04-17 to 2027-05-15"));
  g_assert_true (agreed_has_reason (report, "weekdays", "passed over"));
  g_assert_true (
      agreed_has_reason (report, "prefer", "1 day from the last possible first day of the window"));
}

/* The window of a school year begins in it: 10 August 2027 belongs to 2027/28. */
static void
test_due_in_school_year (void)
{
  g_autoptr (TnRulebook) rulebook
      = agreed_read ("{ id = \"r\"; kind = \"report\"; title = \"R\"; every = \"school-year\"; "
                     "first = \"2026/27\"; due = \"08-10\"; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2026, 2029);

  assert_list (plan, "r", "2026/27=2026-08-10 2027/28=2027-08-10 2028/29=2028-08-10");
}

static TnHours
get_hours (const TnOccurrence *occurrence, int day)
{
  TnHours hours = { 0 };
  g_assert_true (tn_occurrence_find_hours (occurrence, day, &hours));
  return hours;
}

static void
test_hours (void)
{
  g_autoptr (TnRulebook) rulebook
      = agreed_read (MEETING "length = \"2 days\"; window = { weeks = \"12\"; }; "
                             "weekdays = [ \"sat\", \"sun\" ]; "
                             "time = [ \"10:00-17:00\", \"09:00-15:00\" ]; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2027, 2028);

  /* One event, in the middle of which summer time begins. */
  const TnOccurrence *meeting = tn_plan_find (plan, "c", "m", "2027", NULL);
  g_autofree char *when = tn_when_to_string (&meeting->when);
  g_assert_cmpstr (when, ==, "2027-03-27T10:00..2027-03-28T15:00");
  g_assert_cmpint (get_hours (meeting, 0).end_minute, ==, 17 * 60);
  g_assert_cmpint (get_hours (meeting, 1).start_minute, ==, 9 * 60);
  TnHours none = { 0 };
  g_assert_false (tn_occurrence_find_hours (meeting, 2, &none));
}

#define MOVED(when)                                                                                \
  MEETING "length = \"2 days\"; time = [ \"10:00-17:00\", \"09:00-15:00\" ]; } );\n"               \
          "decisions = ( { on = \"2026-01-05\"; series = \"m\"; cycle = \"2027\"; date = \"" when  \
          "\"; }"

/* The hours in the middle stand while the days are those of the charter. */
static void
test_moved_hours (void)
{
  g_autoptr (TnRulebook) later = agreed_read (MOVED ("2027-05-18T11:00..2027-05-19T14:00"));
  g_autoptr (TnRulebook) longer = agreed_read (MOVED ("2027-05-18T10:00..2027-05-20T15:00"));
  g_autoptr (TnRulebook) evening = agreed_read (MOVED ("2027-05-18T18:00..2027-05-19T15:00"));
  g_autoptr (TnPlan) moved = agreed_plan (later, 2027, 2028);
  g_autoptr (TnPlan) stretched = agreed_plan (longer, 2027, 2028);
  g_autoptr (TnPlan) late = agreed_plan (evening, 2027, 2028);

  const TnOccurrence *meeting = tn_plan_find (moved, "c", "m", "2027", NULL);
  TnHours hours = { 0 };
  g_assert_cmpint (get_hours (meeting, 0).start_minute, ==, 11 * 60);
  g_assert_cmpint (get_hours (meeting, 0).end_minute, ==, 17 * 60);
  g_assert_cmpint (get_hours (meeting, 1).end_minute, ==, 14 * 60);
  g_assert_false (
      tn_occurrence_find_hours (tn_plan_find (stretched, "c", "m", "2027", NULL), 0, &hours));
  g_assert_false (
      tn_occurrence_find_hours (tn_plan_find (late, "c", "m", "2027", NULL), 0, &hours));
}

static void
assert_due (const TnPlan *plan, const char *cycle, const char *id, const char *expected)
{
  const TnMilestone *milestone
      = tn_occurrence_find_milestone (tn_plan_find (plan, "c", "m", cycle, NULL), id);
  g_assert_nonnull (milestone);
  g_autofree char *due = tn_date_to_string (milestone->due);
  g_assert_cmpstr (due, ==, expected);
}

/* 1 May 2027 is a Saturday, 5 June 2028 Whit Monday. */
static void
test_milestones (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (
      MEETING "milestones = (\n"
              "{ id = \"find\"; title = \"A\"; before = \"6 weeks\"; of = \"cycle\"; },\n"
              "{ id = \"bilag\"; title = \"B\"; on = \"05-01\"; shift = \"next-workday\"; },\n"
              "{ id = \"engang\"; title = \"C\"; on = \"2028-06-05\"; "
              "shift = \"previous-workday\"; } ); }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2027, 2029);

  assert_due (plan, "2027", "find", "2026-11-20");
  assert_due (plan, "2027", "bilag", "2027-05-03");
  assert_due (plan, "2028", "bilag", "2028-05-01");
  assert_due (plan, "2028", "engang", "2028-06-02");
  g_assert_null (
      tn_occurrence_find_milestone (tn_plan_find (plan, "c", "m", "2027", NULL), "engang"));
}

#define AT_SITES                                                                                   \
  MEETING                                                                                          \
  "sites = ( { id = \"nord\"; name = \"Nord\"; }, { id = \"syd\"; name = \"Syd\"; } ); "           \
  "milestones = ( { id = \"lektie\"; title = \"L\"; every = \"2 weeks\"; } ); } );\n"              \
  "decisions = ( { on = \"2026-01-05\"; series = \"m\"; cycle = \"2027\"; site = \"syd\"; "

/* What is decided on one place leaves the other alone. */
static void
test_site_is_moved_alone (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (AT_SITES "date = \"2027-05-18\"; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2027, 2028);

  const TnOccurrence *south = tn_plan_find (plan, "c", "m", "2027", "syd");
  g_assert_cmpint (south->when.days.start, ==, tn_date_new (2027, 5, 18));
  g_assert_cmpint (tn_plan_find (plan, "c", "m", "2027", "nord")->when.days.start, !=,
                   south->when.days.start);
}

static void
test_homework_is_done_alone (void)
{
  g_autoptr (TnRulebook) rulebook
      = agreed_read (AT_SITES "milestone = \"lektie-2\"; done = true; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2027, 2028);

  const TnOccurrence *south = tn_plan_find (plan, "c", "m", "2027", "syd");
  const TnOccurrence *north = tn_plan_find (plan, "c", "m", "2027", "nord");
  g_assert_true (tn_occurrence_find_milestone (south, "lektie-2")->done);
  g_assert_false (tn_occurrence_find_milestone (south, "lektie-1")->done);
  g_assert_false (tn_occurrence_find_milestone (north, "lektie-2")->done);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/golden/duties/a-report-is-due-in-a-month", test_due_month);
  g_test_add_func ("/golden/duties/a-report-is-due-on-a-day-or-just-before", test_due_day);
  g_test_add_func ("/golden/duties/a-report-is-due-in-its-school-year", test_due_in_school_year);
  g_test_add_func ("/golden/duties/each-day-has-its-hours", test_hours);
  g_test_add_func ("/golden/duties/hours-of-a-meeting-that-was-moved", test_moved_hours);
  g_test_add_func ("/golden/duties/milestones-of-the-cycle-and-on-days", test_milestones);
  g_test_add_func ("/golden/duties/a-decision-moves-one-of-several-places",
                   test_site_is_moved_alone);
  g_test_add_func ("/golden/duties/one-repetition-of-homework-is-done",
                   test_homework_is_done_alone);
  return g_test_run ();
}
