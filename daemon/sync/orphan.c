/* Orphans: events of ours that the plan does not have any more, because the charter dropped their
 * series or the window moved on (design section 7, Lifecycle). What is future and unconfirmed goes,
 * under the brake; everything else stays. Pure. */
#include "sync/orphan.h"

#include <string.h>

#include "base/text.h"
#include "ical/stamp.h"
#include "provider/turnus-plugin.h"

static const char STRAY[] = "stands here although the plan does not show it here: a copy, or left "
                            "over from a crash; remove it by hand if nobody wants it";

static void
add_wait (GPtrArray *changes, const TnLink *link, const char *reason)
{
  g_ptr_array_add (changes, tn_change_new_wait (NULL, link, reason));
}

/* While a date waits to be written, the link knows only the one that stands. */
static gboolean
parse_when (const TnLink *link, TnWhen *when)
{
  const char *text = link->wished[TN_FIELD_WHEN] != NULL  ? link->wished[TN_FIELD_WHEN]
                     : link->shown[TN_FIELD_WHEN] != NULL ? link->shown[TN_FIELD_WHEN]
                                                          : "";
  g_autofree char *span = g_strndup (text, strcspn (text, " "));
  return tn_when_parse (span, when, NULL);
}

/* The link as the calendar shows it now: what is removed is what was read, and the history keeps
 * what a person wrote in it last (hazard 20). */
static TnLink *
make_current (const TnDiffInput *input, const TnLink *link)
{
  TnLink *current = tn_link_copy (link);
  const TnSeen *seen = tn_snapshot_find_seen (input->snapshot, link->uid);
  if (seen == NULL)
    return current;
  tn_text_set (&current->item_id, seen->id);
  tn_text_set (&current->revision, seen->revision);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_free (current->shown[i]);
      current->shown[i] = tn_event_dup_field (seen->event, (TnField) i);
    }
  return current;
}

/* A duty that a swap gives to another council leaves the calendar of the one that had it, and that
 * is what people decided: the brake is not for it. */
static TnChange *
make_removal (const TnDiffInput *input, const TnLink *link, const TnOccurrence *occurrence,
              const TnMilestone *milestone)
{
  g_autoptr (TnLink) current = make_current (input, link);
  TnChange *change = tn_change_new (TN_CHANGE_REMOVE, NULL, current);
  change->by_rule = milestone == NULL || tn_diff_is_by_rule (input);
  change->reason
      = g_strdup (milestone != NULL    ? "the duty is another council's now"
                  : occurrence != NULL ? "the settings no longer show it here"
                                       : "the charters in force do not have it any more");
  return change;
}

static void
leave_alone (GPtrArray *changes, const TnLink *link, const TnSeen *seen, TnLinkState state,
             const char *reason)
{
  if (seen != NULL)
    {
      g_autoptr (TnLink) left = tn_link_copy (link);
      left->state = state;
      tn_text_set (&left->item_id, seen->id);
      tn_text_set (&left->revision, seen->revision);
      left->n_attendees = seen->event->n_attendees;
      g_ptr_array_add (changes, tn_change_new (TN_CHANGE_REMEMBER, NULL, left));
    }
  add_wait (changes, link, reason);
}

/* What a person made of it is not the plan's to remove (promise 1), and what is private is not its
 * to read (hazard 114). */
static gboolean
leave_to_person (const TnDiffInput *input, GPtrArray *changes, const TnLink *link)
{
  const TnSeen *seen = tn_snapshot_find_seen (input->snapshot, link->uid);
  if (seen != NULL ? seen->event->is_private : link->state == TN_LINK_PRIVATE)
    {
      leave_alone (changes, link, seen, TN_LINK_PRIVATE,
                   "the plan does not show it here any more, but it was made private; remove it by "
                   "hand if nobody wants it");
      return TRUE;
    }
  if (seen != NULL ? seen->event->has_rule : link->state == TN_LINK_UNTENDED)
    {
      leave_alone (changes, link, seen, TN_LINK_UNTENDED,
                   "the plan does not show it here any more, but it was made a recurring event; "
                   "remove it by hand if nobody wants it");
      return TRUE;
    }
  return FALSE;
}

/**
 * tn_orphan_diff:
 * @changes: (element-type TnChange): what is to be done with it is added
 * @link: of an event that the plan does not have for this calendar
 * @occurrence: (nullable): which the plan has all the same
 * @milestone: (nullable): of it, if it is one
 *
 * Source: design section 7, Lifecycle.
 */
