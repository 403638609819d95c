/* Logging in as Microsoft's identity platform wants it, with its documented answers. */
#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"
#include "fakes/await.h"
#include "fakes/fake-clock.h"
#include "http/keyring.h"
#include "http/token-site.h"

static guint
get_status (TnTokenSite *place)
{
  return tn_http_site_get_status (&place->site, "PUT", "/dav/", "x");
}

static void
assert_refused (TnTokenSite *place, int code, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_http_site_send (&place->site, "GET", "/dav/", NULL, &error));
  g_assert_error (error, TN_ERROR, code);
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_null (strstr (error->message, TN_CANARY));
}

static void
test_certificate (TnTokenSite *place, gconstpointer unused)
{
  tn_token_site_use_certificate (place, "signing");
  g_assert_cmpuint (get_status (place), ==, 200);
  g_assert_cmpuint (get_status (place), ==, 200);
  g_assert_cmpuint (tn_http_server_count (place->site.server), ==, 3);
  const TnHttpSeen *seen = tn_http_server_get_seen (place->site.server, 0);
  g_autofree char *grant = tn_token_site_dup_field (seen, "grant_type");
  g_autofree char *scope = tn_token_site_dup_field (seen, "scope");
  g_autofree char *id = tn_token_site_dup_field (seen, "client_id");
  g_assert_cmpstr (grant, ==, "client_credentials");
  g_assert_cmpstr (scope, ==, "https://graph.microsoft.com/.default");
  g_assert_cmpstr (id, ==, "6731de76-14a6-49ae-97bc-6eba6914391e");
  g_assert_null (tn_http_seen_get_header (seen, "authorization"));
}

static void
test_older_signature (TnTokenSite *place, gconstpointer unused)
{
  tn_token_site_use_certificate (place, "signing");
  place->site.account->signature = TN_SIGNATURE_RS256;
  g_assert_cmpuint (get_status (place), ==, 200);
}

