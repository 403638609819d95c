/* tests/ctl/tongue.c — the language of the one who asks */
#include "ctl/tongue.h"

static void
assert_tongue (const char *all, const char *messages, const char *lang, TnLanguage expected)
{
  g_setenv ("LC_ALL", all, TRUE);
  g_setenv ("LC_MESSAGES", messages, TRUE);
  g_setenv ("LANG", lang, TRUE);
  g_assert_cmpint (tn_tongue_find (), ==, expected);
}

static void
test_order (void)
{
  assert_tongue ("da_DK.UTF-8", "sv_SE.UTF-8", "nb_NO.UTF-8", TN_LANGUAGE_DA);
  assert_tongue ("", "sv_SE.UTF-8", "nb_NO.UTF-8", TN_LANGUAGE_SV);
  assert_tongue ("", "", "nb_NO.UTF-8", TN_LANGUAGE_NB);
}

static void
test_wishes (void)
{
  g_setenv ("LANGUAGE", "de:sv:da", TRUE);
  assert_tongue ("da_DK.UTF-8", "", "", TN_LANGUAGE_SV);
  assert_tongue ("C.UTF-8", "", "", TN_LANGUAGE_SV);
  assert_tongue ("C", "", "", TN_LANGUAGE_EN);
  g_setenv ("LANGUAGE", "de", TRUE);
  assert_tongue ("nn_NO.UTF-8", "", "", TN_LANGUAGE_NB);
  g_unsetenv ("LANGUAGE");
}

static void
test_others (void)
{
  assert_tongue ("C.UTF-8", "", "da_DK.UTF-8", TN_LANGUAGE_EN);
  assert_tongue ("", "", "de_DE.UTF-8", TN_LANGUAGE_EN);
  assert_tongue ("", "", "", TN_LANGUAGE_EN);
  assert_tongue ("", "", "no", TN_LANGUAGE_NB);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/tongue/the-first-that-is-set-counts", test_order);
  g_test_add_func ("/ctl/tongue/wishes-go-before-the-locale", test_wishes);
  g_test_add_func ("/ctl/tongue/other-languages-are-told-in-english", test_others);
  return g_test_run ();
}
