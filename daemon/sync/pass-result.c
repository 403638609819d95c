/* The result of a pass outlives it: `status` and `plan` show it until the next one. */
#include "sync/pass-result.h"

#include "base/text.h"

void
tn_pass_result_free (TnPassResult *result)
{
  if (result == NULL)
    return;
  g_clear_pointer (&result->changes, g_ptr_array_unref);
  g_clear_pointer (&result->decisions, g_ptr_array_unref);
  g_clear_pointer (&result->proposals, g_ptr_array_unref);
  g_free (result->hold_text);
  g_clear_error (&result->problem);
  g_free (result);
}

/**
 * tn_pass_result_new_problem:
 * @problem: (transfer full) (nullable)
 *
 * Returns: (transfer full): the result of a pass that did nothing, because of @problem
 */
TnPassResult *
tn_pass_result_new_problem (GError *problem)
{
  TnPassResult *result = g_new0 (TnPassResult, 1);
  result->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_change_free);
  result->decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  result->proposals = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_proposal_free);
  result->problem = problem;
  return result;
}

static gboolean
is_for_people (const TnChange *change, gboolean all)
{
  return change->is_held || change->kind == TN_CHANGE_WAIT || change->kind == TN_CHANGE_TWIN
         || (all && tn_change_get_sign (change) != ' ');
}

/**
 * tn_pass_result_keep:
 * @all: also what was or would be made
 *
 * Lets go of what nobody will look at: the plan of a pass and its ten thousand postings need not be
 * kept until the next one.
 */
void
tn_pass_result_keep (TnPassResult *result, gboolean all)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_change_free);
  for (guint i = 0; i < result->changes->len; i++)
    {
      TnChange *change = g_ptr_array_index (result->changes, i);
      if (!is_for_people (change, all))
        continue;
      change->posting = NULL;
      result->changes->pdata[i] = NULL;
      g_ptr_array_add (kept, change);
    }
  g_ptr_array_unref (result->changes);
  result->changes = kept;
}

/**
 * tn_pass_result_take:
 * @judgement: what people's edits were
 */
void
tn_pass_result_take (TnPassResult *result, const TnJudgement *judgement)
{
  for (guint i = 0; i < judgement->decisions->len; i++)
    g_ptr_array_add (result->decisions,
                     tn_decision_ref (g_ptr_array_index (judgement->decisions, i)));
  for (guint i = 0; i < judgement->proposals->len; i++)
    g_ptr_array_add (result->proposals,
                     tn_proposal_copy (g_ptr_array_index (judgement->proposals, i)));
}

/**
 * tn_pass_result_note:
 * @state: in which it is noted how the pass went
 */
void
tn_pass_result_note (const TnPassResult *result, TnCalendarState *state, gint64 now_us)
{
  state->last_try_us = now_us;
  state->hold = result->hold;
  tn_text_set (&state->hold_text, result->hold_text);
  tn_text_set (&state->problem, result->problem != NULL ? result->problem->message : NULL);
  if (result->problem == NULL && result->hold == TN_HOLD_NONE)
    state->last_good_us = state->last_try_us;
}
