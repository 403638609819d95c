/* EWS says what went wrong in four places: the status of HTTP, a SOAP fault under a 500, the
 * ResponseCode of a message inside of a 200, and in XML beside either of them how long to wait
 * (exchange.md 2, throttling). An answer of another kind, such as a page to log in at, is an error
 * and never an empty answer (hazard 1). */
#include "ews-reply.h"

#include <string.h>

#include "ews-refusal.h"

#define MS_MOST G_GINT64_CONSTANT (86400000) /* a day: longer than any server means it */

static void
message_free (EwsMessage *message)
{
  g_free (message->code);
  g_free (message);
}

void
ews_reply_free (EwsReply *reply)
{
  if (reply == NULL)
    return;
  g_clear_pointer (&reply->messages, g_ptr_array_unref);
  soap_answer_free (reply->soap);
  g_free (reply);
}

static const char *
find_header (const TurnusResponse *response, const char *name)
{
  for (guint i = 0; response->headers != NULL && response->headers[i] != NULL; i += 2)
    if (g_ascii_strcasecmp (response->headers[i], name) == 0)
      return response->headers[i + 1];
  return NULL;
}

static gboolean
is_xml (const TurnusResponse *response)
{
  const char *type = find_header (response, "content-type");
  if (type == NULL)
    return FALSE;
  g_autofree char *bare = g_strstrip (g_strndup (type, strcspn (type, ";")));
  return g_ascii_strcasecmp (bare, "text/xml") == 0
         || g_ascii_strcasecmp (bare, "application/xml") == 0
         || g_ascii_strcasecmp (bare, "application/soap+xml") == 0;
}

static const char *
explain_status (guint status, TurnusError *code)
{
  switch (status)
    {
    case 401:
    case 440:
    case 456:
      *code = TURNUS_ERROR_AUTH;
      return "the server wants another login: check user and password, and which ways of logging "
             "in it takes";
    case 403:
      *code = TURNUS_ERROR_DENIED;
      return "the server does not allow it: EWS may be closed to this mailbox or this program";
    case 404:
    case 405:
      *code = TURNUS_ERROR_INVALID;
      return "there is no EWS at that address: expected url = "
             "\"https://mail.example.org/EWS/Exchange.asmx\"";
    case 413:
      *code = TURNUS_ERROR_LIMIT;
      return "it is too big for the server";
    case 408:
    case 429:
      *code = TURNUS_ERROR_TEMPORARY;
      return "the server asks to come later";
    default:
      break;
    }
  *code = status >= 500 ? TURNUS_ERROR_TEMPORARY : TURNUS_ERROR_PROTOCOL;
  if (status / 100 == 3)
    {
      *code = TURNUS_ERROR_INVALID;
      return "the server points elsewhere: put the address of its EWS into the settings as url";
    }
  return status >= 500 ? "the server has a trouble of its own" : "that is no answer of EWS";
}

static GError *
make_status_error (const TurnusResponse *response, const char *wish)
{
  TurnusError code = TURNUS_ERROR_PROTOCOL;
  const char *why = explain_status (response->status, &code);
  return g_error_new (TURNUS_ERROR, (int) code, "cannot %s: %s (status %u)", wish, why,
                      response->status);
}

/* `parent`: a message, or the details of a fault */
static void
read_patience (const xmlNode *parent, const char *code, EwsPatience *patience)
{
  const xmlNode *value = soap_first (soap_find_deep (parent, "MessageXml"));
  gint64 after_s = -1;
  for (; value != NULL; value = soap_next (value))
    {
      g_autofree char *name = soap_dup_value (value, "Name");
      g_autofree char *text = soap_dup_text (value);
      gint64 ms = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
      if (g_strcmp0 (name, "BackOffMilliseconds") == 0 && ms > 0)
        after_s = (MIN (ms, MS_MOST) + 999) / 1000;
    }
  if (after_s < 0 && !ews_refusal_is_busy (code))
    return;
  patience->is_wanted = TRUE;
  patience->after_s = MAX (patience->after_s, after_s);
}

/* The code stands in the details, or behind the prefix of the faultcode. */
static char *
dup_fault_code (const xmlNode *fault)
{
  const xmlNode *exact = soap_find_deep (fault, "ResponseCode");
  g_autofree char *text
      = soap_dup_text (exact != NULL ? exact : soap_find_deep (fault, "faultcode"));
  if (text == NULL)
    return NULL;
  g_strstrip (text);
  const char *colon = strrchr (text, ':');
  return g_strdup (colon != NULL ? colon + 1 : text);
}

