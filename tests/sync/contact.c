/* First contact: entries that people made by hand, claims, and the first publication. Design
 * section 8. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

static const char TWINS[][512] = {
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hand//EN\r\nBEGIN:VEVENT\r\nUID:hand-1\r\n"
  "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20270520\r\nDTEND;VALUE=DATE:20270521\r\n"
  "SUMMARY:Studietur med 7-by\r\nLOCATION:Esbjerg Havn\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\n"
  "TRIGGER:-P1D\r\nDESCRIPTION:x\r\nEND:VALARM\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hand//EN\r\nBEGIN:VEVENT\r\nUID:hand-2\r\n"
  "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20280516\r\nDTEND;VALUE=DATE:20280517\r\n"
  "SUMMARY:studietur Randers\r\nATTENDEE:mailto:lokale@example.org\r\nEND:VEVENT\r\n"
  "END:VCALENDAR\r\n",
  "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//hand//EN\r\nBEGIN:VEVENT\r\nUID:hand-3\r\n"
  "DTSTAMP:20260101T000000Z\r\nDTSTART:20270909T080000Z\r\nDTEND:20270909T130000Z\r\n"
  "SUMMARY:Erfa-møde\r\nDESCRIPTION:husk kage\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
};

static void
claim (Town *town, const char *item)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  tn_claim_async (town->book, TN_PROVIDER (town_calendar (town, "aarhus")),
                  tn_settings_find_calendar (tn_book_get_settings (town->book), "aarhus"), item,
                  NULL, NULL, tn_await_store, &result);
  tn_await (&result);
  tn_claim_finish (town->book, result, &error);
  g_assert_no_error (error);
}

static void
test_first_contact_finds_twins (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  const char *const names[] = { "a.ics", "b.ics", "c.ics" };
  for (guint i = 0; i < 3; i++)
    tn_fake_provider_put (aarhus, names[i], TWINS[i]);

  town_sync (town);
  g_assert_cmpuint (tn_fake_provider_get_writes (aarhus), ==, 0); /* nobody has seen the plan */

  g_autoptr (GHashTable) plan = town_preview (town);
  g_assert_cmpuint (town_count_signs (plan, "aarhus", '?'), ==, 3);
  for (guint i = 0; i < 3; i++)
    claim (town, names[i]);
  town_sync (town);

  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (tn_fake_provider_get (aarhus, names[i]), ==, TWINS[i]);
  g_assert_cmpuint (tn_fake_provider_get_writes (aarhus), >, 0); /* the others are published */
  g_autoptr (TnEvent) doubled = town_find (town, "aarhus", trip);
  g_assert_null (doubled);
  /* What was settled by hand in one calendar is settled everywhere, unless it is decided already.
   */
  g_autofree char *erfa = town_uid ("erfa", "2028", NULL);
  g_autoptr (TnEvent) next = town_find (town, "aarhus", erfa);
  g_assert_nonnull (next);
  town_assert_settled (town);
}

static void
test_claims_decide_dates (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_put (aarhus, "a.ics", TWINS[0]);
  town_try_sync (town, "aarhus", 0, &error);
  g_assert_no_error (error);

  g_autoptr (GHashTable) plan = town_preview (town);
  claim (town, "a.ics");
  town_sync (town);

  town_assert_shows (town, "esbjerg", trip, TN_FIELD_WHEN, "2027-05-20");
  town_assert_shows (town, "esbjerg", trip, TN_FIELD_WHERE, "Esbjerg Havn");
  g_assert_cmpstr (tn_fake_provider_get (aarhus, "a.ics"), ==, TWINS[0]);
}

static void
test_claim_none_publishes (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autoptr (GError) error = NULL;
  g_autofree char *trip = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_put (town_calendar (town, "aarhus"), "a.ics", TWINS[0]);
  town_sync (town);
  g_autoptr (GHashTable) plan = town_preview (town);
  town_sync (town);
  town_assert_shows (town, "aarhus", trip, TN_FIELD_WHEN, "gone");

  g_assert_true (tn_claim_none (town->book, "aarhus", "a.ics", &error));
  town_sync (town);

  town_assert_shows (town, "aarhus", trip, TN_FIELD_WHEN, "2027-05-18");
  town_assert_settled (town);
}

static void
test_ask_mode_waits (void)
{
  g_autoptr (Town) town = town_new (TOWN_ASK);
  g_autoptr (GError) error = NULL;
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);

  town_sync (town);
  g_assert_cmpuint (town_count_writes (town), ==, 0);
  g_assert_true (town_waits (town, "esbjerg", "turnusctl apply esbjerg"));

  town_try_sync (town, NULL, TN_PASS_GRANTED, &error);
  g_assert_no_error (error);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");

  town_edit (town, "esbjerg", uid, "LOCATION:Esbjerg", "LOCATION:Fanø");
  town_sync (town); /* people's allowed changes flow by themselves */
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/reconcile/first-contact-finds-twins", test_first_contact_finds_twins);
  g_test_add_func ("/sync/reconcile/a-claim-decides-date-and-place", test_claims_decide_dates);
  g_test_add_func ("/sync/reconcile/a-claim-of-none-publishes", test_claim_none_publishes);
  g_test_add_func ("/sync/reconcile/mode-ask-waits-for-the-first-apply", test_ask_mode_waits);
  return g_test_run ();
}
