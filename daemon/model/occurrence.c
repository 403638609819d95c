/* Occurrences are made by rules/planner.c and never changed afterwards. */
#include "model/occurrence.h"

#include "model/identity.h"

#include <string.h>

const char *
tn_status_to_string (TnStatus status)
{
  static const char *const words[] = { "proposed", "confirmed", "cancelled", "unplaced" };
  return words[status];
}

const char *
tn_turn_status_to_string (TnTurnStatus status)
{
  static const char *const words[] = { "held", "planned", "postponed", "skipped", "swapped" };
  return words[status];
}

TnTurn *
tn_turn_new (const TnRoleRule *rule)
{
  TnTurn *turn = g_new0 (TnTurn, 1);
  turn->rule = rule;
  turn->councils = g_new0 (char *, 1);
  turn->status = TN_TURN_PLANNED;
  turn->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_reason_free);
  return turn;
}

void
tn_turn_free (TnTurn *turn)
{
  if (turn == NULL)
    return;
  g_strfreev (turn->councils);
  g_free (turn->owner);
  g_ptr_array_unref (turn->reasons);
  g_free (turn);
}

/**
 * tn_occurrence_new:
 *
 * Returns: (transfer full): an occurrence with its identity, to be filled in by the planner
 */
TnOccurrence *
tn_occurrence_new (const TnCollaboration *collaboration, const TnSeries *series,
                   const TnCycle *cycle)
{
  TnOccurrence *occurrence = g_new0 (TnOccurrence, 1);
  occurrence->collaboration = collaboration;
  occurrence->series = series;
  occurrence->cycle = *cycle;
  occurrence->cycle_text = tn_cycle_to_string (cycle);
  occurrence->number = 1;
  occurrence->status = TN_STATUS_UNPLACED;
  occurrence->turns = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_turn_free);
  occurrence->milestones = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_milestone_free);
  occurrence->agenda = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_reason_free);
  occurrence->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_reason_free);
  TnIdentity identity = { .collaboration = collaboration->id,
                          .series = series->id,
                          .cycle = occurrence->cycle_text };
  occurrence->key = tn_identity_to_key (&identity);
  occurrence->uid = tn_identity_key_to_uid (occurrence->key);
  return occurrence;
}

/**
 * tn_occurrence_set_site:
 *
 * Makes @occurrence the one of its cycle at @site, with an identity of its own.
 */
void
tn_occurrence_set_site (TnOccurrence *occurrence, const char *site)
{
  TnIdentity identity = { .collaboration = occurrence->collaboration->id,
                          .series = occurrence->series->id,
                          .cycle = occurrence->cycle_text,
                          .site = site };
  g_free (occurrence->site);
  g_free (occurrence->key);
  g_free (occurrence->uid);
  occurrence->site = g_strdup (site);
  occurrence->key = tn_identity_to_key (&identity);
  occurrence->uid = tn_identity_key_to_uid (occurrence->key);
}

void
tn_occurrence_free (TnOccurrence *occurrence)
{
  if (occurrence == NULL)
    return;
  g_free (occurrence->cycle_text);
  g_free (occurrence->site);
  g_free (occurrence->key);
  g_free (occurrence->uid);
  g_free (occurrence->title);
  g_free (occurrence->theme);
  g_free (occurrence->place);
  g_free (occurrence->text);
  g_ptr_array_unref (occurrence->turns);
  g_ptr_array_unref (occurrence->milestones);
  g_ptr_array_unref (occurrence->agenda);
  g_ptr_array_unref (occurrence->reasons);
  g_free (occurrence);
}

/**
 * tn_occurrence_find_turn:
 *
 * Returns: (transfer none) (nullable): who has role @role
 */
const TnTurn *
tn_occurrence_find_turn (const TnOccurrence *occurrence, const char *role)
{
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      if (strcmp (turn->rule->name, role) == 0)
        return turn;
    }
  return NULL;
}

/**
 * tn_occurrence_has_role:
 *
 * Returns: %TRUE when @council has role @role for @occurrence
 */
gboolean
tn_occurrence_has_role (const TnOccurrence *occurrence, const char *council, const char *role)
{
  const TnTurn *turn = tn_occurrence_find_turn (occurrence, role);
  return turn != NULL && g_strv_contains ((const char *const *) turn->councils, council);
}

const TnMilestone *
tn_occurrence_find_milestone (const TnOccurrence *occurrence, const char *id)
{
  for (guint i = 0; i < occurrence->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, i);
      if (strcmp (milestone->id, id) == 0)
        return milestone;
    }
  return NULL;
}

/**
 * tn_occurrence_find_hours:
 * @day: 0 is the first
 * @ret_hours: (out): untouched when there are none
 *
 * Each day has its hours where the charter gives them and the occurrence has as many days as it
 * says. A person who moved the begin or the end moved that of the first or last day with it.
 *
 * Returns: %TRUE when @day has hours of its own
 */
gboolean
tn_occurrence_find_hours (const TnOccurrence *occurrence, int day, TnHours *ret_hours)
{
  const TnWhen *when = &occurrence->when;
  const GArray *hours = occurrence->series->hours;
  int last = tn_span_get_days (when->days) - 1;
  if (when->all_day || hours->len < 2 || last != (int) hours->len - 1 || day < 0 || day > last)
    return FALSE;
  const TnHours *first_day = &g_array_index (hours, TnHours, 0);
  const TnHours *last_day = &g_array_index (hours, TnHours, last);
  if (when->start_minute >= first_day->end_minute || when->end_minute <= last_day->start_minute)
    return FALSE;
  TnHours found = g_array_index (hours, TnHours, day);
  if (day == 0)
    found.start_minute = when->start_minute;
  if (day == last)
    found.end_minute = when->end_minute;
  *ret_hours = found;
  return TRUE;
}

/**
 * tn_occurrence_to_reference:
 *
 * Returns: (transfer full): `7by/studietur/2027`
 */
char *
tn_occurrence_to_reference (const TnOccurrence *occurrence)
{
  return tn_identity_key_to_reference (occurrence->key);
}
