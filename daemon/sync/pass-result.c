/* The result of a pass outlives it: `status` and `plan` show it until the next one. */
#include "sync/pass-result.h"

void
tn_pass_result_free (TnPassResult *result)
{
  if (result == NULL)
    return;
  g_clear_pointer (&result->changes, g_ptr_array_unref);
  g_clear_pointer (&result->postings, g_ptr_array_unref);
  tn_plan_unref (result->plan);
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
