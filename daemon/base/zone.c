/* Time zones by GLib's reader of tzdata, with our own resolver for the two hours a year that
 * matter: libical 3.0.16 gets both wrong in Copenhagen (hazards section 0 item 1, hazards 47 and
 * 48).
 *
 * RFC 5545 section 3.3.5: a local time that is skipped is read with the offset before the gap; one
 * that occurs twice is the first of the two. */
#include "base/zone.h"

#include "base/error.h"

#include <string.h>

struct _TnZone
{
  GTimeZone *zone; /* (owned) */
  char *id;        /* (owned) IANA name */
};

static void
zone_clear (TnZone *zone)
{
  g_clear_pointer (&zone->zone, g_time_zone_unref);
  g_clear_pointer (&zone->id, g_free);
}

/**
 * tn_zone_new:
 * @id: an IANA name, `Europe/Copenhagen`
 *
 * Errors: %TN_ERROR_INVALID when tzdata has no such zone.
 * Returns: (transfer full) (nullable): the zone
 */
TnZone *
tn_zone_new (const char *id, GError **error)
{
  g_return_val_if_fail (id != NULL, NULL);

  /* GLib also takes offsets, POSIX rules and absolute paths; a charter may name a place only. */
  /* Places begin with a capital; leapseconds and posixrules are other files of tzdata. */
  gboolean is_name
      = g_ascii_isupper (id[0]) && strstr (id, "..") == NULL
        && strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/_+-")
               == strlen (id);
  GTimeZone *found = is_name ? g_time_zone_new_identifier (id) : NULL;
  if (found == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "'%s' is no time zone, expected an IANA name like Europe/Copenhagen", id);
      return NULL;
    }
  TnZone *zone = g_atomic_rc_box_new0 (TnZone);
  zone->zone = found;
  zone->id = g_strdup (id);
  return zone;
}

/**
 * tn_zone_new_utc:
 *
 * Returns: (transfer full): UTC, which needs no tzdata
 */
TnZone *
tn_zone_new_utc (void)
{
  TnZone *zone = g_atomic_rc_box_new0 (TnZone);
  zone->zone = g_time_zone_new_utc ();
  zone->id = g_strdup ("UTC");
  return zone;
}

TnZone *
tn_zone_ref (const TnZone *zone)
{
  return g_atomic_rc_box_acquire ((TnZone *) zone);
}

void
tn_zone_unref (TnZone *zone)
{
  if (zone != NULL)
    g_atomic_rc_box_release_full (zone, (GDestroyNotify) zone_clear);
}

const char *
tn_zone_get_id (const TnZone *zone)
{
  return zone->id;
}

int
tn_zone_get_offset_s (const TnZone *zone, gint64 utc_s)
{
  int interval = g_time_zone_find_interval (zone->zone, G_TIME_TYPE_UNIVERSAL, utc_s);
  return g_time_zone_get_offset (zone->zone, interval);
}

gboolean
tn_zone_is_daylight (const TnZone *zone, gint64 utc_s)
{
  int interval = g_time_zone_find_interval (zone->zone, G_TIME_TYPE_UNIVERSAL, utc_s);
  return g_time_zone_is_dst (zone->zone, interval);
}

/**
 * tn_zone_dup_abbreviation:
 *
 * Returns: (transfer full): what the zone calls itself then, `CET` or `CEST`
 */
char *
tn_zone_dup_abbreviation (const TnZone *zone, gint64 utc_s)
{
  int interval = g_time_zone_find_interval (zone->zone, G_TIME_TYPE_UNIVERSAL, utc_s);
  return g_strdup (g_time_zone_get_abbreviation (zone->zone, interval));
}

/**
 * tn_zone_to_utc_s:
 *
 * Source: RFC 5545 section 3.3.5, FORM #3: in a gap the offset before it, in an overlap the first.
 * Returns: UTC seconds since 1970
 */
gint64
tn_zone_to_utc_s (const TnZone *zone, TnLocalTime local)
{
  gint64 wall_s = (gint64) local.date * 86400 + local.second;

  /* Changes are months apart and offsets below a day: the offsets in force a day before and a day
   * after are the only two that can apply. Both rules say: try the earlier one first. */
  int before_s = tn_zone_get_offset_s (zone, wall_s - 86400);
  int after_s = tn_zone_get_offset_s (zone, wall_s + 86400);
  if (tn_zone_get_offset_s (zone, wall_s - before_s) == before_s)
    return wall_s - before_s;
  if (tn_zone_get_offset_s (zone, wall_s - after_s) == after_s)
    return wall_s - after_s;
  return wall_s - before_s;
}

TnLocalTime
tn_zone_to_local (const TnZone *zone, gint64 utc_s)
{
  gint64 wall_s = utc_s + tn_zone_get_offset_s (zone, utc_s);
  gint64 date = wall_s / 86400 - (wall_s % 86400 < 0 ? 1 : 0);
  return (TnLocalTime){ (TnDate) date, (int) (wall_s - date * 86400) };
}
