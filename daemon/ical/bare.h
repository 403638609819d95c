/* daemon/ical/bare.h — a calendar without what people wrote in it */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *tn_bare_dup (const char *text, GError **error);

G_END_DECLS
