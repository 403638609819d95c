/* The pages that people print and approve, of the charter that is shipped, letter by letter.
 *
 * They are made anew, and read before they are committed, with --today 2026-11-22 and
 *   turnusctl programme --charter conf/charters/7by.conf --year 2027 --format FORMAT
 *   turnusctl check --prose --charter conf/charters/7by.conf */
#include "../ctl/program.h"

#include <string.h>

static Run *
ask_programme (const char *format)
{
  g_autofree char *charter
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", "7by.conf", NULL);
  return program_run ("programme", "--charter", charter, "--year", "2027", "--format", format,
                      NULL);
}

static void
assert_golden (const Run *run, const char *name)
{
  g_autofree char *path = g_build_filename ("tests", "golden", name, NULL);
  g_autofree char *expected = program_dup_source (path);
  g_assert_cmpint (run->code, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpstr (run->out, ==, expected);
}

static void
test_programme_text (void)
{
  g_autoptr (Run) run = ask_programme ("text");
  g_auto (GStrv) lines = g_strsplit (run->out, "\n", -1);

  assert_golden (run, "seven-cities-2027.txt");
  g_assert_cmpuint (g_strv_length (lines), <=, 66); /* of A4 with a typewriter's letters */
  for (gsize i = 0; lines[i] != NULL; i++)
    g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, 80);
}

static void
test_programme_html (void)
{
  g_autoptr (Run) run = ask_programme ("html");
  assert_golden (run, "seven-cities-2027.html");
}

static void
test_programme_csv (void)
{
  g_autoptr (Run) run = ask_programme ("csv");
  assert_golden (run, "seven-cities-2027.csv");
}

static void
test_prose (void)
{
  g_autofree char *charter
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", "7by.conf", NULL);
  g_autoptr (Run) run = program_run ("check", "--prose", "--charter", charter, NULL);
  assert_golden (run, "seven-cities-prose.txt");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/golden/seven-cities-pages/programme-is-one-page-of-text", test_programme_text);
  g_test_add_func ("/golden/seven-cities-pages/programme-as-html", test_programme_html);
  g_test_add_func ("/golden/seven-cities-pages/programme-as-csv", test_programme_csv);
  g_test_add_func ("/golden/seven-cities-pages/charter-in-plain-sentences", test_prose);
  return g_test_run ();
}
