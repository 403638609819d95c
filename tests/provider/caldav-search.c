/* From a host, an account or a calendar's URL to the calendar (RFC 6764, 5397, 4791 6.2.1), and not
 * one step further than the settings allow (hazards 74, 75). */
#include <string.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "provider/dav-site.h"
#include "provider/host.h"
#include "provider/loader.h"

static void
assert_found (TnDavFixture *f, const char *start)
{
  tn_dav_fixture_open (f, start, NULL);
  g_autoptr (TurnusListing) listing = tn_dav_fixture_list (f, NULL);
  g_assert_cmpuint (listing->changed->len, ==, 1);
  g_assert_nonnull (strstr (listing->binding, TN_DAV_CALENDAR));
}

static void
test_starts (TnDavFixture *f, gconstpointer unused)
{
  tn_dav_fixture_put (f, "one.ics", "one", "Studietur");
  assert_found (f, "");
  assert_found (f, "/");
  assert_found (f, "/dav/principal/");
  assert_found (f, "/dav/cals/");
  assert_found (f, TN_DAV_CALENDAR);
  assert_found (f, "/dav/cals/turnus");
}

static void
test_no_well_known (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->has_no_well_known = TRUE;
  tn_dav_fixture_put (f, "one.ics", "one", "Studietur");

  assert_found (f, "/");
}

static void
fail_list (TnDavFixture *f, TnError code, const char *needle)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusListing) listing = tn_await_list (f->provider, NULL, &error);
  g_assert_null (listing);
  g_assert_error (error, TN_ERROR, (int) code);
  if (strstr (error->message, needle) == NULL)
    g_error ("'%s' does not name '%s'", error->message, needle);
}

static void
test_several (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->has_second = TRUE;
  tn_dav_fixture_open (f, "/", NULL);

  fail_list (f, TN_ERROR_INVALID, "/dav/cals/other/");
}

static void
test_redirect_within (TnDavFixture *f, gconstpointer unused)
{
  TnHttpFault fault = { .status = 301, .header = "Location: " TN_DAV_CALENDAR };
  tn_dav_fixture_put (f, "one.ics", "one", "Studietur");
  tn_dav_fixture_open (f, "/dav/old/", NULL);
  tn_http_server_push_fault (f->http, 0, &fault);

  g_autoptr (TurnusListing) listing = tn_dav_fixture_list (f, NULL);

  g_assert_cmpuint (listing->changed->len, ==, 1);
  g_assert_nonnull (strstr (listing->binding, TN_DAV_CALENDAR));
}

/* Hazard 75. */
static void
test_redirect_away (TnDavFixture *f, gconstpointer unused)
{
  static const char *const places[]
      = { "http://127.0.0.2/dav/", "https://evil.example/", "http://127.0.0.1:1/dav/",
          "http://user:pass@127.0.0.1/dav/", "ftp://127.0.0.1/" };
  g_autoptr (TnHttpServer) other = tn_http_server_new_at ("127.0.0.2", 0);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      f->quirks->moved_to = places[i];
      fail_list (f, TN_ERROR_PROTOCOL, "name");
    }
  g_autofree char *there = tn_http_server_dup_url (other, "/dav/");
  f->quirks->moved_to = there;
  fail_list (f, TN_ERROR_PROTOCOL, "settings");
  g_assert_cmpuint (tn_http_server_count (other), ==, 0);
}

/* Hazard 74. */
static void
test_redirect_loop (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->moved_to = TN_DAV_CALENDAR;

  fail_list (f, TN_ERROR_INVALID, "no end");

  g_assert_cmpuint (tn_http_server_count (f->http), ==, 6);
}

static GPtrArray *
discover (TnDavFixture *f)
{
  g_autoptr (TnLoader) loader
      = tn_loader_new (g_getenv ("TURNUS_PLUGINS"), TN_CLOCK (f->site->clock));
  g_autoptr (GError) error = NULL;
  const TurnusPlugin *table = tn_loader_load (loader, "caldav", &error);
  g_assert_no_error (error);
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *url = tn_http_server_dup_url (f->http, TN_DAV_CALENDAR);
  g_hash_table_insert (options, (gpointer) "url", url);
  g_autoptr (TnHost) host = tn_host_new (TN_CLOCK (f->site->clock), "egen", f->site->client);
  TurnusOpen open = { .size = sizeof open,
                      .host = tn_host_get_table (),
                      .host_data = host,
                      .calendar = "egen",
                      .options = options,
                      .base_dir = "/" };
  TurnusCalendar *calendar = table->open (&open, &error);
  g_assert_no_error (error);
  GAsyncResult *slot = NULL;
  table->discover_async (calendar, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  GPtrArray *places = table->discover_finish (calendar, result, &error);
  g_assert_no_error (error);
  table->close (calendar);
  return places;
}

static void
test_discover (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->has_second = TRUE;
  f->quirks->is_read_only = TRUE;

  g_autoptr (GPtrArray) places = discover (f);

  g_assert_cmpuint (places->len, ==, 2);
  const TurnusPlace *first = g_ptr_array_index (places, 0);
  const TurnusPlace *second = g_ptr_array_index (places, 1);
  g_autofree char *url = tn_http_server_dup_url (f->http, TN_DAV_CALENDAR);
  g_assert_cmpstr (first->url, ==, url);
  g_assert_cmpstr (first->name, ==, "Turnus");
  g_assert_cmpstr (second->name, ==, "Ældreråd & co");
  g_assert_true (first->read_only && second->read_only);
}

/* Hazard 111. */
static void
test_urls (TnDavFixture *f, gconstpointer unused)
{
  static const char *const urls[]
      = { "https://user:secret@dav.example.org/", "ftp://dav.example.org/", "https:///x/",
          "https://dav.example.org/?x=1", "https://[::1/" };
  g_autoptr (TnLoader) loader
      = tn_loader_new (g_getenv ("TURNUS_PLUGINS"), TN_CLOCK (f->site->clock));
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_insert (options, (gpointer) "url", (gpointer) urls[i]);
      g_autoptr (TnProvider) provider
          = tn_loader_open (loader, "caldav", "egen", options, "/", NULL, f->site->client, &error);
      g_assert_cmpstr (provider == NULL ? NULL : urls[i], ==, NULL);
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
      g_assert_null (strstr (error->message, "secret"));
    }
}

static const struct
{
  const char *name;
  void (*run) (TnDavFixture *f, gconstpointer unused);
} tests[] = {
  { "calendar-is-found-from-host-account-home-and-itself", test_starts },
  { "host-without-well-known-is-asked-at-its-root", test_no_well_known },
  { "several-calendars-are-named", test_several },
  { "redirect-on-the-same-origin-is-followed-hazard-75", test_redirect_within },
  { "redirect-elsewhere-is-refused-and-not-asked-hazard-75", test_redirect_away },
  { "redirect-loop-ends-hazard-74", test_redirect_loop },
  { "account-says-what-it-offers", test_discover },
  { "url-with-a-password-is-refused-and-not-shown-hazard-111", test_urls },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/caldav/search/", tests[i].name, NULL);
      TN_DAV_ADD (path, tests[i].run);
    }
  return g_test_run ();
}
