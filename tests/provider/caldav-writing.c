/* Writing to CalDAV servers: validators, races and identity (hazards 2b), refusals (2d). The fake
 * ends the test when a write comes without a condition (hazard 19). */
#include <string.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "provider/dav-site.h"

static TurnusRef *
update (TnDavFixture *f, const TurnusRef *ref, const char *summary, GError **error)
{
  g_autofree char *text = tn_contract_make_event ("one", summary);
  return tn_await_save (f->provider, ref->id, ref->revision, text, error);
}

static void
assert_text (TnDavFixture *f, const char *name, const char *needle)
{
  const char *text = tn_dav_server_find (f->server, name);
  g_assert_nonnull (text);
  g_assert_nonnull (strstr (text, needle));
}

/* Fails with @code, and names @needle. */
static void
assert_refused (TurnusRef *ref, const GError *error, TnError code, const char *needle)
{
  g_assert_null (ref);
  g_assert_error (error, TN_ERROR, (int) code);
  if (strstr (error->message, needle) == NULL)
    g_error ("'%s' does not name '%s'", error->message, needle);
}

/* Hazard 22. */
static void
test_weak (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  f->quirks->has_weak_etags = TRUE;
  tn_dav_fixture_put (f, "one.ics", "one", "theirs");
  g_autoptr (TurnusListing) listing = tn_dav_fixture_list (f, NULL);
  const TurnusRef *one = g_ptr_array_index (listing->changed, 0);

  g_autoptr (TurnusRef) ref = update (f, one, "ours", &error);

  assert_refused (ref, error, TN_ERROR_DENIED, "weak");
  assert_text (f, "one.ics", "theirs");
}

/* Hazard 22: a proxy made it weak, and the server behind it compares its own. */
static void
test_weakened (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = tn_dav_fixture_create (f, "one");
  TurnusRef weak = { .id = one->id, .revision = g_strconcat ("W/", one->revision, NULL) };
  g_autofree char *owned = weak.revision;

  g_autoptr (TurnusRef) ref = update (f, &weak, "ours", &error);

  g_assert_no_error (error);
  assert_text (f, "one.ics", "ours");
}

/* Hazard 22. */
static void
test_gzip (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  f->quirks->has_gzip_etags = TRUE;
  g_autoptr (TurnusRef) one = tn_dav_fixture_create (f, "one");
  g_autoptr (TurnusListing) listing = tn_dav_fixture_list (f, NULL);

  g_assert_cmpstr (tn_await_find (listing, "one.ics")->revision, ==, one->revision);
  g_autoptr (TurnusRef) ref = update (f, one, "ours", &error);
  g_assert_no_error (error);
}

/* Hazard 23. */
static void
test_no_etag (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->has_no_put_etag = TRUE;

  g_autoptr (TurnusRef) one = tn_dav_fixture_create (f, "one");
  g_autoptr (TurnusListing) listing = tn_dav_fixture_list (f, NULL);

  g_assert_cmpstr (tn_await_find (listing, "one.ics")->revision, ==, one->revision);
}

static void
edit_at_get (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  g_assert_cmpstr (seen->method, ==, "GET");
  tn_http_answer_set_text (answer, "text/calendar", "BEGIN:VCALENDAR\r\nSUMMARY:theirs\r\n");
  tn_http_answer_add_header (answer, "ETag", "\"theirs\"");
}

static void
put_without_etag (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  if (strcmp (seen->method, "PUT") == 0)
    answer->status = 201;
  else
    edit_at_get (seen, answer, user_data);
}

/* Hazard 23: somebody writes between our PUT and our look at it. Their ETag is not ours. */
static void
test_edit_after_put (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusListing) listing = tn_dav_fixture_list (f, NULL); /* the path is known now */
  tn_http_server_set_handler (f->http, put_without_etag, NULL);

  g_autoptr (TurnusRef) ref = tn_dav_fixture_create (f, "one");

  g_assert_cmpstr (ref->revision, !=, "\"theirs\"");
}

