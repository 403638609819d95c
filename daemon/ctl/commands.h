/* daemon/ctl/commands.h — the table of commands of turnusctl */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

const TnCommand *const *tn_commands_list (void);
const TnCommand *tn_commands_find (const char *name);
const char *tn_commands_find_nearest (const char *name);
gboolean tn_commands_take_value (const char *dashed);

G_END_DECLS
