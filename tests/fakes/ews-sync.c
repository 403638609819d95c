/* SyncFolderItems: what changed since a state, masters only, in the order of the log (exchange.md
 * 2). */
#include "fakes/ews-call.h"

#include <stdlib.h>
#include <string.h>

#define CHANGES_MOST 512

typedef struct
{
  guint64 at;
  const TnEwsItem *item; /* (nullable) */
  const TnEwsTomb *tomb; /* (nullable) */
  gboolean is_new;
} Change;

static char *
format_state (const TnEwsCall *call, const TnEwsFolder *folder, guint64 at)
{
  g_autofree char *plain = g_strdup_printf ("H4sIAAA %" G_GUINT64_FORMAT " %s %" G_GUINT64_FORMAT,
                                            call->organisation->epoch, folder->id, at);
  return g_base64_encode ((const guchar *) plain, strlen (plain));
}

static gboolean
parse_state (const TnEwsCall *call, const TnEwsFolder *folder, const char *text, guint64 *at)
{
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (text, &length);
  g_autofree char *plain = g_strndup ((const char *) bytes, length);
  g_auto (GStrv) parts = g_strsplit (plain, " ", 4);
  if (g_strv_length (parts) != 4 || strcmp (parts[0], "H4sIAAA") != 0
      || g_ascii_strtoull (parts[1], NULL, 10) != call->organisation->epoch
      || strcmp (parts[2], folder->id) != 0)
    return FALSE;
  *at = g_ascii_strtoull (parts[3], NULL, 10);
  return TRUE;
}

static int
compare_changes (gconstpointer a, gconstpointer b)
{
  const Change *one = a;
  const Change *other = b;
  return one->at < other->at ? -1 : one->at > other->at;
}

/* (element-type Change) */
static GArray *
list_changes (const TnEwsFolder *folder, guint64 since)
{
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (Change));
  for (guint i = 0; i < folder->items->len; i++)
    {
      const TnEwsItem *item = g_ptr_array_index (folder->items, i);
      Change change = { item->changed_at, item, NULL, item->created_at > since };
      if (item->changed_at > since)
        g_array_append_val (changes, change);
    }
  for (guint i = 0; i < folder->tombs->len; i++)
    {
      const TnEwsTomb *tomb = g_ptr_array_index (folder->tombs, i);
      Change change = { tomb->removed_at, NULL, tomb, FALSE };
      if (tomb->removed_at > since && tomb->created_at <= since)
        g_array_append_val (changes, change);
    }
  g_array_sort (changes, compare_changes);
  return changes;
}

static void
show_change (const TnEwsCall *call, const TnEwsFolder *folder, const Change *change, xmlNode *out)
{
  if (change->tomb != NULL)
    {
      xmlNode *removed = tn_ews_tree_add_type (out, "Delete", NULL);
      xmlNode *id = tn_ews_tree_add_type (removed, "ItemId", NULL);
      tn_ews_tree_set (id, "Id", change->tomb->id);
      tn_ews_tree_set (id, "ChangeKey", "EQAAAA==");
      return;
    }
  TnEwsLook look = { .shape = tn_ews_tree_find (call->request, "ItemShape"),
                     .habits = &call->quirks->habits,
                     .zone = call->zone };
  xmlNode *kind = tn_ews_tree_add_type (out, change->is_new ? "Create" : "Update", NULL);
  tn_ews_item_show (change->item, folder, &look, kind);
}

static guint
read_most (const TnEwsCall *call)
{
  g_autofree char *text
      = tn_ews_tree_dup_text (tn_ews_tree_find (call->request, "MaxChangesReturned"));
  guint most = text != NULL ? (guint) strtoul (text, NULL, 10) : CHANGES_MOST;
  return call->quirks->page != 0 ? MIN (most, call->quirks->page) : most;
}

static void
show_changes (TnEwsCall *call, const TnEwsFolder *folder, guint64 since)
{
  g_autoptr (GArray) changes = list_changes (folder, since);
  guint n = MIN (changes->len, read_most (call));
  guint64 at
      = n == changes->len ? call->organisation->clock : g_array_index (changes, Change, n - 1).at;
  g_autofree char *state = format_state (call, folder, at);
  xmlNode *message = tn_ews_call_succeed (call);
  tn_ews_tree_add (message, TN_EWS_MESSAGES, "SyncState", state);
  tn_ews_tree_add (message, TN_EWS_MESSAGES, "IncludesLastItemInRange",
                   n == changes->len ? "true" : "false");
  xmlNode *out = tn_ews_tree_add (message, TN_EWS_MESSAGES, "Changes", NULL);
  for (guint i = 0; i < n; i++)
    show_change (call, folder, &g_array_index (changes, Change, i), out);
}

static void
grow_restless (const TnEwsCall *call, const TnEwsFolder *folder)
{
  for (guint i = 0; call->quirks->is_restless && i < folder->items->len; i++)
    tn_ews_item_touch (g_ptr_array_index (folder->items, i), call->organisation);
}

void
tn_ews_sync_folder_items (TnEwsCall *call)
{
  const char *code = NULL;
  guint64 since = 0;
  g_autofree char *state = tn_ews_tree_dup_text (tn_ews_tree_find (call->request, "SyncState"));
  xmlNode *id = tn_ews_tree_first (tn_ews_tree_find (call->request, "SyncFolderId"));
  const TnEwsFolder *folder = tn_ews_call_find_folder (call, id, &code);
  gboolean is_first = state == NULL || *state == '\0';
  if (tn_ews_call_is_hit (call))
    tn_ews_call_fail (call, call->fault->code);
  else if (folder == NULL)
    tn_ews_call_fail (call, code);
  else if (!is_first && !parse_state (call, folder, state, &since))
    tn_ews_call_fail (call, "ErrorInvalidSyncStateData");
  else
    {
      if (is_first)
        grow_restless (call, folder);
      show_changes (call, folder, since);
    }
}
