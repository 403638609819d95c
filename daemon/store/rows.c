/* The statements of a table are made from its columns, once, and each row carries the hash of its
 * record. A row whose content does not give its hash is never used: SQLite overlooks most flipped
 * bits (hazard 88). */
#include "store/rows.h"

#include "base/error.h"
#include "base/log.h"

#include <string.h>

struct _TnRows
{
  const TnTable *table;
  TnDatabase *database;  /* (unowned) */
  TnStatement *put;      /* (owned) */
  TnStatement *drop;     /* (owned) (nullable) when the table has no key */
  TnStatement *clear;    /* (owned) */
  TnStatement *load;     /* (owned) the selection that the table is asked for */
  TnStatement *load_all; /* (owned) */
  TnStatement *find;     /* (owned) (nullable) when the table has no key */
  gboolean is_verified;  /* every row has been read once since the file was opened */
};

/* `"a", "b"`, each with @suffix behind it. */
static char *
join_columns (const TnTable *table, guint n, const char *suffix, const char *separator)
{
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (list, "%s\"%s\"%s", i > 0 ? separator : "", table->columns[i].name,
                            suffix);
  return g_string_free (list, FALSE);
}

static char *
make_put (const TnTable *table, gboolean keeps_first)
{
  g_autofree char *columns = join_columns (table, table->n_columns, "", ", ");
  GString *sql = g_string_new (NULL);
  g_string_append_printf (sql, "INSERT %sINTO %s (%s, hash) VALUES (?",
                          keeps_first || table->n_keys == 0 ? "" : "OR REPLACE ", table->name,
                          columns);
  for (guint i = 0; i < table->n_columns; i++)
    g_string_append (sql, ", ?");
  g_string_append (sql, keeps_first ? ") ON CONFLICT DO NOTHING" : ")");
  return g_string_free (sql, FALSE);
}

static char *
make_load (const TnTable *table, const char *selection)
{
  g_autofree char *columns = join_columns (table, table->n_columns, "", ", ");
  return g_strdup_printf ("SELECT %s, hash%s FROM %s %s", columns,
                          table->n_keys == 0 ? ", seq" : "", table->name, selection);
}

/**
 * tn_rows_new:
 * @keeps_first: a second record with the same key is passed over; otherwise it replaces the first
 * @selection: what tn_rows_load() selects: SQL that follows the table's name
 *
 * Errors: %TN_ERROR_FAILED or %TN_ERROR_PROTOCOL when @database has no such table.
 * Returns: (transfer full) (nullable): the rows of @table
 */
TnRows *
tn_rows_new (TnDatabase *database, const TnTable *table, gboolean keeps_first,
             const char *selection, GError **error)
{
  g_autoptr (TnRows) rows = g_new0 (TnRows, 1);
  g_autofree char *put = make_put (table, keeps_first);
  g_autofree char *keys = join_columns (table, table->n_keys, " = ?", " AND ");
  g_autofree char *drop = g_strdup_printf ("DELETE FROM %s WHERE %s", table->name, keys);
  g_autofree char *clear = g_strdup_printf ("DELETE FROM %s", table->name);
  g_autofree char *load = make_load (table, selection);
  g_autofree char *load_all = make_load (table, "");
  g_autofree char *by_key = g_strdup_printf ("WHERE %s", keys);
  g_autofree char *find = make_load (table, by_key);
  rows->table = table;
  rows->database = database;
  if ((rows->put = tn_statement_new (database, put, error)) == NULL
      || (table->n_keys > 0 && (rows->drop = tn_statement_new (database, drop, error)) == NULL)
      || (table->n_keys > 0 && (rows->find = tn_statement_new (database, find, error)) == NULL)
      || (rows->clear = tn_statement_new (database, clear, error)) == NULL
      || (rows->load = tn_statement_new (database, load, error)) == NULL
      || (rows->load_all = tn_statement_new (database, load_all, error)) == NULL)
    return NULL;
  return g_steal_pointer (&rows);
}

void
tn_rows_free (TnRows *rows)
{
  if (rows == NULL)
    return;
  tn_statement_free (rows->put);
  tn_statement_free (rows->drop);
  tn_statement_free (rows->clear);
  tn_statement_free (rows->load);
  tn_statement_free (rows->load_all);
  tn_statement_free (rows->find);
  g_free (rows);
}

