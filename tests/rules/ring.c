/* Tests of a ring and the decisions on it. Index 0 is 2018. */
#include "seven-cities.h"

#include "rules/ring.h"

static TnRing *
new_ring (const TnRulebook *rulebook, const TnLedger *ledger)
{
  const TnSeries *trip = seven_get_series (rulebook, 0);
  return tn_ring_new (seven_get (rulebook), trip, tn_series_find_role (trip, "host"), ledger);
}

static void
test_by_cycle (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_skip (decisions, "2022", "odense", D (2021, 1, 5));
  seven_skip (decisions, "2022", "randers", D (2021, 1, 6));
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);

  g_autoptr (TnRing) ring = new_ring (rulebook, ledger);

  g_assert_nonnull (tn_ring_find (ring, 2, TN_DECISION_POSTPONE, NULL));
  g_assert_null (tn_ring_find (ring, 3, TN_DECISION_POSTPONE, NULL));
  g_assert_cmpstr (tn_ring_find (ring, 4, TN_DECISION_SKIP, NULL)->council, ==, "randers");
  g_assert_cmpstr (tn_ring_find (ring, 4, TN_DECISION_SKIP, "odense")->council, ==, "odense");
  g_assert_null (tn_ring_find (ring, 4, TN_DECISION_SKIP, "aarhus"));
  g_assert_cmpuint (tn_ring_get_decisions (ring, 4)->len, ==, 2);
  g_assert_null (tn_ring_get_decisions (ring, 5));
}

/* Both write the trade down, each from its side. */
static void
test_trade_told_twice (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  seven_swap (decisions, "2028", "2027", D (2026, 1, 6));
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);

  g_autoptr (TnRing) ring = new_ring (rulebook, ledger);

  g_assert_cmpuint (ring->swaps->len, ==, 1);
  g_assert_cmpint (((TnDecision *) g_ptr_array_index (ring->swaps, 0))->on, ==, D (2026, 1, 6));
  g_assert_true (tn_ring_find (ring, 9, TN_DECISION_SWAP, NULL)
                 == tn_ring_find (ring, 10, TN_DECISION_SWAP, NULL));
}

static void
test_trade_taken_back (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  TnDecisionDraft back = seven_draft (TN_DECISION_SWAP, "2028", D (2026, 1, 7));
  back.other_cycle = "2027";
  back.value = "no";
  seven_decide (decisions, &back);
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);

  g_autoptr (TnRing) ring = new_ring (rulebook, ledger);

  g_assert_cmpuint (ring->swaps->len, ==, 0);
  g_assert_null (tn_ring_find (ring, 9, TN_DECISION_SWAP, NULL));
}

/* A decision that names no role is about the host's ring; one that puts a year off is about all. */
static void
test_concerns (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  TnSeries *trip = seven_get_series (rulebook, 0);
  TnRoleRule *speaker = tn_role_rule_new ("taler", TN_ROLE_RING);
  g_ptr_array_insert (trip->roles, 0, speaker);
  speaker->start_cycle = (TnCycle){ TN_PERIOD_YEAR, 2018, 1, 0 };
  g_autoptr (TnLedger) ledger = tn_ledger_new (NULL);
  g_autoptr (TnRing) hosts = new_ring (rulebook, ledger);
  g_autoptr (TnRing) speakers = tn_ring_new (seven_get (rulebook), trip, speaker, ledger);
  TnDecisionDraft draft = seven_draft (TN_DECISION_SKIP, "2027", D (2026, 1, 5));
  g_autoptr (TnDecision) skip = tn_decision_new (&draft);
  draft.role_name = "taler";
  g_autoptr (TnDecision) named = tn_decision_new (&draft);
  draft.role_name = NULL;
  draft.kind = TN_DECISION_POSTPONE;
  g_autoptr (TnDecision) postpone = tn_decision_new (&draft);

  g_assert_cmpstr (tn_ring_get_default (trip), ==, "host");
  g_assert_true (tn_ring_concerns (hosts, skip));
  g_assert_false (tn_ring_concerns (speakers, skip));
  g_assert_false (tn_ring_concerns (hosts, named));
  g_assert_true (tn_ring_concerns (speakers, named));
  g_assert_true (tn_ring_concerns (speakers, postpone) && tn_ring_concerns (hosts, postpone));
}

static void
test_places (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  TnCouncil *randers = g_ptr_array_index (seven_get (rulebook)->councils, 0);
  g_strfreev (randers->was);
  randers->was = g_strsplit ("gudenaa", ",", -1);
  g_autoptr (TnLedger) ledger = tn_ledger_new (NULL);

  g_autoptr (TnRing) ring = new_ring (rulebook, ledger);

  g_autoptr (GPtrArray) places = tn_ring_list_places (ring);
  g_autofree char *cycle = tn_ring_dup_cycle (ring, 9);
  g_assert_cmpuint (places->len, ==, 7);
  g_assert_cmpstr (g_ptr_array_index (places, 0), ==, "randers");
  g_assert_cmpstr (tn_ring_find_council (ring, "gudenaa"), ==, "randers");
  g_assert_null (tn_ring_find_council (ring, "vejle"));
  g_assert_cmpstr (cycle, ==, "2027");
  g_assert_cmpint (ring->start, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/ring/decisions-are-found-by-cycle", test_by_cycle);
  g_test_add_func ("/rules/ring/a-trade-told-twice-is-one", test_trade_told_twice);
  g_test_add_func ("/rules/ring/a-trade-taken-back-is-none", test_trade_taken_back);
  g_test_add_func ("/rules/ring/a-decision-means-one-ring", test_concerns);
  g_test_add_func ("/rules/ring/councils-are-known-by-former-ids", test_places);
  return g_test_run ();
}
