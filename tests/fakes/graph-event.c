/* What Exchange Online does to an event on its way in and out. It shares no code with the plugin:
 * two readers of one page are better than one. Times are kept in UTC with the zones' names beside
 * them, bodies as they came, and shown as the client prefers. */
#include "fakes/graph-event.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

static const char *const kept_words[] = { "subject",
                                          "importance",
                                          "sensitivity",
                                          "showAs",
                                          "isAllDay",
                                          "categories",
                                          "isReminderOn",
                                          "reminderMinutesBeforeStart",
                                          "attendees",
                                          "recurrence",
                                          "allowNewTimeProposals",
                                          "responseRequested",
                                          "hideAttendees",
                                          "location",
                                          NULL };
static const char *const read_words[]
    = { "start", "end", "body", "singleValueExtendedProperties", "transactionId", NULL };

TnGraphEvent *
tn_graph_event_new (const char *id, const char *calendar, const char *uid)
{
  TnGraphEvent *event = g_new0 (TnGraphEvent, 1);
  event->id = g_strdup (id);
  event->calendar = g_strdup (calendar);
  event->uid = g_strdup (uid);
  event->plain = json_object_new ();
  event->body = g_strdup ("");
  event->start_zone = g_strdup ("UTC");
  event->end_zone = g_strdup ("UTC");
  event->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  json_object_set_string_member (event->plain, "subject", "");
  json_object_set_string_member (event->plain, "showAs", "busy");
  json_object_set_string_member (event->plain, "sensitivity", "normal");
  json_object_set_string_member (event->plain, "importance", "normal");
  json_object_set_boolean_member (event->plain, "isAllDay", FALSE);
  json_object_set_boolean_member (event->plain, "isReminderOn", TRUE);
  json_object_set_int_member (event->plain, "reminderMinutesBeforeStart", 15);
  return event;
}

void
tn_graph_event_free (TnGraphEvent *event)
{
  g_free (event->id);
  g_free (event->calendar);
  g_free (event->uid);
  json_object_unref (event->plain);
  g_free (event->body);
  g_free (event->start_zone);
  g_free (event->end_zone);
  g_hash_table_unref (event->own);
  g_free (event->transaction);
  g_free (event->wording);
  g_free (event);
}

/* Windows names by ICU, else what tzdata knows; NULL for neither. */
static GTimeZone *
find_zone (const char *name)
{
  UChar wide[128];
  UChar found[128];
  char narrow[256] = "";
  UErrorCode status = U_ZERO_ERROR;
  u_uastrncpy (wide, name, G_N_ELEMENTS (wide) - 1);
  wide[G_N_ELEMENTS (wide) - 1] = 0;
  int32_t n = ucal_getTimeZoneIDForWindowsID (wide, -1, NULL, found, G_N_ELEMENTS (found), &status);
  if (U_SUCCESS (status) && n > 0)
    return g_time_zone_new_identifier (u_austrncpy (narrow, found, sizeof narrow - 1));
  return g_time_zone_new_identifier (name);
}

static gint
get_offset (const char *name, gint64 at_s)
{
  g_autoptr (GTimeZone) zone = find_zone (name);
  gint interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, at_s);
  return g_time_zone_get_offset (zone, interval);
}

