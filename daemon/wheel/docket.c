/* A council meets in December and looks at the year to come: what it hosts, what is due by it, and
 * what must be decided before others can go on. What is due by each council, or waits for them
 * together, is told once, at the end. */
#include "wheel/docket.h"

#include "base/paragraph.h"
#include "model/catalogue.h"
#include "wheel/caption.h"
#include "wheel/programme.h"

#include <string.h>

static void
free_part (gpointer pointer)
{
  TnDocketPart *part = pointer;
  g_free (part->heading);
  g_ptr_array_unref (part->roles);
  g_ptr_array_unref (part->deadlines);
  g_ptr_array_unref (part->decisions);
  g_free (part);
}

void
tn_docket_free (TnDocket *docket)
{
  if (docket == NULL)
    return;
  g_free (docket->name);
  g_free (docket->heading);
  g_ptr_array_unref (docket->parts);
  g_free (docket);
}

static TnDocketPart *
add_part (TnDocket *docket, const char *heading)
{
  TnDocketPart *part = g_new0 (TnDocketPart, 1);
  part->heading = tn_paragraph_clean (heading);
  part->roles = g_ptr_array_new_with_free_func (g_free);
  part->deadlines = g_ptr_array_new_with_free_func (g_free);
  part->decisions = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (docket->parts, part);
  return part;
}

static char *
format_event (const TnProgrammeEvent *event)
{
  return event->hours[0] != '\0'
             ? g_strdup_printf ("%s, %s %s", event->title, event->days, event->hours)
             : g_strdup_printf ("%s, %s", event->title, event->days);
}

static void
add_roles (TnDocketPart *part, const TnProgrammeEvent *event, const char *council)
{
  const TnOccurrence *occurrence = event->occurrence;
  TnLanguage language = occurrence->collaboration->language;
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      if (!g_strv_contains ((const char *const *) turn->councils, council))
        continue;
      g_autofree char *what = format_event (event);
      g_autofree char *line = g_strdup_printf (
          "%s: %s (%s)", tn_word_for_role (language, turn->rule->name), what, event->status);
      g_ptr_array_add (part->roles, tn_paragraph_clean (line));
    }
}

/* Who runs an event confirms its date; of several roles the first of the charter does. */
static gboolean
is_leading (const TnOccurrence *occurrence, const char *council)
{
  const TnTurn *first
      = occurrence->turns->len > 0 ? g_ptr_array_index (occurrence->turns, 0) : NULL;
  if (first == NULL || first->councils[0] == NULL)
    return council == NULL;
  return council != NULL && g_strv_contains ((const char *const *) first->councils, council);
}

static gboolean
wants_theme (const TnOccurrence *occurrence)
{
  const TnSeries *series = occurrence->series;
  return (series->themes->len > 0 || series->kind == TN_KIND_THEME)
         && (occurrence->theme == NULL || occurrence->theme[0] == '\0');
}

static void
add_nobody (TnDocketPart *part, const TnProgrammeEvent *event)
{
  const TnOccurrence *occurrence = event->occurrence;
  TnLanguage language = occurrence->collaboration->language;
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      if (turn->councils[0] == NULL)
        g_ptr_array_add (part->decisions,
                         g_strdup_printf (tn_say (language, "%s: nobody has this role yet (%s)."),
                                          event->title,
                                          tn_word_for_role (language, turn->rule->name)));
    }
}

/* @council: (nullable): %NULL: those that wait for all */
static void
add_decisions (TnDocketPart *part, const TnProgrammeEvent *event, const char *council)
{
  const TnOccurrence *occurrence = event->occurrence;
  TnLanguage language = occurrence->collaboration->language;
  if (council == NULL)
    add_nobody (part, event);
  if (!is_leading (occurrence, council))
    return;
  if (occurrence->status == TN_STATUS_UNPLACED)
    g_ptr_array_add (
        part->decisions,
        g_strdup_printf (tn_say (language, "%s: a date must be found."), event->title));
  else if (occurrence->status == TN_STATUS_PROPOSED && !occurrence->is_computed)
    g_ptr_array_add (part->decisions,
                     g_strdup_printf (tn_say (language, "%s: confirm the date, %s, or move it."),
                                      event->title, event->days));
  if (wants_theme (occurrence))
    g_ptr_array_add (part->decisions,
                     g_strdup_printf (tn_say (language, "%s: it has no theme yet."), event->title));
}

