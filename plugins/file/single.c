/* The layout "file": an item's id is its UID, its revision a hash of its bytes, and the token of a
 * listing is the file's own revision, so that an unchanged file is not opened. Reading and editing
 * iCalendar is the host's; the file is replaced as a whole, under the condition that it is still
 * the one that was read, so two items that are saved by two programs at once cannot undo each
 * other.
 *
 * A file that is missing, empty or cut short is an error, never an empty calendar (hazard 15). */
#include "single.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "content.h"
#include "fault.h"
#include "place.h"
#include "revision.h"
#include "swap.h"
#include "watch.h"

/* A save reads the whole calendar three times over and must not hold the loop for 100 ms: measured
 * at 20 ms for each MiB and reading. */
#define FILE_MAX_BYTES (2 * 1024 * 1024)

/* The file as it was read. */
typedef struct
{
  GBytes *bytes;    /* (owned) */
  char *revision;   /* (owned) of the file, with hash */
  GPtrArray *items; /* (owned) (element-type TurnusLoaded) */
} Snapshot;

static void
snapshot_clear (Snapshot *snapshot)
{
  g_clear_pointer (&snapshot->bytes, g_bytes_unref);
  g_clear_pointer (&snapshot->revision, g_free);
  g_clear_pointer (&snapshot->items, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Snapshot, snapshot_clear)

/* What a crash left; other files of the folder are none of our business. */
static void
tidy (TurnusCalendar *self, int folder_fd)
{
  int fd = openat (folder_fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  DIR *stream = fd >= 0 ? fdopendir (fd) : NULL;
  if (stream == NULL)
    return;
  g_autofree char *prefix = g_strconcat (".", self->file, ".", NULL);
  struct dirent *entry;
  while ((entry = readdir (stream)) != NULL)
    if (g_str_has_prefix (entry->d_name, prefix))
      file_swap_tidy (self, fd, entry->d_name);
  closedir (stream);
  self->tidied = TRUE;
}

static gboolean
set_missing (TurnusCalendar *self, GError **error)
{
  g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_FAILED,
               "%s is missing from %s: bring it back, or take its marker %s away to begin anew",
               self->file, self->folder, self->marker);
  return FALSE;
}

static gboolean
read_file (TurnusCalendar *self, int folder_fd, Snapshot *snapshot, GError **error)
{
  struct stat st;
  snapshot->bytes = file_content_read (folder_fd, self->file, &st, error);
  if (snapshot->bytes == NULL)
    return FALSE;
  if (g_bytes_get_size (snapshot->bytes) > FILE_MAX_BYTES)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_LIMIT,
                   "%s has more than %d MiB, too much for one file: use layout = \"vdir\"",
                   self->file, FILE_MAX_BYTES / (1024 * 1024));
      return FALSE;
    }
  g_autofree char *hash = file_revision_hash (snapshot->bytes);
  snapshot->revision = file_revision_new (&st, hash);
  return TRUE;
}

static gboolean
read_items (TurnusCalendar *self, Snapshot *snapshot, GError **error)
{
  snapshot->items = self->host->split_calendar (self->host_data, snapshot->bytes, error);
  if (snapshot->items == NULL)
    g_prefix_error (error, "%s: ", self->file);
  return snapshot->items != NULL;
}

static TurnusLoaded *
find_item (GPtrArray *items, const char *id)
{
  for (guint i = 0; i < items->len; i++)
    {
      TurnusLoaded *item = g_ptr_array_index (items, i);
      if (strcmp (item->id, id) == 0)
        return item;
    }
  return NULL;
}

/* The revision of the file as a token: with hash as long as it is fresh. */
static gboolean
is_unchanged (TurnusCalendar *self, int folder_fd, const struct stat *st, const char *token)
{
  if (token == NULL)
    return FALSE;
  if (!file_revision_has_hash (token) && !file_revision_is_fresh (st))
    return file_revision_matches (token, st, NULL);
  g_auto (Snapshot) now = { 0 };
  if (!file_revision_has_hash (token) || !read_file (self, folder_fd, &now, NULL))
    return FALSE;
  return strcmp (now.revision, token) == 0;
}

static TurnusListing *
list_items (const Snapshot *snapshot)
{
  TurnusListing *listing = turnus_listing_new (TRUE);
  for (guint i = 0; i < snapshot->items->len; i++)
    {
      const TurnusLoaded *item = g_ptr_array_index (snapshot->items, i);
      g_ptr_array_add (listing->changed, turnus_ref_new (item->id, item->revision));
    }
  return listing;
}