static guint
count_files (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;
  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_secret (TnTokenSite *place, gconstpointer unused)
{
  TnAccount *account = place->site.account;
  account->client_secret.file = tn_http_site_write_secret (&place->site, "secret", TN_CANARY);
  g_assert_cmpuint (get_status (place), ==, 200);
  g_assert_null (place->last_assertion);
  g_assert_cmpuint (count_files (place->site.folder), ==, 1); /* the secret */
}

/* The server adds a refresh token although it should not (RFC 6749 4.4.3). */
static void
test_memory (TnTokenSite *place, gconstpointer unused)
{
  tn_token_site_use_certificate (place, "signing");
  g_assert_cmpuint (get_status (place), ==, 200);
  g_assert_cmpuint (count_files (place->site.folder), ==, 1); /* the key */
}

/* A person had logged in before the app got its certificate. */
static void
test_old_login (TnTokenSite *place, gconstpointer unused)
{
  g_autofree char *path = tn_keyring_dup_path (place->site.folder, place->site.account);
  g_autoptr (TnSecret) old = tn_secret_new ("old", 3, NULL);
  g_assert_true (tn_keyring_save (path, old, NULL));
  tn_token_site_use_certificate (place, "signing");
  g_assert_cmpuint (get_status (place), ==, 200);
  g_autoptr (TnSecret) kept = tn_keyring_load (path, NULL);
  g_assert_cmpstr (tn_secret_borrow (kept), ==, "old");
}

static void
test_in_time (TnTokenSite *place, gconstpointer unused)
{
  TnFakeClock *clock = TN_FAKE_CLOCK (place->site.clock);
  tn_token_site_use_certificate (place, "signing");
  g_assert_cmpuint (get_status (place), ==, 200);
  tn_fake_clock_advance_us (clock, 3500 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (get_status (place), ==, 200);
  g_assert_cmpuint (place->n_tokens, ==, 1);
  tn_fake_clock_advance_us (clock, 60 * G_TIME_SPAN_SECOND); /* 39 s before it ends */
  g_assert_cmpuint (get_status (place), ==, 200);
  g_assert_cmpuint (place->n_tokens, ==, 2);
  g_assert_cmpuint (g_hash_table_size (place->ids), ==, 2);
}

static void
test_parallel (TnTokenSite *place, gconstpointer unused)
{
  GAsyncResult *slots[5] = { NULL };
  g_autofree char *url = tn_http_server_dup_url (place->site.server, "/dav/");
  g_autoptr (TnHttpRequest) request = tn_http_request_new ("GET", url, NULL, NULL);
  tn_token_site_use_certificate (place, "signing");
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    tn_client_send_async (tn_http_site_open (&place->site), request, NULL, tn_await_store,
                          &slots[i]);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autoptr (GAsyncResult) result = tn_await (&slots[i]);
      g_autoptr (TnHttpResponse) response
          = tn_client_send_finish (place->site.client, result, NULL);
      g_assert_cmpuint (response->status, ==, 200);
    }
  g_assert_cmpuint (place->n_asked, ==, 1);
}

static void
test_401 (TnTokenSite *place, gconstpointer unused)
{
  TnHttpServer *server = place->site.server;
  tn_token_site_use_certificate (place, "signing");
  g_assert_cmpuint (get_status (place), ==, 200);
  tn_http_server_push_fault (server, 0, &(TnHttpFault){ .status = 401 });
  g_assert_cmpuint (get_status (place), ==, 200);
  g_assert_cmpuint (place->n_tokens, ==, 2);
  tn_http_server_push_fault (server, 0, &(TnHttpFault){ .status = 401 });
  tn_http_server_push_fault (server, 1, &(TnHttpFault){ .status = 401 });
  g_assert_cmpuint (get_status (place), ==, 401);
  g_assert_cmpuint (place->n_tokens, ==, 3);
}

static void
test_key_rights (TnTokenSite *place, gconstpointer unused)
{
  tn_token_site_use_certificate (place, "signing");
  g_assert_cmpint (g_chmod (place->site.account->signing_key.file, 0640), ==, 0);
  assert_refused (place, TN_ERROR_AUTH, "others may read");
  g_assert_cmpuint (tn_http_server_count (place->site.server), ==, 0);
}

/* The app's registration knows another one: a new one is put there, and nothing is restarted. */
static void
test_replaced (TnTokenSite *place, gconstpointer unused)
{
  g_autofree char *text = NULL;
  place->known = "ageing";
  tn_token_site_use_certificate (place, "signing");
  g_free (place->site.account->signing_certificate);
  g_assert_true (g_file_get_contents (place->site.account->signing_key.file, &text, NULL, NULL));
  place->site.account->signing_certificate
      = tn_http_site_write_secret (&place->site, "certificate", text);
  assert_refused (place, TN_ERROR_AUTH, "AADSTS700027): the app does not know the certificate");
  g_autofree char *path = tn_token_site_find_certificate ("ageing");
  g_autofree char *other = NULL;
  g_assert_true (g_file_get_contents (path, &other, NULL, NULL));
  g_autofree char *certificate = tn_http_site_write_secret (&place->site, "certificate", other);
  g_autofree char *key = tn_http_site_write_secret (&place->site, "key", other);
  g_assert_cmpuint (get_status (place), ==, 200);
}

#define REFUSAL(word, text)                                                                        \
  "{\"error\":\"" word "\",\"error_description\":\"" text " anna@odense.example " TN_CANARY        \
  "\\r\\nTrace ID: 1\\r\\nTimestamp: 2026-11-22 09:34:07Z\",\"error_codes\":[1]}"

/* The number is kept, what it says about people is not. */
static void
test_numbers (TnTokenSite *place, gconstpointer unused)
{
  static const struct
  {
    const char *answer;
    int code;
    const char *reason;
  } cases[] = {
    { REFUSAL ("invalid_client", "AADSTS7000215: Invalid client secret provided."), TN_ERROR_AUTH,
      "(400, invalid_client, AADSTS7000215): client_secret is wrong" },
    { REFUSAL ("invalid_client", "AADSTS7000222: The provided client secret keys are expired."),
      TN_ERROR_AUTH, "AADSTS7000222): client_secret has ended" },
    { REFUSAL ("unauthorized_client", "AADSTS700016: Application was not found"), TN_ERROR_AUTH,
      "AADSTS700016): the tenant does not know client_id" },
    { REFUSAL ("invalid_request", "AADSTS90002: Tenant 'x' not found."), TN_ERROR_AUTH,
      "AADSTS90002): there is no such tenant" },
    { REFUSAL ("invalid_scope", "AADSTS1002012: The provided value for scope"), TN_ERROR_AUTH,
      "ends in /.default" },
    { REFUSAL ("access_denied", "AADSTS53003: Access has been blocked"), TN_ERROR_AUTH,
      "AADSTS53003): conditional access forbids this login: log in with a certificate instead" },
    { REFUSAL ("invalid_request", "AADSTS90033: A transient error has occurred."),
      TN_ERROR_TEMPORARY, "AADSTS90033)" },
    { REFUSAL ("server_error", "AADSTS123456789: Something new."), TN_ERROR_AUTH,
      "(400, server_error, AADSTS123456789)" },
    { REFUSAL ("server_error", "AADSTS99999999999999999999: Nonsense."), TN_ERROR_AUTH,
      "(400, server_error)" },
  };
  tn_token_site_use_certificate (place, "signing");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      place->refusal = cases[i].answer;
      assert_refused (place, cases[i].code, cases[i].reason);
    }
}

static void
on_shown (const char *url, const char *user_code, gint64 lifetime_s, gpointer user_data)
{
  g_autofree char *shown = g_strdup_printf ("%s %s %d", url, user_code, (int) lifetime_s);
  g_assert_cmpstr (shown, ==, "https://microsoft.com/devicelogin FJZ9QW2B 900");
}

