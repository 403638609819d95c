/* tests/ctl/naming.c — what people call things, without any id */
#include "ctl/naming.h"

static void
assert_cycle (TnLanguage language, const char *cycle_text, const char *expected)
{
  TnCycle cycle;
  g_assert_true (tn_cycle_parse (cycle_text, &cycle, NULL));
  g_autofree char *text = tn_naming_cycle (language, &cycle);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_cycles (void)
{
  assert_cycle (TN_LANGUAGE_DA, "2027", "2027");
  assert_cycle (TN_LANGUAGE_DA, "2027-H1", "1. halvår 2027");
  assert_cycle (TN_LANGUAGE_SV, "2027-Q3", "kvartal 3 2027");
  assert_cycle (TN_LANGUAGE_NB, "2027-05", "mai 2027");
  assert_cycle (TN_LANGUAGE_DA, "2026/27", "skoleåret 2026/27");
  assert_cycle (TN_LANGUAGE_EN, "2027.3", "no. 3 of 2027");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/naming/cycles-are-told-in-words", test_cycles);
  return g_test_run ();
}