/* Texts are borrowed: the statement is carried out and unbound before they can go. */
static int
bind_text (TnStatement *statement, int place, const char *text)
{
  if (text == NULL)
    return sqlite3_bind_null (statement, place);
  return sqlite3_bind_text64 (statement, place, text, strlen (text), SQLITE_STATIC, SQLITE_UTF8);
}

static int
bind_columns (TnRows *rows, TnStatement *statement, gconstpointer record, guint n)
{
  int code = SQLITE_OK;
  for (guint i = 0; i < n && code == SQLITE_OK; i++)
    if (rows->table->columns[i].type == TN_COLUMN_TEXT)
      code = bind_text (statement, (int) i + 1, tn_table_get_text (rows->table, record, i));
    else
      code = sqlite3_bind_int64 (statement, (int) i + 1,
                                 tn_table_get_number (rows->table, record, i));
  return code;
}

static gboolean
carry_out (TnRows *rows, TnStatement *statement, int bound, GError **error)
{
  gboolean has_row = FALSE;
  gboolean done = bound == SQLITE_OK;
  if (done)
    done = tn_statement_step (statement, &has_row, error);
  else
    tn_statement_set_error (rows->database, bound, NULL, error);
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return done;
}

/**
 * tn_rows_put:
 * @ret_added: (out): %FALSE when the table kept the one it had
 *
 * Errors: %TN_ERROR_INVALID when the record cannot be kept; otherwise what SQLite says.
 * Returns: %TRUE when the table has a record of that key
 */
gboolean
tn_rows_put (TnRows *rows, gconstpointer record, gboolean *ret_added, GError **error)
{
  if (!tn_table_check_record (rows->table, record, error))
    return FALSE;
  g_autofree char *hash = tn_table_dup_hash (rows->table, record);
  int bound = bind_columns (rows, rows->put, record, rows->table->n_columns);
  if (bound == SQLITE_OK)
    bound = bind_text (rows->put, (int) rows->table->n_columns + 1, hash);
  if (!carry_out (rows, rows->put, bound, error))
    return FALSE;
  *ret_added = sqlite3_changes (rows->database) > 0;
  return TRUE;
}

/**
 * tn_rows_drop:
 * @record: one whose key is set
 *
 * Returns: %TRUE when there is no record of that key any more
 */
gboolean
tn_rows_drop (TnRows *rows, gconstpointer record, GError **error)
{
  g_assert (rows->drop != NULL);
  if (!tn_table_check_record (rows->table, record, error))
    return FALSE;
  int bound = bind_columns (rows, rows->drop, record, rows->table->n_keys);
  return carry_out (rows, rows->drop, bound, error);
}

gboolean
tn_rows_clear (TnRows *rows, GError **error)
{
  return carry_out (rows, rows->clear, SQLITE_OK, error);
}

/* A text that ends before its length has a NUL in it, and none that we wrote has. */
static gboolean
read_text (TnStatement *statement, int place, char **ret_text)
{
  const char *text = (const char *) sqlite3_column_text (statement, place);
  if (text != NULL && strlen (text) != (gsize) sqlite3_column_bytes (statement, place))
    return FALSE;
  *ret_text = g_strdup (text);
  return TRUE;
}

static gboolean
read_columns (const TnTable *table, TnStatement *statement, gpointer record)
{
  gboolean good = TRUE;
  for (guint i = 0; i < table->n_columns; i++)
    if (table->columns[i].type == TN_COLUMN_TEXT)
      good &= read_text (statement, (int) i, G_STRUCT_MEMBER_P (record, table->columns[i].offset));
    else
      good &= tn_table_set_number (table, record, i, sqlite3_column_int64 (statement, (int) i));
  return good;
}

static void
set_damaged (const TnTable *table, TnStatement *statement, gconstpointer record, GError **error)
{
  g_autofree char *key = table->n_keys > 0
                             ? tn_table_dup_key (table, record)
                             : g_strdup_printf ("number %" G_GINT64_FORMAT,
                                                (gint64) sqlite3_column_int64 (
                                                    statement, (int) table->n_columns + 1));
  g_autofree char *letters = g_utf8_make_valid (key, -1);
  g_autofree char *safe = tn_log_make_safe (letters);
  g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL,
               "row '%s' of table %s is damaged: its content does not give its hash; "
               "put a backup of turnus.db in its place",
               safe, table->name);
}

