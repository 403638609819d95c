/* The recollection: links are ten texts each, so they are fetched from the store for one chapter,
 * and let go before the next. */
#include "sync/recollection.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "sync/journal.h"

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

/* What is remembered of the event at the place of @seen can be held against it, and nothing else
 * about it is open. */
static const TnTrace *
find_comparable (const TnSnapshot *snapshot, const TnSeen *seen)
{
  const TnTrace *trace = g_hash_table_lookup (snapshot->traces_by_item, seen->id);
  const TnEvent *event = seen->event;
  if (trace == NULL || event == NULL || event->is_private || event->has_rule
      || trace->state != TN_LINK_LIVE || tn_journal_is_page (trace->key)
      || g_hash_table_contains (snapshot->sightings, seen->id)
      || g_hash_table_contains (snapshot->intents, trace->uid))
    return NULL;
  gboolean is_it = event->key != NULL ? strcmp (event->key, trace->key) == 0
                                      : strcmp (event->uid, trace->uid) == 0;
  return is_it ? trace : NULL;
}

static gboolean
says_the_same (const TnLink *link, const TnEvent *event)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_autofree char *shown = tn_event_dup_field (event, (TnField) i);
      if (g_strcmp0 (shown, link->shown[i]) != 0)
        return FALSE;
    }
  return link->n_attendees == event->n_attendees && g_strcmp0 (link->stamp, event->stamp) == 0;
}

/* Returns: (transfer full) (nullable): the link with the new revision; %NULL when something else is
 *   new, too */
static TnLink *
find_same (const TnRecollection *recollection, const char *item_id, GError **error)
{
  const TnSeen *seen = g_hash_table_lookup (recollection->snapshot->items, item_id);
  const TnTrace *trace = seen != NULL ? find_comparable (recollection->snapshot, seen) : NULL;
  g_autoptr (TnLink) link = NULL;
  if (trace == NULL
      || !tn_store_find_link (recollection->store, recollection->calendar, trace->uid, &link, error)
      || link == NULL || strcmp (link->item_id, item_id) != 0 || !says_the_same (link, seen->event))
    return NULL;
  tn_text_set (&link->revision, seen->revision);
  return g_steal_pointer (&link);
}

static void
pass_over (TnSnapshot *snapshot, const TnLink *link)
{
  TnTrace *trace = g_hash_table_lookup (snapshot->traces_by_item, link->item_id);
  tn_text_set (&trace->revision, link->revision);
  g_hash_table_remove (snapshot->items, link->item_id);
}

/**
 * tn_recollection_pass_over:
 * @ids: (element-type utf8): items that were just read
 * @is_preview: nothing is stored
 *
 * An item that says what is remembered of it has another revision, and no more: a file that was
 * too young to be known by its time when it was written, a server that counts up by itself (hazard
 * 24). It counts as one that did not change, so that of ten thousand none is held.
 *
 * Errors: what the store says.
 */
gboolean
tn_recollection_pass_over (const TnRecollection *recollection, GPtrArray *ids, gboolean is_preview,
                           GError **error)
{
  g_autoptr (GPtrArray) same = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_link_free);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_autoptr (GError) cause = NULL;
  for (guint i = 0; cause == NULL && i < ids->len; i++)
    {
      TnLink *link = find_same (recollection, g_ptr_array_index (ids, i), &cause);
      if (link == NULL)
        continue;
      g_ptr_array_add (same, link);
      tn_batch_put_link (batch, link);
    }
  if (cause == NULL && same->len > 0 && !is_preview)
    tn_store_commit (recollection->store, batch, &cause);
  for (guint i = 0; cause == NULL && i < same->len; i++)
    pass_over (recollection->snapshot, g_ptr_array_index (same, i));
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}
