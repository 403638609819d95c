/* The vdir layout: an event is a file, its id the file's name. A listing is one scan of the folder,
 * in slices, so that a big folder holds nobody up; a folder that changes during the scan is scanned
 * again, because a name that is moved while a folder is read may be seen twice or not at all. */
#include "folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "content.h"
#include "fault.h"
#include "names.h"
#include "place.h"
#include "revision.h"
#include "swap.h"
#include "watch.h"

#define SLICE_US (20 * 1000) /* the loop is ours no longer than this */
#define SCANS_MAX 5          /* a folder that never rests: later, maybe */

typedef struct
{
  TurnusCalendar *calendar; /* (unowned) kept open by the caller while a call is under way */
  DIR *stream;              /* (owned) */
  struct timespec changed;  /* when the folder was changed before this scan began */
  int scans;                /* begun so far */
  TurnusListing *listing;   /* (owned) what this scan has found */
} Scan;

static void
scan_free (Scan *scan)
{
  g_clear_pointer (&scan->stream, closedir);
  g_clear_pointer (&scan->listing, turnus_listing_free);
  g_free (scan);
}

/* Begins at the start of the folder again. */
static gboolean
scan_restart (Scan *scan, GError **error)
{
  struct stat st;
  if (fstat (dirfd (scan->stream), &st) != 0)
    return file_fault_set (error, errno, "cannot read the folder %s", scan->calendar->folder);
  if (scan->scans++ == SCANS_MAX)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_TEMPORARY,
                   "the folder %s changes all the time: it was scanned %d times",
                   scan->calendar->folder, SCANS_MAX);
      return FALSE;
    }
  scan->changed = st.st_mtim;
  rewinddir (scan->stream);
  g_clear_pointer (&scan->listing, turnus_listing_free);
  scan->listing = turnus_listing_new (TRUE);
  return TRUE;
}

/* A fresh file that cannot be read is listed all the same: it is there. */
static char *
dup_revision (int folder_fd, const char *name, const struct stat *st)
{
  if (!file_revision_is_fresh (st))
    return file_revision_new (st, NULL);
  struct stat now;
  g_autoptr (GBytes) bytes = file_content_read (folder_fd, name, &now, NULL);
  if (bytes == NULL)
    return file_revision_new (st, FILE_REVISION_UNREAD);
  g_autofree char *hash = file_revision_hash (bytes);
  return file_revision_new (&now, hash);
}