/* Hazard 23: nor is it written over then. */
static void
test_unconfirmed (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  f->quirks->has_no_put_etag = TRUE;
  f->quirks->rewrites = TRUE;
  g_autoptr (TurnusRef) one = tn_dav_fixture_create (f, "one");

  g_autoptr (TurnusRef) ref = update (f, one, "ours", &error);

  assert_refused (ref, error, TN_ERROR_CONFLICT, "read it again");
}

/* Hazard 24. */
static void
test_stale_etag (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  f->quirks->has_stale_etag = TRUE;
  g_autoptr (TurnusRef) one = tn_dav_fixture_create (f, "one");

  g_autoptr (TurnusRef) ref = update (f, one, "ours", &error);

  assert_refused (ref, error, TN_ERROR_CONFLICT, "changed");
  g_autoptr (TurnusListing) listing = tn_dav_fixture_list (f, NULL);
  g_autoptr (GError) none = NULL;
  g_autoptr (TurnusRef) good = update (f, tn_await_find (listing, "one.ics"), "ours", &none);
  g_assert_no_error (none);
}

/* Hazard 25: what is loaded is what stands there, not what was sent. */
static void
test_rewritten (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->rewrites = TRUE;
  g_autoptr (TurnusRef) one = tn_dav_fixture_create (f, "one");

  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, one->id);

  g_assert_cmpstr (loaded->revision, ==, one->revision);
  g_autofree char *text
      = g_strndup (g_bytes_get_data (loaded->bytes, NULL), g_bytes_get_size (loaded->bytes));
  g_assert_nonnull (strstr (text, "X-SERVER:was here\r\n"));
}

/* Hazard 27. */
static void
test_lost_answer (TnDavFixture *f, gconstpointer unused)
{
  TnHttpFault fault = { .drops = TRUE };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tn_contract_make_event ("one", "ours");
  g_autoptr (TurnusListing) before = tn_dav_fixture_list (f, NULL);
  tn_http_server_push_fault (f->http, 0, &fault);

  g_autoptr (TurnusRef) ref = tn_await_save (f->provider, "one", NULL, text, &error);

  assert_refused (ref, error, TN_ERROR_TEMPORARY, "PUT");
  g_assert_cmpuint (tn_dav_server_count_writes (f->server), ==, 1); /* and it was not sent twice */
  g_autoptr (TurnusListing) after = tn_dav_fixture_list (f, before->token);
  g_assert_nonnull (tn_await_find (after, "one.ics"));
}

/* Hazard 29. */
static void
test_uid_taken (TnDavFixture *f, gconstpointer unused)
{
  static const guint statuses[] = { 409, 403, 400, 207 };
  g_autofree char *text = tn_contract_make_event ("one", "ours");
  tn_dav_fixture_put (f, "by-hand.ics", "one", "theirs");
  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      g_autoptr (GError) error = NULL;
      f->quirks->uid_status = statuses[i];

      g_autoptr (TurnusRef) ref = tn_await_save (f->provider, "one", NULL, text, &error);

      assert_refused (ref, error, TN_ERROR_CONFLICT, "by-hand.ics");
      g_assert_cmpuint (tn_dav_server_count (f->server), ==, 1);
    }
}

/* Hazard 30. */
static void
test_moved (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = tn_dav_fixture_create (f, "one");
  g_autoptr (TurnusListing) before = tn_dav_fixture_list (f, NULL);
  tn_dav_server_rename (f->server, "one.ics", "elsewhere.ics");

  g_autoptr (TurnusRef) ref = update (f, one, "ours", &error);
  g_autoptr (TurnusListing) after = tn_dav_fixture_list (f, before->token);

  assert_refused (ref, error, TN_ERROR_GONE, "one.ics");
  g_assert_cmpstr (g_ptr_array_index (after->removed, 0), ==, "one.ics");
  g_assert_nonnull (tn_await_find (after, "elsewhere.ics"));
}

