/* Questions and answers of the fake Graph, and the $batch that has many of them: four run at once
 * in one mailbox, the fifth that could is refused (pitfall 6); what depends on a failure fails with
 * 424; the answers come in another order than the questions.
 *
 * Source: microsoft-graph-docs json-batching, throttling-outlook. */
#include "fakes/graph-answer.h"

#include <string.h>

#define PARTS_MOST 20u
#define AT_ONCE 4u

static void
read_query (TnGraphQuestion *question, const char *query)
{
  g_auto (GStrv) pairs = g_strsplit (query, "&", -1);
  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *equals = strchr (pairs[i], '=');
      if (equals == NULL)
        continue;
      *equals = '\0';
      char *name = g_uri_unescape_string (pairs[i], NULL);
      char *value = g_uri_unescape_string (equals + 1, NULL);
      g_hash_table_replace (question->query, name, value);
    }
}

/**
 * tn_graph_question_new:
 * @target: behind the version, as sent
 * @body: (transfer full) (nullable)
 *
 * Returns: (transfer full): without headers
 */
TnGraphQuestion *
tn_graph_question_new (const char *method, const char *target, JsonNode *body)
{
  TnGraphQuestion *question = g_new0 (TnGraphQuestion, 1);
  const char *mark = strchr (target, '?');
  g_autofree char *path
      = mark != NULL ? g_strndup (target, (gsize) (mark - target)) : g_strdup (target);
  question->method = g_strdup (method);
  question->path = g_uri_unescape_string (path, NULL);
  question->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  question->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  question->body = body;
  if (mark != NULL)
    read_query (question, mark + 1);
  return question;
}

void
tn_graph_question_free (TnGraphQuestion *question)
{
  if (question == NULL)
    return;
  g_free (question->method);
  g_free (question->path);
  g_hash_table_unref (question->query);
  g_hash_table_unref (question->headers);
  g_clear_pointer (&question->body, json_node_unref);
  g_free (question);
}

const char *
tn_graph_question_get (const TnGraphQuestion *question, const char *name)
{
  return g_hash_table_lookup (question->query, name);
}

const char *
tn_graph_question_get_header (const TnGraphQuestion *question, const char *name)
{
  return g_hash_table_lookup (question->headers, name);
}

/* (transfer full) body */
void
tn_graph_answer_set (TnGraphAnswer *answer, guint status, JsonObject *body)
{
  answer->status = status;
  g_clear_pointer (&answer->body, json_node_unref);
  if (body == NULL)
    return;
  answer->body = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (answer->body, body);
}

void
tn_graph_answer_refuse (TnGraphAnswer *answer, guint status, const char *code)
{
  JsonObject *error = json_object_new ();
  JsonObject *body = json_object_new ();
  json_object_set_string_member (error, "code", code);
  json_object_set_string_member (error, "message", "Kagemøde hos Åse: this may name people");
  json_object_set_object_member (body, "error", error);
  tn_graph_answer_set (answer, status, body);
  if (status == 429)
    answer->retry_after_s = 3;
}

void
tn_graph_answer_clear (TnGraphAnswer *answer)
{
  g_clear_pointer (&answer->body, json_node_unref);
}

static TnGraphQuestion *
read_part (JsonObject *part)
{
  JsonNode *body = json_object_has_member (part, "body")
                       ? json_node_copy (json_object_get_member (part, "body"))
                       : NULL;
  TnGraphQuestion *question
      = tn_graph_question_new (json_object_get_string_member (part, "method"),
                               json_object_get_string_member (part, "url"), body);
  JsonObject *headers = json_object_has_member (part, "headers")
                            ? json_object_get_object_member (part, "headers")
                            : NULL;
  g_autoptr (GList) names = headers != NULL ? json_object_get_members (headers) : NULL;
  for (GList *at = names; at != NULL; at = at->next)
    g_hash_table_replace (question->headers, g_ascii_strdown (at->data, -1),
                          g_strdup (json_object_get_string_member (headers, at->data)));
  return question;
}

