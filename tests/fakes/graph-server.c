/* Stateful, as Graph is: it chooses ids, UIDs and change keys itself, holds If-Match, remembers
 * transaction numbers, and notes each mail that it would have sent. Writes without If-Match are
 * counted: real Graph takes them, and turnus makes none (hazard 19). */
#include "fakes/graph-server.h"

#include <string.h>

#include "fakes/graph-answer.h"

#define VERSION "/v1.0"

struct _TnGraphServer
{
  TnHttpServer *http; /* (owned) */
  TnGraphQuirks quirks;
  GPtrArray *events;        /* (owned) (element-type TnGraphEvent) as they were made */
  GHashTable *removed;      /* (owned) (element-type utf8 guint) id to the change */
  GHashTable *transactions; /* (owned) (element-type utf8 utf8) number to the wording */
  guint change;
  guint generation; /* of delta tokens */
  guint n_made;
  guint n_writes;
  guint n_mails;
  guint n_blind;
};

static gboolean
is_ours (const TnGraphEvent *event)
{
  return strcmp (event->calendar, TN_GRAPH_CALENDAR) == 0;
}

/* Byte by byte; two that differ in '-' and '_' alone are two (pitfall 9). */
static TnGraphEvent *
find_event (TnGraphServer *server, const char *id, guint *ret_index)
{
  const char *mark = strchr (id, '!');
  const char *bare = mark != NULL ? mark + 1 : id;
  for (guint i = 0; i < server->events->len; i++)
    {
      TnGraphEvent *event = g_ptr_array_index (server->events, i);
      g_autofree char *mutable_id = g_strconcat (event->calendar, "!", event->id, NULL);
      if (strcmp (event->id, bare) == 0 && (mark == NULL || strcmp (mutable_id, id) == 0))
        {
          *ret_index = i;
          return event;
        }
    }
  return NULL;
}

static void
note_change (TnGraphServer *server, TnGraphEvent *event)
{
  event->key++;
  event->change = ++server->change;
}

static TnGraphEvent *
make_event (TnGraphServer *server, const char *calendar)
{
  guint n = server->n_made++;
  g_autofree char *id = g_strdup_printf ("AAkALgAAAAAAHYQ%c%u=", n % 2 == 0 ? '-' : '_', n / 2);
  g_autofree char *uid = g_strdup_printf ("040000008200E00074C5B7101A82E008000000%08X", n + 4711);
  TnGraphEvent *event = tn_graph_event_new (id, calendar, uid);
  event->key = n * 10;
  note_change (server, event);
  return event;
}

static void
drop_event (TnGraphServer *server, guint index)
{
  TnGraphEvent *event = g_ptr_array_index (server->events, index);
  g_hash_table_replace (server->removed, g_strdup (event->id), GUINT_TO_POINTER (++server->change));
  if (!server->quirks.remembers_removed && event->transaction != NULL)
    g_hash_table_remove (server->transactions, event->transaction);
  g_ptr_array_remove_index (server->events, index);
}

static JsonObject *
show (TnGraphServer *server, const TnGraphQuestion *question, const TnGraphEvent *event)
{
  g_autoptr (TnGraphPrefer) prefer
      = tn_graph_prefer_parse (tn_graph_question_get_header (question, "prefer"));
  if (server->quirks.ignores_zone)
    {
      g_free (prefer->zone);
      prefer->zone = g_strdup ("W. Europe Standard Time");
    }
  return tn_graph_event_show (event, prefer, tn_graph_question_get (question, "$select"),
                              tn_graph_question_get (question, "$expand"));
}

static char *
dup_link (TnGraphServer *server, const TnGraphQuestion *question, const char *query)
{
  g_autofree char *own = tn_graph_server_dup_url (server);
  const char *start = server->quirks.foreign_link != NULL ? server->quirks.foreign_link : own;
  g_autofree char *path = g_uri_escape_string (question->path, "/", FALSE);
  return g_strconcat (start, path, "?", query, NULL);
}

