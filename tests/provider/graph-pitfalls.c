/* What others fell into with Graph (exchange.md section 5), and what people do in Outlook. After
 * each test: no mail was sent, no write was blind (graph-site.c). */
#include <string.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "provider/graph-site.h"

#define MEETING                                                                                    \
  "{\"subject\":\"Erfa-møde\",\"start\":{\"dateTime\":\"2027-09-14T10:00:00\",\"timeZone\":"      \
  "\"Romance Standard Time\"},\"end\":{\"dateTime\":\"2027-09-14T15:00:00\",\"timeZone\":"         \
  "\"Romance Standard Time\"},\"body\":{\"contentType\":\"html\",\"content\":\"<p>Husk "           \
  "<b>kage</b></p>\"},\"location\":{\"displayName\":\"Odense\"},\"categories\":[\"Blå\"]}"
#define ROTA                                                                                       \
  "{\"subject\":\"Vagt\",\"start\":{\"dateTime\":\"2027-09-14T10:00:00\",\"timeZone\":\"UTC\"},"   \
  "\"end\":{\"dateTime\":\"2027-09-14T11:00:00\",\"timeZone\":\"UTC\"},\"recurrence\":{"           \
  "\"pattern\":{\"type\":\"daily\",\"interval\":1},\"range\":{\"type\":\"noEnd\","                 \
  "\"startDate\":\"2027-09-14\"}}}"

#define TIMED                                                                                      \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:one\r\n"                                  \
  "DTSTART:20270914T080000Z\r\nDTEND:20270914T130000Z\r\nSUMMARY:Erfa\r\nLOCATION:Odense\r\n"      \
  "DESCRIPTION:Husk kage\\n\\n--- turnus ---\\nVært: Odense\r\nSTATUS:CONFIRMED\r\n"              \
  "X-TURNUS-KEY:djEKYz03Ynk\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

static TurnusRef *
create_timed (TnGraphFixture *f)
{
  g_autoptr (GError) error = NULL;
  TurnusRef *ref = tn_await_save (f->provider, "one", NULL, TIMED, &error);
  g_assert_no_error (error);
  return ref;
}

static void
assert_has (const char *text, const char *needle)
{
  if (strstr (text, needle) == NULL)
    g_test_message ("no \"%s\" in: %s", needle, text);
  g_assert_nonnull (strstr (text, needle));
}

static void
test_own_uid (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) ref = create_timed (f);

  g_autofree char *text = tn_graph_fixture_load (f, ref->id);

  assert_has (text, "UID:one\r\n");
  assert_has (text, "X-TURNUS-KEY:djEKYz03Ynk\r\n");
  g_assert_cmpstr (tn_graph_server_find (f->server, ref->id)->uid, !=, "one");
}

static void
test_series_is_one (TnGraphFixture *f, gconstpointer unused)
{
  f->quirks->lists_occurrences = TRUE;
  const char *id = tn_graph_server_put (f->server, ROTA);

  g_autoptr (TurnusListing) listing = tn_graph_fixture_list (f, NULL);
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, id);

  g_assert_cmpuint (listing->changed->len, ==, 1);
  g_assert_nonnull (tn_await_find (listing, id));
  g_assert_error (loaded->error, TN_ERROR, TN_ERROR_INVALID);
  assert_has (loaded->error->message, "recurs");
}

/* Of what recurs the parts are nobody's items: one that is deleted takes nothing along. */
static void
test_deleted_occurrence (TnGraphFixture *f, gconstpointer unused)
{
  const char *id = tn_graph_server_put (f->server, ROTA);
  g_autofree char *occurrence = g_strconcat (id, ".OID", NULL);
  g_autoptr (TurnusListing) first = tn_graph_fixture_list (f, NULL);
  tn_graph_server_touch (f->server, id);
  f->quirks->falsely_removed = occurrence;

  g_autoptr (TurnusListing) later = tn_graph_fixture_list (f, first->token);

  g_assert_nonnull (tn_await_find (later, id));
  g_assert_cmpuint (later->removed->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (later->removed, 0), ==, occurrence);
}

