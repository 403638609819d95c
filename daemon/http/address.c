/* URLs. Two readers of one URL that disagree about its host are how credentials reach another
 * server, so curl's own reader is the only one: what it found is compared, and the same reading is
 * what it connects to. */
#include "http/address.h"

#include <gio/gio.h>
#include <string.h>

#include "base/error.h"

struct _TnAddress
{
  CURLU *handle; /* (owned) */
  char *scheme;  /* (owned) lower case */
  char *host;    /* (owned) lower case; IPv6 in brackets */
  char *port;    /* (owned) always said */
  char *text;    /* (owned) for messages: no user, query or fragment */
};

void
tn_address_free (TnAddress *address)
{
  if (address == NULL)
    return;
  curl_url_cleanup (address->handle);
  g_free (address->scheme);
  g_free (address->host);
  g_free (address->port);
  g_free (address->text);
  g_free (address);
}

/* Returns: (transfer full): a part of the URL; empty when it has none */
static char *
dup_part (CURLU *handle, CURLUPart what, guint flags)
{
  char *part = NULL;
  if (curl_url_get (handle, what, &part, flags) != CURLUE_OK)
    return g_strdup ("");
  char *copy = g_strdup (part);
  curl_free (part);
  return copy;
}

static char *
dup_lower (CURLU *handle, CURLUPart what, guint flags)
{
  g_autofree char *part = dup_part (handle, what, flags);
  return g_ascii_strdown (part, -1);
}

static void
read_parts (TnAddress *address)
{
  g_autofree char *path = dup_part (address->handle, CURLUPART_PATH, 0);
  address->scheme = dup_lower (address->handle, CURLUPART_SCHEME, 0);
  address->host = dup_lower (address->handle, CURLUPART_HOST, 0);
  address->port = dup_part (address->handle, CURLUPART_PORT, CURLU_DEFAULT_PORT);
  g_autofree char *written = dup_part (address->handle, CURLUPART_PORT, 0);
  address->text = g_strdup_printf ("%s://%s%s%s%s", address->scheme, address->host,
                                   *written != '\0' ? ":" : "", written, path);
}

static gboolean
check_scheme (const TnAddress *address, const char *plain, const char *secure, GError **error)
{
  gboolean is_plain = strcmp (address->scheme, plain) == 0;
  if (!is_plain && strcmp (address->scheme, secure) != 0)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "the address begins with %s:, expected %s:", address->scheme, secure);
  else
    return TRUE;
  return FALSE;
}

static TnAddress *
parse (const char *url, GError **error)
{
  g_autoptr (TnAddress) address = g_new0 (TnAddress, 1);
  address->handle = curl_url ();
  CURLUcode code
      = curl_url_set (address->handle, CURLUPART_URL, url, CURLU_DISALLOW_USER | CURLU_PATH_AS_IS);
  if (code != CURLUE_OK)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "the address cannot be used: %s",
                   code == CURLUE_USER_NOT_ALLOWED ? "a user stands in it; say user = \"…\""
                                                   : curl_url_strerror (code));
      return NULL;
    }
  curl_url_set (address->handle, CURLUPART_FRAGMENT, NULL, 0);
  read_parts (address);
  return g_steal_pointer (&address);
}

/**
 * tn_address_parse_mail:
 * @url: smtp or smtps
 *
 * As tn_address_parse(), of a mail server. Whether smtp changes to TLS is for who connects to say.
 */
TnAddress *
tn_address_parse_mail (const char *url, GError **error)
{
  g_autoptr (TnAddress) address = parse (url, error);
  if (address == NULL || !check_scheme (address, "smtp", "smtps", error))
    return NULL;
  return g_steal_pointer (&address);
}

/**
 * tn_address_parse:
 * @url: absolute, http or https
 *
 * The path stays as written: an id is never changed (hazards 35, 38).
 *
 * Source: RFC 3986; hazards 111 (no user in a URL), 115 (https, but to this host).
 * Errors: %TN_ERROR_INVALID, without quoting @url, which may hold a secret.
 * Returns: (transfer full) (nullable)
 */
TnAddress *
tn_address_parse (const char *url, GError **error)
{
  g_autoptr (TnAddress) address = parse (url, error);
  if (address == NULL || !check_scheme (address, "http", "https", error))
    return NULL;
  if (tn_address_is_secure (address) || tn_address_is_loopback (address))
    return g_steal_pointer (&address);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "%s is not encrypted, expected https: to another host than this", address->text);
  return NULL;
}

gboolean
tn_address_has_same_origin (const TnAddress *address, const TnAddress *other)
{
  return strcmp (address->scheme, other->scheme) == 0 && strcmp (address->host, other->host) == 0
         && strcmp (address->port, other->port) == 0;
}

gboolean
tn_address_is_secure (const TnAddress *address)
{
  return strcmp (address->scheme, "https") == 0 || strcmp (address->scheme, "smtps") == 0;
}

/* By what is written, never by asking DNS, which others answer; curl resolves `localhost` itself.
 */
gboolean
tn_address_is_loopback (const TnAddress *address)
{
  if (strcmp (address->host, "localhost") == 0)
    return TRUE;
  gsize length = strlen (address->host);
  gboolean is_bracketed = *address->host == '[' && length > 2;
  g_autofree char *bare
      = is_bracketed ? g_strndup (address->host + 1, length - 2) : g_strdup (address->host);
  g_autoptr (GInetAddress) numeric = g_inet_address_new_from_string (bare);
  return numeric != NULL && g_inet_address_get_is_loopback (numeric);
}

/* For messages: without user, query and fragment. */
const char *
tn_address_get_text (const TnAddress *address)
{
  return address->text;
}

CURLU *
tn_address_get_handle (const TnAddress *address)
{
  return address->handle;
}
