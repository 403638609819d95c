/* daemon/store/rows.h — the records of one table, as rows of turnus.db */
#pragma once

#include "store/statement.h"
#include "store/table.h"

G_BEGIN_DECLS

typedef struct _TnRows TnRows;

TnRows *tn_rows_new (TnDatabase *database, const TnTable *table, gboolean keeps_first,
                     const char *selection, GError **error);
void tn_rows_free (TnRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnRows, tn_rows_free)

gboolean tn_rows_put (TnRows *rows, gconstpointer record, gboolean *ret_added, GError **error);
gboolean tn_rows_drop (TnRows *rows, gconstpointer record, GError **error);
gboolean tn_rows_clear (TnRows *rows, GError **error);
/* Is given each record, transfer full. */
typedef void (*TnRowsTake) (gpointer record, gpointer user_data);

gboolean tn_rows_take (TnRows *rows, const char *text, gint64 most, TnRowsTake take,
                       gpointer user_data, GError **error);
gboolean tn_rows_find (TnRows *rows, gconstpointer key, gpointer *ret_record, GError **error);
GPtrArray *tn_rows_load (TnRows *rows, const char *text, gint64 most, GError **error);

G_END_DECLS
