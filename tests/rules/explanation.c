/* Tests of explanations. */
#include "seven-cities.h"

#include "rules/explanation.h"

static void
assert_line (const GPtrArray *lines, const char *part)
{
  for (guint i = 0; i < lines->len; i++)
    if (strstr (g_ptr_array_index (lines, i), part) != NULL)
      return;
  g_test_message ("no line says '%s'", part);
  g_test_fail ();
}

static void
test_host_and_date (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2030);

  g_autoptr (GPtrArray) lines
      = tn_explanation_list_lines (plan, seven_find (plan, "studietur", "2027"));
  assert_line (lines, "7by/studietur/2027: Studietur 2027: Esbjerg");
  assert_line (lines, "date: 2027-05-18 (proposed)");
  assert_line (lines, "prefer: 2027-05-18 lies in week 20, as preferred [7by.conf:19]");
  assert_line (lines, "host: Esbjerg (planned)");
  assert_line (lines, "rotation: Esbjerg is next in the ring after Aalborg [7by.conf:30]");
  assert_line (lines, "milestone program: 2027-03-23, Esbjerg");
}

static void
test_who_decided (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnDecisionDraft draft = seven_draft (TN_DECISION_DATE, "2027", D (2026, 1, 5));
  draft.value = "2027-05-19";
  draft.confirmed = TRUE;
  draft.by = "esbjerg";
  draft.role = "host";
  draft.minutes = "referat 4";
  draft.note = "efter høring";
  const TnDecision *decision = seven_decide (decisions, &draft);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  g_autoptr (GPtrArray) lines
      = tn_explanation_list_lines (plan, seven_find (plan, "studietur", "2027"));
  g_autofree char *expected
      = g_strdup_printf ("decision: 2027-05-19 is confirmed, decided on 2026-01-05 by Esbjerg as "
                         "host (command test), minuted in referat 4: efter høring [ledger %s]",
                         decision->id);
  assert_line (lines, expected);
}

/* Promise 10: no date, host or milestone without a reason, and no reason without words or source.
 */
static void
assert_reasons (const GPtrArray *reasons)
{
  g_assert_cmpuint (reasons->len, >, 0);
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      g_assert_cmpuint (strlen (reason->rule), >, 2);
      g_assert_cmpuint (strlen (reason->text), >, 8);
      g_assert_cmpuint (strlen (reason->source), >, 2);
      g_assert_cmpstr (reason->source, !=, "default");
    }
}

static void
test_nothing_is_unexplained (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  seven_skip (decisions, "2031", "kobenhavn", D (2026, 1, 5));
  seven_date (decisions, TN_DECISION_PLACED, "studietur", "2026", "2026-05-12", FALSE);
  seven_date (decisions, TN_DECISION_CANCEL, "erfa", "2029", "yes", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2040);

  g_assert_cmpuint (tn_plan_get_size (plan), ==, 44);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      assert_reasons (occurrence->reasons);
      for (guint j = 0; j < occurrence->turns->len; j++)
        assert_reasons (((TnTurn *) g_ptr_array_index (occurrence->turns, j))->reasons);
      for (guint j = 0; j < occurrence->milestones->len; j++)
        assert_reasons (((TnMilestone *) g_ptr_array_index (occurrence->milestones, j))->reasons);
    }
}

static void
test_no_breach_without_decision (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2060);

  g_autoptr (GPtrArray) breaches = tn_explanation_list_breaches (plan);
  g_assert_cmpuint (breaches->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/explanation/says-why-this-host-and-this-date", test_host_and_date);
  g_test_add_func ("/rules/explanation/says-who-decided", test_who_decided);
  g_test_add_func ("/rules/explanation/nothing-is-unexplained", test_nothing_is_unexplained);
  g_test_add_func ("/rules/explanation/rules-break-no-rule", test_no_breach_without_decision);
  return g_test_run ();
}
