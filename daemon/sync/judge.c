/* Compare, judge and merge (design section 8, steps 3 to 5), as one pure function.
 *
 * A field is an edit when it shows neither what it showed at the last reading nor what an open
 * intent was to write. An edit by one who may make it is a decision; by one who may not, a
 * proposal, and the field is put back by the next difference. An allowed edit that was made without
 * seeing another change of the same field conflicts with it: ranks decide, not clocks, and the
 * loser is kept. */
#include "sync/judge.h"

#include <string.h>

#include "base/text.h"
#include "rules/authority.h"
#include "sync/wish.h"

/* All that the judging of one event needs. */
typedef struct
{
  const TnPlan *plan;
  const TnCalendar *calendar;
  const TnPosting *posting;
  const TnLink *link;     /* (nullable) */
  const TnIntent *intent; /* (nullable) */
  GPtrArray *proposals;
  gint64 now_us;
  TnJudgement *judgement;
} Trial;

/**
 * tn_judgement_new:
 *
 * Returns: (transfer full): an empty judgement
 */
TnJudgement *
tn_judgement_new (void)
{
  TnJudgement *judgement = g_new0 (TnJudgement, 1);
  judgement->decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  judgement->proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_proposal_free);
  judgement->history = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_history_free);
  return judgement;
}

/**
 * tn_judgement_take:
 * @more: whose parts become those of @judgement
 */
void
tn_judgement_take (TnJudgement *judgement, TnJudgement *more)
{
  g_ptr_array_extend_and_steal (judgement->decisions, g_steal_pointer (&more->decisions));
  g_ptr_array_extend_and_steal (judgement->proposals, g_steal_pointer (&more->proposals));
  g_ptr_array_extend_and_steal (judgement->history, g_steal_pointer (&more->history));
}

void
tn_judgement_free (TnJudgement *judgement)
{
  if (judgement == NULL)
    return;
  g_clear_pointer (&judgement->decisions, g_ptr_array_unref);
  g_clear_pointer (&judgement->proposals, g_ptr_array_unref);
  g_clear_pointer (&judgement->history, g_ptr_array_unref);
  g_free (judgement);
}

static void
note_history (Trial *trial, const char *what, TnField field, const char *before, const char *after,
              const char *source)
{
  TnHistory *history = tn_history_new (what);
  history->at_us = trial->now_us;
  tn_text_set (&history->calendar, trial->calendar->id);
  tn_text_set (&history->uid, trial->posting->event->uid);
  tn_text_set (&history->key, trial->posting->event->key);
  tn_text_set (&history->field, tn_field_to_string (field));
  tn_text_set (&history->before, before);
  tn_text_set (&history->after, after);
  tn_text_set (&history->source, source);
  g_ptr_array_add (trial->judgement->history, history);
}

static gboolean
is_edit (const Trial *trial, TnField field, const char *shown)
{
  if (trial->posting->wished[field] != NULL && strcmp (shown, trial->posting->wished[field]) == 0)
    return FALSE; /* the plan says so too */
  if (trial->link != NULL && g_strcmp0 (shown, trial->link->shown[field]) == 0)
    return FALSE;
  if (trial->intent != NULL && g_strcmp0 (shown, trial->intent->wished[field]) == 0)
    return FALSE; /* our own write, whose answer was lost */
  return TRUE;
}

/* Daemons whose days differ, or who know different plans, would each have a wish of its own from
 * the one edit that all of them see in a shared calendar, and each would withdraw the other's. */
static gboolean
is_same_wish (const TnProposal *a, const TnProposal *b)
{
  return a->kind == b->kind && a->field == b->field && strcmp (a->uid, b->uid) == 0
         && strcmp (a->calendar, b->calendar) == 0 && strcmp (a->value, b->value) == 0;
}

/* In a shared calendar another daemon may have rejected what this one sees now for the first time:
 * an answer outweighs the question, or the daemons would never agree on it. */
static gboolean
is_kept (const Trial *trial, GPtrArray *proposals, const TnProposal *wanted)
{
  gboolean shared = trial->calendar->shared;
  for (guint i = 0; proposals != NULL && i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      gboolean is_it = strcmp (proposal->id, wanted->id) == 0;
      if (proposal->state == TN_PROPOSAL_OPEN
          && (is_it || (shared && is_same_wish (proposal, wanted))))
        return TRUE;
      if (proposal->state == TN_PROPOSAL_REJECTED && is_it && shared)
        return TRUE;
    }
  return FALSE;
}

