/* Roles that are shared, that alternate, that last for an election period, and rings that rest. */
#include "agreed.h"

#define WITH(roles)                                                                                \
  "{ id = \"m\"; kind = \"meeting\"; title = \"M\"; first = \"2020\"; roles = ( " roles " ); }"

static char *
list_holders (const TnPlan *plan, const char *role)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnTurn *turn = tn_occurrence_find_turn (tn_plan_get (plan, i), role);
      g_autofree char *councils = g_strjoinv ("+", turn->councils);
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", councils);
    }
  return g_string_free (text, FALSE);
}

static const TnReason *
get_reason (const TnPlan *plan, const char *cycle, const char *role)
{
  const TnOccurrence *occurrence = tn_plan_find (plan, "c", "m", cycle, NULL);
  return g_ptr_array_index (tn_occurrence_find_turn (occurrence, role)->reasons, 0);
}

static void
test_shared_and_alternating (void)
{
  g_autoptr (TnRulebook) rulebook
      = agreed_read (WITH ("{ role = \"secretariat\"; councils = [ \"odense\", \"aarhus\" ]; },\n"
                           "{ role = \"host\"; alternates = [ \"aarhus\", \"odense\" ]; }"));

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2020, 2023);

  g_autofree char *secretariat = list_holders (plan, "secretariat");
  g_autofree char *host = list_holders (plan, "host");
  g_assert_cmpstr (secretariat, ==, "odense+aarhus odense+aarhus odense+aarhus");
  g_assert_cmpstr (host, ==, "aarhus odense aarhus");
  g_assert_cmpstr (get_reason (plan, "2021", "secretariat")->text, ==, "shared by Odense, Aarhus");
  g_assert_cmpstr (get_reason (plan, "2021", "secretariat")->source, ==, "c0.conf:3");
}

static void
test_terms (void)
{
  g_autoptr (TnRulebook) rulebook
      = agreed_read (WITH ("{ role = \"chair\"; terms = ( "
                           "{ from = \"2022\"; to = \"2025\"; council = \"aarhus\"; }, "
                           "{ from = \"2018\"; to = \"2021\"; council = \"randers\"; } ); }"));

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2020, 2027);

  g_autofree char *chair = list_holders (plan, "chair");
  g_assert_cmpstr (chair, ==, "randers randers aarhus aarhus aarhus aarhus ");
  g_assert_cmpstr (get_reason (plan, "2021", "chair")->text, ==,
                   "Randers has it for the period from 2018-01-01");
  g_assert_cmpstr (get_reason (plan, "2026", "chair")->text, ==,
                   "nobody: no term of the charter holds on 2026-01-01");
}

static TnPlan *
plan_terms (const TnRulebook *rulebook, const char *const sets[][3], guint n)
{
  g_autoptr (GPtrArray) decisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  for (guint i = 0; i < n; i++)
    {
      TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
      draft.kind = TN_DECISION_SET;
      draft.on = tn_date_new (2020, 6, 1);
      draft.collaboration = "c";
      draft.series = "m";
      draft.cycle = sets[i][0];
      draft.council = sets[i][1];
      draft.value = sets[i][2];
      draft.source = "command anna";
      g_ptr_array_add (decisions, tn_decision_new (&draft));
    }
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  return tn_planner_plan (rulebook, ledger,
                          tn_span_new (tn_date_new (2020, 1, 1), tn_date_new (2027, 1, 1)),
                          tn_date_new (2020, 7, 1));
}

#define TWO_TERMS                                                                                  \
  WITH ("{ role = \"chair\"; terms = ( "                                                           \
        "{ from = \"2020\"; to = \"2023\"; council = \"randers\"; }, "                             \
        "{ from = \"2024\"; to = \"2025\"; council = \"aarhus\"; } ); }")

/* The chair's council resigns in the middle of the period: the next period is not touched. */
static void
test_resigned (void)
{
  static const char *const sets[][3] = { { "2022", "odense", "after" } };
  g_autoptr (TnRulebook) rulebook = agreed_read (TWO_TERMS);

  g_autoptr (TnPlan) plan = plan_terms (rulebook, sets, 1);

  g_autofree char *chair = list_holders (plan, "chair");
  g_assert_cmpstr (chair, ==, "randers randers odense odense aarhus aarhus ");
  const TnTurn *turn
      = tn_occurrence_find_turn (tn_plan_find (plan, "c", "m", "2023", NULL), "chair");
  const TnReason *named = g_ptr_array_index (turn->reasons, 1);
  g_assert_cmpstr (get_reason (plan, "2023", "chair")->rule, ==, "term");
  g_assert_cmpstr (named->text, ==,
                   "Odense is named from 2022 until the period ends, decided on 2020-06-01 "
                   "(command anna)");
  g_assert_true (g_str_has_prefix (named->source, "ledger "));
}

