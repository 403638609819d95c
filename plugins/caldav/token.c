/* A token of ours: the server's, and where it counts, so that a pass after a restart asks one thing
 * only. It counts for the url that it was made under. */
#include "token.h"

#include <string.h>

#include "href.h"

#define VERSION "1"
#define N_FIELDS 6

void
caldav_token_clear (CaldavToken *token)
{
  g_clear_pointer (&token->path, g_free);
  g_clear_pointer (&token->mark, g_free);
}

static char *
dup_digest (const char *url)
{
  char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, url, -1);
  digest[16] = '\0';
  return digest;
}

char *
caldav_token_format (const CaldavToken *token, const char *url)
{
  g_autofree char *digest = dup_digest (url);
  return g_strdup_printf (VERSION " %c %s %" G_GINT64_FORMAT " %s %s", (char) token->kind, digest,
                          token->full_at_s, token->path, token->mark);
}

/**
 * caldav_token_parse:
 * @url: of the settings now
 * @token: (out caller-allocates)
 *
 * Returns: %FALSE when it is none of ours, or counts for another url
 */
gboolean
caldav_token_parse (const char *text, const char *url, CaldavToken *token)
{
  g_auto (GStrv) fields = g_strsplit (text, " ", N_FIELDS);
  g_autofree char *digest = dup_digest (url);
  if (g_strv_length (fields) != N_FIELDS || strcmp (fields[0], VERSION) != 0
      || strlen (fields[1]) != 1 || strchr ("sce", *fields[1]) == NULL
      || strcmp (fields[2], digest) != 0)
    return FALSE;
  g_autofree char *normal = caldav_href_normalise (fields[4]);
  if (normal == NULL || !g_str_has_suffix (fields[4], "/"))
    return FALSE;
  token->kind = (CaldavListKind) *fields[1];
  token->full_at_s = g_ascii_strtoll (fields[3], NULL, 10);
  token->path = g_strdup (fields[4]);
  token->mark = g_strdup (fields[5]);
  return TRUE;
}
