/* Elements are found by their local name, as real servers do not care for prefixes either, and are
 * made in the namespace that they belong to. */
#include "fakes/ews-tree.h"

#include <libxml/parser.h>
#include <string.h>

/**
 * tn_ews_tree_parse:
 *
 * Returns: (transfer full) (nullable): %NULL for what is no XML, or has a document type
 */
xmlDoc *
tn_ews_tree_parse (GBytes *body)
{
  gsize length = 0;
  const char *start = g_bytes_get_data (body, &length);
  xmlDoc *doc = length == 0 ? NULL
                            : xmlReadMemory (start, (int) length, NULL, NULL,
                                             XML_PARSE_NONET | XML_PARSE_NOERROR
                                                 | XML_PARSE_NOWARNING | XML_PARSE_NOBLANKS);
  if (doc != NULL && doc->intSubset != NULL)
    g_clear_pointer (&doc, xmlFreeDoc);
  return doc;
}

/* Returns: (transfer full): the root of a document of its own; free with _free_root */
xmlNode *
tn_ews_tree_new_root (const char *space, const char *name)
{
  xmlDoc *doc = xmlNewDoc ((const xmlChar *) "1.0");
  xmlNode *root = xmlNewDocNode (doc, NULL, (const xmlChar *) name, NULL);
  xmlDocSetRootElement (doc, root);
  xmlNewNs (root, (const xmlChar *) TN_EWS_SOAP, (const xmlChar *) "s");
  xmlNewNs (root, (const xmlChar *) TN_EWS_MESSAGES, (const xmlChar *) "m");
  xmlNewNs (root, (const xmlChar *) TN_EWS_TYPES, (const xmlChar *) "t");
  xmlSetNs (root, xmlSearchNsByHref (doc, root, (const xmlChar *) space));
  return root;
}

void
tn_ews_tree_free_root (xmlNode *root)
{
  if (root != NULL)
    xmlFreeDoc (root->doc);
}

/* Returns: (transfer full): the document of @root */
char *
tn_ews_tree_format (const xmlNode *root)
{
  xmlChar *text = NULL;
  int length = 0;
  xmlDocDumpMemoryEnc (root->doc, &text, &length, "utf-8");
  char *own = g_strndup ((const char *) text, (gsize) length);
  xmlFree (text);
  return own;
}

gboolean
tn_ews_tree_is (const xmlNode *node, const char *name)
{
  return node != NULL && node->type == XML_ELEMENT_NODE
         && strcmp ((const char *) node->name, name) == 0;
}

/* Returns: (nullable): the first element in @parent */
xmlNode *
tn_ews_tree_first (const xmlNode *parent)
{
  return parent != NULL ? xmlFirstElementChild ((xmlNode *) parent) : NULL;
}

xmlNode *
tn_ews_tree_next (const xmlNode *node)
{
  return xmlNextElementSibling ((xmlNode *) node);
}

/* Returns: (nullable): the first element of this name in @parent, which may be %NULL */
xmlNode *
tn_ews_tree_find (const xmlNode *parent, const char *name)
{
  for (xmlNode *node = tn_ews_tree_first (parent); node != NULL; node = tn_ews_tree_next (node))
    if (tn_ews_tree_is (node, name))
      return node;
  return NULL;
}

/* `path`: "Body/CreateItem/Items" */
xmlNode *
tn_ews_tree_find_path (const xmlNode *parent, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, "/", -1);
  xmlNode *node = (xmlNode *) parent;
  for (guint i = 0; names[i] != NULL && node != NULL; i++)
    node = tn_ews_tree_find (node, names[i]);
  return node;
}

/* Returns: (transfer full) (nullable): %NULL when @node is */
char *
tn_ews_tree_dup_text (const xmlNode *node)
{
  if (node == NULL)
    return NULL;
  xmlChar *text = xmlNodeGetContent (node);
  char *own = g_strdup (text != NULL ? (const char *) text : "");
  xmlFree (text);
  return own;
}

/* Returns: (transfer full) (nullable) */
char *
tn_ews_tree_dup_value (const xmlNode *node, const char *attribute)
{
  xmlChar *value = node != NULL ? xmlGetNoNsProp (node, (const xmlChar *) attribute) : NULL;
  char *own = g_strdup ((const char *) value);
  xmlFree (value);
  return own;
}

gboolean
tn_ews_tree_has_value (const xmlNode *node, const char *attribute, const char *value)
{
  g_autofree char *own = tn_ews_tree_dup_value (node, attribute);
  return g_strcmp0 (own, value) == 0;
}

/* `text`: (nullable) */
xmlNode *
tn_ews_tree_add (xmlNode *parent, const char *space, const char *name, const char *text)
{
  xmlNs *ns = xmlSearchNsByHref (parent->doc, parent, (const xmlChar *) space);
  return xmlNewTextChild (parent, ns, (const xmlChar *) name, (const xmlChar *) text);
}

xmlNode *
tn_ews_tree_add_type (xmlNode *parent, const char *name, const char *text)
{
  return tn_ews_tree_add (parent, TN_EWS_TYPES, name, text);
}

void
tn_ews_tree_set (xmlNode *node, const char *attribute, const char *value)
{
  xmlSetProp (node, (const xmlChar *) attribute, (const xmlChar *) value);
}

/* Returns: a copy at the end of @parent, in its document and with its prefixes */
xmlNode *
tn_ews_tree_copy (xmlNode *parent, const xmlNode *node)
{
  xmlNode *first = tn_ews_tree_first (node);
  g_autofree char *text = first == NULL ? tn_ews_tree_dup_text (node) : NULL;
  const char *space = node->ns != NULL ? (const char *) node->ns->href : TN_EWS_TYPES;
  gboolean is_empty = text == NULL || *text == '\0';
  xmlNode *copy
      = tn_ews_tree_add (parent, space, (const char *) node->name, is_empty ? NULL : text);
  for (xmlAttr *attr = node->properties; attr != NULL; attr = attr->next)
    {
      g_autofree char *value = tn_ews_tree_dup_value (node, (const char *) attr->name);
      if (value != NULL)
        tn_ews_tree_set (copy, (const char *) attr->name, value);
    }
  for (xmlNode *child = first; child != NULL; child = tn_ews_tree_next (child))
    tn_ews_tree_copy (copy, child);
  return copy;
}

/* The one child of this name has this text from now on; `text` NULL: there is none. */
void
tn_ews_tree_replace (xmlNode *parent, const char *name, const char *text)
{
  tn_ews_tree_drop (tn_ews_tree_find (parent, name));
  if (text != NULL)
    tn_ews_tree_add_type (parent, name, text);
}

void
tn_ews_tree_drop (xmlNode *node)
{
  if (node == NULL)
    return;
  xmlUnlinkNode (node);
  xmlFreeNode (node);
}
