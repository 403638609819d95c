/* A backup is a copy of `turnus.db` made by SQLite (hazard 89) and one of `ledger.txt`. Whoever
 * asks for it opens the two files, so the daemon needs no right to write where they are.
 *
 * What is restored is first made a whole state of its own, checked and brought to this program's
 * version as at each start, and then takes the old one's place in one rename. The old one is kept
 * beside it. */
#include "store/backup.h"

#include "base/error.h"
#include "store/folder.h"
#include "store/migration.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define DATABASE "turnus.db"
#define JOURNAL "turnus.db-journal"
#define LEDGER "ledger.txt"

static const char FRESH[] = "restore.new";
static const guint MOST_KEPT = 1000;

static gboolean
fail (const char *wish, const char *path, GError **error)
{
  g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot %s %s: %s", wish, path,
               g_strerror (errno));
  return FALSE;
}

static gboolean
write_all (int fd, const char *bytes, gssize length)
{
  while (length > 0)
    {
      gssize n = write (fd, bytes, (gsize) length);
      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      bytes += n;
      length -= n;
    }
  return TRUE;
}

static gboolean
copy_bytes (int from, int to)
{
  char bytes[64 * 1024];
  gssize n = 0;
  do
    {
      n = read (from, bytes, sizeof bytes);
      if (n > 0 && !write_all (to, bytes, n))
        return FALSE;
    }
  while (n > 0 || (n < 0 && errno == EINTR));
  return n == 0 && fsync (to) == 0;
}

static gboolean
copy_file (const char *path, int to, GError **error)
{
  int from = open (path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
  gboolean done = from >= 0 && copy_bytes (from, to);
  if (!done)
    fail ("back up", path, error);
  if (from >= 0)
    close (from);
  return done;
}

/* A pipe that nobody reads would stop the daemon. */
static gboolean
check_regular (int fd, GError **error)
{
  struct stat status;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "cannot back up into what is no regular file");
  return FALSE;
}

/**
 * tn_backup_write:
 * @folder: of the state that @store is
 * @database: descriptor of an empty file, open for writing
 * @ledger: likewise
 *
 * Errors: %TN_ERROR_INVALID when a descriptor is no regular file, else what the disk says; what the
 * files hold is no backup then.
 */
gboolean
tn_backup_write (TnStore *store, const char *folder, int database, int ledger, GError **error)
{
  g_autofree char *copy = g_build_filename (folder, "backup.db", NULL);
  g_autofree char *text = g_build_filename (folder, LEDGER, NULL);
  if (!check_regular (database, error) || !check_regular (ledger, error)
      || !tn_store_backup (store, copy, error))
    return FALSE;
  gboolean done = copy_file (copy, database, error) && copy_file (text, ledger, error);
  g_unlink (copy);
  return done;
}

/* What somebody gave us is only read, and by SQLite, for it may have a journal. */
static gboolean
take_database (const char *from, const char *fresh, GError **error)
{
  g_autoptr (TnDatabase) database = NULL;
  g_autofree char *path = g_build_filename (fresh, DATABASE, NULL);
  int code
      = sqlite3_open_v2 (from, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_PRIVATECACHE, NULL);
  if (code != SQLITE_OK)
    {
      tn_statement_set_error (database, code, NULL, error);
      g_prefix_error (error, "cannot read the backup %s: ", from);
      return FALSE;
    }
  if (tn_migration_copy (database, path, error))
    return TRUE;
  g_prefix_error (error, "cannot read the backup %s: ", from);
  return FALSE;
}

