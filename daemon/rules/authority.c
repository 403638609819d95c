/* Authority: who may change what. The charter gives rights to roles, and who has a role stands in
 * the plan, so a right goes round with the ring. Calendars, commands and pages are all judged here.
 * Source: design section 7. */
#include "rules/authority.h"

#include "base/error.h"

#include <string.h>

static gboolean
has_duty (const TnMilestone *milestone, const char *council, TnRight right)
{
  return milestone != NULL && (right == TN_RIGHT_WHEN || right == TN_RIGHT_STATUS)
         && g_strv_contains ((const char *const *) milestone->councils, council);
}

/**
 * tn_authority_find_role:
 * @milestone: (nullable): one of @occurrence's, when it is about that
 * @council: (nullable): %NULL: somebody in a shared calendar, who has no role
 *
 * Returns: (transfer none) (nullable): the role by which @council may; `all` where the series is
 *   open to all; %NULL when it may not
 */
const char *
tn_authority_find_role (const TnOccurrence *occurrence, const TnMilestone *milestone,
                        const char *council, TnRight right)
{
  if (council == NULL)
    return NULL;
  if (has_duty (milestone, council, right))
    return milestone->by;
  char **may = occurrence->series->may[right];
  for (gsize i = 0; may != NULL && may[i] != NULL; i++)
    if (strcmp (may[i], "all") == 0 || tn_occurrence_has_role (occurrence, council, may[i]))
      return may[i];
  return NULL;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/**
 * tn_authority_list_deciders:
 * @milestone: (nullable)
 *
 * Returns: (transfer full): ids, in their order, of the councils that may; empty when nobody can
 */
char **
tn_authority_list_deciders (const TnOccurrence *occurrence, const TnMilestone *milestone,
                            TnRight right)
{
  GPtrArray *deciders = g_ptr_array_new ();
  const GPtrArray *councils = occurrence->collaboration->councils;
  for (guint i = 0; i < councils->len; i++)
    {
      const TnCouncil *council = g_ptr_array_index (councils, i);
      if (tn_authority_find_role (occurrence, milestone, council->id, right) != NULL)
        g_ptr_array_add (deciders, g_strdup (council->id));
    }
  g_ptr_array_sort (deciders, compare_ids);
  g_ptr_array_add (deciders, NULL);
  return (char **) g_ptr_array_free (deciders, FALSE);
}

/**
 * tn_authority_get_rank:
 * @council: (nullable): %NULL: somebody in a shared calendar
 *
 * Source: design section 8, step 5: conflicts go to host, organiser, secretariat, shared, others.
 * Returns: 0 for the host to 4 for others; the lower one wins
 */
int
tn_authority_get_rank (const TnOccurrence *occurrence, const char *council)
{
  static const char *const roles[] = { "host", "organiser", "secretariat" };
  if (council == NULL)
    return (int) G_N_ELEMENTS (roles);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (tn_occurrence_has_role (occurrence, council, roles[i]))
      return (int) i;
  return (int) G_N_ELEMENTS (roles) + 1;
}

/* What a kind of decision is called where it is refused, and the right that it needs. */
static const struct
{
  const char *wish;
  TnRight right;
} WISHES[TN_N_DECISIONS] = {
  [TN_DECISION_DATE] = { "move", TN_RIGHT_WHEN },
  [TN_DECISION_CANCEL] = { "cancel", TN_RIGHT_STATUS },
  [TN_DECISION_SWAP] = { "swap turns of", TN_RIGHT_TURN },
  [TN_DECISION_SKIP] = { "skip a turn of", TN_RIGHT_TURN },
  [TN_DECISION_POSTPONE] = { "postpone", TN_RIGHT_TURN },
  [TN_DECISION_SET] = { "name the holder of", TN_RIGHT_TURN },
  [TN_DECISION_INSERT] = { "change the ring of", TN_RIGHT_TURN },
  [TN_DECISION_JOIN] = { "let a council join", TN_RIGHT_TURN },
  [TN_DECISION_LEAVE] = { "let a council leave", TN_RIGHT_TURN },
  [TN_DECISION_THEME] = { "set the theme of", TN_RIGHT_WHAT },
  [TN_DECISION_TITLE] = { "change the title of", TN_RIGHT_WHAT },
  [TN_DECISION_WHERE] = { "change the place of", TN_RIGHT_WHERE },
  [TN_DECISION_TEXT] = { "change the text of", TN_RIGHT_WHAT },
  [TN_DECISION_DUE] = { "move the milestone of", TN_RIGHT_WHEN },
  [TN_DECISION_DONE] = { "tick off the milestone of", TN_RIGHT_STATUS },
  [TN_DECISION_PLACED] = { "place", TN_RIGHT_WHEN },
};

static char *
join_names (const TnCollaboration *collaboration, char **councils)
{
  GString *names = g_string_new (NULL);
  for (gsize i = 0; councils[i] != NULL; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            tn_collaboration_get_council_name (collaboration, councils[i]));
  return g_string_free (names, FALSE);
}

static gboolean
deny (const TnOccurrence *occurrence, const TnMilestone *milestone, const TnDecision *decision,
      const char *council, TnRight right, GError **error)
{
  g_auto (GStrv) deciders = tn_authority_list_deciders (occurrence, milestone, right);
  g_autofree char *names = join_names (occurrence->collaboration, deciders);
  g_autofree char *roles = g_strjoinv (", ", occurrence->series->may[right]);
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  const char *who = council != NULL
                        ? tn_collaboration_get_council_name (occurrence->collaboration, council)
                        : "somebody in a shared calendar";
  g_set_error (error, TN_ERROR, TN_ERROR_DENIED,
               "%s may not %s %s: that is for %s (%s); propose it to them", who,
               WISHES[decision->kind].wish, reference,
               names[0] != '\0' ? names : "nobody at present", roles);
  return FALSE;
}

static gboolean
has_secretariat (const TnSeries *series)
{
  return tn_series_find_role (series, "secretariat") != NULL;
}

/* Where there is no secretariat, an entry that names its minutes speaks for all. */
static gboolean
is_minuted (const TnSeries *series, const TnDecision *decision)
{
  return !has_secretariat (series) && decision->minutes != NULL;
}

static const TnOccurrence *
find_occurrence (const TnPlan *plan, const TnDecision *decision, const char *cycle, GError **error)
{
  const TnOccurrence *occurrence = NULL;
  if (decision->series != NULL && cycle != NULL)
    occurrence
        = tn_plan_find (plan, decision->collaboration, decision->series, cycle, decision->site);
  if (occurrence == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                 "cannot judge the decision: the plan has no %s/%s/%s, expected one of those that "
                 "'turnusctl list' shows",
                 decision->collaboration, decision->series != NULL ? decision->series : "?",
                 cycle != NULL ? cycle : "?");
  return occurrence;
}

static gboolean
has_turn (const TnOccurrence *occurrence, const TnDecision *decision, const char *council)
{
  const char *role = decision->role_name;
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      if (turn->rule->kind == TN_ROLE_RING && (role == NULL || strcmp (role, turn->rule->name) == 0)
          && g_strv_contains ((const char *const *) turn->councils, council))
        return TRUE;
    }
  return FALSE;
}

