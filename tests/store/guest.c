/* tests/store/guest.c — guests and mirrors come back as they were, from both stores */
#include "place.h"
#include "store/sqlite.h"
#include "store/store.h"

static void
commit (TnStore *store, TnBatch *batch)
{
  g_autoptr (GError) error = NULL;
  tn_store_commit (store, batch, &error);
  g_assert_no_error (error);
  tn_batch_free (batch);
}

static TnStore *
open_store (const Place *place)
{
  g_autoptr (GError) error = NULL;
  TnStore *store = place != NULL ? tn_store_open_sqlite (place, &error) : tn_store_new_memory ();
  g_assert_no_error (error);
  return store;
}

static TnGuest *
make_guest (const char *uid)
{
  TnGuest *guest = tn_guest_new (uid, "esbjerg");
  g_free (guest->content);
  guest->content = g_strdup ("BEGIN:VCALENDAR\r\nSUMMARY:S\xc3\xa6rlig\r\nEND:VCALENDAR\r\n");
  guest->state = TN_GUEST_ABSENT;
  guest->absent_since_us = G_GINT64_CONSTANT (1795000000000000);
  guest->start = tn_date_new (2027, 1, 7);
  guest->end = TN_DATE_NONE;
  return guest;
}

static void
check_guests (TnStore *store)
{
  g_autoptr (TnGuest) guest = make_guest ("kaffe@esbjerg");
  g_autoptr (TnGuest) other = make_guest ("KAFFE@esbjerg"); /* another one: hazard 35 */
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_guest (batch, guest);
  tn_batch_put_guest (batch, other);
  commit (store, batch);

  g_autoptr (GPtrArray) guests = tn_store_load_guests (store, NULL);
  g_assert_cmpuint (guests->len, ==, 2);
  const TnGuest *found = g_ptr_array_index (guests, 1);
  g_assert_cmpstr (found->uid, ==, "kaffe@esbjerg");
  g_assert_cmpstr (found->content, ==, guest->content);
  g_assert_cmpint (found->state, ==, TN_GUEST_ABSENT);
  g_assert_cmpint (found->end, ==, TN_DATE_NONE);
  g_assert_cmpint (found->absent_since_us, ==, guest->absent_since_us);

  batch = tn_batch_new ();
  tn_batch_drop_guest (batch, "kaffe@esbjerg");
  commit (store, batch);
  g_autoptr (GPtrArray) rest = tn_store_load_guests (store, NULL);
  g_assert_cmpuint (rest->len, ==, 1);
}

static void
check_mirrors (TnStore *store)
{
  g_autoptr (TnMirror) here = tn_mirror_new ("aarhus", "kaffe@esbjerg");
  g_autoptr (TnMirror) there = tn_mirror_new ("aalborg", "kaffe@esbjerg");
  here->state = TN_MIRROR_LEFT;
  here->n_put_back = 2;
  TnBatch *batch = tn_batch_new ();
  tn_batch_put_mirror (batch, here);
  tn_batch_put_mirror (batch, there);
  commit (store, batch);

  g_autoptr (GPtrArray) all = tn_store_load_mirrors (store, NULL, NULL);
  g_autoptr (GPtrArray) one = tn_store_load_mirrors (store, "aarhus", NULL);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpuint (one->len, ==, 1);
  const TnMirror *found = g_ptr_array_index (one, 0);
  g_assert_cmpint (found->state, ==, TN_MIRROR_LEFT);
  g_assert_cmpuint (found->n_put_back, ==, 2);
  g_assert_cmpstr (found->wished, ==, "");

  batch = tn_batch_new ();
  tn_batch_drop_mirror (batch, "aarhus", "kaffe@esbjerg");
  commit (store, batch);
  g_autoptr (GPtrArray) rest = tn_store_load_mirrors (store, NULL, NULL);
  g_assert_cmpuint (rest->len, ==, 1);
}

static void
test_memory (void)
{
  g_autoptr (TnStore) store = open_store (NULL);
  check_guests (store);
  check_mirrors (store);
}

static void
test_sqlite (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (TnStore) store = open_store (place);
  check_guests (store);
  check_mirrors (store);
  g_clear_object (&store);
  store = open_store (place);
  g_autoptr (GPtrArray) guests = tn_store_load_guests (store, NULL);
  g_autoptr (GPtrArray) mirrors = tn_store_load_mirrors (store, "aalborg", NULL);
  g_assert_cmpuint (guests->len, ==, 1);
  g_assert_cmpuint (mirrors->len, ==, 1);
}

static void
test_copy (void)
{
  g_autoptr (TnGuest) guest = make_guest ("kaffe@esbjerg");
  g_autoptr (TnGuest) copy = tn_guest_copy (guest);
  g_autoptr (TnMirror) mirror = tn_mirror_new ("aarhus", "kaffe@esbjerg");
  g_autoptr (TnMirror) twin = tn_mirror_copy (mirror);

  g_assert_cmpstr (copy->content, ==, guest->content);
  g_assert_true (copy->content != guest->content);
  g_assert_cmpstr (twin->uid, ==, "kaffe@esbjerg");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/guest/comes-back-from-memory-as-it-was", test_memory);
  g_test_add_func ("/store/guest/comes-back-from-the-disk-as-it-was", test_sqlite);
  g_test_add_func ("/store/guest/copy-is-another", test_copy);
  return g_test_run ();
}
