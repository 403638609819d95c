/* The rhythm of a series: every Nth period from its first cycle on. Rings and dates speak of cycles
 * by their place in it, an index that counts from 0 at the first, so that "the next one" is a plus
 * and not a matter of years. A ring may begin before the series does: those indices are negative.
 */
#include "rules/rhythm.h"

static int
count_parts (TnPeriod period)
{
  static const int parts[] = { 1, 2, 4, 12, 1 };
  return parts[period];
}

/* Periods since year 0; rises by one from cycle to cycle. */
static int
count_periods (const TnCycle *cycle)
{
  return cycle->year * count_parts (cycle->period) + cycle->part - 1;
}

static int
divide_down (int a, int b)
{
  return a / b - (a % b != 0 && (a % b < 0) != (b < 0) ? 1 : 0);
}

static TnCycle
get_first (const TnSeries *series)
{
  if (series->first.period == series->every)
    return series->first;
  return tn_cycle_at (series->every, tn_cycle_get_span (&series->first).start);
}

static int
get_step (const TnSeries *series)
{
  return MAX (series->every_n, 1);
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
  TnCycle first = get_first (series);
  return tn_cycle_step (&first, index * get_step (series));
}

/**
 * tn_rhythm_find_index:
 * @ret_index: (out): untouched on failure
 *
 * Returns: %FALSE when @cycle is none of the series' (another period, between two, far away); one
 *   before the first or after the last has an index
 */
gboolean
tn_rhythm_find_index (const TnSeries *series, const TnCycle *cycle, int *ret_index)
{
  TnCycle first = get_first (series);
  if (cycle->period != series->every || cycle->ordinal != first.ordinal
      || cycle->year > TN_RHYTHM_LAST_YEAR)
    return FALSE;
  int periods = count_periods (cycle) - count_periods (&first);
  if (periods % get_step (series) != 0)
    return FALSE;
  *ret_index = periods / get_step (series);
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

/**
 * tn_rhythm_get_index_at:
 *
 * Returns: the index of the cycle whose period @date lies in, or of the last one before it
 */
int
tn_rhythm_get_index_at (const TnSeries *series, TnDate date)
{
  TnCycle first = get_first (series);
  TnCycle at = tn_cycle_at (series->every, date);
  return divide_down (count_periods (&at) - count_periods (&first), get_step (series));
}

/**
 * tn_rhythm_has:
 *
 * Returns: %TRUE when @series has an occurrence in the cycle @index
 */
gboolean
tn_rhythm_has (const TnSeries *series, int index)
{
  if (index < 0)
    return FALSE;
  TnCycle cycle = tn_rhythm_get_cycle (series, index);
  if (cycle.year > TN_RHYTHM_LAST_YEAR)
    return FALSE;
  return !series->has_last
         || tn_cycle_get_span (&cycle).start < tn_cycle_get_span (&series->last).end;
}
