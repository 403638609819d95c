/* Cycles. Their text is part of an event's identity (design section 6), so parsing and formatting
 * are exact inverses and nothing here may ever change. */
#include "model/cycle.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

static const int PARTS[] = { 1, 2, 4, 12, 1 };

static gboolean
parse_period (const char *text, TnCycle *cycle, int *used)
{
  int next = 0;
  *used = 0;
  if (sscanf (text, "%4d-H%1d%n", &cycle->year, &cycle->part, used) == 2 && *used == 7)
    cycle->period = TN_PERIOD_HALF;
  else if (sscanf (text, "%4d-Q%1d%n", &cycle->year, &cycle->part, used) == 2 && *used == 7)
    cycle->period = TN_PERIOD_QUARTER;
  else if (sscanf (text, "%4d/%2d%n", &cycle->year, &next, used) == 2 && *used == 7)
    cycle->period = TN_PERIOD_SCHOOL_YEAR;
  else if (sscanf (text, "%4d-%2d%n", &cycle->year, &cycle->part, used) == 2 && *used == 7)
    cycle->period = TN_PERIOD_MONTH;
  else if (sscanf (text, "%4d%n", &cycle->year, used) == 1 && *used == 4)
    cycle->period = TN_PERIOD_YEAR;
  else
    return FALSE;

  if (cycle->period == TN_PERIOD_YEAR || cycle->period == TN_PERIOD_SCHOOL_YEAR)
    cycle->part = 1;
  if (cycle->period == TN_PERIOD_SCHOOL_YEAR && next != (cycle->year + 1) % 100)
    return FALSE;
  /* 9998: the first day after the last cycle must still be a day. */
  return cycle->year >= 1 && cycle->year <= 9998 && cycle->part >= 1
         && cycle->part <= PARTS[cycle->period];
}

/**
 * tn_cycle_parse:
 * @ret_cycle: (out): untouched on failure
 *
 * Errors: %TN_ERROR_INVALID when @text is not exactly how a cycle is written.
 */
gboolean
tn_cycle_parse (const char *text, TnCycle *ret_cycle, GError **error)
{
  TnCycle cycle = { 0 };
  int used = 0;
  gboolean ok = parse_period (text, &cycle, &used);
  if (ok && text[used] == '.')
    {
      int more = 0;
      ok = sscanf (text + used, ".%3d%n", &cycle.ordinal, &more) == 1 && cycle.ordinal >= 1;
      used += more;
    }
  /* What sscanf forgives (signs, blanks, leading zeros) is not how a cycle is written. */
  g_autofree char *again = ok ? tn_cycle_to_string (&cycle) : NULL;
  if (!ok || text[used] != '\0' || strcmp (again, text) != 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "'%s' is no cycle, expected one like 2027, 2027-H1, 2027-Q3, 2027-04 or 2026/27",
                   text);
      return FALSE;
    }
  *ret_cycle = cycle;
  return TRUE;
}

/**
 * tn_cycle_to_string:
 *
 * Returns: (transfer full): as in design section 1
 */
char *
tn_cycle_to_string (const TnCycle *cycle)
{
  char text[48] = "";
  switch (cycle->period)
    {
    case TN_PERIOD_YEAR:
      g_snprintf (text, sizeof text, "%04d", cycle->year);
      break;
    case TN_PERIOD_HALF:
      g_snprintf (text, sizeof text, "%04d-H%d", cycle->year, cycle->part);
      break;
    case TN_PERIOD_QUARTER:
      g_snprintf (text, sizeof text, "%04d-Q%d", cycle->year, cycle->part);
      break;
    case TN_PERIOD_MONTH:
      g_snprintf (text, sizeof text, "%04d-%02d", cycle->year, cycle->part);
      break;
    case TN_PERIOD_SCHOOL_YEAR:
      g_snprintf (text, sizeof text, "%04d/%02d", cycle->year, (cycle->year + 1) % 100);
      break;
    default:
      g_assert_not_reached ();
    }
  return cycle->ordinal > 0 ? g_strdup_printf ("%s.%d", text, cycle->ordinal) : g_strdup (text);
}

/**
 * tn_cycle_compare:
 *
 * Orders cycles by their first day, then ordinal; those of different periods by period last.
 */
int
tn_cycle_compare (const TnCycle *a, const TnCycle *b)
{
  if (a->period == b->period)
    {
      int by_year = (a->year > b->year) - (a->year < b->year);
      int by_part = (a->part > b->part) - (a->part < b->part);
      int by_ordinal = (a->ordinal > b->ordinal) - (a->ordinal < b->ordinal);
      return by_year != 0 ? by_year : by_part != 0 ? by_part : by_ordinal;
    }
  TnDate start_a = tn_cycle_get_span (a).start;
  TnDate start_b = tn_cycle_get_span (b).start;
  if (start_a != start_b)
    return start_a < start_b ? -1 : 1;
  return (int) a->period - (int) b->period;
}

gboolean
tn_cycle_equal (const TnCycle *a, const TnCycle *b)
{
  return tn_cycle_compare (a, b) == 0;
}

/**
 * tn_cycle_get_span:
 *
 * Returns: the days of the cycle's period; all ordinals of a period share them
 */
TnSpan
tn_cycle_get_span (const TnCycle *cycle)
{
  if (cycle->period == TN_PERIOD_SCHOOL_YEAR)
    return tn_span_new (tn_date_new (cycle->year, 8, 1), tn_date_new (cycle->year + 1, 8, 1));

  int months = 12 / PARTS[cycle->period];
  TnDate start = tn_date_new (cycle->year, (cycle->part - 1) * months + 1, 1);
  return tn_span_new (start, tn_date_add_months (start, months));
}

/**
 * tn_cycle_step:
 * @periods: how many periods on; negative goes back
 *
 * Returns: the cycle of the same ordinal, so many periods later
 */
TnCycle
tn_cycle_step (const TnCycle *cycle, int periods)
{
  int parts = PARTS[cycle->period];
  int total = cycle->year * parts + cycle->part - 1 + periods;
  TnCycle other = *cycle;
  other.year = total / parts;
  other.part = total % parts + 1;
  return other;
}

/**
 * tn_cycle_at:
 *
 * Returns: the cycle, without ordinal, in whose period @date lies
 */
TnCycle
tn_cycle_at (TnPeriod period, TnDate date)
{
  int year = 0;
  int month = 0;
  tn_date_get_ymd (date, &year, &month, NULL);
  TnCycle cycle = { period, year, 1, 0 };
  if (period == TN_PERIOD_SCHOOL_YEAR)
    cycle.year = month >= 8 ? year : year - 1;
  else
    cycle.part = (month - 1) / (12 / PARTS[period]) + 1;
  return cycle;
}
