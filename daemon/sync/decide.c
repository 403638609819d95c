/* Decisions by command, and answers to proposals: judged like any other change (design section 7),
 * shown before they are taken, committed to the ledger with their source. */
#include "sync/decide.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "rules/authority.h"
#include "rules/lateness.h"
#include "rules/vacancy.h"
#include "sync/consent.h"
#include "sync/wish.h"

static TnHistory *
make_history (TnBook *book, const char *verb, const TnDecision *decision)
{
  TnHistory *history = tn_history_new (verb);
  history->at_us = tn_clock_now_us (tn_book_get_clock (book));
  tn_text_set (&history->field, tn_decision_kind_to_string (decision->kind));
  const char *what = decision->kind == TN_DECISION_SWAP ? decision->other_cycle
                     : decision->value != NULL          ? decision->value
                                                        : decision->council;
  tn_text_set (&history->after, what);
  tn_text_set (&history->source, decision->id);
  const TnOccurrence *occurrence
      = decision->series != NULL && decision->cycle != NULL
            ? tn_plan_find (tn_book_get_plan (book), decision->collaboration, decision->series,
                            decision->cycle, decision->site)
            : NULL;
  if (occurrence != NULL)
    {
      tn_text_set (&history->uid, occurrence->uid);
      tn_text_set (&history->key, occurrence->key);
    }
  return history;
}

static gboolean
take (TnBook *book, TnDecision *decision, GPtrArray *proposals, GError **error)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new ();
  g_ptr_array_add (decisions, decision);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  TnHistory *history = make_history (book, "decided", decision);
  tn_batch_append_history (batch, history);
  tn_history_free (history);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  return tn_book_commit (book, batch, decisions, proposals != NULL ? proposals : none, error);
}

static gboolean
take_answered (TnBook *book, TnDecision *decision, TnProposal *proposal, GError **error)
{
  g_autoptr (GPtrArray) answered = g_ptr_array_new ();
  g_ptr_array_add (answered, proposal);
  return take (book, decision, answered, error);
}

static void
settle (TnProposal *proposal, TnProposalState state, const char *council)
{
  proposal->state = state;
  tn_text_set (&proposal->answered_by, council);
}

/* What is past stays as it was, unless people `set` the record right; joining and leaving do not
 * reach back by themselves.
 *
 * Returns: (transfer full) (nullable) (element-type TnEffect): what @decision changes */
static GPtrArray *
foresee (TnBook *book, TnDecision *decision, GError **error)
{
  const TnPlan *before = tn_book_get_plan (book);
  g_autoptr (GPtrArray) decisions = g_ptr_array_new ();
  g_ptr_array_add (decisions, decision);
  g_autoptr (TnPlan) after = tn_book_plan_with (book, decisions);
  gboolean is_of_turn = decision->cycle != NULL && decision->kind != TN_DECISION_SET;
  if (is_of_turn && !tn_effect_check_held (before, after, error))
    return NULL;
  return tn_effect_list (before, after);
}

/* A council asks for it, whether by command or by agreeing to what another proposed. */
static gboolean
check_asked (const TnPlan *plan, const TnDecision *decision, GError **error)
{
  return tn_lateness_check (plan, decision, error) && tn_vacancy_check (plan, decision, error);
}

/**
 * tn_decide:
 * @draft: the decision; `by` is the council that decides
 * @dry_run: only say what would follow
 * @ret_effects: (out) (element-type TnEffect): what follows from it; untouched on failure
 *
 * Errors: %TN_ERROR_DENIED when `by` may not decide this, with who may; %TN_ERROR_INVALID when it
 * makes no sense. Returns: (transfer full) (nullable): the decision as it is, or would be, in the
 * ledger
 */
