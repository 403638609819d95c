/* The roster of a series: the list that councils ask for first, and the counts by which they judge
 * whether the ring is fair. It tells from a plan; only for the turns that joining and leaving moved
 * it walks the ring once more, as if membership stayed as it is today. */
#include "rules/roster.h"

#include "base/error.h"
#include "rules/entry.h"
#include "rules/rhythm.h"
#include "rules/roles.h"

#include <string.h>

static void
row_free (TnRosterRow *row)
{
  g_free (row->cycle);
  g_free (row->council);
  g_free (row->why);
  g_free (row->instead_of);
  g_free (row);
}

void
tn_fairness_free (TnFairness *fairness)
{
  if (fairness == NULL)
    return;
  g_free (fairness->council);
  g_free (fairness->next);
  g_free (fairness);
}

void
tn_roster_free (TnRoster *roster)
{
  if (roster == NULL)
    return;
  g_ptr_array_unref (roster->rows);
  g_ptr_array_unref (roster->fairness);
  g_free (roster);
}

static char *
join_reasons (const GPtrArray *reasons, const char *only_rule)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      if (only_rule == NULL || strcmp (reason->rule, only_rule) == 0)
        g_string_append_printf (text, "%s%s [%s]", text->len > 0 ? "; " : "", reason->text,
                                reason->source);
    }
  return g_string_free (text, FALSE);
}

/**
 * tn_roster_find_fairness:
 *
 * Returns: (transfer none) (nullable): the counts of @council; %NULL when the ring never names it
 */
const TnFairness *
tn_roster_find_fairness (const TnRoster *roster, const char *council)
{
  for (guint i = 0; i < roster->fairness->len; i++)
    {
      const TnFairness *fairness = g_ptr_array_index (roster->fairness, i);
      if (strcmp (fairness->council, council) == 0)
        return fairness;
    }
  return NULL;
}

static TnFairness *
get_fairness (TnRoster *roster, const char *council)
{
  const TnFairness *found = tn_roster_find_fairness (roster, council);
  if (found != NULL)
    return (TnFairness *) found;
  TnFairness *fairness = g_new0 (TnFairness, 1);
  fairness->council = g_strdup (council);
  fairness->years_since = -1;
  g_ptr_array_add (roster->fairness, fairness);
  return fairness;
}

static void
count_turn (TnRoster *roster, const TnPlan *plan, const TnOccurrence *occurrence,
            const TnTurn *turn, const char *council)
{
  TnFairness *fairness = get_fairness (roster, council);
  gboolean is_held = occurrence->status != TN_STATUS_CANCELLED
                     && occurrence->status != TN_STATUS_UNPLACED
                     && occurrence->when.days.end <= tn_plan_get_today (plan);
  if (turn->owner != NULL)
    {
      fairness->n_taken++;
      get_fairness (roster, turn->owner)->n_given++;
    }
  if (is_held)
    {
      fairness->n_held++;
      fairness->years_since = tn_date_get_year (tn_plan_get_today (plan))
                              - tn_date_get_year (occurrence->when.days.start);
    }
  else if (occurrence->status != TN_STATUS_CANCELLED)
    {
      fairness->n_planned++;
      if (fairness->next == NULL)
        fairness->next = g_strdup (occurrence->cycle_text);
    }
}

static void
add_row (TnRoster *roster, const TnOccurrence *occurrence, const char *council, TnTurnStatus status,
         char *why)
{
  TnRosterRow *row = g_new0 (TnRosterRow, 1);
  row->cycle = g_strdup (occurrence->cycle_text);
  row->council = g_strdup (council);
  row->status = status;
  row->why = why;
  g_ptr_array_add (roster->rows, row);
}

