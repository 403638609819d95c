/* Tests of homework: trips of one day are six months apart, so that a few repetitions fit. */
#include "seven-cities.h"

static TnMilestoneRule *
add_homework (TnRulebook *rulebook, int every, TnUnit unit)
{
  TnMilestoneRule *rule = seven_add_milestone (seven_get_series (rulebook, 0), "lektie", TRUE, 0,
                                               TN_UNIT_DAYS, "council");
  rule->every = every;
  rule->every_unit = unit;
  return rule;
}

static void
assert_dues (const TnPlan *plan, const char *expected)
{
  g_autoptr (GString) dues = g_string_new (NULL);
  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  for (guint i = 0; i < trip->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (trip->milestones, i);
      g_autofree char *due = tn_date_to_string (milestone->due);
      if (g_str_has_prefix (milestone->id, "lektie-"))
        g_string_append_printf (dues, "%s ", due);
    }
  g_assert_cmpstr (dues->str, ==, expected);
}

/* The trip of 2027 is on 18 May, the meeting of that autumn near October. */
static void
test_until_another_series (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  add_homework (rulebook, 1, TN_UNIT_MONTHS)->until = g_strdup ("erfa");
  seven_date (decisions, TN_DECISION_DATE, "erfa", "2027", "2027-09-18", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  /* On the day of the meeting itself there is nothing left to prepare. */
  assert_dues (plan, "2027-06-18 2027-07-18 2027-08-18 ");
}

static void
test_until_the_next_of_its_own (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  add_homework (rulebook, 20, TN_UNIT_WEEKS);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_dues (plan, "2027-10-05 2028-02-22 ");
}

static void
test_none_after_the_last (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  add_homework (rulebook, 20, TN_UNIT_WEEKS);
  seven_get_series (rulebook, 0)->has_last = TRUE;
  seven_get_series (rulebook, 0)->last = (TnCycle){ TN_PERIOD_YEAR, 2027, 1, 0 };

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_dues (plan, "");
}

static void
test_a_cancelled_one_ends_nothing (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  add_homework (rulebook, 20, TN_UNIT_WEEKS)->until = g_strdup ("erfa");
  TnDecisionDraft draft = seven_draft (TN_DECISION_CANCEL, "2027", D (2026, 1, 5));
  draft.series = "erfa";
  draft.value = "yes";
  seven_decide (decisions, &draft);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_dues (plan, "2027-10-05 2028-02-22 2028-07-11 ");
}

/* 18 July and 18 September 2027 are no workdays; the meeting is on Monday 20 September. */
static void
test_shifted (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnMilestoneRule *rule = add_homework (rulebook, 1, TN_UNIT_MONTHS);
  rule->until = g_strdup ("erfa");
  rule->shift = TN_SHIFT_NEXT;
  seven_date (decisions, TN_DECISION_DATE, "erfa", "2027", "2027-09-20", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_dues (plan, "2027-06-18 2027-07-19 2027-08-18 ");
}

/* The second repetition is the same event wherever the next occurrence goes. */
static void
test_each_has_its_own_name (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  add_homework (rulebook, 10, TN_UNIT_WEEKS);
  TnDecisionDraft done = seven_draft (TN_DECISION_DONE, "2027", D (2026, 1, 5));
  done.milestone = "lektie-2";
  done.value = "yes";
  g_autoptr (TnPlan) before = seven_plan (rulebook, decisions, 2027, 2028);
  seven_decide (decisions, &done);
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2028", "2028-04-04", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  const TnMilestone *second = tn_occurrence_find_milestone (trip, "lektie-2");
  g_assert_true (second->done);
  g_assert_false (tn_occurrence_find_milestone (trip, "lektie-1")->done);
  g_assert_cmpstr (
      second->uid, ==,
      tn_occurrence_find_milestone (seven_find (before, "studietur", "2027"), "lektie-2")->uid);
  g_assert_true (
      seven_has_reason (second->reasons, "homework", "the 2. between 2027 and 7by/studietur/2028"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/homework/lasts-until-the-next-of-another-series",
                   test_until_another_series);
  g_test_add_func ("/rules/homework/lasts-until-the-next-of-its-own",
                   test_until_the_next_of_its_own);
  g_test_add_func ("/rules/homework/there-is-none-after-the-last", test_none_after_the_last);
  g_test_add_func ("/rules/homework/what-is-cancelled-ends-nothing",
                   test_a_cancelled_one_ends_nothing);
  g_test_add_func ("/rules/homework/moves-to-a-workday-before-the-next", test_shifted);
  g_test_add_func ("/rules/homework/each-repetition-is-an-event-of-its-own",
                   test_each_has_its_own_name);
  return g_test_run ();
}