TnDecision *
tn_decide (TnBook *book, const TnDecisionDraft *draft, gboolean dry_run, GPtrArray **ret_effects,
           GError **error)
{
  const TnPlan *plan = tn_book_get_plan (book);
  g_autoptr (TnDecision) raw = tn_decision_new (draft);
  if (!check_asked (plan, raw, error) || !tn_authority_may_decide (plan, raw, draft->by, error))
    return NULL;
  g_autoptr (TnDecision) decision = tn_ledger_succeed (tn_plan_get_ledger (plan), raw);
  g_autoptr (GPtrArray) effects = foresee (book, decision, error);
  if (effects == NULL || (!dry_run && !take (book, decision, NULL, error)))
    return NULL;
  *ret_effects = g_steal_pointer (&effects);
  return g_steal_pointer (&decision);
}

/**
 * tn_decide_needs_consent:
 *
 * Returns: %TRUE when `by` may not decide this alone, but may propose it to another who agrees
 */
gboolean
tn_decide_needs_consent (TnBook *book, const TnDecisionDraft *draft)
{
  const TnPlan *plan = tn_book_get_plan (book);
  g_autoptr (TnDecision) decision = tn_decision_new (draft);
  g_autoptr (TnProposal) proposal = tn_consent_new_proposal (plan, decision, 0);
  return proposal != NULL && !tn_authority_may_decide (plan, decision, draft->by, NULL);
}

static gboolean
keep_proposal (TnBook *book, const TnDecision *decision, TnProposal *proposal, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) proposals = g_ptr_array_new ();
  g_ptr_array_add (proposals, proposal);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  TnHistory *history = make_history (book, "proposed", decision);
  tn_text_set (&history->source, proposal->council);
  tn_batch_append_history (batch, history);
  tn_history_free (history);
  return tn_book_commit (book, batch, none, proposals, error);
}

/**
 * tn_decide_propose:
 * @draft: what tn_decide_needs_consent() says of
 * @ret_effects: (out) (element-type TnEffect): what follows once it is agreed to
 * @ret_proposal: (out) (transfer full): open; or accepted, when the other had proposed the same
 *
 * Returns: (transfer full) (nullable): the decision as it would be, or is
 */
TnDecision *
tn_decide_propose (TnBook *book, const TnDecisionDraft *draft, gboolean dry_run,
                   GPtrArray **ret_effects, TnProposal **ret_proposal, GError **error)
{
  const TnPlan *plan = tn_book_get_plan (book);
  g_autoptr (TnDecision) raw = tn_decision_new (draft);
  const TnProposal *same = tn_consent_find_same (tn_book_get_proposals (book), raw);
  gboolean agrees = same != NULL && g_strcmp0 (same->council, draft->by) != 0;
  g_autoptr (TnDecision) agreed = agrees ? tn_consent_agree (plan, same, draft->by, error) : NULL;
  if ((agrees && agreed == NULL) || !check_asked (plan, agrees ? agreed : raw, error))
    return NULL;
  g_autoptr (TnDecision) decision
      = tn_ledger_succeed (tn_plan_get_ledger (plan), agrees ? agreed : raw);
  g_autoptr (TnProposal) proposal
      = same != NULL
            ? tn_proposal_copy (same)
            : tn_consent_new_proposal (plan, raw, tn_clock_now_us (tn_book_get_clock (book)));
  while (same == NULL && tn_proposal_renew_ended (proposal, tn_book_get_proposals (book)))
    continue;
  g_autoptr (GPtrArray) effects = foresee (book, decision, error);
  if (effects == NULL)
    return NULL;
  if (agrees)
    settle (proposal, TN_PROPOSAL_ACCEPTED, draft->by);
  if (!dry_run && agrees && !take_answered (book, decision, proposal, error))
    return NULL;
  if (!dry_run && same == NULL && !keep_proposal (book, decision, proposal, error))
    return NULL;
  *ret_effects = g_steal_pointer (&effects);
  *ret_proposal = g_steal_pointer (&proposal);
  return g_steal_pointer (&decision);
}

/**
 * tn_decide_find_open:
 * @id: of a proposal, or a beginning of it that no other has
 *
 * Errors: %TN_ERROR_INVALID when there is none, or more than one.
 * Returns: (transfer none) (nullable): until the book changes
 */
