/* Recognition: which of the items that had to be read are events of ours, by key, then by UID
 * (design section 6). It follows one that moved to another place (hazard 30), and leaves a second
 * copy alone (hazards 31 and 34). Pure: reading bytes is all it does. */
#include "sync/recognition.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "ical/reader.h"
#include "model/identity.h"
#include "sync/journal.h"

static const guint MOST_BYTES = 200; /* items of which the bytes are kept */
static const guint MOST_PARTS = 20;  /* pages of one year */
static const int OLDEST_PAGE = 20;   /* years */

/* A time is compared in its collaboration's zone, which the key names; where a server took the key
 * away, the link still has it. */
static const TnZone *
find_zone (const TnSnapshot *snapshot, const TnRulebook *rulebook, const TnEvent *event,
           const char *item_id)
{
  const TnTrace *trace = g_hash_table_lookup (snapshot->traces, event->uid);
  if (trace == NULL)
    trace = g_hash_table_lookup (snapshot->traces_by_item, item_id);
  const char *key = event->key != NULL ? event->key : trace != NULL ? trace->key : NULL;
  for (guint i = 0; key != NULL && i < rulebook->collaborations->len; i++)
    {
      const TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, i);
      g_autofree char *prefix = g_strdup_printf ("v1\nc=%s\n", collaboration->id);
      if (g_str_has_prefix (key, prefix))
        return collaboration->zone;
    }
  const TnCollaboration *first
      = rulebook->collaborations->len > 0 ? g_ptr_array_index (rulebook->collaborations, 0) : NULL;
  return first != NULL ? first->zone : NULL;
}

static gboolean
is_remembered_uid (const TnSnapshot *snapshot, const char *uid)
{
  return g_hash_table_contains (snapshot->traces, uid)
         || g_hash_table_contains (snapshot->intents, uid);
}

static gboolean
is_known (const TnSnapshot *snapshot, const char *uid)
{
  return is_remembered_uid (snapshot, uid) || g_hash_table_contains (snapshot->planned, uid);
}

/* Design section 6: by key, then by any UID derivable from the plan; one that a person had made by
 * hand and claimed has neither, and is known by its place. */
static char *
recognise_one (const TnSnapshot *snapshot, const TnSeen *seen)
{
  g_autofree char *uid
      = seen->event->key != NULL ? tn_identity_key_to_uid (seen->event->key) : NULL;
  if (uid != NULL && (tn_journal_is_page (seen->event->key) || is_known (snapshot, uid)))
    return g_steal_pointer (&uid);
  if (is_known (snapshot, seen->event->uid))
    return g_strdup (seen->event->uid);
  const TnTrace *trace = g_hash_table_lookup (snapshot->traces_by_item, seen->id);
  return trace != NULL && trace->is_claimed ? g_strdup (trace->uid) : NULL;
}

static void
read_in_zone (TnSeen *seen, const TnZone *zone)
{
  tn_event_free (seen->event);
  seen->event = tn_reader_read (seen->bytes, zone, NULL);
}

/* Of an item that was not listed, and is read again because it is a stranger. */
static void
take_remembered_revision (const TnSnapshot *snapshot, TnSeen *seen)
{
  const TnSighting *sighting = g_hash_table_lookup (snapshot->sightings, seen->id);
  tn_text_set (&seen->revision, sighting != NULL ? sighting->revision : "");
}

/**
 * tn_recognition_read:
 * @loaded: an item as the provider loaded it
 * @rulebook: whose zones its times are read in
 *
 * Reads the item. What cannot be read is kept as a problem: it is there, so it is not deleted, and
 * it is never written (hazards 64, 68, 70, 72).
 */
void
tn_recognition_read (TnSnapshot *snapshot, const TurnusLoaded *loaded, const TnRulebook *rulebook)
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
          tn_text_set (&seen->problem, loaded->error->message);
          if (seen->revision == NULL)
            take_remembered_revision (snapshot, seen);
        }
      return;
    }
  tn_text_set (&seen->revision, loaded->revision);
  g_clear_pointer (&seen->problem, g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  seen->event = tn_reader_read (loaded->bytes, utc, &error);
  if (seen->event == NULL)
    {
      seen->problem = g_strdup (error->message);
      return;
    }
  seen->bytes = g_bytes_ref (loaded->bytes);
  const TnZone *zone = find_zone (snapshot, rulebook, seen->event, seen->id);
  if (zone != NULL)
    read_in_zone (seen, zone);
  /* Of many, the bytes are read again when they are to be edited. */
  if (g_hash_table_size (snapshot->items) > MOST_BYTES
      && is_remembered_uid (snapshot, seen->event->uid))
    g_clear_pointer (&seen->bytes, g_bytes_unref);
}

/**
 * tn_recognition_list_doubtful:
 *
 * Returns: (transfer full) (element-type utf8): the UIDs that items read in this pass may have by
 *   the plan, and that nothing remembered knows; where there are any, the plan is asked
 */
