/* What a CalDAV listing is and what it is not (hazards 2a): only a whole answer of the right kind
 * is one, and only an item's own 404 says that it is gone. */
#include <string.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "provider/dav-site.h"

/* A calendar with `one` and `two`, listed before. Returns: (transfer full) */
static TurnusListing *
fill_and_list (TnDavFixture *f)
{
  tn_dav_fixture_put (f, "one.ics", "one", "Studietur");
  tn_dav_fixture_put (f, "two.ics", "two", "Erfa");
  TurnusListing *listing = tn_dav_fixture_list (f, NULL);
  g_assert_cmpuint (listing->changed->len, ==, 2);
  tn_http_server_forget (f->http);
  return listing;
}

static void
assert_seen (TnDavFixture *f, guint index, const char *method, const char *needle)
{
  const TnHttpSeen *seen = tn_http_server_get_seen (f->http, index);
  g_autofree char *body
      = g_strndup (g_bytes_get_data (seen->body, NULL), g_bytes_get_size (seen->body));
  g_assert_cmpstr (seen->method, ==, method);
  g_assert_nonnull (strstr (body, needle));
}

static void
test_noop (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusListing) first = fill_and_list (f);

  tn_dav_fixture_open (f, TN_DAV_CALENDAR, first->binding);
  g_autoptr (TurnusListing) second = tn_dav_fixture_list (f, first->token);

  g_assert_false (second->full);
  g_assert_cmpuint (second->changed->len + second->removed->len, ==, 0);
  g_assert_cmpstr (second->binding, ==, first->binding);
  g_assert_cmpuint (tn_http_server_count (f->http), ==, 1);
  g_assert_cmpuint (tn_http_server_count_bytes (f->http), <, 2000);
}

static void
test_noop_found (TnDavFixture *f, gconstpointer unused)
{
  tn_dav_fixture_open (f, "/", NULL);
  g_autoptr (TurnusListing) first = fill_and_list (f);

  tn_dav_fixture_open (f, "/", first->binding);
  g_autoptr (TurnusListing) second = tn_dav_fixture_list (f, first->token);

  g_assert_false (second->full);
  g_assert_cmpuint (tn_http_server_count (f->http), ==, 1);
}

static void
test_ctag (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->has_no_sync = TRUE;
  g_autoptr (TurnusListing) first = fill_and_list (f);

  g_autoptr (TurnusListing) second = tn_dav_fixture_list (f, first->token);
  guint n_requests = tn_http_server_count (f->http);
  tn_dav_fixture_put (f, "three.ics", "three", "Tema");
  g_autoptr (TurnusListing) third = tn_dav_fixture_list (f, second->token);

  g_assert_false (second->full);
  g_assert_cmpuint (second->changed->len + second->removed->len, ==, 0);
  g_assert_cmpuint (n_requests, ==, 1);
  g_assert_true (third->full);
  g_assert_cmpuint (third->changed->len, ==, 3);
}

/* Hazard 1. */
static void
test_bad_answers (TnDavFixture *f, gconstpointer unused)
{
  static const guint statuses[] = { 200, 201, 204, 206, 302, 304, 400, 401, 403, 404, 405,
                                    409, 410, 412, 423, 429, 500, 502, 503, 504, 505, 507 };
  g_autoptr (TurnusListing) first = fill_and_list (f);
  tn_http_server_forget (f->http);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      TnHttpFault fault = { .status = statuses[i] };
      tn_http_server_push_fault (f->http, 0, &fault);
      tn_dav_fixture_fail_list (f, first->token);
      tn_dav_fixture_wait (f);
      tn_http_server_push_fault (f->http, 0, &fault);
      tn_dav_fixture_fail_list (f, NULL);
      tn_dav_fixture_wait (f);
    }
  g_assert_cmpuint (tn_http_server_count (f->http), ==, 2 * G_N_ELEMENTS (statuses));
}

