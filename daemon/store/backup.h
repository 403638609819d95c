/* daemon/store/backup.h — the state as two files of somebody's, and back */
#pragma once

#include "store/store.h"

G_BEGIN_DECLS

gboolean tn_backup_write (TnStore *store, const char *folder, int database, int ledger,
                          GError **error);
gboolean tn_backup_restore (const char *folder, const char *database, const char *ledger,
                            char **ret_kept, GError **error);

G_END_DECLS
