/* Every rhythm of design section 4, from the words of a charter to the dates of its plan. */
#include "agreed.h"

#define MEETING "{ id = \"m\"; kind = \"meeting\"; title = \"M\"; "

static void
test_periods (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (
      MEETING "every = \"half-year\"; first = \"2026-H1\"; prefer = \"early\"; },\n"
              "{ id = \"q\"; kind = \"meeting\"; title = \"Q\"; every = \"quarter\"; first = "
              "\"2026-Q2\"; prefer = \"late\"; },\n"
              "{ id = \"s\"; kind = \"meeting\"; title = \"S\"; every = \"school-year\"; first = "
              "\"2025/26\"; prefer = \"early\"; },\n"
              "{ id = \"o\"; kind = \"meeting\"; title = \"O\"; every = \"2 months\"; first = "
              "\"2026-03\"; prefer = \"early\"; },\n"
              "{ id = \"y\"; kind = \"meeting\"; title = \"Y\"; every = \"3 years\"; first = "
              "\"2024\"; last = \"2027\"; prefer = \"early\"; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2026, 2028);

  assert_list (plan, "m",
               "2026-H1=2026-01-01 2026-H2=2026-07-01 2027-H1=2027-01-01 "
               "2027-H2=2027-07-01");
  assert_list (plan, "q",
               "2026-Q2=2026-06-30 2026-Q3=2026-09-30 2026-Q4=2026-12-31 "
               "2027-Q1=2027-03-31 2027-Q2=2027-06-30 2027-Q3=2027-09-30 "
               "2027-Q4=2027-12-31");
  assert_list (plan, "s", "2026/27=2026-08-03 2027/28=2027-08-02");
  assert_list (plan, "o",
               "2026-03=2026-03-02 2026-05=2026-05-01 2026-07=2026-07-01 "
               "2026-09=2026-09-01 2026-11=2026-11-02 2027-01=2027-01-01 "
               "2027-03=2027-03-01 2027-05=2027-05-03 2027-07=2027-07-01 "
               "2027-09=2027-09-01 2027-11=2027-11-01");
  assert_list (plan, "y", "2027=2027-01-01");
}

static void
test_times (void)
{
  g_autoptr (TnRulebook) rulebook
      = agreed_read (MEETING "every = \"year\"; first = \"2026\"; times = 3; "
                             "spacing = \"6 weeks\"; weekdays = [ \"tue\" ]; "
                             "except_months = [ \"july\" ]; avoid = [ \"holidays\" ]; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2027, 2028);

  assert_list (plan, "m", "2027.1=2027-03-02 2027.2=2027-06-29 2027.3=2027-11-02");
  const TnOccurrence *second = tn_plan_find (plan, "c", "m", "2027.2", NULL);
  g_assert_cmpint (second->number, ==, 2);
  g_assert_true (agreed_has_reason (second, "spacing", "too near to (c/m/2027.1 on 2027-03-02"));
  g_assert_true (agreed_has_reason (second, "except", "left out (month 7)"));
  g_assert_true (agreed_has_reason (second, "prefer", "the middle of its share, the 2. of 3"));
}

/* A window of 100 days holds three that are six weeks apart, and a fourth only where it may. */
static void
test_least_and_most (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (
      MEETING "every = \"year\"; first = \"2026\"; times = [ 3, 4 ]; spacing = \"6 weeks\"; "
              "window = { from = \"03-01\"; to = \"06-08\"; }; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2027, 2028);

  g_autofree char *listed = agreed_list (plan, "m");
  g_assert_true (g_str_has_prefix (listed, "2027.1=2027-03-"));
  g_assert_null (strstr (listed, "none"));
  g_assert_null (tn_plan_find (plan, "c", "m", "2027.4", NULL));
  g_assert_nonnull (tn_plan_find (plan, "c", "m", "2027.3", NULL));
}

static void
test_preferred_weeks (void)
{
  g_autoptr (TnRulebook) rulebook
      = agreed_read (MEETING "every = \"year\"; first = \"2010\"; weeks = [ 6, 16, 25, 36, 47 ]; "
                             "weekdays = [ \"fri\" ]; except_weeks = [ \"7-8\", \"42\" ];\n"
                             "period = { years = 4; starts = \"2010-01-01\"; "
                             "election_weeks = [ 6, 16, 25, 36, 43 ]; }; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2012, 2014);

  assert_list (plan, "m",
               "2012.1=2012-02-10 2012.2=2012-04-20 2012.3=2012-06-22 "
               "2012.4=2012-09-07 2012.5=2012-11-23 2013.1=2013-02-08 "
               "2013.2=2013-04-19 2013.3=2013-06-21 2013.4=2013-09-06 "
               "2013.5=2013-10-25");
}

static void
test_recurrence (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (
      MEETING "rrule = \"FREQ=MONTHLY;BYDAY=4FR\"; first = \"2015-01\"; "
              "except_months = [ \"july\" ]; },\n"
              "{ id = \"two\"; kind = \"meeting\"; title = \"T\"; "
              "rrule = \"FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO,-1MO\"; first = \"2016-01\"; },\n"
              "{ id = \"y\"; kind = \"meeting\"; title = \"Y\"; "
              "rrule = \"FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=-1\"; first = \"2016\"; },\n"
              "{ id = \"n\"; kind = \"meeting\"; title = \"N\"; nth = \"last thu\"; "
              "window = { months = \"3\"; }; first = \"2016\"; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2016, 2017);

  assert_list (plan, "m",
               "2016-01=2016-01-22 2016-02=2016-02-26 2016-03=2016-03-25 "
               "2016-04=2016-04-22 2016-05=2016-05-27 2016-06=2016-06-24 "
               "2016-08=2016-08-26 2016-09=2016-09-23 2016-10=2016-10-28 "
               "2016-11=2016-11-25 2016-12=2016-12-23");
  g_assert_cmpint (tn_plan_find (plan, "c", "m", "2016-10", NULL)->number, ==, 9);
  assert_list (plan, "two",
               "2016-01.1=2016-01-04 2016-01.2=2016-01-25 2016-03.1=2016-03-07 "
               "2016-03.2=2016-03-28 2016-05.1=2016-05-02 2016-05.2=2016-05-30 "
               "2016-07.1=2016-07-04 2016-07.2=2016-07-25 2016-09.1=2016-09-05 "
               "2016-09.2=2016-09-26 2016-11.1=2016-11-07 2016-11.2=2016-11-28");
  assert_list (plan, "y", "2016=2016-05-31");
  assert_list (plan, "n", "2016=2016-03-31");
}

static void
test_dates (void)
{
  g_autoptr (TnRulebook) rulebook
      = agreed_read (MEETING "dates = [ \"2019-08-26\", \"2020-01-05\", \"2019-06-04\" ]; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2019, 2030);

  assert_list (plan, "m", "2019.2=2019-06-04 2019.1=2019-08-26 2020.1=2020-01-05");
}

/* Whoever is left out loses no turn, and each of several in a period is one. */
static void
test_rings_count_what_is_held (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (
      MEETING "rrule = \"FREQ=MONTHLY;BYDAY=4FR\"; first = \"2016-05\"; "
              "except_months = [ \"july\" ]; roles = ( { role = \"host\"; "
              "rotation = [ \"odense\", \"aarhus\", \"randers\" ]; } ); },\n"
              "{ id = \"t\"; kind = \"meeting\"; title = \"T\"; first = \"2016\"; times = 2; "
              "roles = ( { role = \"host\"; rotation = [ \"odense\", \"aarhus\", \"randers\" ]; "
              "start = { cycle = \"2016.1\"; council = \"aarhus\"; }; } ); }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2016, 2018);

  g_assert_true (
      tn_occurrence_has_role (tn_plan_find (plan, "c", "m", "2016-06", NULL), "aarhus", "host"));
  g_assert_true (
      tn_occurrence_has_role (tn_plan_find (plan, "c", "m", "2016-08", NULL), "randers", "host"));
  g_assert_true (
      tn_occurrence_has_role (tn_plan_find (plan, "c", "t", "2016.2", NULL), "randers", "host"));
  g_assert_true (
      tn_occurrence_has_role (tn_plan_find (plan, "c", "t", "2017.1", NULL), "odense", "host"));
}

/* Hazard 60: what is not understood whole is refused, and nothing can be endless. */
static void
test_refused (void)
{
  assert_refused (MEETING "rrule = \"FREQ=DAILY\"; }", "'FREQ=DAILY' is not known");
  assert_refused (MEETING "rrule = \"FREQ=MONTHLY;BYDAY=5FR\"; }", "'BYDAY=5FR' is not known");
  assert_refused (MEETING "rrule = \"FREQ=MONTHLY;BYDAY=4FR;COUNT=99999999\"; }", "'COUNT=");
  assert_refused (MEETING "rrule = \"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30\"; }", "BYMONTHDAY=30");
  assert_refused (MEETING "rrule = \"FREQ=MONTHLY;FREQ=MONTHLY;BYDAY=1MO\"; }", "stands twice");
  assert_refused (MEETING "rrule = \"FREQ=MONTHLY\"; }", "it names no day");
  assert_refused (MEETING "rrule = \"FREQ=MONTHLY;BYDAY=1MO\"; times = 2; }",
                  "c0.conf:3: times stands beside rrule, expected one of them");
  assert_refused (MEETING "nth = \"fifth fri\"; }", "like \"fourth fri\"");
  assert_refused (MEETING "times = [ 5, 4 ]; }", "something like 3 or [ 4, 5 ]");
  assert_refused (MEETING "times = 3; weeks = [ 6, 16 ]; }", "2 weeks for 3 times");
  assert_refused (MEETING "weeks = [ 16, 6 ]; }", "weeks do not rise");
  assert_refused (MEETING "times = 4; window = { from = \"05-01\"; to = \"05-03\"; }; }",
                  "c0.conf:3: 4 times with 1 day between them need 4 days, and the window has 3, "
                  "expected a longer window, fewer times or less spacing");
  assert_refused (MEETING "times = 5; spacing = \"14 weeks\"; }", "need 393 days");
  assert_refused (MEETING "dates = [ \"2019-08-26\" ]; times = 2; }", "stands beside dates");
  assert_refused (MEETING "dates = [ \"2019-08-26\", \"2019-08-26\" ]; }", "stands twice in dates");
  assert_refused (MEETING "times = [ 2, 3 ]; roles = ( { role = \"host\"; "
                          "rotation = [ \"odense\", \"aarhus\" ]; } ); }",
                  "a ring cannot go round");
  assert_refused (MEETING "times = 2; last = \"2026.1\"; }", "expected a year like \"2027\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/golden/rhythms/each-period-from-words-to-dates", test_periods);
  g_test_add_func ("/golden/rhythms/three-a-year-keep-their-spacing", test_times);
  g_test_add_func ("/golden/rhythms/most-are-held-where-they-find-a-day", test_least_and_most);
  g_test_add_func ("/golden/rhythms/weeks-differ-in-an-election-year", test_preferred_weeks);
  g_test_add_func ("/golden/rhythms/recurrence-rule-names-days-of-a-month", test_recurrence);
  g_test_add_func ("/golden/rhythms/fixed-dates-keep-their-number", test_dates);
  g_test_add_func ("/golden/rhythms/a-ring-counts-only-what-is-held",
                   test_rings_count_what_is_held);
  g_test_add_func ("/golden/rhythms/contradictions-are-refused-hazard-60", test_refused);
  return g_test_run ();
}
