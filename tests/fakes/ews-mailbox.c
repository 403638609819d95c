/* Every change has a place in one log; a SyncState and a ChangeKey are places in it. Ids come in
 * pairs that differ in '-' and '_' alone (exchange.md 5, pitfall 9), and pairs of pairs in the case
 * of a letter (hazard 35), so that whoever normalises ids is found out by any test. */
#include "fakes/ews-mailbox.h"

#include <string.h>

static char *
make_id (TnEwsOrganisation *self, const char *kind)
{
  guint n = self->n_ids++;
  return g_strdup_printf ("AAMkAGE2%sLTurnus%04x%c%c%sAAA=", kind, n / 4, n % 2 == 0 ? '-' : '_',
                          n % 4 < 2 ? 'q' : 'Q', "ZJAA");
}

static void
tomb_free (TnEwsTomb *tomb)
{
  g_free (tomb->id);
  g_free (tomb);
}

void
tn_ews_item_free (TnEwsItem *item)
{
  if (item == NULL)
    return;
  g_free (item->id);
  tn_ews_tree_free_root (item->fields);
  g_clear_pointer (&item->changed, g_hash_table_unref);
  g_clear_pointer (&item->deleted, g_hash_table_unref);
  g_free (item);
}

static void
folder_free (TnEwsFolder *folder)
{
  g_free (folder->id);
  g_free (folder->name);
  g_free (folder->address);
  g_ptr_array_unref (folder->items);
  g_ptr_array_unref (folder->tombs);
  g_free (folder);
}

TnEwsOrganisation *
tn_ews_organisation_new (void)
{
  TnEwsOrganisation *self = g_new0 (TnEwsOrganisation, 1);
  self->folders = g_ptr_array_new_with_free_func ((GDestroyNotify) folder_free);
  self->outbox = g_ptr_array_new_with_free_func (g_free);
  self->epoch = 1;
  return self;
}

void
tn_ews_organisation_free (TnEwsOrganisation *self)
{
  g_ptr_array_unref (self->folders);
  g_ptr_array_unref (self->outbox);
  g_free (self);
}

static TnEwsFolder *
add_folder (TnEwsOrganisation *self, const char *address, const char *name, const char *class,
            const char *distinguished, const TnEwsFolder *parent)
{
  TnEwsFolder *folder = g_new0 (TnEwsFolder, 1);
  folder->id = make_id (self, "F");
  folder->name = g_strdup (name);
  folder->address = g_strdup (address);
  folder->class = class;
  folder->distinguished = distinguished;
  folder->parent = parent != NULL ? parent->id : NULL;
  folder->items = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_ews_item_free);
  folder->tombs = g_ptr_array_new_with_free_func ((GDestroyNotify) tomb_free);
  g_ptr_array_add (self->folders, folder);
  return folder;
}

void
tn_ews_organisation_add_mailbox (TnEwsOrganisation *self, const char *address)
{
  TnEwsFolder *root = add_folder (self, address, "Root", NULL, "root", NULL);
  TnEwsFolder *top
      = add_folder (self, address, "Top of Information Store", "IPF.Note", "msgfolderroot", root);
  add_folder (self, address, "Calendar", "IPF.Appointment", "calendar", top);
  add_folder (self, address, "Deleted Items", "IPF.Note", "deleteditems", top);
  add_folder (self, address, "Inbox", "IPF.Note", "inbox", top);
}

/* Beside the usual ones. `class`: literal. Returns: (transfer none) */
TnEwsFolder *
tn_ews_organisation_add_folder (TnEwsOrganisation *self, const char *address, const char *name,
                                const char *class)
{
  const TnEwsFolder *top = tn_ews_organisation_find_distinguished (self, address, "msgfolderroot");
  return add_folder (self, address, name, class, NULL, top);
}

/* Returns: (nullable) */
TnEwsFolder *
tn_ews_organisation_find_folder (const TnEwsOrganisation *self, const char *id)
{
  for (guint i = 0; i < self->folders->len; i++)
    {
      TnEwsFolder *folder = g_ptr_array_index (self->folders, i);
      if (g_strcmp0 (folder->id, id) == 0)
        return folder;
    }
  return NULL;
}