/* A person at another screen. @refusal: (nullable): the server's first answer to who waits */
static gboolean
log_in (TnTokenSite *place, const char *refusal, GError **error)
{
  TnHttpSite *site = &place->site;
  GAsyncResult *slot = NULL;
  g_free (site->account->device_url);
  site->account->device_url
      = tn_http_server_dup_url (site->server, "/tenant/oauth2/v2.0/devicecode");
  place->refusal = refusal;
  g_autoptr (TnGrant) grant
      = tn_grant_new (site->account, site->clock, site->folder, &site->limits, error);
  tn_oauth2_login_async (grant, on_shown, NULL, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  return tn_oauth2_login_finish (grant, result, error);
}

static void
test_device (TnTokenSite *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (log_in (place, NULL, &error)); /* a public client, which the app may not be */
  g_assert_nonnull (strstr (error->message, "AADSTS7000218): the app may not log in without"));
  g_clear_error (&error);
  tn_token_site_use_certificate (place, "signing");
  g_assert_true (log_in (
      place, REFUSAL ("authorization_pending", "AADSTS70016: Not yet authorized."), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (place->n_asked, ==, 3);
  g_autofree char *path = tn_keyring_dup_path (place->site.folder, place->site.account);
  g_autoptr (TnSecret) kept = tn_keyring_load (path, &error);
  g_assert_cmpstr (tn_secret_borrow (kept), ==, TN_CANARY "-refresh");
}

static void
test_device_refused (TnTokenSite *place, gconstpointer unused)
{
  static const struct
  {
    const char *answer;
    const char *reason;
  } cases[] = {
    { REFUSAL ("expired_token", "AADSTS70020: The provided value for the input parameter"),
      "nobody typed the code in time" },
    { REFUSAL ("authorization_declined", "AADSTS70019: declined"), "the person said no" },
    { REFUSAL ("bad_verification_code", "AADSTS70018: Bad verification code."),
      "does not know its code" },
    { REFUSAL ("invalid_grant", "AADSTS53003: Access has been blocked"),
      "AADSTS53003): conditional access forbids this login: log in with a certificate" },
    { REFUSAL ("interaction_required", "AADSTS50097: Device authentication is required."),
      "conditional access forbids this login" },
    { REFUSAL ("invalid_grant", "AADSTS50076: you must use multi-factor authentication"),
      "a second factor is wanted" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_false (log_in (place, cases[i].answer, &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_AUTH);
      g_assert_nonnull (strstr (error->message, cases[i].reason));
      g_assert_null (strstr (error->message, TN_CANARY));
      g_assert_null (strstr (error->message, "odense"));
    }
}

static void
test_login_for_itself (TnTokenSite *place, gconstpointer unused)
{
  TnHttpSite *site = &place->site;
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  tn_token_site_use_certificate (place, "ageing");
  g_autoptr (TnGrant) grant
      = tn_grant_new (site->account, site->clock, site->folder, &site->limits, NULL);
  tn_oauth2_login_async (grant, on_shown, NULL, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  g_assert_false (tn_oauth2_login_finish (grant, result, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "as itself with its certificate"));
  g_assert_nonnull (strstr (error->message, "last day is 2024-10-19: make a new one"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TN_TOKEN_ADD ("/http/entra/certificate-logs-the-program-in", test_certificate);
  TN_TOKEN_ADD ("/http/entra/certificate-signs-for-older-servers", test_older_signature);
  TN_TOKEN_ADD ("/http/entra/secret-logs-the-program-in", test_secret);
  TN_TOKEN_ADD ("/http/entra/token-of-a-program-is-kept-in-memory-only", test_memory);
  TN_TOKEN_ADD ("/http/entra/old-login-of-a-person-is-left-alone", test_old_login);
  TN_TOKEN_ADD ("/http/entra/token-is-renewed-before-it-ends", test_in_time);
  TN_TOKEN_ADD ("/http/entra/many-requests-renew-once", test_parallel);
  TN_TOKEN_ADD ("/http/entra/hazard-12-refused-token-is-renewed-once", test_401);
  TN_TOKEN_ADD ("/http/entra/hazard-101-key-that-others-read-is-refused", test_key_rights);
  TN_TOKEN_ADD ("/http/entra/new-certificate-needs-no-restart", test_replaced);
  TN_TOKEN_ADD ("/http/entra/hazard-112-number-is-kept-and-not-the-sentence", test_numbers);
  TN_TOKEN_ADD ("/http/entra/login-of-a-program-says-what-ends-when", test_login_for_itself);
  TN_TOKEN_ADD ("/http/entra/device-code-waits-and-is-kept", test_device);
  TN_TOKEN_ADD ("/http/entra/device-code-that-is-refused-says-what-to-do", test_device_refused);
  return g_test_run ();
}
