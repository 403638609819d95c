/* Where something was written, and why something is. */
#include "model/reason.h"

static void
assert_origin (const char *file, int line, const char *want)
{
  TnOrigin origin = tn_origin_make (file, line);
  TnOrigin copy = tn_origin_copy (&origin);
  tn_origin_clear (&origin);
  g_autofree char *text = tn_origin_to_string (&copy);
  g_assert_cmpstr (text, ==, want);
  tn_origin_clear (&copy);
  tn_origin_clear (&copy);
}

static void
test_origin (void)
{
  assert_origin ("7by.conf", 23, "7by.conf:23");
  assert_origin ("ledger", 0, "ledger");
  assert_origin (NULL, 0, "default");
}

static void
test_reason (void)
{
  g_autoptr (TnReason) reason
      = tn_reason_new ("rotation", "7by.conf:23", "%s holds %d", "Odense", 2);
  g_autoptr (TnReason) copy = tn_reason_copy (reason);

  g_assert_cmpstr (copy->rule, ==, "rotation");
  g_assert_cmpstr (copy->source, ==, "7by.conf:23");
  g_assert_cmpstr (copy->text, ==, "Odense holds 2");
}

static void
test_percent (void)
{
  g_autoptr (TnReason) reason = tn_reason_new ("prefer", "x", "%s", "100 %s %n");
  g_autoptr (TnReason) copy = tn_reason_copy (reason);

  g_assert_cmpstr (copy->text, ==, "100 %s %n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/reason/origin-is-file-and-line", test_origin);
  g_test_add_func ("/model/reason/is-a-sentence-with-its-source", test_reason);
  g_test_add_func ("/model/reason/percent-signs-are-letters", test_percent);
  return g_test_run ();
}
