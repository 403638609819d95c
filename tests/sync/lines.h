/* tests/sync/lines.h — the bytes of an event, line by line */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GPtrArray *lines_unfold (const char *text);
gboolean lines_is_named (const char *line, const char *name);
char *lines_fold (GPtrArray *lines);
char *lines_set_property (const char *text, const char *name, const char *line);
char *lines_dup_foreign (const char *text, gboolean drops_x, gboolean shares_text);

G_END_DECLS
