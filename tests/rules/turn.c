/* Tests of the ring on the real charter of seven cities. */
#include "seven-cities.h"

/* Hosts of 2018-2031 by the rules and the one decision of 2020. */
static void
test_known_years (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2032);

  g_autofree char *hosts = seven_list_hosts (plan, 2018, 2032);
  g_assert_cmpstr (hosts, ==,
                   "aalborg esbjerg randers randers odense kobenhavn aarhus frederiksberg aalborg "
                   "esbjerg randers odense kobenhavn aarhus");
}

static void
test_without_decision (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2026);

  g_assert_cmpstr (seven_host (plan, "2022"), ==, "kobenhavn");
  g_assert_cmpstr (seven_host (plan, "2023"), ==, "aarhus");
}

static void
test_postponed_year_keeps_its_host (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2026);

  const TnOccurrence *put_off = seven_find (plan, "studietur", "2020");
  const TnTurn *turn = tn_occurrence_find_turn (put_off, "host");
  g_assert_cmpint (turn->status, ==, TN_TURN_POSTPONED);
  g_assert_cmpint (put_off->status, ==, TN_STATUS_CANCELLED);
  g_assert_true (put_off->is_postponed);
  g_assert_cmpstr (turn->councils[0], ==, "randers");
  const TnTurn *next = tn_occurrence_find_turn (seven_find (plan, "studietur", "2021"), "host");
  g_assert_true (seven_has_reason (next->reasons, "postpone", "in 2020 and kept"));
}

static void
test_postponed_twice (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_postpone (decisions, "2021", "kept", D (2021, 2, 1));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2026);

  g_autofree char *hosts = seven_list_hosts (plan, 2019, 2024);
  g_assert_cmpstr (hosts, ==, "esbjerg randers randers randers odense");
}

static void
test_postponed_and_used (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone (decisions, "2020", "used", D (2020, 4, 2));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2026);

  g_autofree char *hosts = seven_list_hosts (plan, 2019, 2023);
  g_assert_cmpstr (hosts, ==, "esbjerg randers odense kobenhavn");
  g_assert_true (seven_find (plan, "studietur", "2020")->is_postponed);
}

static void
test_postponement_taken_back (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_postpone (decisions, "2020", "no", D (2020, 4, 20));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2026);

  g_assert_cmpstr (seven_host (plan, "2021"), ==, "odense");
  g_assert_false (seven_find (plan, "studietur", "2020")->is_postponed);
}

static void
test_organiser_is_host_of_same_year (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2032);

  for (int year = 2018; year < 2032; year++)
    {
      g_autofree char *cycle = g_strdup_printf ("%d", year);
      g_assert_cmpstr (seven_holder (plan, "erfa", cycle, "organiser"), ==,
                       seven_host (plan, cycle));
      g_assert_cmpstr (seven_holder (plan, "erfa", cycle, "venue"), ==, "odense");
    }
  g_assert_false (seven_find (plan, "erfa", "2020")->is_postponed);
}

static void
test_swap (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  g_autoptr (TnPlan) before = seven_plan (rulebook, decisions, 2018, 2032);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2032);

  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2031);
  g_assert_cmpstr (hosts, ==, "aalborg randers esbjerg odense kobenhavn");
  g_assert_cmpstr (seven_holder (plan, "erfa", "2027", "organiser"), ==, "randers");
  g_assert_cmpstr (seven_holder (plan, "erfa", "2028", "organiser"), ==, "esbjerg");
  const TnTurn *turn = tn_occurrence_find_turn (seven_find (plan, "studietur", "2027"), "host");
  g_assert_cmpint (turn->status, ==, TN_TURN_SWAPPED);
  g_assert_true (seven_has_reason (turn->reasons, "swap", "Randers has the turn of Esbjerg"));
  g_assert_cmpuint (tn_plan_get_size (plan), ==, tn_plan_get_size (before));
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    g_assert_cmpstr (tn_plan_get (plan, i)->uid, ==, tn_plan_get (before, i)->uid);
}

static void
test_swap_recorded_by_both (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  seven_swap (decisions, "2028", "2027", D (2026, 1, 6));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2031);

  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2030);
  g_assert_cmpstr (hosts, ==, "aalborg randers esbjerg odense");
}

static void
test_swap_taken_back (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  TnDecisionDraft draft = seven_draft (TN_DECISION_SWAP, "2028", D (2026, 1, 7));
  draft.other_cycle = "2027";
  draft.value = "no";
  seven_decide (decisions, &draft);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2031);

  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2030);
  g_assert_cmpstr (hosts, ==, "aalborg esbjerg randers odense");
}

static void
test_chain_of_swaps (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  seven_swap (decisions, "2028", "2029", D (2026, 1, 6));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2032);

  /* Esbjerg took 2028 from Randers and gave it on to Odense. */
  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2032);
  g_assert_cmpstr (hosts, ==, "aalborg randers odense esbjerg kobenhavn aarhus");
}

