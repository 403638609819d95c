/* A round: the decision step of a pass, one chapter of the plan at a time. recall -> look -> weigh,
 * and the outbox carries it out.
 *
 * Recall finds which of the items read are events of the plan, when nothing remembered says so.
 * Look judges what people changed, and counts what is gone. Weigh compares every event with the
 * plan that follows, to know what the guards must know before the first write; it keeps what people
 * are to read, and which chapters are busy. The outbox does those once more. A round stores
 * nothing; each step is a pure function of what was pulled, the ledger and one chapter, so that
 * doing it again costs time and nothing else. */
#include "sync/round.h"

#include "sync/reckoning.h"
#include "sync/recognition.h"
#include "sync/twins.h"

/**
 * tn_round_new:
 *
 * Errors: what the store says.
 * Returns: (transfer full) (nullable): a round that knows what is remembered of @calendar
 */
TnRound *
tn_round_new (TnBook *book, const TnCalendar *calendar, GError **error)
{
  TnStore *store = tn_book_get_store (book);
  TnRound *round = g_new0 (TnRound, 1);
  round->book = g_object_ref (book);
  round->calendar = calendar;
  round->chapters = tn_chapters_ref (tn_book_get_chapters (book));
  round->study = tn_study_new (book, calendar);
  round->judgement = tn_judgement_new ();
  round->twins = tn_twins_new ();
  round->planned = g_hash_table_new (g_str_hash, g_str_equal);
  round->busy = g_hash_table_new (NULL, NULL);
  round->writes = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_change_free);
  round->leaves = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_leaf_free);
  round->state = tn_store_load_calendar (store, calendar->id, error);
  round->traces = round->state != NULL ? tn_store_load_traces (store, calendar->id, error) : NULL;
  round->intents
      = round->traces != NULL ? tn_store_load_intents (store, calendar->id, error) : NULL;
  round->sightings
      = round->intents != NULL ? tn_store_load_sightings (store, calendar->id, error) : NULL;
  if (round->sightings != NULL)
    {
      round->before = tn_calendar_state_copy (round->state);
      round->kept = tn_calendar_state_copy (round->state);
      return round;
    }
  tn_round_free (round);
  return NULL;
}

void
tn_round_free (TnRound *round)
{
  if (round == NULL)
    return;
  g_ptr_array_unref (round->writes);
  g_ptr_array_unref (round->leaves);
  tn_study_free (round->study);
  tn_snapshot_free (round->snapshot);
  g_clear_pointer (&round->listing, turnus_listing_free);
  g_clear_pointer (&round->traces, g_ptr_array_unref);
  g_clear_pointer (&round->intents, g_ptr_array_unref);
  g_clear_pointer (&round->sightings, g_ptr_array_unref);
  g_clear_pointer (&round->doubtful, g_ptr_array_unref);
  tn_calendar_state_free (round->state);
  tn_calendar_state_free (round->before);
  tn_calendar_state_free (round->kept);
  tn_judgement_free (round->judgement);
  g_hash_table_unref (round->twins);
  g_hash_table_unref (round->planned);
  g_hash_table_unref (round->busy);
  tn_ledger_unref (round->ledger);
  tn_ledger_unref (round->told);
  tn_chapters_unref (round->shown);
  tn_chapters_unref (round->chapters);
  g_free (round->closed);
  g_free (round->braked);
  g_object_unref (round->book);
  g_free (round);
}

guint
tn_round_get_size (const TnRound *round)
{
  return tn_chapters_get_size (round->chapters);
}

/**
 * tn_round_is_doubtful:
 *
 * Returns: %TRUE when tn_round_recall() has to say which of the items read are events of the plan
 */
gboolean
tn_round_is_doubtful (TnRound *round)
{
  g_clear_pointer (&round->doubtful, g_ptr_array_unref);
  round->doubtful = tn_recognition_list_doubtful (round->snapshot);
  return round->doubtful->len > 0;
}

/**
 * tn_round_recall:
 *
 * Looks for the doubtful UIDs in a chapter.
 */
void
tn_round_recall (TnRound *round, guint index)
{
  g_autoptr (TnPlan) plan = tn_book_plan_chapter (round->book, round->chapters, index,
                                                  tn_book_get_ledger (round->book));
  for (guint i = 0; i < round->doubtful->len; i++)
    {
      const char *uid = g_ptr_array_index (round->doubtful, i);
      const TnOccurrence *occurrence = tn_plan_find_uid (plan, uid, NULL);
      if (occurrence != NULL)
        tn_recognition_take_planned (round->snapshot, uid, occurrence->collaboration->zone);
    }
}

