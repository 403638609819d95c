/* What a tolerant reader must bear: another order, elements and attributes of a later version,
 * other prefixes; and faults. */
#include "fakes/ews-answer.h"

#include <string.h>

#include "fakes/ews-call.h"

static gboolean
is_message (const xmlNode *node)
{
  return node->type == XML_ELEMENT_NODE
         && g_str_has_suffix ((const char *) node->name, "ResponseMessage");
}

static void
reverse (xmlNode *node)
{
  xmlNode *last = xmlLastElementChild (node);
  if (last == NULL)
    return;
  for (xmlNode *one = tn_ews_tree_first (node); one != last; one = tn_ews_tree_first (node))
    {
      xmlUnlinkNode (one);
      xmlAddNextSibling (last, one);
    }
}

static void
add_unknown (xmlNode *node)
{
  xmlNode *last = tn_ews_tree_add_type (node, "Hereafter", NULL);
  xmlNode *id = tn_ews_tree_add_type (last, "ItemId", NULL);
  tn_ews_tree_set (id, "Id", "AAMk-none");
  tn_ews_tree_add_type (last, "ResponseCode", "ErrorNotYetInvented");
  tn_ews_tree_add_type (last, "Subject", "of something inside of it");
  tn_ews_tree_set (node, "Since", "V2030_01_01");
}

static void
disguise (xmlNode *node, const TnEwsQuirks *quirks)
{
  gboolean is_item = tn_ews_tree_is (node, "CalendarItem");
  for (xmlNode *one = tn_ews_tree_first (node); one != NULL; one = tn_ews_tree_next (one))
    disguise (one, quirks);
  if (is_item && quirks->names_no_zone)
    {
      tn_ews_tree_drop (tn_ews_tree_find (node, "StartTimeZone"));
      tn_ews_tree_drop (tn_ews_tree_find (node, "EndTimeZone"));
    }
  if (quirks->adds_unknown && (is_item || is_message (node)))
    add_unknown (node);
  if (quirks->shuffles && (is_item || is_message (node)))
    reverse (node);
}

static void
rename_prefixes (xmlNode *root)
{
  static const char *const names[] = { "soap11", "a", NULL };
  guint i = 0;
  for (xmlNs *ns = root->nsDef; ns != NULL; ns = ns->next, i++)
    {
      xmlFree ((xmlChar *) ns->prefix);
      ns->prefix = names[MIN (i, 2)] != NULL ? xmlStrdup ((const xmlChar *) names[i]) : NULL;
    }
}

void
tn_ews_answer_disguise (xmlNode *envelope, const TnEwsQuirks *quirks)
{
  disguise (envelope, quirks);
  if (quirks->renames_prefixes)
    rename_prefixes (envelope);
}

/* Returns: (transfer full): as the busy server of exchange.md 2 (throttling) says it */
char *
tn_ews_answer_make_fault (const char *code, guint backoff_ms)
{
  g_autofree char *name = g_strconcat ("t:", code, NULL);
  xmlNode *envelope = tn_ews_tree_new_root (TN_EWS_SOAP, "Envelope");
  xmlNode *body = tn_ews_tree_add (envelope, TN_EWS_SOAP, "Body", NULL);
  xmlNode *fault = tn_ews_tree_add (body, TN_EWS_SOAP, "Fault", NULL);
  xmlNode *one
      = xmlNewTextChild (fault, NULL, (const xmlChar *) "faultcode", (const xmlChar *) name);
  xmlSetNs (one, NULL);
  one = xmlNewTextChild (fault, NULL, (const xmlChar *) "faultstring",
                         (const xmlChar *) "The server cannot do this now. Try again later.");
  xmlSetNs (one, NULL);
  xmlNode *detail = xmlNewTextChild (fault, NULL, (const xmlChar *) "detail", NULL);
  xmlSetNs (detail, NULL);
  xmlNewNs (detail, (const xmlChar *) TN_EWS_ERRORS, (const xmlChar *) "e");
  tn_ews_tree_add (detail, TN_EWS_ERRORS, "ResponseCode", code);
  tn_ews_tree_add (detail, TN_EWS_ERRORS, "Message", "The server cannot do this now.");
  tn_ews_call_add_backoff (detail, TN_EWS_TYPES, backoff_ms);
  char *text = tn_ews_tree_format (envelope);
  tn_ews_tree_free_root (envelope);
  return text;
}
