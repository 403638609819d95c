/* daemon/ctl/charter-text.h — a charter's text, changed in two places and nowhere else */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tn_charter_text_add (const char *text, const GPtrArray *decisions, const guint *replaced,
                           guint n_replaced);
char *tn_charter_text_set_edition (const char *text, int edition);

G_END_DECLS
