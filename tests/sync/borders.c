/* What turnus keeps its hands off: series that people made of an event, private entries, and
 * calendars that are no longer in the settings. */
#include "sync/town.h"

#include <string.h>

/* The event becomes a series in the calendar of Aarhus; then its place is decided elsewhere. `more`
 * is an event of the series, with its own UID left out. */
static void
assert_series_is_left (const char *rule, const char *more)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autofree char *series = g_strconcat (rule, "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:", uid, "\r\n",
                                         more, "END:VEVENT\r\nEND:VCALENDAR", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "aarhus", uid);
  town_edit (town, "aarhus", uid, "END:VEVENT\r\nEND:VCALENDAR", series);
  g_autofree char *text = g_strdup (tn_fake_provider_get (town_calendar (town, "aarhus"), id));

  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "aarhus"), id), ==, text);
  g_assert_true (town_waits (town, "aarhus", "recurring"));
  town_assert_shows (town, "aalborg", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_settled (town);
}

static void
test_split (void)
{
  assert_series_is_left ("RRULE:FREQ=YEARLY\r\n",
                         "DTSTAMP:20260101T000000Z\r\n"
                         "RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20280518\r\n"
                         "DTSTART;VALUE=DATE:20280601\r\nSUMMARY:Tur\r\n");
}

static void
test_exceptions (void)
{
  assert_series_is_left ("RRULE:FREQ=YEARLY;COUNT=3\r\nEXDATE;VALUE=DATE:20280518\r\n",
                         "DTSTAMP:20260101T000000Z\r\nRECURRENCE-ID;VALUE=DATE:20290518\r\n"
                         "DTSTART;VALUE=DATE:20290601\r\nSUMMARY:Min tur\r\n");
}

/* Does any calendar but one say it, or any proposal? */
static void
assert_stays (Town *town, const char *calendar, const char *words)
{
  static const char *const names[] = { "esbjerg", "aalborg", "aarhus", "faelles" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], calendar) != 0)
      g_assert_null (tn_fake_provider_find_text (town_calendar (town, names[i]), words));
  g_assert_nonnull (tn_fake_provider_find_text (town_calendar (town, calendar), words));
  GPtrArray *proposals = tn_book_get_proposals (town->book);
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      g_assert_null (strstr (proposal->value, words));
    }
}

#define PRIVATE_ENTRY(uid, class)                                                                  \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:" uid                  \
  "\r\nCLASS:" class "\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20270518\r\n"             \
                     "DTEND;VALUE=DATE:20270519\r\nSUMMARY:Studietur til "                         \
                     "Xanadu\r\nLOCATION:Xanadu\r\n"                                               \
                     "DESCRIPTION:Xanadu\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

/* Private entries that might be the trip itself. */
static void
test_private_entries (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  tn_fake_provider_put (aarhus, "a.ics", PRIVATE_ENTRY ("a", "PRIVATE"));
  tn_fake_provider_put (aarhus, "b.ics", PRIVATE_ENTRY ("b", "CONFIDENTIAL"));
  town_sync (town);
  town_try_sync (town, "aarhus", TN_PASS_GRANTED | TN_PASS_SEEN, &error);
  g_assert_no_error (error);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  assert_stays (town, "aarhus", "Xanadu");
  g_assert_cmpstr (tn_fake_provider_get (aarhus, "a.ics"), ==, PRIVATE_ENTRY ("a", "PRIVATE"));
}

#define IN_PRIVATE "CLASS:PRIVATE\r\nLOCATION:Xanadu"

/* What the host types into its event once it is private is nobody else's; the event itself goes on
 * elsewhere, and its own copy is left as it is. */
