/* What a path leads to may be anything: a pipe that never ends, a device, a folder, a file of
 * gigabytes. It is opened without blocking, looked at, and read no further than the limit. */
#include "charter/source.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

static gboolean
check_kind (int fd, const char *path, GError **error)
{
  struct stat status;
  if (fstat (fd, &status) != 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot read %s: %s", path,
                   g_strerror (errno));
      return FALSE;
    }
  if (S_ISREG (status.st_mode))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "cannot read %s: it is %s, expected a plain file",
               path,
               S_ISDIR (status.st_mode)    ? "a folder"
               : S_ISFIFO (status.st_mode) ? "a pipe"
                                           : "no file");
  return FALSE;
}

/* One byte more than allowed is asked for, so that a file that grows meanwhile is noticed too. */
static GByteArray *
read_all (int fd, const char *path, gsize max_bytes, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  guint8 part[8192];
  for (;;)
    {
      gssize n = read (fd, part, MIN (sizeof part, max_bytes + 1 - bytes->len));
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot read %s: %s", path,
                       g_strerror (errno));
          return NULL;
        }
      if (n == 0)
        return g_steal_pointer (&bytes);
      g_byte_array_append (bytes, part, (guint) n);
      if (bytes->len > max_bytes)
        {
          g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                       "cannot read %s: it is larger than %" G_GSIZE_FORMAT " KiB, expected %s",
                       path, max_bytes / 1024,
                       max_bytes > TN_SOURCE_MAX_BYTES ? "a calendar of a few years"
                                                       : "a text that people wrote; split it");
          return NULL;
        }
    }
}

/* The line of the first byte that is no UTF-8; 0 when there is none. */
static int
find_bad_line (const GByteArray *bytes)
{
  const char *end = NULL;
  if (g_utf8_validate_len ((const char *) bytes->data, bytes->len, &end))
    return 0;
  int line = 1;
  for (const char *c = (const char *) bytes->data; c < end; c++)
    line += *c == '\n';
  return line;
}

static TnSourceFile *
load (const char *path, gsize max_bytes, GError **error)
{
  int fd = open (path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "cannot read %s: %s", path,
                   g_strerror (errno));
      return NULL;
    }
  g_autoptr (GByteArray) bytes
      = check_kind (fd, path, error) ? read_all (fd, path, max_bytes, error) : NULL;
  close (fd);
  if (bytes == NULL)
    return NULL;

  int line = find_bad_line (bytes);
  if (line > 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "%s:%d: not UTF-8, expected the file to be saved with that encoding", path,
                   line);
      return NULL;
    }
  guint8 end = '\0';
  g_byte_array_append (bytes, &end, 1);
  return tn_source_file_new (path, (const char *) bytes->data);
}

/**
 * tn_source_file_load:
 * @path: of a plain file, at most %TN_SOURCE_MAX_BYTES long, UTF-8 without a byte order mark
 *
 * Errors: %TN_ERROR_INVALID when the file is not like that or is not there, %TN_ERROR_FAILED when
 *   the system cannot read it.
 * Returns: (transfer full) (nullable): the file
 */
TnSourceFile *
tn_source_file_load (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return load (path, TN_SOURCE_MAX_BYTES, error);
}

/**
 * tn_source_file_load_calendar:
 *
 * As tn_source_file_load(), of at most %TN_SOURCE_CALENDAR_MAX_BYTES.
 *
 * Returns: (transfer full) (nullable): the file
 */
TnSourceFile *
tn_source_file_load_calendar (const char *path, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return load (path, TN_SOURCE_CALENDAR_MAX_BYTES, error);
}
