/* A calendar item of Exchange, apart from how it travels. */
#include "item.h"

const char *const ex_own_names[]
    = { "key", "wrote", "placed", "ledger", EX_OWN_UID, EX_OWN_STATUS, EX_OWN_ZONE, NULL };

/**
 * ex_item_new:
 *
 * Returns: (transfer full): an item with nothing in it that is nobody's meeting
 */
ExItem *
ex_item_new (void)
{
  ExItem *item = g_new0 (ExItem, 1);
  item->subject = g_strdup ("");
  item->body = g_strdup ("");
  item->location = g_strdup ("");
  item->show = EX_SHOW_BUSY;
  item->is_organizer = TRUE;
  item->own = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return item;
}

void
ex_item_free (ExItem *item)
{
  if (item == NULL)
    return;
  g_free (item->id);
  g_free (item->revision);
  g_free (item->uid);
  g_free (item->subject);
  g_free (item->body);
  g_free (item->location);
  g_free (item->start_zone);
  g_free (item->end_zone);
  g_clear_pointer (&item->own, g_hash_table_unref);
  g_free (item);
}

/**
 * ex_item_is_empty:
 *
 * Returns: %TRUE when there is nothing to write
 */
gboolean
ex_item_is_empty (const ExItem *item)
{
  return item->fields == 0 && g_hash_table_size (item->own) == 0;
}

/**
 * ex_item_get_own:
 * @name: without prefix
 *
 * Returns: (transfer none) (nullable)
 */
const char *
ex_item_get_own (const ExItem *item, const char *name)
{
  return g_hash_table_lookup (item->own, name);
}

void
ex_item_set_own (ExItem *item, const char *name, const char *value)
{
  g_hash_table_replace (item->own, g_strdup (name), g_strdup (value));
}
