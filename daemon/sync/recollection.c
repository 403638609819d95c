/* The recollection: links are ten texts each, so they are fetched from the store for one chapter,
 * and let go before the next. */
#include "sync/recollection.h"

#include "base/error.h"

/* A link that came or went since the listing was held against what is remembered is of a claim, or
 * of another pass, that this one knows nothing of. */
static gboolean
open_link (const TnRecollection *recollection, const char *uid, GError **error)
{
  TnSnapshot *snapshot = recollection->snapshot;
  TnLink *link = NULL;
  if (g_hash_table_contains (snapshot->links, uid))
    return TRUE;
  if (!tn_store_find_link (recollection->store, recollection->calendar, uid, &link, error))
    return FALSE;
  if ((link != NULL) != tn_snapshot_has_link (snapshot, uid))
    {
      tn_link_free (link);
      g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT,
                   "what is remembered of this calendar changed meanwhile; it is tried again at "
                   "the next pass");
      return FALSE;
    }
  if (link != NULL)
    tn_snapshot_open_link (snapshot, link);
  return TRUE;
}

/**
 * tn_recollection_open:
 *
 * Opens the links of all events of @plan.
 *
 * Errors: what the store says; %TN_ERROR_CONFLICT when it knows links now that the snapshot does
 *   not, or the other way round.
 */
gboolean
tn_recollection_open (const TnRecollection *recollection, const TnPlan *plan, GError **error)
{
  gboolean good = TRUE;
  for (guint i = 0; good && i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      good = open_link (recollection, occurrence->uid, error);
      for (guint j = 0; good && j < occurrence->milestones->len; j++)
        {
          const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, j);
          good = open_link (recollection, milestone->uid, error);
        }
    }
  return good;
}

static gboolean
open_traced (const TnRecollection *recollection, const char *uid, GPtrArray *links, GError **error)
{
  if (!open_link (recollection, uid, error))
    return FALSE;
  g_ptr_array_add (links, (gpointer) tn_snapshot_find_link (recollection->snapshot, uid));
  return TRUE;
}

/**
 * tn_recollection_open_rest:
 * @planned: (element-type utf8): UIDs of the linked events of the plan
 * @intents: (element-type TnIntent): whose links are opened, too
 *
 * Errors: as tn_recollection_open().
 * Returns: (transfer container) (nullable) (element-type TnLink): those of events that no chapter
 *   has, and of items that nobody can read
 */
GPtrArray *
tn_recollection_open_rest (const TnRecollection *recollection, GHashTable *planned,
                           GPtrArray *intents, GError **error)
{
  const TnSnapshot *snapshot = recollection->snapshot;
  g_autoptr (GPtrArray) links = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer key = NULL;
  gboolean good = TRUE;
  g_hash_table_iter_init (&iter, snapshot->traces);
  while (good && g_hash_table_iter_next (&iter, &key, NULL))
    if (!g_hash_table_contains (planned, key) || tn_snapshot_find_problem (snapshot, key) != NULL)
      good = open_traced (recollection, key, links, error);
  for (guint i = 0; good && i < intents->len; i++)
    {
      const char *uid = ((const TnIntent *) g_ptr_array_index (intents, i))->uid;
      if (tn_snapshot_has_link (snapshot, uid))
        good = open_link (recollection, uid, error);
    }
  return good ? g_steal_pointer (&links) : NULL;
}

static void
note_planned (const TnSnapshot *snapshot, const char *uid, GHashTable *planned)
{
  const TnTrace *trace = g_hash_table_lookup (snapshot->traces, uid);
  if (trace != NULL)
    g_hash_table_add (planned, trace->uid);
}

/**
 * tn_recollection_note_planned:
 * @planned: (element-type utf8): to which the UIDs of linked events of @plan are added
 *
 * For tn_recollection_open_rest(), when it was called with every chapter.
 */
void
tn_recollection_note_planned (const TnRecollection *recollection, const TnPlan *plan,
                              GHashTable *planned)
{
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      note_planned (recollection->snapshot, occurrence->uid, planned);
      for (guint j = 0; j < occurrence->milestones->len; j++)
        {
          const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, j);
          note_planned (recollection->snapshot, milestone->uid, planned);
        }
    }
}
