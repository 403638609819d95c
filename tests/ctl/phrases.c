/* tests/ctl/phrases.c — what turnusctl says, in four languages */
#include "ctl/phrases.h"

#include <string.h>

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* `{name} {Lead}` gives `lead name`: order and capitals are the language's own. */
static char *
dup_slots (const char *phrase)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\{([A-Za-z]+)\\}", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GPtrArray) slots = g_ptr_array_new_with_free_func (g_free);
  for (g_regex_match (regex, phrase, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *slot = g_match_info_fetch (match, 1);
      g_ptr_array_add (slots, g_ascii_strdown (slot, -1));
    }
  g_ptr_array_sort (slots, compare_texts);
  g_ptr_array_add (slots, NULL);
  return g_strjoinv (" ", (char **) slots->pdata);
}

static void
test_slots (void)
{
  for (guint phrase = 0; phrase < TN_N_PHRASES; phrase++)
    {
      g_autofree char *expected = dup_slots (tn_phrase (TN_LANGUAGE_DA, (TnPhrase) phrase));
      for (guint language = TN_LANGUAGE_DA; language <= TN_LANGUAGE_EN; language++)
        {
          const char *text = tn_phrase ((TnLanguage) language, (TnPhrase) phrase);
          g_assert_nonnull (text);
          g_assert_cmpint (text[0], !=, '\0');
          g_assert_true (g_utf8_validate (text, -1, NULL));
          g_autofree char *slots = dup_slots (text);
          g_assert_cmpstr (slots, ==, expected);
        }
    }
}

static void
test_fill (void)
{
  g_autofree char *danish
      = tn_phrase_fill (TN_LANGUAGE_DA, TN_PHRASE_FROM_TO, "from", "a", "to", "b", NULL);
  g_autofree char *capital = tn_phrase_fill (TN_LANGUAGE_EN, TN_PHRASE_MILESTONE, "lead", "øre",
                                             "title", "{who}", "who", "all", NULL);
  g_assert_cmpstr (danish, ==, "a til b");
  g_assert_cmpstr (capital, ==, "Øre “{who}” is due, and the duty lies with all.");
}

static void
test_join (void)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *none = tn_phrase_join (TN_LANGUAGE_SV, TN_PHRASE_AND, words);
  g_ptr_array_add (words, (gpointer) "a");
  g_autofree char *one = tn_phrase_join (TN_LANGUAGE_SV, TN_PHRASE_AND, words);
  g_ptr_array_add (words, (gpointer) "b");
  g_ptr_array_add (words, (gpointer) "c");
  g_autofree char *three = tn_phrase_join (TN_LANGUAGE_SV, TN_PHRASE_AND, words);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (one, ==, "a");
  g_assert_cmpstr (three, ==, "a, b och c");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/phrases/every-language-has-every-phrase-with-its-slots", test_slots);
  g_test_add_func ("/ctl/phrases/values-are-not-looked-into-for-slots", test_fill);
  g_test_add_func ("/ctl/phrases/last-word-of-a-list-is-joined-by-and", test_join);
  return g_test_run ();
}
