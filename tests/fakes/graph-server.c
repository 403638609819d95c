/* Stateful, as Graph is: it chooses ids, UIDs and change keys itself, holds If-Match, remembers
 * transaction numbers, and notes each mail that it would have sent. Writes without If-Match are
 * counted: real Graph takes them, and turnus makes none (hazard 19). */
#include "fakes/graph-mailbox.h"

#include <string.h>

#define VERSION "/v1.0"

static JsonObject *
show_calendar (const TnGraphServer *server, guint which)
{
  static const char *const ids[] = { TN_GRAPH_OTHER, TN_GRAPH_CALENDAR };
  static const char *const names[] = { "Birthdays", "Kalender" };
  JsonObject *calendar = json_object_new ();
  json_object_set_string_member (calendar, "id", ids[which]);
  json_object_set_string_member (calendar, "name", names[which]);
  json_object_set_boolean_member (calendar, "canEdit", which == 1 && !server->quirks.is_read_only);
  json_object_set_boolean_member (calendar, "isDefaultCalendar", which == 1);
  return calendar;
}

static void
list_calendars (TnGraphServer *server, TnGraphAnswer *answer)
{
  JsonArray *value = json_array_new ();
  JsonObject *body = json_object_new ();
  json_array_add_object_element (value, show_calendar (server, 0));
  json_array_add_object_element (value, show_calendar (server, 1));
  json_object_set_array_member (body, "value", value);
  tn_graph_answer_set (answer, 200, body);
}

static char *
dup_wording (JsonObject *wish)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  json_node_set_object (node, wish);
  json_generator_set_root (generator, node);
  return json_generator_to_data (generator, NULL);
}

static TnGraphEvent *
find_transaction (TnGraphServer *server, const char *number)
{
  for (guint i = 0; i < server->events->len; i++)
    {
      TnGraphEvent *event = g_ptr_array_index (server->events, i);
      if (g_strcmp0 (event->transaction, number) == 0)
        return event;
    }
  return NULL;
}

/* A number that was used before: the same event again, or a refusal. */
static gboolean
answer_known (TnGraphServer *server, const TnGraphQuestion *question, const char *number,
              const char *wording, TnGraphAnswer *answer)
{
  const char *before = number != NULL ? g_hash_table_lookup (server->transactions, number) : NULL;
  TnGraphEvent *event = before != NULL ? find_transaction (server, number) : NULL;
  if (before == NULL)
    return FALSE;
  if (event != NULL && strcmp (before, wording) == 0)
    tn_graph_answer_set (answer, 201, tn_graph_mailbox_show (server, question, event));
  else
    tn_graph_answer_refuse (answer, 409, "ErrorDuplicateTransactionId");
  return TRUE;
}

static void
create (TnGraphServer *server, const TnGraphQuestion *question, TnGraphAnswer *answer)
{
  JsonObject *wish = question->body != NULL ? json_node_get_object (question->body) : NULL;
  if (wish == NULL)
    {
      tn_graph_answer_refuse (answer, 400, "RequestBodyRead");
      return;
    }
  const char *number = json_object_get_string_member_with_default (wish, "transactionId", NULL);
  g_autofree char *wording = dup_wording (wish);
  if (answer_known (server, question, number, wording, answer))
    return;
  TnGraphEvent *event = tn_graph_mailbox_make (server, TN_GRAPH_CALENDAR);
  TnGraphRefusal refusal = tn_graph_event_write (event, wish, TRUE);
  if (refusal.status != 0)
    {
      tn_graph_event_free (event);
      tn_graph_answer_refuse (answer, refusal.status, refusal.code);
      return;
    }
  g_ptr_array_add (server->events, event);
  if (number != NULL)
    g_hash_table_replace (server->transactions, g_strdup (number), g_steal_pointer (&wording));
  server->n_writes++;
  server->n_mails += tn_graph_event_count_guests (event);
  tn_graph_answer_set (answer, 201, tn_graph_mailbox_show (server, question, event));
}

/* FALSE when it was refused. */
static gboolean
check_match (TnGraphServer *server, const TnGraphQuestion *question, const TnGraphEvent *event,
             TnGraphAnswer *answer)
{
  g_autofree char *etag = tn_graph_event_dup_etag (event);
  const char *match = tn_graph_question_get_header (question, "if-match");
  if (match == NULL)
    server->n_blind++;
  else if (strcmp (match, etag) != 0 && strcmp (match, "*") != 0)
    {
      tn_graph_answer_refuse (answer, 412, "ErrorIrresolvableConflict");
      return FALSE;
    }
  return TRUE;
}

