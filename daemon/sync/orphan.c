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

/* Source: design section 7, Lifecycle. */
static void
diff_link (const TnDiffInput *input, GPtrArray *changes, const TnLink *link)
{
  TnWhen when = { 0 };
  gboolean dated = parse_when (link, &when);
  const TnMilestone *milestone = NULL;
  const TnOccurrence *occurrence = tn_plan_find_uid (input->plan, link->uid, &milestone);
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
  if (tn_snapshot_is_absent (input->snapshot, link)
      && tn_snapshot_find_seen (input->snapshot, link->uid) == NULL)
    {
      g_ptr_array_add (changes, tn_change_new (TN_CHANGE_FORGET, NULL, link));
      return;
    }
  if (link->state == TN_LINK_STRAY)
    {
      add_wait (changes, link, STRAY);
      return;
    }
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
new_stray (const TnDiffInput *input, const TnSeen *seen)
{
  const TnMilestone *milestone = NULL;
  const TnOccurrence *occurrence = tn_plan_find_uid (input->plan, seen->uid, &milestone);
  if (occurrence == NULL)
    return NULL;
  TnLink *link = tn_link_new (input->calendar->id, seen->uid,
                              milestone != NULL ? milestone->key : occurrence->key);
  link->state = TN_LINK_STRAY;
  tn_text_set (&link->item_id, seen->id);
  tn_text_set (&link->revision, seen->revision);
  link->n_attendees = seen->event->n_attendees;
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_free (link->shown[i]);
      link->shown[i] = tn_event_dup_field (seen->event, (TnField) i);
      tn_text_set (&link->wished[i], link->shown[i]);
    }
  return link;
}

/* Events of the plan that stand where it does not show them, and that nobody remembers: a write
 * that arrived after its daemon had died, or a person's copy of another council's event. Which of
 * the two cannot be known, so they are told and left (promise 3, hazard 28). */
static void
find_strays (const TnDiffInput *input, GPtrArray *changes, GHashTable *wanted)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, input->snapshot->by_uid);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSeen *seen = value;
      if (g_hash_table_contains (wanted, seen->uid) || is_others (input, seen)
          || tn_snapshot_find_link (input->snapshot, seen->uid) != NULL)
        continue;
      g_autoptr (TnLink) link = new_stray (input, seen);
      if (link == NULL)
        continue;
      g_ptr_array_add (changes, tn_change_new (TN_CHANGE_REMEMBER, NULL, link));
      add_wait (changes, link, STRAY);
    }
}

/**
 * tn_orphan_diff:
 * @changes: (element-type TnChange): what is to be done with orphans is added
 * @wanted: (element-type utf8): UIDs that the plan shows in this calendar
 */
void
tn_orphan_diff (const TnDiffInput *input, GPtrArray *changes, GHashTable *wanted)
{
  for (guint i = 0; i < input->links->len; i++)
    {
      const TnLink *link = g_ptr_array_index (input->links, i);
      if (!g_hash_table_contains (wanted, link->uid))
        diff_link (input, changes, link);
    }
  find_strays (input, changes, wanted);
}
