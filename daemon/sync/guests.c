/* Guests (design section 7, last paragraph): an event that people made in a calendar with `adopt`,
 * that bears the category named there, is newer than first contact and not private (hazard 114).
 * Its people change it, and withdraw it by taking the category away or making it private; a
 * deletion counts by the same rules as everywhere. What carries a key of ours is never a source, so
 * nothing comes back to where it came from (hazards 34 and 44). */
#include "sync/guests.h"

#include <string.h>

#include "base/text.h"
#include "ical/carried.h"
#include "model/identity.h"
#include "provider/turnus-plugin.h"
#include "store/table.h"

static gboolean
shares_collaboration (const TnCalendar *a, const TnCalendar *b)
{
  if (a->collaborations[0] == NULL || b->collaborations[0] == NULL)
    return TRUE;
  for (guint i = 0; a->collaborations[i] != NULL; i++)
    if (g_strv_contains ((const char *const *) b->collaborations, a->collaborations[i]))
      return TRUE;
  return FALSE;
}

/**
 * tn_guests_is_expected:
 *
 * Returns: %TRUE when @calendar shows @guest: its own calendar still lets events out, and this one
 *   is not limited to series or roles; people of two collaborations see nothing of each other
 */
gboolean
tn_guests_is_expected (TnBook *book, const TnGuest *guest, const TnCalendar *calendar)
{
  const TnCalendar *origin = tn_settings_find_calendar (tn_book_get_settings (book), guest->origin);
  return origin != NULL && origin->adopt != NULL && strcmp (calendar->id, origin->id) != 0
         && calendar->series[0] == NULL && calendar->roles[0] == NULL
         && shares_collaboration (calendar, origin);
}

static gint64
get_now_us (const TnVisit *visit)
{
  return tn_clock_now_us (tn_book_get_clock (visit->book));
}

/**
 * tn_guests_is_counted:
 * @absent_since_us: (inout): 0 when it was there before
 * @is_second: it was absent in an earlier complete listing, too
 *
 * Returns: %TRUE when an absence counts as a deletion (design section 7)
 */
gboolean
tn_guests_is_counted (const TnVisit *visit, gint64 *absent_since_us, gboolean is_second)
{
  gint64 now_us = get_now_us (visit);
  /* A clock that went back begins the wait anew (hazard 82). */
  *absent_since_us = is_second ? MIN (*absent_since_us, now_us) : now_us;
  return visit->is_approved
         || (is_second
             && ((visit->caps & TURNUS_CAP_LOCAL) != 0
                 || now_us - *absent_since_us >= TN_GUESTS_ABSENCE_US));
}

/**
 * tn_guests_is_open:
 *
 * Returns: %TRUE when something of @calendar is missing once, or a write to it is not settled: only
 *   a complete listing says more
 */
gboolean
tn_guests_is_open (TnBook *book, const TnCalendar *calendar)
{
  TnStore *store = tn_book_get_store (book);
  g_autoptr (GPtrArray) guests = tn_store_load_guests (store, NULL);
  g_autoptr (GPtrArray) mirrors = tn_store_load_mirrors (store, calendar->id, NULL);
  gboolean is_open = FALSE;
  for (guint i = 0; guests != NULL && i < guests->len; i++)
    {
      const TnGuest *guest = g_ptr_array_index (guests, i);
      is_open = is_open
                || (guest->state == TN_GUEST_ABSENT && strcmp (guest->origin, calendar->id) == 0);
    }
  for (guint i = 0; mirrors != NULL && i < mirrors->len; i++)
    {
      const TnMirror *mirror = g_ptr_array_index (mirrors, i);
      is_open = is_open || mirror->state == TN_MIRROR_ABSENT || mirror->state == TN_MIRROR_WRITING;
    }
  return is_open || guests == NULL || mirrors == NULL; /* unknown: look at all */
}

static gboolean
has_mirror (GPtrArray *mirrors, const char *uid)
{
  for (guint i = 0; i < mirrors->len; i++)
    if (strcmp (((TnMirror *) g_ptr_array_index (mirrors, i))->uid, uid) == 0)
      return TRUE;
  return FALSE;
}

/**
 * tn_guests_is_any_new:
 *
 * Returns: %TRUE when @calendar is to show a guest that was never looked for in it: before one is
 *   created all strangers there are to be read, because one may be it (promise 2)
 */