static guint
get_page (const TnGraphServer *server, const TnGraphQuestion *question)
{
  g_autoptr (TnGraphPrefer) prefer
      = tn_graph_prefer_parse (tn_graph_question_get_header (question, "prefer"));
  const char *top = tn_graph_question_get (question, "$top");
  if (server->quirks.page > 0)
    return server->quirks.page;
  if (top != NULL)
    return (guint) g_ascii_strtoull (top, NULL, 10);
  return prefer->page > 0 ? prefer->page : 10;
}

static const char *
find_quoted (const char *text, const char *behind, char **ret)
{
  const char *at = strstr (text, behind);
  const char *start = at != NULL ? strchr (at, '\'') : NULL;
  const char *end = start != NULL ? strchr (start + 1, '\'') : NULL;
  *ret = end != NULL ? g_strndup (start + 1, (gsize) (end - start) - 1) : g_strdup ("");
  return end != NULL ? end : text + strlen (text);
}

/* By an extended property; texts are compared without regard to capitals, as Exchange does. */
static gboolean
passes (const TnGraphEvent *event, const char *filter)
{
  g_autofree char *id = NULL;
  g_autofree char *value = NULL;
  if (filter == NULL)
    return TRUE;
  find_quoted (find_quoted (filter, "ep/id eq", &id), "ep/value eq", &value);
  const char *own = g_hash_table_lookup (event->own, id);
  return own != NULL && g_ascii_strcasecmp (own, value) == 0;
}

static void
list_events (TnGraphServer *server, const TnGraphQuestion *question, TnGraphAnswer *answer)
{
  const char *skip_text = tn_graph_question_get (question, "$skip");
  const char *filter = tn_graph_question_get (question, "$filter");
  guint skip = skip_text != NULL ? (guint) g_ascii_strtoull (skip_text, NULL, 10) : 0;
  guint page = get_page (server, question);
  guint n = 0;
  JsonArray *value = json_array_new ();
  JsonObject *body = json_object_new ();
  for (guint i = 0; i < server->events->len; i++)
    {
      const TnGraphEvent *event = g_ptr_array_index (server->events, i);
      if (!is_ours (event) || !passes (event, filter))
        continue;
      if (n >= skip && n < skip + page)
        json_array_add_object_element (value, show (server, question, event));
      n++;
    }
  json_object_set_array_member (body, "value", value);
  if (tn_graph_question_get (question, "$count") != NULL && !server->quirks.forgets_count)
    json_object_set_int_member (body, "@odata.count", n);
  if (n > skip + page)
    {
      g_autofree char *query = g_strdup_printf ("$select=id,changeKey,type&$skip=%u", skip + page);
      g_autofree char *link = dup_link (server, question, query);
      json_object_set_string_member (body, "@odata.nextLink", link);
    }
  tn_graph_answer_set (answer, 200, body);
}

/* A place in the changes: `GENERATION-CHANGE`, and whether it is a first listing. */
typedef struct
{
  guint generation;
  guint since;
  gboolean is_first;
  gboolean is_page;
} Token;

static Token
read_token (const TnGraphServer *server, const TnGraphQuestion *question)
{
  const char *delta = tn_graph_question_get (question, "$deltatoken");
  const char *skip = tn_graph_question_get (question, "$skiptoken");
  const char *text = delta != NULL ? delta : skip;
  Token token = { .generation = server->generation, .is_first = text == NULL };
  if (text == NULL)
    return token;
  g_auto (GStrv) parts = g_strsplit (text, "-", 3);
  gboolean is_whole = g_strv_length (parts) == 3;
  token.generation = is_whole ? (guint) g_ascii_strtoull (parts[0], NULL, 10) : 0;
  token.since = is_whole ? (guint) g_ascii_strtoull (parts[1], NULL, 10) : 0;
  token.is_first = is_whole && strcmp (parts[2], "first") == 0;
  token.is_page = skip != NULL;
  return token;
}

