/* tests/base/paragraph.c — running text on lines of a set width */
#include "base/paragraph.h"

static void
test_wrap (void)
{
  g_autoptr (GPtrArray) lines = tn_paragraph_wrap ("København og Ærø", 9);
  g_assert_cmpuint (lines->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (lines, 0), ==, "København");
  g_assert_cmpstr (g_ptr_array_index (lines, 1), ==, "og Ærø");
}

static void
test_long_word (void)
{
  g_autoptr (GPtrArray) lines = tn_paragraph_wrap ("a åååååååå", 3);
  g_assert_cmpuint (lines->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (lines, 0), ==, "a");
  g_assert_cmpstr (g_ptr_array_index (lines, 1), ==, "ååå");
  g_assert_cmpstr (g_ptr_array_index (lines, 3), ==, "åå");
}

static void
test_clean (void)
{
  g_autofree char *text = tn_paragraph_clean (" a\tb\r\n\033[31mc\302\205 ");
  g_assert_cmpstr (text, ==, "a b [31mc");
}

static void
test_append (void)
{
  g_autoptr (GString) page = g_string_new (NULL);
  tn_paragraph_append (page, "- ", "  ", "en to tre fire", 9);
  g_assert_cmpstr (page->str, ==, "- en to\n  tre\n  fire\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/paragraph/letters-count-and-not-bytes", test_wrap);
  g_test_add_func ("/base/paragraph/word-wider-than-a-line-is-cut", test_long_word);
  g_test_add_func ("/base/paragraph/control-characters-reach-no-terminal", test_clean);
  g_test_add_func ("/base/paragraph/further-lines-are-indented", test_append);
  return g_test_run ();
}
