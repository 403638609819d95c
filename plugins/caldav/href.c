/* Hrefs. A server may spell one resource in several ways (`@` or `%40`, `%c3` or `%C3`, `//`), so
 * they are compared in a normal form: every byte that is not unreserved is escaped, in upper case
 * (RFC 3986 6.2.2; hazard 38). What a server names must lie on its own origin and under the
 * collection (hazard 76); nothing else is ever asked for. */
#include "href.h"

#include <string.h>

#define SHOWN_MAX_BYTES 200u

/**
 * caldav_href_dup_shown:
 * @href: as a server named it
 *
 * For messages: cut, escaped, and without user, password, query and fragment, which may hold a
 * secret (hazards 102, 111).
 *
 * Returns: (transfer full)
 */
char *
caldav_href_dup_shown (const char *href)
{
  const char *slashes = strstr (href, "//");
  const char *host = slashes != NULL ? slashes + 2 : href;
  gsize host_length = slashes != NULL ? strcspn (host, "/?#") : 0;
  const char *at = g_strrstr_len (host, (gssize) host_length, "@");
  const char *rest = at != NULL ? at + 1 : host;
  g_autofree char *front = g_strndup (href, MIN ((gsize) (host - href), SHOWN_MAX_BYTES));
  g_autofree char *back = g_strndup (rest, MIN (strcspn (rest, "?#"), SHOWN_MAX_BYTES));
  g_autofree char *whole = g_strconcat (front, back, NULL);
  return g_strescape (whole, NULL);
}

static GError *
refuse (const char *href, const char *why)
{
  g_autofree char *shown = caldav_href_dup_shown (href);
  return g_error_new (TURNUS_ERROR, TURNUS_ERROR_PROTOCOL, "the server names \"%s\", %s", shown,
                      why);
}

static gboolean
check_scheme (const char *url, GUri *uri, GError **error)
{
  const char *scheme = g_uri_get_scheme (uri);
  const char *host = g_uri_get_host (uri);
  if (g_uri_get_userinfo (uri) != NULL)
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                         "url: a user or password does not belong into it; set user and password");
  else if (host == NULL || *host == '\0'
           || (strcmp (scheme, "https") != 0 && strcmp (scheme, "http") != 0))
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                 "url = \"%s\": expected https:// and a host", url);
  else
    return TRUE;
  return FALSE;
}

/* The origin in its shortest form: no default port, lower case. */
static char *
format_origin (GUri *uri)
{
  g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri), -1);
  const char *scheme = g_uri_get_scheme (uri);
  gboolean is_address = strchr (host, ':') != NULL;
  const char *before = is_address ? "[" : "", *after = is_address ? "]" : "";
  int port = g_uri_get_port (uri);
  int usual = strcmp (scheme, "https") == 0 ? 443 : 80;
  if (port <= 0 || port == usual)
    return g_strdup_printf ("%s://%s%s%s", scheme, before, host, after);
  return g_strdup_printf ("%s://%s%s%s:%d", scheme, before, host, after, port);
}

/**
 * caldav_href_dup_origin:
 * @url: of the settings: a URL, or a host name alone
 * @ret_path: (out) (transfer full): its path; empty when it names a host only
 *
 * Errors: %TURNUS_ERROR_INVALID
 * Returns: (transfer full): scheme, host and port
 */
char *
caldav_href_dup_origin (const char *url, char **ret_path, GError **error)
{
  g_autofree char *whole
      = strstr (url, "://") != NULL ? g_strdup (url) : g_strconcat ("https://", url, NULL);
  g_autoptr (GError) why = NULL;
  g_autoptr (GUri) uri
      = g_uri_parse (whole, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, &why);
  if (uri == NULL)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID, "url = \"%s\": %s", url,
                   why->message);
      return NULL;
    }
  if (!check_scheme (url, uri, error))
    return NULL;
  const char *path = g_uri_get_path (uri);
  if (strcmp (path, "/") == 0)
    path = "";
  g_autofree char *normal = caldav_href_normalise (*path != '\0' ? path : "/");
  if (normal == NULL || g_uri_get_query (uri) != NULL || g_uri_get_fragment (uri) != NULL)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                   "url = \"%s\": expected a host and a path, without \"..\", ? and #", url);
      return NULL;
    }
  *ret_path = g_strdup (path);
  return format_origin (uri);
}