gboolean
tn_guests_is_any_new (TnBook *book, const TnCalendar *calendar)
{
  TnStore *store = tn_book_get_store (book);
  g_autoptr (GPtrArray) guests = tn_store_load_guests (store, NULL);
  g_autoptr (GPtrArray) mirrors = tn_store_load_mirrors (store, calendar->id, NULL);
  for (guint i = 0; guests != NULL && mirrors != NULL && i < guests->len; i++)
    {
      const TnGuest *guest = g_ptr_array_index (guests, i);
      if (guest->state == TN_GUEST_HERE && tn_guests_is_expected (book, guest, calendar)
          && !has_mirror (mirrors, guest->uid))
        return TRUE;
    }
  return FALSE;
}

/* Everything that is about one guest of this calendar, before it is stored. */
typedef struct
{
  const TnVisit *visit;
  TnDate today;
  TnBatch *batch;
  gboolean is_held;    /* what is gone does not count: too much is */
  gboolean is_changed; /* other calendars have to look */
} Reception;

static void
put_guest (Reception *reception, const TnGuest *guest)
{
  tn_batch_put_guest (reception->batch, guest);
}

static gboolean
is_same (const TnGuest *a, const TnGuest *b)
{
  g_autofree char *one = tn_table_dup_hash (&tn_table_guests, a);
  g_autofree char *other = tn_table_dup_hash (&tn_table_guests, b);
  return strcmp (one, other) == 0;
}

static void
note_history (Reception *reception, const TnGuest *guest, const char *what)
{
  g_autofree char *key = tn_identity_guest_to_key (guest->origin, guest->uid);
  TnHistory *history = tn_history_new (what);
  history->at_us = get_now_us (reception->visit);
  tn_text_set (&history->calendar, guest->origin);
  tn_text_set (&history->uid, guest->uid);
  tn_text_set (&history->key, key);
  tn_text_set (&history->after, guest->title);
  tn_text_set (&history->source, guest->origin);
  tn_batch_append_history (reception->batch, history);
  tn_history_free (history);
}

/* May what stands there be seen in other calendars? */
static gboolean
may_leave (const TnVisit *visit, const TnSeen *seen)
{
  return seen->event->key == NULL && seen->uid == NULL && !seen->event->is_private
         && tn_carried_has_category (seen->bytes, visit->calendar->adopt);
}

/* What travels of it, as text; NULL when it is not to be understood. */
static char *
dup_content (const TnGuest *guest, const TnSeen *seen)
{
  g_autofree char *key = tn_identity_guest_to_key (guest->origin, guest->uid);
  g_autoptr (GBytes) carried = tn_carried_make (seen->bytes, key, NULL);
  gsize size = 0;
  const char *text = carried != NULL ? g_bytes_get_data (carried, &size) : NULL;
  return text != NULL && g_utf8_validate (text, (gssize) size, NULL) ? g_strndup (text, size)
                                                                     : NULL;
}

/* Returns: %FALSE when it cannot be carried: then it stays as it was */
static gboolean
describe (TnGuest *guest, const TnSeen *seen)
{
  g_autofree char *content = dup_content (guest, seen);
  if (content == NULL)
    return FALSE;
  g_autoptr (GBytes) bytes = g_bytes_new_static (content, strlen (content));
  g_autofree char *digest = tn_carried_dup_digest (bytes);
  g_autofree char *when = tn_when_to_string (&seen->event->when);
  tn_text_set (&guest->item_id, seen->id);
  tn_text_set (&guest->revision, seen->revision);
  if (strcmp (digest, guest->digest) != 0)
    tn_text_set (&guest->content, content);
  tn_text_set (&guest->digest, digest);
  tn_text_set (&guest->title, seen->event->title);
  tn_text_set (&guest->when, when);
  guest->start = seen->event->when.days.start;
  guest->end = seen->event->has_rule ? TN_DATE_NONE : seen->event->when.days.end;
  guest->state = TN_GUEST_HERE;
  guest->absent_since_us = 0;
  return TRUE;
}

static gboolean
is_over (const Reception *reception, const TnGuest *guest)
{
  return guest->end != TN_DATE_NONE && guest->end <= reception->today;
}