/* A swap needs both councils: the one that wrote it down and the one that agrees to it now. */
static gboolean
may_swap (const TnPlan *plan, const TnDecision *decision, const char *council, GError **error)
{
  const TnOccurrence *one = find_occurrence (plan, decision, decision->cycle, error);
  if (one == NULL)
    return FALSE;
  const TnOccurrence *other = find_occurrence (plan, decision, decision->other_cycle, error);
  if (other == NULL)
    return FALSE;
  if (tn_authority_find_role (one, NULL, council, TN_RIGHT_TURN) != NULL
      || is_minuted (one->series, decision))
    return TRUE;
  const char *writer = decision->by;
  if (writer != NULL && council != NULL
      && ((has_turn (one, decision, writer) && has_turn (other, decision, council))
          || (has_turn (other, decision, writer) && has_turn (one, decision, council))))
    return TRUE;
  g_autofree char *reference = tn_occurrence_to_reference (one);
  g_set_error (
      error, TN_ERROR, TN_ERROR_DENIED,
      "cannot swap %s with %s: a swap needs the holders of both, one to propose it and the "
      "other to accept%s",
      reference, decision->other_cycle,
      has_secretariat (one->series) ? ", or the secretariat" : ", or minutes that record it");
  return FALSE;
}

/* Joining and leaving concern every series; the secretariat of any of them may record it. */
static gboolean
may_change_membership (const TnPlan *plan, const TnDecision *decision, const char *council,
                       GError **error)
{
  gboolean any_secretariat = FALSE;
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (strcmp (occurrence->collaboration->id, decision->collaboration) != 0)
        continue;
      any_secretariat |= has_secretariat (occurrence->series);
      if (tn_authority_find_role (occurrence, NULL, council, TN_RIGHT_TURN) != NULL)
        return TRUE;
    }
  if (!any_secretariat && decision->minutes != NULL)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_DENIED, "cannot %s in %s: that is for %s",
               WISHES[decision->kind].wish, decision->collaboration,
               any_secretariat ? "the secretariat; propose it to them"
                               : "all: name the minutes that record it");
  return FALSE;
}

