/* Wheels, programmes, agendas and hosts of the charters that are shipped, of an empty year, of
 * sixty meetings and of names of forty letters, letter by letter. tests/golden/draw.sh makes them
 * anew. */
#include "../ctl/program.h"

/* A charter, and what of it is shown. */
typedef struct
{
  const char *test;
  const char *name; /* of the golden files */
  const char *charter;
  const char *year;
  const char *collaboration; /* (nullable) */
} Case;

static const Case CASES[] = {
  { "/golden/wheels/seven-cities", "7by", "conf/charters/7by.conf", "2027", "7by" },
  { "/golden/wheels/six-cities", "6by", "conf/charters/6by.conf", "2027", "6by" },
  { "/golden/wheels/familjen-helsingborg", "familjen", "conf/charters/familjen-helsingborg.conf",
    "2027", "familjen-helsingborg" },
  { "/golden/wheels/kkr", "kkr", "conf/charters/kkr.conf", "2027", "kkr-syddanmark" },
  { "/golden/wheels/ks", "ks", "conf/charters/ks-aldersvennlige.conf", "2019",
    "ks-aldersvennlige" },
  { "/golden/wheels/empty-year", "empty", "conf/charters/7by.conf", "2010", "7by" },
  { "/golden/wheels/sixty-meetings", "sixty", "tests/golden/sixty.conf", "2027", "tres" },
  { "/golden/wheels/forty-letters", "forty-letters", "tests/golden/forty-letters.conf", "2027",
    "lange" },
};

static void
assert_golden (const Case *wanted, const char *kind, const char *ending, const char *command,
               const char *option)
{
  const char *source = g_getenv ("TURNUS_SOURCE");
  g_autofree char *file = g_strdup_printf ("%s-%s.%s", kind, wanted->name, ending);
  g_autofree char *path = g_build_filename ("tests", "golden", file, NULL);
  g_autofree char *expected = program_dup_source (path);
  g_autofree char *charter = g_build_filename (source, wanted->charter, NULL);
  g_autofree char *holidays = g_build_filename (source, "conf", "holidays", NULL);
  g_autoptr (Run) run = program_run (command, "--charter", charter, "--holidays", holidays,
                                     "--year", wanted->year, "--today", "2026-11-22",
                                     "--collaboration", wanted->collaboration, option, NULL);

  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->code, ==, 0);
  g_assert_cmpstr (run->out, ==, expected);
}

static void
test_case (gconstpointer user_data)
{
  assert_golden (user_data, "wheel", "svg", "wheel", NULL);
  assert_golden (user_data, "programme", "txt", "programme", NULL);
  assert_golden (user_data, "agenda", "txt", "programme", "--agenda");
  assert_golden (user_data, "hosts", "txt", "programme", "--hosts");
}

static void
test_page (void)
{
  assert_golden (&CASES[0], "wheel", "html", "wheel", "--html");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    g_test_add_data_func (CASES[i].test, &CASES[i], test_case);
  g_test_add_func ("/golden/wheels/page-of-the-seven-cities", test_page);
  return g_test_run ();
}
