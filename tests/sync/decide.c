/* Decisions by command: foreseen, taken, refused; answers and approvals. Design sections 7 and 10.
 */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

static TnDecisionDraft
draft_swap (void)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_SWAP;
  draft.on = tn_date_new (2026, 11, 22);
  draft.by = "odense";
  draft.source = "command test";
  draft.minutes = "møde 4/2026";
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.other_cycle = "2028";
  return draft;
}

static const TnEffect *
find_effect (GPtrArray *effects, const char *reference, const char *field)
{
  for (guint i = 0; i < effects->len; i++)
    {
      const TnEffect *effect = g_ptr_array_index (effects, i);
      if (strcmp (effect->reference, reference) == 0 && strcmp (effect->field, field) == 0)
        return effect;
    }
  return NULL;
}

static void
assert_effect (GPtrArray *effects, const char *reference, const char *field, const char *before,
               const char *after)
{
  const TnEffect *effect = find_effect (effects, reference, field);
  g_assert_nonnull (effect);
  g_assert_cmpstr (effect->before, ==, before);
  g_assert_cmpstr (effect->after, ==, after);
}

static void
test_effects_of_a_swap (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  TnDecisionDraft draft = draft_swap ();

  g_autoptr (TnDecision) decision = tn_decide (town->book, &draft, FALSE, &effects, &error);

  g_assert_no_error (error);
  assert_effect (effects, "7by/studietur/2027", "host", "esbjerg", "randers");
  assert_effect (effects, "7by/studietur/2028", "host", "randers", "esbjerg");
  assert_effect (effects, "7by/studietur/2027", "title", "Studietur 2027: Esbjerg",
                 "Studietur 2027: Randers");
  assert_effect (effects, "7by/studietur/2027", "where", "Esbjerg", "Randers");
  assert_effect (effects, "7by/erfa/2027", "organiser", "esbjerg", "randers");
  assert_effect (effects, "7by/erfa/2028", "organiser", "randers", "esbjerg");
  g_assert_null (find_effect (effects, "7by/studietur/2029", "host")); /* as if they had not */
  g_assert_null (find_effect (effects, "7by/studietur/2027", "when"));
}

static void
test_dry_run (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  town_sync (town);
  guint64 version = tn_book_get_version (town->book);
  TnDecisionDraft draft = draft_swap ();

  g_autoptr (TnDecision) decision = tn_decide (town->book, &draft, TRUE, &effects, &error);

  g_assert_no_error (error);
  g_assert_nonnull (decision);
  g_assert_cmpuint (effects->len, >, 0);
  g_assert_cmpuint (tn_book_get_version (town->book), ==, version);
  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_SWAP), ==, 0);
  g_assert_false (town_remembers (town, NULL, "decided", ""));
  const TnOccurrence *trip
      = tn_plan_find (tn_book_get_plan (town->book), "7by", "studietur", "2027", NULL);
  g_assert_true (tn_occurrence_has_role (trip, "esbjerg", "host"));
  town_assert_settled (town);
}

static void
test_swap_moves_duties (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE " brake = { removals = 50; percent = 100; };");
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *program = town_uid ("studietur", "2027", "program");
  town_sync (town);
  town_assert_shows (town, "esbjerg", program, TN_FIELD_WHEN, "2027-03-23");
  TnDecisionDraft draft = draft_swap ();

  g_autoptr (TnDecision) decision = tn_decide (town->book, &draft, FALSE, &effects, &error);
  g_assert_no_error (error);
  town_sync (town);

  town_assert_shows (town, "esbjerg", program, TN_FIELD_WHEN, "gone"); /* Randers' duty now */
  town_assert_settled (town);
}

static void
test_refused (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  TnDecisionDraft draft = draft_swap ();
  draft.minutes = NULL;

  g_autoptr (TnDecision) decision = tn_decide (town->book, &draft, FALSE, &effects, &error);

  g_assert_null (decision);
  g_assert_null (effects);
  g_assert_error (error, TN_ERROR, TN_ERROR_DENIED);
  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_SWAP), ==, 0);
}

/* 2026 is held, by Aalborg. */
static void
test_held_turn (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  TnDecisionDraft skip = draft_swap ();
  skip.kind = TN_DECISION_SKIP;
  skip.cycle = "2026";
  skip.other_cycle = NULL;
  skip.council = "aalborg";

  g_autoptr (TnDecision) decision = tn_decide (town->book, &skip, FALSE, &effects, &error);

  g_assert_null (decision);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (
      strstr (error->message, "7by/studietur/2026 is past, and aalborg was its host"));
}

