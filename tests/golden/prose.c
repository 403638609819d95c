/* Charters that are shipped, told back in plain sentences, letter by letter.
 *
 * The pages are made anew, and read before they are committed, with
 *   turnusctl check --prose --charter conf/charters/NAME.conf */
#include "../ctl/program.h"

static void
test_prose (gconstpointer data)
{
  const char *name = data;
  g_autofree char *file = g_strdup_printf ("%s.conf", name);
  g_autofree char *charter
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", file, NULL);
  g_autofree char *page = g_strdup_printf ("%s-prose.txt", name);
  g_autofree char *path = g_build_filename ("tests", "golden", page, NULL);
  g_autofree char *expected = program_dup_source (path);

  g_autoptr (Run) run = program_run ("check", "--prose", "--charter", charter, NULL);

  g_assert_cmpint (run->code, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpstr (run->out, ==, expected);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/golden/prose/several-a-year-and-a-shared-secretariat", "6by", test_prose);
  g_test_add_data_func ("/golden/prose/fourth-friday-of-the-month", "familjen-helsingborg",
                        test_prose);
  g_test_add_data_func ("/golden/prose/sites-seats-and-homework", "ks-aldersvennlige", test_prose);
  return g_test_run ();
}