static gboolean
may_change (const TnPlan *plan, const TnDecision *decision, const char *council, GError **error)
{
  const TnOccurrence *occurrence = find_occurrence (plan, decision, decision->cycle, error);
  if (occurrence == NULL)
    return FALSE;
  const TnMilestone *milestone
      = decision->milestone != NULL ? tn_occurrence_find_milestone (occurrence, decision->milestone)
                                    : NULL;
  if (milestone == NULL
      && (decision->kind == TN_DECISION_DUE || decision->kind == TN_DECISION_DONE))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "cannot judge the decision: %s/%s has no milestone '%s'", decision->series,
                   decision->cycle, decision->milestone != NULL ? decision->milestone : "");
      return FALSE;
    }

  TnRight right = WISHES[decision->kind].right;
  if (right == TN_RIGHT_TURN && is_minuted (occurrence->series, decision))
    return TRUE;
  g_autofree char *when = tn_when_to_string (&occurrence->when);
  gboolean only_confirms = decision->kind == TN_DECISION_DATE && decision->confirmed
                           && occurrence->status != TN_STATUS_UNPLACED
                           && g_strcmp0 (decision->value, when) == 0;
  if (!only_confirms && tn_authority_find_role (occurrence, milestone, council, right) == NULL)
    return deny (occurrence, milestone, decision, council, right, error);
  if (decision->kind == TN_DECISION_DATE && decision->confirmed
      && tn_authority_find_role (occurrence, milestone, council, TN_RIGHT_STATUS) == NULL)
    return deny (occurrence, milestone, decision, council, TN_RIGHT_STATUS, error);
  return TRUE;
}

/**
 * tn_authority_may_decide:
 * @plan: as it is without @decision; must cover what the decision is about
 * @council: (nullable): present id of the council that speaks; %NULL: somebody in a shared calendar
 *
 * Source: design section 7: a swap needs both councils (@decision's `by`, and @council who accepts
 * it), other changes of turns the secretariat or, without one, an entry that names its minutes. A
 * date that is confirmed where it stands needs the right to the status only.
 *
 * Errors: %TN_ERROR_DENIED, saying who may; %TN_ERROR_INVALID when there is no such event.
 * Returns: %TRUE when @council may take @decision
 */
gboolean
tn_authority_may_decide (const TnPlan *plan, const TnDecision *decision, const char *council,
                         GError **error)
{
  switch (decision->kind)
    {
    case TN_DECISION_PLACED:
      g_set_error (error, TN_ERROR, TN_ERROR_DENIED,
                   "cannot place %s/%s: that is the rules' own; move or confirm it instead",
                   decision->series != NULL ? decision->series : "?",
                   decision->cycle != NULL ? decision->cycle : "?");
      return FALSE;
    case TN_DECISION_SWAP:
      return may_swap (plan, decision, council, error);
    case TN_DECISION_JOIN:
    case TN_DECISION_LEAVE:
      return may_change_membership (plan, decision, council, error);
    default:
      return may_change (plan, decision, council, error);
    }
}
