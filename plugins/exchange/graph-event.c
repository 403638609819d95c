/* The resource `event` of Graph v1.0 to and from an item. Times are asked for in UTC, and where a
 * server answers in another zone that is heeded (pitfall 13); they are written on the wall of the
 * item's zone, so that Outlook shows them in it.
 *
 * Source: microsoft-graph-docs resources/event, dateTimeTimeZone; exchange.md section 1. */
#include "graph-event.h"

#include "turnus-plugin.h"
#include "zone.h"

#include <string.h>

#define OWN_HEAD "String {" EX_OWN_SET "} Name " EX_OWN_PREFIX
#define US G_GINT64_CONSTANT (1000000)
#define DAY_S G_GINT64_CONSTANT (86400)
#define SHORT_MAX_BYTES (64u * 1024)       /* of a title, a place, a name, a property */
#define BODY_MAX_BYTES (4u * 1024u * 1024) /* Exchange takes far more; nobody writes it */
#define ATTENDEES_MAX 100000u

static const char *const show_words[] = { "free", "tentative", "busy", "oof", "workingElsewhere" };
static const char *const sensitivity_words[] = { "normal", "personal", "private", "confidential" };
static const char *const type_words[]
    = { "singleInstance", "seriesMaster", "occurrence", "exception" };
static const char *const response_words[]
    = { "none", "organizer", "tentativelyAccepted", "accepted", "declined" };

static gboolean
refuse (GError **error, TurnusError code, const char *what)
{
  g_set_error (error, TURNUS_ERROR, code, "the server's event %s", what);
  return FALSE;
}

static int
find_word (const char *const *words, guint n, const char *text, int otherwise)
{
  for (guint i = 0; text != NULL && i < n; i++)
    if (strcmp (words[i], text) == 0)
      return (int) i;
  return otherwise;
}

/* The number that so many digits are. */
static gboolean
read_digits (const char **at, guint n, int *ret)
{
  *ret = 0;
  for (guint i = 0; i < n; i++, (*at)++)
    {
      if (!g_ascii_isdigit (**at))
        return FALSE;
      *ret = *ret * 10 + (**at - '0');
    }
  return TRUE;
}

/* `2027-09-14T08:00:00.0000000`, with or without Z; what is below the second is cut off. */
static gboolean
parse_wall (const char *text, gint64 *ret_s, gboolean *ret_is_utc)
{
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  const char *at = text;
  if (!read_digits (&at, 4, &year) || *at++ != '-' || !read_digits (&at, 2, &month) || *at++ != '-'
      || !read_digits (&at, 2, &day) || *at++ != 'T' || !read_digits (&at, 2, &hour) || *at++ != ':'
      || !read_digits (&at, 2, &minute) || *at++ != ':' || !read_digits (&at, 2, &second))
    return FALSE;
  if (*at == '.')
    at += 1 + strspn (at + 1, "0123456789");
  *ret_is_utc = *at == 'Z';
  if ((*at != '\0' && strcmp (at, "Z") != 0) || year < 1 || hour > 23 || minute > 59 || second > 60)
    return FALSE;
  g_autoptr (GDateTime) time
      = g_date_time_new_utc (year, month, day, hour, minute, MIN (second, 59));
  if (time == NULL)
    return FALSE;
  *ret_s = g_date_time_to_unix (time);
  return TRUE;
}

static gboolean
read_time (JsonObject *event, const char *name, gint64 *ret_us, gboolean *ret_is_there,
           GError **error)
{
  JsonObject *object = NULL;
  const char *text = NULL;
  const char *zone = "UTC";
  gint64 wall_s = 0;
  gboolean is_utc = FALSE;
  *ret_is_there = FALSE;
  if (!graph_json_find_object (event, name, &object, error))
    return FALSE;
  if (object == NULL)
    return TRUE;
  if (!graph_json_read_text (object, "dateTime", &text, error)
      || !graph_json_find_text (object, "timeZone", &zone, error))
    return FALSE;
  if (strlen (text) > 64 || !parse_wall (text, &wall_s, &is_utc))
    return refuse (error, TURNUS_ERROR_PROTOCOL, "has a time that is none");
  g_autofree char *iana
      = is_utc || strcmp (zone, "UTC") == 0 ? g_strdup ("UTC") : ex_zone_find_iana (zone);
  if (iana == NULL)
    return refuse (error, TURNUS_ERROR_PROTOCOL, "has a time in a zone that nobody knows");
  *ret_us = ex_zone_to_utc_s (iana, wall_s) * US;
  *ret_is_there = TRUE;
  return TRUE;
}

