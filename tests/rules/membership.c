/* Tests of membership over time. */
#include "seven-cities.h"

#include "rules/membership.h"

static gboolean
is_member (const TnMembership *membership, const char *council, TnDate day)
{
  return tn_membership_has (membership, council, tn_span_new (day, day + 1));
}

static TnMembership *
make_membership (const TnRulebook *rulebook, GPtrArray *decisions, TnDate frozen_from)
{
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  return tn_membership_new (seven_get (rulebook), ledger, frozen_from);
}

static void
test_leaving_and_joining (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_change_membership (decisions, TN_DECISION_LEAVE, "odense", D (2032, 1, 1), D (2025, 1, 1));
  seven_change_membership (decisions, TN_DECISION_JOIN, "odense", D (2029, 1, 1), D (2026, 1, 1));
  seven_change_membership (decisions, TN_DECISION_LEAVE, "odense", D (2027, 1, 1), D (2026, 5, 1));

  g_autoptr (TnMembership) membership = make_membership (rulebook, decisions, TN_DATE_NONE);

  g_assert_false (is_member (membership, "odense", D (2004, 12, 31)));
  g_assert_true (is_member (membership, "odense", D (2005, 1, 1)));
  g_assert_true (is_member (membership, "odense", D (2026, 12, 31)));
  g_assert_false (is_member (membership, "odense", D (2027, 1, 1)));
  g_assert_true (is_member (membership, "odense", D (2031, 12, 31)));
  g_assert_false (is_member (membership, "odense", D (2040, 1, 1)));
  g_assert_false (
      tn_membership_has (membership, "odense", tn_span_new (D (2026, 6, 1), D (2027, 6, 1))));
}

static void
test_corrected_day (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnDecisionDraft draft = seven_draft (TN_DECISION_LEAVE, NULL, D (2025, 1, 1));
  draft.series = NULL;
  draft.council = "odense";
  draft.since = D (2027, 1, 1);
  const TnDecision *first = seven_decide (decisions, &draft);
  draft.replaces = first->id;
  draft.since = D (2028, 1, 1);
  seven_decide (decisions, &draft);

  g_autoptr (TnMembership) membership = make_membership (rulebook, decisions, TN_DATE_NONE);

  g_assert_true (is_member (membership, "odense", D (2027, 6, 1)));
  g_assert_false (is_member (membership, "odense", D (2028, 6, 1)));
}

static void
test_frozen (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_change_membership (decisions, TN_DECISION_LEAVE, "odense", D (2020, 1, 1), D (2019, 1, 1));
  seven_change_membership (decisions, TN_DECISION_LEAVE, "aarhus", D (2027, 1, 1), D (2019, 1, 1));

  g_autoptr (TnMembership) membership = make_membership (rulebook, decisions, D (2026, 1, 10));

  g_assert_true (is_member (membership, "odense", D (2019, 12, 31)));
  g_assert_false (is_member (membership, "odense", D (2020, 1, 1)));
  g_assert_true (is_member (membership, "aarhus", D (2030, 1, 1)));
}

static void
test_list (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();

  g_autoptr (TnMembership) membership = make_membership (rulebook, decisions, TN_DATE_NONE);

  g_auto (GStrv) members
      = tn_membership_list (membership, tn_span_new (D (2006, 1, 1), D (2007, 1, 1)));
  g_autofree char *names = g_strjoinv (" ", members);
  g_assert_cmpstr (names, ==, "aalborg aarhus esbjerg kobenhavn odense randers");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/membership/the-last-change-before-a-day-holds",
                   test_leaving_and_joining);
  g_test_add_func ("/rules/membership/the-day-of-leaving-can-be-corrected", test_corrected_day);
  g_test_add_func ("/rules/membership/frozen-is-as-it-was-that-day", test_frozen);
  g_test_add_func ("/rules/membership/listed-by-id", test_list);
  return g_test_run ();
}
