/* Revisions. Normally an ETag as the server wrote it. An ETag is a hint (hazards 22 to 24): it can
 * be absent, weak, or altered by a proxy on the way; what is not exact is never sent as if it were.
 */
#include "revision.h"

#include <string.h>

#define ETAG_MAX_BYTES 1024u

/* Beginnings of revisions that are no ETag: none has a blank outside of quotes. */
#define UNREAD "unread "
#define UNCONFIRMED "unconfirmed "
#define HASHED "sha256 "

gboolean
caldav_revision_is_weak (const char *revision)
{
  return g_str_has_prefix (revision, "W/");
}

static gboolean
is_ours (const char *revision)
{
  return g_str_has_prefix (revision, UNREAD) || g_str_has_prefix (revision, UNCONFIRMED)
         || g_str_has_prefix (revision, HASHED);
}

/**
 * caldav_revision_is_exact:
 * @revision: (nullable)
 *
 * Returns: %TRUE for a strong ETag
 */
gboolean
caldav_revision_is_exact (const char *revision)
{
  return revision != NULL && !caldav_revision_is_weak (revision) && !is_ours (revision);
}

/**
 * caldav_revision_from_etag:
 * @etag: (nullable): the text of a getetag property or an ETag header
 *
 * Returns: (transfer full) (nullable): %NULL for what cannot be sent back
 */
char *
caldav_revision_from_etag (const char *etag)
{
  if (etag == NULL)
    return NULL;
  g_autofree char *text = g_strstrip (g_strndup (etag, ETAG_MAX_BYTES + 1));
  gsize length = strlen (text);
  if (length == 0 || length > ETAG_MAX_BYTES || !g_utf8_validate (text, -1, NULL) || is_ours (text))
    return NULL;
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return NULL;
  return g_steal_pointer (&text);
}

/**
 * caldav_revision_from_header:
 * @etag: (nullable): the ETag header
 *
 * A proxy that compresses adds to the ETag what it did, and no precondition with that holds at the
 * server (hazard 22); a property's ETag goes through unseen.
 *
 * Returns: (transfer full) (nullable): the server's ETag
 */
char *
caldav_revision_from_header (const char *etag)
{
  static const char *const endings[] = { "-gzip\"", "-br\"", "-deflate\"" };
  char *revision = caldav_revision_from_etag (etag);
  for (guint i = 0; revision != NULL && i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (revision, endings[i]) && strlen (revision) > strlen (endings[i]) + 1)
      memcpy (revision + strlen (revision) - strlen (endings[i]), "\"", 2);
  return revision;
}

/**
 * caldav_revision_from_bytes:
 *
 * Returns: (transfer full): for a server that has no ETag at all
 */
char *
caldav_revision_from_bytes (const TurnusHost *host, gpointer host_data, GBytes *bytes)
{
  g_autofree char *hash = host->hash (host_data, bytes);
  return g_strconcat (HASHED, hash, NULL);
}

/* Of an item that is listed, and nobody says with which ETag: never the same twice, so that it is
 * read each time. */
char *
caldav_revision_make_unread (gint64 now_us)
{
  return g_strdup_printf (UNREAD "%" G_GINT64_FORMAT, now_us);
}

/* Of an item that was written and bears other bytes now. The server may have rewritten it, or a
 * person; to take its ETag for ours would take a person's edit for the server's (hazards 23 to 25).
 */
char *
caldav_revision_make_unconfirmed (gint64 now_us)
{
  return g_strdup_printf (UNCONFIRMED "%" G_GINT64_FORMAT, now_us);
}

/**
 * caldav_revision_to_condition:
 *
 * A weak ETag can never match (RFC 7232 3.1). Usually a proxy made it weak, and the server behind
 * it compares its own strong one; a server whose ETags are weak indeed refuses, and nothing is
 * written.
 *
 * Returns: (transfer full) (nullable): the value of If-Match; %NULL when there is none
 */
char *
caldav_revision_to_condition (const char *revision)
{
  if (is_ours (revision))
    return NULL;
  for (const char *p = revision; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      return NULL;
  return g_strdup (caldav_revision_is_weak (revision) ? revision + 2 : revision);
}

gboolean
caldav_revision_means_same (const char *a, const char *b)
{
  const char *strong_a = caldav_revision_is_weak (a) ? a + 2 : a;
  const char *strong_b = caldav_revision_is_weak (b) ? b + 2 : b;
  return strcmp (strong_a, strong_b) == 0;
}
