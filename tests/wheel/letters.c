/* tests/wheel/letters.c — how much room a text takes */
#include "wheel/letters.h"

#include <string.h>

static void
test_measure (void)
{
  double narrow = tn_letters_measure ("iii", 10, FALSE);
  double wide = tn_letters_measure ("WWW", 10, FALSE);
  g_assert_cmpfloat (narrow, <, wide / 2);
  g_assert_cmpfloat (tn_letters_measure ("Ål", 10, FALSE), ==,
                     tn_letters_measure ("Al", 10, FALSE));
  g_assert_cmpfloat (tn_letters_measure ("Aa", 10, FALSE), <, tn_letters_measure ("Aa", 10, TRUE));
  g_assert_cmpfloat (tn_letters_measure ("Aa", 20, FALSE), ==,
                     2 * tn_letters_measure ("Aa", 10, FALSE));
}

static void
test_fit (void)
{
  g_autofree char *whole = tn_letters_fit ("Aarhus", 10, FALSE, 100);
  g_autofree char *cut = tn_letters_fit ("Aarhus og Odense", 10, FALSE, 60);
  g_assert_cmpstr (whole, ==, "Aarhus");
  g_assert_true (g_str_has_prefix (cut, "Aarhus"));
  g_assert_true (g_str_has_suffix (cut, "\342\200\246"));
  g_assert_cmpfloat (tn_letters_measure (cut, 10, FALSE), <=, 60);
}

static void
test_wrap (void)
{
  g_autoptr (GPtrArray) lines = tn_letters_wrap ("et to tre fire fem", 10, FALSE, 50, 2);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (lines, 0), ==, "et to tre");
  g_assert_true (g_str_has_prefix (g_ptr_array_index (lines, 1), "fire"));
}

/* A word without a blank is cut, and nothing is an empty list. */
static void
test_ends (void)
{
  g_autoptr (GPtrArray) word
      = tn_letters_wrap ("Speciallægepraksisplanlægningsudvalg", 10, FALSE, 50, 3);
  g_autoptr (GPtrArray) nothing = tn_letters_wrap ("", 10, FALSE, 50, 3);
  g_assert_cmpuint (word->len, ==, 1);
  g_assert_cmpfloat (tn_letters_measure (g_ptr_array_index (word, 0), 10, FALSE), <=, 50);
  g_assert_cmpuint (nothing->len, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/wheel/letters/letters-have-their-own-widths", test_measure);
  g_test_add_func ("/wheel/letters/long-text-is-cut-with-an-ellipsis", test_fit);
  g_test_add_func ("/wheel/letters/text-goes-on-in-the-next-line", test_wrap);
  g_test_add_func ("/wheel/letters/long-word-is-cut", test_ends);
  return g_test_run ();
}
