/* daemon/base/text.h — an owned text takes another value */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean tn_text_set (char **slot, const char *text);

G_END_DECLS
