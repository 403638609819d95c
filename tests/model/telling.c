/* Sentences that were formed in English, told in other languages. */
#include "model/catalogue.h"

#include <string.h>

static void
check (TnLanguage language, const char *sentence, const char *expected)
{
  g_autofree char *told = tn_tell (language, sentence);
  g_assert_cmpstr (told, ==, expected);
}

static void
test_values (void)
{
  check (TN_LANGUAGE_DA, "7by/erfa/2027 has no date: why ever",
         "7by/erfa/2027 har ingen dato: why ever");
  check (TN_LANGUAGE_SV, "7by/erfa/2027 has no date: why ever",
         "7by/erfa/2027 har inget datum: why ever");
}

static void
test_within (void)
{
  check (TN_LANGUAGE_NB, "a has no date: b has no date: c",
         "a har ingen dato: b har ingen dato: c");
}

static void
test_unknown (void)
{
  check (TN_LANGUAGE_DA, "nobody has marked this", "nobody has marked this");
  check (TN_LANGUAGE_DA, "", "");
  check (TN_LANGUAGE_DA, "100% of %s %", "100% of %s %");
}

static void
test_english (void)
{
  check (TN_LANGUAGE_EN, "x has no date: y", "x has no date: y");
}

/* Texts of people stand in sentences: a long one must not make anybody wait. */
static void
test_patience (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = 0; i < 700; i++)
    g_string_append (text, " has no date:");
  g_autofree char *told = tn_tell (TN_LANGUAGE_DA, text->str);
  g_assert_nonnull (told);
}

static void
test_codes (void)
{
  for (gsize i = 0; tn_codes[i] != NULL; i++)
    for (int language = 0; language < TN_LANGUAGE_EN; language++)
      g_assert_true (tn_say_code ((TnLanguage) language, tn_codes[i]) != tn_codes[i]);
  g_assert_cmpstr (tn_say_code (TN_LANGUAGE_DA, "needs login"), ==, "kræver login");
  g_assert_cmpstr (tn_say_code (TN_LANGUAGE_DA, "Odense"), ==, "Odense");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/telling/values-are-put-into-the-translation", test_values);
  g_test_add_func ("/model/telling/sentence-within-a-sentence-is-told-too", test_within);
  g_test_add_func ("/model/telling/what-has-no-form-stays", test_unknown);
  g_test_add_func ("/model/telling/english-stays", test_english);
  g_test_add_func ("/model/telling/long-texts-come-to-an-end", test_patience);
  g_test_add_func ("/model/telling/each-code-has-a-word", test_codes);
  return g_test_run ();
}
