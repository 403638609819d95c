/* What the programs say, by language. */
#include "model/catalogue.h"

static void
test_translated (void)
{
  g_assert_cmpstr (tn_say_in (TN_LANGUAGE_DA, "event", "Host"), ==, "Vært");
  g_assert_cmpstr (tn_say_in (TN_LANGUAGE_SV, "event", "Host"), ==, "Värd");
  g_assert_cmpstr (tn_say_in (TN_LANGUAGE_NB, "event", "Host"), ==, "Vertskap");
  g_assert_cmpstr (tn_say_in (TN_LANGUAGE_EN, "event", "Host"), ==, "Host");
}

static void
test_unknown (void)
{
  static const char *const text = "nobody has translated this";
  g_assert_true (tn_say (TN_LANGUAGE_DA, text) == text);
  g_assert_true (tn_say_in (TN_LANGUAGE_DA, "event", text) == text);
}

static void
test_counted (void)
{
  static const char *const one = "%lu thing of a test";
  static const char *const many = "%lu things of a test";
  g_assert_true (tn_say_count (TN_LANGUAGE_SV, one, many, 0) == many);
  g_assert_true (tn_say_count (TN_LANGUAGE_SV, one, many, 1) == one);
  g_assert_true (tn_say_count (TN_LANGUAGE_SV, one, many, 2) == many);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/catalogue/text-is-said-in-each-language", test_translated);
  g_test_add_func ("/model/catalogue/text-that-is-not-translated-is-english", test_unknown);
  g_test_add_func ("/model/catalogue/only-one-is-singular", test_counted);
  return g_test_run ();
}