static void
test_postponed_after_swap (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  seven_postpone (decisions, "2028", "kept", D (2028, 2, 1));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2032);

  /* Esbjerg was to have 2028 in the trade, so it is Esbjerg that keeps its turn. */
  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2032);
  g_assert_cmpstr (hosts, ==, "aalborg randers esbjerg esbjerg odense kobenhavn");
}

static void
test_earlier_half_postponed_after_swap (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  seven_postpone (decisions, "2027", "kept", D (2027, 2, 1));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2032);

  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2032);
  g_assert_cmpstr (hosts, ==, "aalborg randers randers esbjerg odense kobenhavn");
}

/* 2026 was traded for what Randers had by an earlier trade, which is taken back when 2026 is over.
 */
static void
test_trade_upon_a_trade_taken_back (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2028", D (2025, 1, 5));
  seven_swap (decisions, "2026", "2027", D (2025, 6, 1));
  g_autoptr (TnPlan) before = seven_plan (rulebook, decisions, 2026, 2032);
  TnDecisionDraft draft = seven_draft (TN_DECISION_SWAP, "2027", D (2027, 1, 7));
  draft.other_cycle = "2028";
  draft.value = "no";
  seven_decide (decisions, &draft);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2032);

  g_assert_cmpstr (seven_host (before, "2026"), ==, "randers");
  g_assert_cmpstr (seven_host (plan, "2026"), ==, "randers");
}

static void
test_swap_of_a_kept_turn (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_postpone (decisions, "2026", "kept", D (2026, 2, 1));
  seven_swap (decisions, "2027", "2028", D (2026, 12, 1));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2032);

  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2031);
  g_assert_cmpstr (hosts, ==, "aalborg esbjerg aalborg randers odense");
}

static void
test_third_council_leaves_after_swap (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2030", D (2026, 1, 5)); /* Esbjerg and København */
  seven_change_membership (decisions, TN_DECISION_LEAVE, "odense", D (2028, 1, 1), D (2027, 10, 1));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2032);

  /* Nobody but the two is in the trade, although København's turn now comes in 2029. */
  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2032);
  g_assert_cmpstr (hosts, ==, "aalborg kobenhavn randers esbjerg aarhus frederiksberg");
}

static void
test_trader_leaves (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  seven_change_membership (decisions, TN_DECISION_LEAVE, "esbjerg", D (2028, 1, 1),
                           D (2027, 10, 1));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2032);

  /* Randers has had its turn in 2027; what Esbjerg cannot take goes to the next. */
  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2031);
  g_assert_cmpstr (hosts, ==, "aalborg randers odense kobenhavn aarhus");
  const TnTurn *turn = tn_occurrence_find_turn (seven_find (plan, "studietur", "2028"), "host");
  g_assert_true (seven_has_reason (turn->reasons, "swap", "Esbjerg, not a member now"));
}

static void
test_swap_falls_away (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  seven_change_membership (decisions, TN_DECISION_LEAVE, "randers", D (2027, 1, 1),
                           D (2026, 10, 1));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2032);

  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2030);
  g_assert_cmpstr (hosts, ==, "aalborg esbjerg odense kobenhavn");
}

static void
test_impossible_swap_is_explained (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_swap (decisions, "2027", "2027-Q3", D (2026, 1, 5));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2029);

  const TnTurn *turn = tn_occurrence_find_turn (seven_find (plan, "studietur", "2027"), "host");
  g_assert_cmpint (turn->status, ==, TN_TURN_PLANNED);
  g_assert_true (seven_has_reason (turn->reasons, "decision", "there is no such cycle"));
}

static void
test_skip (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_skip (decisions, "2027", "esbjerg", D (2026, 1, 5));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2036);

  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2035);
  g_assert_cmpstr (hosts, ==,
                   "aalborg randers odense kobenhavn aarhus frederiksberg aalborg esbjerg randers");
}

static void
test_skip_out_of_turn (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_skip (decisions, "2027", "odense", D (2026, 1, 5));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2031);

  g_assert_cmpstr (seven_host (plan, "2027"), ==, "esbjerg");
  const TnTurn *turn = tn_occurrence_find_turn (seven_find (plan, "studietur", "2027"), "host");
  g_assert_true (seven_has_reason (turn->reasons, "decision", "it is not its turn"));
}

static void
test_set_goes_on_after (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_set (decisions, "2027", "kobenhavn", "after", D (2026, 1, 5));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2031);

  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2030);
  g_assert_cmpstr (hosts, ==, "aalborg kobenhavn aarhus frederiksberg");
}

