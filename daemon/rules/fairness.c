/* Fairness before and after a decision: what a council wants to see before it agrees to one. The
 * rosters are made of the collaboration alone, from the first turn of each ring on, so that the
 * price is not that of all that one daemon keeps. */
#include "rules/fairness.h"

#include "rules/planner.h"
#include "rules/ring.h"

#include <string.h>

void
tn_share_free (TnShare *share)
{
  if (share == NULL)
    return;
  g_free (share->collaboration);
  g_free (share->series);
  g_free (share->role);
  tn_fairness_free (share->before);
  tn_fairness_free (share->after);
  g_free (share);
}

/* Borrows from @whole, which outlives it. */
static TnRulebook *
narrow (const TnRulebook *whole, const TnCollaboration *only)
{
  TnRulebook *rulebook = tn_rulebook_new ();
  g_ptr_array_unref (rulebook->collaborations);
  g_ptr_array_unref (rulebook->holiday_files);
  rulebook->collaborations = g_ptr_array_new ();
  g_ptr_array_add (rulebook->collaborations, (gpointer) only);
  rulebook->holiday_files = g_ptr_array_ref (whole->holiday_files);
  return rulebook;
}

static TnSpan
find_span (const TnPlan *plan, const TnCollaboration *collaboration)
{
  TnSpan span = tn_plan_get_span (plan);
  for (guint i = 0; i < collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (collaboration->series, i);
      span.start = MIN (span.start, tn_cycle_get_span (&series->first).start);
    }
  return span;
}

static gboolean
is_about_turns (TnDecisionKind kind)
{
  return kind == TN_DECISION_SWAP || kind == TN_DECISION_SKIP || kind == TN_DECISION_POSTPONE
         || kind == TN_DECISION_SET || kind == TN_DECISION_INSERT || kind == TN_DECISION_JOIN
         || kind == TN_DECISION_LEAVE;
}

static gboolean
names_ring (const TnDecision *decision, const TnSeries *series, const TnRoleRule *role)
{
  if (!is_about_turns (decision->kind))
    return FALSE;
  if (decision->series == NULL)
    return TRUE; /* joining and leaving */
  if (strcmp (decision->series, series->id) != 0)
    return FALSE;
  if (decision->role_name == NULL && decision->kind == TN_DECISION_POSTPONE)
    return TRUE; /* puts off every turn of the cycle */
  return tn_series_find_named_role (series, decision->role_name) == role;
}

static gboolean
is_same (const TnFairness *a, const TnFairness *b)
{
  return a->n_held == b->n_held && a->n_planned == b->n_planned && a->n_given == b->n_given
         && a->n_taken == b->n_taken && a->n_skipped == b->n_skipped
         && a->years_since == b->years_since && g_strcmp0 (a->next, b->next) == 0;
}

static TnFairness *
copy_of (const TnRoster *roster, const char *council)
{
  const TnFairness *found = tn_roster_find_fairness (roster, council);
  TnFairness *copy = g_new0 (TnFairness, 1);
  if (found != NULL)
    *copy = *found;
  else
    copy->years_since = -1;
  copy->council = g_strdup (council);
  copy->next = g_strdup (found != NULL ? found->next : NULL);
  return copy;
}

/* Returns: (transfer full) (element-type TnShare): every council that either roster knows */
static GPtrArray *
pair_up (const TnPlan *before, const TnPlan *after, const TnCollaboration *collaboration,
         const TnSeries *series, const TnRoleRule *role)
{
  g_autoptr (TnRoster) old
      = tn_roster_new (before, collaboration->id, series->id, role->name, NULL);
  g_autoptr (TnRoster) new = tn_roster_new (after, collaboration->id, series->id, role->name, NULL);
  GPtrArray *shares = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_share_free);
  for (guint i = 0; i < collaboration->councils->len; i++)
    {
      const char *council = ((TnCouncil *) g_ptr_array_index (collaboration->councils, i))->id;
      if (tn_roster_find_fairness (old, council) == NULL
          && tn_roster_find_fairness (new, council) == NULL)
        continue;
      TnShare *share = g_new0 (TnShare, 1);
      share->collaboration = g_strdup (collaboration->id);
      share->series = g_strdup (series->id);
      share->role = g_strdup (role->name);
      share->before = copy_of (old, council);
      share->after = copy_of (new, council);
      g_ptr_array_add (shares, share);
    }
  return shares;
}

static gboolean
changes (const GPtrArray *shares)
{
  for (guint i = 0; i < shares->len; i++)
    {
      const TnShare *share = g_ptr_array_index (shares, i);
      if (!is_same (share->before, share->after))
        return TRUE;
    }
  return FALSE;
}

static void
add_ring (GPtrArray *shares, const TnPlan *before, const TnPlan *after, const TnDecision *decision,
          const TnSeries *series, const TnRoleRule *role)
{
  const TnCollaboration *collaboration
      = tn_rulebook_find_collaboration (tn_plan_get_rulebook (before), decision->collaboration);
  GPtrArray *ring = pair_up (before, after, collaboration, series, role);
  if (names_ring (decision, series, role) || changes (ring))
    g_ptr_array_extend_and_steal (shares, ring);
  else
    g_ptr_array_unref (ring);
}

/**
 * tn_fairness_list_shares:
 * @plan: as it is without @decision; what is planned counts to its end
 *
 * Returns: (transfer full) (element-type TnShare): every council of the rings that @decision is
 *   about, or whose fairness it changes: by ring, then council, as the charter has them
 */
GPtrArray *
tn_fairness_list_shares (const TnPlan *plan, const TnDecision *decision)
{
  GPtrArray *shares = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_share_free);
  const TnRulebook *whole = tn_plan_get_rulebook (plan);
  const TnCollaboration *collaboration
      = tn_rulebook_find_collaboration (whole, decision->collaboration);
  if (collaboration == NULL)
    return shares;
  g_autoptr (TnRulebook) rulebook = narrow (whole, collaboration);
  g_autoptr (GPtrArray) decisions = g_ptr_array_new ();
  g_ptr_array_add (decisions, (gpointer) decision);
  const TnLedger *ledger = tn_plan_get_ledger (plan);
  g_autoptr (TnLedger) decided = tn_ledger_with (ledger, decisions);
  TnSpan span = find_span (plan, collaboration);
  TnDate today = tn_plan_get_today (plan);
  g_autoptr (TnPlan) before = tn_planner_plan (rulebook, ledger, span, today);
  g_autoptr (TnPlan) after = tn_planner_plan (rulebook, decided, span, today);
  for (guint i = 0; i < collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (collaboration->series, i);
      for (guint j = 0; j < series->roles->len; j++)
        {
          const TnRoleRule *role = g_ptr_array_index (series->roles, j);
          if (role->kind == TN_ROLE_RING)
            add_ring (shares, before, after, decision, series, role);
        }
    }
  return shares;
}
