/* DTSTART, EXDATE, RDATE and RECURRENCE-ID: one moment or several, in one zone.
 * Source: RFC 5545 sections 3.3.4, 3.3.5, 3.8.4.4 and 3.8.5. */
#include "ical/instant.h"

#include "base/error.h"
#include "ical/property.h"
#include "ical/timezone.h"

static void
instant_clear (gpointer data)
{
  g_clear_pointer (&((TnInstant *) data)->zone, tn_zone_unref);
}

/**
 * tn_instant_new_list:
 *
 * Returns: (transfer full) (element-type TnInstant): empty
 */
GArray *
tn_instant_new_list (void)
{
  GArray *instants = g_array_new (FALSE, FALSE, sizeof (TnInstant));
  g_array_set_clear_func (instants, instant_clear);
  return instants;
}

static TnZone *
find_zone (const TnMoment *moment, const char *tzid, const TnZone *home, const TnLines *lines,
           GError **error)
{
  if (moment->is_utc)
    return tn_zone_new_utc ();
  return tzid == NULL ? tn_zone_ref (home) : tn_timezone_find (tzid, home, lines, error);
}

/**
 * tn_instant_read:
 * @index: of a line with moments, parted by commas
 * @home: floating times are in it
 * @instants: (element-type TnInstant): appended to
 *
 * Errors: %TN_ERROR_INVALID with the line's number when one is none, or its zone is unknown.
 */
gboolean
tn_instant_read (const TnLines *lines, guint index, const TnZone *home, GArray *instants,
                 GError **error)
{
  g_autoptr (TnProperty) property = tn_property_new (lines, index, error);
  if (property == NULL)
    return FALSE;
  g_autofree char *tzid = tn_property_dup_parameter (property, "TZID");
  g_auto (GStrv) values = g_strsplit (tn_property_get_value (property), ",", -1);
  if (values[0] == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "line %u: empty, expected a date or time",
                   tn_lines_get_number (lines, index));
      return FALSE;
    }
  for (gsize i = 0; values[i] != NULL; i++)
    {
      TnInstant instant = { .zone = NULL };
      gboolean is_read = tn_moment_parse (g_strstrip (values[i]), &instant.moment, error);
      if (is_read && !instant.moment.is_date)
        instant.zone = find_zone (&instant.moment, tzid, home, lines, error);
      if (!is_read || (!instant.moment.is_date && instant.zone == NULL))
        {
          g_prefix_error (error, "line %u: ", tn_lines_get_number (lines, index));
          return FALSE;
        }
      g_array_append_val (instants, instant);
    }
  return TRUE;
}

/**
 * tn_instant_get_key:
 *
 * Returns: a number that equal instants share; days and times have none in common
 */
gint64
tn_instant_get_key (const TnInstant *instant)
{
  if (instant->moment.is_date)
    return (G_GINT64_CONSTANT (1) << 62) + instant->moment.local.date;
  return tn_zone_to_utc_s (instant->zone, instant->moment.local);
}
