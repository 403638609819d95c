/* Decisions that come too late. A turn that was held cannot be traded or put off any more: that
 * would change what people remember. Only what a council asks for by command is held against this;
 * what others decided is a fact. Source: issue "Every rule", Bad input. */
#include "rules/lateness.h"

#include "base/error.h"
#include "rules/window.h"

static gboolean
is_late (const TnPlan *plan, const TnDecision *decision, const char *text, TnDate *ret_last_day,
         gboolean *ret_is_held)
{
  const TnOccurrence *occurrence
      = tn_plan_find (plan, decision->collaboration, decision->series, text, decision->site);
  const TnCollaboration *collaboration
      = tn_rulebook_find_collaboration (tn_plan_get_rulebook (plan), decision->collaboration);
  const TnSeries *series = collaboration != NULL
                               ? tn_collaboration_find_series (collaboration, decision->series)
                               : NULL;
  TnCycle cycle = { 0 };
  if (series == NULL || !tn_cycle_parse (text, &cycle, NULL))
    return FALSE;
  *ret_is_held = occurrence != NULL && occurrence->status != TN_STATUS_UNPLACED
                 && occurrence->status != TN_STATUS_CANCELLED;
  TnDate end = *ret_is_held ? occurrence->when.days.end
                            : MAX (tn_cycle_get_span (&cycle).end,
                                   tn_window_get_membership_span (series, &cycle).end);
  *ret_last_day = end - 1;
  return end <= decision->on;
}

static gboolean
check_cycle (const TnPlan *plan, const TnDecision *decision, const char *text, GError **error)
{
  gboolean is_swap = decision->kind == TN_DECISION_SWAP;
  gboolean is_held = FALSE;
  TnDate last_day = TN_DATE_NONE;
  if (text == NULL || !is_late (plan, decision, text, &last_day, &is_held))
    return TRUE;
  g_autofree char *day = tn_date_to_string (last_day);
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "cannot %s %s/%s/%s: it was %s on %s, expected a cycle to come; %s",
               is_swap ? "swap the turn of" : "postpone", decision->collaboration, decision->series,
               text, is_held ? "held" : "over", day,
               is_swap ? "who really had it is said with set"
                       : "one that was not held is said with cancel");
  return FALSE;
}

/**
 * tn_lateness_check:
 * @decision: that a council asks for
 *
 * Errors: %TN_ERROR_INVALID when it swaps or postpones what was over on its day.
 */
gboolean
tn_lateness_check (const TnPlan *plan, const TnDecision *decision, GError **error)
{
  gboolean is_late_possible
      = decision->kind == TN_DECISION_SWAP
        || (decision->kind == TN_DECISION_POSTPONE && g_strcmp0 (decision->value, "no") != 0);
  return !is_late_possible || decision->series == NULL
         || (check_cycle (plan, decision, decision->cycle, error)
             && check_cycle (plan, decision, decision->other_cycle, error));
}