static void
test_set_leaves_ring_unchanged (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_set (decisions, "2027", "kobenhavn", "unchanged", D (2026, 1, 5));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2031);

  g_autofree char *hosts = seven_list_hosts (plan, 2026, 2030);
  g_assert_cmpstr (hosts, ==, "aalborg kobenhavn randers odense");
}

static void
test_insert (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_add_council (seven_get (rulebook), "vejle", "Vejle", 2026);
  seven_postpone_2020 (decisions);
  TnDecisionDraft draft = seven_draft (TN_DECISION_INSERT, "2027", D (2026, 1, 5));
  draft.council = "vejle";
  draft.after_council = "randers";
  seven_decide (decisions, &draft);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2032);

  g_autofree char *hosts = seven_list_hosts (plan, 2020, 2031);
  g_assert_cmpstr (hosts, ==,
                   "randers randers odense kobenhavn aarhus frederiksberg aalborg esbjerg randers "
                   "vejle odense");
}

/* Frederiksberg leaves in 2027 and Vejle, that the ring names behind Odense, joins in 2029. */
static void
test_leaving_and_joining_change_no_held_turn (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_add_council (seven_get (rulebook), "vejle", "Vejle", 2029);
  TnRoleRule *host = g_ptr_array_index (seven_get_series (rulebook, 0)->roles, 0);
  g_strfreev (host->ring);
  host->ring
      = g_strsplit ("randers,odense,vejle,kobenhavn,aarhus,frederiksberg,aalborg,esbjerg", ",", -1);
  seven_postpone_2020 (decisions);
  g_autoptr (TnPlan) before = seven_plan (rulebook, decisions, 2018, 2036);
  seven_change_membership (decisions, TN_DECISION_LEAVE, "frederiksberg", D (2027, 1, 1),
                           D (2026, 1, 5));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2036);

  g_autofree char *held_before = seven_list_hosts (before, 2018, 2027);
  g_autofree char *held = seven_list_hosts (plan, 2018, 2027);
  g_assert_cmpstr (held, ==, held_before);
  g_autofree char *hosts = seven_list_hosts (plan, 2027, 2035);
  g_assert_cmpstr (hosts, ==, "esbjerg randers odense vejle kobenhavn aarhus aalborg esbjerg");
  const TnTurn *turn = tn_occurrence_find_turn (seven_find (plan, "studietur", "2033"), "host");
  g_assert_true (seven_has_reason (turn->reasons, "membership",
                                   "passed over: Frederiksberg, not a member in 2033"));
}

static void
test_leaving_joining_and_leaving_again (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_change_membership (decisions, TN_DECISION_LEAVE, "odense", D (2021, 7, 1), D (2021, 5, 1));
  seven_change_membership (decisions, TN_DECISION_JOIN, "odense", D (2024, 1, 1), D (2023, 5, 1));
  g_autoptr (TnPlan) before = seven_plan (rulebook, decisions, 2018, 2036);
  seven_change_membership (decisions, TN_DECISION_LEAVE, "odense", D (2032, 1, 1), D (2025, 5, 1));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2036);

  g_autofree char *hosts_before = seven_list_hosts (before, 2018, 2032);
  g_autofree char *hosts = seven_list_hosts (plan, 2018, 2032);
  g_assert_cmpstr (hosts, ==, hosts_before);
  g_assert_cmpstr (seven_host (plan, "2022"), ==, "kobenhavn");
}

static void
test_kept_turn_is_lost_by_leaving (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_change_membership (decisions, TN_DECISION_LEAVE, "randers", D (2021, 1, 1),
                           D (2020, 10, 1));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2026);

  g_assert_cmpstr (seven_host (plan, "2020"), ==, "randers");
  g_assert_cmpstr (seven_host (plan, "2021"), ==, "odense");
}

static void
test_nobody_is_left (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  for (guint i = 0; i < seven_get (rulebook)->councils->len; i++)
    seven_change_membership (
        decisions, TN_DECISION_LEAVE,
        ((TnCouncil *) g_ptr_array_index (seven_get (rulebook)->councils, i))->id, D (2027, 1, 1),
        D (2026, 1, 5));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2030);

  const TnTurn *turn = tn_occurrence_find_turn (seven_find (plan, "studietur", "2028"), "host");
  g_assert_null (turn->councils[0]);
  g_assert_true (seven_has_reason (turn->reasons, "rotation", "nobody"));
}

static void
test_before_the_ring_begins (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_get_series (rulebook, 0)->first = (TnCycle){ TN_PERIOD_YEAR, 2015, 1, 0 };

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2015, 2020);

  g_assert_cmpstr (seven_host (plan, "2016"), ==, "");
  g_assert_cmpstr (seven_host (plan, "2018"), ==, "aalborg");
  const TnTurn *turn = tn_occurrence_find_turn (seven_find (plan, "studietur", "2016"), "host");
  g_assert_true (seven_has_reason (turn->reasons, "rotation", "the ring begins in 2018"));
}

