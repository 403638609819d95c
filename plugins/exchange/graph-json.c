/* JSON that a server sent: what has another type than it must have is the server's fault and no
 * crash of ours. json-glib reads arrays in arrays by recursion, so depth is counted before. */
#include "graph-json.h"

#include <string.h>

#include "turnus-plugin.h"

#define DEPTH_MAX 32u

static gboolean
refuse (GError **error, const char *what, const char *name)
{
  g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL, "the server's answer is %s%s", what,
               name);
  return FALSE;
}

static gboolean
is_shallow (const char *text, gsize length)
{
  guint depth = 0;
  gboolean in_string = FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (in_string && text[i] == '\\')
        i++;
      else if (text[i] == '"')
        in_string = !in_string;
      else if (!in_string && (text[i] == '{' || text[i] == '['))
        depth++;
      else if (!in_string && (text[i] == '}' || text[i] == ']'))
        depth -= depth > 0;
      if (depth > DEPTH_MAX)
        return FALSE;
    }
  return TRUE;
}

/**
 * graph_json_parse:
 *
 * Errors: %TURNUS_ERROR_PROTOCOL when it is no JSON object, or too deep.
 * Returns: (transfer full) (nullable): holds an object
 */
JsonNode *
graph_json_parse (GBytes *bytes, GError **error)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (bytes, &length);
  if (length == 0 || !g_utf8_validate (text, (gssize) length, NULL))
    {
      refuse (error, length == 0 ? "empty, expected JSON" : "not UTF-8", "");
      return NULL;
    }
  if (!is_shallow (text, length))
    {
      refuse (error, "JSON that is too deep", "");
      return NULL;
    }
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root = json_parser_load_from_data (parser, text, (gssize) length, NULL)
                       ? json_parser_get_root (parser)
                       : NULL;
  if (root != NULL && JSON_NODE_HOLDS_OBJECT (root))
    return json_node_ref (root);
  refuse (error, "no JSON object", "");
  return NULL;
}

char *
graph_json_to_text (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  json_generator_set_root (generator, node);
  return json_generator_to_data (generator, NULL);
}

/* NULL for what is not there, and for null. */
static JsonNode *
find (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gboolean
is_value (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

/**
 * graph_json_find_text:
 * @ret_text: (out) (nullable): untouched when there is none
 *
 * Errors: %TURNUS_ERROR_PROTOCOL when it is something else than a text.
 */
gboolean
graph_json_find_text (JsonObject *object, const char *name, const char **ret_text, GError **error)
{
  JsonNode *node = find (object, name);
  if (node == NULL)
    return TRUE;
  const char *text = is_value (node, G_TYPE_STRING) ? json_node_get_string (node) : NULL;
  /* A lone surrogate is written as an escape, and read into what is no UTF-8. */
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return refuse (error, "without a text for ", name);
  *ret_text = text;
  return TRUE;
}

/* One that must be there, and must not be empty. */
gboolean
graph_json_read_text (JsonObject *object, const char *name, const char **ret_text, GError **error)
{
  const char *text = NULL;
  if (!graph_json_find_text (object, name, &text, error))
    return FALSE;
  if (text == NULL || *text == '\0')
    return refuse (error, "without ", name);
  *ret_text = text;
  return TRUE;
}

gboolean
graph_json_find_flag (JsonObject *object, const char *name, gboolean *ret_flag, GError **error)
{
  JsonNode *node = find (object, name);
  if (node == NULL)
    return TRUE;
  if (!is_value (node, G_TYPE_BOOLEAN))
    return refuse (error, "without true or false for ", name);
  *ret_flag = json_node_get_boolean (node);
  return TRUE;
}

gboolean
graph_json_find_number (JsonObject *object, const char *name, gint64 *ret_number, GError **error)
{
  JsonNode *node = find (object, name);
  if (node == NULL)
    return TRUE;
  if (!is_value (node, G_TYPE_INT64))
    return refuse (error, "without a number for ", name);
  *ret_number = json_node_get_int (node);
  return TRUE;
}

gboolean
graph_json_find_object (JsonObject *object, const char *name, JsonObject **ret_object,
                        GError **error)
{
  JsonNode *node = find (object, name);
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return refuse (error, "without an object for ", name);
  *ret_object = json_node_get_object (node);
  return TRUE;
}

gboolean
graph_json_find_array (JsonObject *object, const char *name, JsonArray **ret_array, GError **error)
{
  JsonNode *node = find (object, name);
  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return refuse (error, "without a list for ", name);
  *ret_array = json_node_get_array (node);
  return TRUE;
}

/* NULL when that element is no object. */
JsonObject *
graph_json_peek_object (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);
  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
