/* daemon/ctl/usage.h — help texts */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

void tn_usage_print_all (const TnCommand *const *commands, TnLanguage language, FILE *out);
void tn_usage_print_command (const TnCommand *command, const TnCommand *const *commands,
                             TnLanguage language, FILE *out);

G_END_DECLS
