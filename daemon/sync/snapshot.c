/* A snapshot: the listing of one pull, held against what is remembered, and the items that had to
 * be read. It recognises events by key, then by UID (design section 6), follows one that moved to
 * another place (hazard 30), and leaves a second copy alone (hazards 31 and 34). Pure: reading
 * bytes is all it does. */
#include "sync/snapshot.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "ical/reader.h"
#include "model/identity.h"

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

/* An event of ours that could not be read is read again each time: what broke it may have been the
 * way and not the item, and nobody else would notice when it is well again (hazard 16). */
static gboolean
is_broken (const TnSnapshot *snapshot, const TnSighting *sighting)
{
  return sighting->problem != NULL
         && g_hash_table_contains (snapshot->links_by_item, sighting->item_id);
}

static gboolean
is_remembered (const TnSnapshot *snapshot, const TurnusRef *ref)
{
  const TnSighting *sighting = g_hash_table_lookup (snapshot->sightings, ref->id);
  if (sighting != NULL && is_broken (snapshot, sighting))
    return FALSE;
  const TnLink *link = g_hash_table_lookup (snapshot->links_by_item, ref->id);
  return (link != NULL && g_strcmp0 (link->revision, ref->revision) == 0)
         || (sighting != NULL && g_strcmp0 (sighting->revision, ref->revision) == 0);
}

static void
add_seen (TnSnapshot *snapshot, const char *id, const char *revision, gboolean is_fresh)
{
  TnSeen *seen = g_new0 (TnSeen, 1);
  seen->id = g_strdup (id);
  seen->revision = g_strdup (revision);
  seen->is_fresh = is_fresh;
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
        add_seen (snapshot, sighting->item_id, sighting->revision, TRUE);
    }
}

static void
index_remembered (TnSnapshot *snapshot, GPtrArray *links, GPtrArray *intents, GPtrArray *sightings)
{
  for (guint i = 0; i < links->len; i++)
    {
      TnLink *link = g_ptr_array_index (links, i);
      g_hash_table_insert (snapshot->links, link->uid, link);
      if (*link->item_id != '\0')
        g_hash_table_insert (snapshot->links_by_item, link->item_id, link);
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
 * @links: (element-type TnLink): what is remembered of this calendar; must outlive the snapshot,
 *   like @intents and @sightings
 *
 * Returns: (transfer full): a snapshot in which the new and changed items wait to be read
 */
TnSnapshot *
tn_snapshot_new (const TurnusListing *listing, GPtrArray *links, GPtrArray *intents,
                 GPtrArray *sightings)
{
  TnSnapshot *snapshot = g_new0 (TnSnapshot, 1);
  snapshot->full = listing->full;
  snapshot->items
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) seen_free);
  snapshot->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  snapshot->by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  snapshot->links = g_hash_table_new (g_str_hash, g_str_equal);
  snapshot->links_by_item = g_hash_table_new (g_str_hash, g_str_equal);
  snapshot->intents = g_hash_table_new (g_str_hash, g_str_equal);
  snapshot->sightings = g_hash_table_new (g_str_hash, g_str_equal);
  index_remembered (snapshot, links, intents, sightings);

  for (guint i = 0; i < listing->changed->len; i++)
    {
      const TurnusRef *ref = g_ptr_array_index (listing->changed, i);
      add_seen (snapshot, ref->id, ref->revision, !is_remembered (snapshot, ref));
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
  g_hash_table_unref (snapshot->links_by_item);
  g_hash_table_unref (snapshot->intents);
  g_hash_table_unref (snapshot->sightings);
  g_free (snapshot);
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
 * tn_snapshot_list_strangers:
 *
 * Returns: (transfer full): ids of strangers whose content is not known in this pass, sorted:
 * before something is created, they are looked through for twins, and for copies of what is gone
 * (promise 2)
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
      gboolean gone = snapshot->full ? seen == NULL
                                     : g_hash_table_contains (snapshot->removed, sighting->item_id);
      if (!gone && (seen == NULL || seen->event == NULL))
        g_ptr_array_add (ids, g_strdup (sighting->item_id));
    }
  return steal_sorted (ids);
}

/* A time is compared in its collaboration's zone, which is known once the event is. */
static const TnZone *
home_zone (const TnPlan *plan, const char *uid)
{
  const TnOccurrence *occurrence = uid != NULL ? tn_plan_find_uid (plan, uid, NULL) : NULL;
  if (occurrence != NULL)
    return occurrence->collaboration->zone;
  const TnRulebook *rulebook = tn_plan_get_rulebook (plan);
  const TnCollaboration *first
      = rulebook->collaborations->len > 0 ? g_ptr_array_index (rulebook->collaborations, 0) : NULL;
  return first != NULL ? first->zone : NULL;
}

static gboolean
is_known (const TnSnapshot *snapshot, const TnPlan *plan, const char *uid)
{
  return g_hash_table_contains (snapshot->links, uid)
         || g_hash_table_contains (snapshot->intents, uid)
         || tn_plan_find_uid (plan, uid, NULL) != NULL;
}

/* Design section 6: by key, then by any UID derivable from the plan; one that a person had made by
 * hand and claimed has neither, and is known by its place. */
static char *
recognise_one (const TnSnapshot *snapshot, const TnPlan *plan, const TnSeen *seen)
{
  g_autofree char *uid
      = seen->event->key != NULL ? tn_identity_key_to_uid (seen->event->key) : NULL;
  if (uid != NULL && is_known (snapshot, plan, uid))
    return g_steal_pointer (&uid);
  if (is_known (snapshot, plan, seen->event->uid))
    return g_strdup (seen->event->uid);
  const TnLink *link = g_hash_table_lookup (snapshot->links_by_item, seen->id);
  return link != NULL && link->is_claimed ? g_strdup (link->uid) : NULL;
}