/* Hazard 1: a proxy's login page, with any status. */
static void
test_login_page (TnDavFixture *f, gconstpointer unused)
{
  static const char *const pages[] = {
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
    "HTTP/1.1 207 Fine\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>",
    "HTTP/1.1 207 Fine\r\nContent-Type: text/xml\r\nContent-Length: 13\r\n\r\n<html></html>",
    "HTTP/1.1 207 Fine\r\nContent-Length: 31\r\n\r\n<D:multistatus xmlns:D=\"DAV:\"/>",
    "HTTP/1.1 207 Fine\r\nContent-Type: text/xml\r\nContent-Length: 0\r\n\r\n",
  };
  g_autoptr (TurnusListing) first = fill_and_list (f);
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      TnHttpFault fault = { .raw = pages[i] };
      tn_http_server_push_fault (f->http, 0, &fault);
      g_assert_cmpint (tn_dav_fixture_fail_list (f, first->token), ==, TN_ERROR_PROTOCOL);
    }
}

/* Hazard 2: valid XML with nothing in it proves nothing, with or without a token. */
static void
test_nothing_in_it (TnDavFixture *f, gconstpointer unused)
{
  TnHttpFault fault
      = { .raw = "HTTP/1.1 207 Fine\r\nContent-Type: text/xml\r\nContent-Length: 31\r\n\r\n"
                 "<D:multistatus xmlns:D=\"DAV:\"/>" };
  g_autoptr (TurnusListing) first = fill_and_list (f);

  tn_http_server_push_fault (f->http, 0, &fault);
  g_assert_cmpint (tn_dav_fixture_fail_list (f, first->token), ==, TN_ERROR_GONE);
  f->quirks->has_no_sync = TRUE;
  tn_http_server_push_fault (f->http, 1, &fault); /* the PROPFIND of all members */
  g_assert_cmpint (tn_dav_fixture_fail_list (f, NULL), ==, TN_ERROR_PROTOCOL);
}

/* Hazard 4. */
static void
test_missing_property (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusListing) first = fill_and_list (f);
  f->quirks->has_no_props = TRUE;
  tn_dav_fixture_put (f, "one.ics", "one", "Aflyst");

  g_autoptr (TurnusListing) delta = tn_dav_fixture_list (f, first->token);
  g_autoptr (TurnusListing) full = tn_dav_fixture_list (f, NULL);
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, "one.ics");

  g_assert_nonnull (tn_await_find (delta, "one.ics"));
  g_assert_cmpuint (delta->removed->len, ==, 0);
  g_assert_cmpuint (full->changed->len, ==, 2);
  g_assert_no_error (loaded->error);
}

/* Hazard 5. */
static void
test_failed_member (TnDavFixture *f, gconstpointer unused)
{
  static const guint statuses[] = { 403, 423, 500, 502, 503, 507 };
  g_autoptr (TurnusListing) first = fill_and_list (f);
  f->quirks->failing = "one.ics";
  tn_dav_fixture_put (f, "one.ics", "one", "Aflyst");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      f->quirks->member_status = statuses[i];
      g_autoptr (TurnusListing) delta = tn_dav_fixture_list (f, first->token);
      g_autoptr (TurnusListing) full = tn_dav_fixture_list (f, NULL);

      g_assert_nonnull (tn_await_find (delta, "one.ics"));
      g_assert_cmpuint (delta->removed->len, ==, 0);
      g_assert_cmpstr (delta->token, ==, first->token); /* told again the next time */
      g_assert_cmpuint (full->changed->len, ==, 2);
      g_assert_null (full->token);
    }
  f->quirks->member_status = 0;
  g_autoptr (TurnusListing) good = tn_dav_fixture_list (f, first->token);
  g_assert_cmpstr (good->token, !=, first->token);
  g_assert_cmpuint (good->changed->len, ==, 1);
}

/* Hazard 6. */
static void
test_vanished_between (TnDavFixture *f, gconstpointer unused)
{
  static const char *const ids[] = { "one.ics", "two.ics", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusListing) first = fill_and_list (f);
  for (guint i = 0; i < 3; i++)
    {
      f->quirks->omits_missing = i == 1;
      f->quirks->fails_multiget = i == 2;
      if (i == 0)
        tn_dav_server_put (f->server, "two.ics", NULL);
      g_autoptr (GPtrArray) loaded = tn_await_load (f->provider, ids, &error);

      g_assert_no_error (error);
      const TurnusLoaded *one = g_ptr_array_index (loaded, 0);
      const TurnusLoaded *two = g_ptr_array_index (loaded, 1);
      g_assert_no_error (one->error);
      g_assert_error (two->error, TN_ERROR, TN_ERROR_GONE);
    }
}

