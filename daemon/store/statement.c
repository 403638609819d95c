/* Everything that SQLite refuses is told here once: in which of our codes it falls, and what a
 * person can do about it. Texts bound to statements are not in SQLite's messages, so no person's
 * words leak (promise 11). */
#include "store/statement.h"

#include "base/error.h"

void
tn_statement_free (TnStatement *statement)
{
  sqlite3_finalize (statement);
}

void
tn_database_close (TnDatabase *database)
{
  sqlite3_close_v2 (database);
}

static TnError
classify (int code, const char **ret_advice)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
      *ret_advice = "; make room on the disk, it is tried again";
      return TN_ERROR_TEMPORARY;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      *ret_advice = "; check that the state folder can be written, it is tried again";
      return TN_ERROR_TEMPORARY;
    case SQLITE_IOERR:
      *ret_advice = "; check disk and quota, it is tried again";
      return TN_ERROR_TEMPORARY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      *ret_advice = "; another program has turnus.db open, close it";
      return TN_ERROR_TEMPORARY;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      *ret_advice = "; turnus.db is damaged, put a backup in its place";
      return TN_ERROR_PROTOCOL;
    case SQLITE_TOOBIG:
      *ret_advice = "";
      return TN_ERROR_LIMIT;
    default:
      *ret_advice = "";
      return TN_ERROR_FAILED;
    }
}

/**
 * tn_statement_set_error:
 * @code: what SQLite answered
 * @wish: (nullable): what was tried, such as `cannot open turnus.db`
 *
 * Errors: %TN_ERROR_TEMPORARY for disk full, read-only, busy and failing I/O, %TN_ERROR_PROTOCOL
 * for a damaged file, %TN_ERROR_LIMIT for too big a text, %TN_ERROR_FAILED otherwise.
 */
void
tn_statement_set_error (TnDatabase *database, int code, const char *wish, GError **error)
{
  const char *advice = NULL;
  TnError kind = classify (code, &advice);
  const char *message = database != NULL ? sqlite3_errmsg (database) : sqlite3_errstr (code);
  g_set_error (error, TN_ERROR, kind, "%s%s%s (%d)%s", wish != NULL ? wish : "",
               wish != NULL ? ": " : "", message, code, advice);
}

/**
 * tn_statement_new:
 *
 * Returns: (transfer full) (nullable): @sql, prepared to be used again and again
 */
TnStatement *
tn_statement_new (TnDatabase *database, const char *sql, GError **error)
{
  TnStatement *statement = NULL;
  int code = sqlite3_prepare_v3 (database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL);
  if (code != SQLITE_OK)
    tn_statement_set_error (database, code, NULL, error);
  return statement;
}

/**
 * tn_statement_step:
 * @ret_row: (out): %TRUE when there is a row to read, %FALSE at the end
 *
 * Returns: %FALSE with @error on failure; the statement is then reset
 */
gboolean
tn_statement_step (TnStatement *statement, gboolean *ret_row, GError **error)
{
  int code = sqlite3_step (statement);
  if (code == SQLITE_ROW || code == SQLITE_DONE)
    {
      *ret_row = code == SQLITE_ROW;
      return TRUE;
    }
  tn_statement_set_error (sqlite3_db_handle (statement), code, NULL, error);
  sqlite3_reset (statement);
  return FALSE;
}

/**
 * tn_statement_run:
 * @sql: statements that give no rows, or none that matter
 *
 * Returns: %TRUE when all have been carried out
 */
gboolean
tn_statement_run (TnDatabase *database, const char *sql, GError **error)
{
  int code = sqlite3_exec (database, sql, NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return TRUE;
  tn_statement_set_error (database, code, NULL, error);
  return FALSE;
}

/**
 * tn_statement_query_number:
 *
 * Returns: %TRUE and the first column of the first row of @sql
 */
gboolean
tn_statement_query_number (TnDatabase *database, const char *sql, gint64 *ret_number,
                           GError **error)
{
  gboolean has_row = FALSE;
  g_autoptr (TnStatement) statement = tn_statement_new (database, sql, error);
  if (statement == NULL || !tn_statement_step (statement, &has_row, error))
    return FALSE;
  *ret_number = has_row ? sqlite3_column_int64 (statement, 0) : 0;
  return TRUE;
}

/**
 * tn_statement_is_unsure:
 *
 * After a failed fsync the kernel may call pages clean that never reached the disk, and the next
 * fsync succeeds without them (hazard 86). Nothing committed through this connection is sure any
 * more.
 *
 * Returns: %TRUE when the last failure of @database was one of fsync
 */
gboolean
tn_statement_is_unsure (TnDatabase *database)
{
  int code = sqlite3_extended_errcode (database);
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}