void
tn_orphan_diff (const TnDiffInput *input, GPtrArray *changes, const TnLink *link,
                const TnOccurrence *occurrence, const TnMilestone *milestone)
{
  if (tn_snapshot_find_problem (input->snapshot, link->uid) != NULL)
    return; /* what nobody can read is not removed; it is reported once for all */
  TnWhen when = { 0 };
  gboolean dated = parse_when (link, &when);
  if (occurrence != NULL && occurrence->status == TN_STATUS_UNPLACED)
    {
      add_wait (changes, link,
                "the rules leave no day for it any more; it stays until somebody decides a date");
      return;
    }
  gboolean tended = dated && when.days.end > tn_plan_get_today (input->plan)
                    && tn_span_overlaps (when.days, tn_plan_get_span (input->plan));
  if (!tended)
    return; /* design section 7: what leaves the window stays, untended */
  if (tn_snapshot_is_absent (input->snapshot, link->uid)
      && tn_snapshot_find_seen (input->snapshot, link->uid) == NULL)
    {
      /* A person may have moved it to where something came broken just now. */
      if (!tn_snapshot_has_new_wreck (input->snapshot))
        g_ptr_array_add (changes, tn_change_new (TN_CHANGE_FORGET, NULL, link));
      return;
    }
  if (link->state == TN_LINK_STRAY)
    {
      add_wait (changes, link, STRAY);
      return;
    }
  if (leave_to_person (input, changes, link))
    return;
  if (g_strcmp0 (link->wished[TN_FIELD_STATUS], "confirmed") == 0
      && strstr (link->key, "\nm=") == NULL)
    {
      add_wait (changes, link,
                "is confirmed, but no charter knows it any more; remove it by hand if it is void");
      return;
    }
  if (link->n_attendees > 0 && (input->caps & TURNUS_CAP_NO_MAIL) == 0)
    {
      add_wait (changes, link,
                "no charter knows it any more, but people are invited to it; remove it by hand");
      return;
    }
  g_ptr_array_add (changes, make_removal (input, link, occurrence, milestone));
}

/* In a shared calendar another daemon may show what ours does not. */
static gboolean
is_others (const TnDiffInput *input, const TnSeen *seen)
{
  g_autoptr (TnStamp) stamp
      = seen->event->stamp != NULL ? tn_stamp_parse (seen->event->stamp, NULL) : NULL;
  return input->calendar->shared && (stamp == NULL || strcmp (stamp->by, input->council) != 0);
}

static TnLink *
new_stray (const TnDiffInput *input, const TnSeen *seen, const char *key)
{
  TnLink *link = tn_link_new (input->calendar->id, seen->uid, key);
  link->state = TN_LINK_STRAY;
  tn_text_set (&link->item_id, seen->id);
  tn_text_set (&link->revision, seen->revision);
  link->n_attendees = seen->event->n_attendees;
  for (guint i = 0; !seen->event->is_private && i < TN_N_FIELDS; i++)
    {
      g_free (link->shown[i]);
      link->shown[i] = tn_event_dup_field (seen->event, (TnField) i);
      tn_text_set (&link->wished[i], link->shown[i]);
    }
  return link;
}

/**
 * tn_orphan_find_stray:
 * @changes: (element-type TnChange): what is to be done with it is added
 * @occurrence: of the plan, which does not show it in this calendar, and nothing is remembered of
 * @milestone: (nullable): of it, if it is one
 *
 * An event of the plan that stands where it does not show it: a write that arrived after its daemon
 * had died, or a person's copy of another council's event. Which of the two cannot be known, so it
 * is told and left (promise 3, hazard 28).
 */
void
tn_orphan_find_stray (const TnDiffInput *input, GPtrArray *changes, const TnOccurrence *occurrence,
                      const TnMilestone *milestone)
{
  const TnSeen *seen = tn_snapshot_find_seen (input->snapshot,
                                              milestone != NULL ? milestone->uid : occurrence->uid);
  if (seen == NULL || is_others (input, seen))
    return;
  g_autoptr (TnLink) link
      = new_stray (input, seen, milestone != NULL ? milestone->key : occurrence->key);
  g_ptr_array_add (changes, tn_change_new (TN_CHANGE_REMEMBER, NULL, link));
  add_wait (changes, link, STRAY);
}
