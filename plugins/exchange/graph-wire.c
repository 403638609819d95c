/* Paths, queries and errors of Graph v1.0. Paths are relative to the version, as $batch wants them;
 * ids are never changed but for what a URL needs (pitfall 9).
 *
 * Source: exchange.md section 1; microsoft-graph-docs: query-parameters, event-delta,
 * singlevaluelegacyextendedproperty-get, errors. */
#include "graph-wire.h"

#include "graph-event.h"
#include "item.h"

#include <string.h>

#define FIELDS                                                                                     \
  "id,changeKey,iCalUId,type,subject,body,location,start,end,isAllDay,originalStartTimeZone,"      \
  "originalEndTimeZone,showAs,sensitivity,isCancelled,isOrganizer,responseStatus,attendees,"       \
  "recurrence,lastModifiedDateTime"
#define CODE_MAX 64u

const char *
graph_wire_get_prefer (GraphBody body)
{
  return body == GRAPH_BODY_HTML ? "outlook.timezone=\"UTC\", outlook.body-content-type=\"html\", "
                                   "IdType=\"ImmutableId\""
                                 : "outlook.timezone=\"UTC\", outlook.body-content-type=\"text\", "
                                   "IdType=\"ImmutableId\"";
}

const char *
graph_wire_get_page_prefer (void)
{
  return "outlook.timezone=\"UTC\", outlook.body-content-type=\"text\", IdType=\"ImmutableId\", "
         "odata.maxpagesize=200";
}

static char *
escape (const char *text)
{
  return g_uri_escape_string (text, NULL, FALSE);
}

/**
 * graph_wire_calendars_path:
 *
 * Returns: (transfer full)
 */
char *
graph_wire_calendars_path (const char *mailbox)
{
  g_autofree char *user = escape (mailbox);
  return g_strdup_printf ("/users/%s/calendars?$select=id,name,canEdit,isDefaultCalendar&$top=100",
                          user);
}

static char *
dup_calendar (const char *mailbox, const char *calendar, const char *rest)
{
  g_autofree char *user = escape (mailbox);
  g_autofree char *id = escape (calendar);
  return g_strdup_printf ("/users/%s/calendars/%s/events%s", user, id, rest);
}

char *
graph_wire_events_path (const char *mailbox, const char *calendar)
{
  return dup_calendar (mailbox, calendar, "");
}

/* Masters and single events; a window is nothing that it needs (pitfalls 2 and 3). */
char *
graph_wire_delta_path (const char *mailbox, const char *calendar)
{
  return dup_calendar (mailbox, calendar, "/delta");
}

char *
graph_wire_list_path (const char *mailbox, const char *calendar)
{
  return dup_calendar (mailbox, calendar, "?$select=id,changeKey,type&$top=200&$count=true");
}

char *
graph_wire_event_path (const char *mailbox, const char *id)
{
  g_autofree char *user = escape (mailbox);
  g_autofree char *event = escape (id);
  return g_strdup_printf ("/users/%s/events/%s", user, event);
}

/* `singleValueExtendedProperties($filter=id eq '…' or id eq '…')` */
static char *
dup_expand (void)
{
  g_autoptr (GString) expand = g_string_new ("singleValueExtendedProperties($filter=");
  for (guint i = 0; ex_own_names[i] != NULL; i++)
    {
      g_autofree char *id = graph_event_dup_own_id (ex_own_names[i]);
      g_string_append_printf (expand, "%sid eq '%s'", i > 0 ? " or " : "", id);
    }
  g_string_append_c (expand, ')');
  return escape (expand->str);
}

/* An event as it is read. */
char *
graph_wire_load_path (const char *mailbox, const char *id)
{
  g_autofree char *path = graph_wire_event_path (mailbox, id);
  g_autofree char *expand = dup_expand ();
  return g_strconcat (path, "?$select=" FIELDS "&$expand=", expand, NULL);
}

/* Is it there; and, where the server tells that along with an event, in which calendar? */
char *
graph_wire_check_path (const char *mailbox, const char *id, gboolean with_calendar)
{
  g_autofree char *path = graph_wire_event_path (mailbox, id);
  g_autofree char *expand = escape ("calendar($select=id)");
  return g_strconcat (path, "?$select=id,changeKey,type", with_calendar ? "&$expand=" : NULL,
                      expand, NULL);
}

/**
 * graph_wire_find_path:
 * @uid: that turnus gave it
 *
 * Source: exchange.md section 1 (own key).
 * Returns: (transfer full): asks for the events that bear it
 */
