/* What others fell into with EWS (exchange.md section 5), and what people do in Outlook. After each
 * test: no mail was sent (tear_down). */
#include <string.h>

#include "base/error.h"
#include "contract/provider.h"
#include "fakes/await.h"
#include "provider/ews-site.h"

#define TIMED                                                                                      \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:one\r\n"                                  \
  "DTSTART:20270914T080000Z\r\nDTEND:20270914T130000Z\r\nSUMMARY:Erfa\r\nLOCATION:Odense\r\n"      \
  "DESCRIPTION:Husk kage\\n\\n--- turnus ---\\nVært: Odense\r\nSTATUS:CONFIRMED\r\n"              \
  "X-TURNUS-KEY:djEKYz03Ynk\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
#define RECURRING                                                                                  \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:one\r\n"                                  \
  "DTSTART:20270914T080000Z\r\nDTEND:20270914T130000Z\r\nSUMMARY:Erfa\r\n"                         \
  "RRULE:FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=2\r\nRDATE:20280101T080000Z\r\n"                        \
  "END:VEVENT\r\nEND:VCALENDAR\r\n"
#define ROTA                                                                                       \
  "<Subject>Vagt</Subject><Start>2027-09-14T10:00:00</Start><End>2027-09-14T11:00:00</End>"        \
  "<Recurrence><DailyRecurrence><Interval>1</Interval></DailyRecurrence><NumberedRecurrence>"      \
  "<StartDate>2027-09-14</StartDate><NumberOfOccurrences>5</NumberOfOccurrences>"                  \
  "</NumberedRecurrence></Recurrence><StartTimeZone Id=\"Romance Standard Time\"/>"
#define OUTLOOK_MOVES                                                                              \
  "<Body BodyType=\"HTML\">&lt;p&gt;Husk &lt;b&gt;kage&lt;/b&gt;&lt;/p&gt;&lt;p&gt;&lt;/p&gt;"     \
  "&lt;p&gt;--- turnus ---&lt;/p&gt;&lt;p&gt;Vært: Odense&lt;/p&gt;</Body>"                       \
  "<Categories><String>Blå</String></Categories>"                                                 \
  "<ReminderIsSet>true</ReminderIsSet><ReminderMinutesBeforeStart>30</ReminderMinutesBeforeStart>" \
  "<Start>2027-09-15T11:00:00</Start><End>2027-09-15T16:00:00</End>"                               \
  "<StartTimeZone Id=\"W. Europe Standard Time\"/><EndTimeZone Id=\"W. Europe Standard Time\"/>"

static void
tear_down (TnEwsFixture *f, gconstpointer unused)
{
  g_assert_cmpuint (tn_ews_server_count_mails (f->server), ==, 0);
  tn_ews_fixture_tear_down (f, unused);
}

static TurnusRef *
create_timed (TnEwsFixture *f)
{
  g_autoptr (GError) error = NULL;
  TurnusRef *ref = tn_await_save (f->provider, "one", NULL, TIMED, &error);
  g_assert_no_error (error);
  return ref;
}

static const char *
put (TnEwsFixture *f, const char *xml)
{
  return tn_ews_server_put (f->server, tn_ews_server_get_calendar (f->server), xml);
}

static void
assert_has (const char *text, const char *needle)
{
  if (strstr (text, needle) == NULL)
    g_test_message ("no \"%s\" in: %s", needle, text);
  g_assert_nonnull (strstr (text, needle));
}

static void
assert_lacks (const char *text, const char *needle)
{
  if (strstr (text, needle) != NULL)
    g_test_message ("\"%s\" in: %s", needle, text);
  g_assert_null (strstr (text, needle));
}

static void
assert_kept (TnEwsFixture *f, const char *id, const char *path, const char *expected)
{
  g_autofree char *text = tn_ews_server_dup_text (f->server, id, path);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_ids_are_bytes (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) one = tn_ews_fixture_create (f, "uid-one");
  g_autoptr (TurnusRef) two = tn_ews_fixture_create (f, "uid-two");
  g_autoptr (GString) twin = g_string_new (one->id);
  guint n = g_string_replace (twin, "-", "_", 0);
  if (n == 0)
    g_string_replace (twin, "_", "-", 0);

  g_autofree char *first = tn_ews_fixture_load (f, one->id);
  g_autofree char *second = tn_ews_fixture_load (f, two->id);
  g_autoptr (TurnusListing) listing = tn_ews_fixture_list (f, NULL);

  g_assert_cmpint (g_ascii_strcasecmp (twin->str, two->id), ==, 0);
  assert_has (first, "UID:uid-one\r\n");
  assert_has (second, "UID:uid-two\r\n");
  g_assert_cmpuint (listing->changed->len, ==, 2);
}

