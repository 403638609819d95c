/* A revision is `<size>-<mtime in ns>-<inode>`, which a directory scan knows without opening a file
 * (the speed that a pass over ten thousand unchanged events needs). A second edit may fall into the
 * same tick of the file system's clock, two seconds on the coarsest (FAT), and would look the same;
 * so a file that was written that shortly ago gets `~<hash of its content>` behind it. Later the
 * same file has its revision without hash, and is read once more by who compares them.
 *
 * The clock is the kernel's, as that of the time stamps, and not the host's: the host's can be
 * frozen for a rehearsal (`--today`), and then everything would look old. */
#include "revision.h"

#include <string.h>

#define TICK_MAX_S 2 /* FAT's; no file system in use has a coarser one */
#define HASH_DIGITS 32

char *
file_revision_hash (GBytes *bytes)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return g_strndup (hash, HASH_DIGITS);
}

/* `hash` NULL: the file is old enough to be known by its outside. */
char *
file_revision_new (const struct stat *st, const char *hash)
{
  gint64 mtime_ns = (gint64) st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
  return g_strdup_printf ("%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GUINT64_FORMAT "%s%s",
                          (gint64) st->st_size, mtime_ns, (guint64) st->st_ino,
                          hash != NULL ? "~" : "", hash != NULL ? hash : "");
}

/* A time stamp in the future says nothing about when it was set: fresh, too. */
gboolean
file_revision_is_fresh (const struct stat *st)
{
  return st->st_mtim.tv_sec >= g_get_real_time () / G_USEC_PER_SEC - TICK_MAX_S;
}

gboolean
file_revision_has_hash (const char *revision)
{
  return strchr (revision, '~') != NULL;
}

/* Is the file that has `st` and `hash` the one that `revision` was given to? */
gboolean
file_revision_matches (const char *revision, const struct stat *st, const char *hash)
{
  g_autofree char *now = file_revision_new (st, file_revision_has_hash (revision) ? hash : NULL);
  return strcmp (now, revision) == 0;
}
