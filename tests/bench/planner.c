/* How long planning takes: 100 collaborations of 20 series over 10 years with milestones. Prints
 * what it measured; a bench fails on a wrong count, never on a slow machine. */
#include "../rules/seven-cities.h"

static const int N_COLLABORATIONS = 100;
static const int N_SERIES = 20;
static const int N_YEARS = 10;

static void
add_many_series (TnCollaboration *collaboration)
{
  for (int i = 0; i < N_SERIES / 2; i++)
    {
      TnSeries *trip = seven_new_trip ();
      TnSeries *erfa = seven_new_meeting ();
      g_free (trip->id);
      g_free (erfa->id);
      trip->id = g_strdup_printf ("studietur-%d", i);
      erfa->id = g_strdup_printf ("erfa-%d", i);
      TnRoleRule *organiser = g_ptr_array_index (erfa->roles, 0);
      g_free (organiser->follows_series);
      organiser->follows_series = g_strdup (trip->id);
      g_ptr_array_add (collaboration->series, trip);
      g_ptr_array_add (collaboration->series, erfa);
    }
}

static TnRulebook *
make_rulebook (void)
{
  TnRulebook *rulebook = tn_rulebook_new ();
  g_ptr_array_add (rulebook->holiday_files, seven_new_holidays ());
  for (int i = 0; i < N_COLLABORATIONS; i++)
    {
      g_autofree char *id = g_strdup_printf ("by-%d", i);
      TnCollaboration *collaboration = seven_new_collaboration (id);
      g_ptr_array_set_size (collaboration->series, 0);
      add_many_series (collaboration);
      g_ptr_array_add (rulebook->collaborations, collaboration);
    }
  return rulebook;
}

/* Every occurrence placed, as after a first publication. */
static TnLedger *
make_ledger (const TnPlan *plan)
{
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      g_autofree char *value = tn_when_to_string (&occurrence->when);
      TnDecisionDraft draft = seven_draft (TN_DECISION_PLACED, occurrence->cycle_text, 0);
      draft.collaboration = occurrence->collaboration->id;
      draft.series = occurrence->series->id;
      draft.value = value;
      seven_decide (decisions, &draft);
    }
  return tn_ledger_new (decisions);
}

static TnPlan *
measure (const char *what, const TnRulebook *rulebook, const TnLedger *ledger)
{
  TnSpan span = tn_span_new (D (2026, 1, 1), D (2026 + N_YEARS, 1, 1));
  gint64 start_us = g_get_monotonic_time ();
  TnPlan *plan = tn_planner_plan (rulebook, ledger, span, D (2026, 1, 10));
  gint64 end_us = g_get_monotonic_time ();

  guint n_milestones = 0;
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    n_milestones += tn_plan_get (plan, i)->milestones->len;
  g_test_message ("%s: %u occurrences, %u milestones in %.3f s", what, tn_plan_get_size (plan),
                  n_milestones, (double) (end_us - start_us) / G_USEC_PER_SEC);
  return plan;
}

static void
test_planning (void)
{
  g_autoptr (TnRulebook) rulebook = make_rulebook ();
  g_autoptr (TnLedger) empty = tn_ledger_new (NULL);

  g_autoptr (TnPlan) chosen = measure ("chosen by rules", rulebook, empty);
  g_autoptr (TnLedger) placed = make_ledger (chosen);
  g_autoptr (TnPlan) kept = measure ("kept as published", rulebook, placed);

  guint expected = (guint) (N_COLLABORATIONS * N_SERIES * N_YEARS);
  g_assert_cmpuint (tn_plan_get_size (chosen), ==, expected);
  g_assert_cmpuint (tn_plan_get_size (kept), ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bench/planner/hundred-collaborations", test_planning);
  return g_test_run ();
}
