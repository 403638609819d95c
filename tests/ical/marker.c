/* The line that parts a description. */
#include "ical/marker.h"

static void
assert_split (const char *description, const char *text, const char *note)
{
  g_autofree char *got_text = NULL;
  g_autofree char *got_note = NULL;
  tn_marker_split (description, &got_text, &got_note);
  g_assert_cmpstr (got_text, ==, text);
  g_assert_cmpstr (got_note, ==, note);
}

static void
test_splits (void)
{
  assert_split ("", "", "");
  assert_split ("all mine", "all mine", "");
  assert_split ("mine\n\n--- turnus ---\nours", "mine", "ours");
  assert_split ("--- turnus ---\nours\nmore", "", "ours\nmore");
  assert_split ("mine\n--- turnus ---", "mine", "");
  assert_split ("mine\n  --- turnus --- \r\nours", "mine", "ours");
  assert_split ("I wrote --- turnus --- here", "I wrote --- turnus --- here", "");
  assert_split ("a\n--- turnus ---\nb\n--- turnus ---\nc", "a", "b\n--- turnus ---\nc");
  assert_split ("a\n\n\n--- turnus ---\nb", "a\n", "b");
}

static void
assert_joined (const char *text, const char *note)
{
  g_autofree char *description = tn_marker_join (text, note);
  assert_split (description, text, note);
}

static void
test_joins (void)
{
  assert_joined ("", "");
  assert_joined ("mine", "");
  assert_joined ("", "ours");
  assert_joined ("mine", "ours");
  assert_joined ("mine\n", "\nours\n");
  assert_joined ("\n", "ours");
  assert_joined (" mine ", " ours ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/marker/person-above-us-below", test_splits);
  g_test_add_func ("/ical/marker/joined-texts-split-again", test_joins);
  return g_test_run ();
}
