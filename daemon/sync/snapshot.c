/* A snapshot: the listing of one pull, held against what is remembered. Of ten thousand items it
 * keeps those that differ, and of links where they are; all that is remembered of one is opened for
 * a few at a time. Pure. */
#include "sync/snapshot.h"

#include <string.h>

static void
seen_free (TnSeen *seen)
{
  g_free (seen->id);
  g_free (seen->revision);
  tn_event_free (seen->event);
  g_clear_pointer (&seen->bytes, g_bytes_unref);
  g_free (seen->uid);
  g_free (seen->problem);
  g_free (seen);
}

/* Where turnus puts what it creates (design section 6): the UID without its `@`. */
static gboolean
is_own_place (const char *id)
{
  enum
  {
    LENGTH = 36
  };
  g_autofree char *uuid = g_strndup (id, LENGTH);
  return g_uuid_string_is_valid (uuid) && g_str_has_prefix (id + LENGTH, ".turnus");
}

/* An event of ours that could not be read is read again each time: what broke it may have been the
 * way and not the item, and nobody else would notice when it is well again (hazard 16). It need not
 * be remembered, when the state was lost; then its place tells that it is one. */
static gboolean
is_broken (const TnSnapshot *snapshot, const TnSighting *sighting)
{
  return sighting->problem != NULL
         && (g_hash_table_contains (snapshot->traces_by_item, sighting->item_id)
             || is_own_place (sighting->item_id));
}

static gboolean
is_remembered (const TnSnapshot *snapshot, const TurnusRef *ref)
{
  const TnSighting *sighting = g_hash_table_lookup (snapshot->sightings, ref->id);
  if (sighting != NULL && is_broken (snapshot, sighting))
    return FALSE;
  const TnTrace *trace = g_hash_table_lookup (snapshot->traces_by_item, ref->id);
  return (trace != NULL && g_strcmp0 (trace->revision, ref->revision) == 0)
         || (sighting != NULL && g_strcmp0 (sighting->revision, ref->revision) == 0);
}

static void
add_fresh (TnSnapshot *snapshot, const char *id, const char *revision)
{
  TnSeen *seen = g_new0 (TnSeen, 1);
  seen->id = g_strdup (id);
  seen->revision = g_strdup (revision);
  seen->is_fresh = TRUE;
  g_hash_table_insert (snapshot->items, seen->id, seen);
}

/* A listing of changes does not name what has not changed. */
static void
add_broken (TnSnapshot *snapshot, GPtrArray *sightings)
{
  for (guint i = 0; i < sightings->len; i++)
    {
      const TnSighting *sighting = g_ptr_array_index (sightings, i);
      if (is_broken (snapshot, sighting)
          && !g_hash_table_contains (snapshot->items, sighting->item_id)
          && !g_hash_table_contains (snapshot->removed, sighting->item_id))
        add_fresh (snapshot, sighting->item_id, sighting->revision);
    }
}

static void
index_remembered (TnSnapshot *snapshot, GPtrArray *traces, GPtrArray *intents, GPtrArray *sightings)
{
  for (guint i = 0; i < traces->len; i++)
    {
      TnTrace *trace = g_ptr_array_index (traces, i);
      g_hash_table_insert (snapshot->traces, trace->uid, trace);
      if (*trace->item_id != '\0')
        g_hash_table_insert (snapshot->traces_by_item, trace->item_id, trace);
    }
  for (guint i = 0; i < intents->len; i++)
    {
      TnIntent *intent = g_ptr_array_index (intents, i);
      g_hash_table_insert (snapshot->intents, intent->uid, intent);
    }
  for (guint i = 0; i < sightings->len; i++)
    {
      TnSighting *sighting = g_ptr_array_index (sightings, i);
      g_hash_table_insert (snapshot->sightings, sighting->item_id, sighting);
    }
}

