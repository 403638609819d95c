/* OAuth 2 against a scripted server that is calendar and token server at once, and forgives
 * nothing: each refresh token is good for one use. */
#include "http/oauth2.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/error.h"
#include "fakes/await.h"
#include "fakes/fake-clock.h"
#include "http/grant.h"
#include "http/keyring.h"
#include "http/site.h"

#define CANARY "kanarie-7351"

typedef struct
{
  TnHttpSite site;
  guint n_tokens;  /* given out */
  guint n_pending; /* questions of a device before somebody typed its code */
  gboolean slows;
  gboolean rotates;
  char *refresh; /* (owned) (nullable) the one that is good */
  char *shown;   /* (owned) (nullable) */
} Place;

static gboolean
has_field (const TnHttpSeen *seen, const char *field)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (seen->body, &length);
  g_autofree char *form = g_strndup (text != NULL ? text : "", length);
  g_auto (GStrv) fields = g_strsplit (form, "&", -1);
  return g_strv_contains ((const char *const *) fields, field);
}

static void
refuse (TnHttpAnswer *answer, const char *code)
{
  g_autofree char *text = g_strdup_printf ("{\"error\":\"%s\"}", code);
  answer->status = 400;
  tn_http_answer_set_text (answer, "application/json", text);
}

static void
give_token (Place *place, TnHttpAnswer *answer)
{
  place->n_tokens++;
  if (place->rotates || place->refresh == NULL)
    {
      g_free (place->refresh);
      place->refresh = g_strdup_printf (CANARY "-refresh-%u", place->n_tokens);
    }
  g_autofree char *text
      = g_strdup_printf ("{\"access_token\":\"" CANARY "-%u\",\"token_type\":\"Bearer\","
                         "\"expires_in\":3600,\"refresh_token\":\"%s\"}",
                         place->n_tokens, place->refresh);
  tn_http_answer_set_text (answer, "application/json", text);
}

static void
answer_token (Place *place, const TnHttpSeen *seen, TnHttpAnswer *answer)
{
  g_autofree char *good = g_strdup_printf ("refresh_token=%s", place->refresh);
  if (has_field (seen, "grant_type=client_credentials"))
    give_token (place, answer);
  else if (has_field (seen, "grant_type=refresh_token"))
    {
      if (place->refresh != NULL && has_field (seen, good))
        give_token (place, answer);
      else
        refuse (answer, "invalid_grant");
    }
  else if (place->n_pending > 0)
    {
      place->n_pending--;
      refuse (answer, place->slows ? "slow_down" : "authorization_pending");
    }
  else
    give_token (place, answer);
}

static void
answer_all (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  Place *place = user_data;
  g_autofree char *good = g_strdup_printf ("Bearer " CANARY "-%u", place->n_tokens);
  if (strcmp (seen->target, "/token") == 0)
    answer_token (place, seen, answer);
  else if (strcmp (seen->target, "/device") == 0)
    tn_http_answer_set_text (answer, "application/json",
                             "{\"device_code\":\"" CANARY "-device\",\"user_code\":\"WDJB-MJHT\","
                             "\"verification_uri\":\"https://login.example/device\","
                             "\"expires_in\":60,\"interval\":5}");
  else if (g_strcmp0 (tn_http_seen_get_header (seen, "authorization"), good) != 0)
    answer->status = 401;
}

static void
set_up (Place *place, gconstpointer unused)
{
  tn_http_site_set_up (&place->site, NULL);
  TnAccount *account = place->site.account;
  account->auth = TN_AUTH_OAUTH2;
  account->token_url = tn_http_server_dup_url (place->site.server, "/token");
  account->client_id = g_strdup ("turnus app");
  account->scope = g_strdup ("calendar offline_access");
  place->rotates = TRUE;
  tn_http_server_set_handler (place->site.server, answer_all, place);
}

static void
tear_down (Place *place, gconstpointer unused)
{
  tn_http_site_tear_down (&place->site, NULL);
  g_free (place->refresh);
  g_free (place->shown);
}

static void
keep_refresh (Place *place, const char *text)
{
  g_autofree char *path = tn_keyring_dup_path (place->site.folder, place->site.account);
  g_autoptr (TnSecret) secret = tn_secret_new (text, strlen (text), NULL);
  g_autoptr (GError) error = NULL;
  g_assert_true (tn_keyring_save (path, secret, &error));
  g_assert_no_error (error);
}

