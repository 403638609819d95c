/* A busy chapter is reckoned once more, and what is decided on it is stored whole, with an intent
 * for each write, before anything of it is written (promise 8). */
#include "sync/outbox.h"

#include "base/error.h"
#include "base/text.h"
#include "sync/guests.h"
#include "sync/leaf.h"
#include "sync/reckoning.h"
#include "sync/record.h"
#include "sync/stay.h"

static gboolean
is_open_for_writing (const TnRound *round, const TnPassResult *result)
{
  for (guint i = 0; i < result->changes->len; i++)
    if (((const TnChange *) g_ptr_array_index (result->changes, i))->is_held)
      return FALSE;
  return round->calendar->mode != TN_MODE_OBSERVE;
}

/* What is gone cannot be put back while something that stands there is not known: then an approval
 * waits for the pass that can. */
static gboolean
is_approval_spent (const TnRound *round)
{
  return round->count.n_absent == 0 || tn_snapshot_is_certain (round->snapshot);
}

static gboolean
has_new_page (const TnRound *round)
{
  for (guint i = 0; i < round->study->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (round->study->changes, i);
      if (change->kind == TN_CHANGE_CREATE && !change->is_held)
        return TRUE;
    }
  return FALSE;
}

/**
 * tn_outbox_is_unproven:
 *
 * What is not remembered may stand there all the same: the state was lost, an event waits for a
 * journal, another daemon made it and a person moved it. A listing of changes would have told.
 *
 * Returns: %TRUE when one listing alone says that what is to be created is not there: of a new
 * event, of one that is put back because a person approved it, and of a page of the journal, which
 * is put back at once
 */
gboolean
tn_outbox_is_unproven (const TnRound *round, const TnPassResult *result)
{
  return has_new_page (round) || round->is_seen_once
         || (round->listing->full && is_open_for_writing (round, result)
             && tn_guests_is_any_new (round->book, round->calendar));
}

/**
 * tn_outbox_note_ledger:
 *
 * The pages of the journal are made of the ledger as it is now.
 */
void
tn_outbox_note_ledger (TnRound *round)
{
  tn_ledger_unref (round->told);
  round->told = tn_ledger_ref (tn_book_get_ledger (round->book));
}

/**
 * tn_outbox_is_behind:
 *
 * The pages of a journal are made before the events. What was decided since, elsewhere, would be
 * named in an event, and told on no page (design section 6). And a wish that is told under the day
 * of the judgement would be kept under another one (promise 9).
 */
gboolean
tn_outbox_is_behind (const TnRound *round)
{
  return round->calendar->shared
         && (round->told != tn_book_get_ledger (round->book)
             || round->day != tn_book_get_today (round->book));
}

/* First of all: they are written before any event. */
static void
hand_out_pages (TnRound *round)
{
  GPtrArray *changes = round->study->changes;
  for (guint i = 0; i < changes->len; i++)
    if (tn_change_is_write (g_ptr_array_index (changes, i)))
      {
        g_ptr_array_add (round->writes, g_ptr_array_index (changes, i));
        changes->pdata[i] = NULL;
      }
}

/**
 * tn_outbox_open:
 *
 * Stores what holds for the calendar as a whole, before anything is written to it.
 */
gboolean
tn_outbox_open (TnRound *round, const TnPassResult *result, GError **error)
{
  if (is_open_for_writing (round, result))
    {
      round->state->contact = TN_CONTACT_PUBLISHED;
      round->state->is_approved = round->state->is_approved && !is_approval_spent (round);
      tn_text_set (&round->state->rulebook_digest, tn_book_get_rulebook (round->book)->digest);
    }
  if (!tn_study_commit (round->study, round->intents, error))
    return FALSE;
  hand_out_pages (round);
  if (round->intents->len > 0)
    g_hash_table_add (round->busy, GUINT_TO_POINTER (tn_round_get_size (round)));
  TnRecord record = { .book = round->book,
                      .calendar = round->calendar,
                      .snapshot = round->snapshot,
                      .is_first = round->before->last_good_us == 0 };
  g_autoptr (TnBatch) batch = tn_batch_new ();
  if (!tn_record_batch_strangers (&record, round->twins, batch, error))
    return FALSE;
  if (g_hash_table_size (round->busy) > 0)
    return tn_record_commit_state (round->book, batch, &round->kept, round->state, error);
  return tn_batch_is_empty (batch)
         || tn_store_commit (tn_book_get_store (round->book), batch, error);
}

static void
hand_out_writes (TnRound *round, TnLeaf *leaf, GPtrArray *changes)
{
  guint n_before = round->writes->len;
  for (guint i = 0; i < changes->len; i++)
    {
      if (!tn_change_is_write (g_ptr_array_index (changes, i)))
        continue;
      g_ptr_array_add (round->writes, g_ptr_array_index (changes, i));
      changes->pdata[i] = NULL;
    }
  if (round->writes->len > n_before)
    g_ptr_array_add (round->leaves, leaf);
  else
    tn_leaf_free (leaf);
}

static gboolean
is_rulebook_replaced (const TnRound *round, GError **error)
{
  if (tn_book_get_chapters (round->book) == round->chapters)
    return FALSE;
  g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT, "the charters were changed meanwhile");
  return TRUE;
}

/**
 * tn_outbox_put:
 * @index: of the chapter; behind the last one is what no chapter has
 *
 * Stores what was decided on a busy chapter, with the intents of the writes that follow, and adds
 * these to the writes.
 *
 * Errors: what the store says; %TN_ERROR_CONFLICT when another rulebook is in force now.
 */
gboolean
tn_outbox_put (TnRound *round, guint index, TnPassResult *result, GError **error)
{
  if (!g_hash_table_contains (round->busy, GUINT_TO_POINTER (index)))
    return TRUE;
  if (is_rulebook_replaced (round, error))
    return FALSE;
  g_autoptr (TnLeaf) leaf = tn_reckoning_open (round, index, error);
  if (leaf == NULL)
    return FALSE;
  g_autoptr (TnJudgement) judgement = tn_reckoning_judge (round, index, &leaf);
  gboolean is_rest = index == tn_round_get_size (round);
  g_autoptr (GPtrArray) changes = tn_reckoning_list_changes (round, leaf, is_rest, error);
  if (changes == NULL)
    return FALSE;
  TnRecord record = { .book = round->book,
                      .calendar = round->calendar,
                      .snapshot = round->snapshot,
                      .intents = round->intents,
                      .is_rest = is_rest,
                      .plan = leaf->plan,
                      .changes = changes,
                      .judgement = judgement };
  if (!tn_record_commit (&record, error))
    return FALSE;
  tn_pass_result_take (result, judgement);
  hand_out_writes (round, g_steal_pointer (&leaf), changes);
  return TRUE;
}

/**
 * tn_outbox_clear:
 *
 * The writes were made, or will not be.
 */
void
tn_outbox_clear (TnRound *round)
{
  g_ptr_array_set_size (round->writes, 0);
  g_ptr_array_set_size (round->leaves, 0);
}

/**
 * tn_outbox_close:
 *
 * All chapters were put in, and written: what was listed need not be listed again, and strangers
 * that are none are forgotten. Of one that was neither remembered as a stranger nor linked yet, a
 * listing of changes would never tell after a crash, and its event would be created again (promise
 * 2).
 */
gboolean
tn_outbox_close (TnRound *round, GError **error)
{
  TnRecord record
      = { .book = round->book, .calendar = round->calendar, .snapshot = round->snapshot };
  return tn_record_end (&record, round->sightings, round->listing, round->state, error);
}
