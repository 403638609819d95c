/* The bodies of requests, and what a status means. One that is not expected is an error, named by
 * what the caller will do; never an empty answer (hazard 1). */
#include "wire.h"

#include <string.h>

#include "href.h"

#define PROLOGUE "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
#define NAMESPACES                                                                                 \
  "xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\" "                                    \
  "xmlns:S=\"http://calendarserver.org/ns/\""

static GBytes *
take (GString *text)
{
  return g_string_free_to_bytes (text);
}

static GBytes *
make_propfind (const char *properties)
{
  GString *text = g_string_new (PROLOGUE "<D:propfind " NAMESPACES "><D:prop>");
  g_string_append (text, properties);
  g_string_append (text, "</D:prop></D:propfind>");
  return take (text);
}

/* All that has to be known of a calendar, or of the way to one. */
GBytes *
caldav_wire_ask_place (void)
{
  return make_propfind ("<D:resourcetype/><D:displayname/><D:current-user-principal/>"
                        "<C:calendar-home-set/><C:supported-calendar-component-set/>"
                        "<D:supported-report-set/><D:current-user-privilege-set/><D:sync-token/>"
                        "<S:getctag/><D:resource-id/>");
}

GBytes *
caldav_wire_ask_ctag (void)
{
  return make_propfind ("<S:getctag/>");
}

GBytes *
caldav_wire_ask_etags (void)
{
  return make_propfind ("<D:resourcetype/><D:getetag/>");
}

static void
append_escaped (GString *text, const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);
  g_string_append (text, escaped);
}

/**
 * caldav_wire_ask_changes:
 * @sync_token: (nullable): %NULL asks for everything
 *
 * Source: RFC 6578 3.2.
 */
GBytes *
caldav_wire_ask_changes (const char *sync_token)
{
  GString *text = g_string_new (PROLOGUE "<D:sync-collection xmlns:D=\"DAV:\"><D:sync-token>");
  append_escaped (text, sync_token != NULL ? sync_token : "");
  g_string_append (text, "</D:sync-token><D:sync-level>1</D:sync-level>"
                         "<D:prop><D:getetag/></D:prop></D:sync-collection>");
  return take (text);
}

GBytes *
caldav_wire_ask_items (const char *const *paths, gsize n_paths)
{
  GString *text = g_string_new (PROLOGUE "<C:calendar-multiget " NAMESPACES ">"
                                         "<D:prop><D:getetag/><C:calendar-data/></D:prop>");
  for (gsize i = 0; i < n_paths; i++)
    {
      g_string_append (text, "<D:href>");
      append_escaped (text, paths[i]);
      g_string_append (text, "</D:href>");
    }
  g_string_append (text, "</C:calendar-multiget>");
  return take (text);
}

/* Which event has this UID (RFC 4791 7.8.6). */
GBytes *
caldav_wire_ask_uid (const char *uid)
{
  GString *text = g_string_new (
      PROLOGUE "<C:calendar-query " NAMESPACES "><D:prop><D:getetag/></D:prop><C:filter>"
               "<C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\">"
               "<C:prop-filter name=\"UID\"><C:text-match collation=\"i;octet\">");
  append_escaped (text, uid);
  g_string_append (text, "</C:text-match></C:prop-filter></C:comp-filter></C:comp-filter>"
                         "</C:filter></C:calendar-query>");
  return take (text);
}

const char *
caldav_wire_find_header (const TurnusResponse *response, const char *name)
{
  for (guint i = 0; response->headers != NULL && response->headers[i] != NULL; i += 2)
    if (g_ascii_strcasecmp (response->headers[i], name) == 0)
      return response->headers[i + 1];
  return NULL;
}

gboolean
caldav_wire_is_xml (const TurnusResponse *response)
{
  const char *type = caldav_wire_find_header (response, "content-type");
  if (type == NULL)
    return FALSE;
  g_autofree char *bare = g_strstrip (g_strndup (type, strcspn (type, ";")));
  return g_ascii_strcasecmp (bare, "application/xml") == 0
         || g_ascii_strcasecmp (bare, "text/xml") == 0;
}

/**
 * caldav_wire_check_multistatus:
 * @wish: what was asked for, for the message
 *
 * Errors: as caldav_wire_make_error(); %TURNUS_ERROR_PROTOCOL for a success that is no multistatus.
 */