static char *
read_refresh (Place *place)
{
  g_autofree char *path = tn_keyring_dup_path (place->site.folder, place->site.account);
  char *text = NULL;
  struct stat status;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  return text;
}

static void
assert_refused (Place *place, int code, const char *reason)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_http_site_send (&place->site, "GET", "/dav/", NULL, &error));
  g_assert_error (error, TN_ERROR, code);
  g_assert_nonnull (strstr (error->message, reason));
  g_assert_null (strstr (error->message, CANARY));
}

static void
test_client_grant (Place *place, gconstpointer unused)
{
  TnHttpSite *site = &place->site;
  site->account->client_secret.file = tn_http_site_write_secret (site, "client", "s3cret");
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "x"), ==, 200);
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "x"), ==, 200);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 3);
  const TnHttpSeen *seen = tn_http_server_get_seen (site->server, 0);
  g_assert_true (has_field (seen, "scope=calendar%20offline_access"));
  g_assert_false (has_field (seen, "client_id=turnus%20app"));
  g_assert_cmpstr (tn_http_seen_get_header (seen, "authorization"), ==,
                   "Basic dHVybnVzIGFwcDpzM2NyZXQ=");
}

static void
test_refresh (Place *place, gconstpointer unused)
{
  TnHttpSite *site = &place->site;
  place->refresh = g_strdup ("first");
  keep_refresh (place, "first");
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  g_assert_true (has_field (tn_http_server_get_seen (site->server, 0), "client_id=turnus%20app"));
  tn_fake_clock_advance_us (TN_FAKE_CLOCK (site->clock), 3550 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  g_assert_cmpuint (place->n_tokens, ==, 2);
  g_autofree char *kept = read_refresh (place);
  g_assert_cmpstr (kept, ==, CANARY "-refresh-2");
}

/* A disk that takes nothing more is found out before the token is spent. */
static void
test_kept_first (Place *place, gconstpointer unused)
{
  TnHttpSite *site = &place->site;
  struct rlimit before;
  place->refresh = g_strdup ("first");
  keep_refresh (place, "first");
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  struct rlimit full = { 0, before.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &full), ==, 0);
  assert_refused (place, TN_ERROR_FAILED, "cannot keep the token");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 0);
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
}

static void
test_unwritable (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSecret) secret = tn_secret_new ("x", 1, NULL);
  g_assert_false (tn_keyring_save ("/proc/turnus/tokens/x", secret, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
}

static void
test_401 (Place *place, gconstpointer unused)
{
  TnHttpSite *site = &place->site;
  place->refresh = g_strdup ("first");
  keep_refresh (place, "first");
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "x"), ==, 200);
  tn_http_server_push_fault (site->server, 0, &(TnHttpFault){ .status = 401 });
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "x"), ==, 200);
  g_assert_cmpuint (place->n_tokens, ==, 2);
  for (guint i = 0; i < 2; i++)
    tn_http_server_push_fault (site->server, i == 0 ? 0 : 1, &(TnHttpFault){ .status = 401 });
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/", "x"), ==, 401);
}

static void
test_needs_login (Place *place, gconstpointer unused)
{
  assert_refused (place, TN_ERROR_AUTH, "nobody has logged in yet");
  g_assert_cmpuint (tn_http_server_count (place->site.server), ==, 0);
  keep_refresh (place, "spent");
  assert_refused (place, TN_ERROR_AUTH, "has to log in again");
  tn_http_server_push_fault (place->site.server, 0, &(TnHttpFault){ .status = 503 });
  assert_refused (place, TN_ERROR_TEMPORARY, "503");
}

static void
on_shown (const char *url, const char *user_code, gint64 lifetime_s, gpointer user_data)
{
  Place *place = user_data;
  place->shown = g_strdup_printf ("%s %s %d", url, user_code, (int) lifetime_s);
}

