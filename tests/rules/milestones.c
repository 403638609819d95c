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

static TnMilestoneRule *
add_lead (TnRulebook *rulebook, TnAnchor anchor, gboolean after, int amount, TnUnit unit)
{
  TnMilestoneRule *rule
      = seven_add_milestone (seven_get_series (rulebook, 0), "x", after, amount, unit, "host");
  rule->anchor = anchor;
  return rule;
}

/* The day does not move with the event. */
static void
test_cycle_start (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  add_lead (rulebook, TN_ANCHOR_CYCLE, FALSE, 6, TN_UNIT_WEEKS);
  add_lead (rulebook, TN_ANCHOR_CYCLE, TRUE, 3, TN_UNIT_WORKDAYS)->id[0] = 'y';
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_due (plan, "studietur", "2027", "x", "2026-11-20");
  assert_due (plan, "studietur", "2027", "y", "2027-01-06"); /* 2 and 3 January: a weekend */
  const TnMilestone *x = tn_occurrence_find_milestone (seven_find (plan, "studietur", "2027"), "x");
  g_assert_true (seven_has_reason (
      x->reasons, "milestone", "6 weeks before 2027-01-01, the first day of the period of 2027"));
}

static void
test_fixed_days (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnMilestoneRule *yearly = add_lead (rulebook, TN_ANCHOR_DAY, FALSE, 0, TN_UNIT_DAYS);
  yearly->month = 2;
  yearly->day = 29;
  TnMilestoneRule *once = add_lead (rulebook, TN_ANCHOR_DATE, FALSE, 0, TN_UNIT_DAYS);
  once->id[0] = 'y';
  once->date = D (2027, 2, 1);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2029);

  assert_due (plan, "studietur", "2027", "x", "2027-02-28");
  assert_due (plan, "studietur", "2028", "x", "2028-02-29");
  assert_due (plan, "studietur", "2027", "y", "2027-02-01");
  g_assert_null (tn_occurrence_find_milestone (seven_find (plan, "studietur", "2028"), "y"));
  g_assert_true (seven_has_reason (
      tn_occurrence_find_milestone (seven_find (plan, "studietur", "2027"), "y")->reasons,
      "milestone", "2027-02-01, a fixed day in the period of 2027, the duty of host"));
}

/* A school year holds 1 May of its second half. */
static void
test_fixed_day_of_school_year (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnMilestoneRule *rule = add_lead (rulebook, TN_ANCHOR_DAY, FALSE, 0, TN_UNIT_DAYS);
  rule->month = 5;
  rule->day = 1;
  TnSeries *trip = seven_get_series (rulebook, 0);
  trip->every = TN_PERIOD_SCHOOL_YEAR;
  trip->first = (TnCycle){ TN_PERIOD_SCHOOL_YEAR, 2018, 1, 0 };
  g_ptr_array_set_size (trip->roles, 0);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_due (plan, "studietur", "2026/27", "x", "2027-05-01");
}

/* Saturday 1 May 2027; Whit Monday is 17 May. */
static void
test_shifts (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnMilestoneRule *back = add_lead (rulebook, TN_ANCHOR_DAY, FALSE, 0, TN_UNIT_DAYS);
  back->month = 5;
  back->day = 1;
  back->shift = TN_SHIFT_PREVIOUS;
  TnMilestoneRule *on = add_lead (rulebook, TN_ANCHOR_EVENT, FALSE, 1, TN_UNIT_DAYS);
  on->id[0] = 'y';
  on->shift = TN_SHIFT_NEXT;
  TnMilestoneRule *workday = add_lead (rulebook, TN_ANCHOR_EVENT, FALSE, 4, TN_UNIT_DAYS);
  workday->id[0] = 'z';
  workday->shift = TN_SHIFT_NEXT;

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_due (plan, "studietur", "2027", "x", "2027-04-30");
  assert_due (plan, "studietur", "2027", "y", "2027-05-18");
  assert_due (plan, "studietur", "2027", "z", "2027-05-14");
  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  g_assert_true (seven_has_reason (tn_occurrence_find_milestone (trip, "x")->reasons, "shift",
                                   "2027-05-01 is no workday (a Saturday): the previous one is "
                                   "2027-04-30"));
  g_assert_true (seven_has_reason (tn_occurrence_find_milestone (trip, "y")->reasons, "shift",
                                   "2027-05-17 is no workday (2. pinsedag)"));
  g_assert_cmpuint (tn_occurrence_find_milestone (trip, "z")->reasons->len, ==, 1);
}

/* A person's day is taken as it is, be it a Sunday. */
static void
test_hand_before_shift (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnMilestoneRule *program = g_ptr_array_index (seven_get_series (rulebook, 0)->milestones, 0);
  program->shift = TN_SHIFT_NEXT;
  set_due (decisions, "2027-03-14", D (2027, 5, 18));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_due (plan, "studietur", "2027", "program", "2027-03-14");
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
  g_test_add_func ("/rules/milestones/before-and-after-the-first-day-of-the-cycle",
                   test_cycle_start);
  g_test_add_func ("/rules/milestones/fixed-days-of-each-cycle-and-of-one", test_fixed_days);
  g_test_add_func ("/rules/milestones/a-fixed-day-lies-in-its-school-year",
                   test_fixed_day_of_school_year);
  g_test_add_func ("/rules/milestones/moved-to-the-workday-before-or-after", test_shifts);
  g_test_add_func ("/rules/milestones/a-day-set-by-hand-is-not-moved", test_hand_before_shift);
  return g_test_run ();
}
