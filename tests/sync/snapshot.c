/* Recognition, whatever a server does to what is saved in it. Design section 6, hazards 25 to 34.
 */
#include "sync/town.h"

#include <string.h>

#include "base/error.h"

static const char STRANGER[]
    = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//EN\r\nBEGIN:VEVENT\r\nUID:fremmed\r\n"
      "DTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:20270801\r\nSUMMARY:Frokost\r\n"
      "END:VEVENT\r\nEND:VCALENDAR\r\n";

static void
assert_edits_flow (guint rewrite)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_set_rewrite (town_calendar (town, "esbjerg"), rewrite);
  tn_fake_provider_set_rewrite (town_calendar (town, "aarhus"), rewrite);
  town_sync (town);
  town_assert_settled (town);

  town_edit (town, "esbjerg", uid, "LOCATION:Esbjerg", "LOCATION:Fanø");
  town_edit (town, "aarhus", uid, "STATUS:TENTATIVE", "STATUS:CANCELLED");
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_STATUS, "tentative");
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 1);
  town_assert_settled (town);
  town_restart (town);
  town_assert_settled (town);
}

static void
test_without_x (void)
{
  assert_edits_flow (TN_FAKE_DROP_X | TN_FAKE_FOLD);
}

static void
test_renamed (void)
{
  assert_edits_flow (TN_FAKE_RENAME | TN_FAKE_REORDER);
}

/* Each event was only touched: the new revision is remembered, and no event is held or told of. */
static void
test_touched (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "aarhus", uid);
  g_autofree char *text = g_strdup (tn_fake_provider_get (aarhus, id));
  tn_fake_provider_put (aarhus, id, text);
  g_autoptr (GHashTable) plan = town_preview (town);
  g_autoptr (TnLink) before = NULL;
  tn_store_find_link (town->store, "aarhus", uid, &before, NULL);
  g_assert_cmpstr (before->revision, !=, tn_fake_provider_get_revision (aarhus, id));
  town_reset_counts (town);

  town_sync (town);
  town_sync (town);

  g_autoptr (TnLink) after = NULL;
  tn_store_find_link (town->store, "aarhus", uid, &after, NULL);
  g_assert_cmpstr (after->revision, ==, tn_fake_provider_get_revision (aarhus, id));
  g_assert_cmpuint (tn_fake_provider_get_calls (aarhus, TN_FAKE_LOAD), ==, 1);
  g_assert_cmpuint (tn_desk_get_result (town->desk, "aarhus")->changes->len, ==, 0);
  g_assert_cmpuint (town_count_writes (town), ==, 0);
}

static void
test_restless (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  tn_fake_provider_set_restless (town_calendar (town, "aarhus"), TRUE);
  town_sync (town);
  town_assert_settled (town);

  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_settled (town);
}

static void
test_lost_state_without_x (void) /* hazard 17: the UID is enough */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  for (guint i = 0; i < 2; i++)
    tn_fake_provider_set_rewrite (town_calendar (town, i == 0 ? "esbjerg" : "aarhus"),
                                  TN_FAKE_DROP_X | TN_FAKE_RENAME);
  town_sync (town);
  g_object_unref (town->store);
  town->store = tn_store_new_memory ();
  town_restart (town);

  town_sync (town);

  g_autofree char *only = town_find_item (town, "aarhus", uid);
  g_assert_nonnull (only);
  town_assert_settled (town);
}

static void
test_copy_outlives_the_original (void) /* hazard 34 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "aarhus", uid);
  g_autofree char *text = g_strdup (tn_fake_provider_get (town_calendar (town, "aarhus"), id));
  tn_fake_provider_put (town_calendar (town, "aarhus"), "copy.ics", text);
  town_sync (town);

  tn_fake_provider_delete (town_calendar (town, "aarhus"), id);
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town);

  g_autofree char *only = town_find_item (town, "aarhus", uid); /* promise 2: one, and no more */
  g_assert_nonnull (only);
  town_assert_settled (town);
}

static void
test_pasted_under_another_uid (void) /* hazard 31 */
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_autofree char *id = town_find_item (town, "aarhus", uid);
  const char *text = tn_fake_provider_get (town_calendar (town, "aarhus"), id);
  g_auto (GStrv) parts = g_strsplit (text, uid, -1);
  g_autofree char *moved = g_strjoinv ("kopi-1", parts);
  g_auto (GStrv) days = g_strsplit (moved, "20270518", -1);
  g_autofree char *copy = g_strjoinv ("20270618", days);
  tn_fake_provider_put (town_calendar (town, "aarhus"), "kopi.ics", copy);

  town_assert_settled (town);

  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "aarhus"), "kopi.ics"), ==, copy);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
}

static void
test_place_taken (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  g_autofree char *place = g_strdelimit (g_strdup (uid), "@", '.');
  tn_fake_provider_put (town_calendar (town, "aarhus"), place, "no calendar");
  g_autoptr (GHashTable) seen = town_preview (town);

  town_sync (town); /* without a problem: everything else is published */

  g_assert_cmpstr (tn_fake_provider_get (town_calendar (town, "aarhus"), place), ==, "no calendar");
  g_assert_true (town_waits (town, "aarhus", "is taken"));
  town_assert_settled (town);
  g_assert_true (town_waits (town, "aarhus", "is taken"));

  tn_fake_provider_delete (town_calendar (town, "aarhus"), place);
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
}

