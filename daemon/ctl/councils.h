/* daemon/ctl/councils.h — a command that is about each council of a host */
#pragma once

#include "ctl/command.h"

G_BEGIN_DECLS

int tn_councils_run (TnCall *call);

G_END_DECLS
