/* Limits of a day apart from weekdays and holidays: the day of the month that a rule names, months
 * and weeks that are left out, and what lies too near. Source: design section 4, Rhythm and Window.
 */
#include "rules/barrier.h"

static void
near_clear (gpointer data)
{
  g_free (((TnNear *) data)->name);
}

/**
 * tn_barrier_new_near:
 *
 * Returns: (transfer full) (element-type TnNear): empty
 */
GArray *
tn_barrier_new_near (void)
{
  GArray *near = g_array_new (FALSE, FALSE, sizeof (TnNear));
  g_array_set_clear_func (near, near_clear);
  return near;
}

/**
 * tn_barrier_get_starts:
 * @other: days of what is to be kept off
 * @days: from the last day of the one to the first of the other, at least; 1: they do not overlap
 * @length: days of the occurrence that keeps off
 *
 * Returns: the first days on which that occurrence would be too near
 */
TnSpan
tn_barrier_get_starts (TnSpan other, int days, int length)
{
  return tn_span_new (other.start - days - length + 2, other.end - 1 + days);
}

/**
 * tn_barrier_add:
 * @starts: first days that are too near
 * @name: (transfer full): of what is kept off
 */
void
tn_barrier_add (GArray *near, TnSpan starts, const char *rule, const TnOrigin *origin,
                const char *what, char *name)
{
  TnNear item = { starts, FALSE, rule, origin, what, name };
  g_array_append_val (near, item);
}

/**
 * tn_barrier_add_distance:
 * @starts: first days that @distance has for too near
 * @name: (transfer full): of what is kept off
 */
void
tn_barrier_add_distance (GArray *near, TnSpan starts, const TnDistance *distance, char *name)
{
  tn_barrier_add (near, starts, "avoid", &distance->origin, "too near to", name);
  g_array_index (near, TnNear, near->len - 1).is_soft = distance->is_soft;
}

static gboolean
is_month_day (const TnMonthDay *rule, TnDate day)
{
  int year = 0;
  int month = 0;
  int number = 0;
  tn_date_get_ymd (day, &year, &month, &number);
  int length = tn_date_add_months (tn_date_new (year, month, 1), 1) - tn_date_new (year, month, 1);
  if (rule->weekday == 0)
    return rule->number == (rule->number > 0 ? number : number - length - 1);
  if (tn_date_get_weekday (day) != rule->weekday)
    return FALSE;
  return rule->nth == (rule->nth > 0 ? (number - 1) / 7 + 1 : -((length - number) / 7 + 1));
}

/* Of as many days as occurrences each ordinal has its own; of fewer or more any will do. */
static gboolean
allows_month_day (const TnFrequency *frequency, int ordinal, TnDate day)
{
  guint n = frequency->month_days->len;
  gboolean is_own = ordinal > 0 && (guint) ordinal <= n && (int) n == frequency->most;
  for (guint i = 0; i < n; i++)
    if ((!is_own || (int) i == ordinal - 1)
        && is_month_day (&g_array_index (frequency->month_days, TnMonthDay, i), day))
      return TRUE;
  return n == 0;
}

/**
 * tn_barrier_is_left_out:
 *
 * Returns: %TRUE when @day lies in a week or month that @series leaves out
 */
gboolean
tn_barrier_is_left_out (const TnSeries *series, TnDate day)
{
  const TnFrequency *frequency = &series->frequency;
  int month = 0;
  if (frequency->months_out != 0)
    tn_date_get_ymd (day, NULL, &month, NULL);
  return (frequency->months_out & 1u << month) != 0
         || (frequency->weeks_out != 0
             && (frequency->weeks_out & G_GUINT64_CONSTANT (1) << tn_date_get_week (day, NULL))
                    != 0);
}

/**
 * tn_barrier_find_near:
 * @near: (nullable) (element-type TnNear)
 * @skip: how many to pass over
 * @ret_barrier: (out): untouched when there is none
 *
 * Returns: %TRUE when @day is too near to more than @skip that are no mere wishes
 */
gboolean
tn_barrier_find_near (const GArray *near, TnDate day, guint skip, TnBarrier *ret_barrier)
{
  guint n = 0;
  for (guint i = 0; near != NULL && i < near->len; i++)
    {
      const TnNear *item = &g_array_index (near, TnNear, i);
      if (item->is_soft || !tn_span_contains (item->starts, day) || n++ != skip)
        continue;
      *ret_barrier = (TnBarrier){ item->rule, item->origin, item->what, item->name };
      return TRUE;
    }
  return FALSE;
}

/**
 * tn_barrier_find:
 * @ordinal: of several in a period; 0: it is the only one
 * @near: (nullable) (element-type TnNear)
 * @day: on which an occurrence would begin
 * @skip: how many to pass over
 * @ret_barrier: (out): untouched when there is none
 *
 * Returns: %TRUE when @day breaks more than @skip hard limits
 */
gboolean
tn_barrier_find (const TnSeries *series, int ordinal, const GArray *near, TnDate day, guint skip,
                 TnBarrier *ret_barrier)
{
  const TnFrequency *frequency = &series->frequency;
  guint n = 0;
  if (!allows_month_day (frequency, ordinal, day) && n++ == skip)
    {
      *ret_barrier = (TnBarrier){ "month-day", &frequency->month_days_origin,
                                  frequency->month_days_words, NULL };
      return TRUE;
    }
  if (tn_barrier_is_left_out (series, day) && n++ == skip)
    {
      *ret_barrier = (TnBarrier){ "except", &frequency->out_origin, "left out", NULL };
      return TRUE;
    }
  return tn_barrier_find_near (near, day, skip - n, ret_barrier);
}

static void
list_bits (GString *text, const char *unit, guint64 bits)
{
  for (int i = 0, n = 0; i < 64; i++)
    if ((bits >> i & 1) != 0)
      g_string_append_printf (text, "%s%d", n++ > 0 ? ", " : unit, i);
}

/**
 * tn_barrier_dup_words:
 * @frequency: of the series whose limit it is
 *
 * Returns: (transfer full): what @barrier is, with the weeks and months that a charter leaves out:
 *   `left out (week 7, 8, 42; month 7)`
 */
char *
tn_barrier_dup_words (const TnBarrier *barrier, const TnFrequency *frequency)
{
  GString *text = g_string_new (barrier->what);
  gboolean is_left_out = barrier->origin == &frequency->out_origin;
  if (is_left_out)
    {
      list_bits (text, " (week ", frequency->weeks_out);
      list_bits (text, frequency->weeks_out != 0 ? "; month " : " (month ", frequency->months_out);
      g_string_append_c (text, ')');
    }
  return g_string_free (text, FALSE);
}
