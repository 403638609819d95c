/* Every time zone that ICU knows goes to Windows and back. */
#include "zone.h"

#include <string.h>
#include <unicode/ucal.h>
#include <unicode/uenum.h>

/* IANA names that tzdata has, too. */
static GPtrArray *
list_zones (void)
{
  UErrorCode status = U_ZERO_ERROR;
  UEnumeration *names
      = ucal_openTimeZoneIDEnumeration (UCAL_ZONE_TYPE_CANONICAL_LOCATION, NULL, NULL, &status);
  g_assert_true (U_SUCCESS (status));
  GPtrArray *zones = g_ptr_array_new_with_free_func (g_free);
  int32_t length = 0;
  for (const char *name = uenum_next (names, &length, &status); name != NULL;
       name = uenum_next (names, &length, &status))
    if (ex_zone_is_known (name))
      g_ptr_array_add (zones, g_strdup (name));
  uenum_close (names);
  g_assert_cmpuint (zones->len, >, 350);
  return zones;
}

static void
test_there_and_back (void)
{
  g_autoptr (GPtrArray) zones = list_zones ();
  for (guint i = 0; i < zones->len; i++)
    {
      const char *iana = g_ptr_array_index (zones, i);
      g_autofree char *windows = ex_zone_to_windows (iana);

      g_autofree char *back = ex_zone_choose (windows, iana, "UTC");

      g_assert_cmpstr (back, ==, iana);
    }
}

static void
test_windows_there_and_back (void)
{
  g_autoptr (GPtrArray) zones = list_zones ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < zones->len; i++)
    {
      g_autofree char *windows = ex_zone_to_windows (g_ptr_array_index (zones, i));
      g_autofree char *iana = ex_zone_find_iana (windows);

      g_autofree char *back = ex_zone_to_windows (iana);

      g_assert_cmpstr (back, ==, windows);
      g_hash_table_add (seen, g_steal_pointer (&windows));
    }
  g_assert_cmpuint (g_hash_table_size (seen), >, 120);
}

static void
test_names (void)
{
  g_autofree char *windows = ex_zone_to_windows ("Europe/Copenhagen");
  g_autofree char *iana = ex_zone_find_iana ("Romance Standard Time");
  g_autofree char *itself = ex_zone_find_iana ("Europe/Oslo");
  g_autofree char *custom = ex_zone_find_iana ("tzone://Microsoft/Custom");
  g_autofree char *path = ex_zone_find_iana ("../../../etc/passwd");
  g_autofree char *offset = ex_zone_find_iana ("+01:00");
  g_autofree char *home = ex_zone_choose ("", "Europe/Oslo", "Europe/Stockholm");

  g_assert_cmpstr (windows, ==, "Romance Standard Time");
  g_assert_cmpstr (iana, ==, "Europe/Paris");
  g_assert_cmpstr (itself, ==, "Europe/Oslo");
  g_assert_null (custom);
  g_assert_null (path);
  g_assert_null (offset);
  g_assert_cmpstr (home, ==, "Europe/Stockholm");
}

static void
test_clock_changes (void)
{
  static const gint64 GAP_S = 1774751400;     /* 2026-03-29T02:30 on the wall */
  static const gint64 OVERLAP_S = 1792895400; /* 2026-10-25T02:30 on the wall */

  g_assert_cmpint (ex_zone_to_utc_s ("Europe/Copenhagen", GAP_S), ==, GAP_S - 3600);
  g_assert_cmpint (ex_zone_to_utc_s ("Europe/Copenhagen", OVERLAP_S), ==, OVERLAP_S - 7200);
  g_assert_cmpint (ex_zone_to_local_s ("Europe/Copenhagen", OVERLAP_S - 3600), ==, OVERLAP_S);
}

/* Outlook's "no date" is 1601-01-01 (a mutation of the fuzzer's had it). */
static void
test_days (void)
{
  static const gint32 days[] = { -200000, -134774, -1, 0, 1, 20710, 40000 };
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    {
      gint64 midnight_s = ex_zone_to_utc_s ("Europe/Copenhagen", days[i] * 86400LL);

      g_assert_cmpint (ex_zone_find_day ("Europe/Copenhagen", midnight_s), ==, days[i]);
      g_assert_cmpint (ex_zone_find_day ("Europe/Copenhagen", midnight_s - 3600), ==, days[i]);
      g_assert_cmpint (ex_zone_find_day ("Europe/Copenhagen", midnight_s + 3600), ==, days[i]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/exchange/zone/every-zone-of-icu-goes-there-and-back-hazard-50",
                   test_there_and_back);
  g_test_add_func ("/exchange/zone/every-windows-name-goes-there-and-back-hazard-50",
                   test_windows_there_and_back);
  g_test_add_func ("/exchange/zone/names-are-found-and-paths-are-none", test_names);
  g_test_add_func ("/exchange/zone/day-is-that-of-the-nearest-midnight-also-before-1970",
                   test_days);
  g_test_add_func ("/exchange/zone/gap-and-doubled-hour-hazards-47-48", test_clock_changes);
  return g_test_run ();
}