static gpointer
read_record (const TnTable *table, TnStatement *statement, GError **error)
{
  gpointer record = g_malloc0 (table->record_size);
  gboolean good = read_columns (table, statement, record);
  g_autofree char *hash = tn_table_dup_hash (table, record);
  const char *kept = (const char *) sqlite3_column_text (statement, (int) table->n_columns);
  if (good && g_strcmp0 (hash, kept) == 0)
    return record;
  set_damaged (table, statement, record, error);
  tn_table_free_record (table, record);
  return NULL;
}

/* Checks every row that @statement gives, and hands it to @take if that is not NULL. */
static gboolean
read_all (const TnTable *table, TnStatement *statement, TnRowsTake take, gpointer user_data,
          GError **error)
{
  gboolean has_row = FALSE;
  gboolean good = tn_statement_step (statement, &has_row, error);
  while (good && has_row)
    {
      gpointer record = read_record (table, statement, error);
      good = record != NULL;
      if (take != NULL && good)
        take (record, user_data);
      else
        tn_table_free_record (table, record);
      if (good)
        good = tn_statement_step (statement, &has_row, error);
    }
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  return good;
}

/* The first look at a table with keys checks all its rows: a flipped bit in a key would move a row
 * out of every selection, and nobody would miss it. */
static gboolean
verify (TnRows *rows, GError **error)
{
  if (!rows->is_verified && rows->table->n_keys > 0)
    rows->is_verified = read_all (rows->table, rows->load_all, NULL, NULL, error);
  return rows->is_verified || rows->table->n_keys == 0;
}

/**
 * tn_rows_take:
 * @text: (nullable): first parameter of the selection, if it has one
 * @most: second parameter of the selection, if it has one
 * @take: is given one record after the other
 *
 * Errors: %TN_ERROR_PROTOCOL when a row of the table is damaged; table and row are named.
 * Returns: %TRUE when all records selected were given
 */
gboolean
tn_rows_take (TnRows *rows, const char *text, gint64 most, TnRowsTake take, gpointer user_data,
              GError **error)
{
  if (!verify (rows, error))
    return FALSE;
  int n = sqlite3_bind_parameter_count (rows->load);
  int code = n > 0 ? bind_text (rows->load, 1, text) : SQLITE_OK;
  if (code == SQLITE_OK && n > 1)
    code = sqlite3_bind_int64 (rows->load, 2, most);
  if (code == SQLITE_OK)
    return read_all (rows->table, rows->load, take, user_data, error);
  tn_statement_set_error (rows->database, code, NULL, error);
  return FALSE;
}

static void
take_one (gpointer record, gpointer user_data)
{
  *(gpointer *) user_data = record;
}

/**
 * tn_rows_find:
 * @key: a record whose key is set
 * @ret_record: (out) (nullable): the one that has it, %NULL when none has
 *
 * Errors: as tn_rows_take().
 */
gboolean
tn_rows_find (TnRows *rows, gconstpointer key, gpointer *ret_record, GError **error)
{
  g_assert (rows->find != NULL);
  if (!verify (rows, error))
    return FALSE;
  int code = bind_columns (rows, rows->find, key, rows->table->n_keys);
  *ret_record = NULL;
  if (code == SQLITE_OK)
    return read_all (rows->table, rows->find, take_one, ret_record, error);
  tn_statement_set_error (rows->database, code, NULL, error);
  return FALSE;
}

static void
take_into (gpointer record, gpointer records)
{
  g_ptr_array_add (records, record);
}

/**
 * tn_rows_load:
 *
 * As tn_rows_take().
 *
 * Returns: (transfer full) (nullable): the records selected
 */
GPtrArray *
tn_rows_load (TnRows *rows, const char *text, gint64 most, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (rows->table->free_record);
  if (!tn_rows_take (rows, text, most, take_into, records, error))
    return NULL;
  return g_steal_pointer (&records);
}
