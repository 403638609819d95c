/* What a TZID means, and the block that we write. */
#include "ical/timezone.h"

#include "base/error.h"
#include "samples.h"

#include <libical/ical.h>

#include <string.h>

static void
assert_means (const char *tzid, const char *home_id, const TnLines *lines, const char *expected)
{
  g_autoptr (TnZone) home = tn_zone_new (home_id, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnZone) zone = tn_timezone_find (tzid, home, lines, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tn_zone_get_id (zone), ==, expected);
}

static void
test_names (void)
{
  assert_means ("Europe/Oslo", "Europe/Copenhagen", NULL, "Europe/Oslo");
  assert_means ("UTC", "Europe/Copenhagen", NULL, "UTC");
  assert_means ("/freeassociation.sourceforge.net/Tzfile/Europe/Copenhagen", "Europe/Oslo", NULL,
                "Europe/Copenhagen");
  assert_means ("/mozilla.org/20070129_1/America/Argentina/Ushuaia", "Europe/Oslo", NULL,
                "America/Argentina/Ushuaia");
}

/* Hazard 50. */
static void
test_windows (void)
{
  assert_means ("Romance Standard Time", "Europe/Copenhagen", NULL, "Europe/Copenhagen");
  assert_means ("Romance Standard Time", "Europe/Stockholm", NULL, "Europe/Paris");
  assert_means ("W. Europe Standard Time", "Europe/Stockholm", NULL, "Europe/Stockholm");
  assert_means ("W. Europe Standard Time", "Europe/Copenhagen", NULL, "Europe/Berlin");
  assert_means ("GMT Standard Time", "Europe/Copenhagen", NULL, "Europe/London");
}

static void
test_location (void)
{
  g_autoptr (GBytes) bytes = sample_load ("zimbra");
  g_autoptr (TnLines) lines = tn_lines_new (bytes, TN_LINES_MAX_IN_ITEM, NULL);
  assert_means ("(GMT+01.00) Brussels, Copenhagen, Madrid", "Europe/Oslo", lines,
                "Europe/Copenhagen");
}

/* Hazard 51. The last ones are files in the folder of tzdata, or lead out of it. */
static void
test_unknown (void)
{
  static const char *const names[] = { "",
                                       "Nowhere",
                                       "Europe/Atlantis",
                                       "Romance  Standard Time",
                                       "leapseconds",
                                       "zone.tab",
                                       "posixrules/x",
                                       "../../etc/passwd",
                                       "/etc/localtime",
                                       "+01:00",
                                       "CET-1CEST",
                                       "Mødested",
                                       "/",
                                       "/x/",
                                       "GMT+1" };
  g_autoptr (TnZone) home = sample_home ();
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (tn_timezone_find (names[i], home, NULL, &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, names[i]));
    }
}

static char *
dup_block (const char *id, TnDate date)
{
  g_autoptr (TnZone) zone = tn_zone_new (id, NULL);
  GString *block = g_string_new (NULL);
  tn_timezone_append_block (block, zone, date, "\r\n");
  return g_string_free (block, FALSE);
}

static guint
count (const char *text, const char *what)
{
  guint n = 0;
  for (const char *at = strstr (text, what); at != NULL; at = strstr (at + 1, what))
    n++;
  return n;
}

/* Every second day of the year, as libical understands the block, against tzdata. */
static void
assert_block_is_true (const char *id, int year)
{
  g_autoptr (TnZone) zone = tn_zone_new (id, NULL);
  g_autofree char *block = dup_block (id, tn_date_new (year, 6, 1));
  icalcomponent *parsed = icalparser_parse_string (block);
  icaltimezone *theirs = icaltimezone_new ();
  g_assert_cmpint (icalcomponent_count_errors (parsed), ==, 0);
  g_assert_true (icaltimezone_set_component (theirs, parsed));
  for (TnDate date = tn_date_new (year, 1, 1); date < tn_date_new (year + 1, 1, 1); date += 2)
    {
      TnLocalTime noon = { date, 43200 };
      struct icaltimetype time = icaltime_null_time ();
      tn_date_get_ymd (date, &time.year, &time.month, &time.day);
      time.hour = 12;
      int is_daylight = 0;
      g_assert_cmpint (icaltimezone_get_utc_offset (theirs, &time, &is_daylight), ==,
                       tn_zone_get_offset_s (zone, tn_zone_to_utc_s (zone, noon)));
    }
  icaltimezone_free (theirs, 1);
}

static void
test_blocks_are_true (void)
{
  static const char *const ids[]
      = { "Europe/Copenhagen", "Europe/Oslo",        "Europe/Stockholm", "Europe/London",
          "Europe/Dublin",     "Atlantic/Azores",    "America/New_York", "America/St_Johns",
          "America/Nuuk",      "Australia/Sydney",   "Asia/Kathmandu",   "Africa/Lagos",
          "Pacific/Auckland",  "Australia/Lord_Howe" };
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    for (int year = 2024; year <= 2030; year += 3)
      assert_block_is_true (ids[i], year);
}

/* Design section 11: what Outlook reads. */
static void
test_shape (void)
{
  g_autofree char *block = dup_block ("Europe/London", tn_date_new (2027, 6, 1));
  g_assert_cmpuint (count (block, "BEGIN:STANDARD"), ==, 1);
  g_assert_cmpuint (count (block, "BEGIN:DAYLIGHT"), ==, 1);
  g_assert_cmpuint (count (block, "RRULE:FREQ=YEARLY;BYMONTH="), ==, 2);
  g_assert_cmpuint (count (block, "RDATE"), ==, 0);
  g_assert_nonnull (strstr (block, "TZID:Europe/London\r\n"));
}

static void
test_nth_sunday (void)
{
  g_autofree char *block = dup_block ("America/New_York", tn_date_new (2027, 6, 1));
  g_assert_nonnull (
      strstr (block, "DTSTART:19700308T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU"));
  g_assert_nonnull (
      strstr (block, "DTSTART:19701101T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU"));
}

static void
test_no_summer_time (void)
{
  g_autofree char *block = dup_block ("Atlantic/Reykjavik", tn_date_new (2027, 6, 1));
  g_assert_cmpuint (count (block, "BEGIN:STANDARD"), ==, 1);
  g_assert_cmpuint (count (block, "BEGIN:DAYLIGHT"), ==, 0);
  g_assert_nonnull (strstr (block, "TZOFFSETFROM:+0000\r\nTZOFFSETTO:+0000\r\nTZNAME:GMT\r\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/timezone/names-with-and-without-prefix", test_names);
  g_test_add_func ("/ical/timezone/hazard-50-windows-name-means-home-where-it-can", test_windows);
  g_test_add_func ("/ical/timezone/hazard-50-label-explained-by-its-block", test_location);
  g_test_add_func ("/ical/timezone/hazard-51-unknown-name-is-an-error", test_unknown);
  g_test_add_func ("/ical/timezone/hazard-50-blocks-agree-with-tzdata", test_blocks_are_true);
  g_test_add_func ("/ical/timezone/one-standard-one-daylight-no-rdate", test_shape);
  g_test_add_func ("/ical/timezone/nth-sunday", test_nth_sunday);
  g_test_add_func ("/ical/timezone/zone-without-summer-time", test_no_summer_time);
  return g_test_run ();
}
