/* The store on disk keeps the contract, also when it is closed and opened between any two steps. */
#include "../contract/store.h"

#include "place.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  Place *place;
  TnStore *store; /* (nullable) */
} Disk;

static TnStore *
open_store (const char *folder)
{
  g_autoptr (GError) error = NULL;
  TnStore *store = tn_store_open_sqlite (folder, &error);
  g_assert_no_error (error);
  g_assert_null (tn_store_get_problem (store));
  return store;
}

static gpointer
make_disk (void)
{
  Disk *disk = g_new0 (Disk, 1);
  disk->place = place_new ();
  return disk;
}

static TnStore *
keep_open (gpointer place)
{
  Disk *disk = place;
  if (disk->store == NULL)
    disk->store = open_store (disk->place);
  return disk->store;
}

static TnStore *
reopen (gpointer place)
{
  g_clear_object (&((Disk *) place)->store);
  return keep_open (place);
}

static void
remove_disk (gpointer place)
{
  Disk *disk = place;
  g_clear_object (&disk->store);
  place_remove (disk->place);
  g_free (disk);
}

static const StoreFactory SQLITE = { "sqlite", make_disk, keep_open, remove_disk };
static const StoreFactory REOPENED = { "sqlite-reopened", make_disk, reopen, remove_disk };

static TnBatch *
batch_of (const char *uid, const TnDecision *decision)
{
  g_autoptr (TnLink) link = store_contract_make_link ("egen", uid);
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_link (batch, link);
  if (decision != NULL)
    tn_batch_append_decision (batch, decision);
  return batch;
}

static void
run_sql (const Place *place, const char *sql)
{
  g_autofree char *path = g_build_filename (place, "turnus.db", NULL);
  sqlite3 *database = NULL;
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static guint
count_links (TnStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) links = tn_store_load_links (store, "egen", &error);
  g_assert_no_error (error);
  return links->len;
}

