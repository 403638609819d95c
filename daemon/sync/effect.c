/* Effects: what a decision changes in the plan, field by field, as people are shown it before and
 * after they take it. */
#include "sync/effect.h"

#include "base/error.h"

void
tn_effect_free (TnEffect *effect)
{
  if (effect == NULL)
    return;
  g_free (effect->reference);
  g_free (effect->title);
  g_free (effect->field);
  g_free (effect->before);
  g_free (effect->after);
  g_free (effect);
}

static void
add_effect (GPtrArray *effects, const TnOccurrence *occurrence, const char *field,
            const char *before, const char *after)
{
  if (g_strcmp0 (before, after) == 0)
    return;
  TnEffect *effect = g_new0 (TnEffect, 1);
  effect->reference = tn_occurrence_to_reference (occurrence);
  effect->title = g_strdup (occurrence->title);
  effect->field = g_strdup (field);
  effect->before = g_strdup (before != NULL ? before : "");
  effect->after = g_strdup (after != NULL ? after : "");
  g_ptr_array_add (effects, effect);
}

static char *
dup_when (const TnOccurrence *occurrence)
{
  return occurrence->status == TN_STATUS_UNPLACED ? g_strdup ("unplaced")
                                                  : tn_when_to_string (&occurrence->when);
}

static void
compare_turns (GPtrArray *effects, const TnOccurrence *old, const TnOccurrence *new)
{
  for (guint i = 0; i < new->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (new->turns, i);
      const TnTurn *was = tn_occurrence_find_turn (old, turn->rule->name);
      g_autofree char *before = was != NULL ? g_strjoinv (", ", was->councils) : g_strdup ("");
      g_autofree char *after = g_strjoinv (", ", turn->councils);
      add_effect (effects, new, turn->rule->name, before, after);
    }
}

static char *
dup_due (const TnMilestone *milestone)
{
  return milestone != NULL && milestone->due != TN_DATE_NONE ? tn_date_to_string (milestone->due)
                                                             : g_strdup ("");
}

/* `program`: when it is due; `program by`, `program title`, `program done`: the rest of it. */
static void
compare_milestone (GPtrArray *effects, const TnOccurrence *of, const TnMilestone *old,
                   const TnMilestone *new)
{
  const char *id = new != NULL ? new->id : old->id;
  g_autofree char *by = g_strconcat (id, " by", NULL);
  g_autofree char *title = g_strconcat (id, " title", NULL);
  g_autofree char *done = g_strconcat (id, " done", NULL);
  g_autofree char *due_before = dup_due (old);
  g_autofree char *due_after = dup_due (new);
  add_effect (effects, of, id, due_before, due_after);
  if (old == NULL || new == NULL)
    return;
  g_autofree char *by_before = g_strjoinv (", ", old->councils);
  g_autofree char *by_after = g_strjoinv (", ", new->councils);
  add_effect (effects, of, by, by_before, by_after);
  add_effect (effects, of, title, old->title, new->title);
  add_effect (effects, of, done, old->done ? "yes" : "no", new->done ? "yes" : "no");
}

static void
compare_milestones (GPtrArray *effects, const TnOccurrence *old, const TnOccurrence *new)
{
  for (guint i = 0; i < new->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (new->milestones, i);
      compare_milestone (effects, new, tn_occurrence_find_milestone (old, milestone->id),
                         milestone);
    }
  for (guint i = 0; i < old->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (old->milestones, i);
      if (tn_occurrence_find_milestone (new, milestone->id) == NULL)
        compare_milestone (effects, new, milestone, NULL);
    }
}

static char *
dup_agenda (const TnOccurrence *occurrence)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < occurrence->agenda->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "",
                            ((TnReason *) g_ptr_array_index (occurrence->agenda, i))->text);
  return g_string_free (text, FALSE);
}

static void
compare_occurrences (GPtrArray *effects, const TnOccurrence *old, const TnOccurrence *new)
{
  g_autofree char *when_before = dup_when (old);
  g_autofree char *when_after = dup_when (new);
  g_autofree char *number_before = g_strdup_printf ("%d", old->number);
  g_autofree char *number_after = g_strdup_printf ("%d", new->number);
  g_autofree char *agenda_before = dup_agenda (old);
  g_autofree char *agenda_after = dup_agenda (new);
  compare_turns (effects, old, new);
  add_effect (effects, new, "when", when_before, when_after);
  add_effect (effects, new, "status", tn_status_to_string (old->status),
              tn_status_to_string (new->status));
  add_effect (effects, new, "title", old->title, new->title);
  add_effect (effects, new, "where", old->place, new->place);
  add_effect (effects, new, "theme", old->theme, new->theme);
  add_effect (effects, new, "text", old->text, new->text);
  add_effect (effects, new, "number", number_before, number_after);
  add_effect (effects, new, "agenda", agenda_before, agenda_after);
  compare_milestones (effects, old, new);
}

/**
 * tn_effect_list:
 *
 * Returns: (transfer full) (element-type TnEffect): every turn, date, status, text and deadline in
 * which the two plans differ
 */
GPtrArray *
tn_effect_list (const TnPlan *before, const TnPlan *after)
{
  GPtrArray *effects = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_effect_free);
  for (guint i = 0; i < tn_plan_get_size (after); i++)
    {
      const TnOccurrence *new = tn_plan_get (after, i);
      const TnOccurrence *old = tn_plan_find_uid (before, new->uid, NULL);
      if (old == NULL)
        add_effect (effects, new, "occurrence", "", new->title);
      else
        compare_occurrences (effects, old, new);
    }
  for (guint i = 0; i < tn_plan_get_size (before); i++)
    {
      const TnOccurrence *old = tn_plan_get (before, i);
      if (tn_plan_find_uid (after, old->uid, NULL) == NULL)
        add_effect (effects, old, "occurrence", old->title, "");
    }
  return effects;
}

static gboolean
was_held (const TnOccurrence *occurrence, TnDate today)
{
  return (occurrence->status == TN_STATUS_PROPOSED || occurrence->status == TN_STATUS_CONFIRMED)
         && occurrence->when.days.end <= today;
}

/**
 * tn_effect_check_held:
 *
 * Errors: %TN_ERROR_INVALID when somebody else would have held in @after what was held in @before.
 */
gboolean
tn_effect_check_held (const TnPlan *before, const TnPlan *after, GError **error)
{
  for (guint i = 0; i < tn_plan_get_size (before); i++)
    {
      const TnOccurrence *old = tn_plan_get (before, i);
      const TnOccurrence *new = tn_plan_find_uid (after, old->uid, NULL);
      for (guint j = 0;
           new != NULL &&was_held (old, tn_plan_get_today (before)) && j < old->turns->len; j++)
        {
          const TnTurn *turn = g_ptr_array_index (old->turns, j);
          const TnTurn *now = tn_occurrence_find_turn (new, turn->rule->name);
          if (now == NULL
              || g_strv_equal ((const char *const *) turn->councils,
                               (const char *const *) now->councils))
            continue;
          g_autofree char *reference = tn_occurrence_to_reference (old);
          g_autofree char *held = g_strjoinv (", ", turn->councils);
          g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                       "%s is past, and %s was its %s: a decision of today cannot change that; if "
                       "it was held by another, say so with set",
                       reference, *held != '\0' ? held : "nobody", turn->rule->name);
          return FALSE;
        }
    }
  return TRUE;
}
