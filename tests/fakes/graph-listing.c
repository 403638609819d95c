/* How the fake Graph lists: all events page by page, what changed since a token, or a view of a
 * span of time. Tokens name a change, so that a page ends at one. */
#include "fakes/graph-mailbox.h"

#include <string.h>

#define DAY_S G_GINT64_CONSTANT (86400)
#define OCCURRENCES_MOST 4000u

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

void
tn_graph_listing_all (TnGraphServer *server, const TnGraphQuestion *question, TnGraphAnswer *answer)
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
      if (!tn_graph_mailbox_has (event) || !passes (event, filter))
        continue;
      if (n >= skip && n < skip + page)
        json_array_add_object_element (value, tn_graph_mailbox_show (server, question, event));
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
      Change change = { event->change, tn_graph_mailbox_has (event) ? event : NULL, event->id };
      if (event->change > token->since && (tn_graph_mailbox_has (event) || !token->is_first))
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
  json_array_add_object_element (value, tn_graph_mailbox_show (server, question, change->event));
  if (server->quirks.replays)
    json_array_add_object_element (value, tn_graph_mailbox_show (server, question, change->event));
  if (!server->quirks.lists_occurrences
      || !json_object_has_member (change->event->plain, "recurrence"))
    return;
  JsonObject *occurrence = tn_graph_mailbox_show (server, question, change->event);
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

void
tn_graph_listing_delta (TnGraphServer *server, const TnGraphQuestion *question,
                        TnGraphAnswer *answer)
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

/* One day of what recurs, or -1 when the series has none that late. */
static gint64
find_day (JsonObject *recurrence, gint64 start_s, guint n)
{
  JsonObject *pattern = json_object_get_object_member (recurrence, "pattern");
  JsonObject *range = json_object_get_object_member (recurrence, "range");
  const char *type = json_object_get_string_member (pattern, "type");
  gint64 interval = json_object_get_int_member_with_default (pattern, "interval", 1);
  gint64 days = strcmp (type, "weekly") == 0 ? 7 * interval : interval;
  gint64 number = json_object_get_int_member_with_default (range, "numberOfOccurrences", 0);
  const char *end = json_object_get_string_member_with_default (range, "endDate", "9999-12-31");
  gint64 at_s = start_s + (gint64) n * days * DAY_S;
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (at_s);
  g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");
  const char *kind = json_object_get_string_member (range, "type");
  gboolean is_over = (strcmp (kind, "numbered") == 0 && n >= number)
                     || (strcmp (kind, "endDate") == 0 && strcmp (date, end) > 0);
  return is_over ? -1 : at_s;
}

static void
add_occurrence (TnGraphServer *server, const TnGraphQuestion *question, TnGraphEvent *master,
                gint64 at_s, JsonArray *value)
{
  gint64 start_s = master->start_s;
  gint64 end_s = master->end_s;
  master->start_s = at_s;
  master->end_s = at_s + (end_s - start_s);
  JsonObject *shown = tn_graph_mailbox_show (server, question, master);
  master->start_s = start_s;
  master->end_s = end_s;
  g_autofree char *id = g_strdup_printf ("OID.%s.%" G_GINT64_FORMAT, master->id, at_s / DAY_S);
  g_autofree char *uid = g_strdup_printf ("%s%" G_GINT64_FORMAT, master->uid, at_s / DAY_S);
  json_object_set_string_member (shown, "id", id);
  json_object_set_string_member (shown, "iCalUId", uid);
  json_object_set_string_member (shown, "type", "occurrence");
  json_object_set_string_member (shown, "seriesMasterId", master->id);
  json_object_remove_member (shown, "recurrence");
  json_array_add_object_element (value, shown);
}

static gint64
read_moment (const TnGraphQuestion *question, const char *name)
{
  const char *text = tn_graph_question_get (question, name);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, utc) : NULL;
  return time != NULL ? g_date_time_to_unix (time) : -1;
}

static void
add_viewed (TnGraphServer *server, const TnGraphQuestion *question, TnGraphEvent *event,
            gint64 start_s, gint64 end_s, JsonArray *value)
{
  gint64 length_s = event->end_s - event->start_s;
  if (!json_object_has_member (event->plain, "recurrence"))
    {
      if (event->start_s < end_s && event->end_s > start_s)
        json_array_add_object_element (value, tn_graph_mailbox_show (server, question, event));
      return;
    }
  JsonObject *recurrence = json_object_get_object_member (event->plain, "recurrence");
  for (guint n = 0; n < OCCURRENCES_MOST; n++)
    {
      gint64 at_s = find_day (recurrence, event->start_s, n);
      if (at_s < 0 || at_s >= end_s)
        return;
      if (at_s + length_s > start_s)
        add_occurrence (server, question, event, at_s, value);
    }
}

/* What recurs is laid out, each occurrence an event with an id and a UID of its own (pitfall 2);
 * daily and weekly ones are. */
void
tn_graph_listing_view (TnGraphServer *server, const TnGraphQuestion *question,
                       TnGraphAnswer *answer)
{
  gint64 start_s = read_moment (question, "startDateTime");
  gint64 end_s = read_moment (question, "endDateTime");
  if (start_s < 0 || end_s < start_s)
    {
      tn_graph_answer_refuse (answer, 400, "ErrorInvalidParameter");
      return;
    }
  JsonArray *value = json_array_new ();
  JsonObject *body = json_object_new ();
  for (guint i = 0; i < server->events->len; i++)
    {
      TnGraphEvent *event = g_ptr_array_index (server->events, i);
      if (tn_graph_mailbox_has (event))
        add_viewed (server, question, event, start_s, end_s, value);
    }
  json_object_set_array_member (body, "value", value);
  tn_graph_answer_set (answer, 200, body);
}
