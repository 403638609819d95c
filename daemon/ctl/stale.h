/* daemon/ctl/stale.h — what has moved since a plan was made */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *tn_stale_load_plan (const char *path, GError **error);
GPtrArray *tn_stale_list_moves (JsonObject *then, JsonObject *now);

G_END_DECLS
