/* How often a series is held, when, and what makes one day better than another. */
#include "ctl/prose.h"

#include "model/dates.h"
#include "ctl/naming.h"
#include "ctl/phrases.h"

#include <string.h>

static const guint WORKING_WEEK = 0x3e; /* Monday to Friday */
static const guint WHOLE_WEEK = 0xfe;

static void
tell_titles (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  g_autofree char *title
      = tn_naming_title (language, series, series->title != NULL ? series->title : "");
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_TITLE, "title", title, NULL));
  if (series->description == NULL)
    return;
  g_autofree char *text = tn_naming_title (language, series, series->description);
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_DESCRIPTION, "text", text, NULL));
}

/* A window that is written as one of the four seasons. */
static gboolean
find_season (const TnWindow *window, TnPhrase *ret_phrase)
{
  static const struct
  {
    const char *words;
    TnPhrase phrase;
  } seasons[] = {
    { "spring", TN_PHRASE_WINDOW_SPRING },
    { "summer", TN_PHRASE_WINDOW_SUMMER },
    { "autumn", TN_PHRASE_WINDOW_AUTUMN },
    { "winter", TN_PHRASE_WINDOW_WINTER },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (seasons); i++)
    if (g_strcmp0 (window->words, seasons[i].words) == 0)
      {
        *ret_phrase = seasons[i].phrase;
        return TRUE;
      }
  return FALSE;
}

static char *
format_last_day (TnLanguage language, const TnWindow *window)
{
  gboolean wraps
      = window->last_month < window->first_month
        || (window->last_month == window->first_month && window->last_day < window->first_day);
  g_autofree char *day
      = window->last_month == 2 && window->last_day == 29
            ? g_strdup (tn_phrase (language, TN_PHRASE_LAST_OF_FEBRUARY))
            : tn_dates_format_month_day (language, window->last_month, window->last_day);
  return wraps ? tn_phrase_fill (language, TN_PHRASE_NEXT_YEAR, "day", day, NULL)
               : g_steal_pointer (&day);
}

static char *
format_window (TnLanguage language, const TnWindow *window)
{
  TnPhrase season = TN_PHRASE_WINDOW_SPRING;
  if (window->kind == TN_WINDOW_PERIOD)
    return g_strdup (tn_phrase (language, TN_PHRASE_WINDOW_PERIOD));
  if (window->kind == TN_WINDOW_DAYS && find_season (window, &season))
    return g_strdup (tn_phrase (language, season));
  if (window->kind == TN_WINDOW_DAYS)
    {
      g_autofree char *from
          = tn_dates_format_month_day (language, window->first_month, window->first_day);
      g_autofree char *to = format_last_day (language, window);
      return tn_phrase_fill (language, TN_PHRASE_WINDOW_DAYS, "from", from, "to", to, NULL);
    }
  if (window->kind == TN_WINDOW_WEEKS)
    {
      g_autofree char *weeks
          = window->first_week == window->last_week
                ? g_strdup_printf ("%d", window->first_week)
                : g_strdup_printf ("%d-%d", window->first_week, window->last_week);
      return tn_phrase_fill (language, TN_PHRASE_WINDOW_WEEKS, "weeks", weeks, NULL);
    }
  return tn_phrase_fill (language, TN_PHRASE_WINDOW_OTHER, "text", window->words, NULL);
}

/* A rule or a list that names the days says more than the window, which is then the whole period.
 */
static gboolean
is_named (const TnSeries *series)
{
  return series->frequency.dates->len > 0 || series->frequency.month_days->len > 0;
}

/* A report is due; it is nowhere between two days. */
static void
tell_due (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  g_autofree char *day
      = series->due_day > 0
            ? tn_dates_format_month_day (language, series->due_month, series->due_day)
            : g_strdup (tn_dates_get_month (language, series->due_month));
  tn_passage_take (passage,
                   tn_phrase_fill (language,
                                   series->due_day > 0 ? TN_PHRASE_DUE_DAY : TN_PHRASE_DUE_MONTH,
                                   "day", day, NULL));
}

static void
tell_window (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  if (series->due_month > 0)
    {
      tell_due (passage, language, series);
      return;
    }
  gboolean is_fixed
      = series->frequency.dates->len > 0 || (is_named (series) && series->every == TN_PERIOD_MONTH);
  if (series->window.kind == TN_WINDOW_PERIOD && is_fixed)
    return;
  tn_passage_take (passage, format_window (language, &series->window));
}

static void
tell_weekdays (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  guint allowed = series->weekdays != 0 ? series->weekdays : WORKING_WEEK;
  g_autoptr (GPtrArray) days = g_ptr_array_new ();
  if (allowed == WHOLE_WEEK && is_named (series))
    return;
  for (guint day = TN_MONDAY; day <= TN_SUNDAY; day++)
    if ((allowed & (1U << day)) != 0)
      g_ptr_array_add (days, (gpointer) tn_dates_get_weekday (language, (TnWeekday) day));
  g_autofree char *joined = tn_phrase_join (language, TN_PHRASE_OR, days);
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_WEEKDAYS, "days", joined, NULL));
}

