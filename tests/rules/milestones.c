/* Tests of milestones. */
#include "seven-cities.h"

#include "rules/milestones.h"

static void
assert_due (const TnPlan *plan, const char *series, const char *cycle, const char *id,
            const char *expected)
{
  const TnMilestone *milestone
      = tn_occurrence_find_milestone (seven_find (plan, series, cycle), id);
  g_assert_nonnull (milestone);
  g_autofree char *due = tn_date_to_string (milestone->due);
  g_assert_cmpstr (due, ==, expected);
}

/* The trip of 2027 is on Tuesday 18 May; Ascension Day is 6 May, Whit Monday 17 May. */
static void
test_before_and_after (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSeries *trip = seven_get_series (rulebook, 0);
  trip->length_days = 2;
  seven_add_milestone (trip, "dage", FALSE, 10, TN_UNIT_DAYS, "host");
  seven_add_milestone (trip, "tak", TRUE, 1, TN_UNIT_WORKDAYS, "host");
  seven_add_milestone (trip, "regnskab", TRUE, 1, TN_UNIT_MONTHS, "host");

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_due (plan, "studietur", "2027", "program", "2027-03-23");
  assert_due (plan, "studietur", "2027", "tilmelding", "2027-04-16");
  assert_due (plan, "studietur", "2027", "dage", "2027-05-08");
  assert_due (plan, "studietur", "2027", "tak", "2027-05-20");
  assert_due (plan, "studietur", "2027", "regnskab", "2027-06-19");
}

static void
test_months_end_with_the_month (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_add_milestone (seven_get_series (rulebook, 0), "x", FALSE, 1, TN_UNIT_MONTHS, "host");
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2027", "2027-03-31", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_due (plan, "studietur", "2027", "x", "2027-02-28");
}

static void
test_duty_is_of_role_or_each_council (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_change_membership (decisions, TN_DECISION_LEAVE, "odense", D (2027, 1, 1), D (2026, 1, 5));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2028);

  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  const TnMilestone *program = tn_occurrence_find_milestone (trip, "program");
  const TnMilestone *each = tn_occurrence_find_milestone (trip, "tilmelding");
  g_autofree char *programmers = g_strjoinv (" ", program->councils);
  g_autofree char *all = g_strjoinv (" ", each->councils);
  g_assert_cmpstr (programmers, ==, "esbjerg");
  g_assert_cmpstr (all, ==, "aalborg aarhus esbjerg frederiksberg kobenhavn randers");
  g_assert_cmpstr (each->by, ==, "council");
  g_assert_true (g_str_has_suffix (each->key, "\nm=tilmelding"));
  g_assert_cmpstr (each->title, ==, "Frist: tilmelding");
}

static void
set_due (GPtrArray *decisions, const char *value, TnDate anchor)
{
  TnDecisionDraft draft = seven_draft (TN_DECISION_DUE, "2027", D (2026, 1, 5));
  draft.milestone = "program";
  draft.value = value;
  draft.anchor = anchor;
  seven_decide (decisions, &draft);
}

static void
test_moved_by_hand_stays (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  set_due (decisions, "2027-03-15", D (2027, 5, 18));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_due (plan, "studietur", "2027", "program", "2027-03-15");
  g_assert_true (
      tn_occurrence_find_milestone (seven_find (plan, "studietur", "2027"), "program")->moved);
}

static void
test_moved_by_hand_until_the_event_moves (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  set_due (decisions, "2027-03-15", D (2027, 5, 18));
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  const TnMilestone *program
      = tn_occurrence_find_milestone (seven_find (plan, "studietur", "2027"), "program");
  assert_due (plan, "studietur", "2027", "program", "2027-03-30");
  g_assert_false (program->moved);
  g_assert_true (seven_has_reason (program->reasons, "decision", "the event has moved since then"));
}

static void
test_done (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnDecisionDraft draft = seven_draft (TN_DECISION_DONE, "2027", D (2026, 1, 5));
  draft.milestone = "program";
  draft.value = "yes";
  seven_decide (decisions, &draft);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  g_assert_true (tn_occurrence_find_milestone (trip, "program")->done);
  g_assert_false (tn_occurrence_find_milestone (trip, "tilmelding")->done);
}

/* Workdays far before the span that is planned know their holidays too. */
static void
test_many_workdays (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_add_milestone (seven_get_series (rulebook, 0), "x", FALSE, 600, TN_UNIT_WORKDAYS, "host");

  g_autoptr (TnPlan) alone = seven_plan (rulebook, decisions, 2027, 2028);
  g_autoptr (TnPlan) among = seven_plan (rulebook, decisions, 2018, 2036);

  const TnMilestone *one
      = tn_occurrence_find_milestone (seven_find (alone, "studietur", "2027"), "x");
  const TnMilestone *other
      = tn_occurrence_find_milestone (seven_find (among, "studietur", "2027"), "x");
  g_assert_cmpint (one->due, ==, other->due);
  g_assert_cmpint (one->due, <, D (2025, 1, 20));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/milestones/before-the-first-and-after-the-last-day",
                   test_before_and_after);
  g_test_add_func ("/rules/milestones/months-end-with-the-month", test_months_end_with_the_month);
  g_test_add_func ("/rules/milestones/duty-is-of-a-role-or-of-each-council",
                   test_duty_is_of_role_or_each_council);
  g_test_add_func ("/rules/milestones/moved-by-hand-stays", test_moved_by_hand_stays);
  g_test_add_func ("/rules/milestones/moved-by-hand-until-the-event-moves",
                   test_moved_by_hand_until_the_event_moves);
  g_test_add_func ("/rules/milestones/done-is-one-milestone", test_done);
  g_test_add_func ("/rules/milestones/many-workdays-know-their-holidays", test_many_workdays);
  return g_test_run ();
}
