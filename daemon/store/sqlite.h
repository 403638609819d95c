/* daemon/store/sqlite.h — the store on disk, with the migrations as an argument: for tests */
#pragma once

#include "store/migration.h"
#include "store/store.h"

G_BEGIN_DECLS

TnStore *tn_sqlite_open (const char *folder, const TnMigration *migrations, GError **error);

G_END_DECLS