/* 0: its dependency has not run yet. */
static guint
find_dependency (JsonObject *part, GHashTable *statuses, gboolean *ret_waits)
{
  *ret_waits = FALSE;
  if (!json_object_has_member (part, "dependsOn"))
    return 200;
  JsonArray *depends = json_object_get_array_member (part, "dependsOn");
  const char *id = json_array_get_string_element (depends, 0);
  guint status = GPOINTER_TO_UINT (g_hash_table_lookup (statuses, id));
  *ret_waits = status == 0;
  return status;
}

static void
append_part (JsonArray *responses, const char *id, TnGraphAnswer *answer)
{
  JsonObject *response = json_object_new ();
  JsonObject *headers = json_object_new ();
  json_object_set_string_member (headers, "Content-Type", "application/json");
  if (answer->retry_after_s > 0)
    {
      g_autofree char *after = g_strdup_printf ("%u", answer->retry_after_s);
      json_object_set_string_member (headers, "Retry-After", after);
    }
  json_object_set_string_member (response, "id", id);
  json_object_set_int_member (response, "status", answer->status);
  json_object_set_object_member (response, "headers", headers);
  if (answer->body != NULL)
    json_object_set_member (response, "body", json_node_copy (answer->body));
  json_array_add_object_element (responses, response);
}

typedef struct
{
  TnGraphServe serve;
  gpointer user_data;
  guint part;
  guint part_status;
  GHashTable *statuses; /* (owned) (element-type utf8 guint) by id */
  JsonArray *responses; /* (owned) */
} Run;

static void
run_part (Run *run, JsonObject *part, guint number, guint dependency, gboolean is_too_many)
{
  const char *id = json_object_get_string_member (part, "id");
  TnGraphAnswer answer = { .status = 200 };
  g_autoptr (TnGraphQuestion) question = read_part (part);
  if (dependency >= 400)
    tn_graph_answer_refuse (&answer, 424, "FailedDependency");
  else if (run->part == number)
    tn_graph_answer_refuse (&answer, run->part_status, "ApplicationThrottled");
  else if (is_too_many)
    tn_graph_answer_refuse (&answer, 429, "ApplicationThrottled");
  else
    run->serve (question, &answer, run->user_data);
  g_hash_table_replace (run->statuses, g_strdup (id), GUINT_TO_POINTER (answer.status));
  append_part (run->responses, id, &answer);
  tn_graph_answer_clear (&answer);
}

/* All that can run now do; returns how many did. */
static guint
run_round (Run *run, JsonArray *requests)
{
  g_autoptr (GArray) ready = g_array_new (FALSE, FALSE, sizeof (guint));
  for (guint i = 0; i < json_array_get_length (requests); i++)
    {
      JsonObject *part = json_array_get_object_element (requests, i);
      gboolean waits = FALSE;
      find_dependency (part, run->statuses, &waits);
      if (!waits
          && !g_hash_table_contains (run->statuses, json_object_get_string_member (part, "id")))
        g_array_append_val (ready, i);
    }
  for (guint i = ready->len; i > 0; i--)
    {
      guint index = g_array_index (ready, guint, i - 1);
      gboolean waits = FALSE;
      JsonObject *part = json_array_get_object_element (requests, index);
      guint dependency = find_dependency (part, run->statuses, &waits);
      run_part (run, part, index + 1, dependency, i > AT_ONCE);
    }
  return ready->len;
}

/**
 * tn_graph_batch_run:
 * @part: number of the one that is answered with @part_status; 0: none
 */
void
tn_graph_batch_run (JsonObject *batch, TnGraphServe serve, gpointer user_data, guint part,
                    guint part_status, TnGraphAnswer *answer)
{
  JsonArray *requests = json_object_get_array_member (batch, "requests");
  if (requests == NULL || json_array_get_length (requests) > PARTS_MOST)
    {
      tn_graph_answer_refuse (answer, 400, "BadRequest");
      return;
    }
  Run run = { .serve = serve, .user_data = user_data, .part = part, .part_status = part_status };
  run.statuses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  run.responses = json_array_new ();
  while (run_round (&run, requests) > 0)
    ;
  JsonObject *body = json_object_new ();
  json_object_set_array_member (body, "responses", run.responses);
  tn_graph_answer_set (answer, 200, body);
  g_hash_table_unref (run.statuses);
}
