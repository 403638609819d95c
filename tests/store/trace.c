/* Traces, and links one by one: what a pass over ten thousand events asks either store for. */
#include "../contract/store.h"
#include "place.h"

static void
put_link (TnStore *store, const char *calendar, const char *uid)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnLink) link = store_contract_make_link (calendar, uid);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_link (batch, link);
  g_assert_true (tn_store_commit (store, batch, &error));
  g_assert_no_error (error);
}

static void
assert_asked_one_by_one (TnStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnLink) expected = store_contract_make_link ("egen", "u1");
  g_autoptr (TnLink) found = NULL;
  TnLink *none = NULL;
  put_link (store, "egen", "u2");
  put_link (store, "faelles", "u3");
  put_link (store, "egen", "u1");

  g_autoptr (GPtrArray) traces = tn_store_load_traces (store, "egen", &error);
  g_assert_no_error (error);
  g_assert_true (tn_store_find_link (store, "egen", "u1", &found, &error));
  g_assert_true (tn_store_find_link (store, "egen", "u3", &none, &error));

  g_assert_cmpuint (traces->len, ==, 2);
  const TnTrace *trace = g_ptr_array_index (traces, 0);
  g_assert_cmpstr (trace->uid, ==, "u1");
  g_assert_cmpstr (trace->key, ==, expected->key);
  g_assert_cmpstr (trace->item_id, ==, expected->item_id);
  g_assert_cmpstr (trace->revision, ==, expected->revision);
  g_assert_cmpint (trace->state, ==, expected->state);
  g_assert_cmpint (trace->is_claimed, ==, expected->is_claimed);
  g_assert_cmpstr (found->shown[TN_FIELD_NOTE], ==, expected->shown[TN_FIELD_NOTE]);
  g_assert_null (none);
}

static void
test_in_memory (void)
{
  g_autoptr (TnStore) store = tn_store_new_memory ();
  assert_asked_one_by_one (store);
}

static void
test_on_disk (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (TnStore) store = tn_store_open_sqlite (place, &error);
  g_assert_no_error (error);
  assert_asked_one_by_one (store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/trace/memory-gives-one-link-of-many", test_in_memory);
  g_test_add_func ("/store/trace/disk-gives-one-link-of-many", test_on_disk);
  return g_test_run ();
}