static void
assert_left_alone (TnEwsFixture *f, const char *id, const char *revision)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusLoaded) loaded = tn_await_load_one (f->provider, id);
  g_autoptr (TurnusRef) saved = tn_await_save (f->provider, id, revision, TIMED, &error);
  g_assert_error (loaded->error, TN_ERROR, TN_ERROR_INVALID);
  assert_has (loaded->error->message, "recurs");
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_null (saved);
  g_assert_cmpuint (tn_ews_server_count_calls (f->server, "UpdateItem"), ==, 0);
}

/* An exception that would pass its neighbour cannot come about: a series is not written at all. */
static void
test_series_is_left_alone (TnEwsFixture *f, gconstpointer unused)
{
  const char *id = put (f, ROTA);

  g_autoptr (TurnusListing) listing = tn_ews_fixture_list (f, NULL);

  g_assert_cmpuint (listing->changed->len, ==, 1);
  assert_left_alone (f, id, tn_await_find (listing, id)->revision);
}

static void
test_exceptions_are_left_alone (TnEwsFixture *f, gconstpointer unused)
{
  const char *id = put (f, ROTA);
  g_autoptr (TurnusListing) before = tn_ews_fixture_list (f, NULL);
  TnEwsItem *master
      = tn_ews_organisation_find_item (tn_ews_server_get_organisation (f->server), id, NULL);
  g_hash_table_add (master->deleted, GINT_TO_POINTER (2));
  tn_ews_item_touch (master, tn_ews_server_get_organisation (f->server));

  g_autoptr (TurnusListing) after = tn_ews_fixture_list (f, before->token);

  g_assert_cmpuint (after->changed->len, ==, 1);
  g_assert_cmpuint (after->removed->len, ==, 0);
  assert_left_alone (f, id, tn_await_find (after, id)->revision);
}

static void
test_recurring_is_refused (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;

  g_autoptr (TurnusRef) ref = tn_await_save (f->provider, "one", NULL, RECURRING, &error);

  g_assert_null (ref);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  assert_has (error->message, "recurs");
  g_assert_cmpuint (tn_ews_server_count (f->server), ==, 0);
}

