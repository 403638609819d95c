/* What a series talks about: themes by cycle, the duty to fill them in, and matters that were put
 * off. A theme for a cycle that does not exist would never be seen, so it is an error. */
#include "charter/agenda.h"

#include <string.h>

#include "charter/duties.h"
#include "charter/rhythm.h"

static void
read_theme (TnGroup group, TnSeries *series)
{
  TnValue cycle = { 0 };
  TnValue text = { 0 };
  if (tn_group_read (group, "cycle", &cycle) != TN_READING_GIVEN
      || tn_group_read (group, "theme", &text) != TN_READING_GIVEN
      || !tn_rhythm_check_held (group, "cycle", series, &cycle.cycle))
    return;
  for (guint i = 0; i < series->themes->len; i++)
    {
      const TnTheme *other = g_ptr_array_index (series->themes, i);
      if (tn_cycle_equal (&other->cycle, &cycle.cycle))
        tn_group_complain (group, "cycle", "%s has two themes, the other in line %d, expected one",
                           cycle.text, other->origin.line);
    }
  TnTheme *theme = tn_theme_new (text.text, &cycle.cycle);
  theme->origin = tn_group_get_origin (group, NULL);
  g_ptr_array_add (series->themes, theme);
}

static void
read_matter (TnGroup group, TnSeries *series)
{
  TnValue title = { 0 };
  TnValue from = { 0 };
  TnValue done = { 0 };
  if (tn_group_read (group, "title", &title) != TN_READING_GIVEN
      || tn_group_read (group, "from", &from) != TN_READING_GIVEN
      || !tn_rhythm_check_held (group, "from", series, &from.cycle))
    return;
  TnMatter *matter = tn_matter_new (title.text, &from.cycle);
  matter->origin = tn_group_get_origin (group, NULL);
  g_ptr_array_add (series->matters, matter);
  if (tn_group_read (group, "done", &done) != TN_READING_GIVEN
      || !tn_rhythm_check_held (group, "done", series, &done.cycle))
    return;
  matter->is_done = TRUE;
  matter->done = done.cycle;
  if (tn_cycle_compare (&done.cycle, &from.cycle) < 0)
    tn_group_complain (
        group, "done",
        "a matter is dealt with in %s before it comes up in %s, expected %s or later", done.text,
        from.text, from.text);
}

static void
read_plan (TnGroup series_group, TnSeries *series)
{
  TnGroup group = tn_group_enter (series_group, "theme_plan");
  TnThemePlan *plan = &series->theme_plan;
  TnValue id = { 0 };
  TnValue every = { 0 };
  if (group.setting == NULL || tn_group_read (group, "id", &id) != TN_READING_GIVEN)
    return;
  if (tn_series_has_milestone (series, id.text)
      || tn_series_find_milestone (series, id.text) != NULL)
    tn_group_complain (group, "id", "milestone '%s' stands twice, expected it once in a series",
                       id.text);
  tn_group_read (group, "every", &every);
  plan->every = every.number == 0 ? TN_PERIOD_YEAR : TN_PERIOD_HALF;
  plan->origin = tn_group_get_origin (group, NULL);
  plan->title = g_strdup ("");
  tn_group_read_text (group, "title", &plan->title);
  const TnRoleRule *first = series->roles->len > 0 ? g_ptr_array_index (series->roles, 0) : NULL;
  plan->by = g_strdup (first != NULL ? first->name : "council");
  if (tn_group_read_text (group, "by", &plan->by) == TN_READING_GIVEN
      && strcmp (plan->by, "council") != 0)
    tn_duties_check_role (group, "by", tn_group_get_line (group, "by"), series, plan->by);
  plan->id = g_strdup (id.text);
}

/**
 * tn_agenda_read:
 * @group: of kind `series`
 * @series: with its first cycle settled
 */
void
tn_agenda_read (TnGroup group, TnSeries *series)
{
  for (guint i = 0; i < tn_group_count (group, "themes"); i++)
    read_theme (tn_group_at (group, "themes", i), series);
  for (guint i = 0; i < tn_group_count (group, "matters"); i++)
    read_matter (tn_group_at (group, "matters", i), series);
  read_plan (group, series);
}
