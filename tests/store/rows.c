/* Rows: what decayed on the disk is named, never used (hazard 88). */
#include "../contract/store.h"
#include "place.h"

#include "base/error.h"

#include <sqlite3.h>
#include <string.h>

#define N_LINKS 40
#define N_FLIPS 300

/* What each table gives, as one text; or the error of the first that does not. */
static char *
tell (TnStore *store, GError **error)
{
  GString *all = g_string_new (NULL);
  g_autoptr (GPtrArray) links = tn_store_load_links (store, "egen", error);
  g_autoptr (GPtrArray) intents
      = links == NULL ? NULL : tn_store_load_intents (store, "egen", error);
  g_autoptr (GPtrArray) ledger = intents == NULL ? NULL : tn_store_load_ledger (store, error);
  for (guint i = 0; ledger != NULL && i < links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (links, i);
      g_string_append_printf (all, "%s %s %s %s %d\n", link->calendar, link->uid, link->revision,
                              link->shown[TN_FIELD_TEXT], link->state);
    }
  for (guint i = 0; ledger != NULL && i < intents->len; i++)
    g_string_append_printf (all, "%s\n", ((TnIntent *) g_ptr_array_index (intents, i))->uid);
  for (guint i = 0; ledger != NULL && i < ledger->len; i++)
    g_string_append_printf (all, "%s\n", ((TnDecision *) g_ptr_array_index (ledger, i))->id);
  return g_string_free (all, ledger == NULL);
}

static void
fill (const Place *place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnStore) store = tn_store_open_sqlite (place, &error);
  g_assert_no_error (error);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  for (guint i = 0; i < N_LINKS; i++)
    {
      g_autofree char *uid = g_strdup_printf ("u%02u", i);
      g_autoptr (TnLink) link = store_contract_make_link ("egen", uid);
      g_autoptr (TnIntent) intent = tn_intent_new ("egen", uid, TN_INTENT_UPDATE);
      g_autoptr (TnDecision) decision = store_contract_make_decision (uid, "a note");
      tn_batch_put_link (batch, link);
      tn_batch_put_intent (batch, intent);
      tn_batch_append_decision (batch, decision);
    }
  g_assert_true (tn_store_commit (store, batch, NULL));
}

static void
run_sql (const Place *place, const char *sql)
{
  g_autofree char *path = g_build_filename (place, "turnus.db", NULL);
  sqlite3 *database = NULL;
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_changes (database), ==, 1);
  sqlite3_close (database);
}

static void
assert_named (const char *sql, const char *table, const char *row)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  fill (place);
  run_sql (place, sql);
  g_autoptr (TnStore) store = tn_store_open_sqlite (place, &error);
  g_assert_no_error (error);
  g_autofree char *told = tell (store, &error);
  g_assert_null (told);
  g_assert_error (error, TN_ERROR, TN_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, table));
  g_assert_nonnull (strstr (error->message, row));
}

static void
test_changed_text_is_named (void)
{
  assert_named ("UPDATE links SET shown_text = 'shown tixt' WHERE uid = 'u07'", "table links",
                "4:egen 3:u07");
}

static void
test_changed_number_is_named (void)
{
  assert_named ("UPDATE intents SET kind = 2 WHERE uid = 'u08'", "table intents", "4:egen 3:u08");
}

static void
test_number_out_of_range_is_named (void)
{
  assert_named ("UPDATE links SET state = 77 WHERE uid = 'u09'", "table links", "4:egen 3:u09");
}

static void
test_lost_text_is_named (void)
{
  assert_named ("UPDATE links SET wished_when = NULL WHERE uid = 'u09'", "table links",
                "4:egen 3:u09");
}

/* A row that moved to another calendar would be missed by nobody. */
static void
test_changed_key_is_named (void)
{
  assert_named ("UPDATE links SET calendar = 'ogen' WHERE uid = 'u39'", "table links",
                "4:ogen 3:u39");
}

static void
test_changed_decision_is_named (void)
{
  assert_named ("UPDATE ledger SET line = replace (line, 'u05', 'u06') WHERE line LIKE '%u05%'",
                "table ledger", "16:");
}

/* Whatever bit flips, what is read is either all as it was or an error. `--seed` plays it again. */
static void
test_flipped_bit_is_never_used (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *path = g_build_filename (place, "turnus.db", NULL);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  guint n_found = 0;
  fill (place);
  TnStore *store = tn_store_open_sqlite (place, NULL);
  g_autofree char *expected = tell (store, NULL);
  g_object_unref (store);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));

  for (guint i = 0; i < N_FLIPS; i++)
    {
      gsize at = (gsize) g_test_rand_int_range (0, (gint32) length);
      char mask = (char) (1 << g_test_rand_int_range (0, 8));
      g_autoptr (GError) error = NULL;
      bytes[at] = (char) (bytes[at] ^ mask);
      g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
      bytes[at] = (char) (bytes[at] ^ mask);

      g_autoptr (TnStore) damaged = tn_store_open_sqlite (place, &error);
      g_autofree char *told = damaged != NULL ? tell (damaged, &error) : NULL;
      if (told != NULL)
        g_assert_cmpstr (told, ==, expected);
      else
        {
          g_assert_nonnull (error);
          n_found++;
        }
    }
  /* Most bytes hold something: a store that looks at none of them fails here. */
  g_test_message ("%u of %u flips found", n_found, N_FLIPS);
  g_assert_cmpuint (n_found, >, N_FLIPS / 5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add_func ("/store/rows/" name, test)
  ADD ("changed-text-is-named", test_changed_text_is_named);
  ADD ("changed-number-is-named", test_changed_number_is_named);
  ADD ("number-out-of-range-is-named", test_number_out_of_range_is_named);
  ADD ("lost-text-is-named", test_lost_text_is_named);
  ADD ("changed-key-is-named", test_changed_key_is_named);
  ADD ("changed-decision-is-named", test_changed_decision_is_named);
  ADD ("flipped-bit-is-never-used-hazard-88", test_flipped_bit_is_never_used);
#undef ADD
  return g_test_run ();
}
