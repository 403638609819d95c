/* The difference (design section 8, step 7; section 7 for deletions): a pure function of plan,
 * bases and snapshot. Every line of the table "changed here, there, both; gone here, there, both"
 * is one branch below and one named test. It decides nothing about guards: sync/guard.c holds back.
 */
#include "sync/diff.h"

#include <string.h>

#include "base/text.h"
#include "model/identity.h"
#include "provider/turnus-plugin.h"
#include "sync/hand.h"
#include "sync/journal.h"
#include "sync/orphan.h"
#include "sync/presence.h"

/* Design section 7: absent twice, at least this long apart; local calendars: two scans. */
static const gint64 ABSENCE_US = 15 * G_TIME_SPAN_MINUTE;

static const char UNREAD[] = "was written for a decision that no journal here has yet; it is "
                             "looked at again at the next pass";

static char **
dup_shown (const TnEvent *event)
{
  char **shown = g_new0 (char *, TN_N_FIELDS + 1);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    shown[i] = tn_event_dup_field (event, (TnField) i);
  return shown;
}

static void
add_wait (GPtrArray *changes, const TnPosting *posting, const TnLink *link, const char *reason)
{
  g_ptr_array_add (changes, tn_change_new_wait (posting, link, reason));
}

/**
 * tn_diff_is_by_rule:
 *
 * Returns: %TRUE when the calendar was last in step with another rulebook: what no decision asks
 * for is then the work of a rule
 */
gboolean
tn_diff_is_by_rule (const TnDiffInput *input)
{
  return input->state->rulebook_digest != NULL
         && strcmp (input->state->rulebook_digest, tn_plan_get_rulebook (input->plan)->digest) != 0;
}

static void
add_creation (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
              const TnLink *link, guint n_looks)
{
  gboolean puts_back = n_looks > 0;
  g_autofree char *name = g_strdelimit (g_strdup (posting->event->uid), "@", '.');
  if (tn_snapshot_is_taken (input->snapshot, name))
    {
      g_autofree char *reason
          = g_strdup_printf ("its place %s is taken by something else: move that away", name);
      add_wait (changes, posting, NULL, reason);
      return;
    }
  TnChange *change = tn_change_new (TN_CHANGE_CREATE, posting, link);
  g_clear_pointer (&change->revision, g_free);
  if (puts_back)
    {
      /* However the answer gets lost, it is known then that a deletion was undone (promise 1). */
      change->pending = tn_link_copy (link);
      change->pending->state = TN_LINK_ABSENT;
      change->pending->absent_since_us = input->now_us;
    }
  /* Design section 6: made of the UID, of letters that no server and no file system minds. */
  tn_text_set (&change->item_id, name);
  change->puts_back = puts_back;
  change->n_looks = n_looks;
  g_ptr_array_add (changes, change);
}

/* What was left alone has to be read before anything is done with it, should it be there after all:
 * the listing may have been short, and its revision is the one that was known (hazard 6). */
static TnLink *
copy_absent (const TnLink *old)
{
  TnLink *link = tn_link_copy (old);
  if (old->state == TN_LINK_UNTENDED || old->state == TN_LINK_PRIVATE)
    tn_text_set (&link->revision, "");
  return link;
}

/* It is remembered whatever follows: what is put back may be held, and a listing of changes names
 * what is gone once. */
static void
note_first_look (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
                 const TnLink *old)
{
  g_autoptr (TnLink) link = copy_absent (old);
  link->state = TN_LINK_ABSENT;
  link->absent_since_us = input->now_us;
  link->n_absent = 1;
  tn_presence_remember (changes, posting, old, link);
}

/* `approve` is the second look of who approves; the calendar has to say it twice all the same
 * (sync/outbox.c). */
static gboolean
is_approved_unseen (const TnDiffInput *input, const TnLink *old)
{
  return old->state != TN_LINK_ABSENT && input->state->is_approved;
}

static void
wait_for_deleted (GPtrArray *changes, const TnPosting *posting, const TnLink *link)
{
  if (link->state == TN_LINK_AWAY)
    add_wait (changes, posting, link,
              "was deleted here twice and stays away; nothing is cancelled by that: use "
              "'turnusctl cancel' if it is, or restore it in the calendar program");
  else if (link->n_revived > 0 && posting->is_future
           && posting->occurrence->status != TN_STATUS_CANCELLED)
    add_wait (changes, posting, link,
              "was deleted here and has been put back once; use 'turnusctl cancel' if it is "
              "cancelled, otherwise nothing is to be done");
}

