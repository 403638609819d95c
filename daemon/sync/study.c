/* A round and the journals of its calendar (design section 6): what other councils decided is known
 * before their events are looked at, and what is decided here stands in the journal before an event
 * names it. */
#include "sync/study.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "model/identity.h"
#include "sync/binder.h"
#include "sync/hand.h"
#include "sync/journal.h"
#include "sync/lesson.h"
#include "sync/record.h"
#include "sync/redaction.h"

static const char *
get_council (const TnStudy *study)
{
  return tn_book_get_settings (study->book)->council;
}

/* Shared calendars beside this one: the journals there may tell what is not known here. */
static void
look_elsewhere (TnStudy *study)
{
  GPtrArray *calendars = tn_book_get_settings (study->book)->calendars;
  for (guint i = 0; i < calendars->len; i++)
    {
      const TnCalendar *other = g_ptr_array_index (calendars, i);
      if (!other->shared || strcmp (other->id, study->calendar->id) == 0)
        continue;
      g_autoptr (TnCalendarState) state
          = tn_store_load_calendar (tn_book_get_store (study->book), other->id, NULL);
      study->has_journal_elsewhere = TRUE;
      if (state == NULL || state->last_good_us == 0)
        study->expects_journal = TRUE; /* it was never read */
    }
}

/**
 * tn_study_new:
 * @book: outlives the study, as does @calendar
 *
 * Returns: (transfer full): one that has read nothing yet
 */
TnStudy *
tn_study_new (TnBook *book, const TnCalendar *calendar)
{
  TnStudy *study = g_new0 (TnStudy, 1);
  study->book = book;
  study->calendar = calendar;
  study->history = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_history_free);
  look_elsewhere (study);
  return study;
}

static void
forget_survey (TnStudy *study)
{
  g_clear_pointer (&study->changes, g_ptr_array_unref);
  g_clear_pointer (&study->pages, g_ptr_array_unref);
  g_clear_pointer (&study->standings, g_ptr_array_unref);
  g_clear_pointer (&study->blocked, g_free);
  g_ptr_array_set_size (study->history, 0);
}

void
tn_study_free (TnStudy *study)
{
  if (study == NULL)
    return;
  forget_survey (study);
  g_ptr_array_unref (study->history);
  g_free (study);
}

static void
note_learned (const TnStudy *study, TnBatch *batch, const TnDecision *decision)
{
  TnHistory *history = tn_history_new ("learned");
  history->at_us = tn_clock_now_us (tn_book_get_clock (study->book));
  tn_text_set (&history->calendar, study->calendar->id);
  tn_text_set (&history->field, tn_decision_kind_to_string (decision->kind));
  tn_text_set (&history->after, decision->value);
  tn_text_set (&history->source, decision->source);
  tn_batch_append_history (batch, history);
  tn_history_free (history);
}

/* Of a state that is restored from before, what stands in a calendar is all that is left of what
 * was decided since, where no journal tells it (hazard 17). */
static gboolean
find_old (const TnStudy *study, const TnSnapshot *snapshot)
{
  const TnRulebook *rulebook = tn_book_get_rulebook (study->book);
  const TnLedger *ledger = tn_book_get_ledger (study->book);
  GHashTableIter iter;
  gpointer value = NULL;
  if (study->calendar->shared || study->has_journal_elsewhere)
    return FALSE;
  g_hash_table_iter_init (&iter, snapshot->by_uid);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnSeen *seen = value;
      if (seen->event != NULL
          && tn_hand_is_ahead (seen->event, get_council (study), rulebook, ledger))
        return TRUE;
    }
  return FALSE;
}

/**
 * tn_study_learn:
 * @snapshot: its items recognised
 *
 * Takes decisions, proposals and answers from the pages of journals that were read in this pass.
 * Learning twice changes nothing. A preview stores nothing.
 *
 * Errors: what the store says.
 */
