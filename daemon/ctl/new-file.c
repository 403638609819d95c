/* A file that is there whole or not at all, and that takes no other's place: it is written beside,
 * and linked to its name, which fails when somebody has that name. */
#include "ctl/new-file.h"

#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static gboolean
fill (int fd, const char *text)
{
  gsize left = strlen (text);
  while (left > 0)
    {
      gssize n = write (fd, text, left);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      text += n;
      left -= (gsize) n;
    }
  return fsync (fd) == 0;
}

static gboolean
write_beside (const char *beside, const char *text, int mode)
{
  int fd = open (beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
  if (fd < 0)
    return FALSE;
  /* Whatever the umask is: a secret is for its owner, settings are for the daemon to read. */
  gboolean is_whole = fchmod (fd, (mode_t) mode) == 0 && fill (fd, text);
  return close (fd) == 0 && is_whole;
}

/**
 * tn_new_file_write:
 * @mode: what others may do with it: 0644, 0600
 *
 * Errors: %TN_ERROR_CONFLICT when something is there by that name; %TN_ERROR_FAILED when it cannot
 *   be written: nothing is there then.
 */
gboolean
tn_new_file_write (const char *path, const char *text, int mode, GError **error)
{
  g_autofree char *beside = g_strdup_printf ("%s.%08x.new", path, g_random_int ());
  gboolean is_there = write_beside (beside, text, mode) && link (beside, path) == 0;
  int cause = errno;
  g_unlink (beside);
  if (is_there)
    return TRUE;
  if (cause == EEXIST)
    g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT,
                 "cannot write %s: it is there already, and nothing is overwritten", path);
  else
    g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot write %s: %s", path, g_strerror (cause));
  return FALSE;
}