static void
test_false_removal (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) ref = create_timed (f);
  g_autoptr (TurnusListing) first = tn_graph_fixture_list (f, NULL);
  f->quirks->falsely_removed = ref->id;

  g_autoptr (TurnusListing) later = tn_graph_fixture_list (f, first->token);

  g_assert_false (later->full);
  g_assert_cmpuint (later->removed->len, ==, 0);
  g_assert_nonnull (tn_await_find (later, ref->id));
}

static void
test_true_removal (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) ref = create_timed (f);
  g_autoptr (TurnusRef) other = tn_graph_fixture_create (f, "two");
  g_autoptr (TurnusListing) first = tn_graph_fixture_list (f, NULL);
  tn_graph_server_remove (f->server, ref->id);
  tn_graph_server_move (f->server, other->id);

  g_autoptr (TurnusListing) later = tn_graph_fixture_list (f, first->token);

  g_assert_cmpuint (later->removed->len, ==, 2);
  g_assert_cmpuint (later->changed->len, ==, 0);
}

/* A server that does not say in which calendar an event is: what is there, is there. */
static void
test_removal_without_calendar (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) ref = create_timed (f);
  g_autoptr (TurnusRef) gone = tn_graph_fixture_create (f, "two");
  g_autoptr (TurnusListing) first = tn_graph_fixture_list (f, NULL);
  f->quirks->hides_calendar = TRUE;
  f->quirks->falsely_removed = ref->id;
  tn_graph_server_remove (f->server, gone->id);

  g_autoptr (TurnusListing) later = tn_graph_fixture_list (f, first->token);

  g_assert_cmpuint (later->removed->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (later->removed, 0), ==, gone->id);
  g_assert_nonnull (tn_await_find (later, ref->id));
}

static void
test_unclear_removal (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) ref = create_timed (f);
  g_autoptr (TurnusListing) first = tn_graph_fixture_list (f, NULL);
  TnHttpFault fault = { .status = 503 };
  tn_graph_server_remove (f->server, ref->id);
  tn_http_server_push_fault (f->http, 1, &fault);

  int code = tn_graph_fixture_fail_list (f, first->token);

  g_assert_cmpint (code, ==, TN_ERROR_TEMPORARY);
}

static void
test_lost_token (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) one = create_timed (f);
  g_autoptr (TurnusRef) two = tn_graph_fixture_create (f, "two");
  g_autoptr (TurnusListing) first = tn_graph_fixture_list (f, NULL);
  tn_graph_server_forget_tokens (f->server);

  int code = tn_graph_fixture_fail_list (f, first->token);
  g_autoptr (TurnusListing) anew = tn_graph_fixture_list (f, NULL);

  g_assert_cmpint (code, ==, TN_ERROR_GONE);
  g_assert_true (anew->full);
  g_assert_cmpuint (anew->changed->len, ==, 2);
}

static void
test_lost_page (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) one = create_timed (f);
  g_autoptr (TurnusRef) two = tn_graph_fixture_create (f, "two");
  f->quirks->page = 1;
  f->quirks->loses_next_links = TRUE;

  int code = tn_graph_fixture_fail_list (f, NULL);
  f->quirks->loses_next_links = FALSE;
  g_autoptr (TurnusListing) listing = tn_graph_fixture_list (f, NULL);

  g_assert_cmpint (code, ==, TN_ERROR_TEMPORARY);
  g_assert_cmpuint (listing->changed->len, ==, 2);
}

static void
test_cut_listing (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) one = create_timed (f);
  f->quirks->cuts_listing = TRUE;

  g_assert_cmpint (tn_graph_fixture_fail_list (f, NULL), ==, TN_ERROR_PROTOCOL);
}

/* Fifty events, loaded; none is refused, since no more than four run at once. */
static void
test_batches (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < 50; i++)
    g_ptr_array_add (ids, (gpointer) tn_graph_server_put (f->server, MEETING));
  g_ptr_array_add (ids, NULL);
  g_autoptr (GError) error = NULL;

  g_autoptr (GPtrArray) loaded
      = tn_await_load (f->provider, (const char *const *) ids->pdata, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (loaded->len, ==, 50);
  for (guint i = 0; i < loaded->len; i++)
    g_assert_no_error (((TurnusLoaded *) g_ptr_array_index (loaded, i))->error);
  g_assert_cmpuint (tn_http_server_count (f->http), ==, 3);
  g_assert_cmpuint (tn_http_server_get_most_at_once (f->http), ==, 1);
}