static TnGraphRefusal
refuse (guint status, const char *code)
{
  return (TnGraphRefusal){ .code = code, .status = status };
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

static gboolean
read_time (JsonObject *wish, const char *name, gint64 *at_s, char **zone_name,
           gboolean *is_midnight)
{
  JsonNode *node = json_object_get_member (wish, name);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  const char *text = get_text (json_node_get_object (node), "dateTime");
  const char *name_given = get_text (json_node_get_object (node), "timeZone");
  g_autoptr (GTimeZone) zone = name_given != NULL ? find_zone (name_given) : NULL;
  g_autoptr (GDateTime) time
      = text != NULL && zone != NULL ? g_date_time_new_from_iso8601 (text, zone) : NULL;
  if (time == NULL)
    return FALSE;
  *at_s = g_date_time_to_unix (time);
  *is_midnight = g_date_time_get_hour (time) == 0 && g_date_time_get_minute (time) == 0
                 && g_date_time_get_second (time) == 0;
  g_free (*zone_name);
  *zone_name = g_strdup (name_given);
  return TRUE;
}

static gboolean
is_word (JsonObject *wish, const char *name, const char *const *words)
{
  const char *text = get_text (wish, name);
  return !json_object_has_member (wish, name) || (text != NULL && g_strv_contains (words, text));
}

/* Graph refuses what it does not know, and words that are none. */
static TnGraphRefusal
check (JsonObject *wish)
{
  static const char *const shows[]
      = { "unknown", "free", "tentative", "busy", "oof", "workingElsewhere", NULL };
  static const char *const sensitivities[]
      = { "normal", "personal", "private", "confidential", NULL };
  g_autoptr (GList) names = json_object_get_members (wish);
  for (GList *at = names; at != NULL; at = at->next)
    if (!g_strv_contains (kept_words, at->data) && !g_strv_contains (read_words, at->data))
      return refuse (400, "RequestBodyRead");
  if (!is_word (wish, "showAs", shows) || !is_word (wish, "sensitivity", sensitivities))
    return refuse (400, "RequestBodyRead");
  return refuse (0, NULL);
}

static TnGraphRefusal
write_when (TnGraphEvent *event, JsonObject *wish, gboolean is_new)
{
  gboolean starts_at_midnight = TRUE;
  gboolean ends_at_midnight = TRUE;
  if (!json_object_has_member (wish, "start") && !json_object_has_member (wish, "end"))
    return is_new ? refuse (400, "ErrorPropertyValidationFailure") : refuse (0, NULL);
  if (!read_time (wish, "start", &event->start_s, &event->start_zone, &starts_at_midnight)
      || !read_time (wish, "end", &event->end_s, &event->end_zone, &ends_at_midnight))
    return refuse (400, "TimeZoneNotSupportedException");
  gboolean all_day = json_object_get_boolean_member_with_default (
      wish, "isAllDay", json_object_get_boolean_member (event->plain, "isAllDay"));
  if (all_day && (!starts_at_midnight || !ends_at_midnight || event->end_s <= event->start_s))
    return refuse (400, "ErrorPropertyValidationFailure");
  return event->end_s < event->start_s ? refuse (400, "ErrorCalendarEndDateIsEarlierThanStartDate")
                                       : refuse (0, NULL);
}

static void
write_body (TnGraphEvent *event, JsonObject *wish)
{
  JsonNode *node = json_object_get_member (wish, "body");
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return;
  const char *type = get_text (json_node_get_object (node), "contentType");
  const char *content = get_text (json_node_get_object (node), "content");
  g_free (event->body);
  event->body = g_strdup (content != NULL ? content : "");
  event->is_html = g_strcmp0 (type, "html") == 0;
}

static void
write_own (TnGraphEvent *event, JsonObject *wish)
{
  JsonNode *node = json_object_get_member (wish, "singleValueExtendedProperties");
  JsonArray *list
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonObject *property = json_array_get_object_element (list, i);
      g_hash_table_replace (event->own, g_strdup (get_text (property, "id")),
                            g_strdup (get_text (property, "value")));
    }
}

/**
 * tn_graph_event_write:
 * @wish: what a client sent
 *
 * Returns: a refusal, after which @event is of no use; status 0 when it was taken
 */
TnGraphRefusal
tn_graph_event_write (TnGraphEvent *event, JsonObject *wish, gboolean is_new)
{
  TnGraphRefusal refusal = check (wish);
  if (refusal.status == 0)
    refusal = write_when (event, wish, is_new);
  if (refusal.status != 0)
    return refusal;
  write_body (event, wish);
  write_own (event, wish);
  if (get_text (wish, "transactionId") != NULL)
    {
      g_free (event->transaction);
      event->transaction = g_strdup (get_text (wish, "transactionId"));
    }
  for (guint i = 0; kept_words[i] != NULL; i++)
    if (json_object_has_member (wish, kept_words[i]))
      json_object_set_member (event->plain, kept_words[i],
                              json_node_copy (json_object_get_member (wish, kept_words[i])));
  return refuse (0, NULL);
}

guint
tn_graph_event_count_guests (const TnGraphEvent *event)
{
  return json_object_has_member (event->plain, "attendees")
             ? json_array_get_length (json_object_get_array_member (event->plain, "attendees"))
             : 0;
}

static char *
dup_key (const TnGraphEvent *event)
{
  return g_strdup_printf ("CQAAABYAAAA%u==", event->key);
}

char *
tn_graph_event_dup_etag (const TnGraphEvent *event)
{
  g_autofree char *key = dup_key (event);
  return g_strdup_printf ("W/\"%s\"", key);
}

/* A mutable id has the folder in it, and is another one after a move (pitfall 8). */
char *
tn_graph_event_dup_shown_id (const TnGraphEvent *event, const TnGraphPrefer *prefer)
{
  return prefer->is_immutable ? g_strdup (event->id)
                              : g_strconcat (event->calendar, "!", event->id, NULL);
}

static void
show_time (JsonObject *to, const char *name, gint64 at_s, const char *zone_name)
{
  g_autoptr (GTimeZone) zone = find_zone (zone_name);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_s);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *text = g_date_time_format (local, "%Y-%m-%dT%H:%M:%S.0000000");
  JsonObject *time = json_object_new ();
  json_object_set_string_member (time, "dateTime", text);
  json_object_set_string_member (time, "timeZone", zone_name);
  json_object_set_object_member (to, name, time);
}