static void
test_restless (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create_timed (f);
  f->quirks->is_restless = TRUE;

  g_autoptr (TurnusListing) listing = tn_ews_fixture_list (f, NULL);
  const char *revision = tn_await_find (listing, ref->id)->revision;
  g_autoptr (TurnusRef) saved = tn_await_save (f->provider, ref->id, revision, TIMED, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (revision, !=, ref->revision);
  g_assert_cmpstr (saved->revision, ==, revision);
  g_assert_cmpuint (tn_ews_server_count_calls (f->server, "UpdateItem"), ==, 0);
}

/* IrresolvableConflict although the item was changed: it is read again, and not written again. */
static void
test_done_under_an_error (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  g_autoptr (TurnusRef) ref = create_timed (f);
  TnEwsFault fault
      = { .operation = "UpdateItem", .code = "ErrorIrresolvableConflict", .is_done = TRUE };
  tn_ews_server_push_fault (f->server, &fault);
  g_autoptr (TurnusRef) lost
      = tn_ews_fixture_rewrite (f, ref->id, "SUMMARY:Erfa", "SUMMARY:Aflyst erfa", &first);

  g_autofree char *text = tn_ews_fixture_load (f, ref->id);
  g_autoptr (TurnusRef) again
      = tn_ews_fixture_rewrite (f, ref->id, "SUMMARY:Aflyst", "SUMMARY:Aflyst", &second);

  g_assert_null (lost);
  g_assert_error (first, TN_ERROR, TN_ERROR_CONFLICT);
  g_assert_no_error (second);
  assert_has (text, "SUMMARY:Aflyst erfa\r\n");
  g_assert_cmpuint (tn_ews_server_count_calls (f->server, "UpdateItem"), ==, 1);
}

static void
test_created_under_an_error (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  TnEwsFault fault = { .operation = "CreateItem", .code = "ErrorTimeoutExpired", .is_done = TRUE };
  tn_ews_server_push_fault (f->server, &fault);

  g_autoptr (TurnusRef) lost = tn_await_save (f->provider, "one", NULL, TIMED, &first);
  g_autoptr (TurnusRef) again = tn_await_save (f->provider, "one", NULL, TIMED, &second);

  g_assert_true (lost == NULL && again == NULL);
  g_assert_error (first, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_error (second, TN_ERROR, TN_ERROR_CONFLICT);
  g_assert_cmpuint (tn_ews_server_count (f->server), ==, 1);
}

static void
test_lost_creation (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  g_autoptr (TurnusListing) listing = tn_ews_fixture_list (f, NULL);
  TnHttpFault fault = { .drops = TRUE };
  tn_http_server_push_fault (f->http, 1, &fault);

  g_autoptr (TurnusRef) lost = tn_await_save (f->provider, "one", NULL, TIMED, &first);
  g_autoptr (TurnusRef) again = tn_await_save (f->provider, "one", NULL, TIMED, &second);

  g_assert_true (lost == NULL && again == NULL);
  g_assert_error (first, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_error (second, TN_ERROR, TN_ERROR_CONFLICT);
  g_assert_cmpuint (tn_ews_server_count (f->server), ==, 1);
}

/* Moved by a day in another zone's name, made HTML, coloured, a reminder set. */
static void
test_outlook_moves (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create_timed (f);
  tn_ews_server_change (f->server, ref->id, OUTLOOK_MOVES);

  g_autofree char *text = tn_ews_fixture_load (f, ref->id);
  g_autoptr (TurnusRef) again
      = tn_ews_fixture_rewrite (f, ref->id, "SUMMARY:Erfa\r\n", "SUMMARY:Erfa 2027\r\n", &error);
  g_autofree char *sent = tn_ews_fixture_find_sent (f, "UpdateItem");
  g_autofree char *body = tn_ews_server_dup_text (f->server, ref->id, "Body");

  g_assert_no_error (error);
  assert_has (text, "DTSTART;TZID=Europe/Berlin:20270915T110000\r\n");
  assert_has (text, "DTEND;TZID=Europe/Berlin:20270915T160000\r\n");
  assert_has (text, "DESCRIPTION:Husk kage\\n\\n--- turnus ---\\nVært: Odense\r\n");
  assert_has (sent, "<t:Subject>Erfa 2027</t:Subject>");
  assert_lacks (strstr (sent, "<t:Updates>"), "calendar:");
  assert_lacks (strstr (sent, "<t:Updates>"), "item:Body");
  assert_kept (f, ref->id, "ReminderMinutesBeforeStart", "30");
  assert_kept (f, ref->id, "Categories", "Blå");
  assert_has (body, "<b>kage</b>");
}

static void
test_first_edit (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  f->quirks->habits.renames_zones = TRUE;
  g_autoptr (TurnusRef) ref = create_timed (f);

  g_autoptr (TurnusRef) again
      = tn_ews_fixture_rewrite (f, ref->id, "LOCATION:Odense", "LOCATION:Aarhus", &error);

  g_assert_no_error (error);
  assert_kept (f, ref->id, "Start", "2027-09-14T08:00:00Z");
  assert_kept (f, ref->id, "End", "2027-09-14T13:00:00Z");
}

static void
test_outlook_days (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) ref = create_timed (f);
  tn_ews_server_change (f->server, ref->id,
                        "<Start>2027-09-14T00:00:00</Start><End>2027-09-16T00:00:00</End>"
                        "<IsAllDayEvent>true</IsAllDayEvent>"
                        "<StartTimeZone Id=\"Romance Standard Time\"/>"
                        "<EndTimeZone Id=\"Romance Standard Time\"/>");
  g_autofree char *days = tn_ews_fixture_load (f, ref->id);
  tn_ews_server_change (f->server, ref->id,
                        "<Start>2027-09-14T10:00:00</Start><End>2027-09-14T12:00:00</End>"
                        "<IsAllDayEvent>false</IsAllDayEvent>");

  g_autofree char *hours = tn_ews_fixture_load (f, ref->id);

  assert_has (days, "DTSTART;VALUE=DATE:20270914\r\nDTEND;VALUE=DATE:20270916\r\n");
  assert_has (hours, ":20270914T100000\r\n");
  assert_has (hours, ":20270914T120000\r\n");
}

/* An all-day event of ours lies between two midnights at home, in summer and in winter. */
static void
test_days_at_home (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) ref = tn_ews_fixture_create (f, "one");

  g_autofree char *text = tn_ews_fixture_load (f, ref->id);

  assert_has (text, "DTSTART;VALUE=DATE:20270518\r\n");
  assert_kept (f, ref->id, "Start", "2027-05-17T22:00:00Z");
  assert_kept (f, ref->id, "End", "2027-05-18T22:00:00Z");
  assert_kept (f, ref->id, "turnus-zone", "Europe/Copenhagen");
}

static void
invite (TnEwsFixture *f, const char *id, guint n_people)
{
  g_autoptr (GString) xml = g_string_new ("<RequiredAttendees>");
  for (guint i = 0; i < n_people; i++)
    g_string_append_printf (xml,
                            "<Attendee><Mailbox><EmailAddress>person%u@example.org</EmailAddress>"
                            "</Mailbox></Attendee>",
                            i);
  g_string_append (xml, "</RequiredAttendees><Resources><Attendee><Mailbox><EmailAddress>"
                        "sal2@example.org</EmailAddress></Mailbox></Attendee></Resources>");
  tn_ews_server_change (f->server, id, xml->str);
}

static void
test_invitation (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create_timed (f);
  invite (f, ref->id, 35);

  g_autofree char *text = tn_ews_fixture_load (f, ref->id);
  g_autoptr (TurnusRef) again
      = tn_ews_fixture_rewrite (f, ref->id, "LOCATION:Odense", "LOCATION:Aarhus", &error);
  g_autofree char *sent = tn_ews_fixture_find_sent (f, "UpdateItem");
  const TnEwsItem *item = tn_ews_server_find (f->server, "Location", "Aarhus");
  g_autoptr (GPtrArray) people = tn_ews_item_list_addresses (item->fields);

  g_assert_no_error (error);
  g_assert_true (tn_provider_get_caps (f->provider) & TURNUS_CAP_NO_MAIL);
  assert_has (text, "ATTENDEE");
  g_assert_cmpuint (people->len, ==, 36);
  assert_has (sent, "SendMeetingInvitationsOrCancellations=\"SendToNone\"");
  assert_lacks (sent, "Attendee");
  g_assert_cmpuint (tn_ews_server_count_mails (f->server), ==, 0);
}

static void
test_removed_meeting (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = create_timed (f);
  invite (f, ref->id, 2);
  g_autoptr (TurnusListing) listing = tn_ews_fixture_list (f, NULL);
  const TnEwsFolder *bin = tn_ews_organisation_find_distinguished (
      tn_ews_server_get_organisation (f->server), TN_EWS_ADDRESS, "deleteditems");

  gboolean is_removed
      = tn_await_remove (f->provider, ref->id, tn_await_find (listing, ref->id)->revision, &error);

  g_assert_no_error (error);
  g_assert_true (is_removed);
  g_assert_cmpuint (tn_ews_server_count (f->server), ==, 0);
  g_assert_cmpuint (bin->items->len, ==, 1);
}

static void
test_own_properties (TnEwsFixture *f, gconstpointer unused)
{
  f->quirks->habits.rewrites_uids = TRUE;
  g_autoptr (TurnusRef) ref = create_timed (f);

  g_autofree char *text = tn_ews_fixture_load (f, ref->id);

  assert_kept (f, ref->id, "turnus-key", "djEKYz03Ynk");
  assert_kept (f, ref->id, "turnus-uid", "one");
  assert_has (text, "UID:one\r\n");
  assert_has (text, "X-TURNUS-KEY:djEKYz03Ynk\r\n");
}

static void
test_no_zone (TnEwsFixture *f, gconstpointer unused)
{
  g_autoptr (TurnusRef) ref = create_timed (f);
  f->quirks->names_no_zone = TRUE;

  g_autofree char *text = tn_ews_fixture_load (f, ref->id);

  assert_has (text, "DTSTART;TZID=Europe/Copenhagen:20270914T100000\r\n");
}

#define ADD(path, test)                                                                            \
  g_test_add (path, TnEwsFixture, NULL, tn_ews_fixture_set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/ews/ids-that-differ-in-a-dash-are-two-pitfall-9-hazard-35", test_ids_are_bytes);
  ADD ("/ews/series-is-left-alone-pitfall-10-hazard-59", test_series_is_left_alone);
  ADD ("/ews/restless-change-keys-change-nothing-pitfall-11", test_restless);
  ADD ("/ews/change-that-was-done-under-an-error-is-read-again-pitfall-12-hazard-37",
       test_done_under_an_error);
  ADD ("/ews/creation-that-was-done-under-an-error-is-found-pitfall-12-hazard-27",
       test_created_under_an_error);
  ADD ("/ews/lost-answer-to-a-creation-doubles-nothing-hazard-27", test_lost_creation);
  ADD ("/ews/outlooks-way-of-moving-comes-right-pitfall-13-hazard-50", test_outlook_moves);
  ADD ("/ews/first-edit-shifts-no-time-pitfall-13-hazard-50", test_first_edit);
  ADD ("/ews/all-day-set-and-unset-comes-right-pitfall-13-hazard-53", test_outlook_days);
  ADD ("/ews/all-day-lies-between-midnights-at-home-pitfall-13-hazard-53", test_days_at_home);
  ADD ("/ews/exceptions-and-deletions-of-a-series-are-left-alone-pitfall-14",
       test_exceptions_are_left_alone);
  ADD ("/ews/recurring-event-is-refused-with-the-reason-pitfall-15-hazard-59",
       test_recurring_is_refused);
  ADD ("/ews/event-with-35-people-and-a-room-is-written-without-mail-hazard-62", test_invitation);
  ADD ("/ews/removed-meeting-mails-nobody-and-can-be-found-again-hazard-62", test_removed_meeting);
  ADD ("/ews/own-uid-survives-the-servers-hazard-33", test_own_properties);
  ADD ("/ews/answer-without-zones-is-read-at-home-pitfall-13", test_no_zone);
  return g_test_run ();
}