/* A change that a listing tells of. */
typedef struct
{
  guint change;
  const TnGraphEvent *event; /* NULL: removed */
  const char *id;
} Change;

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const Change *one = a;
  const Change *two = b;
  return (one->change > two->change) - (one->change < two->change);
}

static GArray *
list_changes (TnGraphServer *server, const Token *token)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));
  for (guint i = 0; i < server->events->len; i++)
    {
      const TnGraphEvent *event = g_ptr_array_index (server->events, i);
      Change change = { event->change, is_ours (event) ? event : NULL, event->id };
      if (event->change > token->since && (is_ours (event) || !token->is_first))
        g_array_append_val (changes, change);
    }
  GHashTableIter iter;
  gpointer id = NULL, at = NULL;
  g_hash_table_iter_init (&iter, server->removed);
  while (!token->is_first && g_hash_table_iter_next (&iter, &id, &at))
    {
      Change change = { GPOINTER_TO_UINT (at), NULL, id };
      if (change.change > token->since)
        g_array_append_val (changes, change);
    }
  g_array_sort (changes, compare_changes);
  return changes;
}

static void
add_removed (JsonArray *value, const char *id)
{
  JsonObject *reason = json_object_new ();
  JsonObject *removed = json_object_new ();
  json_object_set_string_member (reason, "reason", "deleted");
  json_object_set_string_member (removed, "id", id);
  json_object_set_object_member (removed, "@removed", reason);
  json_array_add_object_element (value, removed);
}

static void
add_change (TnGraphServer *server, const TnGraphQuestion *question, const Change *change,
            JsonArray *value)
{
  if (change->event == NULL)
    {
      add_removed (value, change->id);
      return;
    }
  json_array_add_object_element (value, show (server, question, change->event));
  if (server->quirks.replays)
    json_array_add_object_element (value, show (server, question, change->event));
  if (!server->quirks.lists_occurrences
      || !json_object_has_member (change->event->plain, "recurrence"))
    return;
  JsonObject *occurrence = show (server, question, change->event);
  g_autofree char *id = g_strconcat (change->id, ".OID", NULL);
  json_object_set_string_member (occurrence, "id", id);
  json_object_set_string_member (occurrence, "type", "occurrence");
  json_object_set_string_member (occurrence, "seriesMasterId", change->id);
  json_array_add_object_element (value, occurrence);
}

static void
add_link (TnGraphServer *server, const TnGraphQuestion *question, const Token *token, guint at,
          gboolean goes_on, JsonObject *body)
{
  g_autofree char *query
      = g_strdup_printf ("%s=%u-%u-%s", goes_on ? "$skiptoken" : "$deltatoken", server->generation,
                         at, token->is_first && goes_on ? "first" : "rest");
  g_autofree char *link = dup_link (server, question, query);
  if (goes_on || !server->quirks.cuts_listing)
    json_object_set_string_member (body, goes_on ? "@odata.nextLink" : "@odata.deltaLink", link);
}

static void
list_delta (TnGraphServer *server, const TnGraphQuestion *question, TnGraphAnswer *answer)
{
  Token token = read_token (server, question);
  guint page = get_page (server, question);
  if (server->quirks.delta_status != 0)
    {
      tn_graph_answer_refuse (answer, server->quirks.delta_status, "ErrorInvalidRequest");
      return;
    }
  if (token.generation != server->generation
      || (server->quirks.loses_next_links && token.is_first && token.is_page))
    {
      tn_graph_answer_refuse (answer, 410, "SyncStateNotFound");
      return;
    }
  g_autoptr (GArray) changes = list_changes (server, &token);
  guint last = server->change;
  JsonArray *value = json_array_new ();
  JsonObject *body = json_object_new ();
  for (guint i = 0; i < changes->len && i < page; i++)
    {
      const Change *change = &g_array_index (changes, Change, i);
      add_change (server, question, change, value);
      last = change->change;
    }
  if (server->quirks.falsely_removed != NULL && !token.is_first)
    add_removed (value, server->quirks.falsely_removed);
  json_object_set_array_member (body, "value", value);
  add_link (server, question, &token, changes->len > page ? last : server->change,
            changes->len > page, body);
  tn_graph_answer_set (answer, 200, body);
}

