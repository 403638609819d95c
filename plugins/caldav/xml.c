/* libxml2's reader, set up for what comes from outside: no document type, no entity, nothing
 * fetched, its own limits left on (hazards 104 and 105). A document that ends early is an error,
 * whatever the connection said (hazard 3). */
#include "xml.h"

#include <string.h>

#define BODY_MAX_BYTES (64 * 1024 * 1024)

/* The reader's own complaints: we give our error, and nothing is printed. */
static void
on_complaint (void *user_data, xmlErrorPtr complaint)
{
}

/**
 * caldav_xml_open:
 * @body: must outlive the reader
 *
 * Errors: %TURNUS_ERROR_LIMIT, %TURNUS_ERROR_PROTOCOL
 * Returns: (transfer full)
 */
CaldavXml *
caldav_xml_open (GBytes *body, GError **error)
{
  gsize size = 0;
  const char *start = g_bytes_get_data (body, &size);
  if (size > BODY_MAX_BYTES)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_LIMIT,
                   "the answer has %" G_GSIZE_FORMAT " bytes, at most %d are read", size,
                   BODY_MAX_BYTES);
      return NULL;
    }
  CaldavXml *xml = size == 0 ? NULL
                             : xmlReaderForMemory (start, (int) size, NULL, NULL,
                                                   XML_PARSE_NONET | XML_PARSE_COMPACT);
  if (xml == NULL)
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL, "the answer is empty");
  else
    xmlTextReaderSetStructuredErrorHandler (xml, on_complaint, NULL);
  return xml;
}

/**
 * caldav_xml_next:
 *
 * Errors: %TURNUS_ERROR_PROTOCOL when it is no well-formed XML up to here, or has what it must not.
 * Returns: 1 at the next node, 0 behind the end of the root element, -1 with @error set
 */
int
caldav_xml_next (CaldavXml *xml, GError **error)
{
  int more = xmlTextReaderRead (xml);
  if (more < 0)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                   "the answer is cut short, or no XML (line %d)",
                   xmlTextReaderGetParserLineNumber (xml));
      return -1;
    }
  int type = more > 0 ? xmlTextReaderNodeType (xml) : XML_READER_TYPE_NONE;
  if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY
      || type == XML_READER_TYPE_ENTITY_REFERENCE)
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                           "the answer has a document type or an entity, which no server needs");
      return -1;
    }
  return more;
}

gboolean
caldav_xml_is (CaldavXml *xml, const char *namespace_uri, const char *name)
{
  const char *theirs = (const char *) xmlTextReaderConstNamespaceUri (xml);
  return theirs != NULL && strcmp (theirs, namespace_uri) == 0
         && strcmp ((const char *) xmlTextReaderConstLocalName (xml), name) == 0;
}
