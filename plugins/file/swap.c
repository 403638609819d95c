/* Writing so that nothing of anybody is lost (promises 1 and 7; hazards 19, 20, 28, 91, 107).
 *
 * A new content is written under a hidden name (`part`), synced, and only then gets its place. To
 * replace a file the two change places in one step (RENAME_EXCHANGE), and what came out is looked
 * at before it is thrown away: if it is not what was expected, somebody was faster, and the two
 * change back. To remove a file it is moved aside first, looked at, and moved back if it is
 * another.
 *
 * Killed between two of these steps, a hidden `swap` file is left. Its name says by hash what was
 * expected to come out and what was to go in, so the next start can tell: either of these two may
 * go; anything else is a person's, and goes back (file_swap_tidy). Nothing is deleted whose content
 * is not known. */
#include "swap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>

#include "content.h"
#include "fault.h"
#include "names.h"
#include "place.h"
#include "revision.h"

#define NOTHING "00000000000000000000000000000000" /* the hash of what is there after a removal */
#define LEFTOVER_MIN_S 60 /* where folders cannot be locked, an older one is nobody's any more */

/* Not all file systems have the flags of renameat2 (NFS, FAT, many in user space). */
static gboolean
is_unsupported (int errsv)
{
  return errsv == EINVAL || errsv == ENOSYS || errsv == EOPNOTSUPP;
}

static gboolean
sync_folder (int folder_fd, const char *name, GError **error)
{
  /* EINVAL: this file system syncs no folders, and nothing can be done about it. */
  if (fsync (folder_fd) == 0 || errno == EINVAL)
    return TRUE;
  g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_TEMPORARY, "%s: its folder cannot be synced: %s",
               name, g_strerror (errno));
  return FALSE;
}

static gboolean
write_all (int fd, GBytes *bytes)
{
  gsize size = 0;
  const char *start = g_bytes_get_data (bytes, &size);
  gsize done = 0;
  while (done < size)
    {
      gssize n = write (fd, start + done, size - done);
      if (n < 0 && errno != EINTR)
        return FALSE;
      if (n > 0)
        done += (gsize) n;
    }
  return TRUE;
}

/* Owner, group and permissions of the file that is replaced; where the owner may not be given away
 * the permissions are kept at least. */
static gboolean
keep_rights (int fd, const struct stat *old)
{
  if (old == NULL)
    return TRUE;
  if (fchown (fd, old->st_uid, old->st_gid) != 0 && errno != EPERM && errno != EINVAL)
    return FALSE;
  return fchmod (fd, old->st_mode & 0777) == 0 || errno == EPERM;
}

