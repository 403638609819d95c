/* The key `publishers`: where the plan is shown. A publisher speaks plain HTTP, so it listens to
 * this host alone, behind the council's web server, which has the certificate. */
#include "charter/publishers.h"

#include <string.h>
#include <sys/un.h>

#include <gio/gio.h>

#include "charter/access.h"
#include "charter/document.h"

static const char UNIX[] = "unix:";

/* `127.0.0.1:8080` or `[::1]:8080` */
static gboolean
is_loopback (const char *listen)
{
  g_autoptr (GError) error = NULL;
  const char *colon = strrchr (listen, ':');
  if (colon == NULL)
    return FALSE;
  gboolean is_bracketed = *listen == '[' && colon > listen && colon[-1] == ']';
  g_autofree char *host = is_bracketed ? g_strndup (listen + 1, (gsize) (colon - listen) - 2)
                                       : g_strndup (listen, (gsize) (colon - listen));
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  guint64 port = 0;
  return address != NULL && g_inet_address_get_is_loopback (address)
         && (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6) == is_bracketed
         && g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, &error);
}

static void
read_listen (TnGroup group, TnPublisher *publisher)
{
  if (tn_group_read_text (group, "listen", &publisher->listen) != TN_READING_GIVEN)
    return;
  const char *listen = publisher->listen;
  gsize most = sizeof ((struct sockaddr_un *) NULL)->sun_path - 1;
  if (g_str_has_prefix (listen, UNIX))
    {
      const char *path = listen + strlen (UNIX);
      if (!g_path_is_absolute (path) || strlen (path) > most)
        tn_group_complain (group, "listen",
                           "listen names the socket \"%.110s\", expected a whole path of at most "
                           "%zu bytes: unix:/run/turnus/feed.sock",
                           path, most);
    }
  else if (!is_loopback (listen))
    tn_group_complain (group, "listen",
                       "listen is \"%.60s\", expected an address of this host alone: "
                       "\"127.0.0.1:8080\", \"[::1]:8080\" or \"unix:/run/turnus/feed.sock\"; the "
                       "council's web server stands in front of it and has the certificate",
                       listen);
}

/* Its path is where the pages are, so it ends with a slash. */
static void
read_url (TnGroup group, TnPublisher *publisher)
{
  g_autofree char *url = NULL;
  if (tn_group_read_text (group, "url", &url) != TN_READING_GIVEN)
    return;
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;
  gboolean is_here = (address != NULL && g_inet_address_get_is_loopback (address))
                     || g_strcmp0 (host, "localhost") == 0;
  if (tn_access_has_user_in_url (url))
    tn_group_complain (group, "url", "a user stands in the address 'url', expected it without");
  else if (host == NULL || *host == '\0' || g_uri_get_query (uri) != NULL
           || g_uri_get_fragment (uri) != NULL
           || (strcmp (scheme, "https") != 0 && (strcmp (scheme, "http") != 0 || !is_here)))
    tn_group_complain (group, "url",
                       "url is \"%.80s\", expected the public address of the pages, like "
                       "\"https://kalender.example.dk/turnus/\"; http only with this host",
                       url);
  else
    publisher->url
        = g_str_has_suffix (url, "/") ? g_steal_pointer (&url) : g_strconcat (url, "/", NULL);
}

/* A link in the foot of each page: nothing that a browser would run. */
static void
read_link (TnGroup group, const char *key, char **ret_link)
{
  g_autofree char *text = NULL;
  if (tn_group_read_text (group, key, &text) != TN_READING_GIVEN)
    return;
  if (g_str_has_prefix (text, "https://") || g_str_has_prefix (text, "mailto:"))
    *ret_link = g_steal_pointer (&text);
  else
    tn_group_complain (group, key, "%s is \"%.80s\", expected https://… or mailto:…", key, text);
}

static gboolean
is_token (const char *text)
{
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
  return *text != '\0' && strspn (text, letters) == strlen (text);
}

