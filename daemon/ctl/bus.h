/* daemon/ctl/bus.h — a question to the daemon, over its control socket */
#pragma once

#include "ctl/call.h"

#include <gio/gio.h>

G_BEGIN_DECLS

char *tn_bus_find_socket (const TnCall *call, GError **error);
JsonNode *tn_bus_ask_with_files (const TnCall *call, const char *method, GVariant *arguments,
                                 GUnixFDList *files, GError **error);
gboolean tn_bus_has_daemon (const TnCall *call);
JsonNode *tn_bus_ask (const TnCall *call, const char *method, GVariant *arguments, GError **error);

G_END_DECLS
