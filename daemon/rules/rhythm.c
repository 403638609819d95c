/* The rhythm of a series: every Nth period from its first cycle on, once or several times in each.
 * Rings and dates speak of cycles by their place in it, an index that counts from 0 at the first,
 * so that "the next one" is a plus and not a matter of years. Months that are left out and periods
 * without a fixed date have no index, so a ring loses no turn to them. A ring may begin before the
 * series does: those indices are negative. All of it is closed arithmetic: no rule, however far it
 * reaches, is expanded step by step (hazard 60). */
#include "rules/rhythm.h"

static int
count_parts (TnPeriod period)
{
  static const int parts[] = { 1, 2, 4, 12, 1 };
  return parts[period];
}

static int
divide_down (int a, int b)
{
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}

static TnCycle
get_first (const TnSeries *series)
{
  TnCycle first = series->first;
  if (series->first.period != series->every)
    first = tn_cycle_at (series->every, tn_cycle_get_span (&series->first).start);
  first.ordinal = 0;
  return first;
}

static int
get_step (const TnSeries *series)
{
  return MAX (series->every_n, 1);
}

/* How many of the months before @month, 1 to 13, a series keeps. */
static int
count_kept (const TnSeries *series, int month)
{
  int n = 0;
  for (int i = 1; i < month; i++)
    n += (series->frequency.months_out & 1u << i) == 0;
  return n;
}

static gboolean
leaves_months_out (const TnSeries *series)
{
  return series->every == TN_PERIOD_MONTH && series->frequency.months_out != 0
         && count_kept (series, 13) > 0;
}

/* Periods since year 0, those that are left out not counted; rises by one from one to the next. */
static int
count_periods (const TnSeries *series, const TnCycle *cycle)
{
  if (leaves_months_out (series))
    return cycle->year * count_kept (series, 13) + count_kept (series, cycle->part);
  return cycle->year * count_parts (cycle->period) + cycle->part - 1;
}

/* The inverse of count_periods(). */
static TnCycle
make_period (const TnSeries *series, int periods)
{
  gboolean leaves_out = leaves_months_out (series);
  int in_year = leaves_out ? count_kept (series, 13) : count_parts (series->every);
  TnCycle cycle = { series->every, divide_down (periods, in_year), 1, 0 };
  int rest = periods - cycle.year * in_year;
  if (!leaves_out)
    cycle.part = rest + 1;
  else
    while (count_kept (series, cycle.part + 1) <= rest)
      cycle.part++;
  return cycle;
}

/* Of a first month that is left out the next kept one is meant. */
static int
get_first_period (const TnSeries *series)
{
  TnCycle first = get_first (series);
  return count_periods (series, &first);
}

static int
get_times (const TnSeries *series)
{
  return MAX (series->frequency.most, 1);
}

static const TnFixedDate *
get_fixed (const TnSeries *series, guint index)
{
  return &g_array_index (series->frequency.dates, TnFixedDate, index);
}

static TnCycle
get_fixed_cycle (const TnSeries *series, int index)
{
  int n = (int) series->frequency.dates->len;
  TnCycle cycle = get_fixed (series, (guint) CLAMP (index, 0, n - 1))->cycle;
  if (index >= 0 && index < n)
    return cycle;
  cycle = tn_cycle_step (&cycle, index < 0 ? index : index - n + 1);
  cycle.ordinal = 1;
  return cycle;
}

/**
 * tn_rhythm_get_cycle:
 * @index: 0 for the first cycle of @series; must not leave the years 1 to %TN_RHYTHM_LAST_YEAR
 *
 * Source: design section 4, Rhythm.
 */
TnCycle
tn_rhythm_get_cycle (const TnSeries *series, int index)
{
  if (series->frequency.dates->len > 0)
    return get_fixed_cycle (series, index);
  int times = get_times (series);
  int period = divide_down (index, times);
  TnCycle cycle = make_period (series, get_first_period (series) + period * get_step (series));
  if (series->frequency.most > 0)
    cycle.ordinal = index - period * times + 1;
  return cycle;
}

