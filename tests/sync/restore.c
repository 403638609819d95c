/* A state of yesterday meets calendars of today: what they know is taken over, and nothing is put
 * back over it. Hazard 17. */
#include "store/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include "sync/town.h"

/* The state of the town on disk, and a backup of it as it stood before something happened. */
static char *
name_state (Town *town)
{
  return g_build_filename (town->folder, "state", NULL);
}

static void
open_state (Town *town)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = name_state (town);
  town->store = tn_store_open_sqlite (folder, &error);
  g_assert_no_error (error);
}

static Town *
new_town (void)
{
  Town *town = town_new (TOWN_WRITE);
  g_clear_object (&town->store);
  open_state (town);
  town_restart (town);
  town_sync (town);
  return town;
}

static void
back_up (Town *town)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = name_state (town);
  g_autofree char *path = g_build_filename (town->folder, "backup.db", NULL);
  g_autofree char *text = g_build_filename (town->folder, "backup.txt", NULL);
  int database = open (path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  int ledger = open (text, O_WRONLY | O_CREAT | O_EXCL, 0600);
  tn_backup_write (town->store, folder, database, ledger, &error);
  g_assert_no_error (error);
  close (database);
  close (ledger);
}

static void
restore (Town *town)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *folder = name_state (town);
  g_autofree char *path = g_build_filename (town->folder, "backup.db", NULL);
  g_clear_object (&town->desk);
  g_clear_object (&town->book);
  g_clear_object (&town->store);
  tn_backup_restore (folder, path, NULL, &kept, &error);
  g_assert_no_error (error);
  open_state (town);
  town_restart (town);
}

/* Aarhus may decide nothing about this trip, so its calendar is the first to be read: what stands
 * there is no edit of somebody's. */
static void
sync_aarhus_first (Town *town)
{
  g_autoptr (GError) error = NULL;
  town_reset_counts (town);
  town_try_sync (town, "aarhus", 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (town_count_writes (town), ==, 0);
  g_assert_cmpuint (town_count_proposals (town, TN_PROPOSAL_WISH, TN_PROPOSAL_OPEN), ==, 0);
  town_sync (town);
  g_assert_cmpuint (town_count_writes (town), ==, 0);
}

static void
edit_trip (Town *town, const char *old, const char *new)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_edit (town, "esbjerg", uid, old, new);
  town_sync (town);
}

static void
assert_trip (Town *town, TnField field, const char *expected)
{
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  town_assert_shows (town, "esbjerg", uid, field, expected);
  town_assert_shows (town, "aarhus", uid, field, expected);
  town_assert_shows (town, "faelles", uid, field, expected);
}

static void
test_a_moved_event (void)
{
  g_autoptr (Town) town = new_town ();
  back_up (town);
  edit_trip (town, TOWN_DAYS ("20270518", "20270519"), TOWN_DAYS ("20270525", "20270526"));
  assert_trip (town, TN_FIELD_WHEN, "2027-05-25");

  restore (town);
  g_assert_cmpuint (town_count_decisions (town, TN_DECISION_DATE), ==, 0); /* it is the old one */
  sync_aarhus_first (town);

  assert_trip (town, TN_FIELD_WHEN, "2027-05-25");
  town_assert_settled (town);
}

static void
test_by_command (void)
{
  g_autoptr (Town) town = new_town ();
  back_up (town);
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", "esbjerg");
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Ribe", "esbjerg");
  town_sync (town);

  restore (town);
  sync_aarhus_first (town);

  assert_trip (town, TN_FIELD_WHEN, "2027-05-25");
  assert_trip (town, TN_FIELD_WHERE, "Ribe");
  town_assert_settled (town);
}

static void
test_a_cancelled_event (void)
{
  g_autoptr (Town) town = new_town ();
  back_up (town);
  town_decide (town, TN_DECISION_CANCEL, "studietur", "2027", "yes", "esbjerg");
  town_sync (town);
  assert_trip (town, TN_FIELD_STATUS, "cancelled");

  restore (town);
  sync_aarhus_first (town);

  assert_trip (town, TN_FIELD_STATUS, "cancelled");
  town_assert_settled (town);
}

static void
test_a_wiped_state (void)
{
  g_autoptr (Town) town = new_town ();
  town_decide (town, TN_DECISION_WHERE, "studietur", "2027", "Ribe", "esbjerg");
  town_sync (town);

  g_clear_object (&town->store);
  town->store = tn_store_new_memory ();
  town_restart (town);
  town_sync (town);

  assert_trip (town, TN_FIELD_WHERE, "Ribe");
  town_assert_settled (town);
}

static void
test_an_edit_that_nobody_saw (void)
{
  g_autoptr (Town) town = new_town ();
  g_autofree char *uid = town_uid ("studietur", "2027", NULL);
  back_up (town);
  town_decide (town, TN_DECISION_DATE, "studietur", "2027", "2027-05-25", "esbjerg");
  town_sync (town);
  restore (town);

  town_edit (town, "esbjerg", uid, "LOCATION:Esbjerg", "LOCATION:Ribe");
  town_sync (town);

  assert_trip (town, TN_FIELD_WHEN, "2027-05-25");
  assert_trip (town, TN_FIELD_WHERE, "Ribe");
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/restore/hazard-17-a-moved-event-stays-moved", test_a_moved_event);
  g_test_add_func ("/sync/restore/hazard-17-what-a-command-decided-stays", test_by_command);
  g_test_add_func ("/sync/restore/hazard-17-a-cancelled-event-stays-cancelled",
                   test_a_cancelled_event);
  g_test_add_func ("/sync/restore/hazard-17-a-wiped-state-puts-nothing-back", test_a_wiped_state);
  g_test_add_func ("/sync/restore/hazard-17-an-edit-in-between-counts-too",
                   test_an_edit_that_nobody_saw);
  return g_test_run ();
}
