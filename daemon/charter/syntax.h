/* daemon/charter/syntax.h — whether libconfig can read a text, and why not */
#pragma once

#include "charter/problems.h"

G_BEGIN_DECLS

gboolean tn_syntax_check (const char *text, const char *file, TnProblems *problems);

G_END_DECLS