static gboolean
read_zone (JsonObject *event, const char *name, char **slot, GError **error)
{
  const char *zone = NULL;
  if (!graph_json_find_text (event, name, &zone, error))
    return FALSE;
  if (zone != NULL && strlen (zone) <= 256)
    *slot = g_strdup (zone);
  return TRUE;
}

static gboolean
read_when (JsonObject *event, ExItem *item, GError **error)
{
  gboolean starts = FALSE;
  gboolean ends = FALSE;
  if (!read_time (event, "start", &item->start_us, &starts, error)
      || !read_time (event, "end", &item->end_us, &ends, error)
      || !graph_json_find_flag (event, "isAllDay", &item->all_day, error)
      || !read_zone (event, "originalStartTimeZone", &item->start_zone, error)
      || !read_zone (event, "originalEndTimeZone", &item->end_zone, error))
    return FALSE;
  if (starts && ends)
    item->fields |= EX_FIELD_WHEN;
  return TRUE;
}

static gboolean
keep_text (char **slot, const char *text, gsize max_bytes, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (strlen (text) > max_bytes)
    return refuse (error, TURNUS_ERROR_LIMIT, "has a text that is too long");
  g_free (*slot);
  *slot = g_strdup (text);
  return TRUE;
}

static gboolean
read_body (JsonObject *event, ExItem *item, GError **error)
{
  JsonObject *body = NULL;
  const char *type = "text";
  const char *content = NULL;
  if (!graph_json_find_object (event, "body", &body, error))
    return FALSE;
  if (body == NULL)
    return TRUE;
  if (!graph_json_find_text (body, "contentType", &type, error)
      || !graph_json_find_text (body, "content", &content, error)
      || !keep_text (&item->body, content, BODY_MAX_BYTES, error))
    return FALSE;
  item->body_is_html = g_ascii_strcasecmp (type, "html") == 0;
  item->fields |= EX_FIELD_BODY;
  return TRUE;
}

static gboolean
read_texts (JsonObject *event, ExItem *item, GError **error)
{
  const char *subject = NULL;
  const char *place = NULL;
  JsonObject *location = NULL;
  if (!graph_json_find_text (event, "subject", &subject, error)
      || !graph_json_find_object (event, "location", &location, error)
      || (location != NULL && !graph_json_find_text (location, "displayName", &place, error))
      || !keep_text (&item->subject, subject, SHORT_MAX_BYTES, error)
      || !keep_text (&item->location, place, SHORT_MAX_BYTES, error))
    return FALSE;
  item->fields |= EX_FIELD_SUBJECT | EX_FIELD_LOCATION;
  return read_body (event, item, error);
}

static gboolean
read_kinds (JsonObject *event, ExItem *item, GError **error)
{
  const char *show = NULL;
  const char *sensitivity = NULL;
  const char *type = NULL;
  if (!graph_json_find_text (event, "showAs", &show, error)
      || !graph_json_find_text (event, "sensitivity", &sensitivity, error)
      || !graph_json_find_text (event, "type", &type, error)
      || !graph_json_find_flag (event, "isCancelled", &item->is_cancelled, error))
    return FALSE;
  item->show = (ExShow) find_word (show_words, G_N_ELEMENTS (show_words), show, EX_SHOW_UNKNOWN);
  /* One that nobody knows is treated as private (hazard 114). */
  item->sensitivity
      = sensitivity == NULL
            ? EX_SENSITIVITY_NORMAL
            : (ExSensitivity) find_word (sensitivity_words, G_N_ELEMENTS (sensitivity_words),
                                         sensitivity, EX_SENSITIVITY_PRIVATE);
  /* One that nobody knows is left alone, as what recurs is. */
  item->type = type == NULL ? EX_ITEM_SINGLE
                            : (ExItemType) find_word (type_words, G_N_ELEMENTS (type_words), type,
                                                      EX_ITEM_MASTER);
  item->fields |= EX_FIELD_SHOW | EX_FIELD_SENSITIVITY;
  return TRUE;
}