/**
 * tn_snapshot_new:
 * @listing: a complete one; anything else is an error of the provider and no snapshot (promise 3)
 * @traces: (element-type TnTrace): what is remembered of this calendar; must outlive the snapshot,
 *   like @listing, @intents and @sightings
 *
 * Returns: (transfer full): a snapshot in which the new and changed items wait to be read
 */
TnSnapshot *
tn_snapshot_new (const TurnusListing *listing, GPtrArray *traces, GPtrArray *intents,
                 GPtrArray *sightings)
{
  TnSnapshot *snapshot = g_new0 (TnSnapshot, 1);
  snapshot->full = listing->full;
  snapshot->items
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) seen_free);
  snapshot->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  snapshot->by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  snapshot->listed = g_hash_table_new (g_str_hash, g_str_equal);
  snapshot->traces = g_hash_table_new (g_str_hash, g_str_equal);
  snapshot->traces_by_item = g_hash_table_new (g_str_hash, g_str_equal);
  snapshot->links
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tn_link_free);
  snapshot->planned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  snapshot->intents = g_hash_table_new (g_str_hash, g_str_equal);
  snapshot->sightings = g_hash_table_new (g_str_hash, g_str_equal);
  index_remembered (snapshot, traces, intents, sightings);

  for (guint i = 0; i < listing->changed->len; i++)
    {
      const TurnusRef *ref = g_ptr_array_index (listing->changed, i);
      g_hash_table_add (snapshot->listed, ref->id);
      if (!is_remembered (snapshot, ref))
        add_fresh (snapshot, ref->id, ref->revision);
    }
  for (guint i = 0; !listing->full && i < listing->removed->len; i++)
    g_hash_table_add (snapshot->removed, g_strdup (g_ptr_array_index (listing->removed, i)));
  if (!listing->full)
    add_broken (snapshot, sightings);
  return snapshot;
}

void
tn_snapshot_free (TnSnapshot *snapshot)
{
  if (snapshot == NULL)
    return;
  g_hash_table_unref (snapshot->by_uid);
  g_hash_table_unref (snapshot->items);
  g_hash_table_unref (snapshot->removed);
  g_hash_table_unref (snapshot->links);
  g_hash_table_unref (snapshot->listed);
  g_hash_table_unref (snapshot->traces);
  g_hash_table_unref (snapshot->traces_by_item);
  g_hash_table_unref (snapshot->planned);
  g_hash_table_unref (snapshot->intents);
  g_hash_table_unref (snapshot->sightings);
  g_free (snapshot);
}

static gboolean
is_there (const TnSnapshot *snapshot, const char *item_id)
{
  return g_hash_table_contains (snapshot->listed, item_id)
         || g_hash_table_contains (snapshot->items, item_id);
}

/**
 * tn_snapshot_is_gone:
 *
 * Returns: %TRUE when a complete listing shows that nothing stands at @item_id
 */
gboolean
tn_snapshot_is_gone (const TnSnapshot *snapshot, const char *item_id)
{
  return snapshot->full ? !is_there (snapshot, item_id)
                        : g_hash_table_contains (snapshot->removed, item_id);
}

/**
 * tn_snapshot_knows_all:
 * @listing: a full one
 *
 * Returns: %TRUE when nothing stands in @listing that the listing of the snapshot left out
 */
gboolean
tn_snapshot_knows_all (const TnSnapshot *snapshot, const TurnusListing *listing)
{
  for (guint i = 0; i < listing->changed->len; i++)
    {
      const char *id = ((const TurnusRef *) g_ptr_array_index (listing->changed, i))->id;
      if (!g_hash_table_contains (snapshot->listed, id)
          && (snapshot->full
              || (!g_hash_table_contains (snapshot->sightings, id)
                  && !g_hash_table_contains (snapshot->traces_by_item, id))))
        return FALSE;
    }
  return TRUE;
}

/**
 * tn_snapshot_is_taken:
 *
 * Returns: %TRUE when something stands at this place, read or known to be somebody else's
 */
