/* tests/store/letter.c — letters, and what was told, come back as they were, from both stores */
#include "place.h"
#include "store/sqlite.h"
#include "store/store.h"

#include "base/text.h"

static void
commit (TnStore *store, TnBatch *batch)
{
  g_autoptr (GError) error = NULL;
  tn_store_commit (store, batch, &error);
  g_assert_no_error (error);
  tn_batch_free (batch);
}

static TnLetter *
make_letter (const char *id)
{
  TnLetter *letter = tn_letter_new (id, "raad@odense.example", TN_LETTER_URGENT);
  letter->state = TN_LETTER_UNDERWAY;
  letter->is_unsure = TRUE;
  tn_text_set (&letter->subject, "Studietur 2027: ny dato");
  tn_text_set (&letter->message, "Subject: =?UTF-8?B?w6Y=?=\r\n\r\nTekst\r\n");
  letter->written_us = G_GINT64_CONSTANT (1795000000000001);
  letter->next_us = G_GINT64_CONSTANT (1795000000000002);
  letter->settled_us = G_GINT64_CONSTANT (1795000000000003);
  letter->n_tries = 4;
  tn_text_set (&letter->problem, "452 no room");
  return letter;
}

static void
check_letters (TnStore *store)
{
  g_autoptr (TnLetter) put = make_letter ("0002");
  g_autoptr (TnLetter) earlier = make_letter ("0001");
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_letter (batch, put);
  tn_batch_put_letter (batch, earlier);
  commit (store, batch);

  g_autoptr (GPtrArray) letters = tn_store_load_letters (store, NULL);
  g_assert_cmpuint (letters->len, ==, 2);
  const TnLetter *got = g_ptr_array_index (letters, 1);
  g_assert_cmpstr (got->id, ==, "0002");
  g_assert_cmpstr (got->address, ==, put->address);
  g_assert_cmpint (got->kind, ==, TN_LETTER_URGENT);
  g_assert_cmpint (got->state, ==, TN_LETTER_UNDERWAY);
  g_assert_true (got->is_unsure);
  g_assert_cmpstr (got->subject, ==, put->subject);
  g_assert_cmpstr (got->message, ==, put->message);
  g_assert_cmpint (got->written_us, ==, put->written_us);
  g_assert_cmpint (got->next_us, ==, put->next_us);
  g_assert_cmpint (got->settled_us, ==, put->settled_us);
  g_assert_cmpuint (got->n_tries, ==, 4);
  g_assert_cmpstr (got->problem, ==, put->problem);

  batch = tn_batch_new ();
  tn_batch_drop_letter (batch, "0001");
  commit (store, batch);
  g_autoptr (GPtrArray) rest = tn_store_load_letters (store, NULL);
  g_assert_cmpuint (rest->len, ==, 1);
}

static void
check_told (TnStore *store)
{
  g_autoptr (TnTold) first = tn_told_new ("raad@odense.example", "odense event u1", "placed", 1);
  g_autoptr (TnTold) second = tn_told_new ("raad@odense.example", "odense event u1", "moved", 2);
  g_autoptr (TnTold) other = tn_told_new ("raad@aarhus.example", "aarhus event u1", "placed", 3);
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_told (batch, first);
  tn_batch_put_told (batch, second);
  tn_batch_put_told (batch, other);
  commit (store, batch);

  g_autoptr (GPtrArray) all = tn_store_load_told (store, NULL);
  g_assert_cmpuint (all->len, ==, 2);
  const TnTold *got = g_ptr_array_index (all, 1);
  g_assert_cmpstr (got->address, ==, "raad@odense.example");
  g_assert_cmpstr (got->key, ==, "odense event u1");
  g_assert_cmpstr (got->value, ==, "moved");
  g_assert_cmpint (got->at_us, ==, 2);

  batch = tn_batch_new ();
  tn_batch_drop_told (batch, "raad@aarhus.example", "aarhus event u1");
  commit (store, batch);
  g_autoptr (GPtrArray) rest = tn_store_load_told (store, NULL);
  g_assert_cmpuint (rest->len, ==, 1);
}

static void
test_memory (void)
{
  g_autoptr (TnStore) store = tn_store_new_memory ();
  check_letters (store);
  check_told (store);
}

static void
test_sqlite (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnStore) store = tn_store_open_sqlite (place, NULL);
  check_letters (store);
  check_told (store);
  g_clear_object (&store);
  store = tn_store_open_sqlite (place, NULL);
  g_autoptr (GPtrArray) letters = tn_store_load_letters (store, NULL);
  g_autoptr (GPtrArray) told = tn_store_load_told (store, NULL);
  g_assert_cmpuint (letters->len, ==, 1);
  g_assert_cmpuint (told->len, ==, 1);
}

/* A letter and the memory that it was written, or neither. */
static void
test_one_batch (void)
{
  g_autoptr (TnStore) store = tn_store_new_memory ();
  g_autoptr (TnLetter) letter = make_letter ("0001");
  g_autoptr (TnTold) told = tn_told_new ("raad@odense.example", "k", "not UTF-8: \xc3\x28", 1);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_letter (batch, letter);
  tn_batch_put_told (batch, told);
  g_assert_false (tn_store_commit (store, batch, NULL));
  g_autoptr (GPtrArray) letters = tn_store_load_letters (store, NULL);
  g_assert_cmpuint (letters->len, ==, 0);
}

static void
on_committed (TnStore *store, gpointer user_data)
{
  (*(guint *) user_data)++;
}

static void
test_signal (void)
{
  g_autoptr (TnStore) store = tn_store_new_memory ();
  guint n = 0;
  g_signal_connect (store, "committed", G_CALLBACK (on_committed), &n);
  g_autoptr (TnBatch) nothing = tn_batch_new ();
  g_assert_true (tn_store_commit (store, nothing, NULL));
  g_assert_cmpuint (n, ==, 0);

  TnBatch *batch = tn_batch_new ();
  tn_batch_drop_letter (batch, "0001");
  commit (store, batch);
  g_assert_cmpuint (n, ==, 1);

  g_autoptr (TnLetter) broken = make_letter ("0001");
  tn_text_set (&broken->subject, "\xc3\x28");
  g_autoptr (TnBatch) failing = tn_batch_new ();
  tn_batch_put_letter (failing, broken);
  g_assert_false (tn_store_commit (store, failing, NULL));
  g_assert_cmpuint (n, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/letter/comes-back-from-memory-as-it-was", test_memory);
  g_test_add_func ("/store/letter/comes-back-from-the-disk-as-it-was", test_sqlite);
  g_test_add_func ("/store/letter/and-what-it-told-are-kept-together-or-not-at-all",
                   test_one_batch);
  g_test_add_func ("/store/letter/each-commit-that-is-kept-is-said", test_signal);
  return g_test_run ();
}
