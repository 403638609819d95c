/* When an event is. Days stay days and are never led through UTC (hazard 53). Times go to the
 * collaboration's zone by base/zone.h, which knows the hour that is missing and the one that comes
 * twice (hazards 47, 48); a floating time is one at home (hazard 52).
 *
 * Two things cannot be said in whole local minutes and are rounded: seconds are cut off; an event
 * that ends in the second of two equal hours before the minute at which it began in the first ends
 * when it begins.
 *
 * Source: RFC 5545 sections 3.6.1, 3.8.2.2, 3.8.2.4 and 3.8.2.5. */
#include "ical/times.h"

#include "base/error.h"
#include "ical/moment.h"
#include "ical/property.h"
#include "ical/timezone.h"

#include <string.h>

#define DAY_S 86400

/* A moment with the zone that it is in. */
typedef struct
{
  TnMoment moment;
  TnZone *zone; /* (owned) (nullable) of a time */
} Placed;

static void
placed_clear (Placed *placed)
{
  g_clear_pointer (&placed->zone, tn_zone_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Placed, placed_clear)

static gboolean
check_type (const TnProperty *property, const TnMoment *moment, GError **error)
{
  g_autofree char *type = tn_property_dup_parameter (property, "VALUE");
  const char *expected = moment->is_date ? "DATE" : "DATE-TIME";
  /* A bare 20270518 without VALUE=DATE is met often and means a day. */
  if (type == NULL || g_ascii_strcasecmp (type, expected) == 0)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "a %s that is called something else", expected);
  return FALSE;
}

static gboolean
read_placed (const TnLines *lines, guint index, const TnZone *home, Placed *placed, GError **error)
{
  g_autoptr (TnProperty) property = tn_property_new (lines, index, error);
  if (property == NULL)
    return FALSE;
  g_autofree char *value = g_strstrip (g_strdup (tn_property_get_value (property)));
  g_autofree char *tzid = tn_property_dup_parameter (property, "TZID");
  if (tn_moment_parse (value, &placed->moment, error)
      && check_type (property, &placed->moment, error))
    {
      if (placed->moment.is_date)
        return TRUE;
      if (placed->moment.is_utc)
        placed->zone = tn_zone_new_utc ();
      else if (tzid == NULL)
        placed->zone = tn_zone_ref (home);
      else
        placed->zone = tn_timezone_find (tzid, home, lines, error);
      if (placed->zone != NULL)
        return TRUE;
    }
  g_prefix_error (error, "line %u: ", tn_lines_get_number (lines, index));
  return FALSE;
}

static gboolean
read_duration (const TnLines *lines, guint index, TnDuration *duration, GError **error)
{
  g_autoptr (TnProperty) property = tn_property_new (lines, index, error);
  if (property == NULL)
    return FALSE;
  g_autofree char *value = g_strstrip (g_strdup (tn_property_get_value (property)));
  if (tn_moment_parse_duration (value, duration, error))
    return TRUE;
  g_prefix_error (error, "line %u: ", tn_lines_get_number (lines, index));
  return FALSE;
}

static gboolean
check_end (gint64 days, gboolean is_before_start, GError **error)
{
  if (is_before_start)
    g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID, "the event ends before it starts");
  else if (days > tn_date_new (9999, 12, 30))
    g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID, "the event ends after the year 9999");
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_days (const TnLines *lines, int end_at, int duration_at, const TnZone *home, TnDate start,
           TnWhen *when, GError **error)
{
  gint64 end = (gint64) start + 1;
  if (end_at >= 0)
    {
      g_auto (Placed) last = { .zone = NULL };
      if (!read_placed (lines, (guint) end_at, home, &last, error))
        return FALSE;
      if (!last.moment.is_date)
        {
          g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID,
                               "the event starts with a day and ends with a time");
          return FALSE;
        }
      end = last.moment.local.date;
    }
  else if (duration_at >= 0)
    {
      TnDuration duration = { 0 };
      if (!read_duration (lines, (guint) duration_at, &duration, error))
        return FALSE;
      end = (gint64) start + duration.days + (duration.seconds + DAY_S - 1) / DAY_S;
    }
  if (!check_end (end, end < start, error))
    return FALSE;
  /* DTEND = DTSTART: one day is meant (hazard 53). */
  *when = tn_when_new_days (start, MAX (1, (int) (end - start)));
  return TRUE;
}

static TnWhen
make_timed (TnLocalTime start, TnLocalTime end)
{
  int start_minute = start.second / 60;
  int end_minute = end.second / 60;
  if (end.date < start.date || (end.date == start.date && end_minute < start_minute))
    return tn_when_new_timed (start.date, start_minute, start.date, start_minute);
  /* Midnight ends the day before; one normal form. */
  if (end_minute == 0 && end.date > start.date)
    return tn_when_new_timed (start.date, start_minute, end.date - 1, 1440);
  return tn_when_new_timed (start.date, start_minute, end.date, end_minute);
}

/* UTC seconds of the end of an event that has a DURATION: days are nominal, hours exact. */
static gint64
add_duration (const Placed *start, const TnDuration *duration)
{
  TnLocalTime later = start->moment.local;
  later.date += duration->days;
  return tn_zone_to_utc_s (start->zone, later) + duration->seconds;
}

