/* Tests of who may change what. */
#include "seven-cities.h"

#include "rules/authority.h"

typedef struct
{
  TnRulebook *rulebook;
  GPtrArray *decisions;
  TnPlan *plan;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer with_secretariat)
{
  fixture->rulebook = seven_new_rulebook ();
  fixture->decisions = seven_new_decisions ();
  seven_postpone_2020 (fixture->decisions);
  if (GPOINTER_TO_INT (with_secretariat))
    seven_add_role (seven_get_series (fixture->rulebook, 0), "secretariat", TN_ROLE_FIXED)->council
        = g_strdup ("aarhus");
  fixture->plan = seven_plan (fixture->rulebook, fixture->decisions, 2026, 2031);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  tn_plan_unref (fixture->plan);
  g_ptr_array_unref (fixture->decisions);
  tn_rulebook_unref (fixture->rulebook);
}

/* Returns: NULL when the council may, else what it is told. */
static char *
judge (const Fixture *fixture, const TnDecisionDraft *draft, const char *council)
{
  g_autoptr (TnDecision) decision = tn_decision_new (draft);
  g_autoptr (GError) error = NULL;
  if (tn_authority_may_decide (fixture->plan, decision, council, &error))
    {
      g_assert_no_error (error);
      return NULL;
    }
  g_assert_nonnull (error);
  return g_strdup (error->message);
}

static void
assert_may (const Fixture *fixture, const TnDecisionDraft *draft, const char *council)
{
  g_autofree char *refusal = judge (fixture, draft, council);
  g_assert_cmpstr (refusal, ==, NULL);
}

static void
assert_may_not (const Fixture *fixture, const TnDecisionDraft *draft, const char *council,
                const char *part)
{
  g_autofree char *refusal = judge (fixture, draft, council);
  g_assert_nonnull (refusal);
  if (strstr (refusal, part) == NULL)
    g_assert_cmpstr (refusal, ==, part);
}

/* 2027: Esbjerg hosts and organises, Odense is the venue of the meeting. */
static void
test_roles (Fixture *fixture, gconstpointer data)
{
  const TnOccurrence *trip = seven_find (fixture->plan, "studietur", "2027");
  const TnOccurrence *erfa = seven_find (fixture->plan, "erfa", "2027");

  g_assert_cmpstr (tn_authority_find_role (trip, NULL, "esbjerg", TN_RIGHT_WHEN), ==, "host");
  g_assert_null (tn_authority_find_role (trip, NULL, "odense", TN_RIGHT_WHEN));
  g_assert_null (tn_authority_find_role (trip, NULL, NULL, TN_RIGHT_WHEN));
  g_assert_cmpstr (tn_authority_find_role (erfa, NULL, "esbjerg", TN_RIGHT_WHAT), ==, "organiser");
  g_assert_cmpstr (tn_authority_find_role (erfa, NULL, "odense", TN_RIGHT_WHERE), ==, "venue");
  g_assert_null (tn_authority_find_role (erfa, NULL, "odense", TN_RIGHT_WHEN));
  g_auto (GStrv) deciders = tn_authority_list_deciders (erfa, NULL, TN_RIGHT_WHERE);
  g_autofree char *names = g_strjoinv (" ", deciders);
  g_assert_cmpstr (names, ==, "esbjerg odense");
}

static void
test_open_to_all (Fixture *fixture, gconstpointer data)
{
  TnSeries *trip = seven_get_series (fixture->rulebook, 0);
  g_strfreev (trip->may[TN_RIGHT_WHAT]);
  trip->may[TN_RIGHT_WHAT] = g_strsplit ("all", ",", -1);

  const TnOccurrence *occurrence = seven_find (fixture->plan, "studietur", "2027");
  g_assert_cmpstr (tn_authority_find_role (occurrence, NULL, "odense", TN_RIGHT_WHAT), ==, "all");
  g_assert_null (tn_authority_find_role (occurrence, NULL, "odense", TN_RIGHT_WHEN));
}

static void
test_milestones (Fixture *fixture, gconstpointer data)
{
  const TnOccurrence *trip = seven_find (fixture->plan, "studietur", "2027");
  const TnMilestone *each = tn_occurrence_find_milestone (trip, "tilmelding");
  const TnMilestone *program = tn_occurrence_find_milestone (trip, "program");

  g_assert_cmpstr (tn_authority_find_role (trip, each, "odense", TN_RIGHT_STATUS), ==, "council");
  g_assert_null (tn_authority_find_role (trip, each, "odense", TN_RIGHT_WHAT));
  g_assert_null (tn_authority_find_role (trip, program, "odense", TN_RIGHT_STATUS));
  g_assert_cmpstr (tn_authority_find_role (trip, program, "aarhus", TN_RIGHT_WHEN), ==,
                   "secretariat");
}

static void
test_rank (Fixture *fixture, gconstpointer data)
{
  const TnOccurrence *trip = seven_find (fixture->plan, "studietur", "2027");
  const TnOccurrence *erfa = seven_find (fixture->plan, "erfa", "2027");

  g_assert_cmpint (tn_authority_get_rank (trip, "esbjerg"), ==, 0);
  g_assert_cmpint (tn_authority_get_rank (erfa, "esbjerg"), ==, 1);
  g_assert_cmpint (tn_authority_get_rank (trip, "aarhus"), ==, 2);
  g_assert_cmpint (tn_authority_get_rank (trip, NULL), ==, 3);
  g_assert_cmpint (tn_authority_get_rank (erfa, "odense"), ==, 4);
}

