/* daemon/ical/text.h — a TEXT value: its escapes, and the folding of the line it stands in */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tn_text_is_blank (const char *text);
char *tn_text_unescape (const char *value);
char *tn_text_escape (const char *text);
void tn_text_append_folded (GString *to, const char *line, const char *line_end);
void tn_text_append_property (GString *to, const char *name, const char *value);

G_END_DECLS
