/* Time zones of a calendar resource.
 *
 * Reading: a TZID is a label of whoever wrote it. It is an IANA name, one with the prefix of a
 * program before it, a Windows name, or a label that its VTIMEZONE explains by X-LIC-LOCATION; what
 * is none of these is an error, never UTC and never floating (hazard 51).
 *
 * Writing: from tzdata, one STANDARD and one DAYLIGHT with an RRULE and no RDATE. libical's own,
 * full of RDATE and with a label of its own, is ignored by Outlook (design section 11).
 *
 * Source: RFC 5545 sections 3.6.5 and 3.8.3.1. */
#include "ical/timezone.h"

#include "base/error.h"
#include "ical/moment.h"
#include "ical/property.h"
#include "ical/text.h"

#include <unicode/ucal.h>

#include <string.h>

#define ZONE_NAME_MAX 128 /* longer ones are no name of a zone */
#define YEARS_PROBED 6    /* that a rule must hold for, from the event's year on */
#define WEEK_S (7 * 86400)

/* One of the two changes of a year. */
typedef struct
{
  gint64 at_s; /* UTC seconds since 1970 */
  int from_s;  /* offset before */
  int to_s;    /* offset after */
} Change;

/* The same change every year: `FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU`. */
typedef struct
{
  int month;
  TnWeekday weekday;
  int nth; /* in the month, from 1; -1 the last */
  gboolean may_be_last;
  gboolean may_be_nth;
  int second; /* of the day, local time before the change */
  int from_s;
  int to_s;
} Rule;

static gboolean
to_utf16 (const char *text, UChar *wide, gsize size)
{
  gsize length = strlen (text);
  if (length == 0 || length >= size || !g_str_is_ascii (text))
    return FALSE;
  for (gsize i = 0; i <= length; i++)
    wide[i] = (UChar) text[i];
  return TRUE;
}

static char *
dup_from_utf16 (const UChar *wide, int32_t length)
{
  char *text = g_malloc0 ((gsize) length + 1);
  for (int32_t i = 0; i < length; i++)
    text[i] = wide[i] < 128 ? (char) wide[i] : '?';
  return text;
}

/* ICU's list of names is asked before tzdata's folder: that holds files which are no zones, and
 * GLib complains loudly of them. */
static TnZone *
find_iana (const char *name)
{
  UChar wide[ZONE_NAME_MAX];
  UChar canonical[ZONE_NAME_MAX];
  UBool is_system = FALSE;
  UErrorCode status = U_ZERO_ERROR;
  if (!to_utf16 (name, wide, G_N_ELEMENTS (wide)))
    return NULL;
  ucal_getCanonicalTimeZoneID (wide, -1, canonical, G_N_ELEMENTS (canonical), &is_system, &status);
  return U_SUCCESS (status) && is_system ? tn_zone_new (name, NULL) : NULL;
}

/* `/freeassociation.sourceforge.net/Tzfile/Europe/Copenhagen`,
 * `/mozilla.org/20070129_1/Europe/Paris`: the longest rest that is a name. */
static TnZone *
find_prefixed (const char *tzid)
{
  if (tzid[0] != '/' || strlen (tzid) >= ZONE_NAME_MAX)
    return NULL;
  for (const char *rest = strchr (tzid, '/'); rest != NULL; rest = strchr (rest + 1, '/'))
    {
      TnZone *zone = find_iana (rest + 1);
      if (zone != NULL)
        return zone;
    }
  return NULL;
}

/* Windows has one name for many zones. The one at home is meant when it has that name; else the one
 * that CLDR gives for the world. */
