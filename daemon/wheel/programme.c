/* What stands on the page of a year, and in which order; how it looks is for the writers. Pure: the
 * same plan gives the same page in each locale and zone (promise 9). */
#include "wheel/programme.h"

#include "model/dates.h"
#include "base/paragraph.h"
#include "wheel/caption.h"

#include <string.h>

static void
event_free (gpointer pointer)
{
  TnProgrammeEvent *event = pointer;
  g_free (event->weeks);
  g_free (event->days);
  g_free (event->hours);
  g_free (event->title);
  g_strfreev (event->roles);
  g_free (event->place);
  g_free (event->theme);
  g_free (event->status);
  g_free (event);
}

static void
deadline_free (gpointer pointer)
{
  TnProgrammeDeadline *deadline = pointer;
  g_free (deadline->week);
  g_free (deadline->day);
  g_free (deadline->title);
  g_free (deadline->who);
  g_free (deadline->status);
  g_free (deadline);
}

void
tn_programme_free (TnProgramme *programme)
{
  if (programme == NULL)
    return;
  g_free (programme->name);
  g_free (programme->heading);
  g_free (programme->edition);
  g_clear_pointer (&programme->events, g_ptr_array_unref);
  g_clear_pointer (&programme->deadlines, g_ptr_array_unref);
  g_free (programme);
}

static char *
clean (const char *text)
{
  return tn_paragraph_clean (text != NULL ? text : "");
}

static char *
join_councils (const TnOccurrence *occurrence, char **councils)
{
  TnLanguage language = occurrence->collaboration->language;
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (gsize i = 0; councils[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) tn_collaboration_get_council_name (occurrence->collaboration,
                                                                          councils[i]));
  if (names->len == 0)
    return g_strdup (tn_caption (language, TN_CAPTION_NOBODY));
  return tn_caption_join (language, names);
}

static char **
list_roles (const TnOccurrence *occurrence)
{
  g_autoptr (GStrvBuilder) roles = g_strv_builder_new ();
  for (guint i = 0; i < occurrence->turns->len; i++)
    {
      const TnTurn *turn = g_ptr_array_index (occurrence->turns, i);
      g_autofree char *names = join_councils (occurrence, turn->councils);
      g_autofree char *role = g_strdup_printf (
          "%s: %s", tn_word_for_role (occurrence->collaboration->language, turn->rule->name),
          names);
      g_autofree char *line = tn_paragraph_clean (role);
      g_strv_builder_add (roles, line);
    }
  return g_strv_builder_end (roles);
}

static const char *
get_status (const TnOccurrence *occurrence)
{
  TnLanguage language = occurrence->collaboration->language;
  if (occurrence->is_postponed)
    return tn_caption (language, TN_CAPTION_STATUS_POSTPONED);
  switch (occurrence->status)
    {
    case TN_STATUS_CONFIRMED:
      return tn_caption (language, TN_CAPTION_STATUS_CONFIRMED);
    case TN_STATUS_CANCELLED:
      return tn_caption (language, TN_CAPTION_STATUS_CANCELLED);
    case TN_STATUS_UNPLACED:
      return tn_caption (language, TN_CAPTION_STATUS_UNPLACED);
    default:
      return tn_caption (language, TN_CAPTION_STATUS_PROPOSED);
    }
}

/* Of each day, where they differ. */
static char *
format_hours (TnLanguage language, const TnOccurrence *occurrence)
{
  TnHours hours = { 0 };
  if (!tn_occurrence_find_hours (occurrence, 0, &hours))
    return tn_dates_format_hours (language, &occurrence->when);
  GString *text = g_string_new (NULL);
  for (int day = 0; tn_occurrence_find_hours (occurrence, day, &hours); day++)
    {
      g_autofree char *start = tn_dates_format_minute (language, hours.start_minute);
      g_autofree char *end = tn_word_format_clock (language, hours.end_minute);
      g_string_append_printf (text, "%s%s-%s", day > 0 ? ", " : "", start, end);
    }
  return g_string_free (text, FALSE);
}

static void
add_event (TnProgramme *programme, const TnOccurrence *occurrence)
{
  TnLanguage language = programme->collaboration->language;
  TnProgrammeEvent *event = g_new0 (TnProgrammeEvent, 1);
  gboolean has_date = occurrence->status != TN_STATUS_UNPLACED;
  g_autofree char *hours = has_date ? format_hours (language, occurrence) : NULL;
  event->occurrence = occurrence;
  event->weeks = has_date ? tn_dates_format_weeks (&occurrence->when) : g_strdup ("");
  event->days = has_date ? tn_dates_format_days (language, &occurrence->when)
                         : g_strdup (tn_caption (language, TN_CAPTION_NO_DATE));
  event->hours = hours != NULL ? g_steal_pointer (&hours) : g_strdup ("");
  event->title = clean (occurrence->title);
  event->roles = list_roles (occurrence);
  event->place = clean (occurrence->place);
  event->theme = clean (occurrence->theme);
  event->status = g_strdup (get_status (occurrence));
  event->is_off = occurrence->is_postponed || occurrence->status == TN_STATUS_CANCELLED;
  g_ptr_array_add (programme->events, event);
}

/* `Referat` of a monthly meeting comes twelve times: without the event's title nobody could tell
 * whose. Where the charter's text has a placeholder, it tells that itself. */