static void
withdraw (Reception *reception, TnGuest *guest)
{
  note_history (reception, guest, "withdrawn");
  guest->state = TN_GUEST_WITHDRAWN;
  guest->absent_since_us = 0;
  tn_text_set (&guest->content, ""); /* it may be private now */
  tn_text_set (&guest->digest, "");
  tn_text_set (&guest->title, "");
  tn_text_set (&guest->when, "");
  put_guest (reception, guest);
  reception->is_changed = TRUE;
}

/* The original as it was read in this pass. */
static void
take_read (Reception *reception, const TnGuest *old, const TnSeen *seen)
{
  g_autoptr (TnGuest) guest = tn_guest_copy (old);
  if (!may_leave (reception->visit, seen))
    {
      if (old->state != TN_GUEST_WITHDRAWN)
        withdraw (reception, guest);
      return;
    }
  if (!describe (guest, seen))
    return;
  if (strcmp (guest->digest, old->digest) != 0)
    {
      note_history (reception, guest, old->digest[0] == '\0' ? "adopted" : "changed");
      reception->is_changed = TRUE;
    }
  reception->is_changed = reception->is_changed || old->state == TN_GUEST_GONE;
  if (!is_same (guest, old))
    put_guest (reception, guest);
}

/* Where it stood is nothing, or another event, or it would have been found. */
static gboolean
is_gone (const TnSnapshot *snapshot, const char *item_id)
{
  const TnSeen *seen = g_hash_table_lookup (snapshot->items, item_id);
  return (seen != NULL && seen->event != NULL) || tn_snapshot_is_gone (snapshot, item_id);
}

static void
take_absent (Reception *reception, const TnGuest *old)
{
  g_autoptr (TnGuest) guest = tn_guest_copy (old);
  if (old->state == TN_GUEST_GONE)
    return;
  if (is_over (reception, old))
    {
      tn_batch_drop_guest (reception->batch, old->uid); /* its copies stay, untended */
      return;
    }
  gboolean counts = tn_guests_is_counted (reception->visit, &guest->absent_since_us,
                                          old->state == TN_GUEST_ABSENT);
  guest->state = (counts && !reception->is_held) || old->state == TN_GUEST_WITHDRAWN
                     ? TN_GUEST_GONE
                     : TN_GUEST_ABSENT;
  if (guest->state == TN_GUEST_GONE)
    {
      note_history (reception, guest, "deleted");
      reception->is_changed = TRUE;
    }
  put_guest (reception, guest);
}

/* By UID; what carries a key of ours is a copy, whatever its UID. */
static GHashTable *
index_originals (const TnSnapshot *snapshot)
{
  GHashTable *index = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      TnSeen *seen = value;
      if (seen->event == NULL || (seen->event->key != NULL && seen->uid == NULL))
        continue;
      const TnSeen *other = g_hash_table_lookup (index, seen->event->uid);
      if (other == NULL || strcmp (seen->id, other->id) < 0)
        g_hash_table_insert (index, seen->event->uid, seen);
    }
  return index;
}

static const TnSeen *
find_original (const TnVisit *visit, GHashTable *originals, const TnGuest *guest)
{
  const TnSeen *there = g_hash_table_lookup (visit->snapshot->items, guest->item_id);
  if (there != NULL && there->event != NULL && strcmp (there->event->uid, guest->uid) == 0)
    return there->event->key == NULL || there->uid != NULL ? there : NULL;
  return g_hash_table_lookup (originals, guest->uid);
}

static void
take_guest (Reception *reception, GHashTable *originals, const TnGuest *guest)
{
  const TnVisit *visit = reception->visit;
  const TnSeen *seen = find_original (visit, originals, guest);
  if (seen != NULL)
    take_read (reception, guest, seen);
  else if (is_gone (visit->snapshot, guest->item_id))
    take_absent (reception, guest);
  else if (guest->state == TN_GUEST_ABSENT
           && g_hash_table_contains (visit->snapshot->listed, guest->item_id))
    {
      g_autoptr (TnGuest) back = tn_guest_copy (guest);
      back->state = TN_GUEST_HERE;
      back->absent_since_us = 0;
      put_guest (reception, back);
    }
}

static gboolean
is_new (const TnVisit *visit, const TnSeen *seen)
{
  const TnSighting *sighting = g_hash_table_lookup (visit->snapshot->sightings, seen->id);
  return !visit->is_first && (sighting == NULL || sighting->is_new);
}

