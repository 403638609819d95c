/* Tests of one way along the ring: Aalborg has 2018, index 0; then Esbjerg, Randers, Odense,
 * København, Aarhus, Frederiksberg, and Aalborg again in 2025. */
#include "seven-cities.h"

#include "rules/trade.h"
#include "rules/walk.h"

/* The holders of the first @n cycles; `-` for nobody, `(name)` where the turn was put off. */
static void
assert_walk (const TnRulebook *rulebook, GPtrArray *decisions, int n, const char *expected)
{
  const TnSeries *trip = seven_get_series (rulebook, 0);
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  g_autoptr (TnRing) ring
      = tn_ring_new (seven_get (rulebook), trip, tn_series_find_role (trip, "host"), ledger);
  TnMembership *membership = tn_membership_new (seven_get (rulebook), ledger, TN_DATE_NONE);
  g_autoptr (GArray) trades = g_array_new (FALSE, FALSE, sizeof (TnTrade));
  g_autoptr (GString) holders = g_string_new (NULL);
  TnWalk walk;
  tn_walk_init (&walk, ring, membership, trades, NULL);
  for (int index = 0; index < n; index++)
    {
      TnStep step = { 0 };
      tn_walk_step (&walk, index, NULL, &step);
      g_string_append_printf (holders, step.status == TN_TURN_POSTPONED ? "%s(%s)" : "%s%s",
                              index > 0 ? " " : "", step.holder != NULL ? step.holder : "-");
    }
  g_assert_cmpstr (holders->str, ==, expected);
  tn_walk_clear (&walk);
  tn_membership_free (membership);
}

static void
test_round (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();

  assert_walk (rulebook, NULL, 8,
               "aalborg esbjerg randers odense kobenhavn aarhus frederiksberg aalborg");
}

/* Charters.md section 1: 2020 put off, so København has 2023. */
static void
test_kept (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);

  assert_walk (rulebook, decisions, 6, "aalborg esbjerg (randers) randers odense kobenhavn");
}

static void
test_used (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone (decisions, "2020", "used", D (2020, 4, 2));

  assert_walk (rulebook, decisions, 5, "aalborg esbjerg (randers) odense kobenhavn");
}

static void
test_skipped (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_skip (decisions, "2020", "randers", D (2019, 4, 2));

  assert_walk (rulebook, decisions, 4, "aalborg esbjerg odense kobenhavn");
}

/* The ring goes on after the one that was named, or as if it had not been. */
static void
test_set (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) after = seven_new_decisions ();
  g_autoptr (GPtrArray) unchanged = seven_new_decisions ();
  seven_set (after, "2019", "aarhus", "after", D (2018, 4, 2));
  seven_set (unchanged, "2019", "aarhus", "unchanged", D (2018, 4, 2));

  assert_walk (rulebook, after, 4, "aalborg aarhus frederiksberg aalborg");
  assert_walk (rulebook, unchanged, 4, "aalborg aarhus randers odense");
}

static void
test_left (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_change_membership (decisions, TN_DECISION_LEAVE, "randers", D (2020, 1, 1), D (2019, 6, 1));

  assert_walk (rulebook, decisions, 4, "aalborg esbjerg odense kobenhavn");
}

static void
test_begun (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  const TnSeries *trip = seven_get_series (rulebook, 0);
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  g_autoptr (TnRing) ring
      = tn_ring_new (seven_get (rulebook), trip, tn_series_find_role (trip, "host"), ledger);
  TnMembership *membership = tn_membership_new (seven_get (rulebook), ledger, TN_DATE_NONE);
  g_autoptr (GArray) trades = g_array_new (FALSE, FALSE, sizeof (TnTrade));
  TnWalk walk;
  TnStep step = { 0 };
  tn_walk_init (&walk, ring, membership, trades, NULL);
  for (int index = 0; index < 4; index++)
    tn_walk_step (&walk, index, NULL, &step);

  /* One turn, though it stands in two cycles. */
  g_assert_cmpint (tn_walk_count_begun (&walk, "randers", 0, 3), ==, 1);
  g_assert_cmpint (step.begun_index, ==, 2);
  g_assert_cmpint (tn_walk_count_begun (&walk, "aalborg", 1, 3), ==, 0);
  tn_walk_clear (&walk);
  tn_membership_free (membership);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/walk/goes-round", test_round);
  g_test_add_func ("/rules/walk/a-turn-put-off-is-kept", test_kept);
  g_test_add_func ("/rules/walk/or-used", test_used);
  g_test_add_func ("/rules/walk/a-skipped-turn-is-lost", test_skipped);
  g_test_add_func ("/rules/walk/a-named-holder-moves-the-ring-or-not", test_set);
  g_test_add_func ("/rules/walk/who-left-is-passed-over", test_left);
  g_test_add_func ("/rules/walk/a-turn-put-off-begins-once", test_begun);
  return g_test_run ();
}