/* Days are shown as they are, in whatever zone they were made. */
static void
show_when (const TnGraphEvent *event, const TnGraphPrefer *prefer, JsonObject *to)
{
  gboolean all_day = json_object_get_boolean_member (event->plain, "isAllDay");
  const char *zone = all_day ? "UTC" : prefer->zone;
  show_time (to, "start",
             event->start_s + (all_day ? get_offset (event->start_zone, event->start_s) : 0), zone);
  show_time (to, "end", event->end_s + (all_day ? get_offset (event->end_zone, event->end_s) : 0),
             zone);
}

/* As Exchange dresses text for who asks for HTML. */
static char *
dress (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  g_autoptr (GString) lines = g_string_new (escaped);
  g_string_replace (lines, "\r\n", "\n", 0);
  g_string_replace (lines, "\n", "<br>\r\n", 0);
  return g_strdup_printf (
      "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">"
      "<meta name=\"Generator\" content=\"Microsoft Exchange Server\">\r\n"
      "<!-- converted from text -->\r\n<style><!-- .EmailQuote { margin-left: 1pt; } --></style>"
      "</head>\r\n<body>\r\n<font size=\"2\"><span style=\"font-size:11pt;\"><div "
      "class=\"PlainText\">%s</div></span></font>\r\n</body>\r\n</html>\r\n",
      lines->str);
}

/* HTML as Exchange turns it to text: a line for each block, CRLF. */
static char *
undress (const char *html)
{
  g_autoptr (GRegex) head = g_regex_new ("<head>.*</head>", G_REGEX_DOTALL, 0, NULL);
  g_autoptr (GRegex) lines = g_regex_new ("<br[^>]*>|</(p|div|li|tr)>", G_REGEX_CASELESS, 0, NULL);
  g_autoptr (GRegex) tags = g_regex_new ("<[^>]*>", 0, 0, NULL);
  g_autofree char *bare = g_regex_replace_literal (head, html, -1, 0, "", 0, NULL);
  g_autofree char *broken = g_regex_replace_literal (lines, bare, -1, 0, "\r\n", 0, NULL);
  g_autofree char *plain = g_regex_replace_literal (tags, broken, -1, 0, "", 0, NULL);
  g_autoptr (GString) text = g_string_new (plain);
  g_string_replace (text, "&nbsp;", " ", 0);
  g_string_replace (text, "&lt;", "<", 0);
  g_string_replace (text, "&gt;", ">", 0);
  g_string_replace (text, "&quot;", "\"", 0);
  g_string_replace (text, "&#39;", "'", 0);
  g_string_replace (text, "&amp;", "&", 0);
  g_string_append (text, "\r\n");
  return g_strdup (text->str);
}

static void
show_body (const TnGraphEvent *event, const TnGraphPrefer *prefer, JsonObject *to)
{
  g_autofree char *shown = event->is_html == !prefer->as_text ? g_strdup (event->body)
                           : event->is_html                   ? undress (event->body)
                                                              : dress (event->body);
  JsonObject *body = json_object_new ();
  json_object_set_string_member (body, "contentType", prefer->as_text ? "text" : "html");
  json_object_set_string_member (body, "content", shown);
  json_object_set_object_member (to, "body", body);
}

static void
show_own (const TnGraphEvent *event, const char *expand, JsonObject *to)
{
  if (expand == NULL || strstr (expand, "singleValueExtendedProperties") == NULL)
    return;
  JsonArray *list = json_array_new ();
  GHashTableIter iter;
  gpointer id = NULL, value = NULL;
  g_hash_table_iter_init (&iter, event->own);
  while (g_hash_table_iter_next (&iter, &id, &value))
    {
      g_autofree char *asked = g_strdup_printf ("'%s'", (const char *) id);
      if (strstr (expand, asked) == NULL)
        continue;
      g_autofree char *lower = g_ascii_strdown (id, -1); /* servers spell the set as they like */
      g_autofree char *spelt = g_strconcat ("String", lower + strlen ("string"), NULL);
      const char *name = strstr (spelt, " name ");
      if (name != NULL)
        memcpy (strstr (spelt, " name "), " Name ", 6);
      JsonObject *property = json_object_new ();
      json_object_set_string_member (property, "id", spelt);
      json_object_set_string_member (property, "value", value);
      json_array_add_object_element (list, property);
    }
  if (json_array_get_length (list) > 0)
    json_object_set_array_member (to, "singleValueExtendedProperties", list);
  else
    json_array_unref (list);
}

