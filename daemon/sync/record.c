/* The record of a pass: what is stored before anything is written (design section 8, step 7), one
 * chapter at a time, so that no transaction holds the main loop. How far the listing was read is
 * stored when all chapters are: what a crash leaves out is listed, and found, once more. */
#include "sync/record.h"

#include <string.h>

#include "base/text.h"
#include "sync/apply.h"
#include "sync/twins.h"

static gboolean
same_sighting (const TnSighting *known, const TnSeen *seen, const char *twin_of)
{
  return known != NULL && g_strcmp0 (known->revision, seen->revision) == 0
         && g_strcmp0 (known->problem, seen->problem) == 0
         && g_strcmp0 (known->twin_of, twin_of) == 0;
}

static gboolean
has_news (const TnRecord *record, GHashTable *twins)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, record->snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSeen *seen = value;
      const TnSighting *known = g_hash_table_lookup (record->snapshot->sightings, seen->id);
      if ((seen->event != NULL || seen->problem != NULL) && seen->uid == NULL
          && !same_sighting (known, seen, tn_twins_find_uid (twins, seen)))
        return TRUE;
    }
  return FALSE;
}

/* Of strangers id and revision are kept, nothing else (promise 6).
 * @stored: (element-type utf8 TnSighting): what is remembered by now: since the pass began a person
 *   may have said that one is no twin */
static void
remember_strangers (const TnRecord *record, GHashTable *twins, GHashTable *stored, TnBatch *batch)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, record->snapshot->items);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSeen *seen = value;
      const TnSighting *known = g_hash_table_lookup (stored, seen->id);
      gboolean was_read = seen->event != NULL || seen->problem != NULL;
      const char *twin_of = tn_twins_find_uid (twins, seen);
      if (!was_read || seen->uid != NULL || same_sighting (known, seen, twin_of))
        continue;
      /* What came broken just now is read once more at the next pass. */
      gboolean is_new_wreck = tn_snapshot_is_new_wreck (record->snapshot, seen);
      TnSighting *sighting
          = tn_sighting_new (record->calendar->id, seen->id, is_new_wreck ? "" : seen->revision);
      tn_text_set (&sighting->problem, seen->problem);
      tn_text_set (&sighting->twin_of, twin_of);
      sighting->not_twin = known != NULL && known->not_twin;
      sighting->is_new = !record->is_first && (known == NULL || known->is_new);
      tn_batch_put_sighting (batch, sighting);
      tn_sighting_free (sighting);
    }
}

static void
forget_strangers (const TnRecord *record, GPtrArray *sightings, TnBatch *batch)
{
  for (guint i = 0; i < sightings->len; i++)
    {
      const TnSighting *known = g_ptr_array_index (sightings, i);
      const TnSeen *seen = g_hash_table_lookup (record->snapshot->items, known->item_id);
      if (tn_snapshot_is_gone (record->snapshot, known->item_id)
          || (seen != NULL && seen->uid != NULL))
        tn_batch_drop_sighting (batch, record->calendar->id, known->item_id);
    }
}

/* The first publication settles the date, and so does one that the rules had to move (design
 * section 4, Stability). */
static gboolean
settles_date (const TnChange *change)
{
  gboolean shows_date
      = change->kind == TN_CHANGE_CREATE
        || (change->kind == TN_CHANGE_UPDATE && (change->fields & (1u << TN_FIELD_WHEN)) != 0);
  return shows_date && change->posting->occurrence != NULL && change->posting->milestone == NULL
         && !change->posting->occurrence->is_placed;
}

static TnDecision *
make_placed (const TnRecord *record, const TnOccurrence *occurrence)
{
  g_autofree char *value = tn_when_to_string (&occurrence->when);
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_PLACED;
  draft.on = tn_plan_get_today (record->plan);
  draft.by = tn_book_get_settings (record->book)->council;
  draft.source = "rules";
  draft.collaboration = occurrence->collaboration->id;
  draft.series = occurrence->series->id;
  draft.cycle = occurrence->cycle_text;
  draft.site = occurrence->site;
  draft.value = value;
  g_autoptr (TnDecision) decision = tn_decision_new (&draft);
  return tn_ledger_succeed (tn_plan_get_ledger (record->plan), decision);
}

