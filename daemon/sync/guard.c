/* Guards (design sections 5, 7 and 8): modes, first contact, and the brake. Pure: they mark changes
 * as held and say why; nothing is dropped. */
#include "sync/guard.h"

#include <string.h>

static guint
count_future_links (const TnDiffInput *input, guint *ret_absent)
{
  guint future = 0;
  guint absent = 0;
  for (guint i = 0; i < input->postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (input->postings, i);
      const TnLink *link = tn_snapshot_find_link (input->snapshot, posting->event->uid);
      if (link == NULL || link->state == TN_LINK_AWAY || link->state == TN_LINK_NOT_HERE)
        continue;
      future += posting->is_future ? 1 : 0;
      absent += tn_snapshot_find_seen (input->snapshot, posting->event->uid) == NULL
                        && tn_snapshot_is_absent (input->snapshot, link)
                    ? 1
                    : 0;
    }
  if (ret_absent != NULL)
    *ret_absent = absent;
  return future;
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
tn_guard_find_vanished (const TnDiffInput *input, char **ret_text)
{
  guint absent = 0;
  guint future = count_future_links (input, &absent);
  guint limit = MAX ((guint) input->calendar->brake_removals,
                     share_of (future, input->calendar->brake_percent));
  if (absent <= limit || input->state->is_approved)
    return TN_HOLD_NONE;
  *ret_text = g_strdup_printf (
      "%u managed events are gone from it at once; nothing is concluded from that and nothing is "
      "written: restore the calendar, or 'turnusctl approve %s' to have them put back",
      absent, input->calendar->id);
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
  return FALSE;
}

/* Why nothing at all may be written to the calendar yet; NULL when it may. */
static char *
find_closed (const TnDiffInput *input)
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

static gboolean
is_braked (const TnChange *change)
{
  return change->by_rule && (change->kind == TN_CHANGE_REMOVE || change->kind == TN_CHANGE_UPDATE);
}

static TnHold
brake (const TnDiffInput *input, GPtrArray *changes, char **ret_text)
{
  guint removals = 0;
  guint by_rule = 0;
  for (guint i = 0; i < changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (changes, i);
      removals += tn_change_is_write (change) && change->kind == TN_CHANGE_REMOVE && change->by_rule
                      ? 1
                      : 0;
      by_rule += tn_change_is_write (change) && change->kind == TN_CHANGE_UPDATE && change->by_rule
                     ? 1
                     : 0;
    }
  guint future = count_future_links (input, NULL);
  if (removals <= (guint) input->calendar->brake_removals
      && by_rule <= share_of (future, input->calendar->brake_percent))
    return TN_HOLD_NONE;

  *ret_text = g_strdup_printf (
      "%u removals and %u changes by rule among %u future events are more than the brake allows: "
      "look at 'turnusctl plan', then 'turnusctl approve %s'",
      removals, by_rule, future, input->calendar->id);
  for (guint i = 0; i < changes->len; i++)
    {
      TnChange *change = g_ptr_array_index (changes, i);
      if (is_braked (change) && !change->is_held)
        tn_change_hold (change, *ret_text);
    }
  return TN_HOLD_BRAKE;
}

/**
 * tn_guard_hold:
 * @changes: (element-type TnChange): those that may not be made yet are marked as held
 * @ret_text: (out): what a person is told; untouched when nothing is held by the brake
 *
 * Returns: %TN_HOLD_BRAKE when the brake holds, else %TN_HOLD_NONE
 */
TnHold
tn_guard_hold (const TnDiffInput *input, GPtrArray *changes, char **ret_text)
{
  g_autofree char *closed = find_closed (input);
  for (guint i = 0; closed != NULL && i < changes->len; i++)
    {
      TnChange *change = g_ptr_array_index (changes, i);
      if (tn_change_is_write (change))
        tn_change_hold (change, closed);
    }
  if (closed != NULL || input->is_granted || input->state->is_approved)
    return TN_HOLD_NONE;
  return brake (input, changes, ret_text);
}