static void
show_rest (const TnGraphEvent *event, const TnGraphPrefer *prefer, JsonObject *to)
{
  g_autofree char *id = tn_graph_event_dup_shown_id (event, prefer);
  g_autofree char *key = dup_key (event);
  g_autofree char *changed = g_strdup_printf ("2026-09-%02uT08:00:00Z", event->key % 28 + 1);
  JsonObject *status = json_object_new ();
  json_object_set_string_member (status, "response", event->is_invited ? "accepted" : "organizer");
  json_object_set_string_member (to, "id", id);
  json_object_set_string_member (to, "changeKey", key);
  json_object_set_string_member (to, "iCalUId", event->uid);
  json_object_set_string_member (to, "lastModifiedDateTime", changed);
  json_object_set_string_member (to, "createdDateTime", "2026-09-01T08:00:00Z");
  json_object_set_string_member (
      to, "type",
      json_object_has_member (event->plain, "recurrence") ? "seriesMaster" : "singleInstance");
  json_object_set_string_member (to, "originalStartTimeZone", event->start_zone);
  json_object_set_string_member (to, "originalEndTimeZone", event->end_zone);
  json_object_set_boolean_member (to, "isCancelled", FALSE);
  json_object_set_boolean_member (to, "isOrganizer", !event->is_invited);
  json_object_set_object_member (to, "responseStatus", status);
  if (event->transaction != NULL)
    json_object_set_string_member (to, "transactionId", event->transaction);
  if (!json_object_has_member (to, "attendees"))
    json_object_set_array_member (to, "attendees", json_array_new ());
}

static void
select_names (JsonObject *object, const char *select)
{
  g_auto (GStrv) names = g_strsplit (select, ",", -1);
  g_autoptr (GList) members = json_object_get_members (object);
  for (GList *at = members; at != NULL; at = at->next)
    if (!g_strv_contains ((const char *const *) names, at->data) && strcmp (at->data, "id") != 0)
      json_object_remove_member (object, at->data);
}

/**
 * tn_graph_event_show:
 *
 * Returns: (transfer full)
 */
JsonObject *
tn_graph_event_show (const TnGraphEvent *event, const TnGraphPrefer *prefer, const char *select,
                     const char *expand)
{
  JsonObject *shown = json_object_new ();
  g_autofree char *etag = tn_graph_event_dup_etag (event);
  for (guint i = 0; kept_words[i] != NULL; i++)
    if (json_object_has_member (event->plain, kept_words[i]))
      json_object_set_member (
          shown, kept_words[i],
          json_node_copy (json_object_get_member (event->plain, kept_words[i])));
  show_rest (event, prefer, shown);
  show_when (event, prefer, shown);
  show_body (event, prefer, shown);
  if (select != NULL)
    select_names (shown, select);
  show_own (event, expand, shown);
  if (expand != NULL && strstr (expand, "calendar(") != NULL)
    {
      JsonObject *calendar = json_object_new ();
      json_object_set_string_member (calendar, "id", event->calendar);
      json_object_set_object_member (shown, "calendar", calendar);
    }
  json_object_set_string_member (shown, "@odata.etag", etag);
  return shown;
}

static char *
dup_quoted (const char *text, const char *name)
{
  g_autofree char *head = g_strconcat (name, "=\"", NULL);
  const char *start = text != NULL ? strstr (text, head) : NULL;
  const char *end = start != NULL ? strchr (start + strlen (head), '"') : NULL;
  return end != NULL ? g_strndup (start + strlen (head), (gsize) (end - start) - strlen (head))
                     : NULL;
}

/**
 * tn_graph_prefer_parse:
 * @text: (nullable): of the header
 *
 * Without it, Graph answers in UTC, with HTML and ids that change.
 *
 * Returns: (transfer full)
 */
TnGraphPrefer *
tn_graph_prefer_parse (const char *text)
{
  TnGraphPrefer *prefer = g_new0 (TnGraphPrefer, 1);
  g_autofree char *body = dup_quoted (text, "outlook.body-content-type");
  g_autofree char *ids = dup_quoted (text, "IdType");
  const char *page = text != NULL ? strstr (text, "odata.maxpagesize=") : NULL;
  prefer->zone = dup_quoted (text, "outlook.timezone");
  if (prefer->zone == NULL)
    prefer->zone = g_strdup ("UTC");
  prefer->as_text = g_strcmp0 (body, "text") == 0;
  prefer->is_immutable = g_strcmp0 (ids, "ImmutableId") == 0;
  if (page != NULL)
    prefer->page = (guint) g_ascii_strtoull (page + strlen ("odata.maxpagesize="), NULL, 10);
  return prefer;
}

void
tn_graph_prefer_free (TnGraphPrefer *prefer)
{
  if (prefer == NULL)
    return;
  g_free (prefer->zone);
  g_free (prefer);
}