/* Strangers that were read since change what was found: it is found anew. */
static void
forget_findings (TnRound *round)
{
  tn_judgement_free (round->judgement);
  round->judgement = tn_judgement_new ();
  g_hash_table_remove_all (round->twins);
  g_hash_table_remove_all (round->planned);
  g_hash_table_remove_all (round->busy);
  round->count = (TnGuardCount){ 0 };
  g_clear_pointer (&round->shown, tn_chapters_unref);
  g_clear_pointer (&round->ledger, tn_ledger_unref);
  g_clear_pointer (&round->closed, g_free);
  g_clear_pointer (&round->braked, g_free);
}

/**
 * tn_round_begin_looking:
 *
 * What was read is recognised, and what the journals among it tell is learned; all that follows
 * from it is found out now.
 */
gboolean
tn_round_begin_looking (TnRound *round, GError **error)
{
  if (round->calendar->shared)
    tn_recognition_take_pages (round->snapshot, tn_book_get_settings (round->book)->council,
                               tn_book_get_today (round->book));
  tn_recognition_settle (round->snapshot);
  forget_findings (round);
  round->day = tn_book_get_today (round->book);
  return tn_study_learn (round->study, round->snapshot, round->is_preview, error);
}

/**
 * tn_round_look:
 *
 * Judges what people changed in a chapter, and counts what is gone of it.
 *
 * Errors: here and below: what the store says; %TN_ERROR_CONFLICT when the round has to begin anew.
 */
gboolean
tn_round_look (TnRound *round, guint index, GError **error)
{
  g_autoptr (TnLeaf) leaf = tn_reckoning_open (round, index, error);
  if (leaf == NULL)
    return FALSE;
  TnDiffInput input = tn_reckoning_make_input (round, leaf);
  tn_guard_count_links (&input, &round->count);
  g_autoptr (TnJudgement) judgement = tn_reckoning_judge (round, index, &leaf);
  tn_twins_look (round->twins, leaf->postings, round->snapshot);
  if (judgement->decisions->len + judgement->proposals->len + judgement->history->len > 0)
    g_hash_table_add (round->busy, GUINT_TO_POINTER (index));
  tn_judgement_take (round->judgement, judgement);
  return TRUE;
}

static gboolean
is_for_people (const TnRound *round, const TnChange *change)
{
  return change->is_held || change->kind == TN_CHANGE_WAIT || change->kind == TN_CHANGE_TWIN
         || tn_guard_is_braked (change)
         || (round->is_preview && tn_change_get_sign (change) != ' ');
}

/* What is to be done about the journal, before anything else is. */
static gboolean
survey (TnRound *round, TnPassResult *result, GError **error)
{
  g_autoptr (TnLeaf) leaf = tn_leaf_new (round->book, round->calendar, round->shown,
                                         tn_chapters_get_size (round->shown), round->ledger, NULL);
  TnDiffInput input = tn_reckoning_make_input (round, leaf);
  if (!tn_study_survey (round->study, &input, round->snapshot, round->judgement, error))
    return FALSE;
  tn_guard_hold (round->study->changes, round->closed, NULL);
  for (guint i = 0; i < round->study->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (round->study->changes, i);
      if (change->kind == TN_CHANGE_CREATE)
        round->has_creation = TRUE;
      if (is_for_people (round, change))
        g_ptr_array_add (result->changes, tn_change_copy_told (change));
    }
  return TRUE;
}

/* As tn_guard_find_vanished(), after all chapters were looked at. */
TnHold
tn_round_find_vanished (TnRound *round, char **ret_text)
{
  return tn_guard_find_vanished (round->calendar, round->before, &round->count, ret_text);
}

/**
 * tn_round_begin_weighing:
 * @result: whose changes are collected anew
 */
