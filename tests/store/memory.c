/* The in-memory twin keeps the contract; else tests that use it would lie. */
#include "../contract/store.h"

static gpointer
make_store (void)
{
  return tn_store_new_memory ();
}

static TnStore *
same_store (gpointer place)
{
  return place;
}

static const StoreFactory MEMORY = { "memory", make_store, same_store, g_object_unref };

static void
test_there_is_nothing_to_back_up (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnStore) store = tn_store_new_memory ();
  g_assert_false (tn_store_backup (store, "/nonexistent/backup", &error));
  g_assert_nonnull (error);
  g_assert_null (tn_store_get_problem (store));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  store_contract_add (&MEMORY);
  g_test_add_func ("/store/memory/there-is-nothing-to-back-up", test_there_is_nothing_to_back_up);
  return g_test_run ();
}