static void
adopt (Reception *reception, GHashTable *known, const TnSeen *seen)
{
  const TnVisit *visit = reception->visit;
  if (g_hash_table_contains (known, seen->event->uid) || seen->problem != NULL
      || !may_leave (visit, seen) || !is_new (visit, seen))
    return;
  g_autoptr (TnGuest) guest = tn_guest_new (seen->event->uid, visit->calendar->id);
  if (!describe (guest, seen) || is_over (reception, guest))
    return;
  note_history (reception, guest, "adopted");
  put_guest (reception, guest);
  reception->is_changed = TRUE;
}

/* Many that vanish at once are doubtful evidence (promise 3). */
static char *
find_vanished (const TnVisit *visit, GPtrArray *own, GHashTable *originals)
{
  guint absent = 0;
  for (guint i = 0; i < own->len; i++)
    {
      const TnGuest *guest = g_ptr_array_index (own, i);
      absent += guest->state != TN_GUEST_GONE && find_original (visit, originals, guest) == NULL
                && is_gone (visit->snapshot, guest->item_id);
    }
  guint share = own->len * (guint) visit->calendar->brake_percent / 100;
  if (absent <= MAX ((guint) visit->calendar->brake_removals, share) || visit->is_approved)
    return NULL;
  return g_strdup_printf ("%u events that other calendars show are gone from it at once; nothing "
                          "is concluded from that: restore the calendar, or 'turnusctl approve %s' "
                          "to have them taken away there, too",
                          absent, visit->calendar->id);
}

/* The last copy is gone, too: nothing more is to be done for it. */
static void
forget_settled (Reception *reception, GPtrArray *own, GPtrArray *mirrors)
{
  for (guint i = 0; i < own->len; i++)
    {
      const TnGuest *guest = g_ptr_array_index (own, i);
      if (guest->state == TN_GUEST_GONE && !has_mirror (mirrors, guest->uid))
        tn_batch_drop_guest (reception->batch, guest->uid);
    }
}

static void
receive (Reception *reception, GPtrArray *guests, GPtrArray *own, GHashTable *originals)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < guests->len; i++)
    g_hash_table_add (known, ((TnGuest *) g_ptr_array_index (guests, i))->uid);
  for (guint i = 0; i < own->len; i++)
    take_guest (reception, originals, g_ptr_array_index (own, i));
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, originals);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    adopt (reception, known, value);
}

static GPtrArray *
list_own (const TnVisit *visit, GPtrArray *guests)
{
  GPtrArray *own = g_ptr_array_new ();
  for (guint i = 0; i < guests->len; i++)
    if (strcmp (((TnGuest *) g_ptr_array_index (guests, i))->origin, visit->calendar->id) == 0)
      g_ptr_array_add (own, g_ptr_array_index (guests, i));
  return own;
}

/**
 * tn_guests_take:
 * @ret_hold_text: (out): what a person is told; untouched when there is nothing to tell
 *
 * Stores what the calendar shows of its guests, old and new. To be called before it is remembered
 * that its items were read: what a crash leaves out is read, and found, once more.
 *
 * Errors: what the store says.
 */
gboolean
tn_guests_take (const TnVisit *visit, char **ret_hold_text, GError **error)
{
  if (visit->calendar->adopt == NULL)
    return TRUE; /* guests of a calendar that lets none out any more stay as they are */
  TnStore *store = tn_book_get_store (visit->book);
  g_autoptr (GPtrArray) guests = tn_store_load_guests (store, error);
  g_autoptr (GPtrArray) mirrors
      = guests != NULL ? tn_store_load_mirrors (store, NULL, error) : NULL;
  if (mirrors == NULL)
    return FALSE;
  g_autoptr (GPtrArray) own = list_own (visit, guests);
  g_autoptr (GHashTable) originals = index_originals (visit->snapshot);
  g_autofree char *text = find_vanished (visit, own, originals);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  Reception reception = { .visit = visit,
                          .today = tn_clock_today (tn_book_get_clock (visit->book), utc),
                          .batch = batch,
                          .is_held = text != NULL };
  receive (&reception, guests, own, originals);
  forget_settled (&reception, own, mirrors);
  if (!tn_batch_is_empty (batch) && !tn_store_commit (store, batch, error))
    return FALSE;
  if (reception.is_changed)
    tn_book_note_guests (visit->book);
  if (text != NULL)
    *ret_hold_text = g_steal_pointer (&text);
  return TRUE;
}
