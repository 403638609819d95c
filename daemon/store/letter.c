/* Letters and what was told. Both stand in one store, so that a letter and the memory that it was
 * written are committed together: a crash neither loses nor doubles it. */
#include "store/letter.h"

#include "store/table.h"

#define TEXT(record, name, member) TN_COLUMN (record, name, TN_COLUMN_TEXT, member)

static const char *const KINDS[TN_N_LETTERS] = { "digest", "urgent", "ticket", "test" };
static const char *const STATES[] = { "waiting", "underway", "sent", "given up" };

static const TnColumn LETTER_COLUMNS[] = {
  TEXT (TnLetter, "id", id),
  TEXT (TnLetter, "address", address),
  TN_COLUMN_LIMITED (TnLetter, "kind", kind, TN_N_LETTERS),
  TN_COLUMN_LIMITED (TnLetter, "state", state, G_N_ELEMENTS (STATES)),
  TN_COLUMN_LIMITED (TnLetter, "is_unsure", is_unsure, 2),
  TEXT (TnLetter, "subject", subject),
  TEXT (TnLetter, "message", message),
  TN_COLUMN (TnLetter, "written_us", TN_COLUMN_BIG, written_us),
  TN_COLUMN (TnLetter, "next_us", TN_COLUMN_BIG, next_us),
  TN_COLUMN (TnLetter, "settled_us", TN_COLUMN_BIG, settled_us),
  TN_COLUMN (TnLetter, "n_tries", TN_COLUMN_NUMBER, n_tries),
  TEXT (TnLetter, "problem", problem),
};

const TnTable tn_table_letters = {
  .name = "letters",
  .record_size = sizeof (TnLetter),
  .n_keys = 1,
  .n_columns = G_N_ELEMENTS (LETTER_COLUMNS),
  .columns = LETTER_COLUMNS,
  .free_record = (GDestroyNotify) tn_letter_free,
};

static const TnColumn TOLD_COLUMNS[] = {
  TEXT (TnTold, "address", address),
  TEXT (TnTold, "key", key),
  TEXT (TnTold, "value", value),
  TN_COLUMN (TnTold, "at_us", TN_COLUMN_BIG, at_us),
};
#undef TEXT

const TnTable tn_table_told = {
  .name = "told",
  .record_size = sizeof (TnTold),
  .n_keys = 2,
  .n_columns = G_N_ELEMENTS (TOLD_COLUMNS),
  .columns = TOLD_COLUMNS,
  .free_record = (GDestroyNotify) tn_told_free,
};

/**
 * tn_letter_new:
 *
 * Returns: (transfer full): a letter that waits, without any text
 */
TnLetter *
tn_letter_new (const char *id, const char *address, TnLetterKind kind)
{
  g_return_val_if_fail (id != NULL && address != NULL, NULL);
  TnLetter *letter = g_new0 (TnLetter, 1);
  letter->id = g_strdup (id);
  letter->address = g_strdup (address);
  letter->kind = kind;
  letter->subject = g_strdup ("");
  return letter;
}

TnLetter *
tn_letter_copy (const TnLetter *letter)
{
  return tn_table_copy_record (&tn_table_letters, letter);
}

void
tn_letter_free (TnLetter *letter)
{
  tn_table_free_record (&tn_table_letters, letter);
}

const char *
tn_letter_kind_to_string (TnLetterKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (KINDS), NULL);
  return KINDS[kind];
}

const char *
tn_letter_state_to_string (TnLetterState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (STATES), NULL);
  return STATES[state];
}

gboolean
tn_letter_is_settled (const TnLetter *letter)
{
  return letter->state == TN_LETTER_SENT || letter->state == TN_LETTER_GIVEN_UP;
}

/**
 * tn_told_new:
 *
 * Returns: (transfer full)
 */
TnTold *
tn_told_new (const char *address, const char *key, const char *value, gint64 at_us)
{
  g_return_val_if_fail (address != NULL && key != NULL && value != NULL, NULL);
  TnTold *told = g_new0 (TnTold, 1);
  told->address = g_strdup (address);
  told->key = g_strdup (key);
  told->value = g_strdup (value);
  told->at_us = at_us;
  return told;
}

void
tn_told_free (TnTold *told)
{
  tn_table_free_record (&tn_table_told, told);
}
