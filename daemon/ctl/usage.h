/* daemon/ctl/usage.h — what turnusctl says about itself */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

void tn_usage_print_all (const TnCommand *const *commands, FILE *out);
void tn_usage_print_command (const TnCommand *command, FILE *out);

G_END_DECLS