GPtrArray *
tn_recognition_list_doubtful (const TnSnapshot *snapshot)
{
  GPtrArray *uids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSeen *seen = value;
      if (seen->event == NULL
          || (seen->event->key != NULL && tn_journal_is_page (seen->event->key)))
        continue;
      g_autofree char *uid
          = seen->event->key != NULL ? tn_identity_key_to_uid (seen->event->key) : NULL;
      if (uid != NULL && !is_remembered_uid (snapshot, uid))
        g_ptr_array_add (uids, g_steal_pointer (&uid));
      if (g_str_has_suffix (seen->event->uid, "@turnus")
          && !is_remembered_uid (snapshot, seen->event->uid))
        g_ptr_array_add (uids, g_strdup (seen->event->uid));
    }
  return uids;
}

/**
 * tn_recognition_take_planned:
 * @zone: of its collaboration
 *
 * The plan has an event @uid.
 */
void
tn_recognition_take_planned (TnSnapshot *snapshot, const char *uid, const TnZone *zone)
{
  g_hash_table_add (snapshot->planned, g_strdup (uid));
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TnSeen *seen = value;
      if (seen->bytes != NULL && strcmp (seen->event->uid, uid) == 0)
        read_in_zone (seen, zone);
    }
}

/* The UID of a page says whose it is to who knows the year. Its day says that, too, and people move
 * it. */
static GHashTable *
list_page_uids (const char *council, int this_year)
{
  GHashTable *uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (int year = this_year - OLDEST_PAGE; year <= this_year + 1; year++)
    for (guint part = 1; part <= MOST_PARTS; part++)
      {
        g_autofree char *key = tn_identity_page_to_key (council, year, part);
        g_hash_table_add (uids, tn_identity_key_to_uid (key));
      }
  return uids;
}

static gboolean
may_be_page (const TnSnapshot *snapshot, const TnSeen *seen)
{
  return seen->event != NULL && seen->event->key == NULL
         && g_str_has_suffix (seen->event->uid, "@turnus")
         && !is_known (snapshot, seen->event->uid);
}

/**
 * tn_recognition_take_pages:
 * @council: whose daemon this is
 *
 * Where a server keeps no keys, the pages of this council's journal are known by their UIDs, as
 * events are: else they would be strangers at the very place where a page is to stand.
 */
void
tn_recognition_take_pages (TnSnapshot *snapshot, const char *council, TnDate today)
{
  g_autoptr (GHashTable) pages = NULL;
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSeen *seen = value;
      if (!may_be_page (snapshot, seen))
        continue;
      if (pages == NULL)
        pages = list_page_uids (council, tn_date_get_year (today));
      if (g_hash_table_contains (pages, seen->event->uid))
        g_hash_table_add (snapshot->planned, g_strdup (seen->event->uid));
    }
}

/* Where turnus puts what it creates; providers may add to it what their names end with. */
static gboolean
is_at_own_place (const char *uid, const TnSeen *seen)
{
  g_autofree char *place = g_strdelimit (g_strdup (uid), "@", '.');
  return g_str_has_prefix (seen->id, place)
         && (seen->id[strlen (place)] == '\0' || strcmp (seen->id + strlen (place), ".ics") == 0);
}

/* Of two items that claim to be one event the linked one is it, else the one whose UID is the
 * plan's, else the one at the place that it was given, else the first by id: so daemons that meet
 * both agree, also with the one that has linked it. The other is somebody's copy. */
static gboolean
is_better (const TnSnapshot *snapshot, const char *uid, const TnSeen *a, const TnSeen *b)
{
  const TnTrace *trace = g_hash_table_lookup (snapshot->traces, uid);
  gboolean linked_a = trace != NULL && g_strcmp0 (trace->item_id, a->id) == 0;
  gboolean linked_b = trace != NULL && g_strcmp0 (trace->item_id, b->id) == 0;
  if (linked_a != linked_b)
    return linked_a;
  gboolean own_a = strcmp (a->event->uid, uid) == 0;
  gboolean own_b = strcmp (b->event->uid, uid) == 0;
  if (own_a != own_b)
    return own_a;
  gboolean placed_a = is_at_own_place (uid, a);
  gboolean placed_b = is_at_own_place (uid, b);
  return placed_a != placed_b ? placed_a : strcmp (a->id, b->id) < 0;
}

static void
mark_copy (TnSeen *seen)
{
  g_free (seen->problem);
  seen->problem = g_strdup ("a copy of an event of turnus; it is left alone");
}

/**
 * tn_recognition_settle:
 *
 * Finds out which of the items read are events of the plan. An item that stands where a link says,
 * and was not read because it did not change, keeps its event to itself: any other that looks like
 * it is a copy.
 */
void
tn_recognition_settle (TnSnapshot *snapshot)
{
  g_hash_table_remove_all (snapshot->by_uid);
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TnSeen *seen = value;
      g_clear_pointer (&seen->uid, g_free);
      g_autofree char *uid = seen->event != NULL ? recognise_one (snapshot, seen) : NULL;
      if (uid == NULL)
        continue;
      const TnTrace *trace = g_hash_table_lookup (snapshot->traces, uid);
      gboolean elsewhere = trace != NULL && g_strcmp0 (trace->item_id, seen->id) != 0
                           && !tn_snapshot_is_absent (snapshot, uid);
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
