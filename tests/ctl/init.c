/* tests/ctl/init.c — what turnusctl init writes, and that nothing is overwritten */
#include "program.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *folder;
  char *holidays;
} Place;

static void
set_up (Place *place, gconstpointer unused)
{
  place->folder = g_dir_make_tmp ("turnus-init-XXXXXX", NULL);
  place->holidays = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", NULL);
}

static void
tear_down (Place *place, gconstpointer unused)
{
  const char *const argv[] = { "rm", "-rf", place->folder, NULL };
  g_assert_true (g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                               NULL, NULL, NULL));
  g_free (place->folder);
  g_free (place->holidays);
}

static char *
read_file (const Place *place, const char *name)
{
  g_autofree char *path = g_build_filename (place->folder, name, NULL);
  char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static guint
find_mode (const Place *place, const char *name)
{
  g_autofree char *path = g_build_filename (place->folder, name, NULL);
  GStatBuf status;
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return status.st_mode & 0777;
}

/* What differs from machine to machine is not what is compared. */
static void
assert_golden (const Place *place, const char *name, const char *golden)
{
  g_autofree char *text = read_file (place, name);
  g_autofree char *plain = g_strstr_len (text, -1, place->holidays) != NULL
                               ? program_dup_changed (text, place->holidays, "HOLIDAYS")
                               : g_strdup (text);
  g_autofree char *path = g_build_filename ("tests", "golden", golden, NULL);
  g_autofree char *expected = program_dup_source (path);
  g_assert_cmpstr (plain, ==, expected);
}

static void
assert_checks (const Place *place)
{
  g_autofree char *config = g_build_filename (place->folder, "turnus.conf", NULL);
  g_autoptr (Run) check = program_run ("check", "--config", config, NULL);
  g_assert_cmpstr (check->err, ==, "");
  g_assert_cmpint (check->code, ==, 0);
  g_assert_null (strstr (check->out, "warning"));
}

static void
test_new_collaboration (Place *place, gconstpointer unused)
{
  g_autoptr (Run) run = program_run (
      "init", place->folder, "--holidays", place->holidays, "--collaboration", "4-by \"Øst\"",
      "--members", "Køge, Faxe,Stevns , Greve", "--council", "Køge", "--series",
      "trip, erfa, theme, meeting, report", "--language", "en", "--country", "dk", "--shared",
      "https://dav.example.org/4by/", "--user", "turnus", "--credential", "dav", NULL);

  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->code, ==, 0);
  assert_golden (place, "turnus.conf", "init-settings.conf");
  assert_golden (place, "charters/4-by-ost.conf", "init-charter.conf");
  assert_checks (place);
  g_assert_cmpuint (find_mode (place, "turnus.conf"), ==, 0644);
  g_assert_nonnull (strstr (run->out, "  3. start the daemon"));
}

static void
test_each_language (Place *place, gconstpointer unused)
{
  static const char *const languages[] = { "da", "sv", "nb", "en" };
  for (gsize i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *folder = g_build_filename (place->folder, languages[i], NULL);
      g_autofree char *config = g_build_filename (folder, "turnus.conf", NULL);
      g_autoptr (Run) run
          = program_run ("init", folder, "--holidays", place->holidays, "--collaboration", "Both",
                         "--members", "Lund, Eslöv", "--council", "eslov", "--language",
                         languages[i], "--series", "report,meeting,theme,erfa", NULL);
      g_autoptr (Run) check = program_run ("check", "--config", config, NULL);
      g_assert_cmpint (run->code, ==, 0);
      g_assert_cmpstr (check->err, ==, "");
      g_assert_null (strstr (check->out, "warning"));
    }
}

static void
test_charter_that_there_is (Place *place, gconstpointer unused)
{
  g_autofree char *charter
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", "7by.conf", NULL);
  g_autofree char *original = program_dup_source ("conf/charters/7by.conf");

  g_autoptr (Run) run
      = program_run ("init", place->folder, "--holidays", place->holidays, "--charter", charter,
                     "--council", "Esbjerg", "--mode", "observe", "--json", NULL);

  g_autofree char *copy = read_file (place, "charters/7by.conf");
  g_autofree char *settings = read_file (place, "turnus.conf");
  g_assert_cmpint (run->code, ==, 0);
  g_assert_nonnull (run->answer);
  g_assert_cmpstr (copy, ==, original);
  g_assert_nonnull (strstr (settings, "council = \"esbjerg\";"));
  g_assert_nonnull (strstr (settings, "mode = \"observe\";"));
  assert_checks (place);
}

static void
test_nothing_is_overwritten (Place *place, gconstpointer unused)
{
  g_autofree char *charter
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", "7by.conf", NULL);
  g_autofree char *mine = program_write (place->folder, "turnus.conf", "mine\n");

  g_autoptr (Run) run
      = program_run ("init", place->folder, "--charter", charter, "--council", "odense", NULL);

  g_autofree char *kept = read_file (place, "turnus.conf");
  g_autofree char *folder = g_build_filename (place->folder, "charters", NULL);
  g_assert_cmpint (run->code, ==, 1);
  g_assert_nonnull (strstr (run->err, "is there already"));
  g_assert_cmpstr (kept, ==, "mine\n");
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
assert_refused (const Place *place, const char *option, const char *value, const char *because)
{
  g_autofree char *config = g_build_filename (place->folder, "turnus.conf", NULL);
  g_autoptr (Run) run = program_run ("init", place->folder, "--holidays", place->holidays,
                                     "--collaboration", "Both", option, value, NULL);
  g_test_message ("%s %s: %s", option, value, run->err);
  g_assert_cmpint (run->code, ==, 2);
  g_assert_nonnull (strstr (run->err, because));
  g_assert_false (g_file_test (config, G_FILE_TEST_EXISTS));
}

static void
test_refusals (Place *place, gconstpointer unused)
{
  assert_refused (place, "--members", "Lund, Lund", "each once");
  assert_refused (place, "--members", "Lund", "two councils at least");
  assert_refused (place, "--members", "Lund, \x1b[2J", "expected names");
  assert_refused (place, "--series", "party", "expected some of trip, erfa");
  assert_refused (place, "--language", "de", "expected da, sv, nb or en");
  assert_refused (place, "--country", "de", "expected dk, se, no or none");
  assert_refused (place, "--calendar", "ftp://x/", "expected `file`, or an address");
  assert_refused (place, "--calendar", "https://me:pw@x/", "no user name in it");
  assert_refused (place, "--mode", "always", "expected observe, ask or write");
  assert_refused (place, "--council", "Lund", "expected one of");
}

static void
test_no_terminal (Place *place, gconstpointer unused)
{
  g_autoptr (Run) run
      = program_run ("init", place->folder, "--calendar", "https://dav.example.org/", NULL);

  g_assert_cmpint (run->code, ==, 2);
  g_assert_nonnull (strstr (run->err, "there is no terminal to ask at: say --collaboration, "
                                      "--members"));
}

#define ADD(name, test) g_test_add ("/ctl/init/" name, Place, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-new-collaboration-is-written-as-agreed", test_new_collaboration);
  ADD ("check-accepts-it-in-each-language", test_each_language);
  ADD ("a-charter-that-there-is-is-copied", test_charter_that_there_is);
  ADD ("nothing-is-overwritten", test_nothing_is_overwritten);
  ADD ("an-answer-that-cannot-be-used-is-refused", test_refusals);
  ADD ("without-a-terminal-it-names-the-options", test_no_terminal);
  return g_test_run ();
}