/**
 * tn_snapshot_add_loaded:
 * @loaded: an item as the provider loaded it
 *
 * Reads the item. What cannot be read is kept as a problem: it is there, so it is not deleted, and
 * it is never written (hazards 64, 68, 70, 72).
 */
void
tn_snapshot_add_loaded (TnSnapshot *snapshot, const TurnusLoaded *loaded, const TnPlan *plan)
{
  TnSeen *seen = g_hash_table_lookup (snapshot->items, loaded->id);
  if (seen == NULL)
    {
      seen = g_new0 (TnSeen, 1);
      seen->id = g_strdup (loaded->id);
      g_hash_table_insert (snapshot->items, seen->id, seen);
    }
  if (loaded->bytes == NULL)
    {
      /* Listed a moment ago, gone or out of reach now: the next listing tells (hazard 6). What is
       * too big or broken is a problem of the item. */
      if (loaded->error != NULL && !tn_error_is_gone (loaded->error)
          && !tn_error_is_temporary (loaded->error) && !tn_error_is_conflict (loaded->error))
        {
          g_free (seen->problem);
          seen->problem = g_strdup (loaded->error->message);
        }
      return;
    }
  tn_text_set (&seen->revision, loaded->revision);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  const TnZone *zone = home_zone (plan, NULL);
  seen->event = tn_reader_read (loaded->bytes, zone != NULL ? zone : utc, &error);
  if (seen->event == NULL)
    {
      seen->problem = g_strdup (error->message);
      return;
    }
  seen->bytes = g_bytes_ref (loaded->bytes);
  g_autofree char *uid = recognise_one (snapshot, plan, seen);
  const TnZone *own_zone = home_zone (plan, uid);
  if (own_zone != NULL && zone != NULL
      && strcmp (tn_zone_get_id (own_zone), tn_zone_get_id (zone)) != 0)
    {
      tn_event_free (seen->event);
      seen->event = tn_reader_read (loaded->bytes, own_zone, NULL);
    }
}

/* Of two items that claim to be one event the linked one is it, else the one whose UID is the
 * plan's, else the first by id; the other is somebody's copy. */
static gboolean
is_better (const TnSnapshot *snapshot, const char *uid, const TnSeen *a, const TnSeen *b)
{
  const TnLink *link = g_hash_table_lookup (snapshot->links, uid);
  gboolean linked_a = link != NULL && g_strcmp0 (link->item_id, a->id) == 0;
  gboolean linked_b = link != NULL && g_strcmp0 (link->item_id, b->id) == 0;
  if (linked_a != linked_b)
    return linked_a;
  gboolean own_a = strcmp (a->event->uid, uid) == 0;
  gboolean own_b = strcmp (b->event->uid, uid) == 0;
  return own_a != own_b ? own_a : strcmp (a->id, b->id) < 0;
}

static void
mark_copy (TnSeen *seen)
{
  g_free (seen->problem);
  seen->problem = g_strdup ("a copy of an event of turnus; it is left alone");
}

/**
 * tn_snapshot_recognise:
 *
 * Finds out which of the items read are events of the plan. An item that stands where a link says,
 * and was not read because it did not change, keeps its event to itself: any other that looks like
 * it is a copy.
 */
void
tn_snapshot_recognise (TnSnapshot *snapshot, const TnPlan *plan)
{
  g_hash_table_remove_all (snapshot->by_uid);
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TnSeen *seen = value;
      g_clear_pointer (&seen->uid, g_free);
      g_autofree char *uid = seen->event != NULL ? recognise_one (snapshot, plan, seen) : NULL;
      if (uid == NULL)
        continue;
      const TnLink *link = g_hash_table_lookup (snapshot->links, uid);
      gboolean elsewhere = link != NULL && g_strcmp0 (link->item_id, seen->id) != 0
                           && !tn_snapshot_is_absent (snapshot, link);
      TnSeen *other = g_hash_table_lookup (snapshot->by_uid, uid);
      if (elsewhere || (other != NULL && is_better (snapshot, uid, other, seen)))
        {
          mark_copy (seen);
          continue;
        }
      if (other != NULL)
        {
          g_hash_table_remove (snapshot->by_uid, other->uid);
          g_clear_pointer (&other->uid, g_free);
          mark_copy (other);
        }
      seen->uid = g_steal_pointer (&uid);
      g_hash_table_insert (snapshot->by_uid, seen->uid, seen);
    }
}

const TnLink *
tn_snapshot_find_link (const TnSnapshot *snapshot, const char *uid)
{
  return g_hash_table_lookup (snapshot->links, uid);
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
 * tn_snapshot_is_absent:
 *
 * Returns: %TRUE when a complete listing shows that the linked item is not where it was
 */
gboolean
tn_snapshot_is_absent (const TnSnapshot *snapshot, const TnLink *link)
{
  if (*link->item_id == '\0')
    return TRUE;
  if (g_hash_table_contains (snapshot->items, link->item_id))
    {
      /* The place is taken by something that is readable and not this event. */
      const TnSeen *seen = g_hash_table_lookup (snapshot->items, link->item_id);
      return seen->event != NULL && !link->is_claimed && strcmp (seen->event->uid, link->uid) != 0
             && (seen->event->key == NULL || g_strcmp0 (seen->event->key, link->key) != 0);
    }
  if (snapshot->full)
    return TRUE;
  return g_hash_table_contains (snapshot->removed, link->item_id) || link->state == TN_LINK_ABSENT;
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
  const TnLink *link = g_hash_table_lookup (snapshot->links_by_item, seen->id);
  return link == NULL || (seen->event != NULL && tn_snapshot_is_absent (snapshot, link));
}
