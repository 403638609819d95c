/* plugins/exchange/soap.h — SOAP envelopes: what EWS is asked, and what it answers */
#pragma once

#include "turnus-plugin.h"

#include <libxml/tree.h>

#define SOAP_TYPES "http://schemas.microsoft.com/exchange/services/2006/types"
#define SOAP_MESSAGES "http://schemas.microsoft.com/exchange/services/2006/messages"

/* A request while it is written. Names have their prefix: "t:ItemId", "m:ItemIds". */
typedef struct _SoapLetter SoapLetter;

SoapLetter *soap_letter_new (const char *operation, const char *impersonated);
void soap_letter_attribute (SoapLetter *letter, const char *name, const char *value);
void soap_letter_open (SoapLetter *letter, const char *name);
void soap_letter_close (SoapLetter *letter);
void soap_letter_add (SoapLetter *letter, const char *name, const char *text);
void soap_letter_text (SoapLetter *letter, const char *text);
GBytes *soap_letter_end (SoapLetter *letter);

/* An answer: elements of EWS by their local names, whatever their prefix and order. */
typedef struct _SoapAnswer SoapAnswer;

SoapAnswer *soap_answer_parse (GBytes *body, GError **error);
void soap_answer_free (SoapAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SoapAnswer, soap_answer_free)
const xmlNode *soap_answer_get_content (const SoapAnswer *answer);

gboolean soap_is (const xmlNode *node, const char *name);
const xmlNode *soap_first (const xmlNode *parent);
const xmlNode *soap_next (const xmlNode *node);
const xmlNode *soap_find (const xmlNode *parent, const char *name);
const xmlNode *soap_find_deep (const xmlNode *parent, const char *name);
char *soap_dup_text (const xmlNode *node);
char *soap_dup_text_of (const xmlNode *parent, const char *name);
char *soap_dup_value (const xmlNode *node, const char *attribute);