/* A hidden file with all of `bytes` safe on the disk; its name, or NULL. */
static char *
write_part (int folder_fd, const char *name, GBytes *bytes, const struct stat *old,
            struct stat *ret_st, GError **error)
{
  g_autofree char *part = file_name_make_part (name);
  file_autofd int fd
      = openat (folder_fd, part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (fd < 0)
    {
      file_fault_set (error, errno, "%s: cannot be written", name);
      return NULL;
    }
  if (write_all (fd, bytes) && keep_rights (fd, old) && fsync (fd) == 0 && fstat (fd, ret_st) == 0)
    return g_steal_pointer (&part);
  file_fault_set (error, errno, "%s: cannot be written", name);
  unlinkat (folder_fd, part, 0);
  return NULL;
}

/* Moves without replacing anything. */
static int
move_to_free_name (int folder_fd, const char *from, const char *to)
{
  if (renameat2 (folder_fd, from, folder_fd, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (!is_unsupported (errno))
    return -1;
  if (linkat (folder_fd, from, folder_fd, to, 0) == 0)
    return unlinkat (folder_fd, from, 0);
  return -1;
}

/* Others that are at work in this folder are left their hidden files while the lock is held; a lock
 * that is not to be had only means that ours may be taken for leftovers. */
static void
lock_for_write (int folder_fd)
{
  while (flock (folder_fd, LOCK_SH | LOCK_NB) != 0 && errno == EINTR)
    ;
}

/**
 * file_swap_create:
 * @ret_st: (out): of the new file
 *
 * Errors: CONFLICT when there is one of that name; after TEMPORARY the outcome is unknown.
 */
gboolean
file_swap_create (int folder_fd, const char *name, GBytes *bytes, struct stat *ret_st,
                  GError **error)
{
  lock_for_write (folder_fd);
  struct stat st;
  g_autofree char *part = write_part (folder_fd, name, bytes, NULL, &st, error);
  if (part == NULL)
    return FALSE;
  if (move_to_free_name (folder_fd, part, name) != 0)
    {
      file_fault_set (error, errno, "%s: cannot be created", name);
      unlinkat (folder_fd, part, 0);
      return FALSE;
    }
  if (!sync_folder (folder_fd, name, error))
    return FALSE;
  *ret_st = st;
  return TRUE;
}

static gboolean
has_content (int folder_fd, const char *name, const char *hash)
{
  g_autofree char *found = file_content_hash (folder_fd, name, NULL);
  return found != NULL && strncmp (found, hash, strlen (hash)) == 0;
}

static gboolean
set_conflict (const char *name, GError **error)
{
  g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT, "%s: has been changed meanwhile", name);
  return FALSE;
}

/* The content now, if it is still what `revision` was given to. */
static char *
check_revision (int folder_fd, const char *name, const char *revision, struct stat *ret_st,
                GError **error)
{
  g_autoptr (GBytes) bytes = file_content_read (folder_fd, name, ret_st, error);
  if (bytes == NULL)
    return NULL;
  g_autofree char *hash = file_revision_hash (bytes);
  if (file_revision_matches (revision, ret_st, hash))
    return g_steal_pointer (&hash);
  set_conflict (name, error);
  return NULL;
}

/* Ours is in place and `swap` holds what nobody expected: change back. If ours was replaced in that
 * very moment, the newest stays in place and what was before it is kept under the hidden name. */
static gboolean
change_back (int folder_fd, const char *name, const char *swap, const char *after, GError **error)
{
  if (renameat2 (folder_fd, swap, folder_fd, name, RENAME_EXCHANGE) != 0)
    move_to_free_name (folder_fd, swap, name);
  else if (has_content (folder_fd, swap, after))
    unlinkat (folder_fd, swap, 0);
  else
    renameat2 (folder_fd, swap, folder_fd, name, RENAME_EXCHANGE);
  sync_folder (folder_fd, name, NULL);
  return set_conflict (name, error);
}

/* Where files cannot change places: as late a look as can be, and a rename. */
static gboolean
replace_plainly (int folder_fd, const char *name, const char *swap, const char *before,
                 GError **error)
{
  if (!has_content (folder_fd, name, before))
    {
      unlinkat (folder_fd, swap, 0);
      return set_conflict (name, error);
    }
  if (renameat (folder_fd, swap, folder_fd, name) == 0)
    return sync_folder (folder_fd, name, error);
  file_fault_set (error, errno, "%s: cannot be replaced", name);
  unlinkat (folder_fd, swap, 0);
  return FALSE;
}

static gboolean
change_places (int folder_fd, const char *name, const char *swap, const char *before,
               const char *after, GError **error)
{
  if (renameat2 (folder_fd, swap, folder_fd, name, RENAME_EXCHANGE) != 0)
    {
      if (is_unsupported (errno))
        return replace_plainly (folder_fd, name, swap, before, error);
      file_fault_set (error, errno, "%s: cannot be replaced", name);
      unlinkat (folder_fd, swap, 0);
      return FALSE;
    }
  if (!has_content (folder_fd, swap, before))
    return change_back (folder_fd, name, swap, after, error);
  if (unlinkat (folder_fd, swap, 0) != 0)
    return file_fault_set (error, errno, "%s: what it replaced cannot be removed", name);
  return sync_folder (folder_fd, name, error);
}

/**
 * file_swap_replace:
 * @revision: what the file must still be
 * @ret_st: (out): of the new file
 *
 * Errors: GONE, CONFLICT; after TEMPORARY the outcome is unknown.
 */
gboolean
file_swap_replace (int folder_fd, const char *name, const char *revision, GBytes *bytes,
                   struct stat *ret_st, GError **error)
{
  lock_for_write (folder_fd);
  struct stat old, st;
  g_autofree char *before = check_revision (folder_fd, name, revision, &old, error);
  g_autofree char *after = file_revision_hash (bytes);
  if (before == NULL)
    return FALSE;
  g_autofree char *part = write_part (folder_fd, name, bytes, &old, &st, error);
  if (part == NULL)
    return FALSE;
  g_autofree char *swap = file_name_make_swap (name, before, after);
  if (move_to_free_name (folder_fd, part, swap) != 0)
    {
      file_fault_set (error, errno, "%s: cannot be replaced", name);
      unlinkat (folder_fd, part, 0);
      return FALSE;
    }
  if (!change_places (folder_fd, name, swap, before, after, error))
    return FALSE;
  *ret_st = st;
  return TRUE;
}

/**
 * file_swap_remove:
 * @revision: what the file must still be
 *
 * Errors: GONE, CONFLICT; after TEMPORARY the outcome is unknown.
 */
gboolean
file_swap_remove (int folder_fd, const char *name, const char *revision, GError **error)
{
  lock_for_write (folder_fd);
  struct stat old;
  g_autofree char *before = check_revision (folder_fd, name, revision, &old, error);
  if (before == NULL)
    return FALSE;
  g_autofree char *swap = file_name_make_swap (name, before, NOTHING);
  if (move_to_free_name (folder_fd, name, swap) != 0)
    return file_fault_set (error, errno, "%s: cannot be removed", name);
  if (!has_content (folder_fd, swap, before))
    {
      move_to_free_name (folder_fd, swap, name);
      sync_folder (folder_fd, name, NULL);
      return set_conflict (name, error);
    }
  if (unlinkat (folder_fd, swap, 0) != 0)
    return file_fault_set (error, errno, "%s: cannot be removed", name);
  return sync_folder (folder_fd, name, error);
}

/* TRUE when nobody who is alive can be at work on this hidden file. */
static gboolean
lock_for_tidying (int folder_fd, const char *temp_name)
{
  if (flock (folder_fd, LOCK_EX | LOCK_NB) == 0)
    return TRUE;
  struct stat st;
  return errno != EWOULDBLOCK && fstatat (folder_fd, temp_name, &st, AT_SYMLINK_NOFOLLOW) == 0
         && st.st_ctim.tv_sec < g_get_real_time () / G_USEC_PER_SEC - LEFTOVER_MIN_S;
}

/* A content that came out of its place and is neither the expected one nor ours is a person's. It
 * goes back where ours still stands, or nothing does; beside a newer one it is kept hidden. */
static void
put_back (const TurnusCalendar *calendar, int folder_fd, const char *temp_name,
          const FileTempName *temp)
{
  g_autofree char *text = g_strdup_printf (
      "%s holds what somebody wrote while turnus was stopped in a write", temp_name);
  calendar->host->log_debug (calendar->host_data, text);
  if (has_content (folder_fd, temp->item, temp->after))
    change_back (folder_fd, temp->item, temp_name, temp->after, NULL);
  else
    move_to_free_name (folder_fd, temp_name, temp->item);
}

/**
 * file_swap_tidy:
 * @temp_name: a hidden name of ours, or anything else
 *
 * Settles what a crash left behind.
 */
void
file_swap_tidy (const TurnusCalendar *calendar, int folder_fd, const char *temp_name)
{
  g_auto (FileTempName) temp = { 0 };
  if (!file_name_parse_temp (temp_name, &temp) || !lock_for_tidying (folder_fd, temp_name))
    return;
  if (temp.before == NULL || has_content (folder_fd, temp_name, temp.before)
      || has_content (folder_fd, temp_name, temp.after))
    unlinkat (folder_fd, temp_name, 0);
  else
    put_back (calendar, folder_fd, temp_name, &temp);
  flock (folder_fd, LOCK_UN);
}
