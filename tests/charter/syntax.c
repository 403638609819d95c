/* tests/charter/syntax.c — whether libconfig can read a text, and why not */
#include "charter/syntax.h"

#include <string.h>

/* What is said of @text; "" when it is fit. */
static char *
dup_said (const char *text)
{
  g_autoptr (TnProblems) problems = tn_problems_new ();
  g_autoptr (GError) error = NULL;
  gboolean is_fit = tn_syntax_check (text, "f", problems);
  gboolean is_right = tn_problems_to_error (problems, &error);
  g_assert_true (is_fit || !is_right);
  return g_strdup (is_right ? "" : error->message);
}

#define assert_said(text, wanted)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *said = dup_said (text);                                                       \
    if (!g_str_has_prefix (said, wanted) || (*wanted == '\0') != (*said == '\0'))                  \
      g_test_fail_printf ("%s:%d: expected '%s', got '%s'", __FILE__, __LINE__, wanted, said);     \
  }                                                                                                \
  G_STMT_END

static void
test_right (void)
{
  assert_said ("", "");
  assert_said ("# only\n// comments\n/* here\n */", "");
  assert_said ("a = 1; b : \"x\" \"y\", c = ( 1, \"x\", { d = TRUE; } ) e = [ ]; f = ( );", "");
  assert_said ("a = -5; b = +7; c = 0x1F; d = 5L; e = 1.5; g = .5; h = 2147483647;", "");
  assert_said ("a = { b = 1; }; c = { b = 2; };", "");
  assert_said ("a = ( { b = 1; }, { b = 2; } );", "");
}

static void
test_includes (void)
{
  assert_said ("a = 1;\n@include \"x\"\n", "f:2: unexpected '@', expected all of a file in one");
  assert_said ("a = \"@include\"; # @include \"x\"\n/*\n@include \"y\"\n*/", "");
}

static void
test_duplicates (void)
{
  assert_said ("a = 1;\nb = { a = 2; };\na = 3;\nb = 4;",
               "f:3: key 'a' stands twice, expected it once; the first is in line 1\n"
               "f:4: key 'b' stands twice");
}

static void
test_numbers (void)
{
  assert_said ("a = 3000000000;", "f:1: number 3000000000 is out of range");
  assert_said ("a = 4294967297;", "f:1: number 4294967297 is out of range");
  assert_said ("a = 99999999999999999999L;", "f:1: number 99999999999999999999L is out of range");
  assert_said ("a = 0xFFFFFFFF;", "f:1: number 0xFFFFFFFF is out of range");
  assert_said ("a = 12kg;", "f:1: unexpected '12kg', expected a number of digits");
  assert_said ("a = 2027-05-18;", "f:1: unexpected '2027-05-18', expected a number of digits");
}

static void
test_slips (void)
{
  assert_said ("a = ( 1, 2, );", "f:1: unexpected ')', expected no comma after the last");
  assert_said ("a = [ 1, \"x\" ];", "f:1: unexpected '\"x\"', expected values of one kind");
  assert_said ("a = yes;", "f:1: unexpected 'yes', expected a value: a text in quotes");
  assert_said ("a = 'x';", "f:1: unexpected ''', expected texts in double quotes");
  assert_said ("år = 1;", "f:1: unexpected 'år', expected a key of the letters a-z");
  assert_said ("a = 1;;", "f:1: unexpected ';', expected a key");
  assert_said ("a 1;", "f:1: unexpected '1', expected '='");
  assert_said ("a = { b = 1;\n", "f:2: unexpected end of the file, expected '}'");
  assert_said ("a = ( 1\n", "f:2: unexpected end of the file, expected ',' or ')'");
  assert_said ("a = 1; }", "f:1: unexpected '}', expected a key");
  assert_said ("a = \\;", "f:1: unexpected '\\'");
}

static void
test_endless (void)
{
  assert_said ("a = 1;\n/* b\n", "f:2: unexpected '/* b', expected an end '*/' to the comment");
  assert_said ("a = 1;\nb = \"x;\n", "f:2: unexpected '\"x;', expected a closing quote");
  assert_said (
      "a = \"x;\nb = \"y\";\n",
      "f:2: unexpected '\";', expected a closing quote '\"' to the text that begins here; the text "
      "that begins in line 1 goes on over several lines: is its closing quote missing?");
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new ("a = ");
  for (guint i = 0; i < 20000; i++)
    g_string_append_c (text, '(');
  assert_said (text->str, "f:1: unexpected '(', expected no text to nest so deep");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/syntax/what-libconfig-reads-passes", test_right);
  g_test_add_func ("/charter/syntax/includes-are-refused-with-their-line", test_includes);
  g_test_add_func ("/charter/syntax/a-key-that-stands-twice-is-named", test_duplicates);
  g_test_add_func ("/charter/syntax/numbers-that-libconfig-cannot-hold-are-told", test_numbers);
  g_test_add_func ("/charter/syntax/a-slip-is-told-with-what-was-expected", test_slips);
  g_test_add_func ("/charter/syntax/texts-and-comments-need-an-end", test_endless);
  g_test_add_func ("/charter/syntax/depth-has-a-limit", test_depth);
  return g_test_run ();
}
