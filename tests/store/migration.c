/* Migrations: from each version to the newest, with a copy made first, and back to nothing but what
 * was there when one fails. */
#include "store/sqlite.h"

#include "../contract/store.h"
#include "place.h"

#include "base/error.h"
#include "store/table.h"

#include <glib/gstdio.h>
#include <string.h>

/* What a later version may do: a new table, and a column that may be missing. */
static const char SECOND[] = "CREATE TABLE extra (id TEXT NOT NULL PRIMARY KEY) STRICT;"
                             "INSERT INTO extra VALUES ('made by 2');"
                             "ALTER TABLE links ADD COLUMN colour TEXT;";

#define LIST_MOST 10

static guint
count_migrations (void)
{
  guint n = 0;
  while (tn_migrations[n].name != NULL)
    n++;
  return n;
}

/* All that there are, and one made for the test. */
static void
list_next (TnMigration *list, const char *next)
{
  guint n = count_migrations ();
  g_assert_cmpuint (n + 2, <=, LIST_MOST);
  memcpy (list, tn_migrations, n * sizeof *list);
  list[n] = (TnMigration){ .name = "next-test", .sql = next };
  list[n + 1] = (TnMigration){ .name = NULL };
}

static TnDatabase *
open_file (const Place *place, const char *name)
{
  g_autofree char *path = g_build_filename (place, name, NULL);
  TnDatabase *database = NULL;
  g_assert_cmpint (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE, NULL), ==, SQLITE_OK);
  return database;
}

static gint64
query (const Place *place, const char *name, const char *sql)
{
  g_autoptr (GError) error = NULL;
  gint64 number = -1;
  g_autoptr (TnDatabase) database = open_file (place, name);
  tn_statement_query_number (database, sql, &number, &error);
  g_assert_no_error (error);
  return number;
}

static void
run (const Place *place, const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDatabase) database = open_file (place, "turnus.db");
  tn_statement_run (database, sql, &error);
  g_assert_no_error (error);
}

/* A state of the newest version with one link and one decision. */
static void
write_newest_version (const Place *place)
{
  g_autoptr (TnLink) link = store_contract_make_link ("egen", "u1");
  g_autoptr (TnDecision) decision = store_contract_make_decision ("2027", "note");
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_link (batch, link);
  tn_batch_append_decision (batch, decision);
  g_autoptr (TnStore) store = tn_store_open_sqlite (place, NULL);
  g_assert_true (tn_store_commit (store, batch, NULL));
}

static void
assert_content_is_there (TnStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) links = tn_store_load_links (store, "egen", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (links->len, ==, 1);
  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ledger->len, ==, 1);
}

static void
test_empty_file_gets_the_newest_version (void)
{
  g_autoptr (Place) place = place_new ();
  g_clear_object (&(TnStore *){ tn_store_open_sqlite (place, NULL) });
  g_assert_cmpint (query (place, "turnus.db", "PRAGMA user_version"), ==, count_migrations ());
  g_assert_cmpint (query (place, "turnus.db", "PRAGMA application_id"), ==, 0x74726e73);
  g_assert_false (place_has (place, "turnus.db.before-1"));
}

static void
test_each_version_is_brought_to_the_newest (void)
{
  TnMigration list[LIST_MOST];
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  list_next (list, SECOND);
  write_newest_version (place);

  g_autoptr (TnStore) store = tn_sqlite_open (place, list, &error);
  g_assert_no_error (error);
  assert_content_is_there (store);
  g_clear_object (&store);
  g_assert_cmpint (query (place, "turnus.db", "PRAGMA user_version"), ==, count_migrations () + 1);
  g_assert_cmpint (query (place, "turnus.db", "SELECT count(*) FROM extra"), ==, 1);
}

