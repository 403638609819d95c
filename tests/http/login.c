/* Who may see a credential: the server of the account, and nobody else. */
#include "base/error.h"
#include "fakes/await.h"
#include "http/client.h"
#include "http/site.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <string.h>

#define CANARY "kanarie-7351"

static void
set_password (TnHttpSite *site, TnAuth auth, const char *text)
{
  site->account->auth = auth;
  site->account->user = g_strdup ("anna");
  site->account->password.file = tn_http_site_write_secret (site, "password", text);
}

static void
assert_basic (TnHttpSite *site, guint request, const char *pair)
{
  g_autofree char *code = g_base64_encode ((const guchar *) pair, strlen (pair));
  g_autofree char *header = g_strconcat ("Basic ", code, NULL);
  g_assert_cmpstr (tn_http_site_get_header (site, request, "authorization"), ==, header);
}

static void
test_none (TnHttpSite *site, gconstpointer unused)
{
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  g_assert_null (tn_http_site_get_header (site, 0, "authorization"));
}

static void
test_basic (TnHttpSite *site, gconstpointer unused)
{
  set_password (site, TN_AUTH_BASIC, CANARY "\n");
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "text"), ==, 200);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 1);
  assert_basic (site, 0, "anna:" CANARY);
}

static void
test_bearer (TnHttpSite *site, gconstpointer unused)
{
  site->account->auth = TN_AUTH_BEARER;
  site->account->token.file = tn_http_site_write_secret (site, "token", CANARY);
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "text"), ==, 200);
  g_assert_cmpstr (tn_http_site_get_header (site, 0, "authorization"), ==, "Bearer " CANARY);
}

static void
answer_digest (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  const char *login = tn_http_seen_get_header (seen, "authorization");
  if (login != NULL && strstr (login, "username=\"anna\"") != NULL)
    return;
  answer->status = 401;
  tn_http_answer_add_header (answer, "WWW-Authenticate",
                             "Digest realm=\"r\", nonce=\"n1\", qop=\"auth\", algorithm=MD5");
}

/* The first request learns the nonce, the others use it; no body goes unless it is let in. */
static void
test_digest (TnHttpSite *site, gconstpointer unused)
{
  set_password (site, TN_AUTH_DIGEST, CANARY);
  tn_http_server_set_handler (site->server, answer_digest, NULL);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/a", "text"), ==, 200);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 4);
  g_assert_cmpuint (g_bytes_get_size (tn_http_server_get_seen (site->server, 0)->body), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (tn_http_server_get_seen (site->server, 1)->body), ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_null (strstr (tn_http_server_get_seen (site->server, i)->head, CANARY));
}

static void
test_refused (TnHttpSite *site, gconstpointer unused)
{
  set_password (site, TN_AUTH_BASIC, "old");
  tn_http_server_push_fault (site->server, 0, &(TnHttpFault){ .status = 401 });
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "x"), ==, 401);
  g_autofree char *path = tn_http_site_write_secret (site, "password", CANARY);
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "x"), ==, 200);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 2);
  assert_basic (site, 1, "anna:" CANARY);
}

static void
assert_no_login (TnHttpSite *site, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_http_site_send (site, "GET", "/dav/", NULL, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_null (strstr (error->message, CANARY));
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 0);
}

static void
test_file (TnHttpSite *site, gconstpointer unused)
{
  set_password (site, TN_AUTH_BASIC, CANARY);
  const char *path = site->account->password.file;
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  assert_no_login (site, "others may read");
  g_assert_true (g_file_set_contents (path, "", 0, NULL));
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  assert_no_login (site, "empty");
  g_assert_true (g_file_set_contents (path, CANARY "\nmore", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0600), ==, 0);
  assert_no_login (site, "not one line");
  g_assert_cmpint (g_remove (path), ==, 0);
  assert_no_login (site, "No such file");
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  assert_no_login (site, "no regular file");
}

static void
test_credential (TnHttpSite *site, gconstpointer unused)
{
  set_password (site, TN_AUTH_BASIC, CANARY);
  g_clear_pointer (&site->account->password.file, g_free);
  site->account->password.credential = g_strdup ("password");
  g_unsetenv ("CREDENTIALS_DIRECTORY");
  assert_no_login (site, "systemd gave none");
  g_setenv ("CREDENTIALS_DIRECTORY", site->folder, TRUE);
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  assert_basic (site, 0, "anna:" CANARY);
  g_unsetenv ("CREDENTIALS_DIRECTORY");
}

static void
set_command (TnHttpSite *site, const char *script)
{
  const char *const words[] = { "/bin/sh", "-c", script, NULL };
  site->account->auth = TN_AUTH_BASIC;
  g_free (site->account->user);
  site->account->user = g_strdup ("anna");
  g_strfreev (site->account->password.command);
  site->account->password.command = g_strdupv ((char **) words);
}

static void
test_command (TnHttpSite *site, gconstpointer unused)
{
  set_command (site, "echo " CANARY);
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  assert_basic (site, 1, "anna:" CANARY);
}

