/* daemon/provider/verdict.h — what went wrong, in the words of either side of the border */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GError *tn_verdict_from_plugin (GError *error, const char *plugin);
GError *tn_verdict_to_plugin (GError *error);

G_END_DECLS
