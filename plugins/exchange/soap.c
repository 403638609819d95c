/* SOAP 1.1 as EWS wants it: the version of the schema, UTC as the zone of all times that name none,
 * and perhaps whose mailbox is meant. libxml2 writes and reads; answers come from outside, so they
 * have no document type, no entity, and libxml2's own limits stay on (hazards 104 and 105). */
#include "soap.h"

#include <libxml/xmlreader.h>
#include <libxml/xmlwriter.h>
#include <string.h>

#define ENVELOPE "http://schemas.xmlsoap.org/soap/envelope/"
#define VERSION "Exchange2013_SP1"
#define BODY_MAX_BYTES (32 * 1024 * 1024)
#define TEXT_MAX_BYTES (1024 * 1024)

struct _SoapLetter
{
  xmlBuffer *buffer;     /* (owned) */
  xmlTextWriter *writer; /* (owned) */
};

struct _SoapAnswer
{
  xmlDoc *doc; /* (owned) */
  const xmlNode *content;
};

static const xmlChar *
x (const char *text)
{
  return (const xmlChar *) text;
}

static void
write_header (SoapLetter *letter, const char *impersonated)
{
  soap_letter_open (letter, "s:Header");
  soap_letter_open (letter, "t:RequestServerVersion");
  soap_letter_attribute (letter, "Version", VERSION);
  soap_letter_close (letter);
  if (impersonated != NULL)
    {
      soap_letter_open (letter, "t:ExchangeImpersonation");
      soap_letter_open (letter, "t:ConnectingSID");
      soap_letter_add (letter, "t:PrimarySmtpAddress", impersonated);
      soap_letter_close (letter);
      soap_letter_close (letter);
    }
  soap_letter_open (letter, "t:TimeZoneContext");
  soap_letter_open (letter, "t:TimeZoneDefinition");
  soap_letter_attribute (letter, "Id", "UTC");
  soap_letter_close (letter);
  soap_letter_close (letter);
  soap_letter_close (letter);
}

/**
 * soap_letter_new:
 * @operation: "GetItem": its element is open
 * @impersonated: (nullable): address of the mailbox that is meant
 *
 * Returns: (transfer full): to be ended with soap_letter_end()
 */
SoapLetter *
soap_letter_new (const char *operation, const char *impersonated)
{
  g_autofree char *name = g_strconcat ("m:", operation, NULL);
  SoapLetter *letter = g_new0 (SoapLetter, 1);
  letter->buffer = xmlBufferCreate ();
  letter->writer = xmlNewTextWriterMemory (letter->buffer, 0);
  xmlTextWriterStartDocument (letter->writer, "1.0", "utf-8", NULL);
  soap_letter_open (letter, "s:Envelope");
  soap_letter_attribute (letter, "xmlns:s", ENVELOPE);
  soap_letter_attribute (letter, "xmlns:m", SOAP_MESSAGES);
  soap_letter_attribute (letter, "xmlns:t", SOAP_TYPES);
  write_header (letter, impersonated);
  soap_letter_open (letter, "s:Body");
  soap_letter_open (letter, name);
  return letter;
}

/* XML 1.0 has no control characters but three; who typed one means a blank. */
static char *
dup_clean (const char *text)
{
  char *clean = g_utf8_make_valid (text, -1);
  for (char *p = clean; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) && strchr ("\t\r\n", *p) == NULL)
      *p = ' ';
  return clean;
}

void
soap_letter_attribute (SoapLetter *letter, const char *name, const char *value)
{
  g_autofree char *clean = dup_clean (value);
  xmlTextWriterWriteAttribute (letter->writer, x (name), x (clean));
}

void
soap_letter_open (SoapLetter *letter, const char *name)
{
  xmlTextWriterStartElement (letter->writer, x (name));
}

void
soap_letter_close (SoapLetter *letter)
{
  xmlTextWriterEndElement (letter->writer);
}