static void
list_calendars (TnGraphServer *server, TnGraphAnswer *answer)
{
  static const char *const ids[] = { TN_GRAPH_OTHER, TN_GRAPH_CALENDAR };
  static const char *const names[] = { "Birthdays", "Kalender" };
  JsonArray *value = json_array_new ();
  JsonObject *body = json_object_new ();
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      JsonObject *calendar = json_object_new ();
      json_object_set_string_member (calendar, "id", ids[i]);
      json_object_set_string_member (calendar, "name", names[i]);
      json_object_set_boolean_member (calendar, "canEdit", i == 1 && !server->quirks.is_read_only);
      json_object_set_boolean_member (calendar, "isDefaultCalendar", i == 1);
      json_array_add_object_element (value, calendar);
    }
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
    tn_graph_answer_set (answer, 201, show (server, question, event));
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
  TnGraphEvent *event = make_event (server, TN_GRAPH_CALENDAR);
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
  tn_graph_answer_set (answer, 201, show (server, question, event));
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
  note_change (server, event);
  server->n_writes++;
  server->n_mails += MAX (n_guests, tn_graph_event_count_guests (event));
  tn_graph_answer_set (answer, 200, show (server, question, event));
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
  drop_event (server, index);
  tn_graph_answer_set (answer, 204, NULL);
}

static void
serve_event (TnGraphServer *server, const TnGraphQuestion *question, const char *id,
             TnGraphAnswer *answer)
{
  guint index = 0;
  TnGraphEvent *event = find_event (server, id, &index);
  const char *expand = tn_graph_question_get (question, "$expand");
  if (event == NULL)
    tn_graph_answer_refuse (answer, 404, "ErrorItemNotFound");
  else if (server->quirks.hides_calendar && expand != NULL && strstr (expand, "calendar(") != NULL)
    tn_graph_answer_refuse (answer, 400, "RequestBroker--ParseUri");
  else if (strcmp (question->method, "GET") == 0)
    tn_graph_answer_set (answer, 200, show (server, question, event));
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
  gboolean is_get = strcmp (question->method, "GET") == 0;
  if (strcmp (parts[4], TN_GRAPH_CALENDAR) != 0 || (!is_list && !is_delta))
    tn_graph_answer_refuse (answer, 404, "ErrorItemNotFound");
  else if (is_get && is_delta)
    list_delta (server, question, answer);
  else if (is_get)
    list_events (server, question, answer);
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
    note_change (server, g_ptr_array_index (server->events, i));
}

/* One question, in a batch or alone. */
static void
serve (const TnGraphQuestion *question, TnGraphAnswer *answer, gpointer user_data)
{
  TnGraphServer *server = user_data;
  g_auto (GStrv) parts = g_strsplit (question->path, "/", -1);
  guint n = g_strv_length (parts);
  if (n < 4 || strcmp (parts[1], "users") != 0)
    tn_graph_answer_refuse (answer, 404, "ResourceNotFound");
  else if (strcmp (parts[2], TN_GRAPH_MAILBOX) != 0)
    tn_graph_answer_refuse (answer, 403, "ErrorAccessDenied");
  else if (n == 4 && strcmp (parts[3], "calendars") == 0)
    list_calendars (server, answer);
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

static void
write_text (TnGraphEvent *event, const char *text, gboolean is_new)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  TnGraphRefusal refusal
      = tn_graph_event_write (event, json_node_get_object (json_parser_get_root (parser)), is_new);
  g_assert_cmpuint (refusal.status, ==, 0);
}

const char *
tn_graph_server_put (TnGraphServer *server, const char *text)
{
  TnGraphEvent *event = make_event (server, TN_GRAPH_CALENDAR);
  write_text (event, text, TRUE);
  g_ptr_array_add (server->events, event);
  return event->id;
}