/* Returns: (nullable) */
TnEwsFolder *
tn_ews_organisation_find_distinguished (const TnEwsOrganisation *self, const char *address,
                                        const char *name)
{
  for (guint i = 0; i < self->folders->len; i++)
    {
      TnEwsFolder *folder = g_ptr_array_index (self->folders, i);
      if (g_ascii_strcasecmp (folder->address, address) == 0
          && g_strcmp0 (folder->distinguished, name) == 0)
        return folder;
    }
  return NULL;
}

gboolean
tn_ews_organisation_has_mailbox (const TnEwsOrganisation *self, const char *address)
{
  return tn_ews_organisation_find_distinguished (self, address, "root") != NULL;
}

/* `ret_folder`: (nullable). Returns: (nullable) */
TnEwsItem *
tn_ews_organisation_find_item (const TnEwsOrganisation *self, const char *id,
                               TnEwsFolder **ret_folder)
{
  for (guint i = 0; i < self->folders->len; i++)
    {
      TnEwsFolder *folder = g_ptr_array_index (self->folders, i);
      for (guint j = 0; j < folder->items->len; j++)
        {
          TnEwsItem *item = g_ptr_array_index (folder->items, j);
          if (strcmp (item->id, id) != 0)
            continue;
          if (ret_folder != NULL)
            *ret_folder = folder;
          return item;
        }
    }
  return NULL;
}

void
tn_ews_item_touch (TnEwsItem *item, TnEwsOrganisation *self)
{
  item->changed_at = ++self->clock;
  item->version = self->clock;
}

TnEwsItem *
tn_ews_folder_add (TnEwsFolder *folder, TnEwsOrganisation *self, xmlNode *fields)
{
  TnEwsItem *item = g_new0 (TnEwsItem, 1);
  item->id = make_id (self, "I");
  item->fields = fields;
  item->changed = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) tn_ews_tree_free_root);
  item->deleted = g_hash_table_new (NULL, NULL);
  tn_ews_item_touch (item, self);
  item->created_at = item->changed_at;
  g_ptr_array_add (folder->items, item);
  return item;
}

static void
add_tomb (TnEwsFolder *folder, TnEwsOrganisation *self, const TnEwsItem *item)
{
  TnEwsTomb *tomb = g_new0 (TnEwsTomb, 1);
  *tomb = (TnEwsTomb){ g_strdup (item->id), item->created_at, ++self->clock };
  g_ptr_array_add (folder->tombs, tomb);
}

void
tn_ews_folder_remove (TnEwsFolder *folder, TnEwsOrganisation *self, TnEwsItem *item)
{
  add_tomb (folder, self, item);
  g_ptr_array_remove (folder->items, item);
}

/* Returns: (transfer none): @item in @to; it has another id there (hazard 36) */
TnEwsItem *
tn_ews_folder_move (TnEwsFolder *folder, TnEwsOrganisation *self, TnEwsItem *item, TnEwsFolder *to)
{
  xmlNode *fields = g_steal_pointer (&item->fields);
  tn_ews_folder_remove (folder, self, item);
  return tn_ews_folder_add (to, self, fields);
}

/* Returns: (transfer full) */
char *
tn_ews_item_dup_change_key (const TnEwsItem *item)
{
  guint8 bytes[12] = { 0x11, 0, 0, 0 };
  for (guint i = 0; i < 8; i++)
    bytes[4 + i] = (guint8) (item->version >> (8 * (7 - i)));
  return g_base64_encode (bytes, sizeof bytes);
}

/* Returns: the version; 0 for what is no ChangeKey */
guint64
tn_ews_change_key_parse (const char *text)
{
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (text, &length);
  guint64 version = 0;
  if (length != 12 || bytes[0] != 0x11)
    return 0;
  for (guint i = 4; i < 12; i++)
    version = version << 8 | bytes[i];
  return version;
}
