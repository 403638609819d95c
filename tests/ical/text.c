/* Escapes and folds: hazards 67 and 69. */
#include "ical/text.h"

#include "ical/lines.h"

#include <string.h>

static void
assert_escaped (const char *text, const char *expected)
{
  g_autofree char *value = tn_text_escape (text);
  g_assert_cmpstr (value, ==, expected);
  g_autofree char *back = tn_text_unescape (value);
  g_assert_cmpstr (back, ==, text);
}

static void
test_escapes (void)
{
  assert_escaped ("a\\b;c,d\ne:\"f\"", "a\\\\b\\;c\\,d\\ne:\"f\"");
  assert_escaped (" blanks at the ends ", " blanks at the ends ");
  assert_escaped ("\\n", "\\\\n");
  assert_escaped ("\\", "\\\\");
  assert_escaped ("", "");
  assert_escaped ("tab\there", "tab\there");
}

static void
test_tolerant (void)
{
  g_autofree char *text = tn_text_unescape ("a\\Nb\\xc;d,e\\");
  g_assert_cmpstr (text, ==, "a\nb\\xc;d,e\\");
}

static void
test_control (void)
{
  g_autofree char *value = tn_text_escape ("a\r\nb\rc\vd\x01"
                                           "e\x7f");
  g_assert_cmpstr (value, ==, "a\\nb\\nc\\nde");
}

static char *
dup_folded (const char *line)
{
  GString *folded = g_string_new (NULL);
  tn_text_append_folded (folded, line, "\r\n");
  return g_string_free (folded, FALSE);
}

static char *
dup_unfolded (const char *folded)
{
  g_auto (GStrv) parts = g_strsplit (folded, "\r\n ", -1);
  char *line = g_strjoinv ("", parts);
  line[strlen (line) - 2] = '\0';
  return line;
}

static void
assert_folds_well (const char *line)
{
  g_autofree char *folded = dup_folded (line);
  g_auto (GStrv) pieces = g_strsplit (folded, "\r\n", -1);
  for (gsize i = 0; pieces[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (pieces[i]), <=, 75);
      g_assert_true (g_utf8_validate (pieces[i], -1, NULL));
    }
  g_autofree char *unfolded = dup_unfolded (folded);
  g_assert_cmpstr (unfolded, ==, line);
}

/* Hazard 67: letters of 2, 3 and 4 bytes at each place where the fold can fall. */
static void
test_all_offsets (void)
{
  static const char *const letters[] = { "ø", "€", "🎄" };
  for (gsize l = 0; l < G_N_ELEMENTS (letters); l++)
    for (gsize offset = 0; offset < 152; offset++)
      {
        g_autoptr (GString) line = g_string_new (NULL);
        for (gsize i = 0; i < offset; i++)
          g_string_append_c (line, 'x');
        for (gsize i = 0; i < 60; i++)
          g_string_append (line, letters[l]);
        assert_folds_well (line->str);
      }
}

static void
test_exactly_75 (void)
{
  g_autofree char *line = g_strnfill (75, 'x');
  g_autofree char *folded = dup_folded (line);
  g_assert_cmpuint (strlen (folded), ==, 77);
  g_autofree char *longer = g_strnfill (76, 'x');
  g_autofree char *folded_longer = dup_folded (longer);
  g_assert_cmpuint (strlen (folded_longer), ==, 81);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/text/hazard-69-escapes-read-back", test_escapes);
  g_test_add_func ("/ical/text/hazard-69-unknown-escapes-stay", test_tolerant);
  g_test_add_func ("/ical/text/control-characters-are-not-written", test_control);
  g_test_add_func ("/ical/text/hazard-67-folds-between-letters-at-all-offsets", test_all_offsets);
  g_test_add_func ("/ical/text/hazard-67-folds-behind-75-octets", test_exactly_75);
  return g_test_run ();
}