/* The path of an absolute URL, if it is on our origin. */
static const char *
skip_origin (const char *origin, const char *href, GError **error)
{
  g_autoptr (GUri) uri
      = g_uri_parse (href, G_URI_FLAGS_ENCODED | G_URI_FLAGS_SCHEME_NORMALIZE, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL)
    {
      g_propagate_error (error, refuse (href, "which is no URL"));
      return NULL;
    }
  g_autofree char *theirs = format_origin (uri);
  if (strcmp (theirs, origin) != 0)
    {
      g_autofree char *why = g_strdup_printf (
          "which is not on %s: if it is to be trusted, name that address in the settings", origin);
      g_propagate_error (error, refuse (href, why));
      return NULL;
    }
  const char *path = strchr (strstr (href, "://") + 3, '/');
  return path != NULL ? path : "/";
}

/**
 * caldav_href_dup_path:
 * @origin: the only one that is spoken to
 * @base_path: what was asked for, against which a relative href counts
 * @href: as the server wrote it
 *
 * Errors: %TURNUS_ERROR_PROTOCOL when it lies elsewhere or is no href.
 * Returns: (transfer full): its absolute path, in the server's spelling
 */
char *
caldav_href_dup_path (const char *origin, const char *base_path, const char *href, GError **error)
{
  const char *path = href;
  if (strstr (href, "://") != NULL && *href != '/')
    {
      path = skip_origin (origin, href, error);
      if (path == NULL)
        return NULL;
    }
  const char *last = strrchr (base_path, '/');
  g_autofree char *folder
      = *path == '/' || last == NULL ? NULL : g_strndup (base_path, (gsize) (last - base_path) + 1);
  g_autofree char *whole = g_strconcat (folder != NULL ? folder : "", path, NULL);
  g_autofree char *normal = caldav_href_normalise (whole);
  if (normal == NULL)
    {
      g_propagate_error (error, refuse (href, "which is no path that can be asked for"));
      return NULL;
    }
  /* A raw blank or umlaut cannot stand in a request: where there is one, our spelling is sent. */
  for (const char *p = whole; *p != '\0'; p++)
    if (*p <= 0x20 || *p == 0x7f || strchr ("\"<>?#\\^`{|}", *p) != NULL)
      return g_steal_pointer (&normal);
  return g_steal_pointer (&whole);
}

static gboolean
is_unreserved (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-._~", c) != NULL);
}

static gboolean
append_normal (GString *normal, const char **at)
{
  const char *p = *at;
  int byte = (guchar) *p;
  gboolean is_separator = byte == '/';
  if (byte == '%')
    {
      if (!g_ascii_isxdigit (p[1]) || !g_ascii_isxdigit (p[2]))
        return FALSE;
      byte = g_ascii_xdigit_value (p[1]) * 16 + g_ascii_xdigit_value (p[2]);
      *at += 2;
    }
  *at += 1;
  if (byte < 0x20 || byte == 0x7f)
    return FALSE;
  if (is_separator && normal->len > 0 && normal->str[normal->len - 1] == '/')
    return TRUE;
  if (is_separator || is_unreserved ((char) byte))
    g_string_append_c (normal, (char) byte);
  else
    g_string_append_printf (normal, "%%%02X", (guint) byte);
  return TRUE;
}

static gboolean
has_dots (const char *path)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", -1);
  return g_strv_contains ((const char *const *) parts, ".")
         || g_strv_contains ((const char *const *) parts, "..");
}

/**
 * caldav_href_normalise:
 * @path: absolute
 *
 * Returns: (transfer full) (nullable): one spelling for all that mean the same; %NULL for what is
 * no path: broken escapes, control characters, dot segments, too long
 */
char *
caldav_href_normalise (const char *path)
{
  if (*path != '/' || strnlen (path, CALDAV_HREF_MAX_BYTES + 1) > CALDAV_HREF_MAX_BYTES)
    return NULL;
  g_autoptr (GString) normal = g_string_new (NULL);
  for (const char *p = path; *p != '\0';)
    if (!append_normal (normal, &p))
      return NULL;
  if (normal->len > CALDAV_HREF_MAX_BYTES || has_dots (normal->str))
    return NULL;
  return g_strdup (normal->str);
}

/**
 * caldav_href_dup_member:
 * @collection: path of a collection
 * @path: of something that the server listed
 *
 * Returns: (transfer full) (nullable): what stands behind the collection's path, in normal form:
 *   empty for the collection itself; %NULL when it is not under it
 */
char *
caldav_href_dup_member (const char *collection, const char *path)
{
  g_autofree char *outer = caldav_href_normalise (collection);
  g_autofree char *inner = caldav_href_normalise (path);
  if (outer == NULL || inner == NULL)
    return NULL;
  gsize length = strlen (outer);
  if (length > 0 && outer[length - 1] == '/')
    outer[--length] = '\0';
  if (strncmp (inner, outer, length) != 0)
    return NULL;
  if (inner[length] == '\0')
    return g_strdup ("");
  return inner[length] == '/' ? g_strdup (inner + length + 1) : NULL;
}