static void
test_ring_of_one (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnRoleRule *host = g_ptr_array_index (seven_get_series (rulebook, 0)->roles, 0);
  g_strfreev (host->ring);
  host->ring = g_strsplit ("aalborg", ",", -1);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2022);

  g_autofree char *hosts = seven_list_hosts (plan, 2018, 2021);
  g_assert_cmpstr (hosts, ==, "aalborg aalborg aalborg");
}

static void
test_every_second_year (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_get_series (rulebook, 0)->every_n = 2;
  seven_postpone_2020 (decisions);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2026);

  g_assert_cmpstr (seven_host (plan, "2020"), ==, "esbjerg");
  g_assert_cmpstr (seven_host (plan, "2022"), ==, "esbjerg");
  g_assert_cmpstr (seven_host (plan, "2024"), ==, "randers");
  g_assert_null (tn_plan_find (plan, "7by", "studietur", "2021", NULL));
  g_assert_cmpstr (seven_holder (plan, "erfa", "2021", "organiser"), ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/turn/seven-cities-hold-their-known-years", test_known_years);
  g_test_add_func ("/rules/turn/without-the-decision-kobenhavn-has-another-year",
                   test_without_decision);
  g_test_add_func ("/rules/turn/postponed-year-keeps-its-host", test_postponed_year_keeps_its_host);
  g_test_add_func ("/rules/turn/postponed-twice-keeps-its-host", test_postponed_twice);
  g_test_add_func ("/rules/turn/postponed-year-can-use-the-turn", test_postponed_and_used);
  g_test_add_func ("/rules/turn/postponement-can-be-taken-back", test_postponement_taken_back);
  g_test_add_func ("/rules/turn/organiser-is-the-host-of-the-same-year",
                   test_organiser_is_host_of_same_year);
  g_test_add_func ("/rules/turn/swap-moves-nobody-else", test_swap);
  g_test_add_func ("/rules/turn/swap-recorded-by-both-sides-is-one", test_swap_recorded_by_both);
  g_test_add_func ("/rules/turn/swap-can-be-taken-back", test_swap_taken_back);
  g_test_add_func ("/rules/turn/swaps-can-follow-each-other", test_chain_of_swaps);
  g_test_add_func ("/rules/turn/traded-turn-can-be-postponed", test_postponed_after_swap);
  g_test_add_func ("/rules/turn/earlier-half-of-a-trade-can-be-postponed",
                   test_earlier_half_postponed_after_swap);
  g_test_add_func ("/rules/turn/trade-stands-when-the-one-before-it-is-taken-back",
                   test_trade_upon_a_trade_taken_back);
  g_test_add_func ("/rules/turn/kept-turn-can-be-traded", test_swap_of_a_kept_turn);
  g_test_add_func ("/rules/turn/third-council-that-leaves-is-not-drawn-into-a-swap",
                   test_third_council_leaves_after_swap);
  g_test_add_func ("/rules/turn/trade-with-one-who-left-costs-no-second-turn", test_trader_leaves);
  g_test_add_func ("/rules/turn/swap-with-one-who-left-falls-away", test_swap_falls_away);
  g_test_add_func ("/rules/turn/impossible-swap-is-explained", test_impossible_swap_is_explained);
  g_test_add_func ("/rules/turn/skipped-council-loses-its-turn", test_skip);
  g_test_add_func ("/rules/turn/skip-out-of-turn-is-explained", test_skip_out_of_turn);
  g_test_add_func ("/rules/turn/set-goes-on-after-the-named", test_set_goes_on_after);
  g_test_add_func ("/rules/turn/set-can-leave-the-ring-unchanged", test_set_leaves_ring_unchanged);
  g_test_add_func ("/rules/turn/inserted-council-comes-behind-its-neighbour", test_insert);
  g_test_add_func ("/rules/turn/leaving-and-joining-change-no-held-turn",
                   test_leaving_and_joining_change_no_held_turn);
  g_test_add_func ("/rules/turn/leaving-joining-and-leaving-again-change-no-held-turn",
                   test_leaving_joining_and_leaving_again);
  g_test_add_func ("/rules/turn/kept-turn-is-lost-by-leaving", test_kept_turn_is_lost_by_leaving);
  g_test_add_func ("/rules/turn/ring-whose-members-all-left-has-nobody", test_nobody_is_left);
  g_test_add_func ("/rules/turn/before-the-known-cycle-nobody-is-known",
                   test_before_the_ring_begins);
  g_test_add_func ("/rules/turn/ring-of-one-goes-on", test_ring_of_one);
  g_test_add_func ("/rules/turn/ring-of-every-second-year", test_every_second_year);
  return g_test_run ();
}
