/* Mirrors: the copies of guests in one calendar, held against what was written there. An edit in a
 * mirror is a proposal to the people of the original: kept, shown, and put back, twice; the third
 * time it is left (design section 7, hazards 40 and 42). A deletion means "not here" (hazard 41).
 * Nothing of a mirror ever reaches another calendar (hazard 44). */
#include "sync/mirrors.h"

#include <string.h>

#include "base/text.h"
#include "ical/carried.h"
#include "ical/reader.h"
#include "model/identity.h"
#include "store/table.h"

static const guint MAX_PUT_BACK = 2;

typedef struct
{
  const TnVisit *visit;
  TnDate today;
  gint64 now_us;
  GHashTable *items; /* (element-type utf8 TnSeen) read in this pass, by UID */
  TnBatch *batch;
  GPtrArray *proposals; /* (element-type TnProposal) */
} Rounds;

static void
note_edit (Rounds *rounds, const TnGuest *guest, const char *what, const char *field,
           const char *before, const char *after)
{
  const TnCalendar *calendar = rounds->visit->calendar;
  g_autofree char *key = tn_identity_guest_to_key (guest->origin, guest->uid);
  TnHistory *history = tn_history_new (what);
  history->at_us = rounds->now_us;
  tn_text_set (&history->calendar, calendar->id);
  tn_text_set (&history->uid, guest->uid);
  tn_text_set (&history->key, key);
  tn_text_set (&history->field, field);
  tn_text_set (&history->before, before);
  tn_text_set (&history->after, after);
  tn_text_set (&history->source, calendar->council != NULL ? calendar->council : "shared");
  tn_batch_append_history (rounds->batch, history);
  tn_history_free (history);
}

static void
propose (Rounds *rounds, const TnGuest *guest, TnField field, const char *value,
         const char *instead_of)
{
  const TnCalendar *calendar = rounds->visit->calendar;
  g_autofree char *key = tn_identity_guest_to_key (guest->origin, guest->uid);
  TnProposal *proposal = tn_proposal_new (TN_PROPOSAL_WISH, calendar->id, guest->uid, key, field,
                                          value, instead_of, calendar->council, rounds->today);
  proposal->at_us = rounds->now_us;
  g_ptr_array_add (rounds->proposals, proposal);
  note_edit (rounds, guest, "proposed", tn_field_to_string (field), instead_of, value);
}

/* What a person made of it: by field where a field says it, else line by line, a rule or an
 * exception for instance. */
static void
keep_edit (Rounds *rounds, const TnGuest *guest, const TnMirror *mirror, const TnSeen *seen)
{
  g_autoptr (GBytes) base = g_bytes_new (mirror->content, strlen (mirror->content));
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  const TnZone *zone = seen->event->zone != NULL ? seen->event->zone : utc;
  g_autoptr (TnEvent) ours = tn_reader_read (base, zone, NULL);
  guint n_fields = 0;
  for (guint i = 0; ours != NULL && i < TN_FIELD_NOTE; i++)
    {
      g_autofree char *before = tn_event_dup_field (ours, (TnField) i);
      g_autofree char *after = tn_event_dup_field (seen->event, (TnField) i);
      if (strcmp (before, after) == 0)
        continue;
      propose (rounds, guest, (TnField) i, after, before);
      n_fields++;
    }
  if (n_fields > 0)
    return;
  g_autofree char *before = tn_carried_dup_difference (seen->bytes, base);
  g_autofree char *after = tn_carried_dup_difference (base, seen->bytes);
  propose (rounds, guest, TN_FIELD_TEXT, after, before);
}

static void
settle_edit (Rounds *rounds, const TnGuest *guest, TnMirror *mirror, const TnSeen *seen,
             const char *digest)
{
  keep_edit (rounds, guest, mirror, seen);
  tn_text_set (&mirror->shown, digest);
  if (mirror->n_put_back >= MAX_PUT_BACK)
    {
      mirror->state = TN_MIRROR_LEFT;
      return;
    }
  mirror->n_put_back++;
  tn_text_set (&mirror->wished, ""); /* to be written again */
}

/* The mirror as it was read in this pass. */
static void
take_read (Rounds *rounds, const TnGuest *guest, TnMirror *mirror, const TnSeen *seen)
{
  g_autofree char *digest = tn_carried_dup_digest (seen->bytes);
  tn_text_set (&mirror->item_id, seen->id);
  tn_text_set (&mirror->revision, seen->revision);
  mirror->n_attendees = seen->event->n_attendees;
  mirror->absent_since_us = 0;
  if (mirror->state == TN_MIRROR_FOREIGN)
    return;
  if (seen->event->is_private)
    {
      mirror->state = TN_MIRROR_PRIVATE; /* what is typed into it is no proposal (hazard 114) */
      return;
    }
  gboolean is_settled = strcmp (digest, guest->digest) == 0
                        || (mirror->wished[0] != '\0' && strcmp (digest, mirror->wished) == 0);
  if (mirror->state == TN_MIRROR_LEFT && !is_settled)
    {
      tn_text_set (&mirror->shown, digest);
      return;
    }
  gboolean was_writing = mirror->state == TN_MIRROR_WRITING;
  if (mirror->state == TN_MIRROR_LEFT)
    mirror->n_put_back = 0; /* the person and the original agree */
  mirror->state = TN_MIRROR_LIVE;
  if (is_settled)
    {
      tn_text_set (&mirror->shown, digest);
      tn_text_set (&mirror->wished, digest);
    }
  else if (strcmp (digest, mirror->shown) != 0)
    settle_edit (rounds, guest, mirror, seen, digest);
  else if (was_writing)
    tn_text_set (&mirror->wished, ""); /* the write was not done */
}