/* One wish at a time for a field of an event in a calendar: a newer one takes the older one's
 * place. */
static void
withdraw_older (Trial *trial, TnField field, const char *id)
{
  for (guint i = 0; trial->proposals != NULL && i < trial->proposals->len; i++)
    {
      const TnProposal *old = g_ptr_array_index (trial->proposals, i);
      if (old->state != TN_PROPOSAL_OPEN || old->field != field || strcmp (old->id, id) == 0
          || strcmp (old->calendar, trial->calendar->id) != 0
          || strcmp (old->uid, trial->posting->event->uid) != 0)
        continue;
      TnProposal *withdrawn = tn_proposal_copy (old);
      withdrawn->state = TN_PROPOSAL_WITHDRAWN;
      g_ptr_array_add (trial->judgement->proposals, withdrawn);
    }
}

static void
propose (Trial *trial, TnProposalKind kind, TnField field, const char *value,
         const char *instead_of)
{
  g_autoptr (GError) error = NULL;
  TnProposal *proposal = tn_proposal_new (
      kind, trial->calendar->id, trial->posting->event->uid, trial->posting->event->key, field,
      value, instead_of, trial->calendar->council, tn_plan_get_today (trial->plan));
  proposal->at_us = trial->now_us;
  note_history (trial, kind == TN_PROPOSAL_WISH ? "proposed" : "conflict", field, instead_of, value,
                trial->calendar->council != NULL ? trial->calendar->council : "shared");
  do
    if (is_kept (trial, trial->proposals, proposal)
        || is_kept (trial, trial->judgement->proposals, proposal))
      {
        tn_proposal_free (proposal); /* kept already: putting it back again settles nothing new */
        return;
      }
  while (trial->proposals != NULL && tn_proposal_renew_ended (proposal, trial->proposals));
  withdraw_older (trial, field, proposal->id);
  g_ptr_array_add (trial->judgement->proposals, proposal);
}

/* The role by which the owner of this calendar may make the change; NULL when it may not. */
static const char *
find_role (const Trial *trial, TnRight right)
{
  if (trial->calendar->council != NULL)
    return tn_authority_find_role (trial->posting->occurrence, trial->posting->milestone,
                                   trial->calendar->council, right);
  return trial->calendar->trust_decides ? "shared" : NULL;
}

/* Design section 8, step 5: host, organiser, secretariat, shared, others; then the smaller council
 * id, then the smaller entry id. */
static gboolean
outranks (const Trial *trial, const TnDecision *edit, const TnDecision *standing)
{
  int rank_edit = tn_authority_get_rank (trial->posting->occurrence, edit->by);
  int rank_standing = tn_authority_get_rank (trial->posting->occurrence, standing->by);
  if (rank_edit != rank_standing)
    return rank_edit < rank_standing;
  int by_council = g_strcmp0 (edit->by, standing->by);
  return by_council != 0 ? by_council < 0 : strcmp (edit->id, standing->id) < 0;
}

/* The decision that changed the field since this calendar last showed it; NULL when none did. */
static const TnDecision *
find_unseen (const Trial *trial, TnField field, const TnDecision *edit)
{
  if (trial->link == NULL
      || g_strcmp0 (trial->link->wished[field], trial->posting->wished[field]) == 0)
    return NULL;
  return tn_ledger_find (tn_plan_get_ledger (trial->plan), edit->kind, edit->collaboration,
                         edit->series, edit->cycle, edit->site, edit->milestone);
}

static void
decide (Trial *trial, TnField field, const char *shown, TnDecision *decision)
{
  const char *standing_value = trial->posting->wished[field];
  const TnDecision *standing = find_unseen (trial, field, decision);
  if (standing != NULL && !outranks (trial, decision, standing))
    {
      propose (trial, TN_PROPOSAL_CONFLICT, field, shown, standing_value);
      return;
    }
  if (standing != NULL)
    propose (trial, TN_PROPOSAL_CONFLICT, field, standing_value, shown);

  TnDecision *successor = tn_ledger_succeed (tn_plan_get_ledger (trial->plan), decision);
  note_history (trial, "decided", field, standing_value, shown, successor->id);
  g_ptr_array_add (trial->judgement->decisions, successor);
}

static gboolean
is_decided (const Trial *trial, const TnDecision *decision)
{
  for (guint i = 0; i < trial->judgement->decisions->len; i++)
    if (tn_decision_is_same_subject (g_ptr_array_index (trial->judgement->decisions, i), decision))
      return TRUE;
  return FALSE;
}

