/* tests/ctl/wheel.c — a year as a wheel, asked of the real program */
#include "program.h"

#include <glib/gstdio.h>
#include <string.h>

static Run *
ask (const char *charter, const char *option, const char *value)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", charter, NULL);
  return program_run ("wheel", "--charter", path, "--today", "2027-02-22", option, value, NULL);
}

static void
test_svg (void)
{
  g_autoptr (Run) run = ask ("7by.conf", "--year", "2027");
  g_assert_cmpint (run->code, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_true (g_str_has_prefix (run->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "));
  g_assert_nonnull (strstr (run->out, ">Vinterferie</title>"));
  g_assert_nonnull (strstr (run->out, ">Studietur 2027: Esbjerg</text>"));
  g_assert_nonnull (strstr (run->out, "#8a1f11")); /* today's hand */
  g_assert_null (strstr (run->out, "<a "));
}

static void
test_other_year (void)
{
  g_autoptr (Run) run = ask ("7by.conf", "--year", "2028");
  g_assert_cmpint (run->code, ==, 0);
  g_assert_null (strstr (run->out, "#8a1f11"));
}

static void
test_page (void)
{
  static const char *const foreign[] = { "src=", "href=", "url(http", "@import", "<script" };
  g_autoptr (Run) run = ask ("kkr.conf", "--html", NULL);
  g_auto (GStrv) wheels = g_strsplit (run->out, "<svg ", -1);

  g_assert_cmpint (run->code, ==, 0);
  g_assert_cmpuint (g_strv_length (wheels), ==, 1 + 5); /* one for each region */
  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    g_assert_null (strstr (run->out, foreign[i]));
  g_assert_nonnull (strstr (run->out, "<h2>Møder og ture</h2>"));
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("turnus-ctl-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "wheel.svg", NULL);
  g_autofree char *text = NULL;
  g_autoptr (Run) run = ask ("7by.conf", "--output", path);
  g_autoptr (Run) shown = ask ("7by.conf", NULL, NULL);

  g_assert_cmpint (run->code, ==, 0);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, shown->out);
  g_unlink (path);
  g_rmdir (folder);
}

static void
assert_refused (const char *charter, const char *option, const char *value, const char *expected)
{
  g_autoptr (Run) run = ask (charter, option, value);
  g_assert_cmpint (run->code, ==, 2);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_nonnull (strstr (run->err, expected));
}

static void
test_bad_input (void)
{
  assert_refused ("kkr.conf", NULL, NULL, "there are 5 collaborations: say which by");
  assert_refused ("7by.conf", "--year", "12", "--year 12 is no year from 1900 to 9900");
  assert_refused ("7by.conf", "--collaboration", "8by", "8by");
  assert_refused ("7by.conf", "--json", NULL, "programme --json has the same dates");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/wheel/is-a-picture-without-links", test_svg);
  g_test_add_func ("/ctl/wheel/hand-is-in-its-own-year-only", test_other_year);
  g_test_add_func ("/ctl/wheel/page-has-all-wheels-and-their-dates", test_page);
  g_test_add_func ("/ctl/wheel/goes-into-a-file", test_file);
  g_test_add_func ("/ctl/wheel/bad-input-is-told", test_bad_input);
  return g_test_run ();
}