static TnZone *
find_windows (const char *tzid, const TnZone *home)
{
  UChar wide[ZONE_NAME_MAX];
  UChar found[ZONE_NAME_MAX];
  UErrorCode status = U_ZERO_ERROR;
  if (to_utf16 (tn_zone_get_id (home), wide, G_N_ELEMENTS (wide)))
    {
      int32_t length = ucal_getWindowsTimeZoneID (wide, -1, found, G_N_ELEMENTS (found), &status);
      g_autofree char *own = U_SUCCESS (status) ? dup_from_utf16 (found, length) : NULL;
      if (own != NULL && own[0] != '\0' && strcmp (own, tzid) == 0)
        return tn_zone_ref (home);
    }
  status = U_ZERO_ERROR;
  if (!to_utf16 (tzid, wide, G_N_ELEMENTS (wide)))
    return NULL;
  int32_t length
      = ucal_getTimeZoneIDForWindowsID (wide, -1, NULL, found, G_N_ELEMENTS (found), &status);
  if (U_FAILURE (status) || length <= 0)
    return NULL;
  g_autofree char *name = dup_from_utf16 (found, length);
  return find_iana (name);
}

static char *
dup_text_of (const TnLines *lines, guint component, TnLineKind kind)
{
  int index = tn_lines_find (lines, component, kind);
  if (index < 0)
    return NULL;
  g_autoptr (TnProperty) property = tn_property_new (lines, (guint) index, NULL);
  return property == NULL ? NULL : g_strstrip (tn_property_dup_text (property));
}

/**
 * tn_timezone_dup_block_id:
 * @component: a VTIMEZONE of @lines
 *
 * Returns: (transfer full) (nullable): its TZID
 */
char *
tn_timezone_dup_block_id (const TnLines *lines, guint component)
{
  return dup_text_of (lines, component, TN_LINE_TZID);
}

/**
 * tn_timezone_find_block:
 *
 * Returns: the index of the first VTIMEZONE component with that TZID, -1 when there is none
 */
int
tn_timezone_find_block (const TnLines *lines, const char *tzid)
{
  for (guint i = 0; i < tn_lines_get_n_components (lines); i++)
    if (tn_lines_get_component (lines, i)->kind == TN_COMPONENT_VTIMEZONE)
      {
        g_autofree char *id = tn_timezone_dup_block_id (lines, i);
        if (id != NULL && strcmp (id, tzid) == 0)
          return (int) i;
      }
  return -1;
}

static TnZone *
find_by_location (const char *tzid, const TnLines *lines)
{
  int block = lines == NULL ? -1 : tn_timezone_find_block (lines, tzid);
  g_autofree char *location
      = block < 0 ? NULL : dup_text_of (lines, (guint) block, TN_LINE_X_LIC_LOCATION);
  return location == NULL ? NULL : find_iana (location);
}

/**
 * tn_timezone_find:
 * @tzid: as it stands in a parameter, without quotes
 * @home: the collaboration's zone
 * @lines: (nullable): the resource, whose VTIMEZONE may explain @tzid
 *
 * Source: RFC 5545 section 3.2.19; CLDR's table of Windows names.
 * Errors: %TN_ERROR_INVALID naming @tzid when nobody knows it (hazard 51).
 * Returns: (transfer full) (nullable): the zone
 */
TnZone *
tn_timezone_find (const char *tzid, const TnZone *home, const TnLines *lines, GError **error)
{
  if (strcmp (tzid, tn_zone_get_id (home)) == 0)
    return tn_zone_ref (home);

  TnZone *zone = find_iana (tzid);
  if (zone == NULL)
    zone = find_prefixed (tzid);
  if (zone == NULL)
    zone = find_windows (tzid, home);
  if (zone == NULL)
    zone = find_by_location (tzid, lines);
  if (zone == NULL)
    {
      g_autofree char *start = g_utf8_substring (tzid, 0, MIN (g_utf8_strlen (tzid, -1), 64));
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "time zone '%s' is unknown, expected an IANA or Windows name", start);
    }
  return zone;
}

/* The moment of the change between two others a week apart, to the second. */
static Change
narrow (const TnZone *zone, gint64 before_s, gint64 after_s)
{
  Change change = { .from_s = tn_zone_get_offset_s (zone, before_s),
                    .to_s = tn_zone_get_offset_s (zone, after_s) };
  while (after_s - before_s > 1)
    {
      gint64 middle_s = before_s + (after_s - before_s) / 2;
      if (tn_zone_get_offset_s (zone, middle_s) == change.from_s)
        before_s = middle_s;
      else
        after_s = middle_s;
    }
  change.at_s = after_s;
  return change;
}

