#include "http/site.h"

#include <glib/gstdio.h>
#include <string.h>

#include "fakes/await.h"
#include "fakes/fake-clock.h"

void
tn_http_site_set_up (TnHttpSite *site, gconstpointer unused)
{
  site->server = tn_http_server_new ();
  g_autofree char *url = tn_http_server_dup_url (site->server, "/dav/");
  site->account = tn_account_new (url);
  site->limits = tn_limits_usual;
  site->limits.body_max_bytes = 100000;
  site->limits.poll_unit_ms = 1;
  site->clock = TN_CLOCK (tn_fake_clock_new (20000));
  site->folder = g_dir_make_tmp ("turnus-http-XXXXXX", NULL);
  g_assert_nonnull (site->folder);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_assert_cmpint (g_remove (child), ==, 0);
    }
  g_assert_cmpint (g_rmdir (path), ==, 0);
}

void
tn_http_site_tear_down (TnHttpSite *site, gconstpointer unused)
{
  g_clear_object (&site->client);
  tn_http_server_free (site->server);
  tn_account_unref (site->account);
  g_clear_object (&site->clock);
  remove_folder (site->folder);
  g_free (site->folder);
}

/* Returns: (transfer none): the client of the account as it is now */
TnClient *
tn_http_site_open (TnHttpSite *site)
{
  g_autoptr (GError) error = NULL;
  if (site->client == NULL)
    site->client = tn_client_new (site->account, site->clock, site->folder, &site->limits, &error);
  g_assert_no_error (error);
  return site->client;
}

TnHttpResponse *
tn_http_site_send_to (TnHttpSite *site, const char *method, const char *url,
                      const char *const *headers, const char *body, GError **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new (body, strlen (body)) : NULL;
  g_autoptr (TnHttpRequest) request = tn_http_request_new (method, url, headers, bytes);
  tn_client_send_async (tn_http_site_open (site), request, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  return tn_client_send_finish (site->client, result, error);
}

TnHttpResponse *
tn_http_site_send (TnHttpSite *site, const char *method, const char *path, const char *body,
                   GError **error)
{
  g_autofree char *url = tn_http_server_dup_url (site->server, path);
  return tn_http_site_send_to (site, method, url, NULL, body, error);
}

guint
tn_http_site_get_status (TnHttpSite *site, const char *method, const char *path, const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnHttpResponse) response = tn_http_site_send (site, method, path, body, &error);
  g_assert_no_error (error);
  return response->status;
}

const char *
tn_http_site_get_header (TnHttpSite *site, guint request, const char *name)
{
  return tn_http_seen_get_header (tn_http_server_get_seen (site->server, request), name);
}

/* Returns: (transfer full): path of a file that only we may read */
char *
tn_http_site_write_secret (TnHttpSite *site, const char *name, const char *text)
{
  char *path = g_build_filename (site->folder, name, NULL);
  g_assert_true (g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  return path;
}