static void
test_private_event (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "esbjerg", uid, "LOCATION:Esbjerg", IN_PRIVATE);
  town_edit (town, "esbjerg", uid, "SUMMARY:Studietur", "SUMMARY:Xanadu");
  town_edit (town, "esbjerg", uid, "DESCRIPTION:", "DESCRIPTION:Xanadu\\n\\n");
  g_autofree char *id = town_find_item (town, "esbjerg", uid);
  g_autofree char *text = g_strdup (tn_fake_provider_get (town_calendar (town, "esbjerg"), id));

  town_sync (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  assert_stays (town, "esbjerg", "Xanadu");
  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "esbjerg"), id), ==, text);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  g_assert_true (town_waits (town, "esbjerg", "was made private here"));
  town_assert_settled (town);
  g_assert_true (town_waits (town, "esbjerg", "was made private here"));
  g_assert_false (town_remembers (town, uid, "decided", "Xanadu"));
}

/* The wish of one who may not decide would stand in the journal that all councils read. */
static void
test_private_wish (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_edit (town, "aarhus", uid, "LOCATION:Esbjerg", IN_PRIVATE);
  town_sync (town);

  assert_stays (town, "aarhus", "Xanadu");
  town_assert_settled (town);
}

/* Nobody remembers it: the state was lost while it was private. */
static void
test_private_found (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "esbjerg", uid, "LOCATION:Esbjerg", IN_PRIVATE);
  town_edit (town, "esbjerg", uid, TOWN_DAYS ("20270518", "20270519"),
             TOWN_DAYS ("20270601", "20270602"));

  town_forget (town, FALSE);
  town_sync (town);

  assert_stays (town, "esbjerg", "Xanadu");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_settled (town);
}

static void
test_public_again (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "esbjerg", uid, "LOCATION:Esbjerg", IN_PRIVATE);
  town_sync (town);
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", "esbjerg");
  town_sync (town);

  town_edit (town, "esbjerg", uid, IN_PRIVATE, "LOCATION:Ribe");
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Ribe");
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-25");
  g_assert_false (town_waits (town, "esbjerg", "private"));
  town_assert_settled (town);
}

/* The plan does not have it any more, but what stands in it is a person's own. */
static void
test_private_orphan (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE " brake = { removals = 9; percent = 100; };");
  g_autofree char *uid = town_uid ("studietur", "2028", NULL);
  town_sync (town);
  town_edit (town, "aarhus", uid, "LOCATION:Randers", IN_PRIVATE);
  town_sync (town);

  town_set_charter (town, "title = \"Studietur {cycle}: {host}\";",
                    "title = \"Studietur {cycle}: {host}\"; last = \"2027\";");
  town_set_charter (town, "edition = 1;", "edition = 2;");
  town_reload (town);
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHERE, "gone");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Xanadu");
  g_assert_true (town_waits (town, "aarhus", "private"));
  town_assert_settled (town);
}

/* Aarhus leaves: its calendar is taken out of the settings, and comes back as it was. */
static void
test_removed_calendar (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  town_sync (town);
  g_auto (GStrv) before = tn_fake_provider_dup_ids (aarhus);
  town_set_settings (
      town, "  { id = \"aarhus\"; provider = \"fake\"; council = \"aarhus\"; " TOWN_WRITE " },\n",
      "");
  town_reload (town);
  town_reset_counts (town);

  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town);

  town_assert_shows (town, "aalborg", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Esbjerg");
  g_assert_cmpuint (tn_fake_provider_get_writes (aarhus), ==, 0);
  town_restart (town);
  town_set_settings (town, "calendars = (\n",
                     "calendars = (\n  { id = \"aarhus\"; provider = \"fake\"; "
                     "council = \"aarhus\"; " TOWN_WRITE " },\n");
  town_reload (town);
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  g_auto (GStrv) after = tn_fake_provider_dup_ids (aarhus);
  g_assert_cmpuint (g_strv_length (after), ==, g_strv_length (before));
  town_assert_settled (town);
}

/* A new town, and the first item at Esbjerg, of which `line` was added by a person; listings can
 * leave it out. */