/* One that is gone takes no other along: what waited for it is asked again. */
static void
test_failed_dependency (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < 12; i++)
    g_ptr_array_add (ids, g_strdup (tn_graph_server_put (f->server, MEETING)));
  tn_graph_server_remove (f->server, g_ptr_array_index (ids, 0));
  g_ptr_array_add (ids, NULL);
  g_autoptr (GError) error = NULL;

  g_autoptr (GPtrArray) loaded
      = tn_await_load (f->provider, (const char *const *) ids->pdata, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (loaded->len, ==, 12);
  for (guint i = 0; i < loaded->len; i++)
    {
      const TurnusLoaded *one = g_ptr_array_index (loaded, i);
      gboolean gone = strcmp (one->id, g_ptr_array_index (ids, 0)) == 0;
      g_assert_true (gone == (one->bytes == NULL));
    }
}

static guint
count_bytes (GPtrArray *loaded)
{
  guint n = 0;
  for (guint i = 0; i < loaded->len; i++)
    n += ((TurnusLoaded *) g_ptr_array_index (loaded, i))->bytes != NULL;
  return n;
}

static void
test_throttled_part (TnGraphFixture *f, gconstpointer unused)
{
  const char *ids[] = { tn_graph_server_put (f->server, MEETING),
                        tn_graph_server_put (f->server, MEETING), NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) early_error = NULL;
  f->quirks->part = 2;
  f->quirks->part_status = 429;

  g_autoptr (GPtrArray) loaded = tn_await_load (f->provider, ids, &error);
  g_autoptr (GPtrArray) early = tn_await_load (f->provider, ids, &early_error);
  guint n_asked = tn_http_server_count (f->http);
  tn_graph_fixture_wait (f);
  g_autoptr (TurnusLoaded) late = tn_await_load_one (f->provider, ids[1]);

  g_assert_no_error (error);
  g_assert_cmpuint (count_bytes (loaded), ==, 1);
  g_assert_cmpuint (n_asked, ==, 1);
  g_assert_null (early);
  g_assert_error (early_error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_no_error (late->error);
}

static void
test_guests_wait (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create_timed (f);
  tn_graph_server_invite (f->server, ref->id, 36);
  g_autofree char *text = tn_graph_fixture_load (f, ref->id);

  g_autoptr (TurnusRef) saved
      = tn_graph_fixture_change (f, ref->id, "LOCATION:Odense", "LOCATION:Randers", &error);

  g_assert_null (saved);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  assert_has (error->message, "36 are invited");
  assert_has (text, "ORGANIZER:");
  g_assert_cmpuint (tn_provider_get_caps (f->provider) & TURNUS_CAP_NO_MAIL, ==, 0);
  g_assert_cmpuint (tn_graph_event_count_guests (tn_graph_server_find (f->server, ref->id)), ==,
                    36);
}

static void
test_ids_outlast_moves (TnGraphFixture *f, gconstpointer unused)
{
  const char *id = tn_graph_server_put (f->server, MEETING);
  g_autoptr (TurnusListing) listing = tn_graph_fixture_list (f, NULL);

  g_assert_nonnull (tn_await_find (listing, id));
  g_assert_null (strchr (((TurnusRef *) g_ptr_array_index (listing->changed, 0))->id, '!'));
}

/* By name: the id of a calendar may be another one after its mailbox moved. */
static void
test_calendar_by_name (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnProvider) named = tn_graph_site_open_with (f->site, "Kalender", &error);
  g_autoptr (TnProvider) wrong = tn_graph_site_open_with (f->site, "kalender", &error);
  g_assert_no_error (error);

  g_autoptr (TurnusListing) listing = tn_await_list (named, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (TurnusListing) none = tn_await_list (wrong, NULL, &error);

  g_assert_cmpstr (listing->binding, ==, TN_GRAPH_CALENDAR);
  g_assert_null (none);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

static void
test_ids_are_bytes (TnGraphFixture *f, gconstpointer unused)
{
  g_autofree char *one = g_strdup (tn_graph_server_put (f->server, MEETING));
  g_autofree char *two = g_strdup (tn_graph_server_put (f->server, MEETING));
  tn_graph_server_edit (f->server, two, "{\"subject\":\"Another\"}");

  g_autoptr (TurnusListing) listing = tn_graph_fixture_list (f, NULL);
  g_autofree char *text = tn_graph_fixture_load (f, two);

  g_assert_cmpuint (strlen (one), ==, strlen (two));
  g_assert_cmpuint (listing->changed->len, ==, 2);
  assert_has (text, "SUMMARY:Another");
}

/* An ETag that is another one without an edit: what is loaded is the same. */
static void
test_restless_etags (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) ref = create_timed (f);
  g_autofree char *before = tn_graph_fixture_load (f, ref->id);
  f->quirks->is_restless = TRUE;

  g_autoptr (TurnusListing) listing = tn_graph_fixture_list (f, NULL);
  g_autofree char *after = tn_graph_fixture_load (f, ref->id);

  g_assert_cmpstr (tn_await_find (listing, ref->id)->revision, !=, ref->revision);
  g_assert_cmpstr (strstr (before, "SEQUENCE"), ==, strstr (after, "SEQUENCE"));
}

/* Outlook sets another time: in its own zone, with a reminder, a body of HTML. */
static void
test_outlook_moves (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create_timed (f);
  tn_graph_server_edit (
      f->server, ref->id,
      "{\"start\":{\"dateTime\":\"2027-09-15T11:00:00\",\"timeZone\":\"W. Europe Standard Time\"},"
      "\"end\":{\"dateTime\":\"2027-09-15T16:00:00\",\"timeZone\":\"W. Europe Standard Time\"},"
      "\"isReminderOn\":true,\"reminderMinutesBeforeStart\":30,\"body\":{\"contentType\":\"html\","
      "\"content\":\"<p>Husk <b>kage</b></p><p></p><p>--- turnus ---</p><p>Vært: Odense</p>\"}}");

  g_autofree char *text = tn_graph_fixture_load (f, ref->id);
  g_autoptr (TurnusRef) again
      = tn_graph_fixture_change (f, ref->id, "SUMMARY:Erfa\r\n", "SUMMARY:Erfa 2027\r\n", &error);

  const TnGraphEvent *event = tn_graph_server_find (f->server, ref->id);
  g_assert_no_error (error);
  assert_has (text, "DTSTART;TZID=Europe/Berlin:20270915T110000\r\n");
  assert_has (text, "DTEND;TZID=Europe/Berlin:20270915T160000\r\n");
  assert_has (text, "DESCRIPTION:Husk kage\\n\\n--- turnus ---\\nVært: Odense\r\n");
  g_assert_cmpstr (event->start_zone, ==, "W. Europe Standard Time");
  assert_has (event->body, "<b>kage</b>");
  g_assert_cmpint (json_object_get_int_member (event->plain, "reminderMinutesBeforeStart"), ==, 30);
}

static void
test_outlook_days (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) ref = create_timed (f);
  tn_graph_server_edit (
      f->server, ref->id,
      "{\"isAllDay\":true,\"start\":{\"dateTime\":\"2027-09-14T00:00:00\",\"timeZone\":"
      "\"Romance Standard Time\"},\"end\":{\"dateTime\":\"2027-09-16T00:00:00\",\"timeZone\":"
      "\"Romance Standard Time\"}}");
  g_autofree char *days = tn_graph_fixture_load (f, ref->id);
  tn_graph_server_edit (
      f->server, ref->id,
      "{\"isAllDay\":false,\"start\":{\"dateTime\":\"2027-09-14T10:00:00\",\"timeZone\":"
      "\"Romance Standard Time\"},\"end\":{\"dateTime\":\"2027-09-14T12:00:00\",\"timeZone\":"
      "\"Romance Standard Time\"}}");

  g_autofree char *hours = tn_graph_fixture_load (f, ref->id);

  assert_has (days, "DTSTART;VALUE=DATE:20270914\r\nDTEND;VALUE=DATE:20270916\r\n");
  assert_has (hours, "DTSTART;TZID=Europe/Paris:20270914T100000\r\n");
  assert_has (hours, "DTEND;TZID=Europe/Paris:20270914T120000\r\n");
}