static gboolean
read_end (const TnLines *lines, int end_at, int duration_at, const TnZone *home,
          const Placed *start, gint64 *end_s, GError **error)
{
  if (end_at >= 0)
    {
      g_auto (Placed) end = { .zone = NULL };
      if (!read_placed (lines, (guint) end_at, home, &end, error))
        return FALSE;
      if (end.moment.is_date)
        {
          g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID,
                               "the event starts with a time and ends with a day");
          return FALSE;
        }
      *end_s = tn_zone_to_utc_s (end.zone, end.moment.local);
    }
  else if (duration_at >= 0)
    {
      TnDuration duration = { 0 };
      if (!read_duration (lines, (guint) duration_at, &duration, error)
          || !check_end ((gint64) start->moment.local.date + duration.days
                             + duration.seconds / DAY_S + 2,
                         FALSE, error))
        return FALSE;
      *end_s = add_duration (start, &duration);
    }
  else
    *end_s = tn_zone_to_utc_s (start->zone, start->moment.local);
  return TRUE;
}

static gboolean
read_timed (const TnLines *lines, int end_at, int duration_at, const TnZone *home,
            const Placed *start, TnWhen *when, GError **error)
{
  gint64 start_s = tn_zone_to_utc_s (start->zone, start->moment.local);
  gint64 end_s = 0;
  if (!read_end (lines, end_at, duration_at, home, start, &end_s, error)
      || !check_end (0, end_s < start_s, error))
    return FALSE;
  *when = make_timed (tn_zone_to_local (home, start_s), tn_zone_to_local (home, end_s));
  return TRUE;
}

static gboolean
find_once (const TnLines *lines, guint event, TnLineKind kind, const char *name, int *index,
           GError **error)
{
  *index = tn_lines_find (lines, event, kind);
  if (*index < 0 || tn_lines_count (lines, event, kind) == 1)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "line %u: an event with more than one %s",
               tn_lines_get_number (lines, (guint) *index), name);
  return FALSE;
}

static gboolean
find_start (const TnLines *lines, guint event, int *start_at, GError **error)
{
  if (!find_once (lines, event, TN_LINE_DTSTART, "DTSTART", start_at, error))
    return FALSE;
  if (*start_at < 0)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "line %u: an event without DTSTART",
                 tn_lines_get_number (lines, tn_lines_get_component (lines, event)->begin));
  return *start_at >= 0;
}

/**
 * tn_times_read:
 * @event: a VEVENT component of @lines
 * @home: the zone in which @ret_when is local, and in which floating times are
 * @ret_when: (out): untouched on failure
 *
 * Source: RFC 5545 section 3.6.1: a day without end lasts a day, a time without end none.
 * Errors: %TN_ERROR_INVALID when there is no start, a value is none, a zone is unknown (hazard 51),
 *   or the end is before the start.
 */
gboolean
tn_times_read (const TnLines *lines, guint event, const TnZone *home, TnWhen *ret_when,
               GError **error)
{
  int start_at = -1;
  int end_at = -1;
  int duration_at = -1;
  if (!find_start (lines, event, &start_at, error)
      || !find_once (lines, event, TN_LINE_DTEND, "DTEND", &end_at, error)
      || !find_once (lines, event, TN_LINE_DURATION, "DURATION", &duration_at, error))
    return FALSE;
  g_auto (Placed) start = { .zone = NULL };
  if (!read_placed (lines, (guint) start_at, home, &start, error))
    return FALSE;
  if (start.moment.is_date)
    return read_days (lines, end_at, duration_at, home, start.moment.local.date, ret_when, error);
  return read_timed (lines, end_at, duration_at, home, &start, ret_when, error);
}

/**
 * tn_times_dup_zone:
 * @event: a VEVENT component of @lines
 * @home: the zone of days and of floating times
 *
 * Errors: %TN_ERROR_INVALID when there is no start, or its zone is unknown (hazard 51).
 * Returns: (transfer full) (nullable): the zone that the start is written in
 */
TnZone *
tn_times_dup_zone (const TnLines *lines, guint event, const TnZone *home, GError **error)
{
  int start_at = -1;
  g_auto (Placed) start = { .zone = NULL };
  if (!find_start (lines, event, &start_at, error)
      || !read_placed (lines, (guint) start_at, home, &start, error))
    return NULL;
  return tn_zone_ref (start.zone != NULL ? start.zone : home);
}

/* UTC has no VTIMEZONE: RFC 5545 section 3.2.19 wants the form with Z. */
static gboolean
is_utc (const char *tzid)
{
  return strcmp (tzid, "UTC") == 0;
}

/**
 * tn_times_dup_parameters:
 * @tzid: label of the zone that @when is local to; not looked at when all-day
 *
 * Returns: (transfer full): `;VALUE=DATE`, `;TZID=Europe/Copenhagen` or "", of start and end alike
 */
char *
tn_times_dup_parameters (const TnWhen *when, const char *tzid)
{
  if (when->all_day)
    return g_strdup (";VALUE=DATE");
  if (is_utc (tzid))
    return g_strdup ("");
  const char *quote = strpbrk (tzid, ":;,") == NULL ? "" : "\"";
  return g_strconcat (";TZID=", quote, tzid, quote, NULL);
}

static char *
dup_moment (const TnWhen *when, const char *tzid, TnDate date, int minute)
{
  if (when->all_day)
    return tn_moment_format_date (date);
  TnLocalTime local = { date + minute / 1440, minute % 1440 * 60 };
  g_autofree char *time = tn_moment_format_time (local);
  return g_strconcat (time, is_utc (tzid) ? "Z" : "", NULL);
}

/**
 * tn_times_dup_start:
 *
 * Returns: (transfer full): the value of DTSTART
 */
char *
tn_times_dup_start (const TnWhen *when, const char *tzid)
{
  return dup_moment (when, tzid, when->days.start, when->start_minute);
}

/**
 * tn_times_dup_end:
 *
 * Returns: (transfer full): the value of DTEND, exclusive (hazard 53)
 */
char *
tn_times_dup_end (const TnWhen *when, const char *tzid)
{
  if (when->all_day)
    return dup_moment (when, tzid, when->days.end, 0);
  return dup_moment (when, tzid, when->days.end - 1, when->end_minute);
}
