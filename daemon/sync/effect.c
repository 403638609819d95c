/* Effects: what a decision changes in the plan, field by field, as people are shown it before and
 * after they take it. */
#include "sync/effect.h"

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

static void
compare_milestones (GPtrArray *effects, const TnOccurrence *old, const TnOccurrence *new)
{
  for (guint i = 0; i < new->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (new->milestones, i);
      const TnMilestone *was = tn_occurrence_find_milestone (old, milestone->id);
      if (was == NULL || was->due == TN_DATE_NONE || milestone->due == TN_DATE_NONE)
        continue;
      g_autofree char *before = tn_date_to_string (was->due);
      g_autofree char *after = tn_date_to_string (milestone->due);
      add_effect (effects, new, milestone->id, before, after);
    }
}

static void
compare_occurrences (GPtrArray *effects, const TnOccurrence *old, const TnOccurrence *new)
{
  g_autofree char *when_before = dup_when (old);
  g_autofree char *when_after = dup_when (new);
  compare_turns (effects, old, new);
  add_effect (effects, new, "when", when_before, when_after);
  add_effect (effects, new, "status", tn_status_to_string (old->status),
              tn_status_to_string (new->status));
  add_effect (effects, new, "title", old->title, new->title);
  add_effect (effects, new, "where", old->place, new->place);
  add_effect (effects, new, "theme", old->theme, new->theme);
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