/* Hazard 31. */
static void
test_two_of_one_uid (TnDavFixture *f, gconstpointer unused)
{
  f->quirks->has_double_uids = TRUE;
  tn_dav_fixture_put (f, "a.ics", "one", "first");
  tn_dav_fixture_put (f, "b.ics", "one", "second");

  g_autoptr (TurnusListing) listing = tn_dav_fixture_list (f, NULL);

  g_assert_cmpuint (listing->changed->len, ==, 2);
}

static void
refuse_for_other_calendar (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  tn_http_answer_set_text (answer, "application/xml",
                           "<D:error xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\">"
                           "<C:unique-scheduling-object-resource><D:href>/dav/cals/egen/one.ics"
                           "</D:href></C:unique-scheduling-object-resource></D:error>");
  answer->status = 403;
}

/* Hazard 32: to read this calendar again would not help. */
static void
test_uid_in_other_calendar (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tn_contract_make_event ("one", "ours");
  g_autoptr (TurnusListing) listing = tn_dav_fixture_list (f, NULL);
  tn_http_server_set_handler (f->http, refuse_for_other_calendar, NULL);

  g_autoptr (TurnusRef) ref = tn_await_save (f->provider, "one", NULL, text, &error);

  assert_refused (ref, error, TN_ERROR_INVALID, "/dav/cals/egen/one.ics");
}

static void
test_trash (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = tn_contract_make_event ("one", "again");
  f->quirks->has_trash = TRUE;
  g_autoptr (TurnusRef) one = tn_dav_fixture_create (f, "one");
  g_assert_true (tn_await_remove (f->provider, one->id, one->revision, NULL));
  g_assert_true ((tn_provider_get_caps (f->provider) & TURNUS_CAP_REVIVES) != 0);

  g_autoptr (TurnusRef) ref = tn_await_save (f->provider, "one", NULL, text, &error);

  assert_refused (ref, error, TN_ERROR_INVALID, "trash");
  g_assert_true ((tn_provider_get_caps (f->provider) & TURNUS_CAP_REVIVES) == 0);
}

/* Hazard 14. */
static void
test_privileges (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusListing) before = tn_dav_fixture_list (f, NULL);
  guint32 writable = tn_provider_get_caps (f->provider);
  f->quirks->is_read_only = TRUE;

  g_autoptr (TurnusListing) after = tn_dav_fixture_list (f, NULL);

  g_assert_true ((writable & TURNUS_CAP_READ_ONLY) == 0);
  g_assert_true ((tn_provider_get_caps (f->provider) & TURNUS_CAP_READ_ONLY) != 0);
}

/* Hazard 14: a server that does not say what we may do shows it. */
static void
test_hidden_privileges (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = tn_dav_fixture_create (f, "one");
  f->quirks->hides_privileges = TRUE;
  f->quirks->is_read_only = TRUE;
  g_autoptr (TurnusListing) listing = tn_dav_fixture_list (f, NULL);
  g_assert_true ((tn_provider_get_caps (f->provider) & TURNUS_CAP_READ_ONLY) == 0);

  g_autoptr (TurnusRef) ref = update (f, one, "ours", &error);

  assert_refused (ref, error, TN_ERROR_DENIED, "need-privileges");
  g_assert_true ((tn_provider_get_caps (f->provider) & TURNUS_CAP_READ_ONLY) != 0);
}

