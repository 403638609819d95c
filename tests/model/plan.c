/* Occurrences, milestones and the plan that holds them. */
#include "model/plan.h"

typedef struct
{
  TnCollaboration *collaboration; /* (unowned) of the rulebook */
  TnSeries *series;               /* (unowned) of the collaboration */
  TnRulebook *rulebook;           /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  fixture->rulebook = tn_rulebook_new ();
  fixture->collaboration = tn_collaboration_new ("7by");
  fixture->series = tn_series_new ("studietur", TN_KIND_TRIP);
  g_ptr_array_add (fixture->collaboration->series, fixture->series);
  g_ptr_array_add (fixture->rulebook->collaborations, fixture->collaboration);
  g_ptr_array_add (fixture->series->roles, tn_role_rule_new ("host", TN_ROLE_RING));
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  tn_rulebook_unref (fixture->rulebook);
}

static TnMilestone *
make_milestone (const char *id)
{
  TnMilestone *milestone = tn_milestone_new ();
  milestone->id = g_strdup (id);
  milestone->uid = g_strdup_printf ("%s@turnus", id);
  return milestone;
}

static TnOccurrence *
make_occurrence (const Fixture *fixture, int year)
{
  TnCycle cycle = { TN_PERIOD_YEAR, year, 1, 0 };
  TnOccurrence *occurrence = tn_occurrence_new (fixture->collaboration, fixture->series, &cycle);
  TnTurn *turn = tn_turn_new (g_ptr_array_index (fixture->series->roles, 0));
  g_strfreev (turn->councils);
  turn->councils = g_strsplit ("odense esbjerg", " ", -1);
  g_ptr_array_add (turn->reasons, tn_reason_new ("rotation", "7by.conf:23", "next in the ring"));
  g_ptr_array_add (occurrence->turns, turn);
  return occurrence;
}

static TnPlan *
make_plan (const Fixture *fixture)
{
  GPtrArray *occurrences = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_occurrence_free);
  g_ptr_array_add (occurrences, make_occurrence (fixture, 2027));
  TnOccurrence *second = make_occurrence (fixture, 2028);
  g_ptr_array_add (second->milestones, make_milestone ("program"));
  g_ptr_array_add (second->milestones, make_milestone ("tilmelding"));
  g_ptr_array_add (occurrences, second);
  g_autoptr (TnLedger) ledger = tn_ledger_new (NULL);
  TnSpan span = tn_span_new (tn_date_new (2027, 1, 1), tn_date_new (2029, 1, 1));
  return tn_plan_new (fixture->rulebook, ledger, span, tn_date_new (2026, 11, 22), occurrences);
}

static void
test_identity (Fixture *fixture, gconstpointer unused)
{
  TnOccurrence *occurrence = make_occurrence (fixture, 2027);

  g_autofree char *reference = tn_occurrence_to_reference (occurrence);

  g_assert_cmpstr (occurrence->uid, ==, "ff1164f2-0576-59e6-9690-de6577bd9603@turnus");
  g_assert_cmpstr (occurrence->cycle_text, ==, "2027");
  g_assert_cmpstr (reference, ==, "7by/studietur/2027");
  g_assert_cmpint (occurrence->status, ==, TN_STATUS_UNPLACED);
  tn_occurrence_free (occurrence);
}

static void
test_roles (Fixture *fixture, gconstpointer unused)
{
  TnOccurrence *occurrence = make_occurrence (fixture, 2027);

  g_assert_nonnull (tn_occurrence_find_turn (occurrence, "host"));
  g_assert_null (tn_occurrence_find_turn (occurrence, "venue"));
  g_assert_true (tn_occurrence_has_role (occurrence, "esbjerg", "host"));
  g_assert_false (tn_occurrence_has_role (occurrence, "randers", "host"));
  g_assert_false (tn_occurrence_has_role (occurrence, "esbjerg", "venue"));
  tn_occurrence_free (occurrence);
}

static void
test_find_uid (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnPlan) plan = make_plan (fixture);
  const TnOccurrence *first = tn_plan_get (plan, 0);
  const TnMilestone *milestone = tn_occurrence_find_milestone (first, "none");

  g_assert_true (tn_plan_find_uid (plan, first->uid, &milestone) == first);
  g_assert_null (milestone);
  g_assert_null (tn_plan_find_uid (plan, "unknown@turnus", NULL));
}

static void
test_find_milestone (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnPlan) plan = make_plan (fixture);
  const TnMilestone *milestone = NULL;

  const TnOccurrence *found = tn_plan_find_uid (plan, "tilmelding@turnus", &milestone);

  g_assert_true (found == tn_plan_get (plan, 1));
  g_assert_cmpstr (milestone->id, ==, "tilmelding");
  g_assert_true (tn_occurrence_find_milestone (found, "tilmelding") == milestone);
}

static void
test_find (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnPlan) plan = make_plan (fixture);

  g_assert_true (tn_plan_find (plan, "7by", "studietur", "2028", NULL) == tn_plan_get (plan, 1));
  g_assert_null (tn_plan_find (plan, "7by", "studietur", "2028", "syd"));
  g_assert_null (tn_plan_find (plan, "6by", "studietur", "2028", NULL));
  g_assert_cmpuint (tn_plan_get_size (plan), ==, 2);
}

/* The planner drops its rulebook; the plan must not. */
static void
test_keeps_alive (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (TnPlan) plan = make_plan (fixture);
  g_autoptr (TnPlan) again = tn_plan_ref (plan);

  tn_rulebook_unref (fixture->rulebook);
  fixture->rulebook = NULL;

  g_assert_cmpstr (tn_plan_get (again, 0)->collaboration->id, ==, "7by");
  g_assert_nonnull (tn_rulebook_find_collaboration (tn_plan_get_rulebook (again), "7by"));
  g_assert_cmpuint (tn_ledger_get_size (tn_plan_get_ledger (again)), ==, 0);
  g_assert_cmpint (tn_plan_get_today (again), ==, tn_date_new (2026, 11, 22));
  g_assert_cmpint (tn_plan_get_span (again).end, ==, tn_date_new (2029, 1, 1));
}

static void
test_words (Fixture *fixture, gconstpointer unused)
{
  g_assert_cmpstr (tn_status_to_string (TN_STATUS_PROPOSED), ==, "proposed");
  g_assert_cmpstr (tn_status_to_string (TN_STATUS_UNPLACED), ==, "unplaced");
  g_assert_cmpstr (tn_turn_status_to_string (TN_TURN_HELD), ==, "held");
  g_assert_cmpstr (tn_turn_status_to_string (TN_TURN_SWAPPED), ==, "swapped");
}

#define ADD(path, function) g_test_add ("/model/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("occurrence/knows-who-it-is-from-the-start", test_identity);
  ADD ("occurrence/several-councils-may-share-a-role", test_roles);
  ADD ("plan/occurrences-are-found-by-uid", test_find_uid);
  ADD ("plan/milestones-are-found-by-uid", test_find_milestone);
  ADD ("plan/occurrences-are-found-by-cycle", test_find);
  ADD ("plan/keeps-its-charters-alive", test_keeps_alive);
  ADD ("plan/words-are-those-of-the-json", test_words);
  return g_test_run ();
}
