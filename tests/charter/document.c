/* tests/charter/document.c — a text as libconfig's tree */
#include "charter/document.h"

#include <string.h>

#include "base/error.h"

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
test_overflow (void)
{
  assert_said ("holidays = { days = (\n { easter = 4294967296; } ); };",
               "/etc/f.conf:2: number 4294967296 is out of range");
}

/* libconfig alone calls this a syntax error. */
static void
test_last_comment (void)
{
  g_autofree char *said
      = dup_said ("holidays = { id = \"dk\"; name = \"D\"; }; // end", "holiday-file");
  g_assert_cmpstr (said, ==, "");
}

static void
test_mark (void)
{
  assert_said ("\xef\xbb\xbfholidays = { };", "/etc/f.conf:1: begins with a byte order mark");
}

static void
test_bytes (void)
{
  g_autofree char *longest = g_strnfill (TN_SOURCE_MAX_BYTES + 1, ' ');
  assert_said ("holidays = \"\xff\";", "/etc/f.conf: not UTF-8");
  assert_said (longest, "/etc/f.conf: larger than 64 KiB");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/document/a-number-too-large-is-out-of-range", test_overflow);
  g_test_add_func ("/charter/document/a-comment-may-be-the-end", test_last_comment);
  g_test_add_func ("/charter/document/a-byte-order-mark-is-named", test_mark);
  g_test_add_func ("/charter/document/texts-from-elsewhere-are-checked-too", test_bytes);
  return g_test_run ();
}
