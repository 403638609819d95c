/* The table `told`, held in memory: it is asked at each look and changes seldom. Who commits a
 * batch in vain loads it anew. */
#include "notice/memory.h"

#include <string.h>

#include "model/mail.h"

struct _TnMemory
{
  GHashTable *told; /* (owned) (element-type utf8 TnTold) by address, a line end, key */
};

static char *
make_place (const char *address, const char *key)
{
  return g_strdup_printf ("%s\n%s", address, key);
}

static void
take (TnMemory *memory, TnTold *told)
{
  g_hash_table_replace (memory->told, make_place (told->address, told->key), told);
}

/**
 * tn_memory_load:
 *
 * Returns: (transfer full) (nullable)
 */
TnMemory *
tn_memory_load (TnStore *store, GError **error)
{
  g_autoptr (GPtrArray) all = tn_store_load_told (store, error);
  if (all == NULL)
    return NULL;
  TnMemory *memory = g_new0 (TnMemory, 1);
  memory->told
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) tn_told_free);
  g_ptr_array_set_free_func (all, NULL);
  for (guint i = 0; i < all->len; i++)
    take (memory, g_ptr_array_index (all, i));
  return memory;
}

void
tn_memory_free (TnMemory *memory)
{
  if (memory == NULL)
    return;
  g_hash_table_unref (memory->told);
  g_free (memory);
}

/* Returns: (nullable): what @address was last told of @key */
const char *
tn_memory_find (const TnMemory *memory, const char *address, const char *key)
{
  g_autofree char *place = make_place (address, key);
  const TnTold *told = g_hash_table_lookup (memory->told, place);
  return told != NULL ? told->value : NULL;
}

static char *
make_known (const char *council)
{
  g_autofree char *scope = tn_fact_dup_scope (council);
  return g_strconcat (scope, "known", NULL);
}

/* Was @address ever looked at as the mailbox of @council? */
gboolean
tn_memory_knows (const TnMemory *memory, const char *address, const char *council)
{
  g_autofree char *key = make_known (council);
  return tn_memory_find (memory, address, key) != NULL;
}

void
tn_memory_note (TnMemory *memory, TnBatch *batch, const char *address, const char *key,
                const char *value, gint64 now_us)
{
  TnTold *told = tn_told_new (address, key, value, now_us);
  tn_batch_put_told (batch, told);
  take (memory, told);
}

void
tn_memory_note_known (TnMemory *memory, TnBatch *batch, const char *address, const char *council,
                      gint64 now_us)
{
  g_autofree char *key = make_known (council);
  tn_memory_note (memory, batch, address, key, "yes", now_us);
}

static gboolean
is_of (const TnTold *told, GPtrArray *mailboxes)
{
  for (guint i = 0; i < mailboxes->len; i++)
    {
      const TnMailbox *mailbox = g_ptr_array_index (mailboxes, i);
      g_autofree char *scope = tn_fact_dup_scope (mailbox->council);
      if (strcmp (mailbox->address, told->address) == 0 && g_str_has_prefix (told->key, scope))
        return TRUE;
    }
  return FALSE;
}

/**
 * tn_memory_forget:
 * @mailboxes: (element-type TnMailbox): those of the settings
 * @live: (element-type utf8): keys of all facts that are so now
 * @before_us: what was told before then, and is so no more, is forgotten
 *
 * Forgets also mailboxes that stand in the settings no more: one that comes back begins anew.
 */
void
tn_memory_forget (TnMemory *memory, TnBatch *batch, GPtrArray *mailboxes, GHashTable *live,
                  gint64 before_us)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, memory->told);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnTold *told = value;
      gboolean is_old = told->at_us < before_us && !g_str_has_suffix (told->key, " known")
                        && !g_hash_table_contains (live, told->key);
      if (!is_old && is_of (told, mailboxes))
        continue;
      tn_batch_drop_told (batch, told->address, told->key);
      g_hash_table_iter_remove (&iter);
    }
}
