/* Questions put together into a $batch, and its answers taken apart. A batch runs in four lanes,
 * each question waiting for the one four before it: more at once are refused (pitfall 6). The outer
 * status says nothing of what is inside, and answers come in any order.
 *
 * Source: microsoft-graph-docs json-batching (2025-02-21). */
#include "graph-call.h"

#include "turnus-plugin.h"

#include <string.h>

/**
 * graph_call_new:
 * @method: static
 * @path: (transfer full)
 * @prefer: (nullable): static
 *
 * Returns: (transfer full)
 */
GraphCall *
graph_call_new (const char *method, char *path, const char *prefer)
{
  GraphCall *call = g_new0 (GraphCall, 1);
  call->method = method;
  call->path = path;
  call->prefer = prefer;
  call->retry_after_s = -1;
  return call;
}

void
graph_call_free (GraphCall *call)
{
  if (call == NULL)
    return;
  g_free (call->path);
  g_free (call->if_match);
  g_clear_pointer (&call->body, json_node_unref);
  g_clear_pointer (&call->answer, json_node_unref);
  g_free (call);
}

/**
 * graph_call_get_answer:
 *
 * Errors: %TURNUS_ERROR_PROTOCOL when there is none.
 * Returns: (transfer none) (nullable)
 */
JsonObject *
graph_call_get_answer (const GraphCall *call, GError **error)
{
  if (call->answer != NULL)
    return json_node_get_object (call->answer);
  g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                       "the server's answer is no JSON object");
  return NULL;
}

static JsonObject *
build_headers (const GraphCall *call)
{
  JsonObject *headers = json_object_new ();
  if (call->prefer != NULL)
    json_object_set_string_member (headers, "Prefer", call->prefer);
  if (call->if_match != NULL)
    json_object_set_string_member (headers, "If-Match", call->if_match);
  if (call->body != NULL)
    json_object_set_string_member (headers, "Content-Type", "application/json");
  return headers;
}

static JsonObject *
build_one (const GraphCall *call, guint index)
{
  JsonObject *one = json_object_new ();
  g_autofree char *id = g_strdup_printf ("%u", index + 1);
  json_object_set_string_member (one, "id", id);
  json_object_set_string_member (one, "method", call->method);
  json_object_set_string_member (one, "url", call->path);
  json_object_set_object_member (one, "headers", build_headers (call));
  if (call->body != NULL)
    json_object_set_member (one, "body", json_node_copy (call->body));
  if (index >= GRAPH_BATCH_AT_ONCE)
    {
      g_autofree char *before = g_strdup_printf ("%u", index + 1 - GRAPH_BATCH_AT_ONCE);
      JsonArray *depends = json_array_new ();
      json_array_add_string_element (depends, before);
      json_object_set_array_member (one, "dependsOn", depends);
    }
  return one;
}

/**
 * graph_call_build_batch:
 * @calls: (element-type GraphCall): at most %GRAPH_BATCH_MOST
 *
 * Returns: (transfer full)
 */
GBytes *
graph_call_build_batch (GPtrArray *calls)
{
  JsonArray *requests = json_array_new ();
  for (guint i = 0; i < calls->len; i++)
    json_array_add_object_element (requests, build_one (g_ptr_array_index (calls, i), i));
  JsonObject *batch = json_object_new ();
  json_object_set_array_member (batch, "requests", requests);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, batch);
  char *text = graph_json_to_text (node);
  return g_bytes_new_take (text, strlen (text));
}

static gint64
read_retry_after (JsonObject *headers)
{
  g_autoptr (GList) names = headers != NULL ? json_object_get_members (headers) : NULL;
  for (GList *at = names; at != NULL; at = at->next)
    {
      const char *text = NULL;
      if (g_ascii_strcasecmp (at->data, "Retry-After") == 0
          && graph_json_find_text (headers, at->data, &text, NULL) && text != NULL && *text != '\0'
          && strspn (text, "0123456789") == strlen (text))
        return (gint64) MIN (g_ascii_strtoull (text, NULL, 10), (guint64) G_MAXINT32);
    }
  return -1;
}

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL, "the server's answer to a batch %s",
               what);
  return FALSE;
}

static gboolean
read_one (JsonObject *response, GPtrArray *calls, GError **error)
{
  const char *id = NULL;
  gint64 status = 0;
  JsonObject *headers = NULL;
  if (!graph_json_read_text (response, "id", &id, error)
      || !graph_json_find_number (response, "status", &status, error)
      || !graph_json_find_object (response, "headers", &headers, error))
    return FALSE;
  guint64 number = strlen (id) <= 3 ? g_ascii_strtoull (id, NULL, 10) : 0;
  if (number < 1 || number > calls->len || status < 100 || status > 599)
    return refuse (error, "names what was not asked for");
  GraphCall *call = g_ptr_array_index (calls, number - 1);
  if (call->status != 0)
    return refuse (error, "answers a question twice");
  call->status = (guint) status;
  call->retry_after_s = read_retry_after (headers);
  JsonNode *body = json_object_get_member (response, "body");
  if (body != NULL && JSON_NODE_HOLDS_OBJECT (body))
    call->answer = json_node_ref (body);
  return TRUE;
}

/**
 * graph_call_read_batch:
 * @calls: (element-type GraphCall): as they were asked; get their answers
 *
 * Errors: %TURNUS_ERROR_PROTOCOL when not each of them has exactly one.
 */
gboolean
graph_call_read_batch (GBytes *bytes, GPtrArray *calls, GError **error)
{
  g_autoptr (JsonNode) root = graph_json_parse (bytes, error);
  JsonArray *responses = NULL;
  if (root == NULL
      || !graph_json_find_array (json_node_get_object (root), "responses", &responses, error))
    return FALSE;
  if (responses == NULL || json_array_get_length (responses) != calls->len)
    return refuse (error, "does not answer each question");
  for (guint i = 0; i < calls->len; i++)
    {
      JsonObject *response = graph_json_peek_object (responses, i);
      if (response == NULL)
        return refuse (error, "has an answer that is none");
      if (!read_one (response, calls, error))
        return FALSE;
    }
  return TRUE;
}