static gboolean
read_people (JsonObject *event, ExItem *item, GError **error)
{
  JsonArray *attendees = NULL;
  JsonObject *status = NULL;
  JsonObject *recurrence = NULL;
  const char *response = NULL;
  if (!graph_json_find_array (event, "attendees", &attendees, error)
      || !graph_json_find_flag (event, "isOrganizer", &item->is_organizer, error)
      || !graph_json_find_object (event, "responseStatus", &status, error)
      || !graph_json_find_object (event, "recurrence", &recurrence, error)
      || (status != NULL && !graph_json_find_text (status, "response", &response, error)))
    return FALSE;
  item->n_attendees
      = attendees != NULL ? MIN (json_array_get_length (attendees), ATTENDEES_MAX) : 0;
  item->response
      = (ExResponse) find_word (response_words, G_N_ELEMENTS (response_words), response,
                                response == NULL ? EX_RESPONSE_NONE : EX_RESPONSE_UNKNOWN);
  if (recurrence != NULL && item->type == EX_ITEM_SINGLE)
    item->type = EX_ITEM_MASTER;
  return TRUE;
}

/* Servers write the set's GUID in capitals or not. */
static gboolean
read_own_one (JsonObject *property, ExItem *item, GError **error)
{
  const char *id = NULL;
  const char *value = NULL;
  if (!graph_json_find_text (property, "id", &id, error)
      || !graph_json_find_text (property, "value", &value, error))
    return FALSE;
  gsize head = strlen (OWN_HEAD);
  if (id == NULL || value == NULL || g_ascii_strncasecmp (id, OWN_HEAD, head) != 0
      || !g_strv_contains (ex_own_names, id + head))
    return TRUE;
  if (strlen (value) > SHORT_MAX_BYTES)
    return refuse (error, TURNUS_ERROR_LIMIT, "has a property that is too long");
  ex_item_set_own (item, id + head, value);
  return TRUE;
}

