/* How often somebody may do something: a clock that is given, and nothing else. */
#include "site/bucket.h"

static const TnBucketSize TWO = { .most = 2, .refill_s = 10 };

static gboolean
take (TnBuckets *buckets, const char *name, gint64 at_s, guint *ret_wait_s)
{
  return tn_buckets_take (buckets, name, TWO, at_s * G_USEC_PER_SEC, ret_wait_s);
}

static void
test_a_full_one_gives_what_it_holds (void)
{
  g_autoptr (TnBuckets) buckets = tn_buckets_new ();
  guint wait_s = 0;

  g_assert_true (take (buckets, "a", 100, &wait_s));
  g_assert_true (take (buckets, "a", 100, &wait_s));
  g_assert_false (take (buckets, "a", 100, &wait_s));
  g_assert_cmpuint (wait_s, ==, 10);
}

static void
test_it_fills_again (void)
{
  g_autoptr (TnBuckets) buckets = tn_buckets_new ();
  guint wait_s = 0;
  take (buckets, "a", 100, &wait_s);
  take (buckets, "a", 100, &wait_s);

  g_assert_false (take (buckets, "a", 109, &wait_s));
  g_assert_cmpuint (wait_s, ==, 1);
  g_assert_true (take (buckets, "a", 110, &wait_s));
  g_assert_false (take (buckets, "a", 110, &wait_s));
}

static void
test_a_long_rest_fills_no_more_than_it_holds (void)
{
  g_autoptr (TnBuckets) buckets = tn_buckets_new ();
  guint wait_s = 0;
  take (buckets, "a", 100, &wait_s);

  g_assert_true (take (buckets, "a", 100000, &wait_s));
  g_assert_true (take (buckets, "a", 100000, &wait_s));
  g_assert_false (take (buckets, "a", 100000, &wait_s));
}

static void
test_names_do_not_share (void)
{
  g_autoptr (TnBuckets) buckets = tn_buckets_new ();
  guint wait_s = 0;
  take (buckets, "a", 100, &wait_s);
  take (buckets, "a", 100, &wait_s);

  g_assert_true (take (buckets, "b", 100, &wait_s));
}

static void
test_many_names_do_not_fill_the_memory (void)
{
  g_autoptr (TnBuckets) buckets = tn_buckets_new ();
  guint wait_s = 0;
  for (guint i = 0; i < 20000; i++)
    {
      g_autofree char *name = g_strdup_printf ("peer %u", i);
      take (buckets, name, 100, &wait_s);
    }

  g_assert_cmpuint (tn_buckets_count (buckets), <=, 4096);
  g_assert_false (take (buckets, "one more", 100, &wait_s));
  g_assert_true (take (buckets, "one more", 200, &wait_s)); /* the others are full again: gone */
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/site/bucket/a-full-one-gives-what-it-holds",
                   test_a_full_one_gives_what_it_holds);
  g_test_add_func ("/site/bucket/it-fills-again", test_it_fills_again);
  g_test_add_func ("/site/bucket/a-long-rest-fills-no-more-than-it-holds",
                   test_a_long_rest_fills_no_more_than_it_holds);
  g_test_add_func ("/site/bucket/names-do-not-share", test_names_do_not_share);
  g_test_add_func ("/site/bucket/many-names-do-not-fill-the-memory",
                   test_many_names_do_not_fill_the_memory);
  return g_test_run ();
}
