/* Guards (design sections 5, 7 and 8): modes, first contact, and the brake. Pure: they mark changes
 * as held and say why; nothing is dropped. */
#include "sync/guard.h"

#include <string.h>

/**
 * tn_guard_count_links:
 *
 * Adds the linked events of @input's plan that are future, and those that are gone.
 */
void
tn_guard_count_links (const TnDiffInput *input, TnGuardCount *count)
{
  for (guint i = 0; i < input->postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (input->postings, i);
      const TnLink *link = tn_snapshot_find_link (input->snapshot, posting->event->uid);
      if (link == NULL || link->state == TN_LINK_AWAY || link->state == TN_LINK_NOT_HERE)
        continue;
      count->n_future += posting->is_future ? 1 : 0;
      count->n_absent += tn_snapshot_find_seen (input->snapshot, posting->event->uid) == NULL
                                 && tn_snapshot_is_absent (input->snapshot, link->uid)
                             ? 1
                             : 0;
    }
}

/**
 * tn_guard_count_changes:
 * @changes: (element-type TnChange)
 *
 * Adds what the brake is for.
 */
void
tn_guard_count_changes (GPtrArray *changes, TnGuardCount *count)
{
  for (guint i = 0; i < changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (changes, i);
      if (!tn_change_is_write (change) || !change->by_rule)
        continue;
      count->n_removals += change->kind == TN_CHANGE_REMOVE ? 1 : 0;
      count->n_by_rule += change->kind == TN_CHANGE_UPDATE ? 1 : 0;
    }
}

static guint
share_of (guint whole, int percent)
{
  return whole * (guint) percent / 100;
}

/**
 * tn_guard_find_vanished:
 * @ret_text: (out): what a person is told; untouched when there is nothing to tell
 *
 * A calendar whose managed events vanish in bulk is held: the evidence is doubtful (promise 3,
 * hazards 2, 15 and 18). One or two deletions are what people do.
 *
 * Returns: %TN_HOLD_VANISHED or %TN_HOLD_NONE
 */
TnHold
tn_guard_find_vanished (const TnCalendar *calendar, const TnCalendarState *state,
                        const TnGuardCount *count, char **ret_text)
{
  guint limit
      = MAX ((guint) calendar->brake_removals, share_of (count->n_future, calendar->brake_percent));
  if (count->n_absent <= limit || state->is_approved)
    return TN_HOLD_NONE;
  *ret_text = g_strdup_printf (
      "%u managed events are gone from it at once; nothing is concluded from that and nothing is "
      "written: restore the calendar, or 'turnusctl approve %s' to have them put back",
      count->n_absent, calendar->id);
  return TN_HOLD_VANISHED;
}

static gboolean
has_strangers (const TnDiffInput *input)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, input->snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (tn_snapshot_is_stranger (input->snapshot, value))
      return TRUE;
  g_hash_table_iter_init (&iter, input->snapshot->sightings);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const char *id = ((const TnSighting *) value)->item_id;
      if (g_hash_table_contains (input->snapshot->listed, id)
          && !g_hash_table_contains (input->snapshot->items, id))
        return TRUE;
    }
  return FALSE;
}

/**
 * tn_guard_find_closed:
 *
 * Returns: (transfer full) (nullable): why nothing at all may be written to the calendar yet
 */
char *
tn_guard_find_closed (const TnDiffInput *input)
{
  const TnCalendar *calendar = input->calendar;
  if (calendar->mode == TN_MODE_OBSERVE)
    return g_strdup ("the calendar's mode is \"observe\": nothing is written to it");
  if (input->state->contact == TN_CONTACT_PUBLISHED || input->is_granted)
    return NULL;
  if (calendar->mode == TN_MODE_ASK)
    return g_strdup_printf (
        "the first publication to this calendar waits: look at 'turnusctl plan', then "
        "'turnusctl apply %s'",
        calendar->id);
  if (input->state->contact == TN_CONTACT_NEW && has_strangers (input))
    return g_strdup ("there are events of others in this calendar, some may be the same meetings: "
                     "look at 'turnusctl plan' first");
  return NULL;
}

gboolean
tn_guard_is_braked (const TnChange *change)
{
  return change->by_rule && (change->kind == TN_CHANGE_REMOVE || change->kind == TN_CHANGE_UPDATE);
}

/**
 * tn_guard_find_braked:
 * @count: of the whole calendar
 * @ret_text: (out): what a person is told; untouched when nothing is held by the brake
 *
 * Returns: %TN_HOLD_BRAKE when the brake holds, else %TN_HOLD_NONE
 */
TnHold
tn_guard_find_braked (const TnCalendar *calendar, const TnGuardCount *count, char **ret_text)
{
  if (count->n_removals <= (guint) calendar->brake_removals
      && count->n_by_rule <= share_of (count->n_future, calendar->brake_percent))
    return TN_HOLD_NONE;
  *ret_text = g_strdup_printf (
      "%u removals and %u changes by rule among %u future events are more than the brake allows: "
      "look at 'turnusctl plan', then 'turnusctl approve %s'",
      count->n_removals, count->n_by_rule, count->n_future, calendar->id);
  return TN_HOLD_BRAKE;
}

/**
 * tn_guard_hold:
 * @changes: (element-type TnChange): those that may not be made yet are marked as held
 * @closed: (nullable): why nothing may be written
 * @braked: (nullable): why nothing may be written by rule
 */
void
tn_guard_hold (GPtrArray *changes, const char *closed, const char *braked)
{
  for (guint i = 0; i < changes->len; i++)
    {
      TnChange *change = g_ptr_array_index (changes, i);
      if (closed != NULL && tn_change_is_write (change))
        tn_change_hold (change, closed);
      else if (braked != NULL && tn_guard_is_braked (change) && !change->is_held)
        tn_change_hold (change, braked);
    }
}
