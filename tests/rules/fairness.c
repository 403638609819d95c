/* How fair a ring is before and after a decision. */
#include "rules/fairness.h"

#include "seven-cities.h"

typedef struct
{
  TnRulebook *rulebook;
  GPtrArray *decisions;
  TnPlan *plan;
} Fixture;

/* Today is in 2026; Esbjerg has 2027, Randers 2028. */
static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->rulebook = seven_new_rulebook ();
  fixture->decisions = seven_new_decisions ();
  seven_postpone_2020 (fixture->decisions);
  fixture->plan = seven_plan (fixture->rulebook, fixture->decisions, 2025, 2035);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  tn_plan_unref (fixture->plan);
  g_ptr_array_unref (fixture->decisions);
  tn_rulebook_unref (fixture->rulebook);
}

static GPtrArray *
decide (Fixture *fixture, TnDecisionKind kind, const char *cycle, const char *other,
        const char *council)
{
  TnDecisionDraft draft = seven_draft (kind, cycle, D (2026, 1, 5));
  draft.other_cycle = other;
  draft.council = council;
  draft.since = kind == TN_DECISION_LEAVE ? D (2027, 1, 1) : TN_DATE_NONE;
  if (kind == TN_DECISION_LEAVE)
    draft.series = NULL;
  g_autoptr (TnDecision) decision = tn_decision_new (&draft);
  return tn_fairness_list_shares (fixture->plan, decision);
}

static const TnShare *
find (const GPtrArray *shares, const char *council)
{
  for (guint i = 0; i < shares->len; i++)
    {
      const TnShare *share = g_ptr_array_index (shares, i);
      if (strcmp (share->before->council, council) == 0)
        return share;
    }
  g_assert_not_reached ();
}

static void
test_swap (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) shares = decide (fixture, TN_DECISION_SWAP, "2027", "2028", NULL);

  const TnShare *esbjerg = find (shares, "esbjerg");
  const TnShare *odense = find (shares, "odense");
  g_assert_cmpuint (shares->len, ==, 7);
  g_assert_cmpstr (esbjerg->series, ==, "studietur");
  g_assert_cmpstr (esbjerg->role, ==, "host");
  g_assert_cmpint (esbjerg->before->n_given + esbjerg->before->n_taken, ==, 0);
  g_assert_cmpint (esbjerg->after->n_given, ==, 1);
  g_assert_cmpint (esbjerg->after->n_taken, ==, 1);
  g_assert_cmpint (esbjerg->after->n_held, ==, esbjerg->before->n_held);
  g_assert_cmpstr (esbjerg->before->next, ==, "2027");
  g_assert_cmpstr (esbjerg->after->next, ==, "2028");
  g_assert_cmpint (odense->after->n_given + odense->after->n_taken, ==, 0);
  g_assert_cmpstr (odense->after->next, ==, odense->before->next);
}

/* Held turns count from the first of the ring on, wherever the plan begins. */
static void
test_held (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) shares = decide (fixture, TN_DECISION_SKIP, "2027", NULL, "esbjerg");

  const TnShare *esbjerg = find (shares, "esbjerg");
  g_assert_cmpint (esbjerg->before->n_held, ==, 1); /* 2019 */
  g_assert_cmpint (esbjerg->before->years_since, ==, 7);
  g_assert_cmpint (esbjerg->before->n_skipped, ==, 0);
  g_assert_cmpint (esbjerg->after->n_skipped, ==, 1);
  g_assert_cmpstr (find (shares, "randers")->after->next, ==, "2027");
}

static void
test_leave (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GPtrArray) shares = decide (fixture, TN_DECISION_LEAVE, NULL, NULL, "esbjerg");

  const TnShare *esbjerg = find (shares, "esbjerg");
  g_assert_cmpint (esbjerg->after->n_held, ==, 1);
  g_assert_cmpint (esbjerg->after->n_planned, ==, 0);
  g_assert_null (esbjerg->after->next);
}

static void
test_other_matters (Fixture *fixture, gconstpointer user_data)
{
  TnDecisionDraft draft = seven_draft (TN_DECISION_THEME, "2027", D (2026, 1, 5));
  draft.value = "Natur";
  g_autoptr (TnDecision) theme = tn_decision_new (&draft);
  draft.kind = TN_DECISION_CANCEL;
  draft.value = "yes";
  g_autoptr (TnDecision) cancel = tn_decision_new (&draft);

  g_autoptr (GPtrArray) none = tn_fairness_list_shares (fixture->plan, theme);
  g_autoptr (GPtrArray) shares = tn_fairness_list_shares (fixture->plan, cancel);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpint (find (shares, "esbjerg")->after->n_planned, <,
                   find (shares, "esbjerg")->before->n_planned);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/rules/fairness/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-swap-is-given-and-taken-by-both", test_swap);
  ADD ("turns-count-from-the-first-of-the-ring", test_held);
  ADD ("who-leaves-keeps-what-it-held", test_leave);
  ADD ("only-rings-that-change-are-told", test_other_matters);
  return g_test_run ();
}
