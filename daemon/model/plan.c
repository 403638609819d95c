/* The plan: what the rules and decisions say, worked out. A pure function of charters, ledger,
 * holidays and today (promise 9); it keeps what it was made from alive. */
#include "model/plan.h"

#include <string.h>

struct _TnPlan
{
  TnRulebook *rulebook; /* (owned) */
  TnLedger *ledger;     /* (owned) */
  TnSpan span;
  TnDate today;
  GPtrArray *occurrences; /* (owned) (element-type TnOccurrence) by date, then reference */
  GHashTable *by_uid;     /* (owned) (element-type utf8 TnOccurrence) borrowed; also milestones */
};

/**
 * tn_plan_new:
 * @occurrences: (transfer full) (element-type TnOccurrence): in the order in which they are listed
 *
 * Returns: (transfer full): the plan
 */
TnPlan *
tn_plan_new (const TnRulebook *rulebook, const TnLedger *ledger, TnSpan span, TnDate today,
             GPtrArray *occurrences)
{
  TnPlan *plan = g_atomic_rc_box_new0 (TnPlan);
  plan->rulebook = tn_rulebook_ref (rulebook);
  plan->ledger = tn_ledger_ref (ledger);
  plan->span = span;
  plan->today = today;
  plan->occurrences = occurrences;
  plan->by_uid = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < occurrences->len; i++)
    {
      TnOccurrence *occurrence = g_ptr_array_index (occurrences, i);
      g_hash_table_insert (plan->by_uid, occurrence->uid, occurrence);
      for (guint j = 0; j < occurrence->milestones->len; j++)
        {
          TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, j);
          g_hash_table_insert (plan->by_uid, milestone->uid, occurrence);
        }
    }
  return plan;
}

TnPlan *
tn_plan_ref (const TnPlan *plan)
{
  return g_atomic_rc_box_acquire ((TnPlan *) plan);
}

static void
plan_clear (TnPlan *plan)
{
  g_hash_table_unref (plan->by_uid);
  g_ptr_array_unref (plan->occurrences);
  tn_ledger_unref (plan->ledger);
  tn_rulebook_unref (plan->rulebook);
}

void
tn_plan_unref (TnPlan *plan)
{
  if (plan != NULL)
    g_atomic_rc_box_release_full (plan, (GDestroyNotify) plan_clear);
}

const TnRulebook *
tn_plan_get_rulebook (const TnPlan *plan)
{
  return plan->rulebook;
}

const TnLedger *
tn_plan_get_ledger (const TnPlan *plan)
{
  return plan->ledger;
}

TnSpan
tn_plan_get_span (const TnPlan *plan)
{
  return plan->span;
}

TnDate
tn_plan_get_today (const TnPlan *plan)
{
  return plan->today;
}

guint
tn_plan_get_size (const TnPlan *plan)
{
  return plan->occurrences->len;
}

const TnOccurrence *
tn_plan_get (const TnPlan *plan, guint index)
{
  return g_ptr_array_index (plan->occurrences, index);
}

/**
 * tn_plan_find_uid:
 * @ret_milestone: (out) (optional) (nullable): the milestone that has the UID, if it is one
 *
 * Returns: (transfer none) (nullable): the occurrence that has the UID, or whose milestone has
 */
const TnOccurrence *
tn_plan_find_uid (const TnPlan *plan, const char *uid, const TnMilestone **ret_milestone)
{
  const TnOccurrence *occurrence = g_hash_table_lookup (plan->by_uid, uid);
  if (ret_milestone != NULL)
    {
      *ret_milestone = NULL;
      for (guint i = 0; occurrence != NULL && i < occurrence->milestones->len; i++)
        {
          const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, i);
          if (strcmp (milestone->uid, uid) == 0)
            *ret_milestone = milestone;
        }
    }
  return occurrence;
}

/**
 * tn_plan_find:
 * @site: (nullable)
 *
 * Returns: (transfer none) (nullable): the occurrence
 */
const TnOccurrence *
tn_plan_find (const TnPlan *plan, const char *collaboration, const char *series, const char *cycle,
              const char *site)
{
  for (guint i = 0; i < plan->occurrences->len; i++)
    {
      const TnOccurrence *occurrence = g_ptr_array_index (plan->occurrences, i);
      if (strcmp (occurrence->collaboration->id, collaboration) == 0
          && strcmp (occurrence->series->id, series) == 0
          && strcmp (occurrence->cycle_text, cycle) == 0 && g_strcmp0 (occurrence->site, site) == 0)
        return occurrence;
    }
  return NULL;
}
