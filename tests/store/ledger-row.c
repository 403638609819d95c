/* Entries: a decision is read back only if its content gives its id. */
#include "store/ledger-row.h"

#include "base/error.h"

#include <string.h>

static TnDecision *
decide (const char *value)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_THEME;
  draft.on = tn_date_new (2026, 1, 2);
  draft.collaboration = "7by";
  draft.series = "erfa";
  draft.cycle = "2027";
  draft.value = value;
  return tn_decision_new (&draft);
}

static void
test_entry_gives_its_decision (void)
{
  g_autoptr (TnDecision) decision = decide ("Ensomhed & fællesskab");
  TnLedgerRow *entry = tn_ledger_row_new (decision);
  g_autoptr (TnDecision) back = tn_ledger_row_to_decision (entry, NULL);
  g_assert_cmpstr (back->id, ==, decision->id);
  g_assert_cmpstr (back->value, ==, "Ensomhed & fællesskab");
  tn_ledger_row_free (entry);
}

static void
test_changed_line_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) one = decide ("one");
  g_autoptr (TnDecision) two = decide ("two");
  TnLedgerRow *entry = tn_ledger_row_new (one);
  g_free (entry->line);
  entry->line = tn_decision_to_line (two);
  g_assert_null (tn_ledger_row_to_decision (entry, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, one->id));
  tn_ledger_row_free (entry);
}

static void
test_line_that_is_none_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) one = decide ("one");
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_ledger_row_free);
  TnLedgerRow *entry = tn_ledger_row_new (one);
  entry->line[0] = '?';
  g_ptr_array_add (entries, entry);
  g_assert_null (tn_ledger_row_list_decisions (entries, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/ledger-row/entry-gives-its-decision", test_entry_gives_its_decision);
  g_test_add_func ("/store/ledger-row/changed-line-is-refused", test_changed_line_is_refused);
  g_test_add_func ("/store/ledger-row/line-that-is-none-is-refused",
                   test_line_that_is_none_is_refused);
  return g_test_run ();
}
