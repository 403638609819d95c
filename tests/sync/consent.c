/* A swap by two councils: one proposes it, the other agrees. Design section 7. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"
#include "sync/consent.h"

/* Esbjerg has 2027, Randers 2028. */
static TnDecisionDraft
draft_swap (const char *by)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_SWAP;
  draft.on = tn_date_new (2026, 11, 22);
  draft.by = by;
  draft.source = "command test";
  draft.note = "new town hall";
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.other_cycle = "2028";
  return draft;
}

static TnProposal *
propose (Town *town, const char *by)
{
  TnDecisionDraft draft = draft_swap (by);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  TnProposal *proposal = NULL;
  g_assert_true (tn_decide_needs_consent (town->book, &draft));
  g_autoptr (TnDecision) decision
      = tn_decide_propose (town->book, &draft, FALSE, &effects, &proposal, &error);
  g_assert_no_error (error);
  g_assert_nonnull (decision);
  g_assert_cmpuint (effects->len, >, 0);
  return proposal;
}

static void
assert_host (Town *town, const char *cycle, const char *council)
{
  const TnOccurrence *trip
      = tn_plan_find (tn_book_get_plan (town->book), "7by", "studietur", cycle, NULL);
  g_assert_true (tn_occurrence_has_role (trip, council, "host"));
}

static void
test_proposed (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);

  g_autoptr (TnProposal) proposal = propose (town, "esbjerg");

  const TnPlan *plan = tn_book_get_plan (town->book);
  g_auto (GStrv) deciders = tn_consent_list_deciders (plan, proposal);
  g_autofree char *names = g_strjoinv (" ", deciders);
  g_autofree char *wish = tn_consent_dup_wish (plan, proposal);
  g_autofree char *standing = tn_consent_dup_standing (plan, proposal);
  g_assert_cmpstr (names, ==, "randers");
  g_assert_cmpstr (wish, ==, "2027 Randers, 2028 Esbjerg");
  g_assert_cmpstr (standing, ==, "2027 Esbjerg, 2028 Randers");
  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_SWAP), ==, 0);
  g_assert_true (town_remembers (town, proposal->uid, "proposed", "2028"));
  assert_host (town, "2027", "esbjerg");
}

static void
test_accepted (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE " brake = { removals = 50; percent = 100; };");
  g_autoptr (GError) error = NULL;
  g_autoptr (TnProposal) proposal = propose (town, "esbjerg");

  g_autoptr (TnDecision) decision
      = tn_decide_answer (town->book, proposal->id, TRUE, "randers", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (decision->by, ==, "esbjerg");
  g_assert_cmpstr (decision->council, ==, "randers");
  g_assert_cmpstr (decision->note, ==, "new town hall");
  g_assert_true (g_str_has_prefix (decision->source, "proposal "));
  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_SWAP), ==, 1);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_DECISION, TN_PROPOSAL_ACCEPTED), ==, 1);
  assert_host (town, "2027", "randers");
  assert_host (town, "2028", "esbjerg");
  const TnOccurrence *trip
      = tn_plan_find (tn_book_get_plan (town->book), "7by", "studietur", "2027", NULL);
  const TnTurn *turn = tn_occurrence_find_turn (trip, "host");
  const TnReason *last = g_ptr_array_index (turn->reasons, turn->reasons->len - 1);
  g_assert_nonnull (strstr (last->text, "by Esbjerg and Randers"));
  town_sync (town);
  town_assert_settled (town);
}

/* The other's journal tells how the first ended, under its name. */
static void
test_proposed_again_on_the_same_day (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnProposal) first = propose (town, "esbjerg");
  tn_decide_answer (town->book, first->id, FALSE, "randers", &error);
  g_assert_no_error (error);

  g_autoptr (TnProposal) again = propose (town, "esbjerg");

  g_assert_cmpstr (again->id, !=, first->id);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_DECISION, TN_PROPOSAL_REJECTED), ==, 1);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_DECISION, TN_PROPOSAL_OPEN), ==, 1);
}

/* The trip of 2027 was cancelled, and the year went by before Randers answered. */
static void
test_too_late (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) proposed = NULL;
  g_autoptr (TnProposal) proposal = propose (town, "esbjerg");
  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  tn_fake_clock_advance_us (town->clock, 450 * G_TIME_SPAN_DAY);

  g_autoptr (TnDecision) decision
      = tn_decide_answer (town->book, proposal->id, TRUE, "randers", &error);
  TnDecisionDraft draft = draft_swap ("randers");
  draft.on = tn_date_new (2028, 2, 15);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (TnProposal) other = NULL;
  g_autoptr (TnDecision) again
      = tn_decide_propose (town->book, &draft, FALSE, &effects, &other, &proposed);

  g_assert_null (decision);
  g_assert_null (again);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_error (proposed, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "cannot swap the turn of 7by/studietur/2027: it was "
                                            "over on 2027-12-31"));
  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_SWAP), ==, 0);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_DECISION, TN_PROPOSAL_OPEN), ==, 1);
}

