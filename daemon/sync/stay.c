/* What a round has to know and to store of guests and their mirrors: they stand beside the plan,
 * and no chapter has them. */
#include "sync/stay.h"

#include "sync/guests.h"
#include "sync/mirrors.h"

/**
 * tn_stay_needs_all:
 *
 * A deletion counts when two complete listings say so, and a listing of changes says nothing about
 * what did not change (design section 7). Open intents are settled against all that is there.
 */
gboolean
tn_stay_needs_all (const TnRound *round)
{
  for (guint i = 0; i < round->traces->len; i++)
    if (((const TnTrace *) g_ptr_array_index (round->traces, i))->state == TN_LINK_ABSENT)
      return TRUE;
  return round->intents->len > 0 || tn_guests_is_open (round->book, round->calendar);
}

/**
 * tn_stay_wants_creation:
 *
 * Returns: %TRUE when an event of the plan, or a guest of another calendar, is to be created
 */
gboolean
tn_stay_wants_creation (const TnRound *round)
{
  return round->has_creation || tn_guests_is_any_new (round->book, round->calendar);
}

/**
 * tn_stay_take:
 * @result: (inout): is told what holds the calendar
 *
 * Stores what the calendar shows of guests, before anything says that it was read.
 *
 * Errors: what the store says.
 */
gboolean
tn_stay_take (const TnRound *round, TnPassResult *result, GError **error)
{
  const TnVisit visit = { .book = round->book,
                          .calendar = round->calendar,
                          .snapshot = round->snapshot,
                          .caps = round->caps,
                          .is_first = round->before->last_good_us == 0,
                          .is_approved = round->before->is_approved };
  char *text = NULL;
  result->was_approved = visit.is_approved;
  if (!tn_guests_take (&visit, &text, error) || !tn_mirrors_take (&visit, error))
    return FALSE;
  if (text != NULL && result->hold == TN_HOLD_NONE)
    {
      result->hold = TN_HOLD_VANISHED;
      result->hold_text = text;
    }
  else
    g_free (text);
  result->is_absence_open
      = result->is_absence_open || tn_guests_is_open (round->book, round->calendar);
  return TRUE;
}
