/* tests/wheel/caption.c — headings and states of a programme, in four languages */
#include "wheel/caption.h"

static void
test_all (void)
{
  for (guint caption = 0; caption < TN_N_CAPTIONS; caption++)
    for (guint language = TN_LANGUAGE_DA; language <= TN_LANGUAGE_EN; language++)
      {
        const char *text = tn_caption ((TnLanguage) language, (TnCaption) caption);
        g_assert_nonnull (text);
        g_assert_cmpint (text[0], !=, '\0');
        g_assert_true (g_utf8_validate (text, -1, NULL));
      }
}

static void
test_join (void)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *none = tn_caption_join (TN_LANGUAGE_SV, words);
  g_ptr_array_add (words, (gpointer) "a");
  g_autofree char *one = tn_caption_join (TN_LANGUAGE_SV, words);
  g_ptr_array_add (words, (gpointer) "b");
  g_ptr_array_add (words, (gpointer) "c");
  g_autofree char *three = tn_caption_join (TN_LANGUAGE_SV, words);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (one, ==, "a");
  g_assert_cmpstr (three, ==, "a, b och c");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wheel/caption/every-language-has-every-caption", test_all);
  g_test_add_func ("/wheel/caption/last-word-of-a-list-is-joined-by-and", test_join);
  return g_test_run ();
}