/* It was about to be put back; if it is not there, that was not done. */
static gboolean
is_begun (const TnLink *link)
{
  return link->state == TN_LINK_ABSENT && link->n_absent == 0;
}

/* Design section 7, "A deletion is never a decision". */
static void
diff_absent (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
             const TnLink *old)
{
  g_autoptr (TnLink) link = copy_absent (old);
  gboolean is_first_look = old->state != TN_LINK_ABSENT;
  gboolean is_undone = is_begun (old);
  if (is_first_look)
    note_first_look (input, changes, posting, old);
  if (is_first_look && !input->state->is_approved)
    return;
  link->n_absent = old->n_absent + 1;
  /* A clock that went back begins the wait anew (hazard 82). */
  link->absent_since_us = MIN (old->absent_since_us, input->now_us);
  gboolean is_due = is_undone || (input->caps & TURNUS_CAP_LOCAL) != 0 || input->state->is_approved
                    || input->now_us - link->absent_since_us >= ABSENCE_US;
  /* What was not read may be it, moved (promise 2). */
  gboolean counts = is_due && tn_snapshot_is_certain (input->snapshot);
  if (is_first_look && !counts)
    return;
  if (counts && !posting->is_future)
    link->state = TN_LINK_NOT_HERE;
  else if (counts && old->n_revived > 0 && !is_undone)
    link->state = TN_LINK_AWAY;
  else if (counts)
    {
      link->n_revived += is_undone ? 0 : 1;
      link->state = TN_LINK_LIVE;
      link->n_absent = 0;
      link->absent_since_us = 0;
      link->is_claimed = FALSE;
      link->n_attendees = 0;
      for (guint i = 0; i < TN_N_FIELDS; i++)
        tn_text_set (&link->shown[i], posting->wished[i] != NULL ? posting->wished[i] : "");
      add_creation (input, changes, posting, link, is_approved_unseen (input, old) ? 1 : 2);
      return;
    }
  tn_presence_remember (changes, posting, old, link);
  if (link->state == TN_LINK_AWAY)
    wait_for_deleted (changes, posting, link);
}

/* It cannot be one occurrence, and its own fields are not judged, until it is one event again. */
static const char RECURS[] = "was made a recurring event here; it is left alone until it is one "
                             "event again";

/* What is typed into it is the person's own; it is neither kept nor written over, until it is
 * public again. Nothing of it is remembered but where it stands (hazard 114). */
static const char IS_PRIVATE[] = "was made private here; what is typed into it stays here, and it "
                                 "is left alone until it is public again";

static void
leave_alone (GPtrArray *changes, const TnPosting *posting, const TnLink *old, const TnSeen *seen,
             TnLinkState state, const char *why)
{
  g_autoptr (TnLink) link = tn_link_copy (old);
  link->state = state;
  if (seen != NULL)
    {
      tn_text_set (&link->item_id, seen->id);
      tn_text_set (&link->revision, seen->revision);
      link->n_attendees = seen->event->n_attendees;
    }
  tn_presence_remember (changes, posting, old, link);
  add_wait (changes, posting, link, why);
}

/* Whether a daemon wrote what stands there, or a person, makes a difference: what a daemon wrote
 * that knew what we know is taken as it is, unless our plan has moved since; else it is written
 * anew, and no person's edit is undone by that. */
static void
diff_shown (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
            const TnLink *old, TnLink *link, char **shown, const TnSeen *seen)
{
  if (seen == NULL || seen->hand == TN_HAND_PERSON)
    {
      tn_presence_diff (input, changes, posting, old, link, shown);
      return;
    }
  g_autoptr (TnLink) base = tn_link_copy (old);
  guint accepted = tn_hand_accepts (seen, posting, tn_plan_get_ledger (input->plan));
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      gboolean has_moved
          = old->shown[i] != NULL && g_strcmp0 (old->wished[i], posting->wished[i]) != 0;
      gboolean accepts = (accepted & (1u << i)) != 0 && (!has_moved || seen->hand != TN_HAND_EQUAL);
      tn_text_set (&base->wished[i], accepts ? posting->wished[i] : NULL);
      tn_text_set (&base->shown[i], shown[i]);
    }
  tn_presence_diff (input, changes, posting, base, link, shown);
}