/* A skip that took a turn left a reason that names its entry. */
static gboolean
was_skipped (const TnTurn *turn, const TnDecision *skip)
{
  g_autofree char *source = tn_entry_dup_source (skip);
  for (guint i = 0; i < turn->reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (turn->reasons, i);
      if (strcmp (reason->rule, "skip") == 0 && strcmp (reason->source, source) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_skipped (TnRoster *roster, const TnOccurrence *occurrence, const TnTurn *turn,
             const GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const TnDecision *skip = g_ptr_array_index (entries, i);
      const TnCouncil *council
          = skip->kind == TN_DECISION_SKIP && skip->council != NULL
                    && g_strcmp0 (skip->cycle, occurrence->cycle_text) == 0
                ? tn_collaboration_find_council (occurrence->collaboration, skip->council)
                : NULL;
      if (council == NULL || !was_skipped (turn, skip))
        continue;
      add_row (roster, occurrence, council->id, TN_TURN_SKIPPED,
               join_reasons (turn->reasons, "skip"));
      get_fairness (roster, council->id)->n_skipped++;
    }
}

static void
add_turn (TnRoster *roster, const TnPlan *plan, const TnOccurrence *occurrence,
          const GPtrArray *entries)
{
  const TnTurn *turn = tn_occurrence_find_turn (occurrence, roster->role->name);
  if (turn == NULL)
    return;
  if (turn->rule->kind == TN_ROLE_RING)
    add_skipped (roster, occurrence, turn, entries);
  for (gsize i = 0; turn->councils[i] != NULL; i++)
    {
      add_row (roster, occurrence, turn->councils[i], turn->status,
               join_reasons (turn->reasons, NULL));
      count_turn (roster, plan, occurrence, turn, turn->councils[i]);
    }
  if (turn->councils[0] == NULL)
    add_row (roster, occurrence, NULL, turn->status, join_reasons (turn->reasons, NULL));
}

/* Compares each future turn with a ring in which nobody joins or leaves after today. */
static void
mark_moved (TnRoster *roster, const TnPlan *plan, const TnCollaboration *collaboration,
            const TnSeries *series, TnSpan periods)
{
  TnDate today = tn_plan_get_today (plan);
  g_autoptr (TnMembership) frozen
      = tn_membership_new (collaboration, tn_plan_get_ledger (plan), today);
  g_autoptr (TnRoles) roles
      = tn_roles_new (collaboration, tn_plan_get_ledger (plan), frozen, periods);
  for (guint i = 0; i < roster->rows->len; i++)
    {
      TnRosterRow *row = g_ptr_array_index (roster->rows, i);
      int index = 0;
      if (row->status == TN_TURN_SKIPPED || row->status == TN_TURN_HELD
          || !tn_rhythm_parse_index (series, row->cycle, &index))
        continue;
      TnTurn *turn = tn_roles_make_turn (roles, series, roster->role, index);
      const char *before = turn->councils[0];
      if (before != NULL && g_strcmp0 (before, row->council) != 0)
        {
          g_autofree char *why = row->why;
          row->instead_of = g_strdup (before);
          row->why = g_strdup_printf ("%s; moved: %s would have it if nobody joined or left", why,
                                      tn_collaboration_get_council_name (collaboration, before));
        }
      tn_turn_free (turn);
    }
}

static const TnRoleRule *
find_role (const TnSeries *series, const char *name)
{
  if (name != NULL)
    return tn_series_find_role (series, name);
  for (guint i = 0; i < series->roles->len; i++)
    {
      const TnRoleRule *role = g_ptr_array_index (series->roles, i);
      if (role->kind == TN_ROLE_RING)
        return role;
    }
  return series->roles->len > 0 ? g_ptr_array_index (series->roles, 0) : NULL;
}

static int
compare_fairness (gconstpointer a, gconstpointer b)
{
  const TnFairness *x = *(TnFairness *const *) a;
  const TnFairness *y = *(TnFairness *const *) b;
  return strcmp (x->council, y->council);
}

static void
fill (TnRoster *roster, const TnPlan *plan, const TnCollaboration *collaboration,
      const TnSeries *series)
{
  g_autoptr (GPtrArray) entries = tn_entry_list (tn_plan_get_ledger (plan), collaboration, series);
  TnSpan periods = tn_span_new (tn_plan_get_today (plan), tn_plan_get_today (plan));
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (occurrence->series != series)
        continue;
      TnSpan period = tn_cycle_get_span (&occurrence->cycle);
      periods.start = MIN (periods.start, period.start);
      periods.end = MAX (periods.end, period.end);
      add_turn (roster, plan, occurrence, entries);
    }
  g_ptr_array_sort (roster->fairness, compare_fairness);
  mark_moved (roster, plan, collaboration, series, periods);
}

/**
 * tn_roster_new:
 * @plan: whose span is listed; to judge fairness it should begin with the series
 * @role: (nullable): %NULL for the first that goes round, else the first
 *
 * Errors: %TN_ERROR_INVALID when there is no such collaboration, series or role.
 * Returns: (transfer full) (nullable): who holds which cycle, why, and the counts
 */
TnRoster *
tn_roster_new (const TnPlan *plan, const char *collaboration, const char *series, const char *role,
               GError **error)
{
  const TnCollaboration *in
      = tn_rulebook_find_collaboration (tn_plan_get_rulebook (plan), collaboration);
  const TnSeries *of = in != NULL ? tn_collaboration_find_series (in, series) : NULL;
  const TnRoleRule *rule = of != NULL ? find_role (of, role) : NULL;
  if (rule == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "cannot list hosts: there is no %s '%s'",
                   in == NULL   ? "collaboration"
                   : of == NULL ? "series"
                                : "role",
                   in == NULL     ? collaboration
                   : of == NULL   ? series
                   : role != NULL ? role
                                  : "that goes round");
      return NULL;
    }
  TnRoster *roster = g_new0 (TnRoster, 1);
  roster->role = rule;
  roster->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  roster->fairness = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_fairness_free);
  fill (roster, plan, in, of);
  return roster;
}