const TnProposal *
tn_decide_find_open (TnBook *book, const char *id, GError **error)
{
  GPtrArray *proposals = tn_book_get_proposals (book);
  const TnProposal *found = NULL;
  guint n_found = 0;
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      if (proposal->state == TN_PROPOSAL_OPEN && g_str_has_prefix (proposal->id, id))
        {
          found = proposal;
          n_found++;
        }
    }
  if (n_found == 1)
    return found;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               n_found == 0 ? "there is no open proposal '%s'; 'turnusctl proposals' lists them"
                            : "'%s' begins the names of several proposals; write it in full",
               id);
  return NULL;
}

/* An event that was left as a person wants it waits for this answer: after a no it is written as
 * the plan has it, like any other. */
static gboolean
take_up_left (TnBook *book, const TnProposal *proposal, TnBatch *batch, GError **error)
{
  g_autoptr (GPtrArray) links
      = tn_store_load_links (tn_book_get_store (book), proposal->calendar, error);
  for (guint i = 0; links != NULL && i < links->len; i++)
    {
      TnLink *link = g_ptr_array_index (links, i);
      if (!link->is_left || strcmp (link->uid, proposal->uid) != 0)
        continue;
      tn_text_set (&link->wished[proposal->field], NULL); /* due again */
      link->n_put_back = 0;
      tn_batch_put_link (batch, link);
    }
  return links != NULL;
}

/* What accepting @proposal would decide. */
static TnDecision *
judge_wish (const TnPlan *plan, const TnProposal *proposal, const char *council, GError **error)
{
  TnWish wish = { .field = proposal->field, .value = proposal->value };
  if (proposal->kind == TN_PROPOSAL_WISH)
    wish.seen = proposal->instead_of;
  wish.occurrence = tn_plan_find_uid (plan, proposal->uid, &wish.milestone);
  if (wish.occurrence == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "the event of this proposal is no longer in the plan");
      return NULL;
    }
  g_autofree char *source = g_strdup_printf ("proposal %s", proposal->id);
  TnDecisionDraft signature = TN_DECISION_DRAFT_INIT;
  signature.on = tn_plan_get_today (plan);
  signature.by = council;
  signature.source = source;
  TnRight right = TN_RIGHT_WHAT;
  g_autoptr (TnDecision) probe = tn_wish_to_decision (&wish, &signature, &right, error);
  if (probe == NULL)
    return NULL;
  signature.role = tn_authority_find_role (wish.occurrence, wish.milestone, council, right);
  if (signature.role == NULL && !tn_authority_may_decide (plan, probe, council, error))
    return NULL;
  return tn_wish_to_decision (&wish, &signature, &right, error);
}

static TnDecision *
judge (const TnPlan *plan, const TnProposal *proposal, gboolean accepts, const char *council,
       GError **error)
{
  if (proposal->kind != TN_PROPOSAL_DECISION)
    return judge_wish (plan, proposal, council, error);
  return accepts ? tn_consent_agree (plan, proposal, council, error)
                 : tn_consent_refuse (plan, proposal, council, error);
}

/**
 * tn_decide_foresee_answer:
 * @proposal: its id, or a beginning of it that no other has
 * @ret_effects: (out) (element-type TnEffect): what would follow; nothing from a rejection
 *
 * Says what tn_decide_answer() would do, and does nothing.
 *
 * Errors: as tn_decide_answer().
 * Returns: (transfer full) (nullable): the decision that would be taken, or is not to be
 */