/* While a field waits to be written nothing tells whose its value is: then it counts as theirs. */
static gboolean
is_of_people (const TnLink *link, TnField field)
{
  const char *wished = field == TN_FIELD_TEXT ? "" : link->wished[field];
  return link->shown[field] != NULL && g_strcmp0 (link->shown[field], wished) != 0;
}

/* What a person made of an event that goes is kept where it can be shown (promise 1), before it
 * goes: a crash in between must not lose it. */
static void
keep_words_of_people (const TnRecord *record, const TnChange *change, gint64 now_us, TnBatch *batch)
{
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      if (!is_of_people (change->link, (TnField) i))
        continue;
      TnHistory *history = tn_history_new ("removed");
      history->at_us = now_us;
      tn_text_set (&history->calendar, record->calendar->id);
      tn_text_set (&history->uid, change->uid);
      tn_text_set (&history->key, change->key);
      tn_text_set (&history->field, tn_field_to_string ((TnField) i));
      tn_text_set (&history->before, change->link->shown[i]);
      tn_text_set (&history->source, "rules");
      tn_batch_append_history (batch, history);
      tn_history_free (history);
    }
}

/**
 * tn_record_batch_change:
 *
 * Adds what is to be remembered of @change, and the intent of the write that it is.
 */
void
tn_record_batch_change (const TnChange *change, const char *calendar, gint64 now_us, TnBatch *batch)
{
  if (change->kind == TN_CHANGE_REMEMBER)
    tn_batch_put_link (batch, change->link);
  else if (change->kind == TN_CHANGE_FORGET)
    tn_batch_drop_link (batch, calendar, change->uid);
  else if (change->kind == TN_CHANGE_UPDATE)
    tn_batch_put_link (batch, change->pending);
  if (!tn_change_is_write (change))
    return;
  if (change->kind == TN_CHANGE_CREATE && change->pending != NULL)
    tn_batch_put_link (batch, change->pending);
  TnIntent *intent = tn_apply_make_intent (change, calendar, now_us);
  tn_batch_put_intent (batch, intent);
  tn_intent_free (intent);
}

static void
batch_change (const TnRecord *record, const TnChange *change, gint64 now_us, TnBatch *batch,
              GPtrArray *decisions)
{
  if (tn_change_is_write (change) && change->kind == TN_CHANGE_REMOVE)
    keep_words_of_people (record, change, now_us, batch);
  tn_record_batch_change (change, record->calendar->id, now_us, batch);
  if (tn_change_is_write (change) && settles_date (change))
    g_ptr_array_add (decisions, make_placed (record, change->posting->occurrence));
}

/* What stands at its place was listed as changed, and could not be read: whose words it has, nobody
 * knows yet. */
static gboolean
is_open (const TnRecord *record, const TnIntent *intent)
{
  const TnSeen *seen = g_hash_table_lookup (record->snapshot->items, intent->item_id);
  return seen != NULL && seen->event == NULL;
}

/* Intents of an earlier pass are settled by what the full listing showed: what they created or
 * changed is linked by the changes, what they did not do is not owed any more. */
static void
settle_intents (const TnRecord *record, TnBatch *batch)
{
  for (guint i = record->intents->len; i > 0; i--)
    {
      const TnIntent *intent = g_ptr_array_index (record->intents, i - 1);
      if (is_open (record, intent)
          || (!record->is_rest && tn_plan_find_uid (record->plan, intent->uid, NULL) == NULL))
        continue;
      tn_batch_drop_intent (batch, record->calendar->id, intent->uid);
      const TnLink *link = tn_snapshot_find_link (record->snapshot, intent->uid);
      if (intent->kind == TN_INTENT_REMOVE && link != NULL
          && tn_snapshot_is_absent (record->snapshot, link->uid))
        tn_batch_drop_link (batch, record->calendar->id, intent->uid);
      g_ptr_array_remove_index (record->intents, i - 1);
    }
}

/**
 * tn_record_commit:
 *
 * Everything that a pass decided on one chapter, in one transaction: people's decisions and
 * proposals, the intents of the writes that follow, and what the calendar showed.
 *
 * Errors: what the store says; nothing is stored then, and nothing may be written.
 */