void
soap_letter_text (SoapLetter *letter, const char *text)
{
  g_autofree char *clean = dup_clean (text);
  xmlTextWriterWriteString (letter->writer, x (clean));
}

void
soap_letter_add (SoapLetter *letter, const char *name, const char *text)
{
  soap_letter_open (letter, name);
  soap_letter_text (letter, text);
  soap_letter_close (letter);
}

/**
 * soap_letter_end:
 * @letter: (transfer full)
 *
 * Returns: (transfer full): the whole, all that was open closed
 */
GBytes *
soap_letter_end (SoapLetter *letter)
{
  xmlTextWriterEndDocument (letter->writer);
  xmlFreeTextWriter (letter->writer);
  GBytes *bytes
      = g_bytes_new (xmlBufferContent (letter->buffer), (gsize) xmlBufferLength (letter->buffer));
  xmlBufferFree (letter->buffer);
  g_free (letter);
  return bytes;
}

/* The reader's own complaints: we give our error, and nothing is printed. */
static void
on_complaint (void *user_data, xmlErrorPtr complaint)
{
}

static gboolean
is_element_of (const xmlNode *node, const char *space, const char *name)
{
  return node->ns != NULL && node->ns->href != NULL && xmlStrEqual (node->ns->href, x (space))
         && xmlStrEqual (node->name, x (name));
}

/* Is there no document type before the root element? It can stand nowhere else, and what it
 * declares is not read on. */
static gboolean
check_start (const char *start, gsize size, GError **error)
{
  xmlTextReader *reader = xmlReaderForMemory (start, (int) size, NULL, "utf-8",
                                              XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
  if (reader == NULL)
    return TRUE; /* the parser says what is wrong */
  xmlTextReaderSetStructuredErrorHandler (reader, on_complaint, NULL);
  int more = xmlTextReaderRead (reader);
  int type = more > 0 ? xmlTextReaderNodeType (reader) : XML_READER_TYPE_NONE;
  while (more > 0 && type != XML_READER_TYPE_ELEMENT && type != XML_READER_TYPE_DOCUMENT_TYPE)
    {
      more = xmlTextReaderRead (reader);
      type = more > 0 ? xmlTextReaderNodeType (reader) : XML_READER_TYPE_NONE;
    }
  xmlFreeTextReader (reader);
  if (type == XML_READER_TYPE_DOCUMENT_TYPE)
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                         "the answer has a document type, which no server needs");
  return type != XML_READER_TYPE_DOCUMENT_TYPE;
}

/* A document that ends early is no answer, whatever the connection said (hazard 3). */
static xmlDoc *
parse (const char *start, gsize size, GError **error)
{
  if (size == 0 || size > BODY_MAX_BYTES)
    {
      g_set_error (error, TURNUS_ERROR, size == 0 ? TURNUS_ERROR_PROTOCOL : TURNUS_ERROR_LIMIT,
                   "the answer has %" G_GSIZE_FORMAT " bytes, expected 1 to %d", size,
                   BODY_MAX_BYTES);
      return NULL;
    }
  /* EWS speaks UTF-8; libxml2 would print complaints of its own about any other encoding. */
  if (!g_utf8_validate (start, (gssize) size, NULL))
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL, "the answer is not UTF-8");
      return NULL;
    }
  if (!check_start (start, size, error))
    return NULL;
  xmlDoc *doc = xmlReadMemory (start, (int) size, NULL, "utf-8",
                               XML_PARSE_NONET | XML_PARSE_IGNORE_ENC | XML_PARSE_NOERROR
                                   | XML_PARSE_NOWARNING);
  if (doc == NULL)
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                         "the answer is cut short, or no XML");
  return doc;
}

static const xmlNode *
find_content (const xmlNode *root)
{
  if (root == NULL || !is_element_of (root, ENVELOPE, "Envelope"))
    return NULL;
  for (const xmlNode *node = soap_first (root); node != NULL; node = soap_next (node))
    if (is_element_of (node, ENVELOPE, "Body"))
      return soap_first (node);
  return NULL;
}

