/* The stamp is read exactly as it is written, or not at all. */
#include "ical/stamp.h"

#include "base/error.h"

static void
assert_same (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnStamp) stamp = tn_stamp_parse (text, &error);
  g_assert_no_error (error);
  g_autofree char *again = tn_stamp_to_string (stamp);
  g_assert_cmpstr (again, ==, text);
}

static void
test_inverse (void)
{
  assert_same ("v1 by=odense ed=1 en=2 dg=0123456789abcdef h=fedcba9876543210");
  assert_same ("v1 by=k-b.h_1 ed=0 en=999999999 dg=a h=b entry=00ff-_x");
}

static void
test_fields (void)
{
  g_autoptr (TnStamp) stamp = tn_stamp_parse ("v1 by=odense ed=3 en=2 dg=ab h=cd entry=ef", NULL);
  g_assert_cmpstr (stamp->by, ==, "odense");
  g_assert_cmpint (stamp->edition, ==, 3);
  g_assert_cmpint (stamp->engine, ==, 2);
  g_assert_cmpstr (stamp->digest, ==, "ab");
  g_assert_cmpstr (stamp->hash, ==, "cd");
  g_assert_cmpstr (stamp->entry, ==, "ef");
}

static void
test_refuses (void)
{
  static const char *const texts[] = { "",
                                       "v1",
                                       "v2 by=odense ed=1 en=1 dg=ab h=cd",
                                       "v1 by= ed=1 en=1 dg=ab h=cd",
                                       "v1 by=odense ed=01 en=1 dg=ab h=cd",
                                       "v1 by=odense ed=-1 en=1 dg=ab h=cd",
                                       "v1 by=odense ed=1x en=1 dg=ab h=cd",
                                       "v1 by=odense ed=9999999999 en=1 dg=ab h=cd",
                                       "v1 ed=1 by=odense en=1 dg=ab h=cd",
                                       "v1  by=odense ed=1 en=1 dg=ab h=cd",
                                       "v1 by=odense ed=1 en=1 dg=ab h=cd ",
                                       "v1 by=odense ed=1 en=1 dg=ab h=cd entry=",
                                       "v1 by=odense ed=1 en=1 dg=ab h=cd entry=a x=b",
                                       "v1 by=od,ense ed=1 en=1 dg=ab h=cd",
                                       "v1 by=ødense ed=1 en=1 dg=ab h=cd" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (tn_stamp_parse (texts[i], &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/stamp/writes-what-it-read", test_inverse);
  g_test_add_func ("/ical/stamp/says-who-and-by-what", test_fields);
  g_test_add_func ("/ical/stamp/refuses-all-that-looks-otherwise", test_refuses);
  return g_test_run ();
}
