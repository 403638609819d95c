/* tests/store/peephole.c — peepholes come back as they were, from both stores */
#include "place.h"
#include "store/store.h"

#include "base/error.h"

static void
commit (TnStore *store, const TnPeephole *put, const char *drop)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  if (put != NULL)
    tn_batch_put_peephole (batch, put);
  if (drop != NULL)
    tn_batch_drop_peephole (batch, drop);
  tn_store_commit (store, batch, &error);
  g_assert_no_error (error);
}

static void
check (TnStore *store)
{
  g_autoptr (TnPeephole) pages = tn_peephole_new ("bb", "pages", 2);
  g_autoptr (TnPeephole) council = tn_peephole_new ("aa", "7by/odense+milestones", 1);
  commit (store, pages, NULL);
  commit (store, council, NULL);

  g_autoptr (GPtrArray) all = tn_store_load_peepholes (store, NULL);
  commit (store, NULL, "aa");
  g_autoptr (GPtrArray) rest = tn_store_load_peepholes (store, NULL);

  g_assert_cmpuint (all->len, ==, 2);
  const TnPeephole *first = g_ptr_array_index (all, 0);
  g_assert_cmpstr (first->token_hash, ==, "aa");
  g_assert_cmpstr (first->target, ==, "7by/odense+milestones");
  g_assert_cmpint (first->made_us, ==, 1);
  g_assert_cmpuint (rest->len, ==, 1);
  g_assert_cmpstr (((const TnPeephole *) g_ptr_array_index (rest, 0))->target, ==, "pages");
}

static void
test_memory (void)
{
  g_autoptr (TnStore) store = tn_store_new_memory ();
  check (store);
}

static void
test_sqlite (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Place) place = place_new ();
  TnStore *store = tn_store_open_sqlite (place, &error);
  g_assert_no_error (error);
  check (store);
  g_object_unref (store);

  g_autoptr (TnStore) again = tn_store_open_sqlite (place, &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) rest = tn_store_load_peepholes (again, NULL);

  g_assert_cmpuint (rest->len, ==, 1);
  g_clear_object (&again);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/peephole/is-kept-in-memory", test_memory);
  g_test_add_func ("/store/peephole/is-kept-on-disk", test_sqlite);
  return g_test_run ();
}