gboolean
tn_snapshot_is_taken (const TnSnapshot *snapshot, const char *item_id)
{
  if (g_hash_table_contains (snapshot->listed, item_id))
    return TRUE;
  return !snapshot->full && g_hash_table_contains (snapshot->sightings, item_id)
         && !g_hash_table_contains (snapshot->removed, item_id);
}

static gboolean
is_absent (const TnSnapshot *snapshot, const TnTrace *trace)
{
  if (*trace->item_id == '\0')
    return TRUE;
  if (is_there (snapshot, trace->item_id))
    {
      /* The place is taken by something that is readable and not this event. */
      const TnSeen *seen = g_hash_table_lookup (snapshot->items, trace->item_id);
      return seen != NULL && seen->event != NULL && !trace->is_claimed
             && strcmp (seen->event->uid, trace->uid) != 0
             && (seen->event->key == NULL || g_strcmp0 (seen->event->key, trace->key) != 0);
    }
  return tn_snapshot_is_gone (snapshot, trace->item_id) || trace->state == TN_LINK_ABSENT;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char **
steal_sorted (GPtrArray *ids)
{
  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);
  return (char **) g_ptr_array_free (ids, FALSE);
}

/**
 * tn_snapshot_list_unread:
 *
 * Returns: (transfer full): ids of the items that have to be loaded, sorted
 */
char **
tn_snapshot_list_unread (const TnSnapshot *snapshot)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSeen *seen = value;
      if (seen->is_fresh && seen->event == NULL && seen->problem == NULL)
        g_ptr_array_add (ids, g_strdup (seen->id));
    }
  return steal_sorted (ids);
}

/**
 * tn_snapshot_is_all_read:
 *
 * Returns: %TRUE when every item that had to be loaded was read, or is known to be broken
 */
gboolean
tn_snapshot_is_all_read (const TnSnapshot *snapshot)
{
  g_auto (GStrv) unread = tn_snapshot_list_unread (snapshot);
  return unread[0] == NULL;
}

/**
 * tn_snapshot_is_new_wreck:
 *
 * Returns: %TRUE when @seen could not be read, and was not known for that before this pass: a
 *   server that hands out half of it now may hand out all of it the next time (hazard 16)
 */
gboolean
tn_snapshot_is_new_wreck (const TnSnapshot *snapshot, const TnSeen *seen)
{
  return seen->event == NULL && seen->problem != NULL
         && !g_hash_table_contains (snapshot->sightings, seen->id);
}

/**
 * tn_snapshot_has_new_wreck:
 *
 * Returns: %TRUE when something here is one
 */
gboolean
tn_snapshot_has_new_wreck (const TnSnapshot *snapshot)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (tn_snapshot_is_new_wreck (snapshot, value))
      return TRUE;
  return FALSE;
}

/**
 * tn_snapshot_is_certain:
 *
 * Returns: %TRUE when nothing that stands there may yet turn out to be an event that is missed
 */
gboolean
tn_snapshot_is_certain (const TnSnapshot *snapshot)
{
  return tn_snapshot_is_all_read (snapshot) && !tn_snapshot_has_new_wreck (snapshot);
}

/**
 * tn_snapshot_list_strangers:
 *
 * Returns: (transfer full): ids of strangers whose content is not known in this pass, sorted:
 * before something is created, they are looked through for twins, and for copies of what is gone
 * (promise 2); what came broken just now may come whole this time (hazard 16)
 */
char **
tn_snapshot_list_strangers (const TnSnapshot *snapshot)
{
  GPtrArray *ids = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->sightings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSighting *sighting = value;
      const TnSeen *seen = g_hash_table_lookup (snapshot->items, sighting->item_id);
      if (!tn_snapshot_is_gone (snapshot, sighting->item_id)
          && (seen == NULL || seen->event == NULL))
        g_ptr_array_add (ids, g_strdup (sighting->item_id));
    }
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSeen *seen = value;
      if (tn_snapshot_is_new_wreck (snapshot, seen))
        g_ptr_array_add (ids, g_strdup (seen->id));
    }
  return steal_sorted (ids);
}