static gboolean
find_fixed (const TnSeries *series, const TnCycle *cycle, int *ret_index)
{
  for (guint i = 0; i < series->frequency.dates->len; i++)
    if (tn_cycle_equal (&get_fixed (series, i)->cycle, cycle))
      {
        *ret_index = (int) i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
has_ordinal (const TnSeries *series, const TnCycle *cycle)
{
  int most = series->frequency.most;
  return most > 0 ? cycle->ordinal >= 1 && cycle->ordinal <= most : cycle->ordinal == 0;
}

/**
 * tn_rhythm_find_index:
 * @ret_index: (out): untouched on failure
 *
 * Returns: %FALSE when @cycle is none of the series' (another period, between two, a month that is
 *   left out, far away); one before the first or after the last has an index
 */
gboolean
tn_rhythm_find_index (const TnSeries *series, const TnCycle *cycle, int *ret_index)
{
  if (cycle->period != series->every || cycle->year > TN_RHYTHM_LAST_YEAR)
    return FALSE;
  if (series->frequency.dates->len > 0)
    return find_fixed (series, cycle, ret_index);
  if (!has_ordinal (series, cycle)
      || (leaves_months_out (series) && (series->frequency.months_out & 1u << cycle->part) != 0))
    return FALSE;
  int periods = count_periods (series, cycle) - get_first_period (series);
  if (periods % get_step (series) != 0)
    return FALSE;
  *ret_index = periods / get_step (series) * get_times (series) + MAX (cycle->ordinal, 1) - 1;
  return TRUE;
}

/**
 * tn_rhythm_parse_index:
 * @text: (nullable): a cycle as a decision names it
 * @ret_index: (out): untouched on failure
 *
 * Returns: %FALSE when @text names no cycle of @series
 */
gboolean
tn_rhythm_parse_index (const TnSeries *series, const char *text, int *ret_index)
{
  TnCycle cycle = { 0 };
  return text != NULL && tn_cycle_parse (text, &cycle, NULL)
         && tn_rhythm_find_index (series, &cycle, ret_index);
}

static int
count_fixed_until (const TnSeries *series, TnDate date)
{
  int n = 0;
  for (guint i = 0; i < series->frequency.dates->len; i++)
    n += tn_cycle_get_span (&get_fixed (series, i)->cycle).start <= date;
  return n;
}

/**
 * tn_rhythm_get_index_at:
 *
 * Returns: the index of the cycle whose period @date lies in, or of the last one before it; of
 *   several in a period the first
 */
int
tn_rhythm_get_index_at (const TnSeries *series, TnDate date)
{
  if (series->frequency.dates->len > 0)
    {
      int last = count_fixed_until (series, date) - 1;
      TnCycle cycle = tn_rhythm_get_cycle (series, MAX (last, 0));
      for (int i = last; i > 0; i--)
        {
          TnCycle before = tn_rhythm_get_cycle (series, i - 1);
          before.ordinal = cycle.ordinal;
          if (!tn_cycle_equal (&before, &cycle))
            break;
          last = i - 1;
        }
      return last;
    }
  TnCycle at = tn_cycle_at (series->every, date);
  int period = count_periods (series, &at);
  /* Of a month that is left out, the one before it. */
  if (leaves_months_out (series) && (series->frequency.months_out & 1u << at.part) != 0)
    period--;
  return divide_down (period - get_first_period (series), get_step (series)) * get_times (series);
}

/**
 * tn_rhythm_get_last_index_at:
 *
 * Returns: as tn_rhythm_get_index_at(), but of several in a period the last
 */
int
tn_rhythm_get_last_index_at (const TnSeries *series, TnDate date)
{
  if (series->frequency.dates->len > 0)
    return count_fixed_until (series, date) - 1;
  return tn_rhythm_get_index_at (series, date) + get_times (series) - 1;
}

/**
 * tn_rhythm_has:
 *
 * Returns: %TRUE when @series has an occurrence in the cycle @index
 */
gboolean
tn_rhythm_has (const TnSeries *series, int index)
{
  if (index < 0
      || (series->frequency.dates->len > 0 && index >= (int) series->frequency.dates->len))
    return FALSE;
  TnCycle cycle = tn_rhythm_get_cycle (series, index);
  if (cycle.year > TN_RHYTHM_LAST_YEAR)
    return FALSE;
  return !series->has_last
         || tn_cycle_get_span (&cycle).start < tn_cycle_get_span (&series->last).end;
}