/* Only what differs is sent; what people set beside stays (promise 6, hazard 71). */
static void
test_note_under_html (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  const char *id = tn_graph_server_put (f->server, MEETING);

  g_autoptr (TurnusRef) ref
      = tn_graph_fixture_change (f, id, "DESCRIPTION:Husk kage",
                                 "DESCRIPTION:Husk kage\\n\\n--- turnus ---\\nVært: Århus", &error);

  const TnGraphEvent *event = tn_graph_server_find (f->server, id);
  g_autofree char *text = tn_graph_fixture_load (f, id);
  g_assert_no_error (error);
  g_assert_true (event->is_html);
  assert_has (event->body, "<b>kage</b>");
  assert_has (text, "DESCRIPTION:Husk kage\\n\\n--- turnus ---\\nVært: Århus\r\n");
  g_assert_true (json_object_has_member (event->plain, "categories"));
}

static void
test_note_under_text (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create_timed (f);

  g_autoptr (TurnusRef) again
      = tn_graph_fixture_change (f, ref->id, "Vært: Odense", "Vært: Randers", &error);

  const TnGraphEvent *event = tn_graph_server_find (f->server, ref->id);
  g_assert_no_error (error);
  g_assert_false (event->is_html);
  g_assert_cmpstr (event->body, ==, "Husk kage\n\n--- turnus ---\nVært: Randers");
}