/* As version 1 wrote it: a hash of then must hold for the columns of now. */
static void
test_first_version_is_read (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnCalendarState) old = tn_calendar_state_new ("egen");
  old->last_good_us = 7;
  g_autofree char *hash = tn_table_dup_hash (&tn_table_calendars, old);
  g_autofree char *row = g_strdup_printf ("INSERT INTO calendars (calendar, contact, hold, "
                                          "is_approved, last_good_us, last_try_us, hash)"
                                          " VALUES ('egen', 0, 0, 0, 7, 0, '%s')",
                                          hash);
  place_write (place, "turnus.db", "");
  run (place, tn_migrations[0].sql);
  run (place, "PRAGMA user_version = 1; PRAGMA application_id = 0x74726e73");
  run (place, row);

  g_autoptr (TnStore) store = tn_store_open_sqlite (place, &error);
  g_assert_no_error (error);
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (store, "egen", &error);
  g_assert_no_error (error);
  g_assert_cmpint (state->last_good_us, ==, 7);
  g_assert_cmpint (state->not_before_us, ==, 0);
}

static void
test_copy_is_made_before (void)
{
  TnMigration list[LIST_MOST];
  g_autoptr (Place) place = place_new ();
  list_next (list, SECOND);
  write_newest_version (place);
  g_autofree char *name = g_strdup_printf ("turnus.db.before-%u", count_migrations () + 1);
  g_autofree char *part = g_strconcat (name, ".part", NULL);
  place_write (place, part, "left by a kill");
  g_clear_object (&(TnStore *){ tn_sqlite_open (place, list, NULL) });

  g_assert_cmpint (query (place, name, "PRAGMA user_version"), ==, count_migrations ());
  g_assert_cmpint (query (place, name, "SELECT count(*) FROM links"), ==, 1);
  g_assert_false (place_has (place, part));
  g_autofree char *copy = g_build_filename (place, name, NULL);
  g_autofree char *path = g_build_filename (place, "turnus.db", NULL);
  g_assert_cmpint (g_rename (copy, path), ==, 0);
  g_autoptr (TnStore) store = tn_sqlite_open (place, list, NULL);
  assert_content_is_there (store);
}

static void
test_failing_migration_leaves_the_old_version (void)
{
  TnMigration list[LIST_MOST];
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  list_next (list,
             "CREATE TABLE extra (id TEXT); DELETE FROM links; INSERT INTO nowhere VALUES (1);");
  write_newest_version (place);

  g_assert_null (tn_sqlite_open (place, list, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "next-test"));
  g_assert_cmpint (query (place, "turnus.db", "PRAGMA user_version"), ==, count_migrations ());
  g_assert_cmpint (query (place, "turnus.db", "SELECT count(*) FROM links"), ==, 1);
  g_assert_cmpint (
      query (place, "turnus.db", "SELECT count(*) FROM sqlite_schema WHERE name = 'extra'"), ==, 0);
}

static void
test_newer_version_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  write_newest_version (place);
  run (place, "PRAGMA user_version = 99");

  g_assert_null (tn_store_open_sqlite (place, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "newer turnus (version 99"));
}

static void
test_file_of_another_program_is_refused (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  place_write (place, "turnus.db", "");
  run (place, "CREATE TABLE theirs (id)");

  g_assert_null (tn_store_open_sqlite (place, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_cmpint (query (place, "turnus.db", "SELECT count(*) FROM sqlite_schema"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/store/migration/" name, test)
  ADD ("empty-file-gets-the-newest-version", test_empty_file_gets_the_newest_version);
  ADD ("each-version-is-brought-to-the-newest", test_each_version_is_brought_to_the_newest);
  ADD ("first-version-is-read", test_first_version_is_read);
  ADD ("copy-is-made-before", test_copy_is_made_before);
  ADD ("failing-migration-leaves-the-old-version", test_failing_migration_leaves_the_old_version);
  ADD ("newer-version-is-refused", test_newer_version_is_refused);
  ADD ("file-of-another-program-is-refused", test_file_of_another_program_is_refused);
#undef ADD
  return g_test_run ();
}