static gboolean
scan_entry (Scan *scan, const char *name, GError **error)
{
  int folder_fd = dirfd (scan->stream);
  if (name[0] == '.')
    {
      file_swap_tidy (scan->calendar, folder_fd, name);
      return TRUE;
    }
  if (!file_name_is_item (name))
    return TRUE;
  struct stat st;
  if (fstatat (folder_fd, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
    return errno == ENOENT ? TRUE : file_fault_set (error, errno, "cannot look at %s", name);
  if (!S_ISREG (st.st_mode))
    return TRUE;
  g_autofree char *revision = dup_revision (folder_fd, name, &st);
  g_ptr_array_add (scan->listing->changed, turnus_ref_new (name, revision));
  return TRUE;
}

/* At the end of the folder: has it rested? */
static gboolean
scan_is_steady (Scan *scan)
{
  struct stat st;
  return fstat (dirfd (scan->stream), &st) == 0 && st.st_mtim.tv_sec == scan->changed.tv_sec
         && st.st_mtim.tv_nsec == scan->changed.tv_nsec;
}

/* Reads on until the time is up or the folder is. */
static gboolean
scan_step (Scan *scan, gboolean *ret_done, GError **error)
{
  gint64 until_us = g_get_monotonic_time () + SLICE_US;
  while (g_get_monotonic_time () < until_us)
    {
      errno = 0;
      struct dirent *entry = readdir (scan->stream);
      if (entry != NULL)
        {
          if (!scan_entry (scan, entry->d_name, error))
            return FALSE;
          continue;
        }
      if (errno != 0)
        return file_fault_set (error, errno, "cannot read the folder %s", scan->calendar->folder);
      if (scan_is_steady (scan))
        {
          *ret_done = TRUE;
          return file_place_read_binding (scan->calendar, dirfd (scan->stream),
                                          &scan->listing->binding, error);
        }
      if (!scan_restart (scan, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
on_scan_slice (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Scan *scan = g_task_get_task_data (task);
  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  GError *error = NULL;
  gboolean done = FALSE;
  if (!scan_step (scan, &done, &error))
    {
      g_task_return_error (task, error);
      return G_SOURCE_REMOVE;
    }
  if (!done)
    return G_SOURCE_CONTINUE;
  file_watch_renew (scan->calendar, dirfd (scan->stream));
  g_task_return_pointer (task, g_steal_pointer (&scan->listing),
                         (GDestroyNotify) turnus_listing_free);
  return G_SOURCE_REMOVE;
}

static void
attach (GTask *task, GSourceFunc slice)
{
  g_autoptr (GSource) source = g_idle_source_new ();
  g_task_attach_source (task, source, slice);
}

/**
 * file_folder_list:
 *
 * Answers @task with all there is. A folder that does not exist and never did is an empty calendar:
 * the first save makes it.
 */
void
file_folder_list (TurnusCalendar *self, GTask *task)
{
  GError *error = NULL;
  int folder_fd = file_place_open (self, FALSE, &error);
  if (folder_fd < 0 && g_error_matches (error, TURNUS_ERROR, TURNUS_ERROR_GONE))
    {
      g_clear_error (&error);
      g_task_return_pointer (task, turnus_listing_new (TRUE), (GDestroyNotify) turnus_listing_free);
      return;
    }
  if (folder_fd < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  Scan *scan = g_new0 (Scan, 1);
  g_task_set_task_data (task, scan, (GDestroyNotify) scan_free);
  scan->calendar = self;
  scan->stream = fdopendir (folder_fd);
  if (scan->stream == NULL)
    {
      file_fault_set (&error, errno, "cannot read the folder %s", self->folder);
      file_place_close_fd (&folder_fd);
      g_task_return_error (task, error);
    }
  else if (!scan_restart (scan, &error))
    g_task_return_error (task, error);
  else
    attach (task, on_scan_slice);
}

typedef struct
{
  TurnusCalendar *calendar; /* (unowned) */
  char **ids;               /* (owned) */
  guint next;               /* the first that has not been read yet */
  int folder_fd;            /* (owned) */
  GPtrArray *loaded;        /* (owned) (element-type TurnusLoaded) */
} Load;

static void
load_free (Load *load)
{
  g_clear_pointer (&load->ids, g_strfreev);
  file_place_close_fd (&load->folder_fd);
  g_clear_pointer (&load->loaded, g_ptr_array_unref);
  g_free (load);
}

static TurnusLoaded *
load_one (int folder_fd, const char *id)
{
  struct stat st;
  GError *error = NULL;
  g_autoptr (GBytes) bytes
      = file_name_check (id, &error) ? file_content_read (folder_fd, id, &st, &error) : NULL;
  if (bytes == NULL)
    {
      TurnusLoaded *failed = turnus_loaded_new (id, NULL, NULL);
      failed->error = error;
      return failed;
    }
  g_autofree char *hash = file_revision_is_fresh (&st) ? file_revision_hash (bytes) : NULL;
  g_autofree char *revision = file_revision_new (&st, hash);
  return turnus_loaded_new (id, revision, bytes);
}

static gboolean
on_load_slice (gpointer user_data)
{
  GTask *task = G_TASK (user_data);
  Load *load = g_task_get_task_data (task);
  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  gint64 until_us = g_get_monotonic_time () + SLICE_US;
  while (load->ids[load->next] != NULL && g_get_monotonic_time () < until_us)
    g_ptr_array_add (load->loaded, load_one (load->folder_fd, load->ids[load->next++]));
  if (load->ids[load->next] != NULL)
    return G_SOURCE_CONTINUE;
  g_task_return_pointer (task, g_steal_pointer (&load->loaded), (GDestroyNotify) g_ptr_array_unref);
  return G_SOURCE_REMOVE;
}

/**
 * file_folder_load:
 *
 * Answers @task with one #TurnusLoaded for each id.
 */
void
file_folder_load (TurnusCalendar *self, const char *const *ids, GTask *task)
{
  GError *error = NULL;
  int folder_fd = file_place_open (self, FALSE, &error);
  if (folder_fd < 0)
    {
      g_task_return_error (task, error);
      return;
    }
  Load *load = g_new0 (Load, 1);
  load->calendar = self;
  load->ids = g_strdupv ((char **) ids);
  load->folder_fd = folder_fd;
  load->loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_loaded_free);
  g_task_set_task_data (task, load, (GDestroyNotify) load_free);
  attach (task, on_load_slice);
}

/**
 * file_folder_save:
 * @revision: (nullable): NULL: a new file
 *
 * Returns: (transfer full): where it is now
 */
TurnusRef *
file_folder_save (TurnusCalendar *self, const char *id, const char *revision, GBytes *bytes,
                  GError **error)
{
  g_autofree char *name = revision == NULL ? file_name_for_new (id) : g_strdup (id);
  if (!file_name_check (name, error))
    return NULL;
  file_autofd int folder_fd = file_place_open (self, revision == NULL, error);
  if (folder_fd < 0 || !file_place_bind (self, folder_fd, error))
    return NULL;
  struct stat st;
  if (!(revision == NULL ? file_swap_create (folder_fd, name, bytes, &st, error)
                         : file_swap_replace (folder_fd, name, revision, bytes, &st, error)))
    return NULL;
  file_watch_renew (self, folder_fd);
  g_autofree char *hash = file_revision_hash (bytes);
  g_autofree char *now = file_revision_new (&st, hash);
  return turnus_ref_new (name, now);
}

/**
 * file_folder_remove:
 *
 * Returns: %TRUE when the file is gone by our doing
 */
gboolean
file_folder_remove (TurnusCalendar *self, const char *id, const char *revision, GError **error)
{
  if (!file_name_check (id, error))
    return FALSE;
  file_autofd int folder_fd = file_place_open (self, FALSE, error);
  return folder_fd >= 0 && file_place_bind (self, folder_fd, error)
         && file_swap_remove (folder_fd, id, revision, error);
}