static gboolean
read_own (JsonObject *event, ExItem *item, GError **error)
{
  JsonArray *properties = NULL;
  if (!graph_json_find_array (event, "singleValueExtendedProperties", &properties, error))
    return FALSE;
  for (guint i = 0; properties != NULL && i < json_array_get_length (properties); i++)
    {
      JsonObject *property = graph_json_peek_object (properties, i);
      if (property == NULL)
        return refuse (error, TURNUS_ERROR_PROTOCOL, "has a property that is none");
      if (!read_own_one (property, item, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_changed (JsonObject *event, ExItem *item, GError **error)
{
  const char *text = NULL;
  gint64 changed_s = 0;
  gboolean is_utc = FALSE;
  if (!graph_json_find_text (event, "lastModifiedDateTime", &text, error))
    return FALSE;
  if (text != NULL && strlen (text) <= 64 && parse_wall (text, &changed_s, &is_utc))
    item->changed_us = changed_s * US;
  return TRUE;
}

/**
 * graph_event_dup_revision:
 *
 * Errors: %TURNUS_ERROR_PROTOCOL when it has neither an ETag nor a change key.
 * Returns: (transfer full) (nullable): what If-Match wants
 */
char *
graph_event_dup_revision (JsonObject *object, GError **error)
{
  const char *etag = NULL;
  const char *key = NULL;
  if (!graph_json_find_text (object, "@odata.etag", &etag, error)
      || !graph_json_find_text (object, "changeKey", &key, error))
    return NULL;
  if (etag != NULL && *etag != '\0')
    return g_strdup (etag);
  if (key != NULL && *key != '\0')
    return g_strconcat ("W/\"", key, "\"", NULL);
  refuse (error, TURNUS_ERROR_PROTOCOL, "has no ETag");
  return NULL;
}

/**
 * graph_event_parse:
 * @object: an event
 *
 * Errors: %TURNUS_ERROR_PROTOCOL, %TURNUS_ERROR_LIMIT.
 * Returns: (transfer full) (nullable)
 */
ExItem *
graph_event_parse (JsonObject *object, GError **error)
{
  g_autoptr (ExItem) item = ex_item_new ();
  const char *id = NULL;
  const char *uid = NULL;
  if (!graph_json_read_text (object, "id", &id, error)
      || !graph_json_find_text (object, "iCalUId", &uid, error)
      || !keep_text (&item->id, id, SHORT_MAX_BYTES, error)
      || !keep_text (&item->uid, uid, SHORT_MAX_BYTES, error))
    return NULL;
  item->revision = graph_event_dup_revision (object, error);
  if (item->revision == NULL || !read_when (object, item, error)
      || !read_texts (object, item, error) || !read_kinds (object, item, error)
      || !read_people (object, item, error) || !read_own (object, item, error)
      || !read_changed (object, item, error))
    return NULL;
  return g_steal_pointer (&item);
}

static JsonObject *
add_object (JsonObject *to, const char *name)
{
  JsonObject *object = json_object_new ();
  json_object_set_object_member (to, name, object);
  return object;
}

static void
add_time (JsonObject *event, const char *name, gint64 at_us, const char *windows, gboolean all_day)
{
  g_autofree char *iana = ex_zone_find_iana (windows);
  const char *zone = windows;
  gint64 at_s = at_us / US;
  gint64 wall_s = iana != NULL ? ex_zone_to_local_s (iana, at_s) : at_s;
  if (all_day)
    wall_s = ex_zone_find_day (iana != NULL ? iana : "UTC", at_s) * DAY_S;
  else if (iana == NULL || ex_zone_to_utc_s (iana, wall_s) != at_s)
    {
      wall_s = at_s; /* the second of two equal hours is only said in UTC (hazard 48) */
      zone = "UTC";
    }
  g_autoptr (GDateTime) wall = g_date_time_new_from_unix_utc (wall_s);
  g_autofree char *text = g_date_time_format (wall, "%Y-%m-%dT%H:%M:%S");
  JsonObject *time = add_object (event, name);
  json_object_set_string_member (time, "dateTime", text);
  json_object_set_string_member (time, "timeZone", zone);
}

/**
 * graph_event_dup_own_id:
 * @name: of a property of ours, without prefix
 *
 * Returns: (transfer full): what Graph calls it
 */
char *
graph_event_dup_own_id (const char *name)
{
  return g_strconcat (OWN_HEAD, name, NULL);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* By name: the same item gives the same bytes. */
static void
add_own (JsonObject *event, const ExItem *item)
{
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (item->own), compare_names);
  JsonArray *properties = json_array_new ();
  for (GList *at = names; at != NULL; at = at->next)
    {
      g_autofree char *id = graph_event_dup_own_id (at->data);
      JsonObject *property = json_object_new ();
      json_object_set_string_member (property, "id", id);
      json_object_set_string_member (property, "value", ex_item_get_own (item, at->data));
      json_array_add_object_element (properties, property);
    }
  json_object_set_array_member (event, "singleValueExtendedProperties", properties);
}

static void
add_texts (JsonObject *event, const ExItem *item)
{
  if ((item->fields & EX_FIELD_SUBJECT) != 0)
    json_object_set_string_member (event, "subject", item->subject);
  if ((item->fields & EX_FIELD_LOCATION) != 0)
    json_object_set_string_member (add_object (event, "location"), "displayName", item->location);
  if ((item->fields & EX_FIELD_BODY) == 0)
    return;
  JsonObject *body = add_object (event, "body");
  json_object_set_string_member (body, "contentType", item->body_is_html ? "html" : "text");
  json_object_set_string_member (body, "content", item->body);
}

/**
 * graph_event_build:
 * @item: what is to be written; nothing else is sent
 * @transaction: (nullable): of a creation
 *
 * Returns: (transfer full): an event
 */
JsonNode *
graph_event_build (const ExItem *item, const char *transaction)
{
  JsonObject *event = json_object_new ();
  add_texts (event, item);
  if ((item->fields & EX_FIELD_WHEN) != 0)
    {
      json_object_set_boolean_member (event, "isAllDay", item->all_day);
      add_time (event, "start", item->start_us, item->start_zone, item->all_day);
      add_time (event, "end", item->end_us, item->end_zone, item->all_day);
    }
  if ((item->fields & EX_FIELD_SHOW) != 0 && item->show < EX_SHOW_UNKNOWN)
    json_object_set_string_member (event, "showAs", show_words[item->show]);
  if ((item->fields & EX_FIELD_SENSITIVITY) != 0)
    json_object_set_string_member (event, "sensitivity", sensitivity_words[item->sensitivity]);
  if (g_hash_table_size (item->own) > 0)
    add_own (event, item);
  if (transaction != NULL)
    json_object_set_string_member (event, "transactionId", transaction);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, event);
  return node;
}
