/* turnusctl: finds the command that is meant in the table, and runs it. */
#include "base/log.h"
#include "ctl/commands.h"
#include "ctl/completion.h"
#include "ctl/councils.h"
#include "ctl/tongue.h"
#include "ctl/usage.h"
#include "model/catalogue.h"

#include <errno.h>
#include <string.h>

static int
refuse (const char *name)
{
  const char *nearest = tn_commands_find_nearest (name);
  g_autofree char *text
      = nearest != NULL
            ? g_strdup_printf (
                tn_say (tn_tongue_find (), "there is no command `%s`: did you mean `%s`?"), name,
                nearest)
            : g_strdup_printf (
                tn_say (tn_tongue_find (), "there is no command `%s`: see turnusctl --help"), name);
  g_autofree char *safe = tn_log_make_safe (text);
  fprintf (stderr, "turnusctl: %s\n", safe);
  return TN_EXIT_USAGE;
}

static int
run (const TnCommand *command, const char *const *arguments)
{
  g_autoptr (TnCall) call = tn_call_new (command, stdout, stderr);
  g_autoptr (GError) error = NULL;
  if (!tn_call_read (call, arguments, &error))
    return tn_call_fail (call, error);
  if (tn_call_has_option (call, "help"))
    {
      tn_usage_print_command (command, tn_commands_list (), tn_tongue_find (), stdout);
      return TN_EXIT_DONE;
    }
  return command->for_each_council ? tn_councils_run (call) : command->run (call);
}

static int
run_help (const char *name)
{
  const TnCommand *command = name != NULL ? tn_commands_find (name) : NULL;
  if (name != NULL && command == NULL)
    return refuse (name);
  if (command != NULL)
    tn_usage_print_command (command, tn_commands_list (), tn_tongue_find (), stdout);
  else
    tn_usage_print_all (tn_commands_list (), tn_tongue_find (), stdout);
  return TN_EXIT_DONE;
}

/* The command is the first word that is no option: `turnusctl --config FILE status` is what people
 * write who have an alias. */
static int
find_word (int argc, char **argv)
{
  int place = 1;
  while (place < argc && argv[place][0] == '-')
    place += tn_commands_take_value (argv[place]) ? 2 : 1;
  return MIN (place, argc);
}

static int
dispatch (int argc, char **argv)
{
  if (argc < 2)
    {
      tn_usage_print_all (tn_commands_list (), tn_tongue_find (), stderr);
      return TN_EXIT_USAGE;
    }
  if (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0)
    return run_help (NULL);
  if (strcmp (argv[1], "help") == 0)
    return run_help (argv[2]);
  if (strcmp (argv[1], "--version") == 0)
    {
      printf ("turnusctl %s\n", TN_VERSION);
      return TN_EXIT_DONE;
    }
  if (strcmp (argv[1], "complete") == 0) /* for shells, so no help names it */
    {
      tn_completion_print ((const char *const *) argv + (g_strcmp0 (argv[2], "--") == 0 ? 3 : 2),
                           stdout);
      return TN_EXIT_DONE;
    }
  int place = find_word (argc, argv);
  if (place == argc)
    {
      fprintf (stderr,
               "turnusctl: there is no command among these options: see turnusctl --help\n");
      return TN_EXIT_USAGE;
    }
  const TnCommand *command = tn_commands_find (argv[place]);
  if (command == NULL)
    return refuse (argv[place]);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  for (int i = 1; i <= argc; i++) /* with the NULL that ends them */
    if (i != place)
      g_ptr_array_add (arguments, argv[i]);
  return run (command, (const char *const *) arguments->pdata);
}

int
main (int argc, char **argv)
{
  int code = dispatch (argc, argv);
  /* An answer that did not arrive, on a full disk say, is no success. */
  if (fflush (stdout) != 0 || ferror (stdout))
    {
      fprintf (stderr, "turnusctl: cannot write the answer: %s\n", g_strerror (errno));
      return TN_EXIT_FAILED;
    }
  return code;
}