static void
diff_linked (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
             const TnLink *old)
{
  if (tn_snapshot_find_problem (input->snapshot, old->uid) != NULL)
    return; /* reported once for all */
  const TnSeen *seen = tn_snapshot_find_seen (input->snapshot, posting->event->uid);
  if (seen != NULL && seen->waits)
    {
      add_wait (changes, posting, old, UNREAD);
      return;
    }
  /* What was past when it was deleted may have been given a day to come since. */
  gboolean settled
      = old->state == TN_LINK_AWAY || (old->state == TN_LINK_NOT_HERE && !posting->is_future);
  if (seen == NULL && (settled || tn_snapshot_is_absent (input->snapshot, old->uid)))
    {
      if (!settled)
        diff_absent (input, changes, posting, old);
      else
        wait_for_deleted (changes, posting, old);
      return;
    }
  if (seen != NULL ? seen->event->is_private : old->state == TN_LINK_PRIVATE)
    {
      leave_alone (changes, posting, old, seen, TN_LINK_PRIVATE, IS_PRIVATE);
      wait_for_deleted (changes, posting, old);
      return;
    }
  if (seen != NULL ? seen->event->has_rule : old->state == TN_LINK_UNTENDED)
    {
      leave_alone (changes, posting, old, seen, TN_LINK_UNTENDED, RECURS);
      wait_for_deleted (changes, posting, old);
      return;
    }
  g_autoptr (TnLink) link = tn_link_copy (old);
  if (seen == NULL && is_begun (old) && link->n_revived > 0)
    link->n_revived--; /* as it was before: two listings were short, and nobody deleted it */
  link->state = TN_LINK_LIVE;
  link->n_absent = 0;
  link->absent_since_us = 0;
  g_auto (GStrv) shown = NULL;
  if (seen != NULL)
    {
      tn_text_set (&link->item_id, seen->id);
      tn_text_set (&link->revision, seen->revision);
      link->n_attendees = seen->event->n_attendees;
      tn_text_set (&link->stamp, seen->event->stamp);
      shown = dup_shown (seen->event);
    }
  else
    shown = g_new0 (char *, TN_N_FIELDS + 1);
  for (guint i = 0; seen == NULL && i < TN_N_FIELDS; i++)
    shown[i] = g_strdup (old->shown[i] != NULL ? old->shown[i] : "");

  diff_shown (input, changes, posting, old, link, shown, seen);
  wait_for_deleted (changes, posting, link);
}

/* An event of ours that is there and was not remembered: linked, never created again (promise 2).
 */
static void
diff_found (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
            const TnSeen *seen)
{
  g_autoptr (TnLink) link
      = tn_link_new (input->calendar->id, posting->event->uid, posting->event->key);
  tn_text_set (&link->item_id, seen->id);
  tn_text_set (&link->revision, seen->revision);
  tn_text_set (&link->stamp, seen->event->stamp);
  link->n_attendees = seen->event->n_attendees;
  g_auto (GStrv) shown = dup_shown (seen->event);
  g_autoptr (TnLink) nothing
      = tn_link_new (input->calendar->id, posting->event->uid, posting->event->key);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      tn_text_set (&nothing->wished[i], NULL); /* nothing was ever wished or shown */
      tn_text_set (&nothing->shown[i], NULL);
      tn_text_set (&link->wished[i], NULL);
      tn_text_set (&link->shown[i], shown[i]);
    }
  if (seen->event->is_private)
    {
      leave_alone (changes, posting, nothing, seen, TN_LINK_PRIVATE, IS_PRIVATE);
      return;
    }
  if (seen->event->has_rule)
    {
      leave_alone (changes, posting, link, seen, TN_LINK_UNTENDED, RECURS);
      return;
    }
  diff_shown (input, changes, posting, nothing, link, shown, seen);
}

static const TnSighting *
find_open_twin (const TnDiffInput *input, const char *uid)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, input->snapshot->sightings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSighting *sighting = value;
      if (!sighting->not_twin && g_strcmp0 (sighting->twin_of, uid) == 0
          && tn_snapshot_is_taken (input->snapshot, sighting->item_id))
        return sighting;
    }
  return NULL;
}

