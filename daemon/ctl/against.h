/* daemon/ctl/against.h — `check --against`: a record of what was held, line by line */
#pragma once

#include "ctl/papers.h"

G_BEGIN_DECLS

int tn_against_run (const TnCall *call, const TnPapers *papers, const char *path);

G_END_DECLS
