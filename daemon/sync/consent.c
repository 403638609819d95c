/* A swap needs both councils (design section 7). What one of them decides alone is a proposal to
 * the other; agreed to, it is one decision that names both. The proposal carries the decision as a
 * line and who had the two turns when it was made, so it means the same wherever it is read. */
#include "sync/consent.h"

#include "base/error.h"
#include "rules/authority.h"

#include <string.h>

static const char *
find_holder (const TnPlan *plan, const TnDecision *swap, const char *cycle)
{
  const TnOccurrence *occurrence
      = tn_plan_find (plan, swap->collaboration, swap->series, cycle, swap->site);
  const TnRoleRule *role
      = occurrence != NULL ? tn_series_find_named_role (occurrence->series, swap->role_name) : NULL;
  const TnTurn *turn = role != NULL ? tn_occurrence_find_turn (occurrence, role->name) : NULL;
  return turn != NULL ? turn->councils[0] : NULL;
}

/* `esbjerg randers`: who has the one cycle, and who the other. */
static char *
dup_holders (const TnPlan *plan, const TnDecision *swap)
{
  const char *one = find_holder (plan, swap, swap->cycle);
  const char *other = find_holder (plan, swap, swap->other_cycle);
  return one != NULL && other != NULL && strcmp (one, other) != 0
             ? g_strjoin (" ", one, other, NULL)
             : NULL;
}

/* Returns: (nullable): the one of @holders that is not @council */
static char *
dup_partner (const char *holders, const char *council)
{
  g_auto (GStrv) both = g_strsplit (holders, " ", 2);
  if (g_strcmp0 (both[0], council) == 0)
    return g_strdup (both[1]);
  return g_strcmp0 (both[1], council) == 0 ? g_strdup (both[0]) : NULL;
}

/**
 * tn_consent_new_proposal:
 * @decision: that its `by` may not take alone
 *
 * Returns: (transfer full) (nullable): an open proposal to the other council; %NULL when there is
 *   none whose consent would be enough
 */
TnProposal *
tn_consent_new_proposal (const TnPlan *plan, const TnDecision *decision, gint64 at_us)
{
  g_autofree char *holders
      = decision->kind == TN_DECISION_SWAP ? dup_holders (plan, decision) : NULL;
  g_autofree char *partner = holders != NULL ? dup_partner (holders, decision->by) : NULL;
  if (partner == NULL)
    return NULL;
  const TnOccurrence *occurrence = tn_plan_find (plan, decision->collaboration, decision->series,
                                                 decision->cycle, decision->site);
  /* It goes to other councils, whom the user beside a command does not concern. */
  TnDecisionDraft draft = tn_decision_to_draft (decision);
  draft.source = NULL;
  g_autoptr (TnDecision) bare = tn_decision_new (&draft);
  g_autofree char *line = tn_decision_to_line (bare);
  TnProposal *proposal
      = tn_proposal_new (TN_PROPOSAL_DECISION, "", occurrence->uid, occurrence->key, TN_FIELD_WHEN,
                         line, holders, decision->by, decision->on);
  proposal->at_us = at_us;
  return proposal;
}

static gboolean
is_same_swap (const TnDecision *a, const TnDecision *b)
{
  gboolean is_pair
      = (g_strcmp0 (a->cycle, b->cycle) == 0 && g_strcmp0 (a->other_cycle, b->other_cycle) == 0)
        || (g_strcmp0 (a->cycle, b->other_cycle) == 0 && g_strcmp0 (a->other_cycle, b->cycle) == 0);
  return is_pair && a->kind == b->kind && g_strcmp0 (a->collaboration, b->collaboration) == 0
         && g_strcmp0 (a->series, b->series) == 0 && g_strcmp0 (a->site, b->site) == 0
         && g_strcmp0 (a->role_name, b->role_name) == 0;
}

/**
 * tn_consent_find_same:
 * @proposals: (element-type TnProposal)
 *
 * Returns: (transfer none) (nullable): an open proposal of what @decision says, by whomever
 */
const TnProposal *
tn_consent_find_same (GPtrArray *proposals, const TnDecision *decision)
{
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      if (proposal->kind != TN_PROPOSAL_DECISION || proposal->state != TN_PROPOSAL_OPEN)
        continue;
      g_autoptr (TnDecision) proposed = tn_decision_from_line (proposal->value, NULL);
      if (proposed != NULL && is_same_swap (proposed, decision))
        return proposal;
    }
  return NULL;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/**
 * tn_consent_list_deciders:
 *
 * Returns: (transfer full): ids, in their order, of the councils that may agree to it
 */