char *
graph_wire_find_path (const char *mailbox, const char *calendar, const char *uid)
{
  g_auto (GStrv) parts = g_strsplit (uid, "'", -1);
  g_autofree char *quoted = g_strjoinv ("''", parts); /* as OData wants it */
  g_autofree char *property = graph_event_dup_own_id (EX_OWN_UID);
  g_autofree char *filter = g_strdup_printf (
      "singleValueExtendedProperties/Any(ep: ep/id eq '%s' and ep/value eq '%s')", property,
      quoted);
  g_autofree char *expand_plain
      = g_strdup_printf ("singleValueExtendedProperties($filter=id eq '%s')", property);
  g_autofree char *escaped = escape (filter);
  g_autofree char *expand = escape (expand_plain);
  g_autofree char *rest
      = g_strconcat ("?$select=id,changeKey,type&$filter=", escaped, "&$expand=", expand, NULL);
  return dup_calendar (mailbox, calendar, rest);
}

/**
 * graph_wire_make_transaction:
 * @attempt: counts up where the server remembers an event of that UID that is no more
 *
 * The same for the same event on every machine: a creation that is asked for twice, by one daemon
 * after a lost answer or by two at once, makes one event (promise 2).
 *
 * Returns: (transfer full): in the shape of a UUID
 */
char *
graph_wire_make_transaction (const char *uid, guint attempt)
{
  g_autofree char *seed = g_strdup_printf ("turnus %u %s", attempt, uid);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, seed, -1);
  return g_strdup_printf ("%.8s-%.4s-%.4s-%.4s-%.12s", hash, hash + 8, hash + 12, hash + 16,
                          hash + 20);
}

/**
 * graph_wire_find_code:
 * @answer: (nullable)
 *
 * Returns: (transfer none) (nullable): the server's word for what is wrong: letters and digits
 */
const char *
graph_wire_find_code (JsonNode *answer)
{
  JsonObject *error = NULL;
  const char *code = NULL;
  if (answer == NULL || !JSON_NODE_HOLDS_OBJECT (answer)
      || !graph_json_find_object (json_node_get_object (answer), "error", &error, NULL)
      || error == NULL || !graph_json_find_text (error, "code", &code, NULL) || code == NULL)
    return NULL;
  gsize length = strlen (code);
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (code[i]) && strchr ("._-", code[i]) == NULL)
      return NULL;
  return length > 0 && length <= CODE_MAX ? code : NULL;
}

static gboolean
is_code (JsonNode *answer, const char *const *codes)
{
  const char *code = graph_wire_find_code (answer);
  for (guint i = 0; code != NULL && codes[i] != NULL; i++)
    if (g_ascii_strcasecmp (code, codes[i]) == 0)
      return TRUE;
  return FALSE;
}

/**
 * graph_wire_is_lost_token:
 *
 * A token has no fixed life, and 410 comes on nextLink, too (pitfall 5).
 *
 * Returns: %TRUE when the server does not know the token, or what it stands for, any more
 */
gboolean
graph_wire_is_lost_token (guint status, JsonNode *answer)
{
  static const char *const codes[] = { "SyncStateNotFound", "SyncStateInvalid", "resyncRequired",
                                       "ErrorInvalidSyncStateData", NULL };
  return status == 400 || status == 404 || status == 410 || is_code (answer, codes);
}

static TurnusError
find_error (guint status, JsonNode *answer)
{
  static const char *const of_size[]
      = { "ErrorMessageSizeExceeded", "ErrorQuotaExceeded", "QuotaExceeded", NULL };
  static const char *const of_change[]
      = { "ErrorIrresolvableConflict", "ErrorChangeKeyRequired", "ErrorStaleObject", NULL };
  if (is_code (answer, of_size))
    return TURNUS_ERROR_LIMIT;
  if (is_code (answer, of_change))
    return TURNUS_ERROR_CONFLICT;
  switch (status)
    {
    case 401:
      return TURNUS_ERROR_AUTH;
    case 403:
      return TURNUS_ERROR_DENIED;
    case 404:
    case 410:
      return TURNUS_ERROR_GONE;
    case 409:
    case 412:
      return TURNUS_ERROR_CONFLICT;
    case 413:
    case 507:
      return TURNUS_ERROR_LIMIT;
    case 400:
    case 405:
    case 415:
    case 422:
      return TURNUS_ERROR_INVALID;
    case 408:
    case 423:
    case 424:
    case 425:
    case 429:
      return TURNUS_ERROR_TEMPORARY;
    default:
      return status >= 500 ? TURNUS_ERROR_TEMPORARY : TURNUS_ERROR_PROTOCOL;
    }
}

/**
 * graph_wire_make_error:
 * @answer: (nullable)
 * @wish: "list the calendar"
 *
 * Of what the server said only its code is quoted: its words may be people's.
 *
 * Returns: (transfer full)
 */
GError *
graph_wire_make_error (guint status, JsonNode *answer, const char *wish)
{
  const char *code = graph_wire_find_code (answer);
  return g_error_new (TURNUS_ERROR, (int) find_error (status, answer),
                      "cannot %s: the server answered %u%s%s", wish, status,
                      code != NULL ? " " : "", code != NULL ? code : "");
}
