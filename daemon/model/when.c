/* Whole days or local times. Never a moment: a meeting at 10:00 in Odense stays at 10:00 when
 * parliament abolishes summer time (hazard 54). */
#include "model/when.h"

#include "base/error.h"

#include <stdio.h>
#include <string.h>

TnWhen
tn_when_new_days (TnDate start, int days)
{
  return (TnWhen){ TRUE, tn_span_new (start, start + days), 0, 0 };
}

/**
 * tn_when_new_timed:
 * @start_minute: of @first_day, 0 to 1439
 * @end_minute: of @last_day, exclusive, 0 to 1440
 *
 * The end must not be before the start.
 */
TnWhen
tn_when_new_timed (TnDate first_day, int start_minute, TnDate last_day, int end_minute)
{
  return (TnWhen){ FALSE, tn_span_new (first_day, last_day + 1), start_minute, end_minute };
}

gboolean
tn_when_equal (const TnWhen *a, const TnWhen *b)
{
  return a->all_day == b->all_day && a->days.start == b->days.start && a->days.end == b->days.end
         && a->start_minute == b->start_minute && a->end_minute == b->end_minute;
}

/**
 * tn_when_move_to:
 *
 * Returns: the same length and times, beginning on @start
 */
TnWhen
tn_when_move_to (const TnWhen *when, TnDate start)
{
  TnWhen moved = *when;
  moved.days = tn_span_new (start, start + tn_span_get_days (when->days));
  return moved;
}

/**
 * tn_when_to_string:
 *
 * The normal form: `2027-05-18`, `2027-05-18..2027-05-19` (last day included),
 * `2027-09-14T10:00..2027-09-14T15:00`.
 *
 * Returns: (transfer full): text that tn_when_parse() reads
 */
char *
tn_when_to_string (const TnWhen *when)
{
  g_autofree char *first = tn_date_to_string (when->days.start);
  g_autofree char *last = tn_date_to_string (when->days.end - 1);
  if (!when->all_day)
    return g_strdup_printf ("%sT%02d:%02d..%sT%02d:%02d", first, when->start_minute / 60,
                            when->start_minute % 60, last, when->end_minute / 60,
                            when->end_minute % 60);
  if (tn_span_get_days (when->days) == 1)
    return g_steal_pointer (&first);
  return g_strdup_printf ("%s..%s", first, last);
}

/* `T10:00`, and none of the blanks and signs that sscanf() takes for digits. */
static gboolean
is_time (const char *text)
{
  return strlen (text) == 6 && text[0] == 'T' && g_ascii_isdigit (text[1])
         && g_ascii_isdigit (text[2]) && text[3] == ':' && g_ascii_isdigit (text[4])
         && g_ascii_isdigit (text[5]);
}

static gboolean
parse_end (const char *text, gsize length, TnDate *date, int *minute, GError **error)
{
  g_autofree char *day = g_strndup (text, MIN (length, 10));
  if (!tn_date_parse (day, date, error))
    return FALSE;
  *minute = -1;
  if (length == 10)
    return TRUE;

  int hour = 0;
  int min = 0;
  g_autofree char *time = g_strndup (text + 10, length - 10);
  if (is_time (time) && sscanf (time, "T%2d:%2d", &hour, &min) == 2 && min < 60
      && hour * 60 + min <= 1440)
    {
      *minute = hour * 60 + min;
      return TRUE;
    }
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "'%s' is no time, expected one like T10:00",
               time);
  return FALSE;
}

/**
 * tn_when_parse:
 * @text: the normal form
 * @ret_when: (out): untouched on failure
 *
 * Errors: %TN_ERROR_INVALID when @text is no normal form, or ends before it starts.
 */
gboolean
tn_when_parse (const char *text, TnWhen *ret_when, GError **error)
{
  const char *dots = strstr (text, "..");
  TnDate first = 0;
  TnDate last = 0;
  int start = 0;
  int end = 0;
  if (!parse_end (text, dots == NULL ? strlen (text) : (gsize) (dots - text), &first, &start,
                  error))
    return FALSE;
  if (dots == NULL)
    {
      last = first;
      end = start;
    }
  else if (!parse_end (dots + 2, strlen (dots + 2), &last, &end, error))
    return FALSE;

  gboolean timed = start >= 0;
  if (timed != (end >= 0) || last < first || (timed && last == first && end < start)
      || (timed && start > 1439))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "'%s' is no span, expected one like 2027-05-18..2027-05-19 or "
                   "2027-09-14T10:00..2027-09-14T15:00",
                   text);
      return FALSE;
    }
  *ret_when = timed ? tn_when_new_timed (first, start, last, end)
                    : tn_when_new_days (first, last - first + 1);
  return TRUE;
}
