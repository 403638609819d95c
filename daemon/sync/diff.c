/* The difference (design section 8, step 7; section 7 for deletions): a pure function of plan,
 * bases and snapshot. Every line of the table "changed here, there, both; gone here, there, both"
 * is one branch below and one named test. It decides nothing about guards: sync/guard.c holds back.
 */
#include "sync/diff.h"

#include <string.h>

#include "base/text.h"
#include "provider/turnus-plugin.h"
#include "sync/orphan.h"

/* Design section 7: absent twice, at least this long apart; local calendars: two scans. */
static const gint64 ABSENCE_US = 15 * G_TIME_SPAN_MINUTE;
static const guint MAX_PUT_BACK = 2;

static const char LEFT[] = "differs from the plan here: it was put back twice and is left as it is "
                           "until the proposal is accepted or rejected";

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

/* Sets the base of a link to what the calendar shows and the plan wishes now. */
static void
rebase (TnLink *link, const TnPosting *posting, char **shown)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      tn_text_set (&link->wished[i], posting->wished[i]);
      tn_text_set (&link->shown[i], shown[i]);
    }
  tn_text_set (&link->entry, posting->decision);
}

static gboolean
same_base (const TnLink *a, const TnLink *b)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if (g_strcmp0 (a->wished[i], b->wished[i]) != 0 || g_strcmp0 (a->shown[i], b->shown[i]) != 0)
      return FALSE;
  return a->state == b->state && g_strcmp0 (a->item_id, b->item_id) == 0
         && g_strcmp0 (a->revision, b->revision) == 0 && a->n_attendees == b->n_attendees
         && a->n_put_back == b->n_put_back && a->is_left == b->is_left && a->n_absent == b->n_absent
         && a->n_revived == b->n_revived && g_strcmp0 (a->entry, b->entry) == 0;
}

typedef struct
{
  guint write;  /* fields that have to be written */
  guint undone; /* of these: those in which a person's edit is undone */
} Fields;

static Fields
compare_fields (const TnPosting *posting, const TnLink *base, char **shown)
{
  Fields fields = { 0, 0 };
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      const char *wished = posting->wished[i];
      if (wished == NULL || strcmp (wished, shown[i]) == 0)
        continue;
      gboolean plan_moved = g_strcmp0 (base->wished[i], wished) != 0;
      gboolean person_moved = g_strcmp0 (base->shown[i], shown[i]) != 0;
      /* What the calendar made of our words at the last reading is no difference (hazard 25). */
      if (!plan_moved && !person_moved)
        continue;
      fields.write |= 1u << i;
      if (person_moved && !plan_moved)
        fields.undone |= 1u << i;
    }
  return fields;
}

static void
describe_update (TnChange *change, const TnPosting *posting, char **shown, guint fields)
{
  change->fields = fields;
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if ((fields & (1u << i)) != 0)
      {
        tn_text_set (&change->before[i], shown[i]);
        tn_text_set (&change->after[i], posting->wished[i]);
      }
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
remember_if_changed (GPtrArray *changes, const TnPosting *posting, const TnLink *old,
                     const TnLink *link)
{
  if (!same_base (old, link))
    g_ptr_array_add (changes, tn_change_new (TN_CHANGE_REMEMBER, posting, link));
}

/* Leaves an event as a person wants it for the third time, and asks (design section 7). */
static void
leave_as_is (GPtrArray *changes, const TnPosting *posting, const TnLink *old, TnLink *link,
             char **shown)
{
  link->is_left = TRUE;
  rebase (link, posting, shown);
  remember_if_changed (changes, posting, old, link);
  add_wait (changes, posting, link, LEFT);
}

/* A link whose calendar shows what it shows, while some fields wait to be written: what is shown
 * has been judged and is not judged again, and a wish of NULL keeps the fields due. */
static TnLink *
make_pending (const TnLink *link, const TnPosting *posting, char **shown, guint fields)
{
  TnLink *pending = tn_link_copy (link);
  rebase (pending, posting, shown);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if ((fields & (1u << i)) != 0)
      g_clear_pointer (&pending->wished[i], g_free);
  return pending;
}

static gboolean
has_plan_moved (const TnPosting *posting, const TnLink *base)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    if (base->wished[i] != NULL && g_strcmp0 (base->wished[i], posting->wished[i]) != 0)
      return TRUE;
  return FALSE;
}

static void
wait_for_mail (GPtrArray *changes, const TnPosting *posting, const TnLink *old, TnLink *pending)
{
  g_autofree char *reason
      = g_strdup_printf ("%u people are invited to it; writing it would mail them, so it waits: "
                         "change it in the calendar program, or take the invitations out",
                         pending->n_attendees);
  remember_if_changed (changes, posting, old, pending);
  add_wait (changes, posting, pending, reason);
}

/* Does the event still differ where it was left to a person, once the fields are written? What the
 * calendar makes of our words is a difference, too; then it is said once more than needed. */
