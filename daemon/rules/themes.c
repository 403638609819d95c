/* The theme plan. A theme is what was decided for a cycle, else what the charter's list says; a
 * matter that was put off stands on every agenda until the one that deals with it. Before a period
 * begins, whoever has the duty is told how many of its cycles still have no theme. Source:
 * charters.md section 4; design section 4, Themes. */
#include "rules/themes.h"

#include "rules/entry.h"
#include "rules/milestones.h"
#include "rules/rhythm.h"

static const TnTheme *
find_listed (const TnSeries *series, const TnCycle *cycle)
{
  for (guint i = 0; i < series->themes->len; i++)
    {
      const TnTheme *theme = g_ptr_array_index (series->themes, i);
      if (tn_cycle_equal (&theme->cycle, cycle))
        return theme;
    }
  return NULL;
}

static void
tell_theme (TnOccurrence *occurrence, const TnLedger *ledger)
{
  const TnDecision *decision = tn_entry_find (ledger, TN_DECISION_THEME, occurrence, NULL);
  const TnTheme *listed = find_listed (occurrence->series, &occurrence->cycle);
  g_autofree char *source = NULL;
  if (decision != NULL)
    {
      occurrence->theme = g_strdup (decision->value);
      source = tn_entry_dup_source (decision);
    }
  else if (listed != NULL)
    {
      occurrence->theme = g_strdup (listed->theme);
      source = tn_origin_to_string (&listed->origin);
    }
  if (occurrence->theme != NULL)
    g_ptr_array_add (occurrence->agenda, tn_reason_new ("theme", source, "%s is the theme of %s",
                                                        occurrence->theme, occurrence->cycle_text));
}

/**
 * tn_themes_tell:
 *
 * Fills in the theme of @occurrence and what was put off to it.
 */
void
tn_themes_tell (TnOccurrence *occurrence, const TnLedger *ledger)
{
  tell_theme (occurrence, ledger);
  for (guint i = 0; i < occurrence->series->matters->len; i++)
    {
      const TnMatter *matter = g_ptr_array_index (occurrence->series->matters, i);
      if (!tn_matter_is_on_agenda (matter, &occurrence->cycle))
        continue;
      gboolean is_done = matter->is_done && tn_cycle_equal (&occurrence->cycle, &matter->done);
      g_autofree char *source = tn_origin_to_string (&matter->origin);
      g_autofree char *from = tn_cycle_to_string (&matter->from);
      g_ptr_array_add (occurrence->agenda,
                       tn_reason_new ("matter", source, "%s, on the list since %s%s", matter->title,
                                      from, is_done ? ", dealt with" : ""));
    }
}

static gboolean
has_theme (const TnOccurrence *occurrence, const TnCycle *cycle, const TnLedger *ledger)
{
  TnOccurrence *other = tn_occurrence_new (occurrence->collaboration, occurrence->series, cycle);
  gboolean has = tn_entry_find (ledger, TN_DECISION_THEME, other, NULL) != NULL
                 || find_listed (occurrence->series, cycle) != NULL;
  tn_occurrence_free (other);
  return has;
}

/* Returns: how many cycles of @period, which begins with the one at @index, have no theme. */
static int
count_bare (const TnOccurrence *occurrence, const TnCycle *period, int index,
            const TnLedger *ledger)
{
  int n = 0;
  TnSpan span = tn_cycle_get_span (period);
  for (; tn_rhythm_has (occurrence->series, index); index++)
    {
      TnCycle cycle = tn_rhythm_get_cycle (occurrence->series, index);
      if (!tn_span_contains (span, tn_cycle_get_span (&cycle).start))
        break;
      n += !has_theme (occurrence, &cycle, ledger);
    }
  return n;
}

static char *
dup_title (const TnThemePlan *plan, int n)
{
  g_auto (GStrv) parts = g_strsplit (plan->title, "{count}", -1);
  g_autofree char *count = g_strdup_printf ("%d", n);
  return g_strjoinv (count, parts);
}

/**
 * tn_themes_add_milestone:
 * @occurrence: its date and roles are settled
 * @index: of its cycle
 *
 * The last one before a period of the theme plan has the milestone, on its own first day.
 */
void
tn_themes_add_milestone (TnOccurrence *occurrence, int index, const TnLedger *ledger,
                         const TnMembership *membership)
{
  const TnThemePlan *plan = &occurrence->series->theme_plan;
  if (plan->id == NULL || occurrence->status == TN_STATUS_UNPLACED
      || !tn_rhythm_has (occurrence->series, index + 1))
    return;
  TnCycle next = tn_rhythm_get_cycle (occurrence->series, index + 1);
  TnCycle now = tn_cycle_at (plan->every, tn_cycle_get_span (&occurrence->cycle).start);
  TnCycle period = tn_cycle_at (plan->every, tn_cycle_get_span (&next).start);
  if (tn_cycle_equal (&now, &period))
    return;
  int n = count_bare (occurrence, &period, index + 1, ledger);
  g_autofree char *title = dup_title (plan, n);
  g_autofree char *source = tn_origin_to_string (&plan->origin);
  g_autofree char *name = tn_cycle_to_string (&period);
  TnMilestone *milestone = tn_milestones_make (occurrence, plan->id, title, plan->by,
                                               occurrence->when.days.start, membership);
  g_ptr_array_add (milestone->reasons,
                   tn_reason_new ("themes", source,
                                  "%s is the last before %s, of which %d have no theme yet",
                                  occurrence->cycle_text, name, n));
  tn_milestones_settle (milestone, occurrence, ledger);
  g_ptr_array_add (occurrence->milestones, milestone);
}