static char *
format_title (const TnOccurrence *occurrence, const TnMilestone *milestone)
{
  const TnMilestoneRule *rule = tn_series_find_milestone (occurrence->series, milestone->id);
  g_autofree char *title = clean (milestone->title);
  g_autofree char *event = clean (occurrence->title);
  if (rule != NULL && rule->title != NULL && strchr (rule->title, '{') != NULL)
    return g_steal_pointer (&title);
  return g_strdup_printf ("%s: %s", title, event);
}

static char *
format_duty (const TnOccurrence *occurrence, const TnMilestone *milestone)
{
  TnLanguage language = occurrence->collaboration->language;
  if (strcmp (milestone->by, "council") == 0)
    return g_strdup (tn_caption (language, TN_CAPTION_EACH_COUNCIL));
  g_autofree char *names = join_councils (occurrence, milestone->councils);
  g_autofree char *duty
      = g_strdup_printf ("%s: %s", tn_word_for_role (language, milestone->by), names);
  return tn_paragraph_clean (duty);
}

static void
add_deadline (TnProgramme *programme, const TnOccurrence *occurrence, const TnMilestone *milestone)
{
  TnLanguage language = programme->collaboration->language;
  TnProgrammeDeadline *deadline = g_new0 (TnProgrammeDeadline, 1);
  deadline->occurrence = occurrence;
  deadline->milestone = milestone;
  deadline->week = g_strdup_printf ("%d", tn_date_get_week (milestone->due, NULL));
  deadline->day = tn_dates_format_weekday (language, milestone->due);
  deadline->title = format_title (occurrence, milestone);
  deadline->who = format_duty (occurrence, milestone);
  deadline->status
      = g_strdup (milestone->done ? tn_caption (language, TN_CAPTION_STATUS_DONE) : "");
  g_ptr_array_add (programme->deadlines, deadline);
}

/* What found no date stands on the page of the year in which its cycle begins. */
static gboolean
is_of_year (const TnOccurrence *occurrence, TnSpan year)
{
  if (occurrence->status == TN_STATUS_UNPLACED)
    return tn_span_contains (year, tn_cycle_get_span (&occurrence->cycle).start);
  return tn_span_overlaps (year, occurrence->when.days);
}

static void
add_deadlines (TnProgramme *programme, const TnOccurrence *occurrence, TnSpan year)
{
  if (occurrence->status == TN_STATUS_CANCELLED || occurrence->is_postponed)
    return; /* nobody has to do anything for it any more */
  for (guint i = 0; i < occurrence->milestones->len; i++)
    {
      const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, i);
      if (tn_span_contains (year, milestone->due))
        add_deadline (programme, occurrence, milestone);
    }
}

static int
compare_events (gconstpointer a, gconstpointer b)
{
  const TnOccurrence *one = (*(TnProgrammeEvent *const *) a)->occurrence;
  const TnOccurrence *other = (*(TnProgrammeEvent *const *) b)->occurrence;
  TnDate one_day = one->status == TN_STATUS_UNPLACED ? G_MAXINT32 : one->when.days.start;
  TnDate other_day = other->status == TN_STATUS_UNPLACED ? G_MAXINT32 : other->when.days.start;
  return one_day != other_day ? (one_day > other_day) - (one_day < other_day)
                              : strcmp (one->uid, other->uid);
}

static int
compare_deadlines (gconstpointer a, gconstpointer b)
{
  const TnMilestone *one = (*(TnProgrammeDeadline *const *) a)->milestone;
  const TnMilestone *other = (*(TnProgrammeDeadline *const *) b)->milestone;
  return one->due != other->due ? (one->due > other->due) - (one->due < other->due)
                                : strcmp (one->uid, other->uid);
}

/**
 * tn_programme_new:
 * @plan: that covers @year, and what has deadlines in it; outlives the result
 * @collaboration: one of @plan's rulebook
 * @year: 1 to 9999
 *
 * Returns: (transfer full): what is held in the year and what is due in it, whatever it is due for
 */
TnProgramme *
tn_programme_new (const TnPlan *plan, const TnCollaboration *collaboration, int year)
{
  TnCycle cycle = { TN_PERIOD_YEAR, year, 1, 0 };
  TnSpan span = tn_cycle_get_span (&cycle);
  TnProgramme *programme = g_new0 (TnProgramme, 1);
  programme->collaboration = collaboration;
  programme->year = year;
  programme->name = clean (collaboration->name);
  programme->heading
      = g_strdup_printf ("%s %d", tn_caption (collaboration->language, TN_CAPTION_PROGRAMME), year);
  programme->edition = g_strdup_printf (
      "%s %d", tn_caption (collaboration->language, TN_CAPTION_EDITION), collaboration->edition);
  programme->events = g_ptr_array_new_with_free_func (event_free);
  programme->deadlines = g_ptr_array_new_with_free_func (deadline_free);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (occurrence->collaboration != collaboration)
        continue;
      if (is_of_year (occurrence, span))
        add_event (programme, occurrence);
      add_deadlines (programme, occurrence, span);
    }
  g_ptr_array_sort (programme->events, compare_events);
  g_ptr_array_sort (programme->deadlines, compare_deadlines);
  return programme;
}
