/* GetFolder and FindFolder. */
#include "fakes/ews-call.h"

#include <string.h>

#include "fakes/ews-filter.h"

typedef struct
{
  const char *name;
  gboolean may; /* of a right that a read-only folder does not give */
} Right;

static gboolean
is_within (const TnEwsCall *call, const TnEwsFolder *folder, const TnEwsFolder *top)
{
  const TnEwsFolder *one = folder;
  while (one != NULL && one->parent != NULL)
    {
      if (strcmp (one->parent, top->id) == 0)
        return TRUE;
      one = tn_ews_organisation_find_folder (call->organisation, one->parent);
    }
  return FALSE;
}

static void
show_id (xmlNode *parent, const char *name, const char *id)
{
  xmlNode *node = tn_ews_tree_add_type (parent, name, NULL);
  tn_ews_tree_set (node, "Id", id);
  tn_ews_tree_set (node, "ChangeKey", "AgAAABYAAAA=");
}

static void
show_rights (const TnEwsFolder *folder, xmlNode *parent)
{
  gboolean may = !folder->is_read_only;
  const Right rights[]
      = { { "CreateAssociated", may }, { "CreateContents", may }, { "CreateHierarchy", may },
          { "Delete", may },           { "Modify", may },         { "Read", TRUE } };
  xmlNode *out = tn_ews_tree_add_type (parent, "EffectiveRights", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rights); i++)
    tn_ews_tree_add_type (out, rights[i].name, rights[i].may ? "true" : "false");
}

static void
show_number (xmlNode *parent, const char *name, guint number)
{
  g_autofree char *text = g_strdup_printf ("%u", number);
  tn_ews_tree_add_type (parent, name, text);
}

static guint
count_children (const TnEwsCall *call, const TnEwsFolder *folder)
{
  guint n = 0;
  for (guint i = 0; i < call->organisation->folders->len; i++)
    {
      const TnEwsFolder *one = g_ptr_array_index (call->organisation->folders, i);
      n += g_strcmp0 (one->parent, folder->id) == 0;
    }
  return n;
}

static void
show_folder (const TnEwsCall *call, const TnEwsFolder *folder, xmlNode *parent)
{
  gboolean is_calendar = g_strcmp0 (folder->class, "IPF.Appointment") == 0;
  xmlNode *shape = tn_ews_tree_find (call->request, "FolderShape");
  g_autofree char *base = tn_ews_tree_dup_text (tn_ews_tree_find (shape, "BaseShape"));
  gboolean is_bare
      = g_strcmp0 (base, "IdOnly") == 0 && tn_ews_tree_find (shape, "AdditionalProperties") == NULL;
  xmlNode *out = tn_ews_tree_add_type (parent, is_calendar ? "CalendarFolder" : "Folder", NULL);
  show_id (out, "FolderId", folder->id);
  if (is_bare)
    return;
  if (folder->parent != NULL)
    show_id (out, "ParentFolderId", folder->parent);
  if (folder->class != NULL)
    tn_ews_tree_add_type (out, "FolderClass", folder->class);
  tn_ews_tree_add_type (out, "DisplayName", folder->name);
  show_number (out, "TotalCount", folder->items->len);
  show_number (out, "ChildFolderCount", count_children (call, folder));
  show_rights (folder, out);
  if (folder->distinguished != NULL)
    tn_ews_tree_add_type (out, "DistinguishedFolderId", folder->distinguished);
}

void
tn_ews_get_folder (TnEwsCall *call)
{
  xmlNode *id = tn_ews_tree_first (tn_ews_tree_find (call->request, "FolderIds"));
  for (; id != NULL; id = tn_ews_tree_next (id))
    {
      const char *code = NULL;
      TnEwsFolder *folder = tn_ews_call_find_folder (call, id, &code);
      if (tn_ews_call_is_hit (call) || folder == NULL)
        {
          tn_ews_call_fail (call, tn_ews_call_is_hit (call) ? call->fault->code : code);
          continue;
        }
      xmlNode *folders
          = tn_ews_tree_add (tn_ews_call_succeed (call), TN_EWS_MESSAGES, "Folders", NULL);
      show_folder (call, folder, folders);
    }
}

static char *
read_field (gconstpointer subject, const xmlNode *path)
{
  const TnEwsFolder *folder = subject;
  if (tn_ews_tree_has_value (path, "FieldURI", "folder:FolderClass"))
    return g_strdup (folder->class);
  if (tn_ews_tree_has_value (path, "FieldURI", "folder:DisplayName"))
    return g_strdup (folder->name);
  return NULL;
}

static void
show_children (TnEwsCall *call, const TnEwsFolder *top, xmlNode *message)
{
  const xmlNode *restriction = tn_ews_tree_find (call->request, "Restriction");
  gboolean is_deep = tn_ews_tree_has_value (call->request, "Traversal", "Deep");
  xmlNode *root = tn_ews_tree_add (message, TN_EWS_MESSAGES, "RootFolder", NULL);
  xmlNode *folders = tn_ews_tree_add_type (root, "Folders", NULL);
  guint n = 0;
  for (guint i = 0; i < call->organisation->folders->len; i++)
    {
      const TnEwsFolder *one = g_ptr_array_index (call->organisation->folders, i);
      gboolean is_child
          = is_deep ? is_within (call, one, top) : g_strcmp0 (one->parent, top->id) == 0;
      if (!is_child || one->is_hidden || !tn_ews_filter_admits (restriction, one, read_field))
        continue;
      show_folder (call, one, folders);
      n++;
    }
  g_autofree char *total = g_strdup_printf ("%u", n);
  tn_ews_tree_set (root, "TotalItemsInView", total);
  tn_ews_tree_set (root, "IncludesLastItemInRange", "true");
}

void
tn_ews_find_folder (TnEwsCall *call)
{
  xmlNode *id = tn_ews_tree_first (tn_ews_tree_find (call->request, "ParentFolderIds"));
  for (; id != NULL; id = tn_ews_tree_next (id))
    {
      const char *code = NULL;
      const TnEwsFolder *top = tn_ews_call_find_folder (call, id, &code);
      if (tn_ews_call_is_hit (call) || top == NULL)
        tn_ews_call_fail (call, tn_ews_call_is_hit (call) ? call->fault->code : code);
      else
        show_children (call, top, tn_ews_call_succeed (call));
    }
}