/* Where it stood is nothing, or another event, or it would have been found. */
static gboolean
is_gone (const TnSnapshot *snapshot, const char *item_id)
{
  const TnSeen *seen = g_hash_table_lookup (snapshot->items, item_id);
  return (seen != NULL && seen->event != NULL) || tn_snapshot_is_gone (snapshot, item_id);
}

/* Returns: %FALSE when nothing of it is to be remembered any more */
static gboolean
take_absent (Rounds *rounds, const TnGuest *guest, TnMirror *mirror)
{
  gboolean is_over = guest->state == TN_GUEST_GONE || guest->state == TN_GUEST_WITHDRAWN;
  if (mirror->state == TN_MIRROR_AWAY)
    return !is_over;
  if (mirror->state == TN_MIRROR_FOREIGN)
    return FALSE;
  if (mirror->state == TN_MIRROR_WRITING && mirror->shown[0] == '\0')
    mirror->state = TN_MIRROR_WANTED; /* it was not created */
  if (mirror->state == TN_MIRROR_WANTED)
    return !is_over;
  if (mirror->state == TN_MIRROR_WRITING)
    mirror->state = TN_MIRROR_LIVE;
  gboolean counts = tn_guests_is_counted (rounds->visit, &mirror->absent_since_us,
                                          mirror->state == TN_MIRROR_ABSENT);
  if (is_over)
    return FALSE; /* that is where it was to go */
  mirror->state = counts ? TN_MIRROR_AWAY : TN_MIRROR_ABSENT;
  if (counts)
    note_edit (rounds, guest, "deleted", NULL, guest->title, NULL);
  return TRUE;
}

/* It is as it was; but its original may have become what a person wanted here. */
static void
take_unread (const TnGuest *guest, TnMirror *mirror)
{
  if (mirror->state == TN_MIRROR_ABSENT)
    mirror->state = TN_MIRROR_LIVE;
  mirror->absent_since_us = 0;
  if (mirror->state != TN_MIRROR_LEFT || strcmp (mirror->shown, guest->digest) != 0)
    return;
  mirror->state = TN_MIRROR_LIVE;
  mirror->n_put_back = 0;
  tn_text_set (&mirror->wished, mirror->shown);
}

/* The item that is the mirror, when it was read; as long as something unread stands where it stood,
 * any other is somebody's copy (hazard 31). */
static const TnSeen *
find_seen (const Rounds *rounds, const TnMirror *mirror)
{
  const TnSnapshot *snapshot = rounds->visit->snapshot;
  const TnSeen *there = g_hash_table_lookup (snapshot->items, mirror->item_id);
  gboolean is_read = there != NULL && there->event != NULL && there->bytes != NULL;
  if (is_read && strcmp (there->event->uid, mirror->uid) == 0)
    return there;
  gboolean stands = !is_read && g_hash_table_contains (snapshot->listed, mirror->item_id);
  return stands ? NULL : g_hash_table_lookup (rounds->items, mirror->uid);
}

/* Something with a guest's UID that nobody remembers: our own, or another daemon's, when it carries
 * the guest's key; else a person put it there, and it is theirs. */
static void
find_mirror (Rounds *rounds, const TnGuest *guest, const TnSeen *seen)
{
  const TnCalendar *calendar = rounds->visit->calendar;
  if (strcmp (guest->origin, calendar->id) == 0)
    return;
  const char *copied
      = seen->event->key != NULL ? tn_identity_find_guest_uid (seen->event->key) : NULL;
  g_autoptr (TnMirror) mirror = tn_mirror_new (calendar->id, guest->uid);
  mirror->state = TN_MIRROR_FOREIGN;
  if (g_strcmp0 (copied, guest->uid) == 0 && seen->event->is_private)
    mirror->state = TN_MIRROR_PRIVATE;
  else if (g_strcmp0 (copied, guest->uid) == 0)
    {
      g_autofree char *digest = tn_carried_dup_digest (seen->bytes);
      mirror->state = TN_MIRROR_LIVE;
      tn_text_set (&mirror->wished, digest);
      tn_text_set (&mirror->shown, digest);
    }
  tn_text_set (&mirror->item_id, seen->id);
  tn_text_set (&mirror->revision, seen->revision);
  mirror->n_attendees = seen->event->n_attendees;
  tn_batch_put_mirror (rounds->batch, mirror);
}

