/* daemon/ctl/completion.h — how an unfinished command line may go on */
#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

void tn_completion_print (const char *const *line, FILE *out);

G_END_DECLS
