/* A backup is made while the store is open, and put back while it is not. */
#include "store/backup.h"

#include "place.h"

#include "base/error.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  Place *state;
  Place *shelf; /* where backups go */
} Disk;

static void
disk_init (Disk *disk)
{
  disk->state = place_new ();
  disk->shelf = place_new ();
}

static void
disk_clear (Disk *disk)
{
  place_remove (disk->state);
  place_remove (disk->shelf);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Disk, disk_clear)

static TnStore *
open_store (const Disk *disk)
{
  g_autoptr (GError) error = NULL;
  TnStore *store = tn_store_open_sqlite (disk->state, &error);
  g_assert_no_error (error);
  return store;
}

static char *
name_file (const char *folder, const char *name)
{
  return g_build_filename (folder, name, NULL);
}

static int
create (const char *folder, const char *name)
{
  g_autofree char *path = name_file (folder, name);
  int fd = open (path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  g_assert_cmpint (fd, >=, 0);
  return fd;
}

static gboolean
back_up (const Disk *disk, TnStore *store, GError **error)
{
  int database = create (disk->shelf, "b.db");
  int ledger = create (disk->shelf, "b.txt");
  gboolean done = tn_backup_write (store, disk->state, database, ledger, error);
  close (database);
  close (ledger);
  return done;
}

static gboolean
restore (const Disk *disk, char **ret_kept, GError **error)
{
  g_autofree char *database = name_file (disk->shelf, "b.db");
  g_autofree char *ledger = name_file (disk->shelf, "b.txt");
  return tn_backup_restore (disk->state, database, ledger, ret_kept, error);
}

static void
decide (TnStore *store, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_DATE;
  draft.on = tn_date_new (2026, 11, 22);
  draft.by = "odense";
  draft.collaboration = "7by";
  draft.series = "erfa";
  draft.cycle = "2027";
  draft.value = value;
  g_autoptr (TnDecision) decision = tn_decision_new (&draft);
  tn_batch_append_decision (batch, decision);
  g_assert_true (tn_store_commit (store, batch, &error));
}

static guint
count_decisions (const Disk *disk)
{
  g_autoptr (TnStore) store = open_store (disk);
  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (store, NULL);
  return ledger->len;
}

static gboolean
has_words (const char *folder, const char *name, const char *words)
{
  g_autofree char *path = name_file (folder, name);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return strstr (text, words) != NULL;
}

static void
test_there_and_back (void)
{
  g_auto (Disk) disk = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  disk_init (&disk);
  g_autoptr (TnStore) store = open_store (&disk);
  decide (store, "2027-09-14");
  g_assert_true (back_up (&disk, store, &error));
  decide (store, "2027-09-21");
  g_clear_object (&store);

  g_assert_true (restore (&disk, &kept, &error));

  g_assert_cmpuint (count_decisions (&disk), ==, 1);
  g_assert_true (has_words (disk.state, "ledger.txt", "2027-09-14"));
  g_assert_false (has_words (disk.state, "ledger.txt", "2027-09-21"));
}

static void
test_the_old_state_is_kept (void)
{
  g_auto (Disk) disk = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *again = NULL;
  disk_init (&disk);
  g_autoptr (TnStore) store = open_store (&disk);
  g_assert_true (back_up (&disk, store, &error));
  decide (store, "2027-09-21");
  g_clear_object (&store);

  g_assert_true (restore (&disk, &kept, &error));
  g_assert_true (restore (&disk, &again, &error));

  g_autoptr (TnStore) old = tn_store_open_sqlite (kept, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (old, &error);
  g_assert_cmpuint (ledger->len, ==, 1);
  g_assert_true (has_words (kept, "ledger.txt", "2027-09-21"));
  g_assert_cmpstr (kept, !=, again);
  g_assert_cmpuint (count_decisions (&disk), ==, 0);
}

static void
test_a_state_in_use (void)
{
  g_auto (Disk) disk = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  disk_init (&disk);
  g_autoptr (TnStore) store = open_store (&disk);
  g_assert_true (back_up (&disk, store, &error));
  decide (store, "2027-09-21");

  g_assert_false (restore (&disk, &kept, &error));

  g_assert_true (tn_error_is_temporary (error));
  g_assert_nonnull (strstr (error->message, "stop it first"));
  g_clear_object (&store);
  g_assert_cmpuint (count_decisions (&disk), ==, 1);
}

static void
damage (const Disk *disk, const char *bytes, gssize length)
{
  g_autofree char *path = name_file (disk->shelf, "b.db");
  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

static void
assert_refused (const Disk *disk)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *fresh = name_file (disk->state, "restore.new");
  g_autofree char *first = name_file (disk->state, "before-restore-1");
  g_assert_false (restore (disk, &kept, &error));
  g_assert_nonnull (strstr (error->message, "b.db"));
  g_assert_null (kept);
  g_assert_false (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (first, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (count_decisions (disk), ==, 1);
}

static void
test_damaged_backups (void) /* hazard 88 */
{
  g_auto (Disk) disk = { 0 };
  g_autoptr (GError) error = NULL;
  disk_init (&disk);
  g_autoptr (TnStore) store = open_store (&disk);
  decide (store, "2027-09-14");
  g_assert_true (back_up (&disk, store, &error));
  g_clear_object (&store);
  g_autofree char *path = name_file (disk.shelf, "b.db");
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));

  damage (&disk, "no database at all", -1);
  assert_refused (&disk);
  damage (&disk, bytes, (gssize) length / 2);
  assert_refused (&disk);
  char *value = memmem (bytes, length, "2027-09-14", 10);
  g_assert_nonnull (value);
  value[9] = '5';
  damage (&disk, bytes, (gssize) length);
  assert_refused (&disk);
  g_unlink (path);
  assert_refused (&disk);
}

static void
test_a_pipe (void)
{
  g_auto (Disk) disk = { 0 };
  g_autoptr (GError) error = NULL;
  int ends[2] = { -1, -1 };
  disk_init (&disk);
  g_autoptr (TnStore) store = open_store (&disk);
  g_assert_cmpint (pipe (ends), ==, 0);

  g_assert_false (tn_backup_write (store, disk.state, ends[1], ends[1], &error));

  g_assert_true (tn_error_is_invalid (error));
  close (ends[0]);
  close (ends[1]);
}

static void
test_a_journal_of_the_old_one (void) /* hazard 89 */
{
  g_auto (Disk) disk = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;
  disk_init (&disk);
  g_autoptr (TnStore) store = open_store (&disk);
  g_assert_true (back_up (&disk, store, &error));
  decide (store, "2027-09-21");
  g_clear_object (&store);
  g_autofree char *journal = name_file (disk.state, "turnus.db-journal");
  g_assert_true (g_file_set_contents (journal, "of another database", -1, NULL));

  g_assert_true (restore (&disk, &kept, &error));

  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
  g_assert_true (has_words (kept, "turnus.db-journal", "of another"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/backup/there-and-back", test_there_and_back);
  g_test_add_func ("/store/backup/the-old-state-is-kept", test_the_old_state_is_kept);
  g_test_add_func ("/store/backup/a-state-in-use-is-not-restored", test_a_state_in_use);
  g_test_add_func ("/store/backup/hazard-88-a-damaged-backup-is-refused", test_damaged_backups);
  g_test_add_func ("/store/backup/a-pipe-does-not-stop-the-daemon", test_a_pipe);
  g_test_add_func ("/store/backup/hazard-89-a-journal-goes-with-its-database",
                   test_a_journal_of_the_old_one);
  return g_test_run ();
}