void
tn_graph_server_edit (TnGraphServer *server, const char *id, const char *text)
{
  write_text (tn_graph_server_find (server, id), text, FALSE);
  tn_graph_server_touch (server, id);
}

void
tn_graph_server_touch (TnGraphServer *server, const char *id)
{
  note_change (server, tn_graph_server_find (server, id));
}

void
tn_graph_server_remove (TnGraphServer *server, const char *id)
{
  guint index = 0;
  g_assert_nonnull (find_event (server, id, &index));
  drop_event (server, index);
}

void
tn_graph_server_move (TnGraphServer *server, const char *id)
{
  TnGraphEvent *event = tn_graph_server_find (server, id);
  g_free (event->calendar);
  event->calendar = g_strdup (TN_GRAPH_OTHER);
  note_change (server, event);
}

const char *
tn_graph_server_copy (TnGraphServer *server, const char *id)
{
  TnGraphEvent *from = tn_graph_server_find (server, id);
  TnGraphEvent *copy = make_event (server, TN_GRAPH_CALENDAR);
  GHashTableIter iter;
  gpointer name = NULL, value = NULL;
  g_hash_table_iter_init (&iter, from->own);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_replace (copy->own, g_strdup (name), g_strdup (value));
  json_object_set_string_member (copy->plain, "subject",
                                 json_object_get_string_member (from->plain, "subject"));
  copy->start_s = from->start_s;
  copy->end_s = from->end_s;
  g_ptr_array_add (server->events, copy);
  return copy->id;
}

void
tn_graph_server_invite (TnGraphServer *server, const char *id, guint n_guests)
{
  TnGraphEvent *event = tn_graph_server_find (server, id);
  JsonArray *guests = json_array_new ();
  for (guint i = 0; i < n_guests; i++)
    {
      g_autofree char *address = g_strdup_printf ("guest-%u@example.org", i);
      JsonObject *guest = json_object_new ();
      JsonObject *mail = json_object_new ();
      json_object_set_string_member (mail, "address", address);
      json_object_set_string_member (guest, "type", i == 0 ? "resource" : "required");
      json_object_set_object_member (guest, "emailAddress", mail);
      json_array_add_object_element (guests, guest);
    }
  json_object_set_array_member (event->plain, "attendees", guests);
  note_change (server, event);
}

void
tn_graph_server_forget_tokens (TnGraphServer *server)
{
  server->generation++;
}

TnGraphEvent *
tn_graph_server_find (TnGraphServer *server, const char *id)
{
  guint index = 0;
  return find_event (server, id, &index);
}

static const char *
get_own_uid (const TnGraphEvent *event)
{
  return g_hash_table_lookup (event->own,
                              "String {00020329-0000-0000-C000-000000000046} Name turnus-uid");
}

const char *
tn_graph_server_find_uid (TnGraphServer *server, const char *uid)
{
  for (guint i = 0; i < server->events->len; i++)
    {
      const TnGraphEvent *event = g_ptr_array_index (server->events, i);
      if (g_strcmp0 (get_own_uid (event), uid) == 0)
        return event->id;
    }
  return NULL;
}

GPtrArray *
tn_graph_server_list_uids (TnGraphServer *server)
{
  GPtrArray *uids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < server->events->len; i++)
    if (get_own_uid (g_ptr_array_index (server->events, i)) != NULL)
      g_ptr_array_add (uids, g_strdup (get_own_uid (g_ptr_array_index (server->events, i))));
  return uids;
}

guint
tn_graph_server_count (TnGraphServer *server)
{
  guint n = 0;
  for (guint i = 0; i < server->events->len; i++)
    n += is_ours (g_ptr_array_index (server->events, i));
  return n;
}

guint
tn_graph_server_count_writes (TnGraphServer *server)
{
  return server->n_writes;
}

guint
tn_graph_server_count_mails (TnGraphServer *server)
{
  return server->n_mails;
}

guint
tn_graph_server_count_blind (TnGraphServer *server)
{
  return server->n_blind;
}
