/* tests/ctl/completion.c — how an unfinished command line may go on */
#include "ctl/completion.h"
#include "ctl/commands.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
complete (const char *const *line)
{
  FILE *file = tmpfile ();
  tn_completion_print (line, file);
  long length = ftell (file);
  char *text = g_malloc0 ((gsize) length + 1);
  rewind (file);
  g_assert_cmpuint (fread (text, 1, (gsize) length, file), ==, (gsize) length);
  fclose (file);
  return text;
}

/* @line with the charter of seven cities, on a set day. */
static char *
complete_of (const char *command, const char *first, const char *second)
{
  g_autofree char *charter
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", "7by.conf", NULL);
  const char *const line[]
      = { command, "--charter", charter, "--today", "2026-11-22", first, second, NULL };
  return complete (line);
}

static void
assert_offered (const char *answer, const char *word)
{
  g_autofree char *start = g_strconcat ("\n", word, "\t", NULL);
  g_autofree char *whole = g_strconcat ("\n", answer, NULL);
  g_test_message ("%s", word);
  g_assert_nonnull (strstr (whole, start));
}

static void
assert_options (const char *answer, const TnOption *options)
{
  for (gsize i = 0; options != NULL && options[i].name != NULL; i++)
    {
      g_autofree char *dashed = g_strconcat ("--", options[i].name, NULL);
      assert_offered (answer, dashed);
    }
}

static void
test_table (void)
{
  const char *const nothing[] = { "", NULL };
  g_autofree char *commands = complete (nothing);
  for (gsize i = 0; tn_commands_list ()[i] != NULL; i++)
    {
      const TnCommand *command = tn_commands_list ()[i];
      const char *const dashes[] = { command->name, "--", NULL };
      g_autofree char *options = complete (dashes);
      assert_offered (commands, command->name);
      assert_options (options, command->options);
      assert_options (options, tn_call_list_common (command));
    }
}

static void
test_references (void)
{
  g_autofree char *all = complete_of ("explain", "", NULL);
  g_autofree char *begun = complete_of ("explain", "erfa/", NULL);
  g_autofree char *duties = complete_of ("move", "7by/erfa/2027#d", NULL);
  g_autofree char *series = complete_of ("hosts", "stu", NULL);

  assert_offered (all, "7by/studietur/2027");
  g_assert_null (strstr (all, "\nerfa/"));
  assert_offered (begun, "erfa/2028");
  g_assert_cmpstr (duties, ==,
                   "7by/erfa/2027#dagsorden\tIndkald forslag til dagsorden: erfa-møde 2027\n");
  g_assert_cmpstr (series, ==, "studietur\ttrip\n");
}

static void
test_what_belongs_to_it (void)
{
  g_autofree char *cycles = complete_of ("swap", "7by/studietur", "2028");
  g_autofree char *duties = complete_of ("done", "erfa/2027", "");
  g_autofree char *councils = complete_of ("join", "fre", NULL);
  g_autofree char *roles = complete_of ("hosts", "--role", "ve");

  g_assert_cmpstr (cycles, ==, "2028\tStudietur 2028: Randers\n");
  assert_offered (duties, "referat");
  g_assert_null (strstr (duties, "tilmelding\t"));
  g_assert_cmpstr (councils, ==, "frederiksberg\tFrederiksberg\n");
  g_assert_cmpstr (roles, ==, "venue\terfa\n");
}

static void
test_settings (void)
{
  g_autofree char *config
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "turnus.conf", NULL);
  const char *const line[] = { "sync", "--config", config, "", NULL };

  g_autofree char *calendars = complete (line);

  g_assert_cmpstr (calendars, ==, "egen\tfile\nfaelles\tfile\n");
}

static void
test_silence (void)
{
  const char *const missing[] = { "explain", "--charter", "/nonexistent.conf", "7", NULL };
  const char *const wrong[] = { "hosts", "--charter", "/dev/null", "--today", "x", "", NULL };
  const char *const bytes[] = { "hosts", "--config", "\xff\xfe", "", NULL };
  const char *const none[] = { NULL };

  g_autofree char *of_missing = complete (missing);
  g_autofree char *of_wrong = complete (wrong);
  g_autofree char *of_bytes = complete (bytes);
  g_autofree char *of_none = complete (none);

  g_assert_cmpstr (of_missing, ==, "");
  g_assert_cmpstr (of_wrong, ==, "");
  g_assert_cmpstr (of_bytes, ==, "");
  assert_offered (of_none, "hosts");
}

static void
test_hostile_charter (void)
{
  g_autofree char *folder = g_dir_make_tmp ("turnus-ctl-XXXXXX", NULL);
  g_autofree char *source
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", "7by.conf", NULL);
  g_autofree char *path = g_build_filename (folder, "7by.conf", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (source, &text, NULL, NULL));
  g_auto (GStrv) parts = g_strsplit (text, "name = \"Randers\"", 2);
  g_autofree char *changed = g_strjoinv ("name = \"Ran\\x1b[2Jders\"", parts);
  g_assert_true (g_file_set_contents (path, changed, -1, NULL));
  const char *const line[] = { "join", "--charter", path, "ran", NULL };

  g_autofree char *answer = complete (line);

  g_assert_null (strchr (answer, '\033'));
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/completion/no-command-and-no-option-is-missing", test_table);
  g_test_add_func ("/ctl/completion/references-with-and-without-collaboration", test_references);
  g_test_add_func ("/ctl/completion/cycles-and-duties-of-what-was-said", test_what_belongs_to_it);
  g_test_add_func ("/ctl/completion/calendars-of-the-settings", test_settings);
  g_test_add_func ("/ctl/completion/what-cannot-be-read-is-passed-over", test_silence);
  g_test_add_func ("/ctl/completion/no-control-character-passes-hazard-108", test_hostile_charter);
  return g_test_run ();
}