static void
test_files_are_private (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *folder = g_build_filename (place, "state", NULL);
  g_autofree char *file = g_build_filename (folder, "turnus.db", NULL);
  g_autofree char *text = g_build_filename (folder, "ledger.txt", NULL);
  struct stat status;
  g_clear_object (&(TnStore *){ open_store (folder) });

  g_assert_cmpint (stat (folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  g_assert_cmpint (stat (file, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (text, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_autofree char *lock = g_build_filename (folder, "lock", NULL);
  g_remove (file);
  g_remove (text);
  g_remove (lock);
  g_rmdir (folder);
}

/* Between commits one file is the whole state (hazard 89). */
static void
test_file_alone_is_the_whole_state (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnStore) store = open_store (place);
  g_autoptr (TnBatch) batch = batch_of ("u1", NULL);
  g_assert_true (tn_store_commit (store, batch, NULL));

  g_assert_false (place_has (place, "turnus.db-wal"));
  g_autofree char *journal = place_has (place, "turnus.db-journal")
                                 ? place_read (place, "turnus.db-journal")
                                 : g_strdup ("");
  g_assert_cmpstr (journal, ==, "");
}

static void
test_failure_in_the_file_leaves_nothing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  g_clear_object (&(TnStore *){ open_store (place) });
  run_sql (place, "CREATE TRIGGER t BEFORE INSERT ON links WHEN new.uid = 'u2' "
                  "BEGIN SELECT RAISE (ABORT, 'no'); END");
  g_autoptr (TnStore) store = open_store (place);
  g_autoptr (TnDecision) decision = store_contract_make_decision ("2027", NULL);
  g_autoptr (TnLink) second = store_contract_make_link ("egen", "u2");
  g_autoptr (TnBatch) batch = batch_of ("u1", decision);
  tn_batch_put_link (batch, second);

  g_assert_false (tn_store_commit (store, batch, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
  g_assert_cmpuint (count_links (store), ==, 0);
  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (store, NULL);
  g_assert_cmpuint (ledger->len, ==, 0);
  g_autofree char *text = place_read (place, "ledger.txt");
  g_assert_cmpstr (text, ==, "");
}

/* Hazard 85: a disk that is full, here a file that may not grow. */
static void
test_full_disk_is_an_error_and_passes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnStore) store = open_store (place);
  g_autoptr (TnBatch) small = batch_of ("u1", NULL);
  g_assert_true (tn_store_commit (store, small, NULL));
  g_autoptr (TnBatch) big = tn_batch_new ();
  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *uid = g_strdup_printf ("big%u", i);
      g_autoptr (TnLink) link = store_contract_make_link ("egen", uid);
      tn_batch_put_link (big, link);
    }

  struct rlimit before;
  struct rlimit tight = { .rlim_cur = 100 * 1024 };
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  tight.rlim_max = before.rlim_max;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &tight), ==, 0);
  gboolean done = tn_store_commit (store, big, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_false (done);
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_cmpuint (count_links (store), ==, 1);
  g_assert_true (tn_store_commit (store, big, NULL));
  g_assert_cmpuint (count_links (store), ==, 5001);
}

/* Hazard 39. */
static void
test_second_daemon_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnStore) store = open_store (place);
  g_autofree char *pid = g_strdup_printf ("(pid %ld) uses this state", (long) getpid ());

  g_assert_null (tn_store_open_sqlite (place, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_nonnull (strstr (error->message, pid));

  g_clear_object (&store);
  store = open_store (place);
}

static void
test_file_held_by_another_program_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  g_clear_object (&(TnStore *){ open_store (place) });
  g_autofree char *path = g_build_filename (place, "turnus.db", NULL);
  sqlite3 *other = NULL;
  g_assert_cmpint (sqlite3_open (path, &other), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (other, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);

  g_assert_null (tn_store_open_sqlite (place, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_nonnull (strstr (error->message, "another program has turnus.db open"));
  sqlite3_close (other);
}

static void
test_symbolic_link_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  g_autofree char *path = g_build_filename (place, "turnus.db", NULL);
  g_assert_cmpint (symlink ("elsewhere.db", path), ==, 0);
  g_assert_null (tn_store_open_sqlite (place, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

static void
test_other_file_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  place_write (place, "turnus.db",
               "this is no database, and it is long enough for SQLite to look at its header, "
               "which has a hundred bytes");
  g_assert_null (tn_store_open_sqlite (place, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_PROTOCOL);
}

static void
test_backup_can_be_opened (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  g_autoptr (Place) other = place_new ();
  g_autofree char *path = g_build_filename (other, "turnus.db", NULL);
  g_autoptr (TnDecision) decision = store_contract_make_decision ("2027", NULL);
  g_autoptr (TnBatch) batch = batch_of ("u1", decision);
  g_autoptr (TnStore) store = open_store (place);
  g_assert_true (tn_store_commit (store, batch, NULL));

  tn_store_backup (store, path, &error);
  g_assert_no_error (error);
  g_autoptr (TnStore) restored = open_store (other);
  g_assert_cmpuint (count_links (restored), ==, 1);
  g_autofree char *ours = place_read (place, "ledger.txt");
  g_autofree char *theirs = place_read (other, "ledger.txt");
  g_assert_cmpstr (theirs, ==, ours);
  g_assert_false (tn_store_backup (store, "/nonexistent/turnus.db", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
}

/* Promise 11: what is purged is overwritten, not only unlinked. */
static void
test_purged_texts_leave_the_file (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnStore) store = open_store (place);
  g_autoptr (TnHistory) history = tn_history_new ("changed");
  history->before = g_strdup ("SomethingPersonal");
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_append_history (batch, history);
  g_assert_true (tn_store_commit (store, batch, NULL));
  g_autofree char *path = g_build_filename (place, "turnus.db", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_nonnull (memmem (bytes, length, "SomethingPersonal", 17));

  g_autoptr (TnBatch) purge = tn_batch_new ();
  tn_batch_purge (purge, 1);
  g_assert_true (tn_store_commit (store, purge, NULL));
  g_clear_pointer (&bytes, g_free);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_null (memmem (bytes, length, "SomethingPersonal", 17));
}

static void
test_ledger_text_follows_each_commit (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnStore) store = open_store (place);
  g_autoptr (TnDecision) decision = store_contract_make_decision ("2027", "godkendt");
  g_autoptr (TnBatch) batch = batch_of ("u1", decision);
  for (guint i = 0; i < 2; i++)
    g_assert_true (tn_store_commit (store, batch, NULL));

  g_autofree char *text = place_read (place, "ledger.txt");
  g_autofree char *expected = g_strdup_printf (
      "2026-11-01 %s 7by/studietur/2027: date 2027-05-18, confirmed; by odense as host; "
      "source command anna; note godkendt\n",
      decision->id);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_ledger_text_that_is_lost_comes_back (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnStore) store = open_store (place);
  g_autoptr (TnDecision) decision = store_contract_make_decision ("2027", "godkendt");
  g_autoptr (TnBatch) batch = batch_of ("u1", decision);
  g_assert_true (tn_store_commit (store, batch, NULL));
  g_clear_object (&store);
  g_autofree char *before = place_read (place, "ledger.txt");
  place_write (place, "ledger.txt", "");

  store = open_store (place);
  g_autofree char *after = place_read (place, "ledger.txt");
  g_assert_cmpstr (after, ==, before);
}

/* A text that cannot be written stops no commit; it is told, and made up for. */
static void
test_ledger_text_that_fails_is_a_problem_not_an_error (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *path = g_build_filename (place, "ledger.txt", NULL);
  g_autoptr (TnStore) store = open_store (place);
  g_autoptr (TnDecision) first = store_contract_make_decision ("2027", NULL);
  g_autoptr (TnDecision) second = store_contract_make_decision ("2028", NULL);
  g_autoptr (TnBatch) one = batch_of ("u1", first);
  g_autoptr (TnBatch) two = batch_of ("u2", second);
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);

  g_assert_true (tn_store_commit (store, one, NULL));
  g_assert_nonnull (strstr (tn_store_get_problem (store), "ledger.txt"));

  g_assert_cmpint (g_rmdir (path), ==, 0);
  g_assert_true (tn_store_commit (store, two, NULL));
  g_assert_null (tn_store_get_problem (store));
  g_autofree char *text = place_read (place, "ledger.txt");
  g_assert_nonnull (strstr (text, first->id));
  g_assert_nonnull (strstr (text, second->id));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_contract_add (&SQLITE);
  store_contract_add (&REOPENED);
#define ADD(name, test) g_test_add_func ("/store/sqlite/" name, test)
  ADD ("files-are-private", test_files_are_private);
  ADD ("file-alone-is-the-whole-state-hazard-89", test_file_alone_is_the_whole_state);
  ADD ("failure-in-the-file-leaves-nothing", test_failure_in_the_file_leaves_nothing);
  ADD ("full-disk-is-an-error-and-passes-hazard-85", test_full_disk_is_an_error_and_passes);
  ADD ("second-daemon-is-refused-hazard-39", test_second_daemon_is_refused);
  ADD ("file-held-by-another-program-is-refused", test_file_held_by_another_program_is_refused);
  ADD ("symbolic-link-is-refused", test_symbolic_link_is_refused);
  ADD ("other-file-is-refused", test_other_file_is_refused);
  ADD ("backup-can-be-opened-hazard-89", test_backup_can_be_opened);
  ADD ("purged-texts-leave-the-file", test_purged_texts_leave_the_file);
  ADD ("ledger-text-follows-each-commit", test_ledger_text_follows_each_commit);
  ADD ("ledger-text-that-is-lost-comes-back", test_ledger_text_that_is_lost_comes_back);
  ADD ("ledger-text-that-fails-is-a-problem-not-an-error",
       test_ledger_text_that_fails_is_a_problem_not_an_error);
#undef ADD
  return g_test_run ();
}
