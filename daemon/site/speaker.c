/* For whom a reader speaks: by the session that a mailed link opened, or by what the single sign-on
 * of the reverse proxy says. The publisher lets the proxy's header through only where the proxy is
 * trusted; here it is one of many until the settings name it. */
#include "site/speaker.h"

#include <string.h>

#include "site/entrance.h"

/* Source: RFC 6265, 4.2.1. */
static char *
find_cookie (const TnVisit *visit)
{
  const char *header = g_hash_table_lookup (visit->headers, "cookie");
  g_auto (GStrv) pairs = g_strsplit (header != NULL ? header : "", ";", 32);
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      const char *pair = g_strstrip (pairs[i]);
      if (g_str_has_prefix (pair, TN_SPEAKER_COOKIE "="))
        return g_strdup (pair + strlen (TN_SPEAKER_COOKIE "="));
    }
  return NULL;
}

static void
read_session (TnReader *reader)
{
  g_autofree char *token = find_cookie (reader->visit);
  g_autoptr (TnSlip) slip = NULL;
  if (token == NULL
      || tn_entrance_find (tn_reader_get_book (reader), TN_SLIP_SESSION, token, &slip)
             != TN_ENTRANCE_GOOD)
    return;
  reader->council = g_strdup (slip->council);
  reader->token = g_steal_pointer (&token);
}

/* The one that is asked for, if the user may speak for it, else the first. */
static void
read_user (TnReader *reader)
{
  const TnPremises *premises = reader->premises;
  const char *user = premises->user_header != NULL
                         ? g_hash_table_lookup (reader->visit->headers, premises->user_header)
                         : NULL;
  const char *ids = user != NULL ? g_hash_table_lookup (premises->councils, user) : NULL;
  const char *asked = tn_reader_get_field (reader, "for") != NULL
                          ? tn_reader_get_field (reader, "for")
                          : tn_reader_get_query (reader, "for");
  if (ids == NULL)
    return;
  g_auto (GStrv) councils = g_strsplit (ids, " ", -1);
  gboolean may = asked != NULL && g_strv_contains ((const char *const *) councils, asked);
  reader->user = g_strdup (user);
  reader->council = g_strdup (may ? asked : councils[0]);
}

/**
 * tn_speaker_find:
 *
 * Sets the council of @reader, when a session or the reverse proxy's single sign-on says it.
 */
void
tn_speaker_find (TnReader *reader)
{
  if (!reader->premises->decides)
    return;
  read_session (reader);
  if (reader->council == NULL)
    read_user (reader);
  if (reader->council == NULL || tn_reader_find_home (reader, reader->council) != NULL)
    return;
  g_clear_pointer (&reader->council, g_free); /* it has left the charters since */
  g_clear_pointer (&reader->token, g_free);
  g_clear_pointer (&reader->user, g_free);
}
