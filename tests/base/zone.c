/* Local time to UTC and back. Every zone at each change is tested by zones.c; here what the reader
 * of a failure should see by name. */
#include "base/zone.h"
#include "base/error.h"

static gint64
to_utc_s (const char *id, int year, int month, int day, int hour, int minute)
{
  g_autoptr (TnZone) zone = tn_zone_new (id, NULL);
  g_assert_nonnull (zone);
  TnLocalTime local = { tn_date_new (year, month, day), hour * 3600 + minute * 60 };
  return tn_zone_to_utc_s (zone, local);
}

static gint64
utc_s (int year, int month, int day, int hour, int minute)
{
  return (gint64) tn_date_new (year, month, day) * 86400 + hour * 3600 + minute * 60;
}

/* Hazard 47; RFC 5545 section 3.3.5. */
static void
test_gap (void)
{
  const char *id = "Europe/Copenhagen";

  g_assert_cmpint (to_utc_s (id, 2026, 3, 29, 1, 59), ==, utc_s (2026, 3, 29, 0, 59));
  g_assert_cmpint (to_utc_s (id, 2026, 3, 29, 2, 0), ==, utc_s (2026, 3, 29, 1, 0));
  g_assert_cmpint (to_utc_s (id, 2026, 3, 29, 2, 30), ==, utc_s (2026, 3, 29, 1, 30));
  g_assert_cmpint (to_utc_s (id, 2026, 3, 29, 3, 0), ==, utc_s (2026, 3, 29, 1, 0));
}

/* Hazard 48. */
static void
test_doubled_hour (void)
{
  const char *id = "Europe/Copenhagen";

  g_assert_cmpint (to_utc_s (id, 2026, 10, 25, 1, 59), ==, utc_s (2026, 10, 24, 23, 59));
  g_assert_cmpint (to_utc_s (id, 2026, 10, 25, 2, 0), ==, utc_s (2026, 10, 25, 0, 0));
  g_assert_cmpint (to_utc_s (id, 2026, 10, 25, 2, 30), ==, utc_s (2026, 10, 25, 0, 30));
  g_assert_cmpint (to_utc_s (id, 2026, 10, 25, 3, 0), ==, utc_s (2026, 10, 25, 2, 0));
}

/* Hazard 49. */
static void
test_date_decides (void)
{
  g_assert_cmpint (to_utc_s ("Europe/Copenhagen", 2027, 1, 12, 10, 0), ==,
                   utc_s (2027, 1, 12, 9, 0));
  g_assert_cmpint (to_utc_s ("Europe/Copenhagen", 2027, 7, 12, 10, 0), ==,
                   utc_s (2027, 7, 12, 8, 0));
}

static void
test_beyond_the_table (void)
{
  g_assert_cmpint (to_utc_s ("Europe/Copenhagen", 2060, 7, 1, 12, 0), ==,
                   utc_s (2060, 7, 1, 10, 0));
  g_assert_cmpint (to_utc_s ("Europe/Copenhagen", 2060, 1, 1, 12, 0), ==,
                   utc_s (2060, 1, 1, 11, 0));
}

/* Samoa went over the date line: 30 December 2011 is a gap of 24 hours. */
static void
test_missing_day (void)
{
  g_assert_cmpint (to_utc_s ("Pacific/Apia", 2011, 12, 29, 23, 0), ==, utc_s (2011, 12, 30, 9, 0));
  g_assert_cmpint (to_utc_s ("Pacific/Apia", 2011, 12, 30, 12, 0), ==, utc_s (2011, 12, 30, 22, 0));
  g_assert_cmpint (to_utc_s ("Pacific/Apia", 2011, 12, 31, 9, 0), ==, utc_s (2011, 12, 30, 19, 0));
}