static void
change (TnGraphServer *server, const TnGraphQuestion *question, TnGraphEvent *event,
        TnGraphAnswer *answer)
{
  if (!check_match (server, question, event, answer))
    return;
  guint n_guests = tn_graph_event_count_guests (event);
  TnGraphRefusal refusal
      = question->body != NULL
            ? tn_graph_event_write (event, json_node_get_object (question->body), FALSE)
            : (TnGraphRefusal){ "RequestBodyRead", 400 };
  if (refusal.status != 0)
    {
      tn_graph_answer_refuse (answer, refusal.status, refusal.code);
      return;
    }
  tn_graph_mailbox_note_change (server, event);
  server->n_writes++;
  server->n_mails += MAX (n_guests, tn_graph_event_count_guests (event));
  tn_graph_answer_set (answer, 200, tn_graph_mailbox_show (server, question, event));
}

static void
take_away (TnGraphServer *server, const TnGraphQuestion *question, guint index,
           TnGraphAnswer *answer)
{
  TnGraphEvent *event = g_ptr_array_index (server->events, index);
  if (!check_match (server, question, event, answer))
    return;
  server->n_writes++;
  server->n_mails += tn_graph_event_count_guests (event);
  tn_graph_mailbox_drop (server, index);
  tn_graph_answer_set (answer, 204, NULL);
}

static void
serve_event (TnGraphServer *server, const TnGraphQuestion *question, const char *id,
             TnGraphAnswer *answer)
{
  guint index = 0;
  TnGraphEvent *event = tn_graph_mailbox_find (server, id, &index);
  const char *expand = tn_graph_question_get (question, "$expand");
  if (event == NULL)
    tn_graph_answer_refuse (answer, 404, "ErrorItemNotFound");
  else if (server->quirks.hides_calendar && expand != NULL && strstr (expand, "calendar(") != NULL)
    tn_graph_answer_refuse (answer, 400, "RequestBroker--ParseUri");
  else if (strcmp (question->method, "GET") == 0)
    tn_graph_answer_set (answer, 200, tn_graph_mailbox_show (server, question, event));
  else if (server->quirks.is_read_only)
    tn_graph_answer_refuse (answer, 403, "ErrorAccessDenied");
  else if (strcmp (question->method, "PATCH") == 0)
    change (server, question, event, answer);
  else if (strcmp (question->method, "DELETE") == 0)
    take_away (server, question, index, answer);
  else
    tn_graph_answer_refuse (answer, 405, "BadRequest");
}

static void
serve_calendar (TnGraphServer *server, const TnGraphQuestion *question, char **parts,
                TnGraphAnswer *answer)
{
  gboolean is_list = g_strv_length (parts) == 6 && strcmp (parts[5], "events") == 0;
  gboolean is_delta = g_strv_length (parts) == 7 && strcmp (parts[5], "events") == 0
                      && strcmp (parts[6], "delta") == 0;
  gboolean is_view = g_strv_length (parts) == 6 && strcmp (parts[5], "calendarView") == 0;
  gboolean is_get = strcmp (question->method, "GET") == 0;
  if (strcmp (parts[4], TN_GRAPH_CALENDAR) != 0 || (!is_list && !is_delta && !is_view))
    tn_graph_answer_refuse (answer, 404, "ErrorItemNotFound");
  else if (is_get && is_delta)
    tn_graph_listing_delta (server, question, answer);
  else if (is_get && is_view)
    tn_graph_listing_view (server, question, answer);
  else if (is_get)
    tn_graph_listing_all (server, question, answer);
  else if (server->quirks.is_read_only)
    tn_graph_answer_refuse (answer, 403, "ErrorAccessDenied");
  else if (is_list && strcmp (question->method, "POST") == 0)
    create (server, question, answer);
  else
    tn_graph_answer_refuse (answer, 405, "BadRequest");
}

static void
touch_all (TnGraphServer *server)
{
  for (guint i = 0; i < server->events->len; i++)
    tn_graph_mailbox_note_change (server, g_ptr_array_index (server->events, i));
}

static void
answer_question (TnGraphServer *server, const TnGraphQuestion *question, TnGraphAnswer *answer)
{
  g_auto (GStrv) parts = g_strsplit (question->path, "/", -1);
  guint n = g_strv_length (parts);
  if (n < 4 || strcmp (parts[1], "users") != 0)
    tn_graph_answer_refuse (answer, 404, "ResourceNotFound");
  else if (strcmp (parts[2], TN_GRAPH_MAILBOX) != 0)
    tn_graph_answer_refuse (answer, 403, "ErrorAccessDenied");
  else if (n == 4 && strcmp (parts[3], "calendars") == 0)
    list_calendars (server, answer);
  else if (n == 5 && strcmp (parts[3], "calendars") == 0
           && strcmp (parts[4], TN_GRAPH_CALENDAR) == 0)
    tn_graph_answer_set (answer, 200, show_calendar (server, 1));
  else if (n == 5 && strcmp (parts[3], "events") == 0)
    serve_event (server, question, parts[4], answer);
  else if (n >= 6 && strcmp (parts[3], "calendars") == 0)
    {
      if (server->quirks.is_restless && strcmp (question->method, "GET") == 0
          && tn_graph_question_get (question, "$filter") == NULL)
        touch_all (server);
      serve_calendar (server, question, parts, answer);
    }
  else
    tn_graph_answer_refuse (answer, 404, "ResourceNotFound");
}

