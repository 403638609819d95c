/* What time has overtaken. A turn that was held cannot be traded or put off any more, and a ring
 * whose members have all left gives its turns to nobody. Both are slips of a year or of a key, and
 * each is told where it stands, with what would say what was probably meant. */
#include "charter/hindsight.h"

#include "charter/document.h"

#include <string.h>

/* A window over New Year ends in the year after its cycle. */
static TnDate
get_end (const TnSeries *series, const TnCycle *cycle)
{
  const TnWindow *window = &series->window;
  gboolean reaches_over
      = window->last_month < window->first_month
        || (window->last_month == window->first_month && window->last_day < window->first_day)
        || window->last_week < window->first_week;
  return tn_cycle_get_span (cycle).end + (reaches_over ? 366 : 0);
}

/* The day after one on which people settled that @cycle is held, as far as @on knows. */
static TnDate
find_held (const TnCollaboration *collaboration, const TnDecision *decision, const char *cycle,
           const char **ret_source)
{
  for (guint i = 0; i < collaboration->decisions->len; i++)
    {
      const TnDecision *other = g_ptr_array_index (collaboration->decisions, i);
      TnWhen when = { 0 };
      if (other->kind == TN_DECISION_DATE && other->on <= decision->on
          && g_strcmp0 (other->series, decision->series) == 0
          && g_strcmp0 (other->cycle, cycle) == 0 && other->value != NULL
          && tn_when_parse (other->value, &when, NULL) && when.days.end <= decision->on)
        {
          *ret_source = other->source;
          return when.days.end;
        }
    }
  return TN_DATE_NONE;
}

static void
check_cycle (TnGroup group, const char *key, const TnCollaboration *collaboration,
             const TnDecision *decision, const char *text)
{
  const char *instead = decision->kind == TN_DECISION_SWAP
                            ? "who really had it is said with set"
                            : "one that was not held is said with cancel";
  const TnSeries *series = tn_collaboration_find_series (collaboration, decision->series);
  const char *source = NULL;
  TnCycle cycle = { 0 };
  if (series == NULL || !tn_cycle_parse (text, &cycle, NULL))
    return;
  TnDate held = find_held (collaboration, decision, text, &source);
  TnDate end = held != TN_DATE_NONE ? held : get_end (series, &cycle);
  if (end > decision->on)
    return;
  g_autofree char *last_day = tn_date_to_string (end - 1);
  g_autofree char *on = tn_date_to_string (decision->on);
  tn_group_complain (group, key,
                     "%s %s on %s%s%s%s, before this was decided on %s, expected a cycle "
                     "to come; %s",
                     text, held != TN_DATE_NONE ? "was held" : "was over", last_day,
                     source != NULL ? " (" : "", source != NULL ? source : "",
                     source != NULL ? ")" : "", on, instead);
}

/**
 * tn_hindsight_check_decision:
 * @group: in which @decision stands, with what was decided under @key
 * @collaboration: with all its decisions
 *
 * Complains of a swap or a postponement of what was over when it was decided.
 */
void
tn_hindsight_check_decision (TnGroup group, const char *key, const TnCollaboration *collaboration,
                             const TnDecision *decision)
{
  gboolean is_late_possible
      = decision->kind == TN_DECISION_SWAP
        || (decision->kind == TN_DECISION_POSTPONE && g_strcmp0 (decision->value, "no") != 0);
  if (!is_late_possible || decision->series == NULL || decision->cycle == NULL)
    return;
  check_cycle (group, key, collaboration, decision, decision->cycle);
  if (decision->other_cycle != NULL)
    check_cycle (group, key, collaboration, decision, decision->other_cycle);
}

/* The day from which on a council is no member any more, by its periods and the charter's
 * decisions; the youngest of these holds. */
static TnDate
get_departure (const TnCollaboration *collaboration, const TnCouncil *council)
{
  TnDate departure = TN_DATE_NONE;
  TnDate youngest = TN_DATE_NONE;
  for (guint i = 0; i < council->memberships->len; i++)
    departure = MAX (departure, g_array_index (council->memberships, TnSpan, i).end);
  for (guint i = 0; i < collaboration->decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (collaboration->decisions, i);
      if ((decision->kind != TN_DECISION_JOIN && decision->kind != TN_DECISION_LEAVE)
          || decision->council == NULL /* it is complained of already */
          || tn_collaboration_find_council (collaboration, decision->council) != council
          || decision->since < youngest)
        continue;
      youngest = decision->since;
      departure = decision->kind == TN_DECISION_JOIN ? TN_SPAN_ALWAYS.end
                                                     : MIN (departure, decision->since);
    }
  return departure;
}

static gboolean
is_inserted (const TnCollaboration *collaboration, const TnSeries *series)
{
  for (guint i = 0; i < collaboration->decisions->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (collaboration->decisions, i);
      if (decision->kind == TN_DECISION_INSERT && g_strcmp0 (decision->series, series->id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
check_ring (TnGroup charter, const TnCollaboration *collaboration, const TnSeries *series,
            const TnRoleRule *role)
{
  TnDate departure = TN_DATE_NONE;
  for (guint i = 0; role->ring[i] != NULL; i++)
    {
      const TnCouncil *council = tn_collaboration_find_council (collaboration, role->ring[i]);
      if (council != NULL)
        departure = MAX (departure, get_departure (collaboration, council));
    }
  gboolean goes_on = !series->has_last || tn_cycle_get_span (&series->last).start >= departure;
  if (departure == TN_DATE_NONE || departure >= TN_SPAN_ALWAYS.end || !goes_on)
    return;
  g_autofree char *last_day = tn_date_to_string (departure - 1);
  TnCycle last = tn_cycle_at (series->every, departure - 1);
  g_autofree char *cycle = tn_cycle_to_string (&last);
  tn_group_complain_at (
      charter, role->origin.line,
      "nobody in the ring of '%s' is a member after %s and '%s' goes on, expected "
      "last = \"%s\", or a council in rotation that is a member",
      role->name, last_day, series->id, cycle);
}

/**
 * tn_hindsight_check_rings:
 * @charter: the group `collaboration`
 * @collaboration: with all its decisions
 *
 * Complains of each ring whose members have all left while its series goes on.
 */
void
tn_hindsight_check_rings (TnGroup charter, const TnCollaboration *collaboration)
{
  for (guint i = 0; i < collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (collaboration->series, i);
      for (guint j = 0; j < series->roles->len && !is_inserted (collaboration, series); j++)
        {
          const TnRoleRule *role = g_ptr_array_index (series->roles, j);
          if (role->kind == TN_ROLE_RING)
            check_ring (charter, collaboration, series, role);
        }
    }
}
