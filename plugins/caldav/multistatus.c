/* Reads a multistatus as a stream: nothing of it is kept but the response at hand, so ten thousand
 * events cost no tree. It is taken only as a whole: the root element and its end, a href and a
 * status everywhere (hazards 1, 3, 4). What is not known is passed over. */
#include "multistatus.h"

#include <string.h>

#include "xml.h"

#define DEPTH_MAX 32
#define RESPONSES_MAX 200000u
#define HREFS_MAX 16u
#define TEXT_MAX_BYTES (64u * 1024)

static const char DAV[] = "DAV:";
static const char CALDAV[] = "urn:ietf:params:xml:ns:caldav";
static const char CALENDARSERVER[] = "http://calendarserver.org/ns/";

typedef enum
{
  OTHER,
  MULTISTATUS,
  RESPONSE,
  HREF,
  STATUS,
  PROPSTAT,
  PROP,
  SYNC_TOKEN,
  ETAG,
  CALENDAR_BODY,
  DISPLAYNAME,
  CTAG,
  RESOURCE_ID,
  PRINCIPAL,
  HOME_SET,
  REPORT_SET,
  RESOURCE_TYPE,
  COLLECTION,
  CALENDAR,
  REPORT,
  SYNC_COLLECTION,
  PRIVILEGE_SET,
  PRIVILEGE,
  WRITING,
  COMPONENT_SET,
  COMPONENT
} Element;

static const struct
{
  const char *namespace_uri;
  const char *name;
  Element element;
} elements[] = {
  { DAV, "multistatus", MULTISTATUS },
  { DAV, "response", RESPONSE },
  { DAV, "href", HREF },
  { DAV, "status", STATUS },
  { DAV, "propstat", PROPSTAT },
  { DAV, "prop", PROP },
  { DAV, "sync-token", SYNC_TOKEN },
  { DAV, "getetag", ETAG },
  { CALDAV, "calendar-data", CALENDAR_BODY },
  { DAV, "displayname", DISPLAYNAME },
  { CALENDARSERVER, "getctag", CTAG },
  { DAV, "resource-id", RESOURCE_ID },
  { DAV, "current-user-principal", PRINCIPAL },
  { CALDAV, "calendar-home-set", HOME_SET },
  { DAV, "resourcetype", RESOURCE_TYPE },
  { DAV, "collection", COLLECTION },
  { CALDAV, "calendar", CALENDAR },
  { DAV, "supported-report-set", REPORT_SET },
  { DAV, "supported-report", REPORT_SET },
  { DAV, "report", REPORT },
  { DAV, "sync-collection", SYNC_COLLECTION },
  { DAV, "current-user-privilege-set", PRIVILEGE_SET },
  { DAV, "privilege", PRIVILEGE },
  { DAV, "all", WRITING },
  { DAV, "write", WRITING },
  { DAV, "write-content", WRITING },
  { DAV, "bind", WRITING },
  { CALDAV, "supported-calendar-component-set", COMPONENT_SET },
  { CALDAV, "comp", COMPONENT },
};

typedef struct
{
  CaldavXml *xml; /* (owned) */
  CaldavVisit visit;
  gpointer user_data;
  Element stack[DEPTH_MAX];
  int depth;             /* elements that are open */
  GString *text;         /* (owned) of the element that was opened last */
  CaldavMember response; /* (owned texts) */
  CaldavMember propstat; /* (owned texts) until its status is known */
  GPtrArray *hrefs;      /* (owned) of the response */
  guint n_responses;
  char *sync_token; /* (owned) of the root */
} Reading;

static void
clear_member (CaldavMember *member)
{
  for (guint i = 0; i < CALDAV_N_TEXTS; i++)
    g_clear_pointer (&member->texts[i], g_free);
  memset (member, 0, sizeof *member);
}

static void
clear_reading (Reading *reading)
{
  g_clear_pointer (&reading->xml, xmlFreeTextReader);
  g_string_free (reading->text, TRUE);
  clear_member (&reading->response);
  clear_member (&reading->propstat);
  g_ptr_array_unref (reading->hrefs);
  g_free (reading->sync_token);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, clear_reading)

static Element
find_element (CaldavXml *xml)
{
  const char *space = (const char *) xmlTextReaderConstNamespaceUri (xml);
  const char *name = (const char *) xmlTextReaderConstLocalName (xml);
  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    if (strcmp (name, elements[i].name) == 0 && g_strcmp0 (space, elements[i].namespace_uri) == 0)
      return elements[i].element;
  return OTHER;
}

/* The element that is `up` levels above the one that was opened last. */
static Element
above (const Reading *reading, int up)
{
  return reading->depth > up ? reading->stack[reading->depth - 1 - up] : OTHER;
}

static gboolean
names_events (CaldavXml *xml)
{
  xmlChar *name = xmlTextReaderGetAttribute (xml, (const xmlChar *) "name");
  gboolean events = name != NULL && g_ascii_strcasecmp ((const char *) name, "VEVENT") == 0;
  if (name != NULL)
    xmlFree (name);
  return events;
}