gboolean
tn_study_learn (TnStudy *study, const TnSnapshot *snapshot, gboolean is_preview, GError **error)
{
  g_autoptr (TnLesson) lesson = tn_lesson_draw (
      snapshot, study->calendar, get_council (study), tn_book_get_ledger (study->book),
      tn_book_get_proposals (study->book), tn_clock_now_us (tn_book_get_clock (study->book)));
  study->has_lost = study->has_lost || lesson->has_lost;
  study->is_old = find_old (study, snapshot);
  if (is_preview || (lesson->decisions->len == 0 && lesson->proposals->len == 0))
    return is_preview || tn_redaction_blank (study->book, lesson->blanked, error);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  for (guint i = 0; i < lesson->decisions->len; i++)
    note_learned (study, batch, g_ptr_array_index (lesson->decisions, i));
  return tn_book_commit (study->book, batch, lesson->decisions, lesson->proposals, error)
         && tn_redaction_blank (study->book, lesson->blanked, error);
}

/**
 * tn_study_mark_hands:
 * @postings: (element-type TnPosting): of @plan
 * @snapshot: the links of their events are open
 *
 * Finds out of each event that was read whose write it shows.
 */
void
tn_study_mark_hands (const TnStudy *study, const TnPlan *plan, GPtrArray *postings,
                     TnSnapshot *snapshot)
{
  TnHandInput input = { .plan = plan,
                        .postings = postings,
                        .council = get_council (study),
                        .is_shared = study->calendar->shared,
                        .has_journal_elsewhere = study->has_journal_elsewhere,
                        .expects_journal = study->expects_journal,
                        .is_old = study->is_old,
                        .has_lost = study->has_lost };
  tn_hand_mark (&input, snapshot);
}

static GPtrArray *
list_pages (const TnStudy *study, const TnDiffInput *input, const TnJudgement *judgement,
            GPtrArray *links)
{
  if (!tn_journal_is_kept (study->calendar, input->caps))
    return g_ptr_array_new_with_free_func ((GDestroyNotify) tn_posting_free);
  g_autoptr (GPtrArray) decisions = g_ptr_array_new ();
  g_autoptr (GPtrArray) proposals = g_ptr_array_new ();
  g_ptr_array_extend (decisions, tn_book_get_decisions (study->book), NULL, NULL);
  g_ptr_array_extend (decisions, judgement->decisions, NULL, NULL);
  g_ptr_array_extend (proposals, tn_book_get_proposals (study->book), NULL, NULL);
  g_ptr_array_extend (proposals, judgement->proposals, NULL, NULL);
  g_autoptr (TnHearsay) hearsay = tn_hearsay_new (get_council (study), links, input->snapshot);
  TnJournal journal = { .calendar = study->calendar,
                        .council = get_council (study),
                        .plan = input->plan,
                        .decisions = decisions,
                        .proposals = proposals,
                        .links = links,
                        .hearsay = hearsay };
  return tn_journal_list_postings (&journal);
}

/* Opens the links of all pages. */
static GPtrArray *
open_pages (const TnStudy *study, TnSnapshot *snapshot, GError **error)
{
  g_autoptr (GPtrArray) links = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, snapshot->traces);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const TnTrace *trace = value;
      TnLink *link = NULL;
      if (!tn_journal_is_page (trace->key))
        continue;
      if (!tn_store_find_link (tn_book_get_store (study->book), study->calendar->id, trace->uid,
                               &link, error))
        return NULL;
      if (link == NULL)
        continue;
      tn_snapshot_open_link (snapshot, link);
      g_ptr_array_add (links, link);
    }
  return g_steal_pointer (&links);
}

static void
find_standings (TnStudy *study, const TnDiffInput *input, GPtrArray *links)
{
  const TnRulebook *rulebook = tn_plan_get_rulebook (input->plan);
  study->standings = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_standing_free);
  for (guint i = 0; study->calendar->shared && i < rulebook->collaborations->len; i++)
    {
      TnStanding *standing = tn_standing_find (g_ptr_array_index (rulebook->collaborations, i),
                                               get_council (study), links, input->snapshot);
      g_ptr_array_add (study->standings, standing);
      if (standing->kind != TN_STANDING_LEVEL && study->pages->len > 0)
        g_ptr_array_add (study->changes, tn_change_new_wait (g_ptr_array_index (study->pages, 0),
                                                             NULL, standing->why));
    }
}

static void
find_block (TnStudy *study)
{
  for (guint i = 0; study->blocked == NULL && i < study->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (study->changes, i);
      if (change->kind == TN_CHANGE_WAIT)
        study->blocked = g_strdup_printf ("waits for the journal: %s", change->reason);
    }
}