gboolean
tn_record_commit (const TnRecord *record, GError **error)
{
  const TnJudgement *judgement = record->judgement;
  gint64 now_us = tn_clock_now_us (tn_book_get_clock (record->book));
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_autoptr (GPtrArray) decisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  for (guint i = 0; i < judgement->decisions->len; i++)
    g_ptr_array_add (decisions, tn_decision_ref (g_ptr_array_index (judgement->decisions, i)));
  for (guint i = 0; i < judgement->history->len; i++)
    tn_batch_append_history (batch, g_ptr_array_index (judgement->history, i));
  settle_intents (record, batch);
  for (guint i = 0; i < record->changes->len; i++)
    batch_change (record, g_ptr_array_index (record->changes, i), now_us, batch, decisions);
  if (tn_batch_is_empty (batch) && decisions->len == 0 && judgement->proposals->len == 0)
    return TRUE;
  return tn_book_commit (record->book, batch, decisions, judgement->proposals, error);
}

/**
 * tn_record_batch_strangers:
 * @twins: (element-type TnSeen TnTwin): those that may have been made for an occurrence
 *
 * Adds what stands in the calendar and is none of ours.
 *
 * Errors: what the store says.
 */
gboolean
tn_record_batch_strangers (const TnRecord *record, GHashTable *twins, TnBatch *batch,
                           GError **error)
{
  if (!has_news (record, twins))
    return TRUE; /* then nothing is asked of the store, however many there are */
  g_autoptr (GPtrArray) sightings
      = tn_store_load_sightings (tn_book_get_store (record->book), record->calendar->id, error);
  if (sightings == NULL)
    return FALSE;
  g_autoptr (GHashTable) stored = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < sightings->len; i++)
    {
      TnSighting *sighting = g_ptr_array_index (sightings, i);
      g_hash_table_insert (stored, sighting->item_id, sighting);
    }
  remember_strangers (record, twins, stored, batch);
  return TRUE;
}

/**
 * tn_record_commit_state:
 * @batch: everything else that is to be stored in the same transaction
 * @base: (inout) (transfer full): as the pass loaded it, or stored it last
 * @state: what it is for the pass by now
 *
 * What the pass did not change stays as others left it: a person may have approved, or looked,
 * since it began.
 *
 * Errors: what the store says.
 */
gboolean
tn_record_commit_state (TnBook *book, TnBatch *batch, TnCalendarState **base,
                        const TnCalendarState *state, GError **error)
{
  TnStore *store = tn_book_get_store (book);
  g_autoptr (TnCalendarState) stored = tn_store_load_calendar (store, state->calendar, error);
  if (stored == NULL)
    return FALSE;
  g_autoptr (TnCalendarState) merged = tn_calendar_state_merge (*base, state, stored);
  tn_batch_put_calendar (batch, merged);
  if (!tn_store_commit (store, batch, error))
    return FALSE;
  tn_calendar_state_free (*base);
  *base = tn_calendar_state_copy (state);
  return TRUE;
}

/* What was listed as changed and could not be read is not listed again after its token, so the
 * listing counts as read only when all of it was (hazards 6 and 16). */
static gboolean
is_settled (const TnSnapshot *snapshot)
{
  return tn_snapshot_is_certain (snapshot) && !tn_snapshot_waits (snapshot);
}

/**
 * tn_record_end:
 * @sightings: (element-type TnSighting): of which those go that are gone, or are events of ours
 * @state: that is told how far @listing was read
 */
gboolean
tn_record_end (const TnRecord *record, GPtrArray *sightings, const TurnusListing *listing,
               TnCalendarState *state, GError **error)
{
  g_autoptr (TnBatch) batch = tn_batch_new ();
  forget_strangers (record, sightings, batch);
  if (!tn_batch_is_empty (batch)
      && !tn_store_commit (tn_book_get_store (record->book), batch, error))
    return FALSE;
  if (is_settled (record->snapshot))
    tn_text_set (&state->token, listing->token);
  if (listing->binding != NULL)
    tn_text_set (&state->binding, listing->binding);
  return TRUE;
}