/* An element that says something by being there. */
static guint
read_flag (const Reading *reading)
{
  Element self = above (reading, 0), parent = above (reading, 1);
  if (parent == RESOURCE_TYPE)
    return self == COLLECTION ? CALDAV_IS_COLLECTION : self == CALENDAR ? CALDAV_IS_CALENDAR : 0;
  if ((parent == REPORT || parent == REPORT_SET) && self == SYNC_COLLECTION)
    return CALDAV_HAS_SYNC; /* Xandikos leaves `report` out */
  if (parent == PROP && self == PRIVILEGE_SET)
    return CALDAV_HAS_PRIVILEGES;
  if (parent == PRIVILEGE && self == WRITING)
    return CALDAV_CAN_WRITE;
  if (parent == COMPONENT_SET && self == COMPONENT)
    return CALDAV_HAS_COMPONENTS | (names_events (reading->xml) ? CALDAV_HOLDS_EVENTS : 0);
  return 0;
}

static gboolean
fail (GError **error, TurnusError code, const char *why)
{
  g_set_error_literal (error, TURNUS_ERROR, code, why);
  return FALSE;
}

static gboolean
open_element (Reading *reading, GError **error)
{
  Element element = find_element (reading->xml);
  if (reading->depth == DEPTH_MAX)
    return fail (error, TURNUS_ERROR_PROTOCOL, "the answer is nested too deeply");
  if (reading->depth == 0 && element != MULTISTATUS)
    return fail (error, TURNUS_ERROR_PROTOCOL,
                 "the answer is no multistatus, maybe a login page: is this a CalDAV server?");
  /* What stands in an element that is not known is not known either. */
  if (reading->depth > 0 && above (reading, 0) == OTHER)
    element = OTHER;
  reading->stack[reading->depth++] = element;
  g_string_truncate (reading->text, 0);
  reading->propstat.flags |= read_flag (reading);
  return TRUE;
}

/* RFC 4918 14.28: a status line of HTTP. 0: it is none. */
static guint
parse_status (const char *text)
{
  const char *blank = strchr (text, ' ');
  if (!g_str_has_prefix (text, "HTTP/") || blank == NULL || !g_ascii_isdigit (blank[1])
      || !g_ascii_isdigit (blank[2]) || !g_ascii_isdigit (blank[3]) || g_ascii_isdigit (blank[4]))
    return 0;
  return (guint) g_ascii_strtoull (blank + 1, NULL, 10);
}

static gboolean
close_status (Reading *reading, const char *text, GError **error)
{
  guint status = parse_status (text);
  Element parent = above (reading, 1);
  if (parent != PROPSTAT && !(parent == RESPONSE && above (reading, 2) == MULTISTATUS))
    return TRUE;
  if (status < 100)
    return fail (error, TURNUS_ERROR_PROTOCOL, "the answer has a status that is none");
  if (parent == PROPSTAT)
    reading->propstat.status = status;
  else
    reading->response.status = status;
  return TRUE;
}

static gboolean
close_propstat (Reading *reading, GError **error)
{
  CaldavMember *from = &reading->propstat, *to = &reading->response;
  guint status = from->status;
  if (status == 0)
    return fail (error, TURNUS_ERROR_PROTOCOL, "the answer has properties without a status");
  if (status / 100 == 2)
    {
      to->has_good = TRUE;
      to->flags |= from->flags;
      for (guint i = 0; i < CALDAV_N_TEXTS; i++)
        if (from->texts[i] != NULL)
          {
            g_free (to->texts[i]);
            to->texts[i] = g_steal_pointer (&from->texts[i]);
          }
    }
  else if (status != 404)
    to->bad_status = MAX (to->bad_status, status);
  clear_member (from);
  return TRUE;
}

static gboolean
close_response (Reading *reading, GError **error)
{
  CaldavMember *response = &reading->response;
  if (reading->hrefs->len == 0)
    return fail (error, TURNUS_ERROR_PROTOCOL, "the answer tells of something without a href");
  if (++reading->n_responses > RESPONSES_MAX)
    return fail (error, TURNUS_ERROR_LIMIT, "the answer lists more than any calendar holds");
  for (guint i = 0; i < reading->hrefs->len; i++)
    {
      response->href = g_ptr_array_index (reading->hrefs, i);
      if (!reading->visit (response, reading->user_data, error))
        return FALSE;
    }
  g_ptr_array_set_size (reading->hrefs, 0);
  clear_member (response);
  return TRUE;
}

