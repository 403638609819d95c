/* tests/fakes/ews-tree.h — Exchange's XML as trees, without a word about namespaces */
#pragma once

#include <glib.h>
#include <libxml/tree.h>

G_BEGIN_DECLS

#define TN_EWS_TYPES "http://schemas.microsoft.com/exchange/services/2006/types"
#define TN_EWS_MESSAGES "http://schemas.microsoft.com/exchange/services/2006/messages"
#define TN_EWS_ERRORS "http://schemas.microsoft.com/exchange/services/2006/errors"
#define TN_EWS_SOAP "http://schemas.xmlsoap.org/soap/envelope/"

G_DEFINE_AUTOPTR_CLEANUP_FUNC (xmlDoc, xmlFreeDoc)

xmlDoc *tn_ews_tree_parse (GBytes *body);
xmlNode *tn_ews_tree_new_root (const char *space, const char *name);
void tn_ews_tree_free_root (xmlNode *root);
char *tn_ews_tree_format (const xmlNode *root);

gboolean tn_ews_tree_is (const xmlNode *node, const char *name);
xmlNode *tn_ews_tree_first (const xmlNode *parent);
xmlNode *tn_ews_tree_next (const xmlNode *node);
xmlNode *tn_ews_tree_find (const xmlNode *parent, const char *name);
xmlNode *tn_ews_tree_find_path (const xmlNode *parent, const char *path);

char *tn_ews_tree_dup_text (const xmlNode *node);
char *tn_ews_tree_dup_value (const xmlNode *node, const char *attribute);
gboolean tn_ews_tree_has_value (const xmlNode *node, const char *attribute, const char *value);

xmlNode *tn_ews_tree_add (xmlNode *parent, const char *space, const char *name, const char *text);
xmlNode *tn_ews_tree_add_type (xmlNode *parent, const char *name, const char *text);
void tn_ews_tree_set (xmlNode *node, const char *attribute, const char *value);
xmlNode *tn_ews_tree_copy (xmlNode *parent, const xmlNode *node);
void tn_ews_tree_replace (xmlNode *parent, const char *name, const char *text);
void tn_ews_tree_drop (xmlNode *node);

G_END_DECLS
