/* Refusals. The same status means many things, and the same thing has many statuses: a UID that
 * stands elsewhere is 400, 403, 409, or a 412 inside of a 207 (hazard 29). What decides is the
 * precondition that the body names, where it names one. */
#include "refusal.h"

#include <string.h>

#include "href.h"
#include "wire.h"
#include "xml.h"

static const char *const of_uid[]
    = { "no-uid-conflict", "unique-scheduling-object-resource", NULL };
static const char *const of_size[]
    = { "max-resource-size", "quota-not-exceeded", "sufficient-disk-space", NULL };
static const char *const of_rights[]
    = { "need-privileges", "cannot-modify-protected-property", NULL };

void
caldav_refusal_clear (CaldavRefusal *refusal)
{
  g_clear_pointer (&refusal->condition, g_free);
  g_clear_pointer (&refusal->href, g_free);
  g_clear_error (&refusal->plain);
}

static gboolean
is_one_of (const CaldavRefusal *refusal, const char *const *conditions)
{
  return refusal->condition != NULL && g_strv_contains (conditions, refusal->condition);
}

/* error > condition > href, alone (RFC 4918 16) or in a response (14.24, Xandikos); a server's own
 * elements (SabreDAV's stack traces) are passed over. */
typedef struct
{
  CaldavXml *xml;
  int error_depth;  /* of the error element; -1: not in one */
  gboolean in_href; /* of a condition */
} Reading;

static void
read_element (Reading *reading, CaldavRefusal *refusal)
{
  CaldavXml *xml = reading->xml;
  int depth = xmlTextReaderDepth (xml);
  const char *space = (const char *) xmlTextReaderConstNamespaceUri (xml);
  gboolean is_standard
      = g_strcmp0 (space, "DAV:") == 0 || g_strcmp0 (space, "urn:ietf:params:xml:ns:caldav") == 0;
  if (reading->error_depth >= depth)
    reading->error_depth = -1;
  gboolean is_inside = reading->error_depth >= 0;
  reading->in_href
      = is_inside && depth > reading->error_depth + 1 && caldav_xml_is (xml, "DAV:", "href");
  if (is_inside && depth == reading->error_depth + 1 && is_standard && refusal->condition == NULL)
    refusal->condition = g_strdup ((const char *) xmlTextReaderConstLocalName (xml));
  else if (!is_inside && caldav_xml_is (xml, "DAV:", "error"))
    reading->error_depth = depth;
}

static void
read_body (const TurnusResponse *response, CaldavRefusal *refusal)
{
  g_autoptr (CaldavXml) xml
      = caldav_wire_is_xml (response) ? caldav_xml_open (response->body, NULL) : NULL;
  Reading reading = { .xml = xml, .error_depth = -1 };
  while (xml != NULL && caldav_xml_next (xml, NULL) > 0)
    {
      int type = xmlTextReaderNodeType (xml);
      if (type == XML_READER_TYPE_ELEMENT)
        read_element (&reading, refusal);
      else if (type == XML_READER_TYPE_TEXT && reading.in_href && refusal->href == NULL)
        refusal->href = g_strstrip (g_strdup ((const char *) xmlTextReaderConstValue (xml)));
    }
}

/**
 * caldav_refusal_read:
 * @response: to a write, with the inner status in place of a 207
 */
void
caldav_refusal_read (const TurnusResponse *response, CaldavRefusal *refusal)
{
  refusal->status = response->status;
  read_body (response, refusal);
  refusal->plain = caldav_wire_make_error (response, refusal->condition, "write the event");
}

gboolean
caldav_refusal_is_of_uid (const CaldavRefusal *refusal)
{
  return is_one_of (refusal, of_uid)
         || (refusal->condition == NULL && (refusal->is_inner || refusal->status == 409));
}

static gboolean
may_be_of_uid (const CaldavRefusal *refusal)
{
  switch (refusal->status)
    {
    case 400:
    case 403:
    case 409:
    case 415:
    case 422:
      return !is_one_of (refusal, of_size) && !is_one_of (refusal, of_rights);
    default:
      return FALSE;
    }
}

/**
 * caldav_refusal_judge:
 *
 * Returns: what to ask before the refusal can be told
 */
CaldavNext
caldav_refusal_judge (const CaldavRefusal *refusal, gboolean is_create, gboolean is_remove)
{
  if (refusal->status == 412 && !is_create)
    return CALDAV_NEXT_LOOK;
  if (refusal->status == 412)
    return refusal->is_inner ? CALDAV_NEXT_ASK_UID : CALDAV_NEXT_FAIL;
  if (is_remove || !may_be_of_uid (refusal))
    return CALDAV_NEXT_FAIL;
  return is_one_of (refusal, of_uid) && refusal->href != NULL ? CALDAV_NEXT_FAIL
                                                              : CALDAV_NEXT_ASK_UID;
}

static TurnusError
find_code (const CaldavRefusal *refusal, gboolean is_create)
{
  if (is_one_of (refusal, of_uid))
    return TURNUS_ERROR_CONFLICT;
  if (is_one_of (refusal, of_size))
    return TURNUS_ERROR_LIMIT;
  switch (refusal->status)
    {
    case 403:
      return refusal->condition == NULL || is_one_of (refusal, of_rights) ? TURNUS_ERROR_DENIED
                                                                          : TURNUS_ERROR_INVALID;
    case 404:
    case 410:
      return is_create ? TURNUS_ERROR_FAILED : TURNUS_ERROR_GONE;
    case 412:
      return refusal->is_inner ? TURNUS_ERROR_INVALID : TURNUS_ERROR_CONFLICT;
    case 400:
    case 415:
    case 422:
      return TURNUS_ERROR_INVALID;
    default:
      return (TurnusError) refusal->plain->code;
    }
}

/**
 * caldav_refusal_make_error:
 *
 * Returns: (transfer full): named by what the caller will do
 */
GError *
caldav_refusal_make_error (const CaldavRefusal *refusal, gboolean is_create)
{
  GError *error = g_error_copy (refusal->plain);
  error->code = (int) find_code (refusal, is_create);
  if (is_one_of (refusal, of_uid) && refusal->href != NULL)
    {
      g_autofree char *shown = caldav_href_dup_shown (refusal->href);
      g_prefix_error (&error, "its UID stands in %s already: ", shown);
    }
  return error;
}
