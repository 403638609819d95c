/* Exchange names time zones as Windows does. ICU knows both sorts; many IANA names share a Windows
 * name, so the way back needs the name that we keep in a property of our own.
 *
 * Source: exchange.md section 2 (Time zones); CLDR windowsZones by way of ICU. */
#include "zone.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#define DAY_S G_GINT64_CONSTANT (86400)
#define NAME_LETTERS 128 /* letters; the longest of either sort has 40 */

static gboolean
to_utf16 (const char *text, UChar *ret, int32_t *ret_length)
{
  UErrorCode status = U_ZERO_ERROR;
  u_strFromUTF8 (ret, NAME_LETTERS, ret_length, text, (int32_t) strnlen (text, 4 * NAME_LETTERS),
                 &status);
  return U_SUCCESS (status) && *ret_length > 0 && *ret_length < NAME_LETTERS;
}

static char *
from_utf16 (const UChar *text, int32_t length)
{
  char utf8[4 * NAME_LETTERS] = "";
  UErrorCode status = U_ZERO_ERROR;
  u_strToUTF8 (utf8, sizeof utf8, NULL, text, length, &status);
  return U_SUCCESS (status) ? g_strdup (utf8) : NULL;
}

static char *
find_windows (const char *iana)
{
  UChar name[NAME_LETTERS];
  UChar found[NAME_LETTERS];
  int32_t length = 0;
  if (!to_utf16 (iana, name, &length))
    return NULL;
  UErrorCode status = U_ZERO_ERROR;
  int32_t n = ucal_getWindowsTimeZoneID (name, length, found, NAME_LETTERS, &status);
  return U_SUCCESS (status) && n > 0 && n < NAME_LETTERS ? from_utf16 (found, n) : NULL;
}

/**
 * ex_zone_to_windows:
 * @iana: name of a time zone
 *
 * Returns: (transfer full): the Windows name; "UTC" where there is none, which is exact, too: the
 *   zone is kept in a property of ours
 */
char *
ex_zone_to_windows (const char *iana)
{
  char *found = find_windows (iana);
  return found != NULL ? found : g_strdup ("UTC");
}

/**
 * ex_zone_is_known:
 *
 * Returns: %TRUE when tzdata has a zone of that name
 */
gboolean
ex_zone_is_known (const char *iana)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (iana);
  return zone != NULL;
}

static char *
find_of_windows (const char *windows)
{
  UChar name[NAME_LETTERS];
  UChar found[NAME_LETTERS];
  int32_t length = 0;
  if (!to_utf16 (windows, name, &length))
    return NULL;
  UErrorCode status = U_ZERO_ERROR;
  int32_t n = ucal_getTimeZoneIDForWindowsID (name, length, NULL, found, NAME_LETTERS, &status);
  return U_SUCCESS (status) && n > 0 && n < NAME_LETTERS ? from_utf16 (found, n) : NULL;
}

/* Paths and offsets are no names: GLib would read files for the one and invent zones for the other.
 */
static gboolean
has_shape (const char *name)
{
  return g_ascii_isalpha (name[0]) && strstr (name, "..") == NULL && strlen (name) < NAME_LETTERS
         && strspn (name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-_/")
                == strlen (name);
}

/**
 * ex_zone_find_iana:
 * @name: Windows name, or the IANA name that some programs write in its place
 *
 * Returns: (transfer full) (nullable): the IANA name, of the zone's main place; %NULL for a zone of
 *   somebody's own (`tzone://Microsoft/Custom`)
 */
char *
ex_zone_find_iana (const char *name)
{
  char *found = find_of_windows (name);
  if (found != NULL)
    return found;
  return has_shape (name) && ex_zone_is_known (name) ? g_strdup (name) : NULL;
}

/**
 * ex_zone_choose:
 * @name: (nullable): as the item says
 * @ours: (nullable): IANA name that we kept with the item
 * @home: IANA name of the calendar's zone
 *
 * Returns: (transfer full): @ours while the item still says what we wrote for it; else what the
 * item says; @home when nobody knows what that is. Times are exact in any case
 */
char *
ex_zone_choose (const char *name, const char *ours, const char *home)
{
  if (name == NULL || *name == '\0')
    return g_strdup (home);
  if (ours != NULL && has_shape (ours) && ex_zone_is_known (ours))
    {
      g_autofree char *written = ex_zone_to_windows (ours);
      if (strcmp (written, name) == 0)
        return g_strdup (ours);
    }
  char *found = ex_zone_find_iana (name);
  return found != NULL ? found : g_strdup (home);
}

/* UTC for a name that nobody knows: what is checked before is never one. */
static GTimeZone *
open_zone (const char *iana)
{
  GTimeZone *zone = g_time_zone_new_identifier (iana);
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/**
 * ex_zone_to_local_s:
 *
 * Returns: seconds since 1970-01-01T00:00:00 on the wall in that zone
 */
gint64
ex_zone_to_local_s (const char *iana, gint64 utc_s)
{
  g_autoptr (GTimeZone) zone = open_zone (iana);
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, utc_s);
  return utc_s + g_time_zone_get_offset (zone, interval);
}

/**
 * ex_zone_to_utc_s:
 * @local_s: seconds since 1970-01-01T00:00:00 on the wall in that zone
 *
 * Source: RFC 5545 section 3.3.5: in a gap the offset before it, in an overlap the first.
 * Returns: UTC seconds since 1970
 */
gint64
ex_zone_to_utc_s (const char *iana, gint64 local_s)
{
  g_autoptr (GTimeZone) zone = open_zone (iana);
  int before = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, local_s - DAY_S);
  int after = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, local_s + DAY_S);
  gint64 early = local_s - g_time_zone_get_offset (zone, before);
  gint64 late = local_s - g_time_zone_get_offset (zone, after);
  /* Each guess is right when the zone is in that offset then; in an overlap both are, in a gap
   * neither. */
  if (ex_zone_to_local_s (iana, early) == local_s)
    return early;
  return ex_zone_to_local_s (iana, late) == local_s ? late : early;
}

/**
 * ex_zone_find_day:
 *
 * The day whose midnight is nearest: a day that was made in another zone than its name says is off
 * by hours (pitfall 13: 01:00 to 01:00), and the zone's name may stand for another place, whose
 * midnight was another once.
 *
 * Returns: days since 1970-01-01, below zero before it
 */
gint32
ex_zone_find_day (const char *iana, gint64 utc_s)
{
  gint64 shifted_s = ex_zone_to_local_s (iana, utc_s) + DAY_S / 2;
  return (gint32) (shifted_s / DAY_S - (shifted_s % DAY_S < 0));
}