/* Returns how many changes the year has; the first two are filled in. */
static guint
find_changes (const TnZone *zone, int year, Change changes[2])
{
  guint n = 0;
  gint64 end_s = (gint64) tn_date_new (year + 1, 1, 1) * 86400;
  for (gint64 at_s = (gint64) tn_date_new (year, 1, 1) * 86400; at_s < end_s; at_s += WEEK_S)
    if (tn_zone_get_offset_s (zone, at_s) != tn_zone_get_offset_s (zone, at_s + WEEK_S))
      {
        if (n < 2)
          changes[n] = narrow (zone, at_s, at_s + WEEK_S);
        n++;
      }
  return n;
}

static gboolean
is_last_of_month (TnDate date)
{
  int month = 0;
  int month_later = 0;
  tn_date_get_ymd (date, NULL, &month, NULL);
  tn_date_get_ymd (date + 7, NULL, &month_later, NULL);
  return month != month_later;
}

/* The local time, by the clock before the change, at which it happens. */
static TnLocalTime
get_onset (const Change *change)
{
  gint64 wall_s = change->at_s + change->from_s;
  gint64 days = wall_s / 86400 - (wall_s % 86400 < 0 ? 1 : 0);
  return (TnLocalTime){ (TnDate) days, (int) (wall_s - days * 86400) };
}

static Rule
rule_new (const Change *change)
{
  TnLocalTime onset = get_onset (change);
  TnDate date = onset.date;
  int day = 0;
  Rule rule = { .weekday = tn_date_get_weekday (date),
                .may_be_last = is_last_of_month (date),
                .may_be_nth = TRUE,
                .second = onset.second,
                .from_s = change->from_s,
                .to_s = change->to_s };
  tn_date_get_ymd (date, NULL, &rule.month, &day);
  rule.nth = (day - 1) / 7 + 1;
  return rule;
}

/* Narrows `rule` to what holds for another year, too; FALSE when nothing does. */
static gboolean
narrow_rule (Rule *rule, const Change *change)
{
  Rule other = rule_new (change);
  rule->may_be_last = rule->may_be_last && other.may_be_last;
  rule->may_be_nth = rule->may_be_nth && rule->nth == other.nth;
  return (rule->may_be_last || rule->may_be_nth) && rule->month == other.month
         && rule->weekday == other.weekday && rule->second == other.second
         && rule->from_s == other.from_s && rule->to_s == other.to_s;
}

/* The two rules that hold from `year` on; FALSE when there are none: a zone that changes by decree,
 * or on the Saturday before the last Sunday. */
static gboolean
find_rules (const TnZone *zone, int year, Rule rules[2])
{
  Change changes[2] = { { 0 } };
  if (find_changes (zone, year, changes) != 2)
    return FALSE;
  rules[0] = rule_new (&changes[0]);
  rules[1] = rule_new (&changes[1]);
  for (int i = 1; i < YEARS_PROBED; i++)
    if (find_changes (zone, year + i, changes) != 2 || !narrow_rule (&rules[0], &changes[0])
        || !narrow_rule (&rules[1], &changes[1]))
      return FALSE;
  return TRUE;
}

/* The day of the rule in 1970: the year from which everybody counts, and Outlook reads. */
static TnDate
get_first_day (const Rule *rule)
{
  int nth = rule->may_be_last ? 5 : rule->nth;
  TnDate date = tn_date_new (1970, rule->month, 1);
  while (tn_date_get_weekday (date) != rule->weekday)
    date++;
  int month = rule->month;
  for (TnDate next = date + 7; nth > 1; nth--, next += 7)
    {
      tn_date_get_ymd (next, NULL, &month, NULL);
      if (month != rule->month)
        break;
      date = next;
    }
  return date;
}

