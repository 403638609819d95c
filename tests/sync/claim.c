/* Claims of entries that somebody made by hand: edges. Design section 8, First contact. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

#define BY_HAND(lines)                                                                             \
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hand//EN\r\nBEGIN:VEVENT\r\nUID:hand\r\n"           \
  "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20270520\r\nDTEND;VALUE=DATE:20270521\r\n" lines \
  "END:VEVENT\r\nEND:VCALENDAR\r\n"

static const char TWIN[] = BY_HAND ("SUMMARY:Studietur\r\nLOCATION:Ribe\r\n");

static gboolean
claim (Town *town, const char *calendar, const char *item, const char *uid, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  tn_claim_async (town->book, TN_PROVIDER (town_calendar (town, calendar)),
                  tn_settings_find_calendar (tn_book_get_settings (town->book), calendar), item,
                  uid, NULL, tn_await_store, &result);
  tn_await (&result);
  return tn_claim_finish (town->book, result, error);
}

/* The entry stands in the calendar before turnus comes; the other calendars are published. */
static Town *
town_with_twin (const char *calendar, const char *text)
{
  Town *town = town_new (TOWN_WRITE);
  tn_fake_provider_put (town_calendar (town, calendar), "hand.ics", text);
  town_sync (town);
  g_autoptr (GHashTable) seen = town_preview (town);
  return town;
}

static void
test_placed_elsewhere (void)
{
  g_autoptr (Town) town = town_with_twin ("aarhus", TWIN);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  town_assert_shows (town, "esbjerg", trip, TN_FIELD_WHEN, "2027-05-18");

  g_assert_true (claim (town, "aarhus", "hand.ics", NULL, &error));
  town_sync (town);

  /* Aarhus may not move what stands elsewhere; what was claimed is left as it is. */
  town_assert_shows (town, "esbjerg", trip, TN_FIELD_WHEN, "2027-05-18");
  town_assert_shows (town, "esbjerg", trip, TN_FIELD_WHERE, "Esbjerg");
  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "aarhus"), "hand.ics"), ==, TWIN);
  town_assert_settled (town);
}

static void
test_claimed_by_the_host (void)
{
  g_autoptr (Town) town = town_with_twin ("esbjerg", TWIN);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);

  g_assert_true (claim (town, "esbjerg", "hand.ics", NULL, &error));
  town_sync (town);

  town_assert_shows (town, "aarhus", trip, TN_FIELD_WHEN, "2027-05-20");
  town_assert_shows (town, "aarhus", trip, TN_FIELD_WHERE, "Ribe");
  town_assert_settled (town);
}

static void
test_claimed_is_tended (void)
{
  g_autoptr (Town) town = town_with_twin ("esbjerg", TWIN);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  g_assert_true (claim (town, "esbjerg", "hand.ics", NULL, &error));
  town_sync (town);

  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  const char *text = tn_fake_provider_get (town_calendar (town, "esbjerg"), "hand.ics");
  g_assert_nonnull (strstr (text, "LOCATION:Fanø"));
  g_assert_nonnull (strstr (text, "UID:hand\r\n"));
  town_assert_settled (town);
}

static void
test_claimed_twice (void)
{
  g_autoptr (Town) town = town_with_twin ("esbjerg", TWIN);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_put (town_calendar (town, "esbjerg"), "other.ics", TWIN);
  town_sync (town);
  g_assert_true (claim (town, "esbjerg", "hand.ics", trip, &error));

  g_assert_false (claim (town, "esbjerg", "other.ics", trip, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

static void
test_recurring (void)
{
  static const char text[] = BY_HAND ("SUMMARY:Studietur\r\nRRULE:FREQ=YEARLY\r\n");
  g_autoptr (Town) town = town_with_twin ("esbjerg", text);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);

  g_assert_false (claim (town, "esbjerg", "hand.ics", trip, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "recurring"));
}

/* Its date and place would become decisions, and stand in every calendar. */
static void
test_private (void)
{
  static const char text[] = BY_HAND ("SUMMARY:Studietur\r\nLOCATION:Ribe\r\nCLASS:PRIVATE\r\n");
  g_autoptr (Town) town = town_with_twin ("esbjerg", text);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);

  g_assert_false (claim (town, "esbjerg", "hand.ics", trip, &error));
  town_sync (town);

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_cmpstr (
      error->message, ==,
      "cannot claim hand.ics in calendar esbjerg: it is private (CLASS:PRIVATE or CONFIDENTIAL), "
      "and what is private never leaves its calendar: make it public there and claim it again, or "
      "say 'turnusctl claim esbjerg hand.ics --none', and the event is created beside it");
  town_assert_shows (town, "aarhus", trip, TN_FIELD_WHERE, "Esbjerg");
}

static void
test_unknown (void)
{
  g_autoptr (Town) town = town_with_twin ("esbjerg", TWIN);
  g_autoptr (GError) entry = NULL;
  g_autoptr (GError) event = NULL;

  g_assert_false (claim (town, "esbjerg", "nowhere.ics", NULL, &entry));
  g_assert_false (claim (town, "esbjerg", "hand.ics", "no-such@turnus", &event));

  g_assert_error (entry, TN_ERROR, TN_ERROR_INVALID);
  g_assert_error (event, TN_ERROR, TN_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/claim/what-stands-elsewhere-is-not-moved", test_placed_elsewhere);
  g_test_add_func ("/sync/claim/the-host-decides-by-claiming", test_claimed_by_the_host);
  g_test_add_func ("/sync/claim/what-is-claimed-is-tended", test_claimed_is_tended);
  g_test_add_func ("/sync/claim/one-event-is-claimed-once", test_claimed_twice);
  g_test_add_func ("/sync/claim/a-recurring-entry-is-none", test_recurring);
  g_test_add_func ("/sync/claim/hazard-114-a-private-entry-is-refused", test_private);
  g_test_add_func ("/sync/claim/there-is-no-such-entry-or-event", test_unknown);
  return g_test_run ();
}
