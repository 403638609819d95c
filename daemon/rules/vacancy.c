/* The last one to leave. A ring without members gives its turns to nobody, and its series goes on
 * without a host; whoever lets the last council leave says first what is to become of it. Source:
 * issue "Every rule", Bad input. */
#include "rules/vacancy.h"

#include "base/error.h"
#include "rules/membership.h"

/* Whoever is a member so late has no end to it. */
static const int LATE_YEAR = 9990;

static gboolean
has_anybody (const TnMembership *membership, const TnRoleRule *role)
{
  TnDate late = tn_date_new (LATE_YEAR, 1, 1);
  for (guint i = 0; role->ring[i] != NULL; i++)
    if (tn_membership_has (membership, role->ring[i], tn_span_new (late, late + 1)))
      return TRUE;
  return FALSE;
}

static gboolean
is_inserted (const TnLedger *ledger, const TnSeries *series)
{
  for (guint i = 0; i < tn_ledger_get_size (ledger); i++)
    {
      const TnDecision *decision = tn_ledger_get (ledger, i);
      if (decision->kind == TN_DECISION_INSERT && g_strcmp0 (decision->series, series->id) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_series (const TnMembership *before, const TnMembership *after, const TnSeries *series,
              const TnDecision *decision, GError **error)
{
  if (series->has_last && tn_cycle_get_span (&series->last).start < decision->since)
    return TRUE;
  for (guint i = 0; i < series->roles->len; i++)
    {
      const TnRoleRule *role = g_ptr_array_index (series->roles, i);
      if (role->kind != TN_ROLE_RING || has_anybody (after, role) || !has_anybody (before, role))
        continue;
      g_autofree char *since = tn_date_to_string (decision->since);
      g_set_error (
          error, TN_ERROR, TN_ERROR_INVALID,
          "cannot let %s leave on %s: nobody is left in the ring of '%s' of %s/%s, expected "
          "another council in it first, or a last cycle of %s in the charter",
          decision->council, since, role->name, decision->collaboration, series->id, series->id);
      return FALSE;
    }
  return TRUE;
}

/**
 * tn_vacancy_check:
 * @decision: that a council asks for
 *
 * Errors: %TN_ERROR_INVALID when the last member of a ring leaves while its series goes on.
 */
gboolean
tn_vacancy_check (const TnPlan *plan, const TnDecision *decision, GError **error)
{
  const TnCollaboration *collaboration
      = tn_rulebook_find_collaboration (tn_plan_get_rulebook (plan), decision->collaboration);
  if (decision->kind != TN_DECISION_LEAVE || collaboration == NULL)
    return TRUE;
  const TnLedger *ledger = tn_plan_get_ledger (plan);
  g_autoptr (GPtrArray) more = g_ptr_array_new ();
  g_ptr_array_add (more, (gpointer) decision);
  g_autoptr (TnLedger) later = tn_ledger_with (ledger, more);
  g_autoptr (TnMembership) before = tn_membership_new (collaboration, ledger, TN_DATE_NONE);
  g_autoptr (TnMembership) after = tn_membership_new (collaboration, later, TN_DATE_NONE);
  for (guint i = 0; i < collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (collaboration->series, i);
      if (!is_inserted (later, series) && !check_series (before, after, series, decision, error))
        return FALSE;
    }
  return TRUE;
}
