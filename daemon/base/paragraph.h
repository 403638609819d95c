/* daemon/base/paragraph.h — running text on lines of a set width */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

guint tn_paragraph_measure (const char *text);
char *tn_paragraph_clean (const char *text);
GPtrArray *tn_paragraph_wrap (const char *text, guint width);
void tn_paragraph_append (GString *page, const char *first, const char *rest, const char *text,
                          guint width);

G_END_DECLS
