/* plugins/exchange/graph-json.h — JSON of a stranger, read without trust */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

JsonNode *graph_json_parse (GBytes *bytes, GError **error);
char *graph_json_to_text (JsonNode *node);

gboolean graph_json_find_text (JsonObject *object, const char *name, const char **ret_text,
                               GError **error);
gboolean graph_json_read_text (JsonObject *object, const char *name, const char **ret_text,
                               GError **error);
gboolean graph_json_find_flag (JsonObject *object, const char *name, gboolean *ret_flag,
                               GError **error);
gboolean graph_json_find_number (JsonObject *object, const char *name, gint64 *ret_number,
                                 GError **error);
gboolean graph_json_find_object (JsonObject *object, const char *name, JsonObject **ret_object,
                                 GError **error);
gboolean graph_json_find_array (JsonObject *object, const char *name, JsonArray **ret_array,
                                GError **error);
JsonObject *graph_json_peek_object (JsonArray *array, guint index);

G_END_DECLS