static gboolean
stays_left (const TnPosting *posting, const TnLink *old, char **shown, guint written)
{
  for (guint i = 0; old->is_left && i < TN_N_FIELDS; i++)
    if ((written & (1u << i)) == 0 && posting->wished[i] != NULL
        && strcmp (posting->wished[i], shown[i]) != 0)
      return TRUE;
  return FALSE;
}

static void
diff_in_step (GPtrArray *changes, const TnPosting *posting, const TnLink *old, TnLink *link,
              char **shown)
{
  link->is_left = stays_left (posting, old, shown, 0);
  if (has_plan_moved (posting, old) && !link->is_left)
    link->n_put_back = 0;
  rebase (link, posting, shown);
  remember_if_changed (changes, posting, old, link);
  if (link->is_left)
    add_wait (changes, posting, link, LEFT);
}

static void
diff_present (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
              const TnLink *old, TnLink *link, char **shown)
{
  Fields fields = compare_fields (posting, old, shown);
  if (fields.write == 0)
    {
      diff_in_step (changes, posting, old, link, shown);
      return;
    }
  gboolean leaves = fields.undone != 0 && old->n_put_back >= MAX_PUT_BACK;
  if (leaves && fields.write == fields.undone)
    {
      leave_as_is (changes, posting, old, link, shown);
      return;
    }
  if (leaves)
    fields = (Fields){ fields.write & ~fields.undone, 0 }; /* the rest is written all the same */
  link->is_left = leaves || stays_left (posting, old, shown, fields.write);
  if (fields.undone != 0)
    link->n_put_back = old->n_put_back + 1;
  else if (!link->is_left && has_plan_moved (posting, old))
    link->n_put_back = 0;
  g_autoptr (TnLink) pending = make_pending (link, posting, shown, fields.write);
  if (link->n_attendees > 0 && (input->caps & TURNUS_CAP_NO_MAIL) == 0)
    {
      wait_for_mail (changes, posting, old, pending);
      return;
    }
  TnChange *change = tn_change_new (TN_CHANGE_UPDATE, posting, link);
  change->by_rule = tn_diff_is_by_rule (input) && fields.undone == 0;
  change->puts_back = fields.undone != 0;
  change->pending = g_steal_pointer (&pending);
  describe_update (change, posting, shown, fields.write);
  rebase (change->link, posting, shown);
  g_ptr_array_add (changes, change);
  if (link->is_left)
    add_wait (changes, posting, link, LEFT);
}

/* Does something stand at this place, read or known to be somebody else's? */
static gboolean
is_taken (const TnSnapshot *snapshot, const char *item_id)
{
  if (g_hash_table_contains (snapshot->items, item_id))
    return TRUE;
  return !snapshot->full && g_hash_table_contains (snapshot->sightings, item_id)
         && !g_hash_table_contains (snapshot->removed, item_id);
}

static void
add_creation (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
              const TnLink *link, gboolean puts_back)
{
  g_autofree char *name = g_strdelimit (g_strdup (posting->event->uid), "@", '.');
  if (is_taken (input->snapshot, name))
    {
      g_autofree char *reason
          = g_strdup_printf ("its place %s is taken by something else: move that away", name);
      add_wait (changes, posting, NULL, reason);
      return;
    }
  TnChange *change = tn_change_new (TN_CHANGE_CREATE, posting, link);
  g_clear_pointer (&change->revision, g_free);
  /* Design section 6: made of the UID, of letters that no server and no file system minds. */
  tn_text_set (&change->item_id, name);
  change->puts_back = puts_back;
  g_ptr_array_add (changes, change);
}

/* Design section 7, "A deletion is never a decision". */
static void
diff_absent (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
             const TnLink *old)
{
  g_autoptr (TnLink) link = tn_link_copy (old);
  if (old->state != TN_LINK_ABSENT && !input->state->is_approved)
    {
      link->state = TN_LINK_ABSENT;
      link->absent_since_us = input->now_us;
      link->n_absent = 1;
      remember_if_changed (changes, posting, old, link);
      return;
    }
  link->n_absent = old->n_absent + 1;
  /* A clock that went back begins the wait anew (hazard 82). */
  link->absent_since_us = MIN (old->absent_since_us, input->now_us);
  /* `approve` is the second look. */
  gboolean counts = (input->caps & TURNUS_CAP_LOCAL) != 0 || input->state->is_approved
                    || input->now_us - link->absent_since_us >= ABSENCE_US;
  if (counts && !posting->is_future)
    link->state = TN_LINK_NOT_HERE;
  else if (counts && old->n_revived > 0)
    link->state = TN_LINK_AWAY;
  else if (counts)
    {
      link->n_revived++;
      link->state = TN_LINK_LIVE;
      link->n_absent = 0;
      link->absent_since_us = 0;
      link->is_claimed = FALSE;
      link->n_attendees = 0;
      for (guint i = 0; i < TN_N_FIELDS; i++)
        tn_text_set (&link->shown[i], posting->wished[i] != NULL ? posting->wished[i] : "");
      add_creation (input, changes, posting, link, TRUE);
      return;
    }
  remember_if_changed (changes, posting, old, link);
}

