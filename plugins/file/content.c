/* Reading without being led astray: no symbolic link is followed (hazard 107), no pipe is waited
 * for, nothing too big is read (hazard 83), and a file that changes under our eyes is not taken for
 * what it is about to be. */
#include "content.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "fault.h"
#include "place.h"
#include "revision.h"

static gboolean
check_kind (const struct stat *st, const char *name, GError **error)
{
  if (!S_ISREG (st->st_mode))
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_DENIED, "%s: not a regular file", name);
      return FALSE;
    }
  if (st->st_size > FILE_CONTENT_MAX_BYTES)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_LIMIT,
                   "%s: %" G_GINT64_FORMAT " bytes, more than %d MiB are not read", name,
                   (gint64) st->st_size, FILE_CONTENT_MAX_BYTES / (1024 * 1024));
      return FALSE;
    }
  return TRUE;
}

/* All bytes, or one more than `st` promises when it grew meanwhile. */
static GBytes *
read_all (int fd, const struct stat *st, const char *name, GError **error)
{
  gsize size = (gsize) st->st_size;
  g_autofree char *buffer = g_malloc (size + 1);
  gsize got = 0;
  while (got <= size)
    {
      gssize n = read (fd, buffer + got, size + 1 - got);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          file_fault_set (error, errno, "%s: cannot be read", name);
          return NULL;
        }
      if (n == 0)
        break;
      got += (gsize) n;
    }
  return g_bytes_new_take (g_steal_pointer (&buffer), got);
}

/**
 * file_content_read:
 * @ret_st: (out): of the very file that was read
 *
 * Errors: GONE, DENIED, LIMIT; CONFLICT when somebody is writing it at this moment.
 * Returns: (transfer full): its bytes
 */
GBytes *
file_content_read (int folder_fd, const char *name, struct stat *ret_st, GError **error)
{
  file_autofd int fd
      = openat (folder_fd, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  struct stat before, after;
  if (fd < 0 || fstat (fd, &before) != 0)
    {
      file_fault_set (error, errno, "%s: cannot be opened", name);
      return NULL;
    }
  if (!check_kind (&before, name, error))
    return NULL;
  g_autoptr (GBytes) bytes = read_all (fd, &before, name, error);
  if (bytes == NULL)
    return NULL;
  g_autofree char *revision = file_revision_new (&before, NULL);
  if (fstat (fd, &after) != 0 || !file_revision_matches (revision, &after, NULL)
      || g_bytes_get_size (bytes) != (gsize) after.st_size)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT, "%s: is being written just now",
                   name);
      return NULL;
    }
  *ret_st = after;
  return g_steal_pointer (&bytes);
}

/**
 * file_content_hash:
 *
 * Errors: as file_content_read()
 * Returns: (transfer full): the hash of its bytes
 */
char *
file_content_hash (int folder_fd, const char *name, GError **error)
{
  struct stat st;
  g_autoptr (GBytes) bytes = file_content_read (folder_fd, name, &st, error);
  return bytes != NULL ? file_revision_hash (bytes) : NULL;
}
