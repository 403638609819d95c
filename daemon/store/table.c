/* One description of each record serves all that is done to it: copying, freeing, hashing, writing
 * and reading it back. A field that is named there cannot be forgotten in one of the five. */
#include "store/table.h"

#include "base/error.h"
#include "base/text.h"

#include <string.h>

/* So long a prefix of SHA-256, in hexadecimal digits: it guards against decay, not against people.
 */
#define HASH_LENGTH 16

const TnTable *
tn_table_get (TnTableName name)
{
  static const TnTable *const tables[TN_N_TABLES]
      = { &tn_table_links,   &tn_table_intents, &tn_table_sightings, &tn_table_proposals,
          &tn_table_ledger,  &tn_table_history, &tn_table_calendars, &tn_table_rulebook,
          &tn_table_guests,  &tn_table_mirrors, &tn_table_slips,     &tn_table_peepholes,
          &tn_table_letters, &tn_table_told };
  return tables[name];
}

static gpointer
get_place (const TnTable *table, gconstpointer record, guint column)
{
  return G_STRUCT_MEMBER_P (record, table->columns[column].offset);
}

/**
 * tn_table_get_text:
 *
 * Returns: (transfer none) (nullable): the text in a column of texts
 */
const char *
tn_table_get_text (const TnTable *table, gconstpointer record, guint column)
{
  g_assert (table->columns[column].type == TN_COLUMN_TEXT);
  return *(char *const *) get_place (table, record, column);
}

/**
 * tn_table_get_number:
 *
 * Returns: the number in a column of numbers
 */
gint64
tn_table_get_number (const TnTable *table, gconstpointer record, guint column)
{
  g_assert (table->columns[column].type != TN_COLUMN_TEXT);
  if (table->columns[column].type == TN_COLUMN_BIG)
    return *(const gint64 *) get_place (table, record, column);
  return *(const gint32 *) get_place (table, record, column);
}

/**
 * tn_table_set_number:
 *
 * Returns: %FALSE, and nothing is set, when @value does not fit the column
 */
gboolean
tn_table_set_number (const TnTable *table, gpointer record, guint column, gint64 value)
{
  const TnColumn *place = &table->columns[column];
  g_assert (place->type != TN_COLUMN_TEXT);
  if (place->limit > 0 && (value < 0 || value >= place->limit))
    return FALSE;
  if (place->type == TN_COLUMN_BIG)
    {
      *(gint64 *) get_place (table, record, column) = value;
      return TRUE;
    }
  if (value < G_MININT32 || value > G_MAXINT32)
    return FALSE;
  *(gint32 *) get_place (table, record, column) = (gint32) value;
  return TRUE;
}

/**
 * tn_table_copy_record:
 *
 * Returns: (transfer full): a copy with texts of its own
 */
gpointer
tn_table_copy_record (const TnTable *table, gconstpointer record)
{
  gpointer copy = g_memdup2 (record, table->record_size);
  for (guint i = 0; i < table->n_columns; i++)
    if (table->columns[i].type == TN_COLUMN_TEXT)
      {
        char **text = get_place (table, copy, i);
        *text = g_strdup (*text);
      }
  return copy;
}

/* Takes the value of one column over. */
static void
copy_column (const TnTable *table, gconstpointer from, gpointer to, guint column)
{
  if (table->columns[column].type == TN_COLUMN_TEXT)
    tn_text_set ((char **) get_place (table, to, column), tn_table_get_text (table, from, column));
  else
    tn_table_set_number (table, to, column, tn_table_get_number (table, from, column));
}

static gboolean
is_same_column (const TnTable *table, gconstpointer a, gconstpointer b, guint column)
{
  if (table->columns[column].type == TN_COLUMN_TEXT)
    return g_strcmp0 (tn_table_get_text (table, a, column), tn_table_get_text (table, b, column))
           == 0;
  return tn_table_get_number (table, a, column) == tn_table_get_number (table, b, column);
}

/**
 * tn_table_merge_records:
 * @base: as it was when work on it began
 * @changed: what the work made of it
 * @stored: what is there by now, for others worked on it meanwhile
 *
 * Returns: (transfer full): as @stored, but for the columns in which @changed differs from @base
 */
gpointer
tn_table_merge_records (const TnTable *table, gconstpointer base, gconstpointer changed,
                        gconstpointer stored)
{
  gpointer merged = tn_table_copy_record (table, stored);
  for (guint i = 0; i < table->n_columns; i++)
    if (!is_same_column (table, base, changed, i))
      copy_column (table, changed, merged, i);
  return merged;
}

