/* Each migration is one transaction together with the number of the version that it leads to, so a
 * kill leaves the file at one version or the next. Before the first one touches a file with
 * content, a copy is made beside it (design section 10). */
#include "store/migration.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

/* `trns`: tells the file from other programs' databases. */
#define APPLICATION_ID 0x74726e73

static gboolean
fail_system (const char *wish, const char *path, GError **error)
{
  g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot %s %s: %s", wish, path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  int fd = open (path, flags | O_CLOEXEC);
  gboolean done = fd >= 0 && fsync (fd) == 0;
  if (!done)
    fail_system ("write", path, error);
  if (fd >= 0)
    close (fd);
  return done;
}

static gboolean
copy_pages (TnDatabase *database, const char *part, GError **error)
{
  g_autoptr (TnDatabase) copy = NULL;
  int code = sqlite3_open_v2 (part, &copy, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW, NULL);
  sqlite3_backup *backup = NULL;
  if (code == SQLITE_OK)
    backup = sqlite3_backup_init (copy, "main", database, "main");
  if (backup != NULL)
    {
      sqlite3_backup_step (backup, -1);
      code = sqlite3_backup_finish (backup);
    }
  if (backup != NULL && code == SQLITE_OK)
    return TRUE;
  tn_statement_set_error (copy, code, NULL, error);
  return FALSE;
}

/**
 * tn_migration_copy:
 * @path: of the copy
 *
 * The copy is made under another name and renamed when it is whole, so @path never names half of
 * one.
 *
 * Source: hazard 89: an open database is copied by SQLite, never by cp.
 * Returns: %TRUE when @path is a copy of @database that outlives a power cut
 */
gboolean
tn_migration_copy (TnDatabase *database, const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_unlink (part);
  /* Made here, for SQLite would make it readable for all. */
  int fd = open (part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail_system ("copy the state to", path, error);
  close (fd);
  if (!copy_pages (database, part, error))
    {
      g_prefix_error (error, "cannot copy the state to %s: ", path);
      g_unlink (part);
      return FALSE;
    }
  if (!sync_path (part, O_RDWR, error))
    return FALSE;
  if (g_rename (part, path) != 0)
    return fail_system ("copy the state to", path, error);
  return sync_path (folder, O_RDONLY | O_DIRECTORY, error);
}

/* An empty file is ours; one with tables is if it says so. */
static gboolean
check_owner (TnDatabase *database, GError **error)
{
  gint64 id = 0;
  gint64 n_tables = 0;
  if (!tn_statement_query_number (database, "PRAGMA application_id", &id, error)
      || !tn_statement_query_number (database, "SELECT count(*) FROM sqlite_schema", &n_tables,
                                     error))
    return FALSE;
  if (id == APPLICATION_ID || (id == 0 && n_tables == 0))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "it belongs to another program (application id %" G_GINT64_FORMAT
               "); name another state folder in the settings",
               id);
  return FALSE;
}

static gboolean
run_one (TnDatabase *database, const TnMigration *migration, guint version, GError **error)
{
  g_autofree char *marks = g_strdup_printf ("PRAGMA user_version = %u;"
                                            "PRAGMA application_id = %d;",
                                            version, APPLICATION_ID);
  if (!tn_statement_run (database, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (tn_statement_run (database, migration->sql, error)
      && tn_statement_run (database, marks, error) && tn_statement_run (database, "COMMIT", error))
    return TRUE;
  if (sqlite3_get_autocommit (database) == 0)
    tn_statement_run (database, "ROLLBACK", NULL);
  g_prefix_error (error, "migration %s failed: ", migration->name);
  return FALSE;
}

/**
 * tn_migration_run:
 * @path: of the file, for the names of copies
 * @migrations: (array zero-terminated=1)
 *
 * Brings @database to the newest version of @migrations. A file with content is first copied to
 * `<path>.before-<N>`, where N is the version that the next migration leads to.
 *
 * Errors: %TN_ERROR_INVALID when the file is of another program or of a newer turnus; otherwise
 * what SQLite says. The file is then at a version between the old and the new, and whole. Returns:
 * %TRUE when it is at the newest version
 */
gboolean
tn_migration_run (TnDatabase *database, const char *path, const TnMigration *migrations,
                  GError **error)
{
  gint64 version = 0;
  guint newest = 0;
  while (migrations[newest].name != NULL)
    newest++;
  if (!check_owner (database, error)
      || !tn_statement_query_number (database, "PRAGMA user_version", &version, error))
    return FALSE;
  if (version < 0 || version > newest)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "it was written by a newer turnus (version %" G_GINT64_FORMAT
                   ", this program knows %u); update turnus, or put %s.before-* in its place",
                   version, newest, path);
      return FALSE;
    }
  if (version > 0 && version < newest)
    {
      g_autofree char *copy = g_strdup_printf ("%s.before-%u", path, (guint) version + 1);
      if (!tn_migration_copy (database, copy, error))
        return FALSE;
    }
  for (guint next = (guint) version; next < newest; next++)
    if (!run_one (database, &migrations[next], next + 1, error))
      return FALSE;
  return TRUE;
}