/* The erfa meeting of 2026 is held in September; its window lasts until the end of November. */
static void
test_left_after_it_was_held (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  TnDecisionDraft held = draft_swap ();
  held.kind = TN_DECISION_DATE;
  held.series = "erfa";
  held.cycle = "2026";
  held.other_cycle = NULL;
  held.on = tn_date_new (2026, 1, 5);
  held.by = "aalborg";
  held.value = "2026-09-15T10:00..2026-09-15T15:00";
  held.confirmed = TRUE;
  g_autoptr (TnDecision) date = tn_decide (town->book, &held, FALSE, &effects, &error);
  g_assert_no_error (error);
  g_clear_pointer (&effects, g_ptr_array_unref);
  TnDecisionDraft leave = draft_swap ();
  leave.kind = TN_DECISION_LEAVE;
  leave.series = NULL;
  leave.cycle = NULL;
  leave.other_cycle = NULL;
  leave.council = "aalborg";
  leave.since = tn_date_new (2026, 11, 1);

  g_autoptr (TnDecision) left = tn_decide (town->book, &leave, FALSE, &effects, &error);

  g_assert_no_error (error);
  g_assert_null (find_effect (effects, "7by/erfa/2026", "organiser"));
}

static void
test_held_by_another (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  TnDecisionDraft set = draft_swap ();
  set.kind = TN_DECISION_SET;
  set.cycle = "2026";
  set.other_cycle = NULL;
  set.council = "odense";
  set.value = "unchanged";

  g_autoptr (TnDecision) decision = tn_decide (town->book, &set, FALSE, &effects, &error);

  g_assert_no_error (error);
  assert_effect (effects, "7by/studietur/2026", "host", "aalborg", "odense");
}

static void
test_duties_are_told (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GPtrArray) swapped = NULL;
  g_autoptr (GPtrArray) ticked = NULL;
  TnDecisionDraft swap = draft_swap ();
  TnDecisionDraft done = draft_swap ();
  done.kind = TN_DECISION_DONE;
  done.by = "esbjerg";
  done.other_cycle = NULL;
  done.milestone = "program";
  done.value = "yes";

  g_autoptr (TnDecision) one = tn_decide (town->book, &done, FALSE, &ticked, NULL);
  g_autoptr (TnDecision) other = tn_decide (town->book, &swap, FALSE, &swapped, NULL);

  assert_effect (ticked, "7by/studietur/2027", "program done", "no", "yes");
  assert_effect (swapped, "7by/studietur/2027", "program by", "esbjerg", "randers");
}

static void
test_unknown_event (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;
  TnDecisionDraft draft = draft_swap ();
  draft.cycle = "3027";

  g_autoptr (TnDecision) decision = tn_decide (town->book, &draft, FALSE, &effects, &error);

  g_assert_null (decision);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

static void
test_unknown_proposal (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;

  g_autoptr (TnDecision) decision = tn_decide_answer (town->book, "0123", TRUE, "esbjerg", &error);

  g_assert_null (decision);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "turnusctl proposals"));
}

static void
test_answered_once (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "aarhus", uid, "LOCATION:Esbjerg", "LOCATION:Aarhus");
  town_sync (town);
  const TnProposal *proposal = g_ptr_array_index (tn_book_get_proposals (town->book), 0);
  g_autofree char *id = g_strdup (proposal->id);
  g_autofree char *prefix = g_strndup (id, 4);
  g_autoptr (TnDecision) accepted = tn_decide_answer (town->book, prefix, TRUE, "esbjerg", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (accepted->by, ==, "esbjerg");
  g_assert_cmpstr (accepted->value, ==, "Aarhus");

  g_autoptr (TnDecision) again = tn_decide_answer (town->book, id, FALSE, "esbjerg", &error);

  g_assert_null (again);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

/* Design section 7; issue "Every rule", Bad input: each its own refusal, and nothing decided. */
static void
assert_refused_for_good (TnDecisionDraft draft, const char *wanted)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GPtrArray) effects = NULL;
  g_autoptr (GError) error = NULL;

  g_autoptr (TnDecision) decision = tn_decide (town->book, &draft, FALSE, &effects, &error);

  g_assert_null (decision);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  if (strstr (error->message, wanted) == NULL)
    g_test_fail_printf ("'%s' is not in '%s'", wanted, error->message);
  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (town->store, NULL);
  g_assert_cmpuint (ledger->len, ==, 0);
}

static void
test_swap_with_the_past (void)
{
  TnDecisionDraft draft = draft_swap ();
  draft.other_cycle = "2023";
  assert_refused_for_good (draft,
                           "cannot swap the turn of 7by/studietur/2023: it was over on 2023-12-31, "
                           "expected a cycle to come; who really had it is said with set");
  draft.other_cycle = "2026";
  assert_refused_for_good (draft,
                           "cannot swap the turn of 7by/studietur/2026: it was held on 2026-05-12");
}