TnDecision *
tn_decide_foresee_answer (TnBook *book, const char *proposal, gboolean accepts, const char *council,
                          GPtrArray **ret_effects, GError **error)
{
  const TnProposal *found = tn_decide_find_open (book, proposal, error);
  const TnPlan *plan = tn_book_get_plan (book);
  g_autoptr (TnDecision) raw = found != NULL ? judge (plan, found, accepts, council, error) : NULL;
  if (raw == NULL || (accepts && !check_asked (plan, raw, error)))
    return NULL;
  g_autoptr (TnDecision) decision = tn_ledger_succeed (tn_plan_get_ledger (plan), raw);
  GPtrArray *effects = accepts ? foresee (book, decision, error)
                               : g_ptr_array_new_with_free_func ((GDestroyNotify) tn_effect_free);
  if (effects == NULL)
    return NULL;
  *ret_effects = effects;
  return g_steal_pointer (&decision);
}

static void
reject (TnBook *book, TnProposal *answer, const TnDecision *decision, GError **error)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) answered = g_ptr_array_new ();
  g_ptr_array_add (answered, answer);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  gboolean is_own = answer->state == TN_PROPOSAL_WITHDRAWN;
  TnHistory *history = make_history (book, is_own ? "withdrawn" : "rejected", decision);
  tn_batch_append_history (batch, history);
  tn_history_free (history);
  if (answer->kind == TN_PROPOSAL_DECISION || take_up_left (book, answer, batch, error))
    tn_book_commit (book, batch, none, answered, error);
}

/**
 * tn_decide_answer:
 * @proposal: its id, or a beginning of it that no other has
 * @council: who answers
 *
 * Accepts or rejects. What is accepted is a decision of the one who accepts; a swap is one of both.
 * Whoever proposed a swap may take it back.
 *
 * Errors: %TN_ERROR_DENIED when @council may not decide it, %TN_ERROR_INVALID for an unknown
 * proposal. Returns: (transfer full) (nullable): the decision; on rejection, %NULL without an error
 */
TnDecision *
tn_decide_answer (TnBook *book, const char *proposal, gboolean accepts, const char *council,
                  GError **error)
{
  const TnProposal *found = tn_decide_find_open (book, proposal, error);
  if (found == NULL)
    return NULL;
  const TnPlan *plan = tn_book_get_plan (book);
  g_autoptr (TnDecision) raw = judge (plan, found, accepts, council, error);
  if (raw == NULL || (accepts && !check_asked (plan, raw, error)))
    return NULL;
  g_autoptr (TnDecision) decision = tn_ledger_succeed (tn_plan_get_ledger (plan), raw);
  g_autoptr (TnProposal) answer = tn_proposal_copy (found);
  gboolean is_own = found->kind == TN_PROPOSAL_DECISION && g_strcmp0 (found->council, council) == 0;
  g_autoptr (GPtrArray) effects = accepts ? foresee (book, decision, error) : NULL;
  if (accepts && effects == NULL)
    return NULL;
  settle (answer,
          accepts  ? TN_PROPOSAL_ACCEPTED
          : is_own ? TN_PROPOSAL_WITHDRAWN
                   : TN_PROPOSAL_REJECTED,
          council);
  if (accepts)
    return take_answered (book, decision, answer, error) ? g_steal_pointer (&decision) : NULL;
  reject (book, answer, decision, error);
  return NULL;
}

/**
 * tn_decide_approve:
 *
 * Lifts what holds @calendar for one pass: a person has looked.
 *
 * Errors: %TN_ERROR_INVALID when there is no such calendar, or nothing holds it that can be lifted.
 */
gboolean
tn_decide_approve (TnBook *book, const char *calendar, GError **error)
{
  if (tn_settings_find_calendar (tn_book_get_settings (book), calendar) == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "there is no calendar '%s' in the settings",
                   calendar);
      return FALSE;
    }
  TnStore *store = tn_book_get_store (book);
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (store, calendar, error);
  if (state == NULL)
    return FALSE;
  if (state->hold != TN_HOLD_BRAKE && state->hold != TN_HOLD_VANISHED
      && state->hold != TN_HOLD_PLUGIN)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "nothing of calendar '%s' waits for approval",
                   calendar);
      return FALSE;
    }
  state->is_approved = TRUE;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_calendar (batch, state);
  return tn_store_commit (store, batch, error);
}
