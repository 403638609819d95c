/* daemon/ctl/bus.h — a question to the daemon, over its control socket */
#pragma once

#include "ctl/call.h"

G_BEGIN_DECLS

char *tn_bus_find_socket (const TnCall *call, GError **error);
JsonNode *tn_bus_ask (const TnCall *call, const char *method, GVariant *arguments, GError **error);

G_END_DECLS