/* It stays where it is, whatever becomes of the original. */
static gboolean
is_of_people (const TnMirror *mirror)
{
  return mirror->state == TN_MIRROR_FOREIGN || mirror->state == TN_MIRROR_PRIVATE;
}

static void
take_mirror (Rounds *rounds, GHashTable *guests, const TnMirror *old)
{
  const TnSnapshot *snapshot = rounds->visit->snapshot;
  const TnGuest *guest = g_hash_table_lookup (guests, old->uid);
  gboolean is_no_business = guest == NULL || strcmp (guest->origin, old->calendar) == 0
                            || (is_of_people (old) && guest->state == TN_GUEST_GONE);
  if (is_no_business)
    {
      tn_batch_drop_mirror (rounds->batch, old->calendar, old->uid);
      return;
    }
  g_autoptr (TnMirror) mirror = tn_mirror_copy (old);
  const TnSeen *seen = find_seen (rounds, old);
  if (seen != NULL && old->state == TN_MIRROR_WANTED)
    {
      find_mirror (rounds, guest, seen);
      return;
    }
  if (seen != NULL)
    take_read (rounds, guest, mirror, seen);
  else if (!is_gone (snapshot, old->item_id))
    take_unread (guest, mirror);
  else if (!take_absent (rounds, guest, mirror))
    {
      tn_batch_drop_mirror (rounds->batch, old->calendar, old->uid);
      return;
    }
  g_autofree char *before = tn_table_dup_hash (&tn_table_mirrors, old);
  g_autofree char *after = tn_table_dup_hash (&tn_table_mirrors, mirror);
  if (strcmp (before, after) != 0)
    tn_batch_put_mirror (rounds->batch, mirror);
}

/* Of two with one UID the one that carries a key is it, else the first by id (hazard 31). */
static GHashTable *
index_items (const TnSnapshot *snapshot)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TnSeen *seen = value;
      if (seen->event == NULL || seen->uid != NULL)
        continue;
      const TnSeen *other = g_hash_table_lookup (index, seen->event->uid);
      gboolean is_keyed = seen->event->key != NULL;
      gboolean other_is_keyed = other != NULL && other->event->key != NULL;
      if (other == NULL || (is_keyed && !other_is_keyed)
          || (is_keyed == other_is_keyed && strcmp (seen->id, other->id) < 0))
        g_hash_table_insert (index, seen->event->uid, seen);
    }
  return index;
}

/* All strangers were read, and none is it. */
static void
want_mirror (Rounds *rounds, const TnGuest *guest)
{
  g_autoptr (TnMirror) mirror = tn_mirror_new (rounds->visit->calendar->id, guest->uid);
  mirror->state = TN_MIRROR_WANTED;
  tn_batch_put_mirror (rounds->batch, mirror);
}

static void
go_round (Rounds *rounds, GPtrArray *guests, GPtrArray *mirrors)
{
  g_autoptr (GHashTable) by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < guests->len; i++)
    {
      TnGuest *guest = g_ptr_array_index (guests, i);
      g_hash_table_insert (by_uid, guest->uid, guest);
    }
  for (guint i = 0; i < mirrors->len; i++)
    {
      const TnMirror *mirror = g_ptr_array_index (mirrors, i);
      g_hash_table_add (known, mirror->uid);
      take_mirror (rounds, by_uid, mirror);
    }
  for (guint i = 0; i < guests->len; i++)
    {
      const TnGuest *guest = g_ptr_array_index (guests, i);
      const TnSeen *seen = g_hash_table_lookup (rounds->items, guest->uid);
      if (g_hash_table_contains (known, guest->uid))
        continue;
      if (seen != NULL)
        find_mirror (rounds, guest, seen);
      else if (tn_guests_is_expected (rounds->visit->book, guest, rounds->visit->calendar))
        want_mirror (rounds, guest);
    }
}

/**
 * tn_mirrors_take:
 *
 * Stores what the calendar shows of the guests of others, with the proposals that people's edits
 * are. To be called like tn_guests_take(), and after it.
 *
 * Errors: what the store says.
 */
gboolean
tn_mirrors_take (const TnVisit *visit, GError **error)
{
  TnStore *store = tn_book_get_store (visit->book);
  TnClock *clock = tn_book_get_clock (visit->book);
  g_autoptr (GPtrArray) guests = tn_store_load_guests (store, error);
  g_autoptr (GPtrArray) mirrors
      = guests != NULL ? tn_store_load_mirrors (store, visit->calendar->id, error) : NULL;
  if (mirrors == NULL)
    return FALSE;
  if (guests->len == 0 && mirrors->len == 0)
    return TRUE;
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  g_autoptr (GHashTable) items = index_items (visit->snapshot);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_autoptr (GPtrArray) decisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  g_autoptr (GPtrArray) proposals
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_proposal_free);
  Rounds rounds = { .visit = visit,
                    .today = tn_clock_today (clock, utc),
                    .now_us = tn_clock_now_us (clock),
                    .items = items,
                    .batch = batch,
                    .proposals = proposals };
  go_round (&rounds, guests, mirrors);
  return tn_batch_is_empty (batch)
         || tn_book_commit (visit->book, batch, decisions, proposals, error);
}
