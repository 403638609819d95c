/* A time with Z or an offset is absolute; one without is read in the zone beside it (exchange.md 2,
 * time zones). */
#include "fakes/ews-moment.h"

#include <string.h>
#include <unicode/ucal.h>

#define NAME_MAX_CHARS 128

/**
 * tn_ews_moment_find_zone:
 * @windows_name: "Romance Standard Time"; also "UTC" and IANA names are understood
 *
 * Returns: (transfer full) (nullable)
 */
GTimeZone *
tn_ews_moment_find_zone (const char *windows_name)
{
  UChar name[NAME_MAX_CHARS];
  UChar iana[NAME_MAX_CHARS];
  char text[NAME_MAX_CHARS];
  UErrorCode status = U_ZERO_ERROR;
  if (windows_name == NULL || strlen (windows_name) >= NAME_MAX_CHARS)
    return NULL;
  if (strcmp (windows_name, "UTC") == 0)
    return g_time_zone_new_utc ();
  u_uastrcpy (name, windows_name);
  int32_t length = ucal_getTimeZoneIDForWindowsID (name, -1, "001", iana, NAME_MAX_CHARS, &status);
  if (U_FAILURE (status) || length == 0)
    return NULL;
  u_austrncpy (text, iana, NAME_MAX_CHARS);
  return g_time_zone_new_identifier (text);
}

/* Returns: (transfer full) (nullable): in UTC */
GDateTime *
tn_ews_moment_parse (const char *text, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = text != NULL ? g_date_time_new_from_iso8601 (text, zone) : NULL;
  return local != NULL ? g_date_time_to_utc (local) : NULL;
}

/* `zone`: (nullable): NULL for UTC. Returns: (transfer full) */
char *
tn_ews_moment_format (GDateTime *moment, GTimeZone *zone)
{
  g_autoptr (GDateTime) local
      = zone != NULL ? g_date_time_to_timezone (moment, zone) : g_date_time_to_utc (moment);
  return g_date_time_format (local, zone != NULL ? "%Y-%m-%dT%H:%M:%S%:z" : "%Y-%m-%dT%H:%M:%SZ");
}

/* Returns: (transfer full): midnight of the day of @moment in @zone, in UTC */
GDateTime *
tn_ews_moment_floor (GDateTime *moment, GTimeZone *zone)
{
  g_autoptr (GDateTime) local = g_date_time_to_timezone (moment, zone);
  g_autoptr (GDateTime) midnight
      = g_date_time_new (zone, g_date_time_get_year (local), g_date_time_get_month (local),
                         g_date_time_get_day_of_month (local), 0, 0, 0);
  return g_date_time_to_utc (midnight);
}

/* Returns: (transfer full): so many days later at the same time in @zone, in UTC */
GDateTime *
tn_ews_moment_add_days (GDateTime *moment, GTimeZone *zone, int days)
{
  g_autoptr (GDateTime) local = g_date_time_to_timezone (moment, zone);
  g_autoptr (GDateTime) later = g_date_time_add_days (local, days);
  g_autoptr (GDateTime) there
      = g_date_time_new (zone, g_date_time_get_year (later), g_date_time_get_month (later),
                         g_date_time_get_day_of_month (later), g_date_time_get_hour (local),
                         g_date_time_get_minute (local), g_date_time_get_seconds (local));
  return g_date_time_to_utc (there);
}
