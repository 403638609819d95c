/* tests/ctl/usage.c — help: of each command, and of all together */
#include "base/error.h"
#include "ctl/commands.h"
#include "ctl/usage.h"

#include <string.h>

static char *
read_back (FILE *file)
{
  long length = ftell (file);
  char *text = g_malloc0 ((gsize) length + 1);
  rewind (file);
  g_assert_cmpuint (fread (text, 1, (gsize) length, file), ==, (gsize) length);
  fclose (file);
  return text;
}

static char *
print_command (const TnCommand *command)
{
  FILE *file = tmpfile ();
  tn_usage_print_command (command, tn_commands_list (), TN_LANGUAGE_EN, file);
  return read_back (file);
}

static char *
print_all (void)
{
  FILE *file = tmpfile ();
  tn_usage_print_all (tn_commands_list (), TN_LANGUAGE_EN, file);
  return read_back (file);
}

/* What stands behind the command's name in an example; several may be chained. */
static void
assert_parses (const TnCommand *command, const char *example)
{
  g_auto (GStrv) parts = g_strsplit (example, " && ", -1);
  for (gsize i = 0; parts[i] != NULL; i++)
    {
      g_auto (GStrv) words = NULL;
      g_autoptr (GError) error = NULL;
      g_assert_true (g_shell_parse_argv (parts[i], NULL, &words, &error));
      g_assert_no_error (error);
      if (strcmp (words[0], "turnusctl") != 0)
        continue;
      const TnCommand *named = tn_commands_find (words[1]);
      g_assert_nonnull (named);
      g_autoptr (TnCall) call = tn_call_new (named, stdout, stderr);
      g_assert_true (tn_call_read (call, (const char *const *) words + 2, &error));
      g_assert_no_error (error);
    }
}

static void
test_examples (void)
{
  for (gsize i = 0; tn_commands_list ()[i] != NULL; i++)
    {
      const TnCommand *command = tn_commands_list ()[i];
      g_autofree char *help = print_command (command);
      g_auto (GStrv) lines = g_strsplit (help, "\n", -1);
      g_autofree char *own = g_strdup_printf ("turnusctl %s", command->name);
      guint n_examples = 0;
      for (gsize k = 0; lines[k] != NULL; k++)
        if (g_str_has_prefix (lines[k], "  ") && strstr (lines[k], own) != NULL)
          {
            assert_parses (command, lines[k] + 2);
            n_examples++;
          }
      g_test_message ("%s: %u examples", command->name, n_examples);
      g_assert_cmpuint (n_examples, >, 0);
    }
}

static void
test_sentences (void)
{
  for (gsize i = 0; tn_commands_list ()[i] != NULL; i++)
    {
      const TnCommand *command = tn_commands_list ()[i];
      g_test_message ("%s", command->name);
      g_assert_false (g_str_has_prefix (command->help, "Example"));
      g_assert_cmpuint (strlen (command->summary), >, 0);
    }
}

static void
test_relatives (void)
{
  for (gsize i = 0; tn_commands_list ()[i] != NULL; i++)
    {
      const TnCommand *command = tn_commands_list ()[i];
      g_auto (GStrv) names
          = g_strsplit (command->see_also != NULL ? command->see_also : "", " ", -1);
      g_autofree char *help = print_command (command);
      g_assert_nonnull (strstr (help, "\nSee also: "));
      g_assert_nonnull (strstr (help, "\nExit codes: 0 done, 1 failed, "));
      for (gsize k = 0; names[k] != NULL; k++)
        {
          g_test_message ("%s: see also %s", command->name, names[k]);
          g_assert_nonnull (tn_commands_find (names[k]));
          g_assert_cmpstr (names[k], !=, command->name);
        }
    }
}

static void
test_overview (void)
{
  g_autofree char *help = print_all ();
  for (gsize i = 0; tn_commands_list ()[i] != NULL; i++)
    {
      g_autofree char *start = g_strdup_printf ("\n  %s", tn_commands_list ()[i]->name);
      g_test_message ("%s", start);
      g_assert_nonnull (strstr (help, start));
    }
  g_autoptr (GRegex) examples = g_regex_new ("for example: (turnusctl .*)\n", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_assert_true (g_regex_match (examples, help, 0, &match));
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      g_autofree char *example = g_match_info_fetch (match, 1);
      assert_parses (NULL, example);
    }
}

static void
test_width (void)
{
  g_autofree char *help = print_command (tn_commands_find ("calendars"));
  g_auto (GStrv) lines = g_strsplit (help, "\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    g_assert_true (g_str_has_prefix (lines[i], "  ") || g_utf8_strlen (lines[i], -1) <= 90);
}

static void
test_misspelt (void)
{
  g_assert_cmpstr (tn_commands_find_nearest ("statsu"), ==, "status");
  g_assert_cmpstr (tn_commands_find_nearest ("hostst"), ==, "hosts");
  g_assert_null (tn_commands_find_nearest ("xyzzyxyzzy"));
}

static void
test_values (void)
{
  g_assert_true (tn_commands_take_value ("--config"));
  g_assert_true (tn_commands_take_value ("--minutes"));
  g_assert_false (tn_commands_take_value ("--json"));
  g_assert_false (tn_commands_take_value ("--config=x"));
  g_assert_false (tn_commands_take_value ("config"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/usage/each-command-has-examples-and-their-words-parse", test_examples);
  g_test_add_func ("/ctl/usage/each-command-says-what-it-is-for", test_sentences);
  g_test_add_func ("/ctl/usage/what-to-see-also-is-there", test_relatives);
  g_test_add_func ("/ctl/usage/the-overview-names-each-command", test_overview);
  g_test_add_func ("/ctl/usage/running-text-is-not-wider-than-one-reads", test_width);
  g_test_add_func ("/ctl/usage/a-misspelt-command-has-a-nearest-one", test_misspelt);
  g_test_add_func ("/ctl/usage/options-with-a-value-are-known", test_values);
  return g_test_run ();
}
