/* Spans of days. Half-open throughout, so that two spans that follow each other share a number and
 * nobody adds or subtracts one; people write last days, and tn_span_parse_bound() turns those into
 * ends at the edge. */
#include "base/span.h"

#include "base/error.h"

#include <stdlib.h>
#include <string.h>

TnSpan
tn_span_new (TnDate start, TnDate end)
{
  return (TnSpan){ start, end };
}

gboolean
tn_span_contains (TnSpan span, TnDate date)
{
  return date >= span.start && date < span.end;
}

gboolean
tn_span_contains_span (TnSpan span, TnSpan inner)
{
  return inner.start >= span.start && inner.end <= span.end;
}

gboolean
tn_span_overlaps (TnSpan a, TnSpan b)
{
  return a.start < b.end && b.start < a.end;
}

int
tn_span_get_days (TnSpan span)
{
  return span.end > span.start ? span.end - span.start : 0;
}

static TnDate
get_last_of_month (TnDate first)
{
  int year = 0;
  int month = 0;
  int day = 31;
  tn_date_get_ymd (first, &year, &month, NULL);
  while (!tn_date_is_valid_ymd (year, month, day))
    day--;
  return tn_date_new (year, month, day);
}

/**
 * tn_span_parse_bound:
 * @text: a year, a month or a day: `2027`, `2027-05`, `2027-05-18`
 * @last: %TRUE to read it as the last day included
 * @ret_date: (out): the first day, or with @last the day after the last; untouched on failure
 *
 * Source: design section 4 (`to = "2031"` includes 31 December 2031).
 * Errors: %TN_ERROR_INVALID when @text is none of these.
 */
gboolean
tn_span_parse_bound (const char *text, gboolean last, TnDate *ret_date, GError **error)
{
  g_return_val_if_fail (text != NULL, FALSE);

  gsize length = strlen (text);
  g_autofree char *day = NULL;
  if (length == 4)
    day = g_strdup_printf ("%s-01-01", text);
  else if (length == 7)
    day = g_strdup_printf ("%s-01", text);
  else
    day = g_strdup (text);

  TnDate start = 0;
  if (!tn_date_parse (day, &start, NULL))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "'%s' is no year, month or day, expected one like 2027, 2027-05 or 2027-05-18",
                   text);
      return FALSE;
    }
  /* By the last day, not by the first that follows: there is no year after 9999. */
  if (!last)
    *ret_date = start;
  else if (length == 4)
    *ret_date = get_last_of_month (tn_date_add_months (start, 11)) + 1;
  else if (length == 7)
    *ret_date = get_last_of_month (start) + 1;
  else
    *ret_date = start + 1;
  return TRUE;
}
