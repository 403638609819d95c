/* Help texts, from the same table that the parser works by. */
#include "ctl/usage.h"

/* Summaries begin in the same column, so do options. */
enum
{
  COLUMN = 30
};

static void
print_row (FILE *out, const char *left, const char *right)
{
  if (g_utf8_strlen (left, -1) > COLUMN - 2)
    fprintf (out, "  %s\n  %*s%s\n", left, COLUMN, "", right);
  else
    fprintf (out, "  %-*s%s\n", COLUMN, left, right);
}

static void
print_group (const TnCommand *const *commands, gboolean needs_daemon, FILE *out)
{
  for (gsize i = 0; commands[i] != NULL; i++)
    {
      if (commands[i]->needs_daemon != needs_daemon)
        continue;
      g_autofree char *left = g_strdup_printf ("%s %s", commands[i]->name, commands[i]->arguments);
      print_row (out, left, commands[i]->summary);
    }
}

static gboolean
has_daemon_commands (const TnCommand *const *commands)
{
  for (gsize i = 0; commands[i] != NULL; i++)
    if (commands[i]->needs_daemon)
      return TRUE;
  return FALSE;
}

/**
 * tn_usage_print_all:
 * @commands: ended by %NULL
 */
void
tn_usage_print_all (const TnCommand *const *commands, FILE *out)
{
  fputs ("usage: turnusctl COMMAND [OPTION…]\n\n"
         "Who hosts what and when, and why: from the charter of a collaboration.\n\n"
         "Without a daemon, from --charter FILE or --config FILE:\n",
         out);
  print_group (commands, FALSE, out);
  if (has_daemon_commands (commands))
    fputs ("\nAnswered by turnusd:\n", out);
  print_group (commands, TRUE, out);
  fputs ("\nEach of them: turnusctl COMMAND --help. The program: turnusctl --version.\n"
         "Exit codes: 0 done, 1 failed, 2 wrong usage or settings, 3 done but something waits for "
         "a person.\n",
         out);
}

static void
print_options (const TnOption *options, FILE *out)
{
  for (gsize i = 0; options != NULL && options[i].name != NULL; i++)
    {
      g_autofree char *letter
          = options[i].letter != 0 ? g_strdup_printf ("-%c, ", options[i].letter) : g_strdup ("");
      g_autofree char *left = g_strdup_printf ("%s--%s%s%s", letter, options[i].name,
                                               options[i].value != NULL ? " " : "",
                                               options[i].value != NULL ? options[i].value : "");
      print_row (out, left, options[i].help);
    }
}

void
tn_usage_print_command (const TnCommand *command, FILE *out)
{
  fprintf (out, "usage: turnusctl %s%s%s [OPTION…]\n\n%s\n\nOptions:\n", command->name,
           command->arguments[0] != '\0' ? " " : "", command->arguments, command->help);
  print_options (command->options, out);
  print_options (tn_call_list_common (command), out);
}