static gboolean
take_ledger (const char *from, const char *fresh, GError **error)
{
  g_autofree char *path = g_build_filename (fresh, LEDGER, NULL);
  if (from == NULL)
    return TRUE;
  int to = open (path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
  if (to < 0)
    return fail ("restore into", path, error);
  gboolean done = copy_file (from, to, error);
  close (to);
  return done;
}

/* Opened as the daemon will open it, and each decision of it read. */
static gboolean
check_state (const char *fresh, const char *from, GError **error)
{
  g_autoptr (TnStore) store = tn_store_open_sqlite (fresh, error);
  g_autoptr (GPtrArray) ledger = store != NULL ? tn_store_load_ledger (store, error) : NULL;
  if (ledger == NULL)
    g_prefix_error (error, "%s is no backup that can be restored: ", from);
  return ledger != NULL;
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  for (const char *name = folder != NULL ? g_dir_read_name (folder) : NULL; name != NULL;
       name = g_dir_read_name (folder))
    {
      g_autofree char *file = g_build_filename (path, name, NULL);
      g_unlink (file);
    }
  g_rmdir (path);
}

/* Returns: (transfer full) (nullable): a new folder beside the state, for the old one */
static char *
make_kept (const char *folder, GError **error)
{
  for (guint i = 1; i <= MOST_KEPT; i++)
    {
      g_autofree char *name = g_strdup_printf ("before-restore-%u", i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_mkdir (path, 0700) == 0)
        return g_steal_pointer (&path);
      if (errno != EEXIST)
        break;
    }
  fail ("keep the old state in", folder, error);
  return NULL;
}

static gboolean
keep (const char *folder, const char *kept, const char *name,
      int (*carry) (const char *from, const char *to), GError **error)
{
  g_autofree char *from = g_build_filename (folder, name, NULL);
  g_autofree char *to = g_build_filename (kept, name, NULL);
  if (carry (from, to) == 0 || errno == ENOENT)
    return TRUE;
  return fail ("keep the old state in", to, error);
}

/* The daemon's user may be another than the one who restores. */
static gboolean
give_to_owner (const char *folder, const char *path, GError **error)
{
  struct stat status;
  if (geteuid () != 0)
    return TRUE;
  if (stat (folder, &status) == 0 && lchown (path, status.st_uid, status.st_gid) == 0)
    return TRUE;
  return fail ("give to the daemon's user", path, error);
}

static gboolean
put_in_place (const char *folder, const char *fresh, const char *name, GError **error)
{
  g_autofree char *from = g_build_filename (fresh, name, NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL);
  if (!give_to_owner (folder, from, error))
    return FALSE;
  return g_rename (from, to) == 0 ? TRUE : fail ("restore", to, error);
}

/* A journal that a crash left belongs to the old database, and goes with it. */
static gboolean
exchange (const char *folder, const char *fresh, const char *kept, GError **error)
{
  return give_to_owner (folder, kept, error) && keep (folder, kept, DATABASE, link, error)
         && keep (folder, kept, LEDGER, link, error)
         && keep (folder, kept, JOURNAL, g_rename, error)
         && put_in_place (folder, fresh, DATABASE, error)
         && put_in_place (folder, fresh, LEDGER, error);
}

/**
 * tn_backup_restore:
 * @folder: of the state; no daemon may use it
 * @database: path of a backup
 * @ledger: (nullable): path of its `ledger.txt`
 * @ret_kept: (out): the folder in which the old state is now
 *
 * Errors: %TN_ERROR_TEMPORARY when a daemon uses the state; %TN_ERROR_INVALID or
 *   %TN_ERROR_PROTOCOL when @database is no sound backup. The old state is then as it was.
 */
gboolean
tn_backup_restore (const char *folder, const char *database, const char *ledger, char **ret_kept,
                   GError **error)
{
  g_autoptr (TnFolder) held = tn_folder_open (folder, error);
  if (held == NULL)
    return FALSE;
  g_autofree char *fresh = tn_folder_dup_path (held, FRESH);
  remove_folder (fresh);
  if (g_mkdir (fresh, 0700) != 0)
    return fail ("restore into", fresh, error);
  g_autofree char *kept = NULL;
  gboolean done = take_database (database, fresh, error) && take_ledger (ledger, fresh, error)
                  && check_state (fresh, database, error)
                  && (kept = make_kept (folder, error)) != NULL
                  && exchange (folder, fresh, kept, error);
  remove_folder (fresh);
  if (done)
    *ret_kept = g_steal_pointer (&kept);
  return done;
}
