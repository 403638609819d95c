/* The store that forgets: for tests and simulations, where a million histories must not touch a
 * disk. It keeps and gives copies, so that nobody can reach into it by a pointer. */
#include "store/batch-changes.h"

#include "store/ledger-row.h"

#define TN_TYPE_MEMORY_STORE (tn_memory_store_get_type ())
G_DECLARE_FINAL_TYPE (TnMemoryStore, tn_memory_store, TN, MEMORY_STORE, GObject)

struct _TnMemoryStore
{
  GObject parent;
  GHashTable *tables[TN_N_TABLES]; /* (owned) (element-type utf8 gpointer) records by key */
  GPtrArray *history;              /* (owned) (element-type TnHistory) in order of arrival */
};

static void tn_memory_store_iface_init (TnStoreInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (TnMemoryStore, tn_memory_store, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (TN_TYPE_STORE, tn_memory_store_iface_init))

static void
tn_memory_store_finalize (GObject *object)
{
  TnMemoryStore *self = TN_MEMORY_STORE (object);
  for (guint i = 0; i < TN_N_TABLES; i++)
    g_hash_table_unref (self->tables[i]);
  g_ptr_array_unref (self->history);
  G_OBJECT_CLASS (tn_memory_store_parent_class)->finalize (object);
}

static void
tn_memory_store_class_init (TnMemoryStoreClass *class)
{
  G_OBJECT_CLASS (class)->finalize = tn_memory_store_finalize;
}

static void
tn_memory_store_init (TnMemoryStore *self)
{
  for (guint i = 0; i < TN_N_TABLES; i++)
    self->tables[i]
        = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, tn_table_get (i)->free_record);
  self->history = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_history_free);
}

static gboolean
is_answered_before (gpointer key, gpointer value, gpointer before_us)
{
  const TnProposal *proposal = value;
  return proposal->state != TN_PROPOSAL_OPEN && proposal->at_us < *(const gint64 *) before_us;
}

static void
purge (TnMemoryStore *self, gint64 before_us)
{
  g_hash_table_foreach_remove (self->tables[TN_TABLE_PROPOSALS], is_answered_before, &before_us);
  for (guint i = self->history->len; i > 0; i--)
    if (((TnHistory *) g_ptr_array_index (self->history, i - 1))->at_us < before_us)
      g_ptr_array_remove_index (self->history, i - 1);
}

/* The ledger keeps what it has. */
static gboolean
is_kept (const TnChange *change, GHashTable *records)
{
  g_autofree char *key = tn_table_dup_key (tn_table_get (change->table), change->record);
  return change->table == TN_TABLE_LEDGER && g_hash_table_contains (records, key);
}

static void
carry_out (TnMemoryStore *self, const TnChange *change)
{
  const TnTable *table = tn_table_get (change->table);
  GHashTable *records = self->tables[change->table];
  switch (change->kind)
    {
    case TN_CHANGE_PUT:
      if (table->n_keys == 0)
        g_ptr_array_add (self->history, tn_table_copy_record (table, change->record));
      else if (!is_kept (change, records))
        g_hash_table_replace (records, tn_table_dup_key (table, change->record),
                              tn_table_copy_record (table, change->record));
      break;
    case TN_CHANGE_AMEND:
      {
        g_autofree char *key = tn_table_dup_key (table, change->record);
        if (g_hash_table_contains (records, key))
          g_hash_table_replace (records, g_steal_pointer (&key),
                                tn_table_copy_record (table, change->record));
        break;
      }
    case TN_CHANGE_DROP:
      {
        g_autofree char *key = tn_table_dup_key (table, change->record);
        g_hash_table_remove (records, key);
        break;
      }
    case TN_CHANGE_CLEAR:
      g_hash_table_remove_all (records);
      break;
    case TN_CHANGE_PURGE:
      purge (self, change->before_us);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* All is checked before the first change, for after that nothing can fail. */
static gboolean
memory_commit (TnStore *store, const TnBatch *batch, GError **error)
{
  TnMemoryStore *self = TN_MEMORY_STORE (store);
  for (guint i = 0; i < tn_batch_get_size (batch); i++)
    {
      const TnChange *change = tn_batch_get (batch, i);
      if (change->record != NULL
          && !tn_table_check_record (tn_table_get (change->table), change->record, error))
        return FALSE;
    }
  for (guint i = 0; i < tn_batch_get_size (batch); i++)
    carry_out (self, tn_batch_get (batch, i));
  return TRUE;
}

static int
compare_records (gconstpointer a, gconstpointer b, gpointer table)
{
  return tn_table_compare_keys (table, *(const gconstpointer *) a, *(const gconstpointer *) b);
}

static GPtrArray *
list_records (TnStore *store, TnTableName name, const char *calendar)
{
  TnMemoryStore *self = TN_MEMORY_STORE (store);
  const TnTable *table = tn_table_get (name);
  GPtrArray *list = g_ptr_array_new_with_free_func (table->free_record);
  GHashTableIter iter;
  gpointer record = NULL;
  g_hash_table_iter_init (&iter, self->tables[name]);
  while (g_hash_table_iter_next (&iter, NULL, &record))
    if (calendar == NULL || g_str_equal (tn_table_get_text (table, record, 0), calendar))
      g_ptr_array_add (list, tn_table_copy_record (table, record));
  g_ptr_array_sort_with_data (list, compare_records, (gpointer) table);
  return list;
}

static GPtrArray *
memory_load_links (TnStore *store, const char *calendar, GError **error)
{
  return list_records (store, TN_TABLE_LINKS, calendar);
}

static GPtrArray *
memory_load_traces (TnStore *store, const char *calendar, GError **error)
{
  g_autoptr (GPtrArray) links = list_records (store, TN_TABLE_LINKS, calendar);
  GPtrArray *traces = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_trace_free);
  for (guint i = 0; i < links->len; i++)
    g_ptr_array_add (traces, tn_trace_new (g_ptr_array_index (links, i)));
  return traces;
}

static gboolean
memory_find_link (TnStore *store, const char *calendar, const char *uid, TnLink **ret_link,
                  GError **error)
{
  const TnLink asked = { .calendar = (char *) calendar, .uid = (char *) uid };
  g_autofree char *key = tn_table_dup_key (&tn_table_links, &asked);
  const TnLink *link = g_hash_table_lookup (TN_MEMORY_STORE (store)->tables[TN_TABLE_LINKS], key);
  *ret_link = link != NULL ? tn_link_copy (link) : NULL;
  return TRUE;
}

static GPtrArray *
memory_load_intents (TnStore *store, const char *calendar, GError **error)
{
  return list_records (store, TN_TABLE_INTENTS, calendar);
}

static GPtrArray *
memory_load_sightings (TnStore *store, const char *calendar, GError **error)
{
  return list_records (store, TN_TABLE_SIGHTINGS, calendar);
}

static GPtrArray *
memory_load_proposals (TnStore *store, GError **error)
{
  return list_records (store, TN_TABLE_PROPOSALS, NULL);
}

static GPtrArray *
memory_load_ledger (TnStore *store, GError **error)
{
  g_autoptr (GPtrArray) entries = list_records (store, TN_TABLE_LEDGER, NULL);
  return tn_ledger_row_list_decisions (entries, error);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  gint64 left = (*(TnHistory *const *) a)->at_us;
  gint64 right = (*(TnHistory *const *) b)->at_us;
  return (left < right) - (left > right);
}

static GPtrArray *
memory_load_history (TnStore *store, const char *uid, guint most, GError **error)
{
  TnMemoryStore *self = TN_MEMORY_STORE (store);
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_history_free);
  for (guint i = self->history->len; i > 0; i--)
    {
      const TnHistory *history = g_ptr_array_index (self->history, i - 1);
      if (uid == NULL || g_strcmp0 (history->uid, uid) == 0)
        g_ptr_array_add (list, tn_table_copy_record (&tn_table_history, history));
    }
  /* The sort is stable, and the list already runs from the last to the first. */
  g_ptr_array_sort (list, compare_newest_first);
  if (most > 0 && list->len > most)
    g_ptr_array_set_size (list, (gint) most);
  return list;
}

