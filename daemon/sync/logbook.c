/* The last thing of every pass: how it went is remembered. */
#include "sync/logbook.h"

#include "sync/record.h"

/* What others' journals told, or did not, is known now. */
static void
look_at_journal (const TnRound *round, TnPassResult *result)
{
  gboolean is_in_step = result->version == tn_book_get_version (round->book);
  tn_book_look_for_newer (round->book);
  if (round->before->last_good_us != 0 || result->problem != NULL)
    return;
  tn_book_call_again (round->book);
  if (is_in_step)
    result->version = tn_book_get_version (round->book);
}

/**
 * tn_logbook_enter:
 * @result: (inout): keeps what people read, and the version that the calendar is in step with
 * @has_person: a person looks
 *
 * Stores how the pass of @round went. A preview leaves one trace only: that a person has looked.
 *
 * Errors: what the store says.
 */
gboolean
tn_logbook_enter (TnRound *round, TnPassResult *result, gboolean has_person, GError **error)
{
  tn_pass_result_keep (result, round->is_preview);
  if (round->calendar->shared && !round->is_preview)
    look_at_journal (round, result);
  gboolean has_looked
      = has_person && round->state->contact == TN_CONTACT_NEW && result->problem == NULL;
  if (has_looked)
    round->state->contact = TN_CONTACT_SEEN;
  if (!round->is_preview)
    tn_pass_result_note (result, round->state, tn_clock_now_us (tn_book_get_clock (round->book)));
  if (!has_looked && round->is_preview)
    return TRUE;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  return tn_record_commit_state (round->book, batch, &round->kept, round->state, error);
}
