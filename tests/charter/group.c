/* tests/charter/group.c — a group of keys, held against the table and read by type */
#include "charter/group.h"

#include <string.h>

#include "base/error.h"
#include "charter/document.h"

/* What is said of @text as a file of @kind. */
static char *
dup_said (const char *text, const char *kind)
{
  g_autoptr (TnProblems) problems = tn_problems_new ();
  g_autoptr (TnSourceFile) source = tn_source_file_new ("/etc/f.conf", text);
  g_autoptr (TnDocument) document = tn_document_open (source, problems);
  g_autoptr (GError) error = NULL;
  if (document != NULL)
    tn_group_check (tn_document_get_root (document, kind));
  return g_strdup (tn_problems_to_error (problems, &error) ? "" : error->message);
}

static void
assert_said (const char *text, const char *wanted)
{
  g_autofree char *said = dup_said (text, "holiday-file");
  if (strstr (said, wanted) == NULL)
    g_test_fail_printf ("'%s' is not in '%s'", wanted, said);
}

static void
test_unknown (void)
{
  assert_said ("holiday = { };", "/etc/f.conf:1: unknown key 'holiday', expected 'holidays'?");
  assert_said ("holidays = {\n id = \"dk\"; name = \"D\";\n zzzzzzzz = 1; };",
               "/etc/f.conf:3: unknown key 'zzzzzzzz', expected one of: id, name, checked, days");
}

static void
test_missing (void)
{
  assert_said ("", "/etc/f.conf:1: key 'holidays' is missing, expected here: the days of one");
  assert_said ("\nholidays = { id = \"dk\"; };", "/etc/f.conf:2: key 'name' is missing");
}

static void
test_types (void)
{
  assert_said ("holidays = 1;", "holidays is a number, expected a group of keys in { }");
  assert_said ("holidays = { id = 1; };", "id is a number, expected at most 40");
  assert_said ("holidays = { days = { }; };", "days is a group, expected a list of groups");
  assert_said ("holidays = { days = ( 1 ); };", "days is a number, expected a list of a group");
  assert_said ("holidays = { days = ( { easter = \"1\"; } ); };",
               "easter is a text in quotes, expected a number from -200 to 250");
  assert_said ("holidays = { days = ( { easter = 251; } ); };", "easter = 251 is out of range");
  assert_said ("holidays = { days = ( { easter = 5.0; } ); };",
               "easter is a number with a point, expected a number");
  assert_said ("holidays = { days = ( { easter = 5L; } ); };", "");
}

static void
test_one_without_brackets (void)
{
  g_autoptr (TnProblems) problems = tn_problems_new ();
  g_autoptr (TnSourceFile) source = tn_source_file_new (
      "f.conf", "collaboration = { holidays = \"dk\"; councils = ( { was = [ \"a\", \"b\" ]; } ); "
                "};");
  g_autoptr (TnDocument) document = tn_document_open (source, problems);
  TnGroup charter = tn_group_enter (tn_document_get_root (document, "charter"), "collaboration");
  g_auto (GStrv) one = NULL;
  g_auto (GStrv) two = NULL;

  TnReading reading = tn_group_read_texts (charter, "holidays", &one);
  tn_group_read_texts (tn_group_at (charter, "councils", 0), "was", &two);

  g_assert_cmpint (reading, ==, TN_READING_GIVEN);
  g_assert_cmpuint (g_strv_length (one), ==, 1);
  g_assert_cmpuint (g_strv_length (two), ==, 2);
}

static void
test_readings (void)
{
  g_autoptr (TnProblems) problems = tn_problems_new ();
  g_autoptr (TnSourceFile) source = tn_source_file_new (
      "f.conf",
      "collaboration = { series = ( { length = \"2 days\"; }, { length = 2; }, { } ); };");
  g_autoptr (TnDocument) document = tn_document_open (source, problems);
  TnGroup charter = tn_group_enter (tn_document_get_root (document, "charter"), "collaboration");
  TnValue given = { 0 };
  TnValue wrong = { 0 };
  TnValue absent = { 0 };

  g_assert_cmpint (tn_group_read (tn_group_at (charter, "series", 0), "length", &given), ==,
                   TN_READING_GIVEN);
  g_assert_cmpint (tn_group_read (tn_group_at (charter, "series", 1), "length", &wrong), ==,
                   TN_READING_WRONG);
  g_assert_cmpint (tn_group_read (tn_group_at (charter, "series", 2), "length", &absent), ==,
                   TN_READING_ABSENT);
  g_assert_cmpint (given.number, ==, 2);
  g_assert_cmpint (wrong.number, ==, 1);
  g_assert_cmpint (absent.number, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/group/an-unknown-key-is-told-with-the-nearest", test_unknown);
  g_test_add_func ("/charter/group/a-missing-key-is-told-with-its-meaning", test_missing);
  g_test_add_func ("/charter/group/a-wrong-type-is-told-with-the-right-one", test_types);
  g_test_add_func ("/charter/group/one-value-needs-no-brackets", test_one_without_brackets);
  g_test_add_func ("/charter/group/a-reading-is-absent-given-or-wrong", test_readings);
  return g_test_run ();
}
