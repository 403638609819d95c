/* What stands where after the first passes: each occurrence once, duties with those who have them,
 * strangers, copies and moved items as they were. Design sections 6 and 7. */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

static void
test_publishes_once (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);

  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_shows (town, "faelles", uid, TN_FIELD_TITLE, "Studietur 2027: Esbjerg");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  town_assert_settled (town);
}

static void
test_no_milestones_of_others (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *program = town_uid ("studietur", "2027", "program");
  g_autofree char *signing = town_uid ("studietur", "2027", "tilmelding");

  town_sync (town);

  g_autoptr (TnEvent) of_host = town_find (town, "esbjerg", program);
  g_autoptr (TnEvent) of_other = town_find (town, "aarhus", program);
  g_autoptr (TnEvent) of_each = town_find (town, "aarhus", signing);
  g_autoptr (TnEvent) in_shared = town_find (town, "faelles", signing);
  g_assert_nonnull (of_host);
  g_assert_true (of_host->is_transparent);
  g_assert_null (of_other);
  g_assert_nonnull (of_each);
  g_assert_null (in_shared);
}

static void
test_observe_writes_nothing (void)
{
  g_autoptr (Town) town = town_new ("mode = \"observe\";");
  g_autoptr (GError) error = NULL;

  town_sync (town);
  town_try_sync (town, NULL, TN_PASS_GRANTED, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (town_count_writes (town), ==, 0);
}

static void
test_strangers_are_untouched (void)
{
  static const char stranger[]
      = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:tandlaege\r\n"
        "DTSTAMP:20260101T000000Z\r\nDTSTART:20270518T080000Z\r\nSUMMARY:Tandlæge\r\n"
        "RRULE:FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  town_sync (town);
  tn_fake_provider_put (town_calendar (town, "aarhus"), "t.ics", stranger);
  town_sync (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "aarhus"), "t.ics"), ==, stranger);
  g_autoptr (GPtrArray) sightings = tn_store_load_sightings (town->store, "aarhus", NULL);
  g_assert_cmpuint (sightings->len, ==, 1);
}

static void
test_copy_is_a_stranger (void) /* hazards 31 and 34 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "aarhus", uid);
  g_autofree char *text = g_strdup (tn_fake_provider_get (town_calendar (town, "aarhus"), id));
  g_auto (GStrv) parts = g_strsplit (text, "20270518", -1);
  g_autofree char *copy = g_strjoinv ("20270601", parts);
  tn_fake_provider_put (town_calendar (town, "aarhus"), "copy.ics", copy);
  town_reset_counts (town);

  town_sync (town);

  g_assert_cmpuint (town_count_writes (town), ==, 0);
  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "aarhus"), "copy.ics"), ==, copy);
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
}

static void
test_moved_item_is_followed (void) /* hazard 30 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "aarhus", uid);
  g_autofree char *text = g_strdup (tn_fake_provider_get (town_calendar (town, "aarhus"), id));
  tn_fake_provider_delete (town_calendar (town, "aarhus"), id);
  tn_fake_provider_put (town_calendar (town, "aarhus"), "elsewhere.ics", text);
  town_reset_counts (town);
  town_sync (town);
  g_assert_cmpuint (town_count_writes (town), ==, 0);

  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  g_autofree char *now = town_find_item (town, "aarhus", uid);
  g_assert_cmpstr (now, ==, "elsewhere.ics");
}

static void
test_invited_people_are_not_mailed (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "aarhus", uid, "END:VEVENT",
             "ATTENDEE:mailto:a@example.org\r\nATTENDEE:mailto:b@example.org\r\nEND:VEVENT");
  town_sync (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Esbjerg"); /* promise 4 */
  g_assert_true (town_waits (town, "aarhus", "2 people are invited"));
  town_sync (town);
  g_assert_true (town_waits (town, "aarhus", "2 people are invited"));

  town_edit (town, "aarhus", uid,
             "ATTENDEE:mailto:a@example.org\r\nATTENDEE:mailto:b@example.org\r\n", "");
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
}

static void
test_lost_state_doubles_nothing (void) /* hazard 17 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "esbjerg", uid, TOWN_DAYS ("20270518", "20270519"),
             TOWN_DAYS ("20270519", "20270520"));
  town_sync (town);
  town_reset_counts (town);

  g_object_unref (town->store);
  town->store = tn_store_new_memory ();
  town_restart (town);
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-19");
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-19");
  g_assert_cmpuint (town_count_writes (town), ==, 0);
}

static void
test_rewriting_server_settles (void) /* hazard 25 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  tn_fake_provider_set_rewrite (town_calendar (town, "aarhus"),
                                TN_FAKE_REORDER | TN_FAKE_FOLD | TN_FAKE_RENAME);

  town_sync (town);

  town_assert_settled (town);
  town_restart (town);
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/reconcile/hazard-44-publishes-each-occurrence-once", test_publishes_once);
  g_test_add_func ("/sync/reconcile/a-duty-stands-with-those-who-have-it",
                   test_no_milestones_of_others);
  g_test_add_func ("/sync/reconcile/mode-observe-writes-nothing", test_observe_writes_nothing);
  g_test_add_func ("/sync/reconcile/strangers-are-untouched", test_strangers_are_untouched);
  g_test_add_func ("/sync/reconcile/hazard-34-a-copy-is-a-stranger", test_copy_is_a_stranger);
  g_test_add_func ("/sync/reconcile/hazard-30-a-moved-item-is-followed",
                   test_moved_item_is_followed);
  g_test_add_func ("/sync/reconcile/hazard-62-invited-people-are-not-mailed",
                   test_invited_people_are_not_mailed);
  g_test_add_func ("/sync/reconcile/hazard-17-a-lost-state-doubles-nothing",
                   test_lost_state_doubles_nothing);
  g_test_add_func ("/sync/reconcile/hazard-25-a-rewriting-server-settles",
                   test_rewriting_server_settles);
  return g_test_run ();
}