/* What the file says, `st` being of it just now. */
static TurnusListing *
list_file (TurnusCalendar *self, int folder_fd, const struct stat *st, const char *token,
           GError **error)
{
  if (is_unchanged (self, folder_fd, st, token))
    {
      TurnusListing *same = turnus_listing_new (FALSE);
      same->token = file_revision_is_fresh (st) ? g_strdup (token) : file_revision_new (st, NULL);
      return same;
    }
  g_auto (Snapshot) now = { 0 };
  if (!read_file (self, folder_fd, &now, error) || !read_items (self, &now, error))
    return NULL;
  TurnusListing *listing = list_items (&now);
  listing->token = g_steal_pointer (&now.revision);
  return listing;
}

/**
 * file_single_list:
 * @token: (nullable): the file's revision at the last listing
 *
 * Returns: (transfer full): all items, or that nothing has changed. A file that does not exist and
 *   never did is an empty calendar: the first save makes it.
 */
TurnusListing *
file_single_list (TurnusCalendar *self, const char *token, GError **error)
{
  g_autoptr (GError) fault = NULL;
  file_autofd int folder_fd = file_place_open (self, FALSE, &fault);
  if (g_error_matches (fault, TURNUS_ERROR, TURNUS_ERROR_GONE))
    return turnus_listing_new (TRUE);
  if (folder_fd < 0)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  if (!self->tidied)
    tidy (self, folder_fd);
  file_watch_renew (self, folder_fd);
  g_autofree char *binding = NULL;
  if (!file_place_read_binding (self, folder_fd, &binding, error))
    return NULL;
  struct stat st;
  if (fstatat (folder_fd, self->file, &st, AT_SYMLINK_NOFOLLOW) != 0)
    {
      if (errno == ENOENT && self->binding == NULL)
        return turnus_listing_new (TRUE);
      errno == ENOENT ? set_missing (self, error)
                      : file_fault_set (error, errno, "cannot look at %s", self->file);
      return NULL;
    }
  g_autoptr (TurnusListing) listing = list_file (self, folder_fd, &st, token, error);
  if (listing != NULL)
    listing->binding = g_steal_pointer (&binding);
  return g_steal_pointer (&listing);
}

static TurnusLoaded *
load_one (const Snapshot *snapshot, const char *id)
{
  const TurnusLoaded *item = find_item (snapshot->items, id);
  TurnusLoaded *loaded = turnus_loaded_new (id, item != NULL ? item->revision : NULL,
                                            item != NULL ? item->bytes : NULL);
  if (item == NULL)
    loaded->error = g_error_new (TURNUS_ERROR, TURNUS_ERROR_GONE, "%s is not in the file", id);
  else if (item->error != NULL)
    {
      loaded->error = g_error_copy (item->error);
      g_clear_pointer (&loaded->bytes, g_bytes_unref);
    }
  return loaded;
}

/**
 * file_single_load:
 *
 * Returns: (transfer full) (element-type TurnusLoaded): one for each id
 */
GPtrArray *
file_single_load (TurnusCalendar *self, const char *const *ids, GError **error)
{
  g_auto (Snapshot) now = { 0 };
  file_autofd int folder_fd = file_place_open (self, FALSE, error);
  if (folder_fd < 0 || !read_file (self, folder_fd, &now, error) || !read_items (self, &now, error))
    return NULL;
  GPtrArray *loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_loaded_free);
  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (loaded, load_one (&now, ids[i]));
  return loaded;
}

/* The UID of what is to be saved; it must be one item. */
static char *
dup_uid (TurnusCalendar *self, GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) items = self->host->split_calendar (self->host_data, bytes, error);
  if (items == NULL)
    return NULL;
  TurnusLoaded *only = items->len == 1 ? g_ptr_array_index (items, 0) : NULL;
  if (only != NULL && only->error == NULL)
    return g_strdup (only->id);
  g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
               "what is to be saved is not one event: it has %u UIDs", items->len);
  return NULL;
}

/* Is the item what the write expects? */
static gboolean
check_item (const Snapshot *snapshot, const char *id, const char *revision, GError **error)
{
  const TurnusLoaded *item = find_item (snapshot->items, id);
  if (revision == NULL && item != NULL)
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT, "%s is there already", id);
  else if (revision != NULL && item == NULL)
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_GONE, "%s is not in the file", id);
  else if (revision != NULL && strcmp (revision, item->revision) != 0)
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT, "%s has been changed meanwhile", id);
  else
    return TRUE;
  return FALSE;
}