static void
test_nothing_to_write (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create_timed (f);
  g_autoptr (TurnusRef) same
      = tn_graph_fixture_change (f, ref->id, "SEQUENCE:0", "SEQUENCE:1", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (same->revision, ==, ref->revision);
  g_assert_cmpuint (tn_graph_server_count_writes (f->server), ==, 1);
}

/* The answer is lost, the event is made: asking again makes no second one. */
static void
test_lost_creation (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GError) lost = NULL;
  g_autoptr (GError) again = NULL;
  g_autoptr (TurnusListing) listing = tn_graph_fixture_list (f, NULL);
  TnHttpFault fault = { .drops = TRUE };
  tn_http_server_push_fault (f->http, 1, &fault);

  g_autoptr (TurnusRef) first = tn_await_save (f->provider, "one", NULL, TIMED, &lost);
  g_autoptr (TurnusRef) second = tn_await_save (f->provider, "one", NULL, TIMED, &again);

  g_assert_null (first);
  g_assert_null (second);
  g_assert_error (lost, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_error (again, TN_ERROR, TN_ERROR_CONFLICT);
  g_assert_cmpuint (tn_graph_server_count (f->server), ==, 1);
}

/* Two daemons at once: neither sees the other's event before it asks for its own. */
static void
test_race (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnProvider) other = tn_graph_site_open_with (f->site, NULL, &error);
  g_autoptr (GBytes) bytes = g_bytes_new_static (TIMED, sizeof TIMED - 1);
  GAsyncResult *one = NULL;
  GAsyncResult *two = NULL;
  tn_provider_save_async (f->provider, "one", NULL, bytes, NULL, tn_await_store, &one);
  tn_provider_save_async (other, "one", NULL, bytes, NULL, tn_await_store, &two);

  g_autoptr (GAsyncResult) first = tn_await (&one);
  g_autoptr (GAsyncResult) second = tn_await (&two);
  g_autoptr (TurnusRef) ref = tn_provider_save_finish (f->provider, first, NULL);
  g_autoptr (TurnusRef) twin = tn_provider_save_finish (other, second, NULL);

  g_assert_true (ref != NULL || twin != NULL);
  g_assert_cmpuint (tn_graph_server_count (f->server), ==, 1);
}

static void
test_copy_is_another (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) ref = create_timed (f);
  const char *copy = tn_graph_server_copy (f->server, ref->id);

  g_autoptr (TurnusListing) listing = tn_graph_fixture_list (f, NULL);
  g_autofree char *text = tn_graph_fixture_load (f, copy);

  g_assert_cmpuint (listing->changed->len, ==, 2);
  assert_has (text, "X-TURNUS-KEY:djEKYz03Ynk\r\n");
}

static void
test_foreign_link (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TnHttpServer) thief = tn_http_server_new ();
  g_autofree char *address = tn_http_server_dup_url (thief, "/v1.0");
  g_autoptr (TurnusRef) one = create_timed (f);
  g_autoptr (TurnusRef) two = tn_graph_fixture_create (f, "two");
  g_autoptr (TurnusListing) before = tn_graph_fixture_list (f, NULL);
  f->quirks->page = 1;
  f->quirks->foreign_link = address;

  int of_page = tn_graph_fixture_fail_list (f, NULL);
  f->quirks->page = 0;
  g_autoptr (TurnusListing) listing = tn_graph_fixture_list (f, before->token);
  int of_token = tn_graph_fixture_fail_list (f, listing->token);

  g_assert_cmpint (of_page, ==, TN_ERROR_PROTOCOL);
  g_assert_cmpint (of_token, ==, TN_ERROR_GONE);
  g_assert_cmpuint (tn_http_server_count (thief), ==, 0);
}

