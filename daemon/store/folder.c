/* The state folder: private, on a disk of this machine, and locked as long as it is open. The lock
 * is taken with flock, which the kernel drops with the process, so a kill leaves no stale one; the
 * pid in the file is only for the one who is refused (hazard 39). */
#include "store/folder.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

/* Those that linux/magic.h leaves out: statfs(2). */
#define CIFS_MAGIC 0xFF534D42
#define NCP_MAGIC 0x564C

struct _TnFolder
{
  char *path; /* (owned) */
  int fd;     /* (owned) of the folder */
  int lock;   /* (owned) */
};

/**
 * tn_folder_is_network:
 * @file_system: `f_type` of statfs(2)
 *
 * Source: hazard 89; SQLite, "How To Corrupt An SQLite Database File", 2.1: locks of network file
 *   systems cannot be trusted, nor can their fsync.
 * Returns: %TRUE when it is one of another machine
 */
gboolean
tn_folder_is_network (gint64 file_system)
{
  switch ((guint32) file_system)
    {
    case NFS_SUPER_MAGIC:
    case SMB_SUPER_MAGIC:
    case SMB2_SUPER_MAGIC:
    case CIFS_MAGIC:
    case NCP_MAGIC:
    case AFS_SUPER_MAGIC:
    case AFS_FS_MAGIC:
    case CODA_SUPER_MAGIC:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
fail (const char *path, TnError code, const char *advice, GError **error)
{
  g_set_error (error, TN_ERROR, code, "cannot use the state folder %s: %s%s", path,
               g_strerror (errno), advice);
  return FALSE;
}

static gboolean
open_directory (TnFolder *folder, GError **error)
{
  struct statfs file_system;
  if (g_mkdir_with_parents (folder->path, 0700) != 0)
    return fail (folder->path, TN_ERROR_FAILED, "; name another in the settings (state = …)",
                 error);
  folder->fd = open (folder->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder->fd < 0 || fstatfs (folder->fd, &file_system) != 0)
    return fail (folder->path, TN_ERROR_FAILED, "; name another in the settings (state = …)",
                 error);
  if (!tn_folder_is_network (file_system.f_type))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "cannot use the state folder %s: it is on a network file system, where locks cannot "
               "be trusted; name one on a disk of this machine in the settings (state = …)",
               folder->path);
  return FALSE;
}

static void
set_taken (const TnFolder *folder, GError **error)
{
  char pid[16] = "";
  gssize n = pread (folder->lock, pid, sizeof pid - 1, 0);
  pid[MAX (n, 0)] = '\0';
  long number = strtol (pid, NULL, 10);
  g_autofree char *who = number > 0 ? g_strdup_printf ("another turnusd (pid %ld)", number)
                                    : g_strdup ("another turnusd");
  g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY,
               "cannot use the state folder %s: %s uses this state; stop it first, or name another "
               "folder in the settings (state = …)",
               folder->path, who);
}

static gboolean
take_lock (TnFolder *folder, GError **error)
{
  folder->lock = openat (folder->fd, "lock", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (folder->lock < 0)
    return fail (folder->path, TN_ERROR_TEMPORARY, "; check that it can be written", error);
  if (flock (folder->lock, LOCK_EX | LOCK_NB) != 0)
    {
      if (errno != EWOULDBLOCK)
        return fail (folder->path, TN_ERROR_FAILED, "", error);
      set_taken (folder, error);
      return FALSE;
    }
  /* A full disk must not keep the daemon from running: without a pid the refusal is less exact. */
  g_autofree char *pid = g_strdup_printf ("%-10ld\n", (long) getpid ());
  if (pwrite (folder->lock, pid, strlen (pid), 0) < 0)
    errno = 0;
  return TRUE;
}

/**
 * tn_folder_open:
 * @path: made with mode 0700 if it is missing
 *
 * Errors: %TN_ERROR_TEMPORARY when another process has it, or it cannot be written;
 *   %TN_ERROR_INVALID when it is on a network file system; %TN_ERROR_FAILED otherwise.
 * Returns: (transfer full) (nullable): the folder, held until tn_folder_close()
 */
TnFolder *
tn_folder_open (const char *path, GError **error)
{
  g_autoptr (TnFolder) folder = g_new0 (TnFolder, 1);
  folder->path = g_strdup (path);
  folder->fd = -1;
  folder->lock = -1;
  if (!open_directory (folder, error) || !take_lock (folder, error))
    return NULL;
  return g_steal_pointer (&folder);
}

void
tn_folder_close (TnFolder *folder)
{
  if (folder == NULL)
    return;
  if (folder->lock >= 0)
    close (folder->lock);
  if (folder->fd >= 0)
    close (folder->fd);
  g_free (folder->path);
  g_free (folder);
}

/**
 * tn_folder_dup_path:
 *
 * Returns: (transfer full): the path of @name in the folder
 */
char *
tn_folder_dup_path (const TnFolder *folder, const char *name)
{
  return g_build_filename (folder->path, name, NULL);
}

/**
 * tn_folder_touch:
 *
 * Makes @name, readable by its owner alone, if it is missing, and its name safe from a power cut.
 * SQLite gives its journals the mode of the database.
 *
 * Errors: %TN_ERROR_TEMPORARY
 * Returns: %TRUE when it is a regular file
 */
gboolean
tn_folder_touch (const TnFolder *folder, const char *name, GError **error)
{
  struct stat status;
  if (fstatat (folder->fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0)
    {
      if (S_ISREG (status.st_mode))
        return TRUE;
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s/%s is no regular file; move it away",
                   folder->path, name);
      return FALSE;
    }
  int fd = openat (folder->fd, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0 || fsync (folder->fd) != 0)
    fail (folder->path, TN_ERROR_TEMPORARY, "; check that it can be written", error);
  else
    {
      close (fd);
      return TRUE;
    }
  if (fd >= 0)
    close (fd);
  return FALSE;
}