static void
record (TnGraphServer *server, const TnGraphQuestion *question, const TnGraphAnswer *answer)
{
  if (server->record == NULL)
    return;
  JsonObject *said = json_object_new ();
  json_object_set_string_member (said, "method", question->method);
  json_object_set_string_member (said, "path", question->path);
  json_object_set_int_member (said, "status", answer->status);
  if (question->body != NULL)
    json_object_set_member (said, "request", json_node_copy (question->body));
  if (answer->body != NULL)
    json_object_set_member (said, "answer", json_node_copy (answer->body));
  g_autofree char *text = dup_wording (said);
  g_autofree char *name = g_strdup_printf ("%05u.json", server->n_recorded++);
  g_autofree char *path = g_build_filename (server->record, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  json_object_unref (said);
}

/* One question, in a batch or alone. */
static void
serve (const TnGraphQuestion *question, TnGraphAnswer *answer, gpointer user_data)
{
  answer_question (user_data, question, answer);
  record (user_data, question, answer);
}

static void
write_answer (const TnGraphAnswer *answer, TnHttpAnswer *http)
{
  http->status = answer->status;
  if (answer->retry_after_s > 0)
    {
      g_autofree char *after = g_strdup_printf ("%u", answer->retry_after_s);
      tn_http_answer_add_header (http, "Retry-After", after);
    }
  if (answer->body == NULL)
    return;
  g_autofree char *text = dup_wording (json_node_get_object (answer->body));
  tn_http_answer_set_text (http, "application/json;odata.metadata=minimal", text);
}

/* For tests that are programs: what Graph has no question for. */
static void
answer_outbox (TnGraphServer *server, TnGraphAnswer *answer)
{
  JsonObject *body = json_object_new ();
  json_object_set_int_member (body, "mails", server->n_mails);
  json_object_set_int_member (body, "blind", server->n_blind);
  tn_graph_answer_set (answer, 200, body);
}

static JsonNode *
read_body (const TnHttpSeen *seen)
{
  gsize length = 0;
  const char *text = g_bytes_get_data (seen->body, &length);
  g_autoptr (JsonParser) parser = json_parser_new ();
  if (length == 0 || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

static gboolean
is_let_in (const TnGraphServer *server, const TnHttpSeen *seen)
{
  const char *given = tn_http_seen_get_header (seen, "authorization");
  g_autofree char *wanted = g_strconcat ("Bearer ", server->quirks.bearer, NULL);
  return server->quirks.bearer == NULL || g_strcmp0 (given, wanted) == 0;
}

static void
on_request (const TnHttpSeen *seen, TnHttpAnswer *http, gpointer user_data)
{
  TnGraphServer *server = user_data;
  TnGraphAnswer answer = { .status = 404 };
  const char *target
      = seen->target + (g_str_has_prefix (seen->target, VERSION) ? strlen (VERSION) : 0);
  g_autoptr (TnGraphQuestion) question
      = tn_graph_question_new (seen->method, target, read_body (seen));
  GHashTableIter iter;
  gpointer name = NULL, value = NULL;
  g_hash_table_iter_init (&iter, seen->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_replace (question->headers, g_strdup (name), g_strdup (value));
  if (!is_let_in (server, seen))
    tn_graph_answer_refuse (&answer, 401, "InvalidAuthenticationToken");
  else if (strcmp (seen->target, "/outbox") == 0)
    answer_outbox (server, &answer);
  else if (strcmp (question->path, "/$batch") == 0 && question->body != NULL)
    tn_graph_batch_run (json_node_get_object (question->body), serve, server, server->quirks.part,
                        server->quirks.part_status, &answer);
  else
    serve (question, &answer, server);
  write_answer (&answer, http);
  tn_graph_answer_clear (&answer);
}

TnGraphServer *
tn_graph_server_new (void)
{
  TnGraphServer *server = g_new0 (TnGraphServer, 1);
  server->http = tn_http_server_new ();
  server->events = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_graph_event_free);
  server->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  server->transactions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  server->generation = 1;
  tn_http_server_set_handler (server->http, on_request, server);
  return server;
}

void
tn_graph_server_free (TnGraphServer *server)
{
  if (server == NULL)
    return;
  tn_http_server_free (server->http);
  g_ptr_array_unref (server->events);
  g_hash_table_unref (server->removed);
  g_hash_table_unref (server->transactions);
  g_free (server->record);
  g_free (server);
}

TnGraphQuirks *
tn_graph_server_get_quirks (TnGraphServer *server)
{
  return &server->quirks;
}

TnHttpServer *
tn_graph_server_get_http (TnGraphServer *server)
{
  return server->http;
}

char *
tn_graph_server_dup_url (TnGraphServer *server)
{
  return tn_http_server_dup_url (server->http, VERSION);
}