static void
judge_edit (Trial *trial, TnField field, const char *shown)
{
  g_autofree char *source = g_strdup_printf ("calendar %s", trial->calendar->id);
  TnWish wish = { .occurrence = trial->posting->occurrence,
                  .milestone = trial->posting->milestone,
                  .field = field,
                  .value = shown };
  if (trial->link != NULL)
    wish.seen = trial->link->shown[field];
  if (trial->intent != NULL)
    wish.written = trial->intent->wished[field];
  TnDecisionDraft signature = TN_DECISION_DRAFT_INIT;
  signature.on = tn_plan_get_today (trial->plan);
  signature.by = trial->calendar->council;
  signature.source = source;

  TnRight right = TN_RIGHT_WHAT;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnDecision) probe = tn_wish_to_decision (&wish, &signature, &right, &error);
  if (probe == NULL)
    {
      /* Nothing that can be wished: the person's own text stays, ours is written again. */
      note_history (trial, field == TN_FIELD_TEXT ? "text changed" : "not possible", field, NULL,
                    field == TN_FIELD_TEXT ? NULL : shown, error->message);
      return;
    }
  signature.role = find_role (trial, right);
  if (signature.role == NULL)
    {
      propose (trial, TN_PROPOSAL_WISH, field, shown, trial->posting->wished[field]);
      return;
    }
  g_autoptr (TnDecision) decision = tn_wish_to_decision (&wish, &signature, &right, NULL);
  if (!is_decided (trial, decision)) /* AFLYST in the title and in STATUS is one decision */
    decide (trial, field, shown, decision);
}

/* A moved event that is confirmed in the same stroke is one decision, not two of which one would
 * win: the date with the confirmation. */
static void
judge_when_and_status (Trial *trial, const char *when, const char *status)
{
  guint before = trial->judgement->decisions->len;
  judge_edit (trial, TN_FIELD_WHEN, when);
  gboolean moved = trial->judgement->decisions->len > before;
  gboolean settles = strcmp (status, "confirmed") == 0 || strcmp (status, "tentative") == 0;
  if (!moved || !settles || trial->posting->milestone != NULL
      || trial->posting->occurrence->status == TN_STATUS_CANCELLED)
    {
      judge_edit (trial, TN_FIELD_STATUS, status);
      return;
    }
  GPtrArray *decisions = trial->judgement->decisions;
  TnDecision *date = g_ptr_array_index (decisions, decisions->len - 1);
  TnDecisionDraft draft = tn_decision_to_draft (date);
  draft.confirmed = strcmp (status, "confirmed") == 0;
  TnDecision *both = tn_decision_new (&draft);
  g_ptr_array_remove_index (decisions, decisions->len - 1);
  g_ptr_array_add (decisions, both);
}

/* A stamp says nothing about the text that people write above the marker. */
static void
judge_text (Trial *trial, const TnEvent *event)
{
  g_autofree char *text = tn_event_dup_field (event, TN_FIELD_TEXT);
  if (trial->posting->wished[TN_FIELD_TEXT] != NULL && is_edit (trial, TN_FIELD_TEXT, text))
    judge_edit (trial, TN_FIELD_TEXT, text);
}

static void
learn (Trial *trial, TnDecisionKind kind, const TnEvent *event, const char *before)
{
  const TnOccurrence *occurrence = trial->posting->occurrence;
  g_autofree char *value = tn_when_to_string (&event->when);
  g_autofree char *source = g_strdup_printf ("found in calendar %s", trial->calendar->id);
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = kind;
  draft.confirmed = kind == TN_DECISION_DATE;
  draft.on = tn_plan_get_today (trial->plan);
  draft.source = source;
  draft.collaboration = occurrence->collaboration->id;
  draft.series = occurrence->series->id;
  draft.cycle = occurrence->cycle_text;
  draft.site = occurrence->site;
  draft.value = value;
  g_autoptr (TnDecision) found = tn_decision_new (&draft);
  TnDecision *decision = tn_ledger_succeed (tn_plan_get_ledger (trial->plan), found);
  note_history (trial, "found", TN_FIELD_WHEN, before, value, decision->id);
  g_ptr_array_add (trial->judgement->decisions, decision);
}

static gboolean
has_learnable_date (const Trial *trial, const TnEvent *event)
{
  return trial->posting->milestone == NULL && event->status != TN_EVENT_CANCELLED
         && trial->posting->occurrence->status != TN_STATUS_CANCELLED;
}