/* Who is believed when it says who somebody is. */
static void
read_trust (TnGroup group, TnPublisher *publisher)
{
  g_autofree char *header = NULL;
  g_auto (GStrv) proxies = NULL;
  tn_group_read_text (group, "user_header", &header);
  tn_group_read_texts (group, "trusted_proxy", &proxies);
  for (guint i = 0; proxies != NULL && proxies[i] != NULL; i++)
    {
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (proxies[i]);
      if (address == NULL && strcmp (proxies[i], "unix") != 0)
        tn_group_complain (group, "trusted_proxy",
                           "trusted_proxy names \"%.60s\", expected an address like \"127.0.0.1\", "
                           "or \"unix\" for whoever may use the socket",
                           proxies[i]);
    }
  if (header != NULL && !is_token (header))
    tn_group_complain (group, "user_header",
                       "user_header is \"%.60s\", expected the name of a header like "
                       "\"X-Remote-User\"",
                       header);
  else if (header != NULL && (proxies == NULL || proxies[0] == NULL))
    tn_group_complain (group, "user_header",
                       "user_header says who somebody is, but no trusted_proxy may say so, "
                       "expected both");
  publisher->user_header = header != NULL ? g_ascii_strdown (header, -1) : NULL;
  if (proxies == NULL)
    return;
  g_strfreev (publisher->trusted_proxies);
  publisher->trusted_proxies = g_steal_pointer (&proxies);
}

static void
read_user (TnGroup group, TnPublisher *publisher)
{
  g_autofree char *name = NULL;
  g_auto (GStrv) councils = NULL;
  if (tn_group_read_text (group, "name", &name) != TN_READING_GIVEN
      || tn_group_read_texts (group, "councils", &councils) != TN_READING_GIVEN)
    return;
  if (g_hash_table_contains (publisher->users, name))
    tn_group_complain (group, "name", "user \"%.60s\" stands twice, expected one", name);
  g_hash_table_insert (publisher->users, g_steal_pointer (&name), g_strjoinv (" ", councils));
}

static void
read_users (TnGroup group, TnPublisher *publisher)
{
  for (guint i = 0; i < tn_group_count (group, "users"); i++)
    read_user (tn_group_at (group, "users", i), publisher);
  if (tn_group_has (group, "users") && publisher->user_header == NULL)
    tn_group_complain (group, "users",
                       "users are named, but no user_header says who somebody is, expected both");
}

static void
on_option (const char *name, const char *text, int line, gpointer user_data)
{
  TnPublisher *publisher = user_data;
  g_hash_table_insert (publisher->options, g_strdup (name), g_strdup (text));
}

static void
put_option (TnPublisher *publisher, const char *name, char *text)
{
  if (text != NULL && *text != '\0')
    g_hash_table_insert (publisher->options, g_strdup (name), text);
  else
    g_free (text);
}

static gboolean
read_flag (TnGroup group, const char *key)
{
  TnValue value = { 0 };
  tn_group_read (group, key, &value);
  return value.number != 0;
}

static void
read_publisher (TnGroup group, TnSettings *settings)
{
  TnValue id = { 0 };
  TnValue provider = { 0 };
  if (tn_group_read (group, "id", &id) != TN_READING_GIVEN)
    return;
  tn_group_read (group, "provider", &provider);
  const TnPublisher *twin = tn_settings_find_publisher (settings, id.text);
  if (twin != NULL)
    tn_group_complain (group, "id",
                       "publisher '%s' stands twice, expected one; the first is in line %d",
                       id.text, twin->origin.line);
  TnPublisher *publisher = tn_publisher_new (id.text, provider.text != NULL ? provider.text : "");
  g_ptr_array_add (settings->publishers, publisher);
  publisher->origin = tn_group_get_origin (group, NULL);
  read_url (group, publisher);
  read_listen (group, publisher);
  read_link (group, "accessibility", &publisher->accessibility);
  read_link (group, "privacy", &publisher->privacy);
  read_link (group, "contact", &publisher->contact);
  read_trust (group, publisher);
  read_users (group, publisher);
  publisher->is_secret = read_flag (group, "secret");
  publisher->has_decisions = read_flag (group, "decisions");
  publisher->shows_metrics = read_flag (group, "metrics");
  tn_group_foreach_other (group, on_option, publisher);
  put_option (publisher, "listen", g_strdup (publisher->listen));
  put_option (publisher, "user_header", g_strdup (publisher->user_header));
  put_option (publisher, "trusted_proxy", g_strjoinv (" ", publisher->trusted_proxies));
}

/**
 * tn_publishers_read:
 * @root: of the settings
 *
 * What a plugin alone understands is left to it.
 */
void
tn_publishers_read (TnGroup root, TnSettings *settings)
{
  for (guint i = 0; i < tn_group_count (root, "publishers"); i++)
    read_publisher (tn_group_at (root, "publishers", i), settings);
}