/* Both say the same, each in its own words: that is agreement. */
static void
test_said_by_both (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnDecisionDraft draft = draft_swap ("randers");
  draft.cycle = "2028";
  draft.other_cycle = "2027";
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnProposal) proposal = NULL;
  g_autoptr (TnProposal) first = propose (town, "esbjerg");

  g_autoptr (TnDecision) decision
      = tn_decide_propose (town->book, &draft, FALSE, &effects, &proposal, &error);

  g_assert_no_error (error);
  g_assert_cmpint (proposal->state, ==, TN_PROPOSAL_ACCEPTED);
  g_assert_cmpstr (proposal->id, ==, first->id);
  g_assert_cmpstr (decision->by, ==, "esbjerg");
  g_assert_cmpstr (decision->council, ==, "randers");
  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_SWAP), ==, 1);
}

static void
test_said_twice (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (TnProposal) first = propose (town, "esbjerg");

  g_autoptr (TnProposal) second = propose (town, "esbjerg");

  g_assert_cmpstr (second->id, ==, first->id);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_DECISION, TN_PROPOSAL_OPEN), ==, 1);
}

static void
test_foreseen (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnDecisionDraft draft = draft_swap ("esbjerg");
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (TnProposal) proposal = NULL;

  g_autoptr (TnDecision) decision
      = tn_decide_propose (town->book, &draft, TRUE, &effects, &proposal, NULL);

  g_assert_nonnull (decision);
  g_assert_cmpint (proposal->state, ==, TN_PROPOSAL_OPEN);
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
}

static void
assert_may_not (Town *town, const char *id, gboolean accepts, const char *council)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) decision = tn_decide_answer (town->book, id, accepts, council, &error);
  g_assert_null (decision);
  g_assert_error (error, TN_ERROR, TN_ERROR_DENIED);
}

static void
test_not_for_others (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (TnProposal) proposal = propose (town, "esbjerg");

  assert_may_not (town, proposal->id, TRUE, "odense");
  assert_may_not (town, proposal->id, TRUE, "esbjerg"); /* it cannot agree with itself */
  assert_may_not (town, proposal->id, FALSE, "odense");

  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_DECISION, TN_PROPOSAL_OPEN), ==, 1);
}

static void
test_rejected (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnProposal) proposal = propose (town, "esbjerg");

  g_autoptr (TnDecision) none
      = tn_decide_answer (town->book, proposal->id, FALSE, "randers", &error);

  g_assert_no_error (error);
  g_assert_null (none);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_DECISION, TN_PROPOSAL_REJECTED), ==, 1);
  assert_host (town, "2027", "esbjerg");
}

static void
test_withdrawn (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnProposal) proposal = propose (town, "esbjerg");

  g_autoptr (TnDecision) none
      = tn_decide_answer (town->book, proposal->id, FALSE, "esbjerg", &error);

  g_assert_no_error (error);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_DECISION, TN_PROPOSAL_WITHDRAWN), ==,
                    1);
}

/* Randers and Esbjerg still have both, but the other way round: nobody proposed that. */
static void
test_overtaken (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (TnProposal) proposal = propose (town, "esbjerg");
  TnDecisionDraft minuted = draft_swap ("odense");
  minuted.minutes = "erfa 2026, item 4";
  g_autoptr (TnDecision) swapped = tn_decide (town->book, &minuted, FALSE, &effects, &error);
  g_assert_no_error (error);

  g_autoptr (TnDecision) decision
      = tn_decide_answer (town->book, proposal->id, TRUE, "randers", &error);

  g_assert_null (decision);
  g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
  assert_host (town, "2027", "randers");
}

static void
test_remembered (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnProposal) proposal = propose (town, "esbjerg");

  town_restart (town);
  g_autoptr (TnDecision) decision
      = tn_decide_answer (town->book, proposal->id, TRUE, "randers", &error);

  g_assert_no_error (error);
  assert_host (town, "2027", "randers");
}

/* Odense holds neither: it can only say where it is minuted. */
static void
test_third_party (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnDecisionDraft draft = draft_swap ("odense");

  g_assert_false (tn_decide_needs_consent (town->book, &draft));
  draft.by = "esbjerg";
  draft.minutes = "erfa 2026, item 4";
  g_assert_false (tn_decide_needs_consent (town->book, &draft)); /* decided at once */
  draft.minutes = NULL;
  draft.other_cycle = "2099";
  g_assert_false (tn_decide_needs_consent (town->book, &draft));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/consent/nobody-agrees-to-what-is-over", test_too_late);
  g_test_add_func ("/sync/consent/one-council-proposes", test_proposed);
  g_test_add_func ("/sync/consent/accepted-it-names-both", test_accepted);
  g_test_add_func ("/sync/consent/said-by-both-it-is-agreed", test_said_by_both);
  g_test_add_func ("/sync/consent/said-twice-it-is-one", test_said_twice);
  g_test_add_func ("/sync/consent/a-dry-run-keeps-nothing", test_foreseen);
  g_test_add_func ("/sync/consent/others-have-no-say", test_not_for_others);
  g_test_add_func ("/sync/consent/rejected-nothing-changes", test_rejected);
  g_test_add_func ("/sync/consent/whoever-proposed-may-take-it-back", test_withdrawn);
  g_test_add_func ("/sync/consent/what-is-proposed-again-on-the-same-day-is-another-proposal",
                   test_proposed_again_on_the_same_day);
  g_test_add_func ("/sync/consent/turns-that-changed-meanwhile-are-not-swapped", test_overtaken);
  g_test_add_func ("/sync/consent/survives-a-restart", test_remembered);
  g_test_add_func ("/sync/consent/only-holders-can-propose", test_third_party);
  return g_test_run ();
}
