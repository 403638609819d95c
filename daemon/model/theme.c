#include "model/theme.h"

void
tn_theme_free (TnTheme *theme)
{
  if (theme == NULL)
    return;
  g_free (theme->theme);
  tn_origin_clear (&theme->origin);
  g_free (theme);
}

void
tn_matter_free (TnMatter *matter)
{
  if (matter == NULL)
    return;
  g_free (matter->title);
  tn_origin_clear (&matter->origin);
  g_free (matter);
}

void
tn_theme_plan_clear (TnThemePlan *plan)
{
  g_free (plan->id);
  g_free (plan->title);
  g_free (plan->by);
  tn_origin_clear (&plan->origin);
}

/**
 * tn_theme_new:
 *
 * Returns: (transfer full): to be added to a series' themes
 */
TnTheme *
tn_theme_new (const char *theme, const TnCycle *cycle)
{
  TnTheme *item = g_new0 (TnTheme, 1);
  item->theme = g_strdup (theme);
  item->cycle = *cycle;
  return item;
}

/**
 * tn_matter_new:
 *
 * Returns: (transfer full): not dealt with, to be added to a series' matters
 */
TnMatter *
tn_matter_new (const char *title, const TnCycle *from)
{
  TnMatter *matter = g_new0 (TnMatter, 1);
  matter->title = g_strdup (title);
  matter->from = *from;
  return matter;
}

/**
 * tn_matter_is_on_agenda:
 *
 * Returns: %TRUE when @cycle takes the matter up, puts it off again, or deals with it
 */
gboolean
tn_matter_is_on_agenda (const TnMatter *matter, const TnCycle *cycle)
{
  return tn_cycle_compare (cycle, &matter->from) >= 0
         && (!matter->is_done || tn_cycle_compare (cycle, &matter->done) <= 0);
}
