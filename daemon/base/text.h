/* daemon/base/text.h — an owned text takes another value; a word among the words of an enum */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tn_text_set (char **slot, const char *text);
gboolean tn_text_find (const char *const *words, guint n_words, const char *text, guint *ret_index);

G_END_DECLS
