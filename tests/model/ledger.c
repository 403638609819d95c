/* The ledger: which of many decisions holds, however they arrived. */
#include "model/ledger.h"

static TnDecision *
decide (TnDecisionKind kind, int on_day, const char *cycle, const char *value, const char *replaces)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = kind;
  draft.on = tn_date_new (2026, 11, on_day);
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = cycle;
  draft.value = value;
  draft.replaces = replaces;
  return tn_decision_new (&draft);
}

static TnLedger *
ledger_of (TnDecision *first, ...)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new ();
  va_list args;
  va_start (args, first);
  for (TnDecision *decision = first; decision != NULL; decision = va_arg (args, TnDecision *))
    g_ptr_array_add (decisions, decision);
  va_end (args);
  return tn_ledger_new (decisions);
}

static const char *
find_date (const TnLedger *ledger, const char *cycle)
{
  const TnDecision *decision
      = tn_ledger_find (ledger, TN_DECISION_DATE, "7by", "studietur", cycle, NULL, NULL);
  return decision != NULL ? decision->value : NULL;
}

static void
test_latest_holds (void)
{
  g_autoptr (TnDecision) early = decide (TN_DECISION_DATE, 1, "2027", "2027-05-11", NULL);
  g_autoptr (TnDecision) late = decide (TN_DECISION_DATE, 2, "2027", "2027-05-18", NULL);

  g_autoptr (TnLedger) ledger = ledger_of (late, early, NULL);

  g_assert_cmpstr (find_date (ledger, "2027"), ==, "2027-05-18");
  g_assert_null (find_date (ledger, "2028"));
  g_assert_true (tn_ledger_is_in_force (ledger, late));
  g_assert_false (tn_ledger_is_in_force (ledger, early));
}

static void
test_arrival (void)
{
  GPtrArray *decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  for (int day = 1; day <= 20; day++)
    {
      g_autofree char *value = g_strdup_printf ("2027-05-%02d", day);
      g_ptr_array_add (decisions, decide (TN_DECISION_DATE, day % 3 + 1, "2027", value, NULL));
    }
  g_autoptr (TnLedger) first = tn_ledger_new (decisions);

  for (guint round = 0; round < 50; round++)
    {
      for (guint i = decisions->len; i > 1; i--)
        {
          gint32 j = g_test_rand_int_range (0, (gint32) i);
          gpointer swapped = decisions->pdata[i - 1];
          decisions->pdata[i - 1] = decisions->pdata[j];
          decisions->pdata[j] = swapped;
        }
      g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);

      g_assert_cmpstr (find_date (ledger, "2027"), ==, find_date (first, "2027"));
      for (guint i = 0; i < tn_ledger_get_size (ledger); i++)
        g_assert_cmpstr (tn_ledger_get (ledger, i)->id, ==, tn_ledger_get (first, i)->id);
    }
  g_ptr_array_unref (decisions);
}

static void
test_repeated (void)
{
  g_autoptr (TnDecision) decision = decide (TN_DECISION_DATE, 1, "2027", "2027-05-11", NULL);
  g_autoptr (TnDecision) twin = decide (TN_DECISION_DATE, 1, "2027", "2027-05-11", NULL);

  g_autoptr (TnLedger) ledger = ledger_of (decision, twin, decision, NULL);

  g_assert_cmpuint (tn_ledger_get_size (ledger), ==, 1);
}

/* No clock decides: an edit that knew another one replaces it, even with an earlier date. */
static void
test_replaces (void)
{
  g_autoptr (TnDecision) known = decide (TN_DECISION_DATE, 9, "2027", "2027-05-11", NULL);
  g_autoptr (TnDecision) newer = decide (TN_DECISION_DATE, 2, "2027", "2027-05-18", known->id);

  g_autoptr (TnLedger) ledger = ledger_of (known, newer, NULL);

  g_assert_cmpstr (find_date (ledger, "2027"), ==, "2027-05-18");
  g_assert_false (tn_ledger_is_in_force (ledger, known));
  g_assert_true (tn_ledger_is_in_force (ledger, newer));
}

static void
test_chain (void)
{
  g_autoptr (TnDecision) first = decide (TN_DECISION_DATE, 9, "2027", "2027-05-11", NULL);
  g_autoptr (TnDecision) second = decide (TN_DECISION_DATE, 8, "2027", "2027-05-18", first->id);
  g_autoptr (TnDecision) third = decide (TN_DECISION_DATE, 1, "2027", "2027-05-25", second->id);

  g_autoptr (TnLedger) whole = ledger_of (first, second, third, NULL);
  g_autoptr (TnLedger) without_second = ledger_of (third, first, NULL);

  g_assert_cmpstr (find_date (whole, "2027"), ==, "2027-05-25");
  g_assert_cmpstr (find_date (without_second, "2027"), ==, "2027-05-11");
}

static void
test_replaces_other_subject (void)
{
  g_autoptr (TnDecision) date = decide (TN_DECISION_DATE, 1, "2027", "2027-05-11", NULL);
  g_autoptr (TnDecision) cancel = decide (TN_DECISION_CANCEL, 2, "2027", "yes", date->id);

  g_autoptr (TnLedger) ledger = ledger_of (date, cancel, NULL);

  g_assert_cmpstr (find_date (ledger, "2027"), ==, "2027-05-11");
}