static void
test_command_fails (TnHttpSite *site, gconstpointer unused)
{
  set_command (site, "echo " CANARY "; exit 3");
  assert_no_login (site, "failed");
  g_clear_object (&site->client);
  set_command (site, "head -c 100000 /dev/zero");
  assert_no_login (site, "prints too much");
  g_clear_object (&site->client);
  set_command (site, "");
  assert_no_login (site, "empty");
}

/* However many ask at once, it runs once. */
static void
test_command_once (TnHttpSite *site, gconstpointer unused)
{
  g_autofree char *log = g_build_filename (site->folder, "runs", NULL);
  g_autofree char *script = g_strdup_printf ("echo run >>'%s'; echo " CANARY, log);
  g_autofree char *url = tn_http_server_dup_url (site->server, "/dav/");
  g_autofree char *runs = NULL;
  GAsyncResult *slots[5] = { NULL };
  set_command (site, script);
  g_autoptr (TnHttpRequest) request = tn_http_request_new ("GET", url, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    tn_client_send_async (tn_http_site_open (site), request, NULL, tn_await_store, &slots[i]);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autoptr (GAsyncResult) result = tn_await (&slots[i]);
      g_autoptr (TnHttpResponse) response = tn_client_send_finish (site->client, result, NULL);
      g_assert_nonnull (response);
    }
  g_assert_true (g_file_get_contents (log, &runs, NULL, NULL));
  g_assert_cmpstr (runs, ==, "run\n");
}

static void
test_isolated (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  set_password (site, TN_AUTH_BASIC, CANARY);
  g_autoptr (TnAccount) other = tn_account_new (site->account->url);
  g_autoptr (TnClient) first = g_object_ref (tn_http_site_open (site));
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  g_clear_object (&site->client);
  site->client = tn_client_new (other, site->clock, site->folder, &site->limits, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  g_assert_null (tn_http_site_get_header (site, 1, "authorization"));
  g_assert_cmpuint (tn_http_server_get_seen (site->server, 1)->connection, ==, 2);
}

static void
test_environment (TnHttpSite *site, gconstpointer unused)
{
  static const char *const names[]
      = { "http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy", "ALL_PROXY" };
  g_autoptr (TnHttpServer) proxy = tn_http_server_new ();
  g_autofree char *url = tn_http_server_dup_url (proxy, "");
  g_autofree char *netrc
      = tn_http_site_write_secret (site, ".netrc", "default login anna password " CANARY);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_setenv (names[i], url, TRUE);
  g_setenv ("HOME", site->folder, TRUE);
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
  g_assert_cmpuint (tn_http_server_count_connections (proxy), ==, 0);
  g_assert_null (tn_http_site_get_header (site, 0, "authorization"));
}

static void
test_url (TnHttpSite *site, gconstpointer unused)
{
  static const char *const urls[] = { "http://dav.example/",
                                      "http://10.0.0.1/",
                                      "https://anna@dav.example/",
                                      "https://anna:" CANARY "@dav.example/",
                                      "ftp://dav.example/",
                                      "dav.example",
                                      "http://127.0.0.1.example/",
                                      "http://localhost.example/",
                                      "",
                                      "https://" };
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TnAccount) account = tn_account_new (urls[i]);
      g_assert_null (tn_client_new (account, site->clock, NULL, NULL, &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
      g_assert_null (strstr (error->message, CANARY));
    }
}

static void
test_errors (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  set_password (site, TN_AUTH_BASIC, CANARY);
  tn_http_server_push_fault (site->server, 0, &(TnHttpFault){ .drops = TRUE });
  g_assert_null (tn_http_site_send (site, "PUT", "/dav/a?token=" CANARY, "x", &error));
  g_assert_null (strstr (error->message, CANARY));
  g_assert_true (g_str_has_prefix (error->message, "cannot PUT http://127.0.0.1:"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TN_HTTP_ADD ("/http/login/none-is-sent-where-none-is-kept", test_none);
  TN_HTTP_ADD ("/http/login/basic-is-sent-with-the-first-request", test_basic);
  TN_HTTP_ADD ("/http/login/bearer-token-is-sent", test_bearer);
  TN_HTTP_ADD ("/http/login/digest-asks-for-the-nonce-once", test_digest);
  TN_HTTP_ADD ("/http/login/hazard-12-refused-password-is-read-anew", test_refused);
  TN_HTTP_ADD ("/http/login/hazard-101-file-that-others-read-is-refused", test_file);
  TN_HTTP_ADD ("/http/login/credential-of-systemd-is-read", test_credential);
  TN_HTTP_ADD ("/http/login/command-prints-the-secret", test_command);
  TN_HTTP_ADD ("/http/login/command-that-fails-lets-nobody-in", test_command_fails);
  TN_HTTP_ADD ("/http/login/command-runs-once-for-all", test_command_once);
  TN_HTTP_ADD ("/http/login/hazard-84-accounts-share-no-connection", test_isolated);
  TN_HTTP_ADD ("/http/login/hazard-81-proxy-of-the-environment-is-ignored", test_environment);
  TN_HTTP_ADD ("/http/login/hazard-111-and-115-url-without-user-and-encrypted", test_url);
  TN_HTTP_ADD ("/http/login/hazard-102-error-holds-no-secret", test_errors);
  return g_test_run ();
}