static char *
format_offset (int offset_s)
{
  int size = ABS (offset_s);
  char sign = offset_s < 0 ? '-' : '+';
  if (size % 60 != 0)
    return g_strdup_printf ("%c%02d%02d%02d", sign, size / 3600, size / 60 % 60, size % 60);
  return g_strdup_printf ("%c%02d%02d", sign, size / 3600, size / 60 % 60);
}

static void
append_observance (GString *to, const char *name, const char *start, const char *rule, int from_s,
                   int to_s, const char *abbreviation, const char *line_end)
{
  g_autofree char *from = format_offset (from_s);
  g_autofree char *offset = format_offset (to_s);
  g_autofree char *escaped = tn_text_escape (abbreviation);
  const char *lines[][2]
      = { { "BEGIN:", name },        { "DTSTART:", start },     { "RRULE:", rule },
          { "TZOFFSETFROM:", from }, { "TZOFFSETTO:", offset }, { "TZNAME:", escaped },
          { "END:", name } };
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i][1] != NULL)
      g_string_append_printf (to, "%s%s%s", lines[i][0], lines[i][1], line_end);
}

/* `rule` NULL: the change of this year only. */
static void
append_change (GString *to, const TnZone *zone, const Change *change, const Rule *rule,
               const char *line_end)
{
  static const char *const weekdays[] = { "", "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
  gboolean is_daylight = change->to_s > change->from_s; /* Ireland calls its winter the exception */
  TnLocalTime onset = get_onset (change);
  g_autofree char *recurrence = NULL;
  if (rule != NULL)
    {
      onset.date = get_first_day (rule);
      recurrence = g_strdup_printf ("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", rule->month,
                                    rule->may_be_last ? -1 : rule->nth, weekdays[rule->weekday]);
    }
  g_autofree char *start = tn_moment_format_time (onset);
  g_autofree char *abbreviation = tn_zone_dup_abbreviation (zone, change->at_s);
  append_observance (to, is_daylight ? "DAYLIGHT" : "STANDARD", start, recurrence, change->from_s,
                     change->to_s, abbreviation, line_end);
}

static void
append_constant (GString *to, const TnZone *zone, TnDate date, const char *line_end)
{
  gint64 noon_s = tn_zone_to_utc_s (zone, (TnLocalTime){ date, 43200 });
  int offset_s = tn_zone_get_offset_s (zone, noon_s);
  g_autofree char *abbreviation = tn_zone_dup_abbreviation (zone, noon_s);
  append_observance (to, "STANDARD", "19700101T000000", NULL, offset_s, offset_s, abbreviation,
                     line_end);
}

/**
 * tn_timezone_append_block:
 * @date: of the event; the rules in force from its year on are written
 *
 * Appends a VTIMEZONE whose TZID is the IANA name: DAYLIGHT and STANDARD with an RRULE each. Where
 * no such rule gives the changes of the coming years, they are those of the event's year alone; a
 * zone without two changes in it is one STANDARD with the offset of @date.
 *
 * Source: RFC 5545 section 3.6.5; design section 11.
 */
void
tn_timezone_append_block (GString *to, const TnZone *zone, TnDate date, const char *line_end)
{
  int year = tn_date_get_year (date);
  Change changes[2] = { { 0 } };
  Rule rules[2] = { { 0 } };
  g_string_append_printf (to, "BEGIN:VTIMEZONE%s", line_end);
  g_string_append_printf (to, "TZID:%s%s", tn_zone_get_id (zone), line_end);
  if (find_changes (zone, year, changes) == 2 && changes[0].from_s == changes[1].to_s
      && changes[0].to_s == changes[1].from_s)
    {
      gboolean has_rules = find_rules (zone, year, rules);
      guint daylight = changes[0].to_s > changes[0].from_s ? 0 : 1;
      guint standard = 1 - daylight;
      append_change (to, zone, &changes[daylight], has_rules ? &rules[daylight] : NULL, line_end);
      append_change (to, zone, &changes[standard], has_rules ? &rules[standard] : NULL, line_end);
    }
  else
    append_constant (to, zone, date, line_end);
  g_string_append_printf (to, "END:VTIMEZONE%s", line_end);
}