char **
tn_consent_list_deciders (const TnPlan *plan, const TnProposal *proposal)
{
  g_autofree char *partner = dup_partner (proposal->instead_of, proposal->council);
  const TnOccurrence *occurrence = tn_plan_find_uid (plan, proposal->uid, NULL);
  g_auto (GStrv) may = occurrence != NULL
                           ? tn_authority_list_deciders (occurrence, NULL, TN_RIGHT_TURN)
                           : g_new0 (char *, 1);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  if (partner != NULL && !g_strv_contains ((const char *const *) may, partner))
    g_ptr_array_add (ids, partner);
  for (gsize i = 0; may[i] != NULL; i++)
    g_ptr_array_add (ids, may[i]);
  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);
  return g_strdupv ((char **) ids->pdata);
}

static TnDecision *
read_line (const TnProposal *proposal, GError **error)
{
  TnDecision *decision = tn_decision_from_line (proposal->value, error);
  if (decision == NULL)
    g_prefix_error (error, "cannot read proposal %.8s: ", proposal->id);
  return decision;
}

/**
 * tn_consent_agree:
 * @council: who agrees
 *
 * Errors: %TN_ERROR_DENIED when it is not for @council to agree; %TN_ERROR_CONFLICT when the turns
 * have other holders than when it was proposed.
 * Returns: (transfer full) (nullable): the decision, of today: `by` the one, with the other as
 *   `council`
 */
TnDecision *
tn_consent_agree (const TnPlan *plan, const TnProposal *proposal, const char *council,
                  GError **error)
{
  g_autoptr (TnDecision) proposed = read_line (proposal, error);
  if (proposed == NULL || !tn_authority_may_decide (plan, proposed, council, error))
    return NULL;
  g_autofree char *holders = dup_holders (plan, proposed);
  if (g_strcmp0 (holders, proposal->instead_of) != 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT,
                   "the turns of %s and %s have other holders now than when the swap was proposed: "
                   "reject it and propose it anew",
                   proposed->cycle, proposed->other_cycle);
      return NULL;
    }
  g_autofree char *source = g_strdup_printf ("proposal %s", proposal->id);
  TnDecisionDraft draft = tn_decision_to_draft (proposed);
  draft.on = tn_plan_get_today (plan);
  draft.council = council;
  draft.source = source;
  return tn_decision_new (&draft);
}

/**
 * tn_consent_refuse:
 * @council: who refuses, or takes its own proposal back
 *
 * Errors: %TN_ERROR_DENIED when it is not for @council to say.
 * Returns: (transfer full) (nullable): the decision that is not taken
 */
TnDecision *
tn_consent_refuse (const TnPlan *plan, const TnProposal *proposal, const char *council,
                   GError **error)
{
  g_auto (GStrv) deciders = tn_consent_list_deciders (plan, proposal);
  if (g_strcmp0 (proposal->council, council) == 0
      || g_strv_contains ((const char *const *) deciders, council))
    return read_line (proposal, error);
  g_autofree char *names = g_strjoinv (", ", deciders);
  g_set_error (error, TN_ERROR, TN_ERROR_DENIED,
               "cannot reject the swap that %s proposed: that is for %s", proposal->council, names);
  return NULL;
}

static const char *
get_name (const TnPlan *plan, const TnDecision *swap, const char *council)
{
  const TnCollaboration *collaboration
      = tn_rulebook_find_collaboration (tn_plan_get_rulebook (plan), swap->collaboration);
  return collaboration != NULL ? tn_collaboration_get_council_name (collaboration, council)
                               : council;
}

static char *
format_turns (const TnPlan *plan, const TnProposal *proposal, gboolean swapped)
{
  g_autoptr (TnDecision) swap = tn_decision_from_line (proposal->value, NULL);
  g_auto (GStrv) both = g_strsplit (proposal->instead_of, " ", 2);
  if (swap == NULL || g_strv_length (both) != 2)
    return g_strdup ("a decision that cannot be read");
  return g_strdup_printf ("%s %s, %s %s", swap->cycle, get_name (plan, swap, both[swapped ? 1 : 0]),
                          swap->other_cycle, get_name (plan, swap, both[swapped ? 0 : 1]));
}

/**
 * tn_consent_dup_wish:
 *
 * Returns: (transfer full): how it would be: `2027 Randers, 2028 Esbjerg`
 */
char *
tn_consent_dup_wish (const TnPlan *plan, const TnProposal *proposal)
{
  return format_turns (plan, proposal, TRUE);
}

/**
 * tn_consent_dup_standing:
 *
 * Returns: (transfer full): how it was when it was proposed
 */
char *
tn_consent_dup_standing (const TnPlan *plan, const TnProposal *proposal)
{
  return format_turns (plan, proposal, FALSE);
}