static TnCalendarState *
memory_load_calendar (TnStore *store, const char *calendar, GError **error)
{
  g_autoptr (GPtrArray) list = list_records (store, TN_TABLE_CALENDARS, calendar);
  if (list->len == 0)
    return tn_calendar_state_new (calendar);
  return tn_calendar_state_copy (g_ptr_array_index (list, 0));
}

static GPtrArray *
memory_load_rulebook (TnStore *store, char **ret_digest, GError **error)
{
  g_autoptr (GPtrArray) places = list_records (store, TN_TABLE_RULEBOOK, NULL);
  return tn_rule_place_list_files (places, ret_digest);
}

static GPtrArray *
memory_load_guests (TnStore *store, GError **error)
{
  return list_records (store, TN_TABLE_GUESTS, NULL);
}

static GPtrArray *
memory_load_mirrors (TnStore *store, const char *calendar, GError **error)
{
  return list_records (store, TN_TABLE_MIRRORS, calendar);
}

static GPtrArray *
memory_load_slips (TnStore *store, GError **error)
{
  return list_records (store, TN_TABLE_SLIPS, NULL);
}

static GPtrArray *
memory_load_peepholes (TnStore *store, GError **error)
{
  return list_records (store, TN_TABLE_PEEPHOLES, NULL);
}

static GPtrArray *
memory_load_letters (TnStore *store, GError **error)
{
  return list_records (store, TN_TABLE_LETTERS, NULL);
}

static GPtrArray *
memory_load_told (TnStore *store, GError **error)
{
  return list_records (store, TN_TABLE_TOLD, NULL);
}

static void
tn_memory_store_iface_init (TnStoreInterface *iface)
{
  iface->commit = memory_commit;
  iface->load_links = memory_load_links;
  iface->load_traces = memory_load_traces;
  iface->find_link = memory_find_link;
  iface->load_intents = memory_load_intents;
  iface->load_sightings = memory_load_sightings;
  iface->load_proposals = memory_load_proposals;
  iface->load_ledger = memory_load_ledger;
  iface->load_history = memory_load_history;
  iface->load_calendar = memory_load_calendar;
  iface->load_rulebook = memory_load_rulebook;
  iface->load_guests = memory_load_guests;
  iface->load_mirrors = memory_load_mirrors;
  iface->load_slips = memory_load_slips;
  iface->load_peepholes = memory_load_peepholes;
  iface->load_letters = memory_load_letters;
  iface->load_told = memory_load_told;
}

/**
 * tn_store_new_memory:
 *
 * Returns: (transfer full): an empty store that is gone with its last reference
 */
TnStore *
tn_store_new_memory (void)
{
  return g_object_new (TN_TYPE_MEMORY_STORE, NULL);
}