static const char MUTE[]
    = "no journal can be kept here, for what turnus writes beside the text of an event does not "
      "stay: swaps, themes, proposals and answers do not reach other councils' daemons through "
      "this calendar; ask who runs it to keep properties that begin with X-, or share one on "
      "another server, and hand over turnusctl export until then";

/* What a whole calendar cannot do is told once, whatever the number of its pages. */
static void
tell_mute (TnStudy *study, const TnDiffInput *input, GPtrArray *links)
{
  gboolean is_mute = FALSE;
  const TnLink *page = NULL;
  for (guint i = 0; i < links->len && !is_mute; i++)
    {
      page = g_ptr_array_index (links, i);
      is_mute = tn_binder_is_mute (page);
    }
  int year = tn_date_get_year (tn_plan_get_today (input->plan));
  g_autofree char *key = tn_identity_page_to_key (get_council (study), year, 1);
  g_autofree char *uid = tn_identity_key_to_uid (key);
  g_autoptr (TnLink) none = tn_link_new (study->calendar->id, uid, key);
  if (!tn_journal_is_kept (study->calendar, input->caps))
    is_mute = study->calendar->shared && study->calendar->mode != TN_MODE_OBSERVE;
  if (is_mute)
    g_ptr_array_add (study->changes, tn_change_new_wait (NULL, page != NULL ? page : none, MUTE));
}

/**
 * tn_study_survey:
 * @input: its plan is that of no chapter
 * @judgement: what is decided and proposed in the whole calendar
 *
 * Finds out what is to be done about the pages, and by which editions others go.
 *
 * Errors: what the store says.
 */
gboolean
tn_study_survey (TnStudy *study, const TnDiffInput *input, TnSnapshot *snapshot,
                 const TnJudgement *judgement, GError **error)
{
  forget_survey (study);
  tn_snapshot_close_links (snapshot);
  g_autoptr (GPtrArray) links = open_pages (study, snapshot, error);
  if (links == NULL)
    return FALSE;
  study->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_change_free);
  study->pages = list_pages (study, input, judgement, links);
  tn_binder_note_edits (input, study->pages, study->history);
  if (study->calendar->shared)
    tn_binder_diff (input, get_council (study), study->pages, links, study->changes);
  find_block (study);
  find_standings (study, input, links);
  tell_mute (study, input, links);
  tn_snapshot_close_links (snapshot);
  return TRUE;
}

/**
 * tn_study_hold:
 * @changes: (element-type TnChange): of events; those that wait for the journal, or that this
 *   daemon's edition may not make, are held
 */
void
tn_study_hold (const TnStudy *study, const TnDiffInput *input, GPtrArray *changes)
{
  if (study->blocked != NULL)
    tn_binder_put_off (study->blocked, changes);
  for (guint i = 0; i < study->standings->len; i++)
    tn_standing_hold (g_ptr_array_index (study->standings, i), input, changes);
}

static void
settle_intents (const TnStudy *study, GPtrArray *intents, TnBatch *batch)
{
  for (guint i = intents->len; i > 0; i--)
    {
      const TnIntent *intent = g_ptr_array_index (intents, i - 1);
      if (!tn_journal_is_page (intent->key))
        continue;
      tn_batch_drop_intent (batch, study->calendar->id, intent->uid);
      g_ptr_array_remove_index (intents, i - 1);
    }
}

/**
 * tn_study_commit:
 * @intents: (element-type TnIntent): open ones of earlier passes; those of pages are settled
 *
 * Stores what is to be remembered of the pages, and the intents of their writes.
 *
 * Errors: what the store says.
 */
gboolean
tn_study_commit (TnStudy *study, GPtrArray *intents, GError **error)
{
  gint64 now_us = tn_clock_now_us (tn_book_get_clock (study->book));
  g_autoptr (TnBatch) batch = tn_batch_new ();
  settle_intents (study, intents, batch);
  for (guint i = 0; i < study->history->len; i++)
    tn_batch_append_history (batch, g_ptr_array_index (study->history, i));
  for (guint i = 0; i < study->changes->len; i++)
    tn_record_batch_change (g_ptr_array_index (study->changes, i), study->calendar->id, now_us,
                            batch);
  return tn_batch_is_empty (batch)
         || tn_store_commit (tn_book_get_store (study->book), batch, error);
}
