/* DATE, DATE-TIME and DURATION values, as written: no zone is applied here. libical reads them,
 * after their shape was checked: it takes `2027-05-18`, `20270231` and worse without a word.
 *
 * Source: RFC 5545 sections 3.3.4, 3.3.5 and 3.3.6. */
#include "ical/moment.h"

#include "base/error.h"

#include <libical/ical.h>

#include <string.h>

#define DURATION_MAX_DIGITS 6 /* of one number: keeps all sums far from overflow */

static gboolean
has_shape (const char *text, const char *shape)
{
  gsize i = 0;
  for (; shape[i] != '\0'; i++)
    if (shape[i] == '9' ? !g_ascii_isdigit (text[i]) : text[i] != shape[i])
      return FALSE;
  return text[i] == '\0';
}

static gboolean
fail (GError **error, const char *value, const char *expected)
{
  g_autofree char *start = g_utf8_substring (value, 0, MIN (g_utf8_strlen (value, -1), 32));
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "'%s' is no %s", start, expected);
  return FALSE;
}

/**
 * tn_moment_parse:
 * @value: `20270518`, `20270518T100000` or `20270518T080000Z`
 * @ret_moment: (out): untouched on failure
 *
 * Errors: %TN_ERROR_INVALID when @value is none of these, or no day of the calendar.
 */
gboolean
tn_moment_parse (const char *value, TnMoment *ret_moment, GError **error)
{
  gboolean is_date = has_shape (value, "99999999");
  gboolean is_utc = has_shape (value, "99999999T999999Z");
  if (!is_date && !is_utc && !has_shape (value, "99999999T999999"))
    return fail (error, value, "date or time, expected one like 20270518 or 20270518T100000");

  struct icaltimetype time = icaltime_from_string (value);
  /* A year's distance from the ends, so that no zone, no duration of a day leads past them. */
  if (icaltime_is_null_time (time) || time.year < 2 || time.year > 9998
      || !tn_date_is_valid_ymd (time.year, time.month, time.day))
    return fail (error, value, "day of the calendar");
  if (!is_date && (time.hour > 23 || time.minute > 59 || time.second > 60))
    return fail (error, value, "time of a day");

  int second = is_date ? 0 : time.hour * 3600 + time.minute * 60 + MIN (time.second, 59);
  *ret_moment = (TnMoment){ .is_date = is_date,
                            .is_utc = is_utc,
                            .local = { tn_date_new (time.year, time.month, time.day), second } };
  return TRUE;
}

/**
 * tn_moment_format_date:
 *
 * Returns: (transfer full): `20270518`
 */
char *
tn_moment_format_date (TnDate date)
{
  int year = 0;
  int month = 0;
  int day = 0;
  tn_date_get_ymd (date, &year, &month, &day);
  return g_strdup_printf ("%04d%02d%02d", year, month, day);
}

/**
 * tn_moment_format_time:
 *
 * Returns: (transfer full): `20270518T100000`
 */
char *
tn_moment_format_time (TnLocalTime local)
{
  g_autofree char *date = tn_moment_format_date (local.date);
  return g_strdup_printf ("%sT%02d%02d%02d", date, local.second / 3600, local.second / 60 % 60,
                          local.second % 60);
}

/**
 * tn_moment_format_utc:
 * @utc_us: UTC microseconds since 1970
 *
 * Returns: (transfer full): `20270518T080000Z`
 */
char *
tn_moment_format_utc (gint64 utc_us)
{
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  g_autofree char *time = tn_moment_format_time (tn_zone_to_local (utc, utc_us / G_USEC_PER_SEC));
  return g_strconcat (time, "Z", NULL);
}

/* Numbers with the letters of `units` behind them, each at most once and in that order. */
static gboolean
skip_numbers (const char **at, const char *units)
{
  gboolean any = FALSE;
  const char *unit = units;
  while (g_ascii_isdigit (**at))
    {
      gsize digits = strspn (*at, "0123456789");
      char letter = (*at)[digits];
      const char *found = letter == '\0' ? NULL : strchr (unit, letter);
      if (digits > DURATION_MAX_DIGITS || found == NULL)
        return FALSE;
      unit = found + 1;
      *at += digits + 1;
      any = TRUE;
    }
  return any;
}

static gboolean
is_duration (const char *value)
{
  const char *at = value;
  if (*at == '+' || *at == '-')
    at++;
  if (*at++ != 'P')
    return FALSE;
  /* RFC 5545 has no weeks beside days; libical and others write them. */
  gboolean has_days = skip_numbers (&at, "WD");
  if (*at != 'T')
    return has_days && *at == '\0';
  at++;
  return skip_numbers (&at, "HMS") && *at == '\0';
}

/**
 * tn_moment_parse_duration:
 * @value: `P1D`, `P2W`, `PT4H30M`
 * @ret_duration: (out): untouched on failure
 *
 * Errors: %TN_ERROR_INVALID when @value is no duration, or a negative one.
 */
gboolean
tn_moment_parse_duration (const char *value, TnDuration *ret_duration, GError **error)
{
  if (!is_duration (value))
    return fail (error, value, "duration, expected one like PT4H30M");

  struct icaldurationtype length = icaldurationtype_from_string (value);
  gboolean is_zero = icaldurationtype_is_null_duration (length);
  if (icaldurationtype_is_bad_duration (length) || (length.is_neg && !is_zero))
    return fail (error, value, "duration from the start to a later end");
  *ret_duration = (TnDuration){ .days = (int) (length.weeks * 7 + length.days),
                                .seconds = (gint64) length.hours * 3600
                                           + (gint64) length.minutes * 60 + length.seconds };
  return TRUE;
}
