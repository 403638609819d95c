/* turnusctl: the table of commands, and nothing else. Each of them is a file cmd-NAME.c. */
#include "base/encode.h"
#include "ctl/command.h"
#include "ctl/councils.h"
#include "ctl/usage.h"

#include <errno.h>
#include <string.h>

/* In the order in which `turnusctl --help` shows them: those that need no daemon come first. */
static const TnCommand *const COMMANDS[] = {
  &tn_cmd_check,     //
  &tn_cmd_list,      //
  &tn_cmd_hosts,     //
  &tn_cmd_explain,   //
  &tn_cmd_export,    //
  &tn_cmd_holidays,  //
  &tn_cmd_programme, //
  &tn_cmd_status,    //
  &tn_cmd_calendars, //
  &tn_cmd_doctor,    //
  &tn_cmd_plan,      //
  &tn_cmd_apply,     //
  &tn_cmd_sync,      //
  &tn_cmd_approve,   //
  &tn_cmd_claim,     //
  &tn_cmd_proposals, //
  &tn_cmd_conflicts, //
  &tn_cmd_history,   //
  &tn_cmd_ledger,    //
  &tn_cmd_undo,      //
  &tn_cmd_backup,    //
  &tn_cmd_restore,   //
  &tn_cmd_confirm,   //
  &tn_cmd_move,      //
  &tn_cmd_cancel,    //
  &tn_cmd_swap,      //
  &tn_cmd_skip,      //
  &tn_cmd_postpone,  //
  &tn_cmd_set,       //
  &tn_cmd_insert,    //
  &tn_cmd_join,      //
  &tn_cmd_leave,     //
  &tn_cmd_theme,     //
  &tn_cmd_done,      //
  NULL,
};

static const TnCommand *
find_command (const char *name)
{
  for (gsize i = 0; COMMANDS[i] != NULL; i++)
    if (strcmp (COMMANDS[i]->name, name) == 0)
      return COMMANDS[i];
  return NULL;
}

static int
refuse (const char *name)
{
  const char *names[G_N_ELEMENTS (COMMANDS)] = { NULL };
  for (gsize i = 0; COMMANDS[i] != NULL; i++)
    names[i] = COMMANDS[i]->name;
  const char *nearest = tn_encode_find_nearest (name, names);
  if (nearest != NULL)
    fprintf (stderr, "turnusctl: there is no command `%s`: did you mean `%s`?\n", name, nearest);
  else
    fprintf (stderr, "turnusctl: there is no command `%s`: see turnusctl --help\n", name);
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
      tn_usage_print_command (command, stdout);
      return TN_EXIT_DONE;
    }
  return command->for_each_council ? tn_councils_run (call) : command->run (call);
}

static int
run_help (const char *name)
{
  const TnCommand *command = name != NULL ? find_command (name) : NULL;
  if (name != NULL && command == NULL)
    return refuse (name);
  if (command != NULL)
    tn_usage_print_command (command, stdout);
  else
    tn_usage_print_all (COMMANDS, stdout);
  return TN_EXIT_DONE;
}

/* The command is the first word that is no option: `turnusctl --config FILE status` is what people
 * write who have an alias. */
static int
find_word (int argc, char **argv)
{
  static const char *const with_value[] = { "--config",   "--council", "--socket", "--charter",
                                            "--holidays", "--today",   "--for",    NULL };
  int place = 1;
  while (place < argc && argv[place][0] == '-')
    place += g_strv_contains (with_value, argv[place]) ? 2 : 1;
  return MIN (place, argc);
}

static int
dispatch (int argc, char **argv)
{
  if (argc < 2)
    {
      tn_usage_print_all (COMMANDS, stderr);
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
  int place = find_word (argc, argv);
  if (place == argc)
    {
      fprintf (stderr,
               "turnusctl: there is no command among these options: see turnusctl --help\n");
      return TN_EXIT_USAGE;
    }
  const TnCommand *command = find_command (argv[place]);
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