gboolean
caldav_wire_check_multistatus (const TurnusResponse *response, const char *wish, GError **error)
{
  if (response->status != 207)
    {
      g_propagate_error (error, caldav_wire_make_error (response, NULL, wish));
      return FALSE;
    }
  if (caldav_wire_is_xml (response))
    return TRUE;
  const char *type = caldav_wire_find_header (response, "content-type");
  g_autofree char *shown = g_strescape (type != NULL ? type : "none", NULL);
  g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
               "cannot %s: the answer is of type %.80s, expected XML", wish, shown);
  return FALSE;
}

static gboolean
visit_inner (const CaldavMember *member, gpointer user_data, GError **error)
{
  guint *worst = user_data;
  *worst = MAX (*worst, MAX (member->status, member->bad_status));
  return TRUE;
}

/**
 * caldav_wire_read_inner_status:
 * @body: of a 207 that answers a write
 *
 * Xandikos says 207 and means 412; whoever takes any 2xx for success loses the event.
 *
 * Errors: %TURNUS_ERROR_PROTOCOL
 * Returns: the worst status in it; 200 when it names none; 0 with @error set
 */
guint
caldav_wire_read_inner_status (GBytes *body, GError **error)
{
  guint worst = 0;
  if (!caldav_multistatus_read (body, visit_inner, &worst, NULL, error))
    return 0;
  return worst == 0 ? 200 : worst;
}

/**
 * caldav_wire_dup_calendar:
 * @text: of a calendar-data element
 *
 * XML turns CRLF into LF unless the server wrote `&#13;` (XML 1.0 2.11). iCalendar has CRLF: where
 * not one CR is left, it was XML that took them.
 *
 * Returns: (transfer full): the bytes as they are stored, as far as can be told
 */
GBytes *
caldav_wire_dup_calendar (const char *text)
{
  if (strchr (text, '\r') != NULL)
    return g_bytes_new (text, strlen (text));
  GString *bytes = g_string_sized_new (strlen (text) + strlen (text) / 32);
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '\n')
        g_string_append_c (bytes, '\r');
      g_string_append_c (bytes, *p);
    }
  return take (bytes);
}

static const char *
explain (guint status, TurnusError *code)
{
  switch (status)
    {
    case 401:
      *code = TURNUS_ERROR_AUTH;
      return "the server wants another login: check user and password";
    case 403:
    case 405:
      *code = TURNUS_ERROR_DENIED;
      return "the server does not allow it";
    case 404:
    case 410:
      *code = TURNUS_ERROR_GONE;
      return "it is not there";
    case 409:
    case 412:
      *code = TURNUS_ERROR_CONFLICT;
      return "it is not as it was";
    case 413:
    case 507:
      *code = TURNUS_ERROR_LIMIT;
      return "the server has no room for it";
    case 408:
    case 423:
    case 425:
    case 429:
      *code = TURNUS_ERROR_TEMPORARY;
      return "the server asks to come later";
    default:
      *code = status >= 500 && status != 501 && status != 505 ? TURNUS_ERROR_TEMPORARY
                                                              : TURNUS_ERROR_PROTOCOL;
      return status >= 500 ? "the server has a trouble of its own" : "the server refuses it";
    }
}

static GError *
explain_redirect (const TurnusResponse *response, const char *wish)
{
  const char *to = caldav_wire_find_header (response, "location");
  g_autofree char *shown = caldav_href_dup_shown (to != NULL ? to : "nowhere");
  return g_error_new (TURNUS_ERROR, TURNUS_ERROR_INVALID,
                      "cannot %s: the server points to %s (status %u); if that is the calendar, "
                      "put it into the settings as url",
                      wish, shown, response->status);
}

/**
 * caldav_wire_make_error:
 * @response: one that is not what was hoped for
 * @condition: (nullable): what the body says that did not hold
 * @wish: "list the calendar", for the message
 *
 * Returns: (transfer full)
 */
GError *
caldav_wire_make_error (const TurnusResponse *response, const char *condition, const char *wish)
{
  if (response->status / 100 == 3)
    return explain_redirect (response, wish);
  const char *wait = caldav_wire_find_header (response, "retry-after");
  g_autofree char *shown = wait != NULL ? g_strescape (wait, NULL) : NULL;
  TurnusError code = TURNUS_ERROR_PROTOCOL;
  const char *why = explain (response->status, &code);
  return g_error_new (TURNUS_ERROR, (int) code, "cannot %s: %s (status %u%s%.60s%s%.60s)", wish,
                      why, response->status, condition != NULL ? ", " : "",
                      condition != NULL ? condition : "", shown != NULL ? ", Retry-After: " : "",
                      shown != NULL ? shown : "");
}