/* An event of ours that nobody remembers: the state was lost, or another daemon created it. Its
 * date stands in a calendar, so it is the placed one, or the confirmed one if it says so (design
 * section 6: whoever comes second takes the winner's date). */
static void
learn_found (Trial *trial, const TnEvent *event)
{
  if (has_learnable_date (trial, event))
    learn (trial, event->status == TN_EVENT_CONFIRMED ? TN_DECISION_DATE : TN_DECISION_PLACED,
           event, NULL);
}

/* Where the rules alone give the date, one daemon's choice is as good as another's, and the one
 * that stands in the shared calendar is the one that all have seen. */
static void
learn_placed (Trial *trial, const TnEvent *event)
{
  const TnOccurrence *occurrence = trial->posting->occurrence;
  const char *wished = trial->posting->wished[TN_FIELD_WHEN];
  g_autofree char *shown = tn_event_dup_field (event, TN_FIELD_WHEN);
  gboolean decided = tn_ledger_find (tn_plan_get_ledger (trial->plan), TN_DECISION_DATE,
                                     occurrence->collaboration->id, occurrence->series->id,
                                     occurrence->cycle_text, occurrence->site, NULL)
                     != NULL;
  if (!decided && has_learnable_date (trial, event) && g_strcmp0 (shown, wished) != 0)
    learn (trial, TN_DECISION_PLACED, event, wished);
}

static void
learn_written (Trial *trial, const TnSeen *seen)
{
  gboolean is_new = trial->link == NULL && trial->intent == NULL;
  if (is_new && !trial->posting->occurrence->is_placed)
    learn_found (trial, seen->event);
  else if (seen->hand == TN_HAND_EQUAL || seen->hand == TN_HAND_OURS || seen->hand == TN_HAND_LATER)
    learn_placed (trial, seen->event);
}

static void
judge_event (Trial *trial, const TnSeen *seen)
{
  const TnEvent *event = seen->event;
  if (event->is_private)
    return; /* it never leaves its calendar (design section 7, hazard 114) */
  if (event->has_rule || seen->waits)
    return; /* the difference reports it: an occurrence cannot recur */
  if (seen->hand != TN_HAND_PERSON)
    {
      learn_written (trial, seen);
      judge_text (trial, event);
      return;
    }
  char *edits[TN_N_FIELDS] = { NULL };
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_autofree char *shown = tn_event_dup_field (event, (TnField) i);
      gboolean ours = trial->link != NULL || i != TN_FIELD_NOTE;
      if (ours && is_edit (trial, (TnField) i, shown))
        edits[i] = g_steal_pointer (&shown);
    }
  if (edits[TN_FIELD_WHEN] != NULL && edits[TN_FIELD_STATUS] != NULL)
    {
      judge_when_and_status (trial, edits[TN_FIELD_WHEN], edits[TN_FIELD_STATUS]);
      g_clear_pointer (&edits[TN_FIELD_WHEN], g_free);
      g_clear_pointer (&edits[TN_FIELD_STATUS], g_free);
    }
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      if (edits[i] != NULL)
        judge_edit (trial, (TnField) i, edits[i]);
      g_free (edits[i]);
    }
}

/**
 * tn_judge:
 * @postings: (element-type TnPosting): what the calendar was to show, by @plan
 * @proposals: (nullable) (element-type TnProposal): those that are kept already
 *
 * Source: design sections 7 and 8.
 * Returns: (transfer full): what people's changes in this calendar lead to
 */
TnJudgement *
tn_judge (const TnPlan *plan, const TnCalendar *calendar, GPtrArray *postings,
          const TnSnapshot *snapshot, GPtrArray *proposals, gint64 now_us)
{
  TnJudgement *judgement = tn_judgement_new ();
  for (guint i = 0; i < postings->len; i++)
    {
      const TnPosting *posting = g_ptr_array_index (postings, i);
      const TnSeen *seen = tn_snapshot_find_seen (snapshot, posting->event->uid);
      if (seen == NULL || seen->event == NULL)
        continue;
      Trial trial = { .plan = plan,
                      .calendar = calendar,
                      .posting = posting,
                      .link = tn_snapshot_find_link (snapshot, posting->event->uid),
                      .intent = g_hash_table_lookup (snapshot->intents, posting->event->uid),
                      .proposals = proposals,
                      .now_us = now_us,
                      .judgement = judgement };
      judge_event (&trial, seen);
    }
  return judgement;
}
