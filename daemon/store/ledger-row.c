/* Decisions are kept as the one line that they are hashed by, so that a ledger that was copied,
 * exported or damaged can be checked against the ids alone. */
#include "store/ledger-row.h"

#include "base/error.h"
#include "store/records.h"
#include "store/table.h"

#include <string.h>

static const TnColumn LEDGER_COLUMNS[] = {
  TN_COLUMN (TnLedgerRow, "id", TN_COLUMN_TEXT, id),
  TN_COLUMN (TnLedgerRow, "line", TN_COLUMN_TEXT, line),
};

const TnTable tn_table_ledger = {
  .name = "ledger",
  .record_size = sizeof (TnLedgerRow),
  .n_keys = 1,
  .n_columns = G_N_ELEMENTS (LEDGER_COLUMNS),
  .columns = LEDGER_COLUMNS,
  .free_record = (GDestroyNotify) tn_ledger_row_free,
};

static const TnColumn RULEBOOK_COLUMNS[] = {
  TN_COLUMN (TnRulePlace, "place", TN_COLUMN_NUMBER, place),
  TN_COLUMN (TnRulePlace, "path", TN_COLUMN_TEXT, path),
  TN_COLUMN (TnRulePlace, "text", TN_COLUMN_TEXT, text),
  TN_COLUMN (TnRulePlace, "digest", TN_COLUMN_TEXT, digest),
};

const TnTable tn_table_rulebook = {
  .name = "rulebook",
  .record_size = sizeof (TnRulePlace),
  .n_keys = 1,
  .n_columns = G_N_ELEMENTS (RULEBOOK_COLUMNS),
  .columns = RULEBOOK_COLUMNS,
  .free_record = (GDestroyNotify) tn_rule_place_free,
};

/**
 * tn_ledger_row_new:
 *
 * Returns: (transfer full): what is kept of @decision
 */
TnLedgerRow *
tn_ledger_row_new (const TnDecision *decision)
{
  TnLedgerRow *entry = g_new0 (TnLedgerRow, 1);
  entry->id = g_strdup (decision->id);
  entry->line = tn_decision_to_line (decision);
  return entry;
}

void
tn_ledger_row_free (TnLedgerRow *entry)
{
  tn_table_free_record (&tn_table_ledger, entry);
}

/**
 * tn_ledger_row_to_decision:
 *
 * Errors: %TN_ERROR_PROTOCOL when the line is none, or says something else than the id stands for.
 * Returns: (transfer full) (nullable): the decision
 */
TnDecision *
tn_ledger_row_to_decision (const TnLedgerRow *entry, GError **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (TnDecision) decision = tn_decision_from_line (entry->line, &cause);
  if (decision == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "entry %s of the ledger cannot be read: %s",
                   entry->id, cause->message);
      return NULL;
    }
  if (strcmp (decision->id, entry->id) != 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
                   "entry %s of the ledger is damaged: its content belongs to id %s", entry->id,
                   decision->id);
      return NULL;
    }
  return g_steal_pointer (&decision);
}

static int
compare_decisions (gconstpointer a, gconstpointer b)
{
  return tn_decision_compare (*(TnDecision *const *) a, *(TnDecision *const *) b);
}

/**
 * tn_ledger_row_list_decisions:
 * @entries: (element-type TnLedgerRow): in any order
 *
 * Errors: as tn_ledger_row_to_decision(): one that is damaged fails the whole, for a ledger with a
 * hole gives another plan. Returns: (transfer full) (element-type TnDecision) (nullable): by
 * tn_decision_compare()
 */
GPtrArray *
tn_ledger_row_list_decisions (GPtrArray *entries, GError **error)
{
  g_autoptr (GPtrArray) decisions
      = g_ptr_array_new_full (entries->len, (GDestroyNotify) tn_decision_unref);
  for (guint i = 0; i < entries->len; i++)
    {
      TnDecision *decision = tn_ledger_row_to_decision (g_ptr_array_index (entries, i), error);
      if (decision == NULL)
        return NULL;
      g_ptr_array_add (decisions, decision);
    }
  g_ptr_array_sort (decisions, compare_decisions);
  return g_steal_pointer (&decisions);
}

void
tn_rule_place_free (TnRulePlace *place)
{
  tn_table_free_record (&tn_table_rulebook, place);
}

/**
 * tn_rule_place_list_files:
 * @places: (element-type TnRulePlace): in their order
 * @ret_digest: (out) (transfer full) (nullable) (optional): %NULL when there is no file
 *
 * Returns: (transfer full) (element-type TnSourceFile): the files
 */
GPtrArray *
tn_rule_place_list_files (GPtrArray *places, char **ret_digest)
{
  GPtrArray *files = g_ptr_array_new_full (places->len, (GDestroyNotify) tn_source_file_free);
  for (guint i = 0; i < places->len; i++)
    {
      const TnRulePlace *place = g_ptr_array_index (places, i);
      g_ptr_array_add (files, tn_source_file_new (place->path, place->text));
    }
  if (ret_digest != NULL)
    *ret_digest = places->len > 0
                      ? g_strdup (((TnRulePlace *) g_ptr_array_index (places, 0))->digest)
                      : NULL;
  return files;
}