static void
add_deadline (TnDocketPart *part, const TnProgrammeDeadline *deadline)
{
  if (!deadline->milestone->done)
    g_ptr_array_add (part->deadlines, g_strdup_printf ("%s: %s", deadline->day, deadline->title));
}

/* @council: (nullable): %NULL: for all */
static void
fill_part (TnDocketPart *part, const TnProgramme *programme, const char *council)
{
  for (guint i = 0; i < programme->events->len; i++)
    {
      const TnProgrammeEvent *event = g_ptr_array_index (programme->events, i);
      if (event->is_off)
        continue;
      if (council != NULL)
        add_roles (part, event, council);
      add_decisions (part, event, council);
    }
  for (guint i = 0; i < programme->deadlines->len; i++)
    {
      const TnProgrammeDeadline *deadline = g_ptr_array_index (programme->deadlines, i);
      const TnMilestone *milestone = deadline->milestone;
      gboolean is_of_all = strcmp (milestone->by, "council") == 0;
      gboolean is_own = council != NULL && !is_of_all
                        && g_strv_contains ((const char *const *) milestone->councils, council);
      if (is_own || (council == NULL && is_of_all))
        add_deadline (part, deadline);
    }
}

/**
 * tn_docket_new:
 * @plan: that covers @year, and what has deadlines in it; outlives the result
 * @collaboration: one of @plan's rulebook
 * @year: the coming one
 *
 * Returns: (transfer full): a part for each council that is a member in @year, in the order of the
 *   charter, and one for all of them
 */
TnDocket *
tn_docket_new (const TnPlan *plan, const TnCollaboration *collaboration, int year)
{
  TnCycle cycle = { TN_PERIOD_YEAR, year, 1, 0 };
  TnSpan span = tn_cycle_get_span (&cycle);
  g_autoptr (TnProgramme) programme = tn_programme_new (plan, collaboration, year);
  TnDocket *docket = g_new0 (TnDocket, 1);
  docket->collaboration = collaboration;
  docket->name = g_strdup (programme->name);
  docket->heading
      = g_strdup_printf (tn_say (collaboration->language, "What %d asks of each council"), year);
  docket->parts = g_ptr_array_new_with_free_func (free_part);
  for (guint i = 0; i < collaboration->councils->len; i++)
    {
      const TnCouncil *council = g_ptr_array_index (collaboration->councils, i);
      if (tn_council_is_member (council, span))
        fill_part (add_part (docket, council->name), programme, council->id);
    }
  fill_part (add_part (docket, tn_say (collaboration->language, "All councils")), programme, NULL);
  return docket;
}

static const guint WIDTH = 78;

static void
append_lines (GString *page, const char *heading, const GPtrArray *lines)
{
  if (lines->len > 0 && heading != NULL)
    g_string_append_printf (page, "  %s\n", heading);
  for (guint i = 0; i < lines->len; i++)
    tn_paragraph_append (page, "  - ", "    ", g_ptr_array_index (lines, i), WIDTH);
}

static gboolean
is_empty (const TnDocketPart *part)
{
  return part->roles->len + part->deadlines->len + part->decisions->len == 0;
}

/**
 * tn_docket_append_text:
 */
void
tn_docket_append_text (GString *page, const TnDocket *docket)
{
  TnLanguage language = docket->collaboration->language;
  g_autofree char *heading = g_strdup_printf ("%s - %s", docket->name, docket->heading);
  tn_paragraph_append (page, "", "", heading, WIDTH);
  for (guint i = 0; i < WIDTH; i++)
    g_string_append_c (page, '=');
  g_string_append_c (page, '\n');
  for (guint i = 0; i < docket->parts->len; i++)
    {
      const TnDocketPart *part = g_ptr_array_index (docket->parts, i);
      g_string_append_printf (page, "\n%s\n", part->heading);
      if (is_empty (part))
        g_string_append_printf (page, "  %s\n", tn_say (language, "nothing of its own"));
      append_lines (page, tn_say (language, "Roles"), part->roles);
      append_lines (page, tn_caption (language, TN_CAPTION_DEADLINES), part->deadlines);
      append_lines (page, tn_say (language, "To be decided"), part->decisions);
    }
}
