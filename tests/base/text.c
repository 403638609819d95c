/* Tests of daemon/base/text.c. */
#include "base/text.h"

static void
test_set (void)
{
  g_autofree char *text = NULL;

  g_assert_true (tn_text_set (&text, "Odense"));
  g_assert_false (tn_text_set (&text, "Odense"));
  g_assert_true (tn_text_set (&text, text + 2)); /* a part of itself */
  g_assert_cmpstr (text, ==, "ense");
  g_assert_true (tn_text_set (&text, NULL));
  g_assert_null (text);
}

static void
test_find (void)
{
  static const char *const words[] = { "trip", "erfa", "theme" };
  guint index = 7;

  g_assert_false (tn_text_find (words, G_N_ELEMENTS (words), "Trip", &index));
  g_assert_cmpuint (index, ==, 7);
  g_assert_true (tn_text_find (words, G_N_ELEMENTS (words), "theme", &index));
  g_assert_cmpuint (index, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/text/a-text-takes-a-part-of-itself", test_set);
  g_test_add_func ("/base/text/a-word-is-found-as-it-is-written", test_find);
  return g_test_run ();
}