static gboolean
log_in (Place *place, GCancellable *cancellable, GError **error)
{
  TnHttpSite *site = &place->site;
  GAsyncResult *slot = NULL;
  site->account->device_url = tn_http_server_dup_url (site->server, "/device");
  g_autoptr (TnGrant) grant
      = tn_grant_new (site->account, site->clock, site->folder, &site->limits, error);
  g_assert_nonnull (grant);
  tn_oauth2_login_async (grant, on_shown, place, cancellable, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  return tn_oauth2_login_finish (grant, result, error);
}

static void
test_device (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  place->n_pending = 3;
  g_assert_true (log_in (place, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (place->shown, ==, "https://login.example/device WDJB-MJHT 60");
  g_assert_cmpuint (tn_http_server_count (place->site.server), ==, 5);
  g_autofree char *kept = read_refresh (place);
  g_assert_cmpstr (kept, ==, place->refresh);
  g_assert_cmpuint (tn_http_site_get_status (&place->site, "GET", "/dav/", NULL), ==, 200);
}

/* 5 s and 5 more each time, of 60 s: it asks after 5, 15, 30, 50 and 75. */
static void
test_device_slow (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  place->n_pending = 100;
  place->slows = TRUE;
  g_assert_false (log_in (place, NULL, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_AUTH);
  g_assert_cmpuint (tn_http_server_count (place->site.server), ==, 6);
}

static void
cancel_when_shown (const char *url, const char *user_code, gint64 lifetime_s, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_device_cancelled (Place *place, gconstpointer unused)
{
  TnHttpSite *site = &place->site;
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  site->limits.poll_unit_ms = 60000;
  site->account->device_url = tn_http_server_dup_url (site->server, "/device");
  g_autoptr (TnGrant) grant
      = tn_grant_new (site->account, site->clock, site->folder, &site->limits, NULL);
  tn_oauth2_login_async (grant, cancel_when_shown, cancellable, cancellable, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  g_assert_false (tn_oauth2_login_finish (grant, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_nonsense (void)
{
  static const struct
  {
    guint status;
    const char *body;
    int code;
  } cases[] = {
    { 200, "", TN_ERROR_PROTOCOL },
    { 200, "<html>", TN_ERROR_PROTOCOL },
    { 200, "[]", TN_ERROR_PROTOCOL },
    { 200, "{}", TN_ERROR_PROTOCOL },
    { 200, "{\"access_token\":7,\"token_type\":\"bearer\"}", TN_ERROR_PROTOCOL },
    { 200, "{\"access_token\":\"a\\nb\",\"token_type\":\"bearer\"}", TN_ERROR_PROTOCOL },
    { 200, "{\"access_token\":\"" CANARY "\",\"token_type\":\"mac\"}", TN_ERROR_PROTOCOL },
    { 400, "{\"error\":{\"x\":1}}", TN_ERROR_AUTH },
    { 400, "{\"error\":\"" CANARY "\"}", TN_ERROR_AUTH },
    { 503, "<html>", TN_ERROR_TEMPORARY },
    { 500, "{\"error\":\"temporarily_unavailable\"}", TN_ERROR_TEMPORARY },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) body = g_bytes_new_static (cases[i].body, strlen (cases[i].body));
      TnHttpResponse response = { .status = cases[i].status, .body = body };
      g_assert_null (tn_oauth2_parse_token (&response, NULL, &error));
      g_assert_error (error, TN_ERROR, cases[i].code);
      g_assert_null (strstr (error->message, CANARY));
    }
}

#define ADD(name, test) g_test_add ("/http/oauth2/" name, Place, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("program-logs-in-for-itself", test_client_grant);
  ADD ("hazard-100-rotated-token-is-kept", test_refresh);
  ADD ("hazard-100-nothing-is-spent-that-cannot-be-kept", test_kept_first);
  ADD ("hazard-100-token-that-cannot-be-kept-is-an-error", test_unwritable);
  ADD ("refused-token-is-renewed-once", test_401);
  ADD ("hazard-12-says-that-a-person-has-to-log-in", test_needs_login);
  ADD ("device-waits-for-a-person", test_device);
  ADD ("device-slows-down-and-gives-up", test_device_slow);
  ADD ("device-can-be-called-off", test_device_cancelled);
  g_test_add_func ("/http/oauth2/nonsense-is-refused-and-not-quoted", test_nonsense);
  return g_test_run ();
}