static void
test_stands_in (void)
{
  static const char *const sets[][3] = { { "2021", "odense", "after" },
                                         { "2022", "aarhus", "unchanged" },
                                         { "2026", "odense", "after" } };
  g_autoptr (TnRulebook) rulebook = agreed_read (TWO_TERMS);

  g_autoptr (TnPlan) plan = plan_terms (rulebook, sets, G_N_ELEMENTS (sets));

  /* In 2026 no term runs: who is named has that cycle. */
  g_autofree char *chair = list_holders (plan, "chair");
  g_assert_cmpstr (chair, ==, "randers odense aarhus odense aarhus aarhus odense");
}

/* Named out of turn: Randers 2021, Odense 2022, Aarhus 2023, Randers 2024. Who is next rests if it
 * had one of the last two. */
static void
test_rest (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (
      WITH ("{ role = \"host\"; rotation = [ \"randers\", \"aarhus\", \"odense\" ]; rest = 1; }"));
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_SET;
  draft.on = tn_date_new (2020, 6, 1);
  draft.collaboration = "c";
  draft.series = "m";
  draft.cycle = "2021";
  draft.council = "randers";
  draft.value = "after";
  g_autoptr (GPtrArray) decisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  g_ptr_array_add (decisions, tn_decision_new (&draft));
  draft.cycle = "2022";
  draft.council = "odense";
  g_ptr_array_add (decisions, tn_decision_new (&draft));
  draft.cycle = "2023";
  draft.council = "aarhus";
  g_ptr_array_add (decisions, tn_decision_new (&draft));
  draft.cycle = "2024";
  draft.council = "randers";
  g_ptr_array_add (decisions, tn_decision_new (&draft));
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  TnRoleRule *host = g_ptr_array_index (
      ((TnSeries *) g_ptr_array_index (
           ((TnCollaboration *) g_ptr_array_index (rulebook->collaborations, 0))->series, 0))
          ->roles,
      0);
  TnSpan span = tn_span_new (tn_date_new (2024, 1, 1), tn_date_new (2027, 1, 1));

  g_autoptr (TnPlan) rested = tn_planner_plan (rulebook, ledger, span, tn_date_new (2020, 7, 1));
  host->rest = 2;
  g_autoptr (TnPlan) longer = tn_planner_plan (rulebook, ledger, span, tn_date_new (2020, 7, 1));

  /* After Randers comes Aarhus, which had 2023. */
  g_autofree char *one = list_holders (rested, "host");
  g_autofree char *two = list_holders (longer, "host");
  g_assert_cmpstr (one, ==, "randers aarhus odense");
  g_assert_cmpstr (two, ==, "randers odense aarhus");
  g_assert_cmpstr (get_reason (longer, "2025", "host")->rule, ==, "rest");
  g_assert_cmpstr (get_reason (longer, "2025", "host")->text, ==,
                   "passed over: Aarhus, which rests 2 cycles after its turn");
}

static void
test_refused (void)
{
  assert_refused (WITH ("{ role = \"chair\"; terms = ( { from = \"2018\"; to = \"2022\"; council = "
                        "\"odense\"; }, { from = \"2022\"; council = \"aarhus\"; } ); }"),
                  "two terms of 'chair' overlap, that of 'odense' (line 3) and that of 'aarhus'");
  assert_refused (WITH ("{ role = \"chair\"; terms = ( { from = \"2022\"; to = \"2021\"; council = "
                        "\"odense\"; } ); }"),
                  "a term ends before it begins");
  assert_refused (WITH ("{ role = \"host\"; rotation = [ \"odense\", \"aarhus\" ]; rest = 2; }"),
                  "rest = 2 leaves nobody in a ring of 2, expected at most 1");
  assert_refused (WITH ("{ role = \"host\"; councils = [ \"odense\" ]; rest = 2; }"),
                  "rest stands without rotation");
  assert_refused (WITH ("{ role = \"host\"; councils = [ \"odense\" ]; council = \"aarhus\"; }"),
                  "says several things");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/golden/roles/two-share-one-and-two-take-turns", test_shared_and_alternating);
  g_test_add_func ("/golden/roles/a-term-lasts-for-its-period", test_terms);
  g_test_add_func ("/golden/roles/who-resigns-is-followed-until-the-term-ends", test_resigned);
  g_test_add_func ("/golden/roles/who-stands-in-does-so-once", test_stands_in);
  g_test_add_func ("/golden/roles/whoever-had-a-turn-rests", test_rest);
  g_test_add_func ("/golden/roles/contradictions-are-refused", test_refused);
  return g_test_run ();
}
