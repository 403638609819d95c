/* Publishers as the settings describe them. */
#include "model/publisher.h"

#include <string.h>

/**
 * tn_publisher_new:
 *
 * Returns: (transfer full): a publisher that shows everything to everybody and takes no decision
 */
TnPublisher *
tn_publisher_new (const char *id, const char *provider)
{
  TnPublisher *publisher = g_new0 (TnPublisher, 1);
  publisher->id = g_strdup (id);
  publisher->provider = g_strdup (provider);
  publisher->trusted_proxies = g_new0 (char *, 1);
  publisher->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  publisher->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return publisher;
}

void
tn_publisher_free (TnPublisher *publisher)
{
  if (publisher == NULL)
    return;
  g_free (publisher->id);
  g_free (publisher->provider);
  g_free (publisher->url);
  g_free (publisher->listen);
  g_free (publisher->accessibility);
  g_free (publisher->privacy);
  g_free (publisher->contact);
  g_free (publisher->user_header);
  g_strfreev (publisher->trusted_proxies);
  g_hash_table_unref (publisher->users);
  g_hash_table_unref (publisher->options);
  tn_origin_clear (&publisher->origin);
  g_free (publisher);
}

/**
 * tn_publisher_dup_folder:
 *
 * Returns: (transfer full): the path of its `url`: begins and ends with a slash
 */
char *
tn_publisher_dup_folder (const TnPublisher *publisher)
{
  const char *host = strstr (publisher->url, "://");
  const char *path = host != NULL ? strchr (host + 3, '/') : NULL;
  return g_strdup (path != NULL ? path : "/");
}

/**
 * tn_publisher_dup_address:
 * @path: of a page, as in TnVisit: begins with a slash
 *
 * Returns: (transfer full): its whole address, for letters and subscriptions
 */
char *
tn_publisher_dup_address (const TnPublisher *publisher, const char *path)
{
  return g_strconcat (publisher->url, *path == '/' ? path + 1 : path, NULL);
}