static void
test_changed_while_listed (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) one = create_timed (f);
  f->quirks->delta_status = 400;
  f->quirks->page = 1;
  g_autoptr (TurnusRef) two = tn_graph_fixture_create (f, "two");
  g_autoptr (TurnusListing) listing = tn_graph_fixture_list (f, NULL);

  g_assert_true (listing->full);
  g_assert_null (listing->token);
  g_assert_cmpuint (listing->changed->len, ==, 2);
}

static void
test_recurring_is_refused (TnGraphFixture *f, gconstpointer unused)
{
  static const char text[] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:rota\r\n"
                             "DTSTART:20270914T080000Z\r\nRRULE:FREQ=DAILY\r\nSUMMARY:Vagt\r\n"
                             "END:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (GError) error = NULL;

  g_autoptr (TurnusRef) ref = tn_await_save (f->provider, "rota", NULL, text, &error);

  g_assert_null (ref);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  assert_has (error->message, "recurs");
  g_assert_cmpuint (tn_graph_server_count (f->server), ==, 0);
}

static void
test_words_of_people (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  f->quirks->is_read_only = TRUE;

  g_autoptr (TurnusRef) ref = tn_await_save (f->provider, "one", NULL, TIMED, &error);

  g_assert_error (error, TN_ERROR, TN_ERROR_DENIED);
  g_assert_null (strstr (error->message, "Åse"));
  assert_has (error->message, "403 ErrorAccessDenied");
}

