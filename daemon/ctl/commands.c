/* The table of commands. Help, completion and the parser go by it, so what is not in it is nowhere.
 */
#include "ctl/commands.h"

#include "base/encode.h"

#include <string.h>

/* In the order in which each topic of `turnusctl --help` shows them. */
static const TnCommand *const COMMANDS[] = {
  &tn_cmd_init,      //
  &tn_cmd_check,     //
  &tn_cmd_list,      //
  &tn_cmd_hosts,     //
  &tn_cmd_explain,   //
  &tn_cmd_export,    //
  &tn_cmd_holidays,  //
  &tn_cmd_programme, //
  &tn_cmd_wheel,     //
  &tn_cmd_status,    //
  &tn_cmd_calendars, //
  &tn_cmd_doctor,    //
  &tn_cmd_notices,   //
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
  &tn_cmd_feed,      //
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

/**
 * tn_commands_list:
 *
 * Returns: (transfer none): all of them, ended by %NULL
 */
const TnCommand *const *
tn_commands_list (void)
{
  return COMMANDS;
}

/**
 * tn_commands_find:
 *
 * Returns: (transfer none) (nullable): the command of that name
 */
const TnCommand *
tn_commands_find (const char *name)
{
  for (gsize i = 0; COMMANDS[i] != NULL; i++)
    if (strcmp (COMMANDS[i]->name, name) == 0)
      return COMMANDS[i];
  return NULL;
}

/**
 * tn_commands_find_nearest:
 * @name: what somebody typed
 *
 * Returns: (transfer none) (nullable): the name that was probably meant
 */
const char *
tn_commands_find_nearest (const char *name)
{
  const char *names[G_N_ELEMENTS (COMMANDS)] = { NULL };
  for (gsize i = 0; COMMANDS[i] != NULL; i++)
    names[i] = COMMANDS[i]->name;
  return tn_encode_find_nearest (name, names);
}

static gboolean
takes_value (const TnOption *options, const char *name)
{
  for (gsize i = 0; options != NULL && options[i].name != NULL; i++)
    if (options[i].value != NULL && strcmp (options[i].name, name) == 0)
      return TRUE;
  return FALSE;
}

/**
 * tn_commands_take_value:
 * @dashed: `--config`, or any other word
 *
 * Returns: %TRUE when the word behind it is its value, whatever command it may be of
 */
gboolean
tn_commands_take_value (const char *dashed)
{
  if (!g_str_has_prefix (dashed, "--"))
    return FALSE;
  for (gsize i = 0; COMMANDS[i] != NULL; i++)
    if (takes_value (COMMANDS[i]->options, dashed + 2)
        || takes_value (tn_call_list_common (COMMANDS[i]), dashed + 2))
      return TRUE;
  return FALSE;
}