static void
diff_unlinked (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting)
{
  const TnSeen *seen = tn_snapshot_find_seen (input->snapshot, posting->event->uid);
  if (seen != NULL && seen->waits)
    {
      add_wait (changes, posting, NULL, UNREAD);
      return;
    }
  if (seen != NULL)
    {
      diff_found (input, changes, posting, seen);
      return;
    }
  if (!posting->may_create || posting->occurrence->status == TN_STATUS_CANCELLED)
    return;
  const TnSighting *twin = find_open_twin (input, posting->event->uid);
  if (twin == NULL)
    {
      g_autoptr (TnLink) link
          = tn_link_new (input->calendar->id, posting->event->uid, posting->event->key);
      add_creation (input, changes, posting, link, 0);
      return;
    }
  TnChange *change = tn_change_new (TN_CHANGE_TWIN, posting, NULL);
  change->item_id = g_strdup (twin->item_id);
  change->reason = g_strdup_printf (
      "'%s' may have been made by hand for it: 'turnusctl claim %s %s' links the two, with --none "
      "says that it is another",
      twin->item_id, input->calendar->id, twin->item_id);
  g_ptr_array_add (changes, change);
}

static void
report_problem (const TnDiffInput *input, GPtrArray *changes, const TnLink *link)
{
  const char *problem = tn_snapshot_find_problem (input->snapshot, link->uid);
  g_autoptr (TnPageKey) page
      = tn_journal_is_page (link->key) ? tn_identity_page_from_key (link->key) : NULL;
  gboolean is_own_page = page != NULL && strcmp (page->council, input->council) == 0;
  if (problem == NULL || is_own_page) /* of which sync/binder.c tells */
    return;
  g_autofree char *reason
      = g_strdup_printf ("cannot be read here (%s: %s); it is left alone: repair or delete it",
                         link->item_id, problem);
  add_wait (changes, NULL, link, reason);
}

static void
diff_unposted (const TnDiffInput *input, GPtrArray *changes, const TnOccurrence *occurrence,
               const TnMilestone *milestone, const char *uid)
{
  const TnLink *link = tn_snapshot_find_link (input->snapshot, uid);
  if (link != NULL)
    tn_orphan_diff (input, changes, link, occurrence, milestone);
  else
    tn_orphan_find_stray (input, changes, occurrence, milestone);
}

/* Events that the plan has, and that this calendar is not to show. */
static void
diff_hidden (const TnDiffInput *input, GPtrArray *changes, GHashTable *posted)
{
  for (guint i = 0; i < tn_plan_get_size (input->plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (input->plan, i);
      if (!g_hash_table_contains (posted, occurrence->uid))
        diff_unposted (input, changes, occurrence, NULL, occurrence->uid);
      for (guint j = 0; j < occurrence->milestones->len; j++)
        {
          const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, j);
          if (!g_hash_table_contains (posted, milestone->uid))
            diff_unposted (input, changes, occurrence, milestone, milestone->uid);
        }
    }
}

/**
 * tn_diff:
 *
 * Source: design sections 6 to 8.
 * Returns: (transfer full) (element-type TnChange): what brings the calendar and the plan together,
 *   as far as the plan goes, in the order of the postings; they borrow the entries
 */
GPtrArray *
tn_diff (const TnDiffInput *input)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_change_free);
  g_autoptr (GHashTable) posted = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < input->postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (input->postings, i);
      g_hash_table_add (posted, posting->event->uid);
      const TnLink *link = tn_snapshot_find_link (input->snapshot, posting->event->uid);
      if (link != NULL)
        diff_linked (input, changes, posting, link);
      else
        diff_unlinked (input, changes, posting);
    }
  diff_hidden (input, changes, posted);
  return changes;
}

/**
 * tn_diff_rest:
 * @links: (element-type TnLink): those that no chapter has, and those whose items have problems
 * @planned: (element-type utf8): UIDs of the linked events that the plan has
 *
 * Returns: (transfer full) (element-type TnChange): what is to be done with events that no plan
 * has, and what nobody can read
 */
GPtrArray *
tn_diff_rest (const TnDiffInput *input, GPtrArray *links, GHashTable *planned)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_change_free);
  for (guint i = 0; i < links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (links, i);
      if (!g_hash_table_contains (planned, link->uid) && !tn_journal_is_page (link->key))
        tn_orphan_diff (input, changes, link, NULL, NULL);
    }
  for (guint i = 0; i < links->len; i++)
    report_problem (input, changes, g_ptr_array_index (links, i));
  return changes;
}
