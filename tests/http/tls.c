/* A certificate that does not hold is a hard stop: nothing of the request is sent (hazard 78). */
#include "base/error.h"
#include "http/client.h"
#include "http/site.h"

static char *
find_certificate (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  return g_build_filename (g_getenv ("TURNUS_SOURCE"), "tests", "http", "certificates", file, NULL);
}

/* @trusted: (nullable): what the account trusts; NULL: what the system does */
static void
serve (TnHttpSite *site, const char *name, const char *trusted)
{
  g_autofree char *path = find_certificate (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_file (path, &error);
  g_assert_no_error (error);
  tn_http_server_free (site->server);
  site->server = tn_http_server_new_tls (certificate);
  tn_account_unref (site->account);
  g_autofree char *url = tn_http_server_dup_url (site->server, "/dav/");
  site->account = tn_account_new (url);
  site->account->ca = trusted != NULL ? find_certificate (trusted) : NULL;
}

static void
assert_refused (TnHttpSite *site, const char *name, const char *trusted)
{
  g_autoptr (GError) error = NULL;
  serve (site, name, trusted);
  g_clear_object (&site->client);
  g_assert_null (tn_http_site_send (site, "GET", "/dav/", NULL, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_PROTOCOL);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 0);
}

static void
test_trusted (TnHttpSite *site, gconstpointer unused)
{
  serve (site, "good", "good");
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/a", "text"), ==, 200);
  g_assert_cmpuint (tn_http_server_count_connections (site->server), ==, 1);
}

static void
test_refused (TnHttpSite *site, gconstpointer unused)
{
  assert_refused (site, "good", NULL);
  assert_refused (site, "good", "other");
  assert_refused (site, "other", "other");
  assert_refused (site, "expired", "expired");
  assert_refused (site, "future", "future");
}

static void
test_plain_server (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url
      = g_strdup_printf ("https://127.0.0.1:%u/", tn_http_server_get_port (site->server));
  g_free (site->account->url);
  site->account->url = g_steal_pointer (&url);
  tn_http_server_push_fault (site->server, 0, &(TnHttpFault){ .drops = TRUE });
  site->limits.total_ms = 500;
  g_assert_null (tn_http_site_send_to (site, "GET", site->account->url, NULL, NULL, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 0);
}

static void
test_client_certificate (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  serve (site, "good", "good");
  tn_http_server_require_certificate (site->server);
  g_assert_null (tn_http_site_send (site, "GET", "/dav/", NULL, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_clear_object (&site->client);
  site->account->client_certificate = find_certificate ("other");
  site->account->client_key = find_certificate ("other");
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
}

static void
test_no_client_certificate (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  serve (site, "good", "good");
  site->account->client_certificate = g_strdup ("/nowhere.pem");
  g_assert_null (tn_http_site_send (site, "GET", "/dav/", NULL, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_AUTH);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_print ("1..0 # SKIP the scripted server has no TLS: glib-networking is missing\n");
      return 0;
    }
  TN_HTTP_ADD ("/http/tls/certificate-that-is-trusted-holds", test_trusted);
  TN_HTTP_ADD ("/http/tls/hazard-78-certificate-that-does-not-hold-stops-all", test_refused);
  TN_HTTP_ADD ("/http/tls/hazard-115-server-without-tls-gets-nothing", test_plain_server);
  TN_HTTP_ADD ("/http/tls/client-certificate-logs-in", test_client_certificate);
  TN_HTTP_ADD ("/http/tls/client-certificate-that-is-missing-is-said", test_no_client_certificate);
  return g_test_run ();
}