static GError *
make_fault_error (const xmlNode *fault, const char *wish, EwsPatience *patience)
{
  g_autofree char *code = dup_fault_code (fault);
  read_patience (fault, code, patience);
  return ews_refusal_make_error (code, wish);
}

static void
read_messages (EwsReply *reply, const xmlNode *list, EwsPatience *patience)
{
  for (const xmlNode *node = soap_first (list); node != NULL; node = soap_next (node))
    {
      g_autofree char *class = soap_dup_value (node, "ResponseClass");
      if (class == NULL)
        continue; /* of a later version */
      EwsMessage *message = g_new0 (EwsMessage, 1);
      message->node = node;
      message->is_good = strcmp (class, "Success") == 0;
      message->code = soap_dup_text_of (node, "ResponseCode");
      g_ptr_array_add (reply->messages, message);
      if (!message->is_good)
        read_patience (node, message->code, patience);
    }
}

static EwsReply *
read_content (SoapAnswer *owned, const char *operation, const char *wish, EwsPatience *patience,
              GError **error)
{
  g_autoptr (SoapAnswer) soap = owned;
  g_autofree char *name = g_strconcat (operation, "Response", NULL);
  const xmlNode *content = soap_answer_get_content (soap);
  const xmlNode *list = soap_is (content, name) ? soap_find (content, "ResponseMessages") : NULL;
  if (strcmp ((const char *) content->name, "Fault") == 0)
    {
      g_propagate_error (error, make_fault_error (content, wish, patience));
      return NULL;
    }
  if (list == NULL)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                   "cannot %s: the server answers something else than %s", wish, name);
      return NULL;
    }
  EwsReply *reply = g_new0 (EwsReply, 1);
  reply->soap = g_steal_pointer (&soap);
  reply->messages = g_ptr_array_new_with_free_func ((GDestroyNotify) message_free);
  read_messages (reply, list, patience);
  return reply;
}

/**
 * ews_reply_read:
 * @operation: that was asked for: "GetItem"
 * @wish: "load events", for the message
 * @patience: (out caller-allocates): what the server wants, also with an error
 *
 * Errors: what the status, a fault, or the lack of an answer means. What a message says of its one
 *   item is no error here.
 * Returns: (transfer full) (nullable)
 */
EwsReply *
ews_reply_read (const TurnusResponse *response, const char *operation, const char *wish,
                EwsPatience *patience, GError **error)
{
  GError *why = NULL;
  *patience = (EwsPatience){ FALSE, -1 };
  gboolean may_be_soap = is_xml (response) && (response->status == 200 || response->status == 500);
  SoapAnswer *soap = may_be_soap ? soap_answer_parse (response->body, &why) : NULL;
  if (soap != NULL && (response->status == 200 || soap_answer_get_content (soap) != NULL))
    return read_content (soap, operation, wish, patience, error);
  if (why != NULL && response->status == 200)
    {
      g_prefix_error (&why, "cannot %s: ", wish);
      g_propagate_error (error, why);
      return NULL;
    }
  g_clear_error (&why);
  g_propagate_error (error, make_status_error (response, wish));
  return NULL;
}

/**
 * ews_reply_get_only:
 *
 * Errors: what its code means; %TURNUS_ERROR_PROTOCOL when it is not the only one.
 * Returns: (transfer none) (nullable): the message, which is good
 */
const EwsMessage *
ews_reply_get_only (const EwsReply *reply, const char *wish, GError **error)
{
  const EwsMessage *message
      = reply->messages->len == 1 ? g_ptr_array_index (reply->messages, 0) : NULL;
  if (message != NULL && message->is_good)
    return message;
  if (message != NULL)
    g_propagate_error (error, ews_refusal_make_error (message->code, wish));
  else
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                 "cannot %s: the server gives %u answers to one question", wish,
                 reply->messages->len);
  return NULL;
}

/* Returns: (nullable): the first of a message's items, whatever it is */
const xmlNode *
ews_reply_find_item (const EwsMessage *message)
{
  return soap_first (soap_find (message->node, "Items"));
}