static Town *
new_town_with_first (const char *line, char **ret_uid, char **ret_text)
{
  Town *town = town_new (TOWN_WRITE);
  TnFakeProvider *esbjerg = town_calendar (town, "esbjerg");
  town_sync (town);
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (esbjerg);
  g_autoptr (TnEvent) event = town_parse (tn_fake_provider_get (esbjerg, ids[0]));
  town_edit (town, "esbjerg", event->uid, "END:VEVENT", line);
  *ret_uid = g_strdup (event->uid);
  *ret_text = g_strdup (tn_fake_provider_get (esbjerg, ids[0]));
  town_sync (town);
  return town;
}

static void
sync_short (Town *town)
{
  tn_fake_provider_script (town_calendar (town, "esbjerg"), TN_FAKE_LIST, TN_FAKE_FEWER, 0);
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
}

static void
assert_is_left (Town *town, const char *uid, const char *text, const char *why)
{
  town_sync (town);
  g_autofree char *id = town_find_item (town, "esbjerg", uid);
  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "esbjerg"), id), ==, text);
  g_assert_true (town_waits (town, "esbjerg", why));
  town_assert_settled (town);
  g_assert_true (town_waits (town, "esbjerg", why));
}

static void
leave_out_series (guint n_listings)
{
  g_autofree char *uid = NULL;
  g_autofree char *text = NULL;
  g_autoptr (Town) town
      = new_town_with_first ("RRULE:FREQ=WEEKLY;COUNT=3\r\nEND:VEVENT", &uid, &text);
  for (guint i = 0; i < n_listings; i++)
    sync_short (town);
  assert_is_left (town, uid, text, "was made a recurring event");
}

/* The listing leaves out what a person made a series; then it is there again, unchanged. */
static void
test_series_in_short_listing (void) /* hazard 6, promise 1 */
{
  leave_out_series (1);
}

/* By then it was about to be put back. */
static void
test_series_in_short_listings (void) /* hazard 6, promise 1 */
{
  leave_out_series (2);
}

static void
test_private_in_short_listing (void) /* hazard 114 */
{
  g_autofree char *uid = NULL;
  g_autofree char *text = NULL;
  g_autoptr (Town) town = new_town_with_first ("CLASS:PRIVATE\r\nEND:VEVENT", &uid, &text);
  sync_short (town);
  assert_is_left (town, uid, text, "was made private here");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/borders/hazard-57-a-series-that-was-split-is-left-alone", test_split);
  g_test_add_func ("/sync/borders/hazard-58-exceptions-of-people-are-left-alone", test_exceptions);
  g_test_add_func ("/sync/borders/hazard-114-private-entries-stay-where-they-are",
                   test_private_entries);
  g_test_add_func ("/sync/borders/hazard-114-what-is-typed-into-a-private-event-stays",
                   test_private_event);
  g_test_add_func ("/sync/borders/hazard-114-a-wish-in-a-private-event-stays", test_private_wish);
  g_test_add_func ("/sync/borders/hazard-114-a-private-event-that-is-found-says-nothing",
                   test_private_found);
  g_test_add_func ("/sync/borders/an-event-that-is-public-again-is-tended", test_public_again);
  g_test_add_func ("/sync/borders/hazard-114-a-private-event-is-not-removed", test_private_orphan);
  g_test_add_func ("/sync/borders/hazard-6-a-series-that-a-listing-left-out-is-left-alone",
                   test_series_in_short_listing);
  g_test_add_func ("/sync/borders/hazard-6-a-series-that-two-listings-left-out-is-left-alone",
                   test_series_in_short_listings);
  g_test_add_func ("/sync/borders/hazard-114-a-private-event-that-a-listing-left-out-is-left-alone",
                   test_private_in_short_listing);
  g_test_add_func ("/sync/borders/hazard-94-a-calendar-taken-out-of-the-settings-keeps-its-events",
                   test_removed_calendar);
  return g_test_run ();
}