/* Hazard 6: what a report does not tell of is not gone. */
static void
test_failed_item (TnDavFixture *f, gconstpointer unused)
{
  static const char *const ids[] = { "one.ics", "two.ics", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusListing) first = fill_and_list (f);
  f->quirks->failing = "two.ics";
  f->quirks->member_status = 500;

  g_autoptr (GPtrArray) loaded = tn_await_load (f->provider, ids, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (loaded->len, ==, 2);
  g_assert_no_error (((TurnusLoaded *) g_ptr_array_index (loaded, 1))->error);
}

/* Hazard 7. */
static void
test_tokens_expire (TnDavFixture *f, gconstpointer unused)
{
  static const guint statuses[] = { 400, 403, 409, 410, 412, 418, 500, 507 };
  g_autoptr (TurnusListing) first = fill_and_list (f);
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      f->quirks->token_status = statuses[i];
      g_assert_cmpint (tn_dav_fixture_fail_list (f, first->token), ==, TN_ERROR_GONE);
      g_autoptr (TurnusListing) full = tn_dav_fixture_list (f, NULL);
      g_assert_true (full->full);
      g_assert_cmpuint (full->changed->len, ==, 2);
    }
}

/* Hazard 7: a server that answers any token. What it says is a listing of changes, so nothing that
 * it leaves out is gone; and once a day all is listed. */
static void
test_any_token (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->takes_any_token = TRUE;
  g_autoptr (TurnusListing) first = fill_and_list (f);
  tn_dav_server_recreate (f->server);

  g_autoptr (TurnusListing) delta = tn_dav_fixture_list (f, first->token);
  g_assert_false (delta->full);
  g_assert_cmpuint (delta->removed->len, ==, 0);

  tn_fake_clock_advance_us (f->site->clock, G_GINT64_CONSTANT (25) * 3600 * G_USEC_PER_SEC);
  g_assert_cmpint (tn_dav_fixture_fail_list (f, delta->token), ==, TN_ERROR_GONE);
}

static void
test_other_settings (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusListing) first = fill_and_list (f);

  tn_dav_fixture_open (f, "/dav/cals/other/", first->binding);

  g_assert_cmpint (tn_dav_fixture_fail_list (f, first->token), ==, TN_ERROR_GONE);
  g_assert_cmpuint (tn_http_server_count (f->http), ==, 0);
}

/* Hazard 8. */
static void
test_pages (TnDavFixture *f, gconstpointer unused)
{
  for (guint i = 0; i < 7; i++)
    {
      g_autofree char *uid = g_strdup_printf ("event-%u", i);
      g_autofree char *name = g_strconcat (uid, ".ics", NULL);
      tn_dav_fixture_put (f, name, uid, "Studietur");
    }
  for (guint page = 1; page <= 8; page++)
    {
      f->quirks->page = page;
      tn_http_server_forget (f->http);
      g_autoptr (TurnusListing) listing = tn_dav_fixture_list (f, NULL);
      g_assert_cmpuint (listing->changed->len, ==, 7);
      g_assert_cmpuint (tn_http_server_count (f->http), ==, 1 + (7 + page - 1) / page);
    }
}

/* Hazard 8: paging that breaks off is no listing. */
static void
test_page_lost (TnDavFixture *f, gconstpointer unused)
{
  static const TnHttpFault faults[]
      = { { .drops = TRUE }, { .status = 502 }, { .cuts = TRUE, .cut_at = 100 } };
  g_autoptr (TurnusListing) first = fill_and_list (f);
  f->quirks->page = 1;
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      tn_http_server_clear_faults (f->http);
      tn_http_server_push_fault (f->http, 2, &faults[i]);
      tn_http_server_push_fault (f->http, 0, &faults[i]); /* curl asks again once */
      g_assert_cmpint (tn_dav_fixture_fail_list (f, NULL), ==, TN_ERROR_TEMPORARY);
    }
}

