/* daemon/store/statement.h — SQLite's statements and what it says when one fails, in our words */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

typedef sqlite3_stmt TnStatement;
typedef sqlite3 TnDatabase;

void tn_statement_free (TnStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnStatement, tn_statement_free)
void tn_database_close (TnDatabase *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnDatabase, tn_database_close)

void tn_statement_set_error (TnDatabase *database, int code, const char *wish, GError **error);
TnStatement *tn_statement_new (TnDatabase *database, const char *sql, GError **error);
gboolean tn_statement_step (TnStatement *statement, gboolean *ret_row, GError **error);
gboolean tn_statement_run (TnDatabase *database, const char *sql, GError **error);
gboolean tn_statement_query_number (TnDatabase *database, const char *sql, gint64 *ret_number,
                                    GError **error);
gboolean tn_statement_is_unsure (TnDatabase *database);

G_END_DECLS
