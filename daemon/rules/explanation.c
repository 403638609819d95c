/* Explanations. Every step that chose something left its reason (design promise 10); here they only
 * become lines. */
#include "rules/explanation.h"

#include <string.h>

static void G_GNUC_PRINTF (2, 3) add_line (GPtrArray *lines, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_ptr_array_add (lines, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
add_reasons (GPtrArray *lines, const GPtrArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      add_line (lines, "  %s: %s [%s]", reason->rule, reason->text, reason->source);
    }
}

static char *
join_names (const TnOccurrence *occurrence, char **councils)
{
  GString *names = g_string_new (NULL);
  for (gsize i = 0; councils[i] != NULL; i++)
    g_string_append_printf (
        names, "%s%s", i > 0 ? ", " : "",
        tn_collaboration_get_council_name (occurrence->collaboration, councils[i]));
  return g_string_free (names->len > 0 ? names : g_string_assign (names, "nobody"), FALSE);
}

static void
add_date (GPtrArray *lines, const TnOccurrence *occurrence)
{
  g_autofree char *when = tn_when_to_string (&occurrence->when);
  if (occurrence->status == TN_STATUS_UNPLACED)
    add_line (lines, "date: none (unplaced)");
  else
    add_line (lines, "date: %s (%s%s%s)", when, tn_status_to_string (occurrence->status),
              occurrence->is_postponed ? ", put off" : "",
              occurrence->is_computed ? ", computed: nobody confirmed that it was held" : "");
  add_reasons (lines, occurrence->reasons);
}

static void
add_seats (GPtrArray *lines, const TnSeries *series)
{
  g_autofree char *source = tn_origin_to_string (&series->origin);
  if (series->seats > 0)
    add_line (lines, "seats: %d of each council [%s]", series->seats, source);
  if (series->capacity_most > 0)
    add_line (lines, "capacity: %d to %d councils [%s]", series->capacity_least,
              series->capacity_most, source);
}

static void
add_milestone (GPtrArray *lines, const TnOccurrence *occurrence, const TnMilestone *milestone)
{
  g_autofree char *due = tn_date_to_string (milestone->due);
  g_autofree char *names = join_names (occurrence, milestone->councils);
  add_line (lines, "milestone %s: %s, %s%s", milestone->id, due, names,
            milestone->done ? " (done)" : "");
  add_reasons (lines, milestone->reasons);
}

/**
 * tn_explanation_list_lines:
 * @plan: that @occurrence is of
 *
 * Returns: (transfer full) (element-type utf8): what it is; why this date; for each role why this
 *   council; for each milestone why this day. Each reason is one line with its rule and source.
 */
GPtrArray *
tn_explanation_list_lines (const TnPlan *plan, const TnOccurrence *occurrence)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  add_line (lines, "%s: %s", reference, occurrence->title);
  add_date (lines, occurrence);
  add_reasons (lines, occurrence->agenda);
  add_seats (lines, occurrence->series);
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      g_autofree char *names = join_names (occurrence, turn->councils);
      add_line (lines, "%s: %s (%s)", turn->rule->name, names,
                tn_turn_status_to_string (turn->status));
      add_reasons (lines, turn->reasons);
    }
  for (guint i = 0; i < occurrence->milestones->len; i++)
    add_milestone (lines, occurrence, g_ptr_array_index (occurrence->milestones, i));
  return lines;
}

static void
add_breaches (GPtrArray *breaches, const TnOccurrence *occurrence, const GPtrArray *reasons)
{
  for (guint i = 0; i < reasons->len; i++)
    {
      const TnReason *reason = g_ptr_array_index (reasons, i);
      if (strcmp (reason->rule, "breach") != 0)
        continue;
      g_autofree char *reference = tn_occurrence_to_reference (occurrence);
      g_ptr_array_add (breaches, tn_reason_new ("breach", reason->source, "%s: a decision %s",
                                                reference, reason->text));
    }
}

/**
 * tn_explanation_list_breaches:
 *
 * Decisions override every rule, but not silently: `check` and `explain` name the rule.
 *
 * Returns: (transfer full) (element-type TnReason): each rule that a decision in force breaks:
 * where the rule stands, and which occurrence breaks it how
 */
GPtrArray *
tn_explanation_list_breaches (const TnPlan *plan)
{
  GPtrArray *breaches = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_reason_free);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      add_breaches (breaches, occurrence, occurrence->reasons);
      for (guint j = 0; j < occurrence->turns->len; j++)
        {
          const TnTurn *turn = g_ptr_array_index (occurrence->turns, j);
          if (turn->rule->kind == TN_ROLE_RING)
            add_breaches (breaches, occurrence, turn->reasons);
        }
    }
  return breaches;
}
