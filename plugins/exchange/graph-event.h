/* plugins/exchange/graph-event.h — an item as Graph writes it */
#pragma once

#include "graph-json.h"
#include "item.h"

G_BEGIN_DECLS

ExItem *graph_event_parse (JsonObject *object, GError **error);
char *graph_event_dup_revision (JsonObject *object, GError **error);
JsonNode *graph_event_build (const ExItem *item, const char *transaction);
char *graph_event_dup_own_id (const char *name);

G_END_DECLS