/**
 * soap_answer_parse:
 * @body: not needed any more afterwards
 *
 * Errors: %TURNUS_ERROR_LIMIT; %TURNUS_ERROR_PROTOCOL for what is no envelope with something in it.
 * Returns: (transfer full)
 */
SoapAnswer *
soap_answer_parse (GBytes *body, GError **error)
{
  gsize size = 0;
  const char *start = g_bytes_get_data (body, &size);
  xmlDoc *doc = parse (start, size, error);
  if (doc == NULL)
    return NULL;
  g_autoptr (SoapAnswer) answer = g_new0 (SoapAnswer, 1);
  answer->doc = doc;
  answer->content = find_content (xmlDocGetRootElement (doc));
  if (answer->content != NULL)
    return g_steal_pointer (&answer);
  g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                       "the answer is XML, but no SOAP envelope with something in it");
  return NULL;
}

void
soap_answer_free (SoapAnswer *answer)
{
  if (answer == NULL)
    return;
  xmlFreeDoc (answer->doc);
  g_free (answer);
}

/* Returns: (transfer none): what stands in the envelope's body: an answer, or a fault */
const xmlNode *
soap_answer_get_content (const SoapAnswer *answer)
{
  return answer->content;
}

/* Is it an element of EWS with this name? Those of other namespaces are nobody's. */
gboolean
soap_is (const xmlNode *node, const char *name)
{
  return node != NULL
         && (is_element_of (node, SOAP_MESSAGES, name) || is_element_of (node, SOAP_TYPES, name));
}

/* Returns: (nullable): the first element in @parent, which may be %NULL */
const xmlNode *
soap_first (const xmlNode *parent)
{
  return parent != NULL ? xmlFirstElementChild ((xmlNode *) parent) : NULL;
}

const xmlNode *
soap_next (const xmlNode *node)
{
  return xmlNextElementSibling ((xmlNode *) node);
}

/* Returns: (nullable) */
const xmlNode *
soap_find (const xmlNode *parent, const char *name)
{
  for (const xmlNode *node = soap_first (parent); node != NULL; node = soap_next (node))
    if (soap_is (node, name))
      return node;
  return NULL;
}

/* The first element of this local name at any depth, in whatever namespace: of faults, whose
 * details servers put where they like. */
const xmlNode *
soap_find_deep (const xmlNode *parent, const char *name)
{
  const xmlNode *node = soap_first (parent);
  while (node != NULL)
    {
      if (xmlStrEqual (node->name, x (name)))
        return node;
      const xmlNode *next = soap_first (node);
      while (next == NULL && node != NULL && node != parent)
        {
          next = soap_next (node);
          node = node->parent;
        }
      node = next;
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): %NULL when @node is, or when its text is too long to be
 * meant */
char *
soap_dup_text (const xmlNode *node)
{
  if (node == NULL)
    return NULL;
  xmlChar *text = xmlNodeGetContent (node);
  gsize length = text != NULL ? strlen ((const char *) text) : 0;
  char *own = length <= TEXT_MAX_BYTES ? g_strndup ((const char *) text, length) : NULL;
  xmlFree (text);
  return own != NULL || length > 0 ? own : g_strdup ("");
}

char *
soap_dup_text_of (const xmlNode *parent, const char *name)
{
  return soap_dup_text (soap_find (parent, name));
}

/* Returns: (transfer full) (nullable): %NULL when there is no such attribute */
char *
soap_dup_value (const xmlNode *node, const char *attribute)
{
  xmlChar *value = node != NULL ? xmlGetNoNsProp ((xmlNode *) node, x (attribute)) : NULL;
  char *own = g_strdup ((const char *) value);
  xmlFree (value);
  return own;
}
