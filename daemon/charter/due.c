/* Reports. There is no meeting, so there is nothing to choose: a month or a day by which it is due.
 * What the rules know of windows and preferences says that, too: the month, or the four weeks up to
 * the day, the later the better. Source: design section 4, Reports; charters.md section 2. */
#include "charter/due.h"

/* Longer than any run of holidays and school breaks, the summer excepted. */
static const int DUE_BACK_DAYS = 28;

/* A window belongs to the cycle in which it begins, so it must not begin in the one before. */
static TnDate
get_floor (const TnSeries *series, int month)
{
  gboolean is_after_summer = series->every == TN_PERIOD_SCHOOL_YEAR && month >= 8;
  return tn_date_new (2024, is_after_summer ? 8 : 1, 1); /* a leap year */
}

static void
set_window (TnGroup group, TnSeries *series, const TnValue *due)
{
  TnWindow *window = &series->window;
  TnDate first = tn_date_new (2024, due->first, 1);
  TnDate last = tn_date_add_months (first, 1) - 1;
  if (due->last > 0)
    {
      last = tn_date_new (2024, due->first, due->last);
      first = MAX (last - DUE_BACK_DAYS, get_floor (series, due->first));
    }
  int year = 0;
  window->kind = TN_WINDOW_DAYS;
  tn_date_get_ymd (first, &year, &window->first_month, &window->first_day);
  tn_date_get_ymd (last, &year, &window->last_month, &window->last_day);
  g_free (window->words);
  window->words = g_strdup_printf ("due %s", due->text);
  tn_origin_clear (&window->origin);
  window->origin = tn_group_get_origin (group, "due");
}

static void
check_rivals (TnGroup group)
{
  static const char *const rivals[]
      = { "window", "prefer", "dates", "times", "nth", "rrule", "weeks", "sites" };
  for (guint i = 0; i < G_N_ELEMENTS (rivals); i++)
    if (tn_group_has (group, rivals[i]))
      tn_group_complain (group, rivals[i], "%s stands beside due, expected one of them", rivals[i]);
}

/**
 * tn_due_read:
 * @group: of kind `series`
 * @series: with its cycles; its window and preference are filled in when @group says `due`
 */
void
tn_due_read (TnGroup group, TnSeries *series)
{
  TnValue due = { 0 };
  if (tn_group_read (group, "due", &due) != TN_READING_GIVEN)
    return;
  check_rivals (group);
  if (series->kind != TN_KIND_REPORT)
    tn_group_complain (group, "due",
                       "due stands in a series of kind %s, expected it in a report; others have "
                       "a window",
                       tn_kind_to_string (series->kind));
  if (series->every != TN_PERIOD_YEAR && series->every != TN_PERIOD_SCHOOL_YEAR)
    {
      tn_group_complain (group, "due",
                         "a day of the year does not go with several cycles a year, expected "
                         "every = \"year\"");
      return;
    }
  series->due_month = due.first;
  series->due_day = due.last;
  set_window (group, series, &due);
  TnPreference *late = tn_preference_new (TN_PREFER_LATE);
  late->origin = tn_group_get_origin (group, "due");
  g_ptr_array_add (series->preferences, late);
}
