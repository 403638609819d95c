/* tests/charter/publishers.c — where the plan is shown, and what is refused there */
#include "charter/publishers.h"

#include <string.h>

#include "base/error.h"
#include "charter/settings.h"

#define HEAD                                                                                       \
  "council = \"odense\"; charters = [ \"7by.conf\" ];\n"                                           \
  "calendars = ( { id = \"egen\"; provider = \"file\"; council = \"odense\"; path = \"out\"; } "   \
  ");\n"
#define WHERE "listen = \"127.0.0.1:8080\"; url = \"https://kalender.example.dk/turnus\"; "

static TnSettings *
read_publisher (const char *keys, GError **error)
{
  g_autofree char *text = g_strconcat (HEAD "publishers = ( { id = \"sted\"; provider = \"feed\"; ",
                                       keys, "} );\n", NULL);
  g_autoptr (TnSourceFile) source = tn_source_file_new ("/etc/turnus/turnus.conf", text);
  return tn_settings_read (source, NULL, error);
}

static void
test_reading (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnSettings) settings = read_publisher (
      WHERE
      "accessibility = \"https://example.dk/was\"; contact = \"mailto:aeldreraad@example.dk\"; "
      "secret = true; user_header = \"X-Remote-User\"; trusted_proxy = \"127.0.0.1\"; "
      "rate = 5; ",
      &error);
  g_assert_no_error (error);
  const TnPublisher *publisher = tn_settings_find_publisher (settings, "sted");

  g_assert_cmpstr (publisher->provider, ==, "feed");
  g_assert_cmpstr (publisher->url, ==, "https://kalender.example.dk/turnus/");
  g_assert_cmpstr (publisher->accessibility, ==, "https://example.dk/was");
  g_assert_cmpstr (publisher->contact, ==, "mailto:aeldreraad@example.dk");
  g_assert_null (publisher->privacy);
  g_assert_true (publisher->is_secret);
  g_assert_false (publisher->has_decisions);
  g_assert_cmpstr (publisher->user_header, ==, "x-remote-user");
  g_assert_cmpstr (publisher->trusted_proxies[0], ==, "127.0.0.1");
  g_assert_cmpint (publisher->origin.line, ==, 3);
}

static void
test_options (void)
{
  g_autoptr (TnSettings) settings = read_publisher (
      WHERE "rate = 5; user_header = \"X-User\"; trusted_proxy = [ \"unix\", \"::1\" ]; ", NULL);
  GHashTable *options = tn_settings_find_publisher (settings, "sted")->options;

  g_assert_cmpstr (g_hash_table_lookup (options, "rate"), ==, "5");
  g_assert_cmpstr (g_hash_table_lookup (options, "listen"), ==, "127.0.0.1:8080");
  g_assert_cmpstr (g_hash_table_lookup (options, "user_header"), ==, "x-user");
  g_assert_cmpstr (g_hash_table_lookup (options, "trusted_proxy"), ==, "unix ::1");
  g_assert_cmpuint (g_hash_table_size (options), ==, 4);
}

static void
test_none (void)
{
  g_autoptr (TnSourceFile) source = tn_source_file_new ("/etc/turnus/turnus.conf", HEAD);
  g_autoptr (TnSettings) settings = tn_settings_read (source, NULL, NULL);

  g_assert_cmpuint (settings->publishers->len, ==, 0);
  g_assert_null (tn_settings_find_publisher (settings, "sted"));
}

static void
test_listen (gconstpointer listen)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *keys
      = g_strdup_printf ("listen = \"%s\"; url = \"http://localhost/\"; ", (const char *) listen);
  g_autoptr (TnSettings) settings = read_publisher (keys, &error);

  g_assert_no_error (error);
  g_assert_nonnull (settings);
}

typedef struct
{
  const char *path;
  const char *keys;
  const char *says; /* part of the one complaint */
} Refusal;

#define URL "url = \"https://kalender.example.dk/\"; "
static const Refusal refusals[] = {
  { "/charter/publishers/address-that-the-world-can-reach-is-refused",
    "listen = \"0.0.0.0:8080\"; " URL, "turnus.conf:3: listen is \"0.0.0.0:8080\", expected an" },
  { "/charter/publishers/name-of-a-host-is-refused", "listen = \"localhost:8080\"; " URL,
    "address of this host alone" },
  { "/charter/publishers/port-alone-is-refused", "listen = \"8080\"; " URL, "listen is" },
  { "/charter/publishers/port-that-is-none-is-refused", "listen = \"127.0.0.1:65536\"; " URL,
    "listen is" },
  { "/charter/publishers/six-without-brackets-is-refused", "listen = \"::1:80\"; " URL,
    "listen is" },
  { "/charter/publishers/socket-without-a-whole-path-is-refused",
    "listen = \"unix:feed.sock\"; " URL, "expected a whole path of at most 107 bytes" },
  { "/charter/publishers/public-address-without-tls-is-refused",
    "listen = \"127.0.0.1:80\"; url = \"http://kalender.example.dk/\"; ",
    "http only with this host" },
  { "/charter/publishers/public-address-with-a-query-is-refused",
    "listen = \"127.0.0.1:80\"; url = \"https://kalender.example.dk/?a\"; ", "url is" },
  { "/charter/publishers/public-address-with-a-user-is-refused",
    "listen = \"127.0.0.1:80\"; url = \"https://u:p@kalender.example.dk/\"; ",
    "a user stands in the address 'url'" },
  { "/charter/publishers/link-that-runs-is-refused", WHERE "privacy = \"javascript:alert(1)\"; ",
    "privacy is \"javascript:alert(1)\", expected https://" },
  { "/charter/publishers/identity-without-a-trusted-proxy-is-refused",
    WHERE "user_header = \"X-User\"; ", "no trusted_proxy may say so" },
  { "/charter/publishers/header-that-is-none-is-refused",
    WHERE "user_header = \"X User\"; trusted_proxy = \"unix\"; ", "the name of a header" },
  { "/charter/publishers/proxy-without-an-address-is-refused", WHERE "trusted_proxy = \"nginx\"; ",
    "trusted_proxy names \"nginx\"" },
  { "/charter/publishers/address-is-needed", "listen = \"127.0.0.1:80\"; ", "'url' is missing" },
  { "/charter/publishers/two-of-one-name-are-refused",
    WHERE "}, { id = \"sted\"; provider = \"feed\"; " WHERE,
    "publisher 'sted' stands twice, expected one; the first is in line 3" },
};

static void
test_refusal (gconstpointer user_data)
{
  const Refusal *refusal = user_data;
  g_autoptr (GError) error = NULL;

  g_assert_null (read_publisher (refusal->keys, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  if (strstr (error->message, refusal->says) == NULL)
    g_test_fail_printf ("'%s' is not in '%s'", refusal->says, error->message);
  g_assert_null (strchr (error->message, '\n'));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/publishers/all-is-read", test_reading);
  g_test_add_func ("/charter/publishers/plugin-gets-its-options-as-text", test_options);
  g_test_add_func ("/charter/publishers/need-not-be", test_none);
  g_test_add_data_func ("/charter/publishers/four-is-taken", "127.0.0.1:8080", test_listen);
  g_test_add_data_func ("/charter/publishers/six-is-taken", "[::1]:8080", test_listen);
  g_test_add_data_func ("/charter/publishers/socket-is-taken", "unix:/run/turnus/feed.sock",
                        test_listen);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    g_test_add_data_func (refusals[i].path, &refusals[i], test_refusal);
  return g_test_run ();
}