static gboolean
close_href (Reading *reading, const char *text, GError **error)
{
  Element parent = above (reading, 1);
  CaldavText property = parent == PRINCIPAL     ? CALDAV_TEXT_PRINCIPAL
                        : parent == HOME_SET    ? CALDAV_TEXT_HOME
                        : parent == RESOURCE_ID ? CALDAV_TEXT_RESOURCE_ID
                                                : CALDAV_N_TEXTS;
  if (*text == '\0')
    return fail (error, TURNUS_ERROR_PROTOCOL, "the answer has an empty href");
  if (property != CALDAV_N_TEXTS && reading->propstat.texts[property] == NULL)
    reading->propstat.texts[property] = g_strdup (text);
  if (parent != RESPONSE || above (reading, 2) != MULTISTATUS)
    return TRUE;
  if (reading->hrefs->len == HREFS_MAX)
    return fail (error, TURNUS_ERROR_PROTOCOL, "the answer has too many hrefs in one response");
  g_ptr_array_add (reading->hrefs, g_strdup (text));
  return TRUE;
}

static CaldavText
find_text (Element element)
{
  switch (element)
    {
    case ETAG:
      return CALDAV_TEXT_ETAG;
    case CALENDAR_BODY:
      return CALDAV_TEXT_CALENDAR;
    case DISPLAYNAME:
      return CALDAV_TEXT_NAME;
    case SYNC_TOKEN:
      return CALDAV_TEXT_SYNC_TOKEN;
    case CTAG:
      return CALDAV_TEXT_CTAG;
    default:
      return CALDAV_N_TEXTS;
    }
}

static gboolean
close_property (Reading *reading, Element element, char *text, GError **error)
{
  CaldavText property = find_text (element);
  if (property == CALDAV_N_TEXTS)
    return TRUE;
  if (property != CALDAV_TEXT_CALENDAR && strlen (text) > TEXT_MAX_BYTES)
    return fail (error, TURNUS_ERROR_LIMIT, "the answer has a property that is too long");
  const char *value = property == CALDAV_TEXT_CALENDAR ? text : g_strstrip (text);
  if (*value == '\0')
    return TRUE;
  g_free (reading->propstat.texts[property]);
  reading->propstat.texts[property] = g_strdup (value);
  return TRUE;
}

static gboolean
close_root_token (Reading *reading, char *text, GError **error)
{
  if (strlen (text) > TEXT_MAX_BYTES)
    return fail (error, TURNUS_ERROR_LIMIT, "the answer has a sync-token that is too long");
  g_free (reading->sync_token);
  reading->sync_token = g_strdup (g_strstrip (text));
  return TRUE;
}

static gboolean
close_element (Reading *reading, GError **error)
{
  Element self = above (reading, 0), parent = above (reading, 1);
  char *text = reading->text->str;
  gboolean good = TRUE;
  if (self == HREF)
    good = close_href (reading, g_strstrip (text), error);
  else if (self == STATUS)
    good = close_status (reading, g_strstrip (text), error);
  else if (self == PROPSTAT && parent == RESPONSE)
    good = close_propstat (reading, error);
  else if (self == RESPONSE && parent == MULTISTATUS)
    good = close_response (reading, error);
  else if (self == SYNC_TOKEN && parent == MULTISTATUS)
    good = close_root_token (reading, text, error);
  else if (parent == PROP && above (reading, 2) == PROPSTAT)
    good = close_property (reading, self, text, error);
  g_string_truncate (reading->text, 0);
  reading->depth--;
  return good;
}

static gboolean
read_node (Reading *reading, GError **error)
{
  switch (xmlTextReaderNodeType (reading->xml))
    {
    case XML_READER_TYPE_ELEMENT:
      {
        gboolean is_empty = xmlTextReaderIsEmptyElement (reading->xml) == 1;
        return open_element (reading, error) && (!is_empty || close_element (reading, error));
      }
    case XML_READER_TYPE_END_ELEMENT:
      return close_element (reading, error);
    case XML_READER_TYPE_TEXT:
    case XML_READER_TYPE_CDATA:
    case XML_READER_TYPE_SIGNIFICANT_WHITESPACE:
      g_string_append (reading->text, (const char *) xmlTextReaderConstValue (reading->xml));
      return TRUE;
    default:
      return TRUE;
    }
}

/**
 * caldav_multistatus_read:
 * @visit: is called for each href of each response, in the answer's order; what it saw counts only
 *   when this function returns %TRUE
 * @ret_sync_token: (out) (nullable) (transfer full): of the root element; %NULL when it has none
 *
 * Errors: %TURNUS_ERROR_PROTOCOL, %TURNUS_ERROR_LIMIT, and those of @visit.
 */
gboolean
caldav_multistatus_read (GBytes *body, CaldavVisit visit, gpointer user_data, char **ret_sync_token,
                         GError **error)
{
  g_auto (Reading) reading = { .visit = visit,
                               .user_data = user_data,
                               .text = g_string_new (NULL),
                               .hrefs = g_ptr_array_new_with_free_func (g_free) };
  reading.xml = caldav_xml_open (body, error);
  if (reading.xml == NULL)
    return FALSE;
  int more;
  while ((more = caldav_xml_next (reading.xml, error)) > 0)
    if (!read_node (&reading, error))
      return FALSE;
  if (more < 0)
    return FALSE;
  if (ret_sync_token != NULL)
    *ret_sync_token = g_steal_pointer (&reading.sync_token);
  return TRUE;
}