void
tn_table_free_record (const TnTable *table, gpointer record)
{
  if (record == NULL)
    return;
  for (guint i = 0; i < table->n_columns; i++)
    if (table->columns[i].type == TN_COLUMN_TEXT)
      g_free (*(char **) get_place (table, record, i));
  g_free (record);
}

/**
 * tn_table_dup_key:
 *
 * The key as one text. Each part is led by its length, so that no two keys read alike whatever
 * letters are in them.
 *
 * Returns: (transfer full): such as `4:egen 9:x@example`
 */
char *
tn_table_dup_key (const TnTable *table, gconstpointer record)
{
  GString *key = g_string_new (NULL);
  for (guint i = 0; i < table->n_keys; i++)
    {
      if (i > 0)
        g_string_append_c (key, ' ');
      if (table->columns[i].type != TN_COLUMN_TEXT)
        {
          g_string_append_printf (key, "%" G_GINT64_FORMAT, tn_table_get_number (table, record, i));
          continue;
        }
      const char *text = tn_table_get_text (table, record, i);
      if (text != NULL)
        g_string_append_printf (key, "%" G_GSIZE_FORMAT ":%s", strlen (text), text);
    }
  return g_string_free (key, FALSE);
}

/**
 * tn_table_check_record:
 *
 * Errors: %TN_ERROR_INVALID when a part of the key is missing, a text is not UTF-8 or a number is
 *   none that the column takes: nobody could read it back.
 * Returns: %TRUE when @record can be stored
 */
gboolean
tn_table_check_record (const TnTable *table, gconstpointer record, GError **error)
{
  for (guint i = 0; i < table->n_columns; i++)
    {
      const TnColumn *column = &table->columns[i];
      const char *problem = NULL;
      if (column->type == TN_COLUMN_TEXT)
        {
          const char *text = tn_table_get_text (table, record, i);
          if (text == NULL)
            problem = i < table->n_keys ? "it is part of the key and missing" : NULL;
          else if (!g_utf8_validate (text, -1, NULL))
            problem = "it is not UTF-8";
        }
      else if (column->limit > 0)
        {
          gint64 number = tn_table_get_number (table, record, i);
          problem = number < 0 || number >= column->limit ? "it is out of range" : NULL;
        }
      if (problem != NULL)
        {
          g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "cannot keep '%s' of %s: %s",
                       column->name, table->name, problem);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * tn_table_dup_hash:
 *
 * Hash of the table's name and of each column that is neither missing nor 0, with its name. What is
 * missing or 0 stays out, so that a column added by a later migration spoils no hash of before.
 *
 * Source: hazard 88: SQLite does not notice flipped bits in what it keeps.
 * Returns: (transfer full): hexadecimal digits
 */
char *
tn_table_dup_hash (const TnTable *table, gconstpointer record)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (sum, (const guchar *) table->name, strlen (table->name) + 1);
  for (guint i = 0; i < table->n_columns; i++)
    {
      char number[32];
      const char *text = number;
      if (table->columns[i].type == TN_COLUMN_TEXT)
        text = tn_table_get_text (table, record, i);
      else if (tn_table_get_number (table, record, i) != 0)
        g_snprintf (number, sizeof number, "%" G_GINT64_FORMAT,
                    tn_table_get_number (table, record, i));
      else
        text = NULL;
      if (text == NULL)
        continue;
      const char *name = table->columns[i].name;
      g_checksum_update (sum, (const guchar *) name, strlen (name) + 1);
      g_checksum_update (sum, (const guchar *) text, strlen (text) + 1);
    }
  return g_strndup (g_checksum_get_string (sum), HASH_LENGTH);
}

/**
 * tn_table_compare_keys:
 *
 * Texts are compared byte by byte, as SQLite's BINARY collation does: some servers tell items apart
 * by the case of a letter only (hazard 35).
 *
 * Returns: less than, equal to or greater than 0
 */
int
tn_table_compare_keys (const TnTable *table, gconstpointer a, gconstpointer b)
{
  int order = 0;
  for (guint i = 0; i < table->n_keys && order == 0; i++)
    if (table->columns[i].type == TN_COLUMN_TEXT)
      order = g_strcmp0 (tn_table_get_text (table, a, i), tn_table_get_text (table, b, i));
    else
      {
        gint64 left = tn_table_get_number (table, a, i);
        gint64 right = tn_table_get_number (table, b, i);
        order = (left > right) - (left < right);
      }
  return order;
}