gboolean
tn_round_begin_weighing (TnRound *round, TnPassResult *result, GError **error)
{
  tn_twins_mark (round->twins, round->snapshot, round->sightings, round->calendar->id);
  g_clear_pointer (&round->shown, tn_chapters_unref);
  g_clear_pointer (&round->ledger, tn_ledger_unref);
  g_clear_pointer (&round->closed, g_free);
  g_clear_pointer (&round->braked, g_free);
  g_hash_table_remove_all (round->planned);
  round->count = (TnGuardCount){ 0 };
  round->has_creation = FALSE;
  round->is_seen_once = FALSE;
  result->is_absence_open = FALSE;
  g_ptr_array_set_size (result->changes, 0);
  round->shown = round->is_preview ? tn_book_dup_new_chapters (round->book) : NULL;
  if (round->shown == NULL)
    round->shown = tn_chapters_ref (round->chapters);
  round->ledger = tn_book_make_ledger (round->book, round->shown, round->judgement->decisions);
  TnDiffInput input = { .calendar = round->calendar,
                        .snapshot = round->snapshot,
                        .state = round->before,
                        .is_granted = round->is_granted };
  round->closed = tn_guard_find_closed (&input);
  return survey (round, result, error);
}

static gboolean
has_open_intent (const TnRound *round, const TnPlan *plan)
{
  for (guint i = 0; i < round->intents->len; i++)
    if (tn_plan_find_uid (plan, ((TnIntent *) g_ptr_array_index (round->intents, i))->uid, NULL)
        != NULL)
      return TRUE;
  return FALSE;
}

/* A listing of changes tells of what is new, and of what is gone, but that is not enough. */
static gboolean
is_seen_once (const TnRound *round, const TnChange *change)
{
  return change->puts_back ? change->n_looks < 2 : round->listing->full;
}

/* Takes the changes that people read out of @changes; without their postings, which go. */
static void
note_changes (TnRound *round, guint index, GPtrArray *changes, TnPassResult *result)
{
  for (guint i = 0; i < changes->len; i++)
    {
      TnChange *change = g_ptr_array_index (changes, i);
      if (change->kind != TN_CHANGE_WAIT && change->kind != TN_CHANGE_TWIN)
        g_hash_table_add (round->busy, GUINT_TO_POINTER (index));
      if (change->kind == TN_CHANGE_CREATE)
        round->has_creation = TRUE;
      if (change->kind == TN_CHANGE_CREATE && !change->is_held && is_seen_once (round, change))
        round->is_seen_once = TRUE;
      if (change->kind == TN_CHANGE_REMEMBER && change->link->state == TN_LINK_ABSENT)
        result->is_absence_open = TRUE;
      if (!is_for_people (round, change))
        continue;
      change->posting = NULL;
      changes->pdata[i] = NULL;
      g_ptr_array_add (result->changes, change);
    }
}

/**
 * tn_round_weigh:
 * @index: of the chapter; behind the last one is what no chapter has
 *
 * Works out what is to be done, and keeps what people are to read of it.
 */
gboolean
tn_round_weigh (TnRound *round, guint index, TnPassResult *result, GError **error)
{
  g_autoptr (TnLeaf) leaf = tn_leaf_new (round->book, round->calendar, round->shown, index,
                                         round->ledger, round->judgement->proposals);
  TnDiffInput input = tn_reckoning_make_input (round, leaf);
  TnRecollection recollection = tn_reckoning_make_recollection (round);
  tn_recollection_note_planned (&recollection, leaf->plan, round->planned);
  tn_snapshot_close_links (round->snapshot);
  g_autoptr (GPtrArray) changes = tn_reckoning_list_changes (
      round, leaf, index == tn_chapters_get_size (round->shown), error);
  if (changes == NULL)
    return FALSE;
  tn_guard_count_links (&input, &round->count);
  tn_guard_count_changes (changes, &round->count);
  if (has_open_intent (round, leaf->plan))
    g_hash_table_add (round->busy, GUINT_TO_POINTER (index));
  note_changes (round, index, changes, result);
  return TRUE;
}

/**
 * tn_round_end_weighing:
 *
 * The brake speaks when all is known.
 */
void
tn_round_end_weighing (TnRound *round, TnPassResult *result)
{
  g_clear_pointer (&result->hold_text, g_free);
  result->hold = TN_HOLD_NONE;
  if (round->closed == NULL && !round->is_granted && !round->before->is_approved)
    result->hold = tn_guard_find_braked (round->calendar, &round->count, &result->hold_text);
  round->braked = g_strdup (result->hold_text);
  tn_guard_hold (result->changes, NULL, round->braked);
  g_ptr_array_sort (result->changes, tn_change_compare);
  if (round->is_preview)
    tn_pass_result_take (result, round->judgement);
}