/**
 * tn_snapshot_open_link:
 * @link: (transfer full): all that is remembered of an event; of those that are opened a few are
 *   held at a time
 */
void
tn_snapshot_open_link (TnSnapshot *snapshot, TnLink *link)
{
  g_hash_table_replace (snapshot->links, link->uid, link);
}

void
tn_snapshot_close_links (TnSnapshot *snapshot)
{
  g_hash_table_remove_all (snapshot->links);
}

gboolean
tn_snapshot_has_link (const TnSnapshot *snapshot, const char *uid)
{
  return g_hash_table_contains (snapshot->traces, uid);
}

/**
 * tn_snapshot_find_link:
 *
 * Returns: (transfer none) (nullable): what is remembered of event @uid; it was opened before
 */
const TnLink *
tn_snapshot_find_link (const TnSnapshot *snapshot, const char *uid)
{
  const TnLink *link = g_hash_table_lookup (snapshot->links, uid);
  g_assert (link != NULL || !tn_snapshot_has_link (snapshot, uid));
  return link;
}

/**
 * tn_snapshot_find_seen:
 *
 * Returns: (transfer none) (nullable): the item, read in this pass, that is event @uid
 */
const TnSeen *
tn_snapshot_find_seen (const TnSnapshot *snapshot, const char *uid)
{
  return g_hash_table_lookup (snapshot->by_uid, uid);
}

/**
 * tn_snapshot_has_news:
 *
 * Returns: %TRUE when an item was read in this pass, or a linked one is not where it was
 */
gboolean
tn_snapshot_has_news (const TnSnapshot *snapshot)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((const TnSeen *) value)->event != NULL || ((const TnSeen *) value)->problem != NULL)
      return TRUE;
  g_hash_table_iter_init (&iter, snapshot->traces);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (is_absent (snapshot, value))
      return TRUE;
  return FALSE;
}

/**
 * tn_snapshot_is_absent:
 * @uid: of a linked event
 *
 * Returns: %TRUE when a complete listing shows that the linked item is not where it was
 */
gboolean
tn_snapshot_is_absent (const TnSnapshot *snapshot, const char *uid)
{
  return is_absent (snapshot, g_hash_table_lookup (snapshot->traces, uid));
}

/**
 * tn_snapshot_find_problem:
 *
 * Returns: (transfer none) (nullable): why the item of a link cannot be read, now or since an
 *   earlier pass
 */
const char *
tn_snapshot_find_problem (const TnSnapshot *snapshot, const char *uid)
{
  const TnTrace *trace = g_hash_table_lookup (snapshot->traces, uid);
  const TnSeen *seen = g_hash_table_lookup (snapshot->items, trace->item_id);
  if (seen != NULL)
    return seen->problem;
  const TnSighting *known = g_hash_table_lookup (snapshot->sightings, trace->item_id);
  return known != NULL && !is_absent (snapshot, trace) ? known->problem : NULL;
}

/**
 * tn_snapshot_is_stranger:
 *
 * Returns: %TRUE when @seen is none of our events, as far as was read
 */
gboolean
tn_snapshot_is_stranger (const TnSnapshot *snapshot, const TnSeen *seen)
{
  if (seen->uid != NULL)
    return FALSE;
  const TnTrace *trace = g_hash_table_lookup (snapshot->traces_by_item, seen->id);
  return trace == NULL || (seen->event != NULL && is_absent (snapshot, trace));
}

/**
 * tn_snapshot_waits:
 *
 * Returns: %TRUE when an event waits for a journal: it must be listed again
 */
gboolean
tn_snapshot_waits (const TnSnapshot *snapshot)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->by_uid);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((const TnSeen *) value)->waits)
      return TRUE;
  return FALSE;
}