/* Seen on Xandikos: what we made and somebody deletes before it is listed is never told of. */
static void
test_brief (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusListing) first = fill_and_list (f);
  f->quirks->omits_brief = TRUE;
  g_autofree char *text = tn_contract_make_event ("three", "Tema");
  g_autofree char *other = tn_contract_make_event ("four", "Tema");

  g_autoptr (TurnusRef) ref = tn_await_save (f->provider, "three", NULL, text, &error);
  g_assert_no_error (error);
  g_autoptr (TurnusRef) stays = tn_await_save (f->provider, "four", NULL, other, &error);
  g_assert_no_error (error);
  tn_dav_server_put (f->server, ref->id, NULL);
  g_autoptr (TurnusListing) second = tn_dav_fixture_list (f, first->token);
  g_autoptr (TurnusListing) third = tn_dav_fixture_list (f, second->token);

  g_assert_cmpuint (second->changed->len, ==, 1);
  g_assert_cmpuint (second->removed->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (second->removed, 0), ==, ref->id);
  g_assert_cmpuint (third->changed->len + third->removed->len, ==, 0);
}

/* Hazard 12. */
static void
test_login_lost (TnDavFixture *f, gconstpointer unused)
{
  static const char *const ids[] = { "one.ics", "two.ics", NULL };
  TnHttpFault fault = { .status = 401 };
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusListing) first = fill_and_list (f);

  for (guint i = 0; i < 3; i++)
    tn_http_server_push_fault (f->http, 0, &fault);
  g_assert_cmpint (tn_dav_fixture_fail_list (f, first->token), ==, TN_ERROR_AUTH);
  g_assert_cmpint (tn_dav_fixture_fail_list (f, NULL), ==, TN_ERROR_AUTH);
  g_autoptr (GPtrArray) loaded = tn_await_load (f->provider, ids, &error);

  g_assert_null (loaded);
  g_assert_error (error, TN_ERROR, TN_ERROR_AUTH);
}

/* Hazard 13. */
static void
test_recreated (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->has_resource_id = TRUE;
  g_autoptr (TurnusListing) first = fill_and_list (f);

  tn_dav_server_recreate (f->server);
  tn_dav_fixture_open (f, TN_DAV_CALENDAR, first->binding);

  g_assert_cmpint (tn_dav_fixture_fail_list (f, first->token), ==, TN_ERROR_GONE);
  g_autoptr (TurnusListing) full = tn_dav_fixture_list (f, NULL);
  g_assert_cmpstr (full->binding, !=, first->binding);
}

/* Hazard 13: Cyrus takes for it when it last wrote a file of its own about the calendar. */
static void
test_creation_date (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->has_creation_date = TRUE;
  g_autoptr (TurnusListing) first = fill_and_list (f);
  g_autofree char *text = tn_contract_make_event ("three", "Tema");

  tn_dav_server_put (f->server, "three.ics", text);
  tn_dav_fixture_open (f, TN_DAV_CALENDAR, first->binding);
  g_autoptr (TurnusListing) full = tn_dav_fixture_list (f, NULL);

  g_assert_cmpstr (full->binding, ==, first->binding);
}

/* Hazard 13: nor is it written before it was listed. */
static void
test_recreated_write (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->has_resource_id = TRUE;
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusListing) first = fill_and_list (f);
  g_autofree char *text = tn_contract_make_event ("three", "Tema");

  tn_dav_server_recreate (f->server);
  tn_dav_fixture_open (f, TN_DAV_CALENDAR, first->binding);
  g_autoptr (TurnusRef) ref = tn_await_save (f->provider, "three", NULL, text, &error);

  g_assert_null (ref);
  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
  g_assert_cmpuint (tn_dav_server_count_writes (f->server), ==, 0);
}

/* Hazard 13: a calendar that is not there is an error, and no empty one. */
static void
test_missing_calendar (TnDavFixture *f, gconstpointer unused)
{
  tn_dav_fixture_open (f, "/dav/cals/gone/", NULL);

  g_assert_cmpint (tn_dav_fixture_fail_list (f, NULL), ==, TN_ERROR_FAILED);
}