/* Puts `with` in the place of the file that has the revision `old`; NULL: there is none yet. */
static gboolean
write_file (TurnusCalendar *self, int folder_fd, const char *old, GBytes *with, GError **error)
{
  struct stat st;
  return old != NULL ? file_swap_replace (folder_fd, self->file, old, with, &st, error)
                     : file_swap_create (folder_fd, self->file, with, &st, error);
}

/* As a listing will see it. */
static TurnusRef *
make_ref (TurnusCalendar *self, GBytes *calendar, const char *id, GError **error)
{
  g_autoptr (GPtrArray) items = self->host->split_calendar (self->host_data, calendar, error);
  const TurnusLoaded *item = items != NULL ? find_item (items, id) : NULL;
  if (item == NULL && items != NULL)
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_FAILED, "%s would not be found again", id);
  return item != NULL ? turnus_ref_new (item->id, item->revision) : NULL;
}

/* The first event makes the file, and then the marker: the other way round a crash between the two
 * would leave a marker without file, which looks like a loss. */
static TurnusRef *
save_first (TurnusCalendar *self, int folder_fd, const char *id, GBytes *bytes, GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) calendar
      = self->host->replace_in_calendar (self->host_data, nothing, id, bytes, error);
  g_autoptr (TurnusRef) ref = calendar != NULL ? make_ref (self, calendar, id, error) : NULL;
  if (ref == NULL || !write_file (self, folder_fd, NULL, calendar, error)
      || !file_place_bind (self, folder_fd, error))
    return NULL;
  file_watch_renew (self, folder_fd);
  return g_steal_pointer (&ref);
}

static TurnusRef *
save_into (TurnusCalendar *self, int folder_fd, const char *id, const char *revision, GBytes *bytes,
           GError **error)
{
  g_auto (Snapshot) now = { 0 };
  if (!file_place_bind (self, folder_fd, error) || !read_file (self, folder_fd, &now, error)
      || !read_items (self, &now, error) || !check_item (&now, id, revision, error))
    return NULL;
  g_autoptr (GBytes) calendar
      = self->host->replace_in_calendar (self->host_data, now.bytes, id, bytes, error);
  g_autoptr (TurnusRef) ref = calendar != NULL ? make_ref (self, calendar, id, error) : NULL;
  if (ref == NULL || !write_file (self, folder_fd, now.revision, calendar, error))
    return NULL;
  return g_steal_pointer (&ref);
}

/* TRUE when there is no file, and nobody has ever known one here. */
static gboolean
is_unborn (TurnusCalendar *self, int folder_fd)
{
  struct stat st;
  return self->binding == NULL && fstatat (folder_fd, self->file, &st, AT_SYMLINK_NOFOLLOW) != 0
         && errno == ENOENT && fstatat (folder_fd, self->marker, &st, AT_SYMLINK_NOFOLLOW) != 0
         && errno == ENOENT;
}

/**
 * file_single_save:
 * @id: (nullable): ignored for a new item, whose id is its UID
 * @revision: (nullable): NULL: a new item
 *
 * Returns: (transfer full): where it is now
 */
TurnusRef *
file_single_save (TurnusCalendar *self, const char *id, const char *revision, GBytes *bytes,
                  GError **error)
{
  g_autofree char *uid = dup_uid (self, bytes, error);
  if (uid == NULL)
    return NULL;
  if (revision != NULL && strcmp (uid, id) != 0)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID, "%s cannot be given the UID %s", id,
                   uid);
      return NULL;
    }
  file_autofd int folder_fd = file_place_open (self, revision == NULL, error);
  if (folder_fd < 0)
    return NULL;
  if (revision == NULL && is_unborn (self, folder_fd))
    return save_first (self, folder_fd, uid, bytes, error);
  return save_into (self, folder_fd, uid, revision, bytes, error);
}

/**
 * file_single_remove:
 *
 * Returns: %TRUE when the item is gone by our doing
 */
gboolean
file_single_remove (TurnusCalendar *self, const char *id, const char *revision, GError **error)
{
  g_auto (Snapshot) now = { 0 };
  file_autofd int folder_fd = file_place_open (self, FALSE, error);
  if (folder_fd < 0 || !file_place_bind (self, folder_fd, error)
      || !read_file (self, folder_fd, &now, error) || !read_items (self, &now, error)
      || !check_item (&now, id, revision, error))
    return FALSE;
  g_autoptr (GBytes) calendar
      = self->host->replace_in_calendar (self->host_data, now.bytes, id, NULL, error);
  return calendar != NULL && write_file (self, folder_fd, now.revision, calendar, error);
}
