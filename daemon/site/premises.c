/* The place of a site. Links are made from its folder, so that it can stand anywhere behind a web
 * server; links in letters from its whole address. */
#include "site/premises.h"

#include <string.h>

static char *
dup_folder (const char *url)
{
  const char *host = strstr (url, "://");
  const char *path = host != NULL ? strchr (host + strlen ("://"), '/') : url;
  return g_strdup (path);
}

/**
 * tn_premises_new:
 * @url: with or without a slash at its end
 *
 * Returns: (transfer full): a site on which nobody decides, without links below its pages
 */
TnPremises *
tn_premises_new (const char *url)
{
  TnPremises *premises = g_atomic_rc_box_new0 (TnPremises);
  premises->url = g_str_has_suffix (url, "/") ? g_strdup (url) : g_strconcat (url, "/", NULL);
  premises->folder = dup_folder (premises->url);
  premises->councils = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return premises;
}

/**
 * tn_premises_new_for:
 *
 * Returns: (transfer full): as the settings have it
 */
TnPremises *
tn_premises_new_for (const TnPublisher *publisher)
{
  TnPremises *premises = tn_premises_new (publisher->url);
  GHashTableIter iter;
  gpointer user = NULL;
  gpointer councils = NULL;
  premises->is_secret = publisher->is_secret;
  premises->accessibility = g_strdup (publisher->accessibility);
  premises->privacy = g_strdup (publisher->privacy);
  premises->contact = g_strdup (publisher->contact);
  premises->decides = publisher->has_decisions;
  premises->user_header = g_strdup (publisher->user_header);
  g_hash_table_iter_init (&iter, publisher->users);
  while (g_hash_table_iter_next (&iter, &user, &councils))
    g_hash_table_insert (premises->councils, g_strdup (user), g_strdup (councils));
  return premises;
}

TnPremises *
tn_premises_ref (const TnPremises *premises)
{
  return g_atomic_rc_box_acquire ((gpointer) premises);
}

static void
clear (gpointer pointer)
{
  TnPremises *premises = pointer;
  g_free (premises->url);
  g_free (premises->folder);
  g_free (premises->accessibility);
  g_free (premises->privacy);
  g_free (premises->contact);
  g_free (premises->user_header);
  g_hash_table_unref (premises->councils);
}

void
tn_premises_unref (TnPremises *premises)
{
  if (premises != NULL)
    g_atomic_rc_box_release_full (premises, clear);
}

/**
 * tn_premises_dup_address:
 * @path: of a page, without a slash before it
 *
 * Returns: (transfer full): its whole address, for letters
 */
char *
tn_premises_dup_address (const TnPremises *premises, const char *path)
{
  return g_strconcat (premises->url, path, NULL);
}

/**
 * tn_premises_is_safe:
 *
 * Returns: %TRUE when readers come by TLS, so that a cookie may insist on it
 */
gboolean
tn_premises_is_safe (const TnPremises *premises)
{
  return g_ascii_strncasecmp (premises->url, "https://", strlen ("https://")) == 0;
}
