/* Words of the trade. */
#include "model/words.h"

#include <string.h>

static const TnLanguage LANGUAGES[]
    = { TN_LANGUAGE_DA, TN_LANGUAGE_SV, TN_LANGUAGE_NB, TN_LANGUAGE_EN };

static void
test_all_there (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++)
    for (int word = 0; word < TN_N_WORDS; word++)
      {
        const char *text = tn_word (LANGUAGES[i], (TnWord) word);
        g_assert_nonnull (text);
        g_assert_true (*text != '\0' && g_utf8_validate (text, -1, NULL));
      }
}

/* They are used as formats: exactly one place, for the name of a council. */
static void
test_proposal (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++)
    {
      const char *text = tn_word (LANGUAGES[i], TN_WORD_PROPOSAL_WAITS);
      g_assert_nonnull (strstr (text, "%s"));
      g_assert_true (strchr (text, '%') == strrchr (text, '%'));
    }
  g_assert_cmpstr (tn_word (TN_LANGUAGE_DA, TN_WORD_PROPOSAL_WAITS), ==,
                   "Ændringsønske afventer %s");
}

static void
test_languages (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (LANGUAGES); i++)
    {
      TnLanguage back = TN_LANGUAGE_DA;
      g_assert_true (tn_language_from_string (tn_language_to_string (LANGUAGES[i]), &back));
      g_assert_cmpint (back, ==, LANGUAGES[i]);
    }
  TnLanguage unchanged = TN_LANGUAGE_NB;
  g_assert_false (tn_language_from_string ("fi", &unchanged));
  g_assert_cmpint (unchanged, ==, TN_LANGUAGE_NB);
}

static void
test_roles (void)
{
  g_assert_cmpstr (tn_word_for_role (TN_LANGUAGE_DA, "host"), ==, "Vært");
  g_assert_cmpstr (tn_word_for_role (TN_LANGUAGE_SV, "organiser"), ==, "Sammankallande");
  g_assert_cmpstr (tn_word_for_role (TN_LANGUAGE_NB, "venue"), ==, "Møtested");
  g_assert_cmpstr (tn_word_for_role (TN_LANGUAGE_EN, "secretariat"), ==, "Secretariat");
  g_assert_cmpstr (tn_word_for_role (TN_LANGUAGE_DA, "ordstyrer"), ==, "ordstyrer");
}

static void
test_cancelled (void)
{
  g_assert_cmpstr (tn_word_strip_cancelled ("AFLYST: Studietur 2027"), ==, "Studietur 2027");
  g_assert_cmpstr (tn_word_strip_cancelled ("aflyst studietur"), ==, "studietur");
  g_assert_cmpstr (tn_word_strip_cancelled ("INSTÄLLD - Temamöte"), ==, "Temamöte");
  g_assert_cmpstr (tn_word_strip_cancelled ("inställd: Temamöte"), ==, "Temamöte");
  g_assert_cmpstr (tn_word_strip_cancelled ("Avlyst"), ==, "");
  g_assert_cmpstr (tn_word_strip_cancelled ("CANCELLED: Trip"), ==, "Trip");
  g_assert_cmpstr (tn_word_strip_cancelled ("AFLYST – Studietur"), ==, "Studietur");
  /* Ä as A and two dots, as a Mac may write it. */
  g_assert_cmpstr (tn_word_strip_cancelled ("INSTA\xcc\x88LLD: Temamöte"), ==, "Temamöte");
}

static void
test_not_cancelled (void)
{
  g_assert_null (tn_word_strip_cancelled ("Studietur 2027"));
  g_assert_null (tn_word_strip_cancelled ("AFLYSTE møder: liste"));
  g_assert_null (tn_word_strip_cancelled ("Møde om AFLYST studietur"));
  g_assert_null (tn_word_strip_cancelled (""));
  g_assert_null (tn_word_strip_cancelled ("AFLYS"));
}

static void
test_days (void)
{
  static const char *const days[]
      = { "8. marts 2027", "8 mars 2027", "8. mars 2027", "8 March 2027" };
  static const char *const clocks[] = { "09.05", "09.05", "09.05", "09:05" };
  for (guint language = 0; language < G_N_ELEMENTS (days); language++)
    {
      g_autofree char *day = tn_word_format_day ((TnLanguage) language, tn_date_new (2027, 3, 8));
      g_autofree char *clock = tn_word_format_clock ((TnLanguage) language, 9 * 60 + 5);
      g_assert_cmpstr (day, ==, days[language]);
      g_assert_cmpstr (clock, ==, clocks[language]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/words/every-language-has-every-word", test_all_there);
  g_test_add_func ("/model/words/proposals-name-one-council", test_proposal);
  g_test_add_func ("/model/words/languages-are-read-back", test_languages);
  g_test_add_func ("/model/words/own-roles-keep-their-name", test_roles);
  g_test_add_func ("/model/words/cancelling-titles-are-known-in-each-language", test_cancelled);
  g_test_add_func ("/model/words/other-titles-cancel-nothing", test_not_cancelled);
  g_test_add_func ("/model/words/days-are-written-as-the-language-does", test_days);
  return g_test_run ();
}