/* Hazards 12, 45, 79, 80: what a refusal asks of the caller; nothing else is tried. */
static void
test_refusals (TnDavFixture *f, gconstpointer unused)
{
  static const struct
  {
    guint status;
    TnError code;
  } cases[]
      = { { 401, TN_ERROR_AUTH },      { 403, TN_ERROR_DENIED },    { 405, TN_ERROR_DENIED },
          { 404, TN_ERROR_GONE },      { 410, TN_ERROR_GONE },      { 413, TN_ERROR_LIMIT },
          { 507, TN_ERROR_LIMIT },     { 423, TN_ERROR_TEMPORARY }, { 429, TN_ERROR_TEMPORARY },
          { 500, TN_ERROR_TEMPORARY }, { 503, TN_ERROR_TEMPORARY }, { 400, TN_ERROR_INVALID },
          { 415, TN_ERROR_INVALID },   { 202, TN_ERROR_PROTOCOL },  { 501, TN_ERROR_PROTOCOL },
          { 302, TN_ERROR_INVALID } };
  g_autoptr (TurnusRef) one = tn_dav_fixture_create (f, "one");
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) save_error = NULL, remove_error = NULL;
      f->quirks->write_status = cases[i].status;
      g_autoptr (TurnusRef) ref = update (f, one, "ours", &save_error);
      tn_dav_fixture_wait (f);
      gboolean removed = tn_await_remove (f->provider, one->id, one->revision, &remove_error);
      tn_dav_fixture_wait (f);
      g_assert_error (save_error, TN_ERROR, (int) cases[i].code);
      g_assert_error (remove_error, TN_ERROR, (int) cases[i].code);
      g_assert_true (ref == NULL && !removed);
    }
  assert_text (f, "one.ics", "Studietur");
  g_assert_cmpuint (tn_dav_server_count_writes (f->server), ==, 1);
}

/* Hazard 75. */
static void
test_redirected_put (TnDavFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) one = tn_dav_fixture_create (f, "one");
  f->quirks->moved_to = "/dav/cals/other/";
  tn_http_server_forget (f->http);

  g_autoptr (TurnusRef) ref = update (f, one, "ours", &error);

  assert_refused (ref, error, TN_ERROR_INVALID, "/dav/cals/other/");
  g_assert_cmpuint (tn_http_server_count (f->http), ==, 1);
}

static const struct
{
  const char *name;
  void (*run) (TnDavFixture *f, gconstpointer unused);
} tests[] = {
  { "lost-login-and-other-refusals-say-what-to-do-hazards-12-45-79-80", test_refusals },
  { "privileges-say-read-only-hazard-14", test_privileges },
  { "refused-write-says-read-only-hazard-14", test_hidden_privileges },
  { "weak-etag-is-never-written-over-blindly-hazard-22", test_weak },
  { "weakened-etag-is-a-condition-all-the-same-hazard-22", test_weakened },
  { "etag-of-a-compressing-proxy-is-the-servers-hazard-22", test_gzip },
  { "answer-without-etag-is-looked-after-hazard-23", test_no_etag },
  { "edit-right-after-our-write-is-not-taken-for-ours-hazard-23", test_edit_after_put },
  { "rewritten-without-an-etag-is-read-before-it-is-written-hazard-23", test_unconfirmed },
  { "stale-etag-conflicts-and-heals-hazard-24", test_stale_etag },
  { "rewritten-event-is-loaded-as-it-stands-hazard-25", test_rewritten },
  { "lost-answer-leaves-the-outcome-open-hazard-27", test_lost_answer },
  { "uid-that-stands-elsewhere-conflicts-and-is-found-hazard-29", test_uid_taken },
  { "event-under-another-href-is-gone-here-and-there-there-hazard-30", test_moved },
  { "two-events-of-one-uid-are-both-listed-hazard-31", test_two_of_one_uid },
  { "uid-in-another-calendar-of-the-account-is-told-hazard-32", test_uid_in_other_calendar },
  { "trash-bin-that-keeps-the-uid-is-told", test_trash },
  { "put-is-never-redirected-hazard-75", test_redirected_put },
};

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    {
      g_autofree char *path = g_strconcat ("/caldav/writing/", tests[i].name, NULL);
      TN_DAV_ADD (path, tests[i].run);
    }
  return g_test_run ();
}