static void
test_postpone_the_held (void)
{
  TnDecisionDraft draft = draft_swap ();
  draft.kind = TN_DECISION_POSTPONE;
  draft.other_cycle = NULL;
  draft.value = "kept";
  draft.cycle = "2026";
  assert_refused_for_good (draft, "cannot postpone 7by/studietur/2026: it was held on 2026-05-12");
}

static void
test_theme_of_no_cycle (void)
{
  TnDecisionDraft draft = draft_swap ();
  draft.kind = TN_DECISION_THEME;
  draft.other_cycle = NULL;
  draft.value = "Boliger";
  draft.cycle = "2027-Q1";
  assert_refused_for_good (draft,
                           "the plan has no 7by/studietur/2027-Q1, expected one of those that "
                           "'turnusctl list' shows");
}

static void
test_last_to_leave (void)
{
  static const char *const councils[]
      = { "randers", "odense", "kobenhavn", "aarhus", "frederiksberg", "aalborg" };
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  TnDecisionDraft draft = draft_swap ();
  draft.kind = TN_DECISION_LEAVE;
  draft.series = NULL;
  draft.cycle = NULL;
  draft.other_cycle = NULL;
  draft.since = tn_date_new (2028, 1, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (councils); i++)
    {
      g_autoptr (GPtrArray) effects = NULL;
      draft.council = councils[i];
      g_autoptr (TnDecision) left = tn_decide (town->book, &draft, FALSE, &effects, &error);
      g_assert_no_error (error);
    }

  g_autoptr (GPtrArray) effects = NULL;
  draft.council = "esbjerg";
  g_autoptr (TnDecision) last = tn_decide (town->book, &draft, FALSE, &effects, &error);

  g_assert_null (last);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message,
                            "cannot let esbjerg leave on 2028-01-01: nobody is left "
                            "in the ring of 'host' of 7by/studietur"));
}

static void
test_nothing_to_approve (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) unknown = NULL;
  g_autoptr (GError) idle = NULL;
  town_sync (town);

  g_assert_false (tn_decide_approve (town->book, "ukendt", &unknown));
  g_assert_false (tn_decide_approve (town->book, "aarhus", &idle));

  g_assert_error (unknown, TN_ERROR, TN_ERROR_INVALID);
  g_assert_error (idle, TN_ERROR, TN_ERROR_INVALID);
}

/* Approval is for what was seen: what vanishes later is held again. */
static void
test_approved_once (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  tn_fake_provider_clear (town_calendar (town, "esbjerg"));
  town_sync (town);
  g_assert_true (tn_decide_approve (town->book, "esbjerg", NULL));
  town_sync (town);
  g_assert_cmpint (tn_desk_get_result (town->desk, "esbjerg")->hold, ==, TN_HOLD_NONE);

  tn_fake_provider_clear (town_calendar (town, "esbjerg"));
  town_sync (town);

  g_assert_cmpint (tn_desk_get_result (town->desk, "esbjerg")->hold, ==, TN_HOLD_VANISHED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/decide/the-effects-of-a-swap-are-complete", test_effects_of_a_swap);
  g_test_add_func ("/sync/decide/a-dry-run-changes-nothing", test_dry_run);
  g_test_add_func ("/sync/decide/a-swap-takes-the-duties-along", test_swap_moves_duties);
  g_test_add_func ("/sync/decide/what-is-refused-leaves-no-trace", test_refused);
  g_test_add_func ("/sync/decide/what-was-held-stays", test_held_turn);
  g_test_add_func ("/sync/decide/who-leaves-keeps-what-was-held", test_left_after_it_was_held);
  g_test_add_func ("/sync/decide/a-record-may-be-set-right", test_held_by_another);
  g_test_add_func ("/sync/decide/who-has-a-duty-and-that-it-is-done-is-told", test_duties_are_told);
  g_test_add_func ("/sync/decide/there-is-no-such-event", test_unknown_event);
  g_test_add_func ("/sync/decide/there-is-no-such-proposal", test_unknown_proposal);
  g_test_add_func ("/sync/decide/a-proposal-is-answered-once", test_answered_once);
  g_test_add_func ("/sync/decide/a-swap-with-a-past-cycle-is-refused", test_swap_with_the_past);
  g_test_add_func ("/sync/decide/what-was-held-is-not-postponed", test_postpone_the_held);
  g_test_add_func ("/sync/decide/a-theme-of-no-cycle-is-refused", test_theme_of_no_cycle);
  g_test_add_func ("/sync/decide/the-last-of-a-ring-does-not-leave", test_last_to_leave);
  g_test_add_func ("/sync/decide/nothing-waits-for-approval", test_nothing_to_approve);
  g_test_add_func ("/sync/decide/an-approval-counts-once", test_approved_once);
  return g_test_run ();
}