static void
test_discover (TnGraphFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  GAsyncResult *slot = NULL;
  tn_provider_discover_async (f->provider, NULL, tn_await_store, &slot);

  g_autoptr (GAsyncResult) result = tn_await (&slot);
  g_autoptr (GPtrArray) places = tn_provider_discover_finish (f->provider, result, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (places->len, ==, 2);
  const TurnusPlace *place = g_ptr_array_index (places, 1);
  g_assert_cmpstr (place->name, ==, "Kalender");
  g_assert_false (place->read_only);
  assert_has (place->url, "/v1.0/users/kalender@example.org/calendars/AAMkCal-turnus_AA%3D");
}

/* Five requests for eight writes that the core has under way: a search and a post for each. */
static void
test_writes_go_together (TnGraphFixture *f, gconstpointer unused)
{
  GAsyncResult *slots[8] = { NULL };
  g_autoptr (TurnusListing) listing = tn_graph_fixture_list (f, NULL);
  tn_http_server_forget (f->http);
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    {
      g_autofree char *uid = g_strdup_printf ("uid-%u", i);
      g_autofree char *text = tn_contract_make_event (uid, "Studietur");
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      tn_provider_save_async (f->provider, uid, NULL, bytes, NULL, tn_await_store, &slots[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (slots); i++)
    g_object_unref (tn_await (&slots[i]));

  g_assert_cmpuint (tn_graph_server_count (f->server), ==, 8);
  g_assert_cmpuint (tn_http_server_count (f->http), ==, 2);
}

/* What a pass costs that finds nothing new, with a thousand events there (issue 5, Speed). */
static void
test_nothing_new (TnGraphFixture *f, gconstpointer unused)
{
  for (guint i = 0; i < 1000; i++)
    tn_graph_server_put (f->server, MEETING);
  g_autoptr (TurnusListing) first = tn_graph_fixture_list (f, NULL);
  tn_http_server_forget (f->http);

  g_autoptr (TurnusListing) second = tn_graph_fixture_list (f, first->token);

  g_assert_cmpuint (first->changed->len, ==, 1000);
  g_assert_cmpuint (second->changed->len, ==, 0);
  g_assert_cmpuint (tn_http_server_count (f->http), ==, 1);
  g_assert_cmpuint (tn_http_server_count_bytes (f->http), <, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TN_GRAPH_ADD ("/graph/own-uid-survives-the-servers-pitfall-1-hazard-33", test_own_uid);
  TN_GRAPH_ADD ("/graph/series-is-one-item-left-alone-pitfall-2-hazard-59", test_series_is_one);
  TN_GRAPH_ADD ("/graph/a-deleted-occurrence-removes-no-series-pitfall-4", test_deleted_occurrence);
  TN_GRAPH_ADD ("/graph/removal-is-not-believed-pitfall-3", test_false_removal);
  TN_GRAPH_ADD ("/graph/removal-and-move-are-found-true-pitfall-3", test_true_removal);
  TN_GRAPH_ADD ("/graph/removal-is-looked-after-without-its-calendar-pitfall-3",
                test_removal_without_calendar);
  TN_GRAPH_ADD ("/graph/removal-that-cannot-be-seen-fails-the-listing-pitfall-3",
                test_unclear_removal);
  TN_GRAPH_ADD ("/graph/a-410-begins-anew-without-doubling-pitfall-5", test_lost_token);
  TN_GRAPH_ADD ("/graph/a-410-on-a-page-is-no-short-listing-pitfall-5", test_lost_page);
  TN_GRAPH_ADD ("/graph/listing-that-just-ends-is-none", test_cut_listing);
  TN_GRAPH_ADD ("/graph/fifty-loads-are-three-batches-of-four-lanes-pitfall-6", test_batches);
  TN_GRAPH_ADD ("/graph/a-missing-one-takes-no-other-along-pitfall-6", test_failed_dependency);
  TN_GRAPH_ADD ("/graph/a-429-in-a-batch-waits-as-told-pitfall-6-hazard-79", test_throttled_part);
  TN_GRAPH_ADD ("/graph/an-event-with-36-guests-is-not-written-pitfall-7-hazard-62",
                test_guests_wait);
  TN_GRAPH_ADD ("/graph/ids-are-those-that-outlast-a-move-pitfall-8-hazard-36",
                test_ids_outlast_moves);
  TN_GRAPH_ADD ("/graph/calendar-is-found-by-name-pitfall-8", test_calendar_by_name);
  TN_GRAPH_ADD ("/graph/ids-that-differ-in-a-dash-are-two-pitfall-9-hazard-35", test_ids_are_bytes);
  TN_GRAPH_ADD ("/graph/restless-etags-change-nothing-pitfall-11", test_restless_etags);
  TN_GRAPH_ADD ("/graph/outlooks-way-of-moving-comes-right-pitfall-13-hazard-50",
                test_outlook_moves);
  TN_GRAPH_ADD ("/graph/all-day-set-and-unset-comes-right-pitfall-13-hazard-53", test_outlook_days);
  TN_GRAPH_ADD ("/graph/note-under-a-persons-html-leaves-it-hazard-71", test_note_under_html);
  TN_GRAPH_ADD ("/graph/note-under-text-stays-text-hazard-71", test_note_under_text);
  TN_GRAPH_ADD ("/graph/nothing-to-write-writes-nothing", test_nothing_to_write);
  TN_GRAPH_ADD ("/graph/lost-answer-to-a-creation-doubles-nothing-hazard-19", test_lost_creation);
  TN_GRAPH_ADD ("/graph/two-daemons-at-once-make-one-event", test_race);
  TN_GRAPH_ADD ("/graph/copy-made-in-outlook-is-seen-with-its-key-hazard-33", test_copy_is_another);
  TN_GRAPH_ADD ("/graph/link-to-another-host-gets-no-request-hazard-76", test_foreign_link);
  TN_GRAPH_ADD ("/graph/without-delta-all-is-listed-each-time", test_changed_while_listed);
  TN_GRAPH_ADD ("/graph/recurring-event-is-refused-with-the-reason-pitfall-15-hazard-59",
                test_recurring_is_refused);
  TN_GRAPH_ADD ("/graph/words-of-the-server-are-not-quoted-hazard-108", test_words_of_people);
  TN_GRAPH_ADD ("/graph/discover-lists-the-mailbox", test_discover);
  TN_GRAPH_ADD ("/graph/nothing-new-is-one-request", test_nothing_new);
  TN_GRAPH_ADD ("/graph/writes-under-way-go-together", test_writes_go_together);
  return g_test_run ();
}
