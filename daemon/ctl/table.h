/* daemon/ctl/table.h — rows in columns, for people */
#pragma once

#include "model/words.h"

#include <stdio.h>

G_BEGIN_DECLS

typedef struct _TnTable TnTable;

TnTable *tn_table_new (const char *const *headings);
TnTable *tn_table_new_in (TnLanguage language, const char *const *headings);
void tn_table_free (TnTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnTable, tn_table_free)

void tn_table_add (TnTable *table, ...) G_GNUC_NULL_TERMINATED;
void tn_table_keep_whole (TnTable *table, guint column);
void tn_table_let_wrap (TnTable *table, guint column);
void tn_table_let_judge (TnTable *table, guint column);
void tn_table_print (const TnTable *table, FILE *out);

G_END_DECLS