/* Hazard 38. */
static void
test_spelling (TnDavFixture *f, gconstpointer unused)
{
  tn_dav_fixture_put (f, "råd@7by: møde.ics", "raad", "Erfa");
  g_autoptr (TurnusListing) first = tn_dav_fixture_list (f, NULL);
  const TurnusRef *before = g_ptr_array_index (first->changed, 0);

  f->quirks->spells_otherwise = TRUE;
  g_autoptr (TurnusListing) second = tn_dav_fixture_list (f, NULL);
  const TurnusRef *after = g_ptr_array_index (second->changed, 0);
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, before->id);

  g_assert_cmpstr (after->id, ==, before->id);
  g_assert_cmpstr (after->revision, ==, before->revision);
  g_assert_no_error (loaded->error);
  guint last = tn_http_server_count (f->http) - 1;
  assert_seen (f, last, "REPORT", "//dav//cals/turnus/r%c3%a5d@7by:%20m%c3%b8de.ics");
}

/* Hazard 76. */
static void
test_foreign_hrefs (TnDavFixture *f, gconstpointer unused)
{
  static const char *const hrefs[] = { "http://127.0.0.2/dav/cals/turnus/x.ics",
                                       "https://evil.example/x.ics",
                                       "/dav/cals/turnusx/x.ics",
                                       "/etc/passwd",
                                       "../other/x.ics",
                                       "/dav/cals/turnus/../x.ics",
                                       "/dav/cals/turnus/%2e%2e/x.ics",
                                       "//127.0.0.2/x.ics",
                                       "/dav/cals/turnus/a/b.ics",
                                       "file:///etc/passwd",
                                       "/dav/cals/turnus/%00.ics",
                                       "/dav/cals/turnus/%zz.ics" };
  g_autoptr (TurnusListing) first = fill_and_list (f);
  f->quirks->has_no_sync = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (hrefs); i++)
    {
      f->quirks->foreign_href = hrefs[i];
      g_assert_cmpint (tn_dav_fixture_fail_list (f, NULL), ==, TN_ERROR_PROTOCOL);
    }
}

static const struct
{
  const char *name;
  void (*run) (TnDavFixture *f, gconstpointer unused);
} tests[] = {
  { "nothing-new-is-one-request-below-2000-bytes", test_noop },
  { "found-calendar-is-not-searched-again", test_noop_found },
  { "same-ctag-is-nothing-new", test_ctag },
  { "any-other-answer-is-an-error-hazard-1", test_bad_answers },
  { "login-page-is-an-error-hazard-1", test_login_page },
  { "multistatus-with-nothing-in-it-is-no-listing-hazard-2", test_nothing_in_it },
  { "missing-property-is-no-missing-event-hazard-4", test_missing_property },
  { "failed-member-is-listed-and-asked-for-again-hazard-5", test_failed_member },
  { "event-that-vanished-meanwhile-is-gone-alone-hazard-6", test_vanished_between },
  { "event-that-a-report-cannot-tell-of-is-read-alone-hazard-6", test_failed_item },
  { "expired-token-is-gone-hazard-7", test_tokens_expire },
  { "server-that-takes-any-token-removes-nothing-hazard-7", test_any_token },
  { "token-of-other-settings-is-gone-hazard-7", test_other_settings },
  { "pages-are-followed-to-the-end-hazard-8", test_pages },
  { "lost-page-is-no-end-hazard-8", test_page_lost },
  { "lost-login-is-told-as-such-hazard-12", test_login_lost },
  { "what-we-made-and-is-not-told-of-is-gone", test_brief },
  { "calendar-made-anew-is-another-hazard-13", test_recreated },
  { "calendar-is-the-same-whatever-its-creation-date-hazard-13", test_creation_date },
  { "calendar-made-anew-is-not-written-hazard-13", test_recreated_write },
  { "calendar-that-is-missing-is-an-error-hazard-13", test_missing_calendar },
  { "spelling-of-a-href-is-no-difference-hazard-38", test_spelling },
  { "href-outside-of-the-calendar-is-refused-hazard-76", test_foreign_hrefs },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/caldav/listing/", tests[i].name, NULL);
      TN_DAV_ADD (path, tests[i].run);
    }
  return g_test_run ();
}
