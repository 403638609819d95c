/* daemon/store/migration.h — from one version of turnus.db to the next */
#pragma once

#include "store/statement.h"

G_BEGIN_DECLS

/* The first brings version 0, an empty file, to version 1, and so on. */
typedef struct
{
  const char *name; /* `0001-initial`; NULL ends a list */
  const char *sql;
} TnMigration;

/* All of this program, made from migrations/ at build time: a program that looked for them on disk
 * could find those of another version. */
extern const TnMigration tn_migrations[];

gboolean tn_migration_run (TnDatabase *database, const char *path, const TnMigration *migrations,
                           GError **error);
gboolean tn_migration_copy (TnDatabase *database, const char *path, GError **error);

G_END_DECLS
