/* The contract, and some hazards, against a real server, which tests/servers/with-server started:
 * its URL, user and password file stand in the environment. Each test gets a calendar of its own.
 */
#include <string.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "provider/dav-site.h"

static const char MKCALENDAR[]
    = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<C:mkcalendar xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><D:set><D:prop>"
      "<D:displayname>contract</D:displayname><C:supported-calendar-component-set>"
      "<C:comp name=\"VEVENT\"/></C:supported-calendar-component-set>"
      "</D:prop></D:set></C:mkcalendar>";

typedef struct
{
  TnFakeClock *clock; /* (owned) */
  TnAccount *account; /* (owned) of the calendar */
  TnClient *client;   /* (owned) (nullable) of the provider opened last */
  TnClient *other;    /* (owned) somebody else's */
} Live;

static guint
send_raw (Live *live, const char *method, const char *name, const char *type, const char *text)
{
  const char *headers[] = { "Content-Type", type, NULL };
  GAsyncResult *slot = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *url = g_strconcat (live->account->url, name, NULL);
  g_autoptr (GBytes) body = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (TnHttpRequest) request
      = tn_http_request_new (method, url, text != NULL ? headers : NULL, body);
  tn_client_send_async (live->other, request, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  g_autoptr (TnHttpResponse) response = tn_client_send_finish (live->other, result, &error);
  g_assert_no_error (error);
  return response->status;
}

static TnAccount *
make_account (const char *url)
{
  TnAccount *account = tn_account_new (url);
  account->auth = TN_AUTH_BASIC;
  account->user = g_strdup (g_getenv ("TURNUS_DAV_USER"));
  account->password.file = g_strdup (g_getenv ("TURNUS_DAV_PASSWORD_FILE"));
  return account;
}

static gpointer
set_up (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *url = g_strdup_printf ("%s/t-%.8s/", g_getenv ("TURNUS_DAV_PARENT"), random);
  Live *live = g_new0 (Live, 1);
  live->clock = tn_fake_clock_new (20000);
  live->account = make_account (url);
  live->other = tn_client_new (live->account, TN_CLOCK (live->clock), g_get_tmp_dir (),
                               &tn_limits_usual, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (send_raw (live, "MKCALENDAR", "", "application/xml", MKCALENDAR), ==, 201);
  return live;
}

static void
tear_down (gpointer data)
{
  Live *live = data;
  guint status = send_raw (live, "DELETE", "", NULL, NULL);
  g_assert_cmpuint (status / 100, ==, 2);
  g_clear_object (&live->client);
  g_clear_object (&live->other);
  g_clear_object (&live->clock);
  tn_account_unref (live->account);
  g_free (live);
}

static TnProvider *
open_calendar (gpointer data, const char *binding)
{
  Live *live = data;
  return tn_dav_open_account (live->account, TN_CLOCK (live->clock), binding, &live->client);
}

static char *
edit (gpointer data, const char *uid, const char *text)
{
  char *name = g_strconcat (uid, ".ics", NULL);
  guint status = send_raw (data, text != NULL ? "PUT" : "DELETE", name,
                           "text/calendar; charset=utf-8", text);
  g_assert_cmpuint (status / 100, ==, 2);
  return name;
}

static gboolean
is_server (const char *name)
{
  return g_str_equal (g_getenv ("TURNUS_DAV_NAME"), name);
}

/* Hazard 29. */
static void
test_uid_taken (void)
{
  g_autoptr (GError) error = NULL;
  Live *live = set_up ();
  g_autoptr (TnProvider) provider = open_calendar (live, NULL);
  g_autofree char *theirs = tn_contract_make_event ("one", "theirs");
  g_autofree char *ours = tn_contract_make_event ("one", "ours");
  g_autofree char *id = edit (live, "by-hand", theirs);

  g_autoptr (TurnusRef) ref = tn_await_save (provider, "one", NULL, ours, &error);
  g_autoptr (TurnusListing) listing = tn_await_list (provider, NULL, NULL);

  if (is_server ("sabredav")) /* takes both: the core leaves the second alone (hazard 31) */
    g_assert_cmpuint (listing->changed->len, ==, 2);
  else
    {
      g_assert_error (error, TN_ERROR, TN_ERROR_CONFLICT);
      g_assert_nonnull (strstr (error->message, "by-hand.ics"));
      g_assert_cmpuint (listing->changed->len, ==, 1);
    }
  g_clear_object (&provider);
  tear_down (live);
}

/* Hazard 7: the server never gave this token. */
static void
test_unknown_token (void)
{
  g_autoptr (GError) error = NULL;
  Live *live = set_up ();
  g_autoptr (TnProvider) provider = open_calendar (live, NULL);
  g_autofree char *text = tn_contract_make_event ("one", "theirs");
  g_autofree char *id = edit (live, "one", text);
  g_autoptr (TurnusListing) first = tn_await_list (provider, NULL, NULL);
  g_autoptr (GString) token = g_string_new (first->token);
  token->str[token->len - 1] = token->str[token->len - 1] == '7' ? '8' : '7';

  g_autoptr (TurnusListing) listing = tn_await_list (provider, token->str, &error);

  if (listing == NULL)
    g_assert_error (error, TN_ERROR, TN_ERROR_GONE);
  else /* by ctag: listed in full; Cyrus cannot tell a number that it never reached */
    g_assert_cmpuint (listing->removed->len, ==, 0);
  g_clear_object (&provider);
  tear_down (live);
}

static void
test_nothing_new (void)
{
  Live *live = set_up ();
  g_autoptr (TnProvider) provider = open_calendar (live, NULL);
  g_autofree char *text = tn_contract_make_event ("one", "theirs");
  g_autofree char *id = edit (live, "one", text);
  g_autoptr (TurnusListing) first = tn_await_list (provider, NULL, NULL);

  g_autoptr (TurnusListing) second = tn_await_list (provider, first->token, NULL);

  g_assert_cmpuint (first->changed->len, ==, 1);
  g_assert_true (g_str_has_prefix (first->token, is_server ("sabredav") ? "1 c " : "1 s "));
  g_assert_false (second->full);
  g_assert_cmpuint (second->changed->len + second->removed->len, ==, 0);
  g_assert_cmpstr (second->binding, ==, first->binding);
  g_clear_object (&provider);
  tear_down (live);
}

static void
test_refused_body (void)
{
  g_autoptr (GError) error = NULL;
  Live *live = set_up ();
  g_autoptr (TnProvider) provider = open_calendar (live, NULL);

  g_autoptr (TurnusRef) ref = tn_await_save (provider, "one", NULL, "garbage", &error);

  g_assert_null (ref);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_clear_object (&provider);
  tear_down (live);
}

/* More than two reports' worth. */
static void
test_many (void)
{
  g_autoptr (GError) error = NULL;
  Live *live = set_up ();
  g_autoptr (TnProvider) provider = open_calendar (live, NULL);
  for (guint i = 0; i < 120; i++)
    {
      g_autofree char *uid = g_strdup_printf ("event-%u", i);
      g_autofree char *text = tn_contract_make_event (uid, "Blåbær, \\; grød");
      g_autoptr (TurnusRef) ref = tn_await_save (provider, uid, NULL, text, &error);
      g_assert_no_error (error);
    }
  g_autoptr (TurnusListing) listing = tn_await_list (provider, NULL, &error);
  g_assert_cmpuint (listing->changed->len, ==, 120);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < listing->changed->len; i++)
    g_ptr_array_add (ids, ((TurnusRef *) g_ptr_array_index (listing->changed, i))->id);
  g_ptr_array_add (ids, NULL);

  g_autoptr (GPtrArray) loaded = tn_await_load (provider, (const char *const *) ids->pdata, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (loaded->len, ==, 120);
  for (guint i = 0; i < loaded->len; i++)
    {
      const TurnusLoaded *one = g_ptr_array_index (loaded, i);
      g_assert_no_error (one->error);
      g_assert_cmpstr (one->revision, ==, tn_await_find (listing, one->id)->revision);
    }
  g_clear_object (&provider);
  tear_down (live);
}

/* From the host alone: the account has more than one calendar, and they are named. */
static void
test_host (void)
{
  g_autoptr (GError) error = NULL;
  Live *live = set_up ();
  g_autofree char *url
      = g_strndup (live->account->url, strcspn (live->account->url + strlen ("http://"), "/") + 8);
  g_autofree char *text = tn_contract_make_event ("one", "theirs");
  g_autofree char *id = edit (live, "one", text);
  g_autoptr (TnAccount) host = make_account (url);
  g_autoptr (TnProvider) provider
      = tn_dav_open_account (host, TN_CLOCK (live->clock), NULL, &live->client);

  g_autoptr (TurnusListing) listing = tn_await_list (provider, NULL, &error);

  g_assert_null (listing);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, live->account->url));
  g_clear_object (&provider);
  tear_down (live);
}

static const struct
{
  const char *name;
  void (*run) (void);
} tests[] = {
  { "nothing-new-is-no-listing", test_nothing_new },
  { "unknown-token-removes-nothing-hazard-7", test_unknown_token },
  { "uid-that-stands-elsewhere-is-found-hazard-29", test_uid_taken },
  { "what-is-no-calendar-is-refused-as-invalid", test_refused_body },
  { "many-events-are-listed-and-loaded", test_many },
  { "calendars-are-found-from-the-host", test_host },
};

static TnProviderMaker maker
    = { .set_up = set_up, .tear_down = tear_down, .open = open_calendar, .edit = edit };

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("TURNUS_DAV_PARENT") == NULL)
    {
      g_print ("1..0 # SKIP no server: run this by tests/servers/with-server\n");
      return 0;
    }
  g_autofree char *prefix = g_strdup_printf ("/caldav/%s/contract", g_getenv ("TURNUS_DAV_NAME"));
  maker.exact = is_server ("sabredav");
  tn_contract_add_provider_tests (prefix, &maker);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path
          = g_strdup_printf ("/caldav/%s/%s", g_getenv ("TURNUS_DAV_NAME"), tests[i].name);
      g_test_add_func (path, tests[i].run);
    }
  return g_test_run ();
}
