/* tests/store/slip.c — slips come back as they were, from both stores */
#include "place.h"
#include "store/sqlite.h"
#include "store/store.h"

static TnStore *
open_store (const Place *place)
{
  g_autoptr (GError) error = NULL;
  TnStore *store = place != NULL ? tn_store_open_sqlite (place, &error) : tn_store_new_memory ();
  g_assert_no_error (error);
  return store;
}

static void
put (TnStore *store, const TnSlip *slip)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_slip (batch, slip);
  tn_store_commit (store, batch, &error);
  g_assert_no_error (error);
}

static void
drop (TnStore *store, const char *hash)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_drop_slip (batch, hash);
  tn_store_commit (store, batch, &error);
  g_assert_no_error (error);
}

static TnSlip *
make_form (void)
{
  TnSlip *slip = tn_slip_new (TN_SLIP_FORM, "aa", "esbjerg");
  slip->made_us = G_GINT64_CONSTANT (1795000000000000);
  slip->ends_us = G_GINT64_CONSTANT (1795000000000001);
  slip->used_us = G_GINT64_CONSTANT (1795000000000002);
  g_free (slip->outcome);
  slip->outcome = g_strdup ("decided 0123456789abcdef");
  return slip;
}

static void
check_slips (TnStore *store)
{
  g_autoptr (TnSlip) form = make_form ();
  g_autoptr (TnSlip) link = tn_slip_new (TN_SLIP_LINK, "bb", "aarhus");
  put (store, link);
  put (store, form);

  g_autoptr (GPtrArray) slips = tn_store_load_slips (store, NULL);
  g_assert_cmpuint (slips->len, ==, 2);
  const TnSlip *found = g_ptr_array_index (slips, 0);
  g_assert_cmpstr (found->token_hash, ==, "aa");
  g_assert_cmpint (found->kind, ==, TN_SLIP_FORM);
  g_assert_cmpstr (found->council, ==, "esbjerg");
  g_assert_cmpint (found->made_us, ==, form->made_us);
  g_assert_cmpint (found->ends_us, ==, form->ends_us);
  g_assert_cmpint (found->used_us, ==, form->used_us);
  g_assert_cmpstr (found->outcome, ==, form->outcome);
}

static void
check_dropped (TnStore *store)
{
  drop (store, "aa");
  drop (store, "no such");
  g_autoptr (GPtrArray) slips = tn_store_load_slips (store, NULL);
  g_assert_cmpuint (slips->len, ==, 1);
  g_assert_cmpstr (((TnSlip *) g_ptr_array_index (slips, 0))->council, ==, "aarhus");
}

static void
test_memory (void)
{
  g_autoptr (TnStore) store = open_store (NULL);
  check_slips (store);
  check_dropped (store);
}

static void
test_sqlite (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnStore) store = open_store (place);
  check_slips (store);
  g_clear_object (&store);
  store = open_store (place);
  check_dropped (store);
}

static void
test_copy (void)
{
  g_autoptr (TnSlip) slip = make_form ();
  g_autoptr (TnSlip) copy = tn_slip_copy (slip);
  g_assert_cmpstr (copy->outcome, ==, slip->outcome);
  g_assert_true (copy->outcome != slip->outcome);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/slip/memory-keeps-slips", test_memory);
  g_test_add_func ("/store/slip/sqlite-keeps-slips", test_sqlite);
  g_test_add_func ("/store/slip/copy-has-texts-of-its-own", test_copy);
  return g_test_run ();
}