static void
test_site_and_milestone (void)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_DONE;
  draft.on = tn_date_new (2026, 11, 1);
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.milestone = "program";
  draft.site = "syd";
  draft.value = "yes";
  g_autoptr (TnDecision) done = tn_decision_new (&draft);

  g_autoptr (TnLedger) ledger = ledger_of (done, NULL);

  const char *c = "7by";
  const char *s = "studietur";
  TnDecisionKind kind = TN_DECISION_DONE;
  g_assert_nonnull (tn_ledger_find (ledger, kind, c, s, "2027", "syd", "program"));
  g_assert_null (tn_ledger_find (ledger, kind, c, s, "2027", NULL, "program"));
  g_assert_null (tn_ledger_find (ledger, kind, c, s, "2027", "syd", NULL));
  g_assert_null (tn_ledger_find (ledger, kind, "6by", s, "2027", "syd", "program"));
}

static void
test_with (void)
{
  g_autoptr (TnDecision) old = decide (TN_DECISION_DATE, 1, "2027", "2027-05-11", NULL);
  g_autoptr (TnDecision) new = decide (TN_DECISION_DATE, 2, "2027", "2027-05-18", NULL);
  g_autoptr (TnLedger) before = ledger_of (old, NULL);
  g_autoptr (GPtrArray) more = g_ptr_array_new ();
  g_ptr_array_add (more, new);
  g_ptr_array_add (more, old);

  g_autoptr (TnLedger) after = tn_ledger_with (before, more);

  g_assert_cmpuint (tn_ledger_get_size (before), ==, 1);
  g_assert_cmpuint (tn_ledger_get_size (after), ==, 2);
  g_assert_cmpstr (find_date (before, "2027"), ==, "2027-05-11");
  g_assert_cmpstr (find_date (after, "2027"), ==, "2027-05-18");
  g_assert_true (tn_ledger_find_id (after, new->id) == new);
  g_assert_null (tn_ledger_find_id (before, new->id));
}

static void
test_list_in_order (void)
{
  g_autoptr (TnDecision) first = decide (TN_DECISION_DATE, 1, "2028", "2028-05-11", NULL);
  g_autoptr (TnDecision) second = decide (TN_DECISION_TITLE, 2, NULL, "Studietur", NULL);
  g_autoptr (TnDecision) third = decide (TN_DECISION_DATE, 3, "2027", "2027-05-11", NULL);
  g_autoptr (TnDecision) stale = decide (TN_DECISION_DATE, 2, "2027", "2027-05-18", NULL);
  g_autoptr (TnLedger) ledger = ledger_of (third, stale, first, second, NULL);

  g_autoptr (GPtrArray) list = tn_ledger_list_series (ledger, "7by", "studietur");

  g_assert_cmpuint (list->len, ==, 3);
  g_assert_true (g_ptr_array_index (list, 0) == first);
  g_assert_true (g_ptr_array_index (list, 1) == second);
  g_assert_true (g_ptr_array_index (list, 2) == third);
}

static void
test_list_collaboration (void)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_JOIN;
  draft.on = tn_date_new (2026, 11, 1);
  draft.collaboration = "7by";
  draft.council = "vejle";
  draft.since = tn_date_new (2029, 1, 1);
  g_autoptr (TnDecision) join = tn_decision_new (&draft);
  g_autoptr (TnDecision) date = decide (TN_DECISION_DATE, 1, "2027", "2027-05-11", NULL);
  g_autoptr (TnLedger) ledger = ledger_of (join, date, NULL);

  g_autoptr (GPtrArray) list = tn_ledger_list_series (ledger, "7by", NULL);

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_true (g_ptr_array_index (list, 0) == join);
}

static void
test_empty (void)
{
  g_autoptr (TnLedger) ledger = tn_ledger_new (NULL);
  g_autoptr (GPtrArray) list = tn_ledger_list_series (ledger, "7by", "studietur");

  g_assert_cmpuint (tn_ledger_get_size (ledger), ==, 0);
  g_assert_cmpuint (list->len, ==, 0);
  g_assert_null (find_date (ledger, "2027"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/ledger/latest-of-one-subject-holds", test_latest_holds);
  g_test_add_func ("/model/ledger/order-of-arrival-changes-nothing", test_arrival);
  g_test_add_func ("/model/ledger/a-decision-heard-twice-is-one", test_repeated);
  g_test_add_func ("/model/ledger/one-that-knew-another-replaces-it", test_replaces);
  g_test_add_func ("/model/ledger/replacing-goes-on-down-a-chain", test_chain);
  g_test_add_func ("/model/ledger/other-subjects-are-not-replaced", test_replaces_other_subject);
  g_test_add_func ("/model/ledger/site-and-milestone-are-part-of-the-event",
                   test_site_and_milestone);
  g_test_add_func ("/model/ledger/more-entries-make-another-ledger", test_with);
  g_test_add_func ("/model/ledger/series-lists-what-holds-by-date", test_list_in_order);
  g_test_add_func ("/model/ledger/collaboration-lists-its-own", test_list_collaboration);
  g_test_add_func ("/model/ledger/empty-one-answers-nothing", test_empty);
  return g_test_run ();
}