static void
wait_for_deleted (GPtrArray *changes, const TnPosting *posting, const TnLink *link)
{
  if (link->state == TN_LINK_AWAY)
    add_wait (changes, posting, link,
              "was deleted here twice and stays away; nothing is cancelled by that: use "
              "'turnusctl cancel' if it is, or restore it in the calendar program");
  else if (link->state == TN_LINK_LIVE && link->n_revived > 0 && posting->is_future
           && posting->occurrence->status != TN_STATUS_CANCELLED)
    add_wait (changes, posting, link,
              "was deleted here and has been put back once; use 'turnusctl cancel' if it is "
              "cancelled, otherwise nothing is to be done");
}

/* Why the item of a link cannot be read, now or since an earlier pass; NULL when it can. */
static const char *
find_problem (const TnDiffInput *input, const TnLink *link)
{
  const TnSeen *seen = g_hash_table_lookup (input->snapshot->items, link->item_id);
  if (seen != NULL && (seen->is_fresh || seen->problem != NULL))
    return seen->problem;
  const TnSighting *known = g_hash_table_lookup (input->snapshot->sightings, link->item_id);
  return known != NULL && !tn_snapshot_is_absent (input->snapshot, link) ? known->problem : NULL;
}

/* It cannot be one occurrence, and its own fields are not judged, until it is one event again. */
static void
leave_recurring (GPtrArray *changes, const TnPosting *posting, const TnLink *old,
                 const TnSeen *seen)
{
  g_autoptr (TnLink) link = tn_link_copy (old);
  link->state = TN_LINK_UNTENDED;
  if (seen != NULL)
    {
      tn_text_set (&link->item_id, seen->id);
      tn_text_set (&link->revision, seen->revision);
      link->n_attendees = seen->event->n_attendees;
    }
  remember_if_changed (changes, posting, old, link);
  add_wait (changes, posting, link,
            "was made a recurring event here; it is left alone until it is one event again");
}

static void
diff_linked (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
             const TnLink *old)
{
  if (find_problem (input, old) != NULL)
    return; /* reported once for all */
  const TnSeen *seen = tn_snapshot_find_seen (input->snapshot, posting->event->uid);
  gboolean settled = old->state == TN_LINK_AWAY || old->state == TN_LINK_NOT_HERE;
  if (seen == NULL && (settled || tn_snapshot_is_absent (input->snapshot, old)))
    {
      if (!settled)
        diff_absent (input, changes, posting, old);
      else
        wait_for_deleted (changes, posting, old);
      return;
    }
  if (seen != NULL ? seen->event->has_rule : old->state == TN_LINK_UNTENDED)
    {
      leave_recurring (changes, posting, old, seen);
      return;
    }
  g_autoptr (TnLink) link = tn_link_copy (old);
  link->state = TN_LINK_LIVE;
  link->n_absent = 0;
  link->absent_since_us = 0;
  g_auto (GStrv) shown = NULL;
  if (seen != NULL)
    {
      tn_text_set (&link->item_id, seen->id);
      tn_text_set (&link->revision, seen->revision);
      link->n_attendees = seen->event->n_attendees;
      shown = dup_shown (seen->event);
    }
  else
    shown = g_new0 (char *, TN_N_FIELDS + 1);
  for (guint i = 0; seen == NULL && i < TN_N_FIELDS; i++)
    shown[i] = g_strdup (old->shown[i] != NULL ? old->shown[i] : "");

  diff_present (input, changes, posting, old, link, shown);
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
  if (seen->event->has_rule)
    {
      leave_recurring (changes, posting, link, seen);
      return;
    }
  diff_present (input, changes, posting, nothing, link, shown);
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
          && is_taken (input->snapshot, sighting->item_id))
        return sighting;
    }
  return NULL;
}

static void
diff_unlinked (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting)
{
  const TnSeen *seen = tn_snapshot_find_seen (input->snapshot, posting->event->uid);
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
      add_creation (input, changes, posting, link, FALSE);
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
report_problems (const TnDiffInput *input, GPtrArray *changes)
{
  for (guint i = 0; i < input->links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (input->links, i);
      const char *problem = find_problem (input, link);
      if (problem == NULL)
        continue;
      g_autofree char *reason
          = g_strdup_printf ("cannot be read here (%s: %s); it is left alone: repair or delete it",
                             link->item_id, problem);
      add_wait (changes, NULL, link, reason);
    }
}

/**
 * tn_diff:
 *
 * Source: design sections 6 to 8.
 * Returns: (transfer full) (element-type TnChange): what brings the calendar and the plan together,
 * in the order of the postings; they borrow the entries
 */
GPtrArray *
tn_diff (const TnDiffInput *input)
{
  GPtrArray *changes = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_change_free);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < input->postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (input->postings, i);
      g_hash_table_add (wanted, posting->event->uid);
      const TnLink *link = tn_snapshot_find_link (input->snapshot, posting->event->uid);
      if (link != NULL)
        diff_linked (input, changes, posting, link);
      else
        diff_unlinked (input, changes, posting);
    }
  tn_orphan_diff (input, changes, wanted);
  report_problems (input, changes);
  return changes;
}
