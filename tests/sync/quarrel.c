/* What goes against each other again and again must come to rest, and lose nothing: conflicts at
 * every write, one who deletes while another edits, stamps without a change, echoes. */
#include "sync/town.h"

#include <string.h>

static const char TRIP_DAY[] = TOWN_DAYS ("20270518", "20270519");
static const char NEXT_WEEK[] = TOWN_DAYS ("20270525", "20270526");

/* Somebody saves the event just before each of our writes. */
static void
test_conflict_at_every_write (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  TnFakeProvider *aarhus = town_calendar (town, "aarhus");
  town_sync (town);
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Fanø", "esbjerg");
  town_reset_counts (town);
  for (guint i = 0; i < 50; i++)
    tn_fake_provider_script (aarhus, TN_FAKE_SAVE, TN_FAKE_EDIT_FIRST, 0);

  town_try_sync (town, "aarhus", 0, NULL);

  g_assert_cmpuint (tn_fake_provider_get_calls (aarhus, TN_FAKE_SAVE), >=, 1);
  g_assert_cmpuint (tn_fake_provider_get_calls (aarhus, TN_FAKE_SAVE), <=, 3);
  g_assert_cmpuint (tn_fake_provider_get_blind_writes (aarhus), ==, 0);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Esbjerg");

  tn_fake_provider_clear_script (aarhus);
  town_sync (town);
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHERE, "Fanø");
  town_assert_settled (town);
}

/* The host moves the trip while another council deletes it: the move is shown to all, also there,
 * and nothing is cancelled. */
static void
test_deleted_here_edited_there (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_edit (town, "esbjerg", uid, TRIP_DAY, NEXT_WEEK);
  town_delete (town, "aarhus", uid);
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town);

  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-25");
  town_assert_shows (town, "aalborg", uid, TN_FIELD_WHEN, "2027-05-25");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-25");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_STATUS, "tentative");
  town_assert_settled (town);
}

/* The host deletes the trip while another council wishes another day: the wish is kept. */
static void
test_deleted_by_the_host_wished_elsewhere (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_delete (town, "esbjerg", uid);
  town_edit (town, "aarhus", uid, TRIP_DAY, NEXT_WEEK);
  town_sync (town);
  tn_fake_clock_advance_us (town->clock, 16 * G_TIME_SPAN_MINUTE);
  town_sync (town);

  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 1);
  town_assert_shows (town, "esbjerg", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_shows (town, "aarhus", uid, TN_FIELD_WHEN, "2027-05-18");
  town_assert_settled (town);
}

/* Programs renew stamps when a person has only looked. */
static void
test_stamps_alone (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);

  town_edit (town, "aarhus", uid, "END:VEVENT",
             "CREATED:20261201T000000Z\r\nX-MOZ-GENERATION:4\r\nEND:VEVENT");
  town_edit (town, "aarhus", uid, "\r\nDTSTAMP:2026", "\r\nDTSTAMP:2028");
  town_edit (town, "esbjerg", uid, "\r\nSEQUENCE:0", "\r\nSEQUENCE:17");
  town_assert_settled (town);

  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_DATE), ==, 0);
}

/* What the host writes comes back from three other calendars, and is not taken for an edit. */
static void
test_echo (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_sync (town);
  g_auto (GStrv) before = tn_fake_provider_dup_ids (town_calendar (town, "faelles"));

  town_edit (town, "esbjerg", uid, TRIP_DAY, NEXT_WEEK);
  for (guint i = 0; i < 5; i++)
    town_sync (town);

  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_DATE), ==, 1);
  g_assert_cmpuint (tn_book_get_proposals (town->book)->len, ==, 0);
  g_auto (GStrv) ids = tn_fake_provider_dup_ids (town_calendar (town, "faelles"));
  g_assert_cmpuint (g_strv_length (ids), ==, g_strv_length (before));
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/quarrel/hazard-21-a-conflict-at-every-write-is-given-up",
                   test_conflict_at_every_write);
  g_test_add_func ("/sync/quarrel/hazard-41-what-is-deleted-here-and-edited-there-is-edited",
                   test_deleted_here_edited_there);
  g_test_add_func ("/sync/quarrel/hazard-41-what-the-host-deletes-can-be-wished-elsewhere",
                   test_deleted_by_the_host_wished_elsewhere);
  g_test_add_func ("/sync/quarrel/hazard-26-new-stamps-alone-are-no-edit", test_stamps_alone);
  g_test_add_func ("/sync/quarrel/hazard-44-what-comes-back-is-no-edit", test_echo);
  return g_test_run ();
}