static void
test_dates (Fixture *fixture, gconstpointer data)
{
  TnDecisionDraft move = seven_draft (TN_DECISION_DATE, "2027", D (2026, 1, 5));
  move.value = "2027-05-20";
  assert_may (fixture, &move, "esbjerg");
  assert_may_not (fixture, &move, "odense",
                  "Odense may not move 7by/studietur/2027: that is for Esbjerg");
  assert_may_not (fixture, &move, NULL, "somebody in a shared calendar");

  TnDecisionDraft cancel = seven_draft (TN_DECISION_CANCEL, "2027", D (2026, 1, 5));
  cancel.value = "yes";
  assert_may (fixture, &cancel, "esbjerg");
  assert_may_not (fixture, &cancel, "randers", "may not cancel");

  TnDecisionDraft lost = seven_draft (TN_DECISION_DATE, "2055", D (2026, 1, 5));
  lost.value = "2055-05-20";
  assert_may_not (fixture, &lost, "esbjerg", "the plan has no 7by/studietur/2055");
}

/* One who may settle the status but not the day can confirm the day that stands. */
static void
test_confirming (Fixture *fixture, gconstpointer data)
{
  TnSeries *trip = seven_get_series (fixture->rulebook, 0);
  g_strfreev (trip->may[TN_RIGHT_WHEN]);
  trip->may[TN_RIGHT_WHEN] = g_strsplit ("secretariat", ",", -1);
  TnDecisionDraft draft = seven_draft (TN_DECISION_DATE, "2027", D (2026, 1, 5));
  draft.confirmed = TRUE;

  draft.value = "2027-05-18";
  assert_may (fixture, &draft, "esbjerg");
  draft.value = "2027-05-19";
  assert_may_not (fixture, &draft, "esbjerg", "may not move");
}

static void
test_swap_needs_both (Fixture *fixture, gconstpointer data)
{
  TnDecisionDraft swap = seven_draft (TN_DECISION_SWAP, "2027", D (2026, 1, 5));
  swap.other_cycle = "2028";
  swap.by = "esbjerg";
  assert_may_not (fixture, &swap, "esbjerg", "a swap needs the holders of both");
  assert_may_not (fixture, &swap, "odense", "a swap needs the holders of both");
  assert_may (fixture, &swap, "randers");
}

static void
test_secretariat_turns (Fixture *fixture, gconstpointer data)
{
  TnDecisionDraft swap = seven_draft (TN_DECISION_SWAP, "2027", D (2026, 1, 5));
  swap.other_cycle = "2028";
  swap.by = "aarhus";
  assert_may (fixture, &swap, "aarhus");
  TnDecisionDraft skip = seven_draft (TN_DECISION_SKIP, "2027", D (2026, 1, 5));
  skip.council = "esbjerg";
  skip.minutes = "referat 3/2026";
  assert_may (fixture, &skip, "aarhus");
  assert_may_not (fixture, &skip, "esbjerg", "that is for Aarhus");
  TnDecisionDraft leave = seven_draft (TN_DECISION_LEAVE, NULL, D (2026, 1, 5));
  leave.series = NULL;
  leave.council = "esbjerg";
  assert_may (fixture, &leave, "aarhus");
  assert_may_not (fixture, &leave, "esbjerg", "that is for the secretariat");
}

static void
test_minutes_without_secretariat (Fixture *fixture, gconstpointer data)
{
  TnDecisionDraft postpone = seven_draft (TN_DECISION_POSTPONE, "2027", D (2026, 1, 5));
  postpone.value = "kept";
  assert_may_not (fixture, &postpone, "esbjerg", "may not postpone");
  postpone.minutes = "referat 3/2026";
  assert_may (fixture, &postpone, "esbjerg");
  TnDecisionDraft join = seven_draft (TN_DECISION_JOIN, NULL, D (2026, 1, 5));
  join.series = NULL;
  join.council = "vejle";
  assert_may_not (fixture, &join, "esbjerg", "name the minutes");
  join.minutes = "referat 3/2026";
  assert_may (fixture, &join, "esbjerg");
}

static void
test_done_and_placed (Fixture *fixture, gconstpointer data)
{
  TnDecisionDraft done = seven_draft (TN_DECISION_DONE, "2027", D (2026, 1, 5));
  done.value = "yes";
  done.milestone = "tilmelding";
  assert_may (fixture, &done, "odense");
  done.milestone = "program";
  assert_may_not (fixture, &done, "odense", "may not tick off");
  done.milestone = "frokost";
  assert_may_not (fixture, &done, "odense", "no milestone 'frokost'");
  TnDecisionDraft placed = seven_draft (TN_DECISION_PLACED, "2027", D (2026, 1, 5));
  placed.value = "2027-05-20";
  assert_may_not (fixture, &placed, "esbjerg", "the rules' own");
}

#define ADD(name, with_secretariat, test)                                                          \
  g_test_add ("/rules/authority/" name, Fixture, GINT_TO_POINTER (with_secretariat), set_up, test, \
              tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("rights-go-with-roles", FALSE, test_roles);
  ADD ("series-can-be-open-to-all", FALSE, test_open_to_all);
  ADD ("duty-gives-the-right-to-its-day-and-done", TRUE, test_milestones);
  ADD ("conflicts-have-a-fixed-order", TRUE, test_rank);
  ADD ("refusal-says-who-may", FALSE, test_dates);
  ADD ("confirming-the-day-that-stands-needs-the-status-only", TRUE, test_confirming);
  ADD ("swap-needs-both-councils", FALSE, test_swap_needs_both);
  ADD ("secretariat-changes-turns", TRUE, test_secretariat_turns);
  ADD ("without-secretariat-minutes-speak", FALSE, test_minutes_without_secretariat);
  ADD ("milestones-are-ticked-off-by-who-has-the-duty", FALSE, test_done_and_placed);
  return g_test_run ();
}
