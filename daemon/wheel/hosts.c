/* Who hosts when. A year that has several cycles names each council once, in the order of its
 * turns. */
#include "wheel/hosts.h"

#include "base/paragraph.h"
#include "model/catalogue.h"
#include "model/series-name.h"
#include "wheel/caption.h"

#include <string.h>

static void
free_column (gpointer pointer)
{
  TnHostsColumn *column = pointer;
  g_free (column->name);
  g_free (column->role_name);
  g_free (column);
}

static void
free_row (gpointer pointer)
{
  TnHostsRow *row = pointer;
  g_strfreev (row->cells);
  g_free (row);
}

void
tn_hosts_free (TnHosts *hosts)
{
  if (hosts == NULL)
    return;
  g_free (hosts->name);
  g_free (hosts->heading);
  g_ptr_array_unref (hosts->columns);
  g_ptr_array_unref (hosts->rows);
  g_free (hosts);
}

static void
add_columns (TnHosts *hosts)
{
  const TnCollaboration *collaboration = hosts->collaboration;
  for (guint i = 0; i < collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (collaboration->series, i);
      for (guint j = 0; j < series->roles->len; j++)
        {
          TnHostsColumn *column = g_new0 (TnHostsColumn, 1);
          g_autofree char *name = tn_series_dup_name (series);
          column->series = series;
          column->role = g_ptr_array_index (series->roles, j);
          column->name = g_strdup (name[0] != '\0' ? name : series->id);
          column->role_name
              = tn_paragraph_clean (tn_word_for_role (collaboration->language, column->role->name));
          g_ptr_array_add (hosts->columns, column);
        }
    }
}

static const char *
get_note (const TnOccurrence *occurrence)
{
  TnLanguage language = occurrence->collaboration->language;
  if (occurrence->is_postponed)
    return tn_caption (language, TN_CAPTION_STATUS_POSTPONED);
  return occurrence->status == TN_STATUS_CANCELLED
             ? tn_caption (language, TN_CAPTION_STATUS_CANCELLED)
             : NULL;
}

static void
add_name (GPtrArray *names, const char *name)
{
  if (!g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
    g_ptr_array_add (names, g_strdup (name));
}

static void
add_holders (GPtrArray *names, const TnOccurrence *occurrence, const TnTurn *turn)
{
  const TnCollaboration *collaboration = occurrence->collaboration;
  const char *note = get_note (occurrence);
  for (gsize i = 0; turn->councils[i] != NULL; i++)
    {
      g_autofree char *name = tn_paragraph_clean (
          tn_collaboration_get_council_name (collaboration, turn->councils[i]));
      g_autofree char *noted
          = note != NULL ? g_strdup_printf ("%s (%s)", name, note) : g_strdup (name);
      add_name (names, noted);
    }
}

static char *
format_cell (const TnHosts *hosts, const TnPlan *plan, const TnHostsColumn *column, int year)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  gboolean is_held = FALSE;
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      const TnTurn *turn = occurrence->series == column->series && occurrence->cycle.year == year
                               ? tn_occurrence_find_turn (occurrence, column->role->name)
                               : NULL;
      is_held = is_held || turn != NULL;
      if (turn != NULL)
        add_holders (names, occurrence, turn);
    }
  if (is_held && names->len == 0)
    return g_strdup (tn_caption (hosts->collaboration->language, TN_CAPTION_NOBODY));
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

/**
 * tn_hosts_new:
 * @plan: that has all cycles of these years; outlives the result
 * @collaboration: one of @plan's rulebook
 *
 * Returns: (transfer full)
 */
TnHosts *
tn_hosts_new (const TnPlan *plan, const TnCollaboration *collaboration, int first_year, int n_years)
{
  TnHosts *hosts = g_new0 (TnHosts, 1);
  hosts->collaboration = collaboration;
  hosts->name = tn_paragraph_clean (collaboration->name);
  hosts->heading = g_strdup_printf (tn_say (collaboration->language, "Who hosts when, %d to %d"),
                                    first_year, first_year + n_years - 1);
  hosts->columns = g_ptr_array_new_with_free_func (free_column);
  hosts->rows = g_ptr_array_new_with_free_func (free_row);
  add_columns (hosts);
  for (int year = first_year; year < first_year + n_years; year++)
    {
      TnHostsRow *row = g_new0 (TnHostsRow, 1);
      row->year = year;
      row->cells = g_new0 (char *, hosts->columns->len + 1);
      for (guint i = 0; i < hosts->columns->len; i++)
        row->cells[i] = format_cell (hosts, plan, g_ptr_array_index (hosts->columns, i), year);
      g_ptr_array_add (hosts->rows, row);
    }
  return hosts;
}