static void
test_local (void)
{
  g_autoptr (TnZone) zone = tn_zone_new ("Europe/Copenhagen", NULL);

  TnLocalTime summer = tn_zone_to_local (zone, utc_s (2026, 7, 1, 22, 30));
  TnLocalTime before_epoch = tn_zone_to_local (zone, utc_s (1969, 12, 31, 12, 0));

  g_assert_cmpint (summer.date, ==, tn_date_new (2026, 7, 2));
  g_assert_cmpint (summer.second, ==, 30 * 60);
  g_assert_cmpint (before_epoch.date, ==, -1);
  g_assert_cmpint (before_epoch.second, ==, 13 * 3600);
}

static void
test_names (void)
{
  g_autoptr (TnZone) zone = tn_zone_new ("Europe/Copenhagen", NULL);
  gint64 winter = utc_s (2026, 1, 1, 0, 0);
  gint64 summer = utc_s (2026, 7, 1, 0, 0);

  g_autofree char *winter_name = tn_zone_dup_abbreviation (zone, winter);
  g_autofree char *summer_name = tn_zone_dup_abbreviation (zone, summer);

  g_assert_cmpstr (tn_zone_get_id (zone), ==, "Europe/Copenhagen");
  g_assert_cmpstr (winter_name, ==, "CET");
  g_assert_cmpstr (summer_name, ==, "CEST");
  g_assert_cmpint (tn_zone_get_offset_s (zone, winter), ==, 3600);
  g_assert_cmpint (tn_zone_get_offset_s (zone, summer), ==, 7200);
  g_assert_false (tn_zone_is_daylight (zone, winter));
  g_assert_true (tn_zone_is_daylight (zone, summer));
}

static void
test_utc (void)
{
  g_autoptr (TnZone) zone = tn_zone_new_utc ();
  TnLocalTime local = { tn_date_new (2026, 3, 29), 9000 };

  g_assert_cmpint (tn_zone_to_utc_s (zone, local), ==, utc_s (2026, 3, 29, 2, 30));
  g_assert_cmpstr (tn_zone_get_id (zone), ==, "UTC");
}

static void
test_bad_ids (void)
{
  static const char *const bad[] = { "",
                                     "leapseconds",
                                     "posixrules",
                                     "Europe/Kobenhavn",
                                     "+01:00",
                                     "CET-1CEST",
                                     ":Europe/Oslo",
                                     "/etc/localtime",
                                     "../etc/passwd",
                                     "Europe/",
                                     "Europe/../Europe/Oslo",
                                     "Europe/Oslo\n" };
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TnZone) zone = tn_zone_new (bad[i], &error);

      if (zone != NULL)
        g_error ("'%s' was taken for a zone", bad[i]);
      g_assert_true (tn_error_is_invalid (error));
    }
}

static void
test_shared (void)
{
  TnZone *zone = tn_zone_new ("Europe/Oslo", NULL);
  TnZone *again = tn_zone_ref (zone);

  tn_zone_unref (zone);

  g_assert_cmpstr (tn_zone_get_id (again), ==, "Europe/Oslo");
  tn_zone_unref (again);
  tn_zone_unref (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/zone/hazard-47-gap-is-read-with-the-offset-before-it", test_gap);
  g_test_add_func ("/base/zone/hazard-48-doubled-hour-is-the-first", test_doubled_hour);
  g_test_add_func ("/base/zone/hazard-49-offset-is-that-of-the-date", test_date_decides);
  g_test_add_func ("/base/zone/summer-goes-on-after-2037", test_beyond_the_table);
  g_test_add_func ("/base/zone/a-day-may-be-missing", test_missing_day);
  g_test_add_func ("/base/zone/utc-becomes-local-time", test_local);
  g_test_add_func ("/base/zone/summer-has-its-own-name", test_names);
  g_test_add_func ("/base/zone/utc-never-changes", test_utc);
  g_test_add_func ("/base/zone/only-names-of-places-are-taken", test_bad_ids);
  g_test_add_func ("/base/zone/lives-as-long-as-its-last-reference", test_shared);
  return g_test_run ();
}