/* An edit by Esbjerg, who may make it; the first time it is loaded, `trick` happens. */
static void
check_read_later (TnFakeTrick trick)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  town_edit (town, "esbjerg", uid, "LOCATION:Esbjerg", "LOCATION:Havnen");
  tn_fake_provider_script (town_calendar (town, "esbjerg"), TN_FAKE_LOAD, trick, 0);
  town_try_sync (town, "esbjerg", 0, NULL);

  town_sync (town);

  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Havnen");
  town_assert_settled (town);
}

static void
test_missed_once_hazard_6 (void)
{
  check_read_later (TN_FAKE_MISS);
}

static void
test_garbage_once_hazard_16 (void)
{
  check_read_later (TN_FAKE_GARBAGE);
}

/* A duty that goes, moved by a person, came broken at its new place: it is no stranger that stays.
 */
static void
test_moved_orphan_broken (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *esbjerg = town_calendar (town, "esbjerg");
  g_autofree char *uid = town_uid ("studietur", "2027", "program");
  tn_fake_provider_set_deltas (esbjerg, TRUE);
  town_sync (town);
  g_autofree char *id = town_move (town, "esbjerg", uid, "moved.ics");
  town_set_charter (town, "id = \"program\"; ", "id = \"dagsorden\"; ");
  town_set_charter (town, "edition = 1;", "edition = 2;");
  town_reload (town);
  tn_fake_provider_script (esbjerg, TN_FAKE_LOAD, TN_FAKE_GARBAGE, 0);
  tn_fake_provider_script (esbjerg, TN_FAKE_LOAD, TN_FAKE_GARBAGE, 0);
  town_try_sync (town, "esbjerg", 0, NULL);

  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "gone");
  town_assert_settled (town);
}

/* What nobody can read is asked for twice, and then no more until it changes. */
static void
test_garbage_is_asked_for_twice (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  tn_fake_provider_set_deltas (aarhus, TRUE);
  town_sync (town);
  tn_fake_provider_put (aarhus, "hand.ics", "no calendar");
  town_sync (town);
  town_sync (town);
  town_reset_counts (town);

  town_sync (town);

  g_assert_cmpuint (tn_fake_provider_get_calls (aarhus, TN_FAKE_LOAD), ==, 0);
}

/* Before the trip is put back, strangers are read again; one has become what nobody can read. */
static void
test_stranger_refused (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  TnFakeProvider *esbjerg = town_calendar (town, "esbjerg");
  town_sync (town);
  tn_fake_provider_put (esbjerg, "fremmed.ics", STRANGER);
  town_sync (town);
  town_delete (town, "esbjerg", uid);
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  tn_fake_provider_script (esbjerg, TN_FAKE_LOAD, TN_FAKE_REFUSE, TN_ERROR_INVALID);

  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  g_assert_cmpstr (tn_fake_provider_get (esbjerg, "fremmed.ics"), ==, STRANGER);
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/snapshot/hazard-25-a-server-without-x-properties-settles",
                   test_without_x);
  g_test_add_func ("/sync/snapshot/hazard-30-a-server-that-renames-settles", test_renamed);
  g_test_add_func ("/sync/snapshot/what-was-only-touched-is-passed-over", test_touched);
  g_test_add_func ("/sync/snapshot/hazard-24-new-revisions-of-the-same-are-no-edits",
                   test_restless);
  g_test_add_func ("/sync/snapshot/hazard-17-without-state-and-keys-the-uid-is-enough",
                   test_lost_state_without_x);
  g_test_add_func ("/sync/snapshot/hazard-34-a-copy-that-outlives-the-original-is-it",
                   test_copy_outlives_the_original);
  g_test_add_func ("/sync/snapshot/hazard-31-a-pasted-copy-under-another-uid-is-a-stranger",
                   test_pasted_under_another_uid);
  g_test_add_func ("/sync/snapshot/a-place-that-is-taken-is-not-fought-for", test_place_taken);
  g_test_add_func ("/sync/snapshot/hazard-6-what-was-listed-and-not-found-is-read-later",
                   test_missed_once_hazard_6);
  g_test_add_func ("/sync/snapshot/hazard-16-what-came-broken-is-read-again",
                   test_garbage_once_hazard_16);
  g_test_add_func ("/sync/snapshot/hazard-16-a-moved-duty-that-came-broken-goes",
                   test_moved_orphan_broken);
  g_test_add_func ("/sync/snapshot/hazard-64-garbage-is-asked-for-twice",
                   test_garbage_is_asked_for_twice);
  g_test_add_func ("/sync/snapshot/hazard-64-a-stranger-that-nobody-can-read-any-more-is-left",
                   test_stranger_refused);
  return g_test_run ();
}