/* The days have times of their own. */
static void
tell_hours (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < series->hours->len; i++)
    {
      const TnHours *hours = &g_array_index (series->hours, TnHours, i);
      g_autofree char *n = g_strdup_printf ("%u", i + 1);
      g_autofree char *from = tn_dates_format_minute (language, hours->start_minute);
      g_autofree char *to = tn_word_format_clock (language, hours->end_minute);
      g_ptr_array_add (days, tn_phrase_fill (language, TN_PHRASE_HOURS_DAY, "n", n, "from", from,
                                             "to", to, NULL));
    }
  g_autofree char *joined = tn_phrase_join (language, TN_PHRASE_AND, days);
  tn_passage_take (passage, tn_phrase_fill (language, TN_PHRASE_HOURS_EACH, "days", joined, NULL));
}

static void
tell_length (TnPassage *passage, TnLanguage language, const TnSeries *series)
{
  g_autofree char *n = g_strdup_printf ("%d", series->length_days);
  tn_passage_take (passage, series->length_days == 1
                                ? g_strdup (tn_phrase (language, TN_PHRASE_LENGTH_ONE))
                                : tn_phrase_fill (language, TN_PHRASE_LENGTH, "n", n, NULL));
  if (!series->has_time)
    return;
  if (series->hours->len > 0)
    {
      tell_hours (passage, language, series);
      return;
    }
  g_autofree char *from = tn_dates_format_minute (language, series->start_minute);
  g_autofree char *to = tn_dates_format_minute (language, series->end_minute);
  const char *bare = series->length_days == 1 && g_str_has_prefix (to, "kl. ") ? to + 4 : to;
  tn_passage_take (
      passage,
      tn_phrase_fill (language, series->length_days == 1 ? TN_PHRASE_HOURS : TN_PHRASE_HOURS_DAYS,
                      "from", from, "to", bare, NULL));
}

static char *
format_preference (TnLanguage language, const TnPreference *preference)
{
  g_autofree char *week = g_strdup_printf ("%d", preference->week);
  switch (preference->kind)
    {
    case TN_PREFER_EARLY:
      return g_strdup (tn_phrase (language, TN_PHRASE_PREFER_EARLY));
    case TN_PREFER_MIDDLE:
      return g_strdup (tn_phrase (language, TN_PHRASE_PREFER_MIDDLE));
    case TN_PREFER_LATE:
      return g_strdup (tn_phrase (language, TN_PHRASE_PREFER_LATE));
    case TN_PREFER_WEEK:
      return tn_phrase_fill (language, TN_PHRASE_PREFER_WEEK, "week", week, NULL);
    default:
      return g_strdup (tn_phrase (language, TN_PHRASE_PREFER_LAST_YEAR));
    }
}

static char *
format_avoided (const TnCollaboration *collaboration, const TnAvoidance *avoidance)
{
  static const TnPhrase kinds[]
      = { TN_PHRASE_AVOID_HOLIDAYS, TN_PHRASE_AVOID_BRIDGE_DAYS, TN_PHRASE_AVOID_SCHOOL_BREAKS,
          TN_PHRASE_AVOID_ELECTIONS, TN_PHRASE_AVOID_BUSY };
  TnLanguage language = collaboration->language;
  guint kind = (guint) avoidance->kind;
  if (avoidance->area != NULL)
    {
      g_autofree char *area = tn_naming_area (collaboration, avoidance->area);
      return tn_phrase_fill (language, TN_PHRASE_AVOID_SCHOOL_BREAKS_OF, "area", area, NULL);
    }
  return g_strdup (
      tn_phrase (language, kind < G_N_ELEMENTS (kinds) ? kinds[kind] : TN_PHRASE_AVOID_OTHER));
}

static void
tell_avoided (TnPassage *passage, const TnCollaboration *collaboration, const TnSeries *series,
              gboolean hard)
{
  TnLanguage language = collaboration->language;
  gboolean has_busy = FALSE;
  g_autoptr (GPtrArray) days = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < series->avoidances->len; i++)
    {
      const TnAvoidance *avoidance = g_ptr_array_index (series->avoidances, i);
      if (avoidance->hard != hard)
        continue;
      g_ptr_array_add (days, format_avoided (collaboration, avoidance));
      has_busy |= avoidance->kind == TN_AVOID_BUSY;
    }
  if (days->len == 0)
    return;
  g_autofree char *joined = tn_phrase_join (language, TN_PHRASE_OR, days);
  tn_passage_take (passage,
                   tn_phrase_fill (language, hard ? TN_PHRASE_AVOID_HARD : TN_PHRASE_AVOID_SOFT,
                                   "days", joined, NULL));
  if (has_busy)
    tn_passage_take (passage, g_strdup (tn_phrase (language, TN_PHRASE_AVOID_BUSY_PUBLISHED)));
}

/**
 * tn_prose_tell_rhythm:
 *
 * Adds how often @series is held, what it is called, when it is, how long, and which days are
 * preferred, avoided if possible, and never taken.
 */
void
tn_prose_tell_rhythm (TnPassage *passage, const TnCollaboration *collaboration,
                      const TnSeries *series)
{
  TnLanguage language = collaboration->language;
  tn_prose_tell_frequency (passage, language, series);
  tell_titles (passage, language, series);
  tn_passage_break (passage);
  tell_window (passage, language, series);
  tn_prose_tell_limits (passage, language, series);
  tell_weekdays (passage, language, series);
  tell_length (passage, language, series);
  for (guint i = 0; i < series->preferences->len && series->due_month == 0; i++)
    tn_passage_take (passage,
                     format_preference (language, g_ptr_array_index (series->preferences, i)));
  tn_prose_tell_spread (passage, language, series);
  tell_avoided (passage, collaboration, series, TRUE);
  tell_avoided (passage, collaboration, series, FALSE);
}
