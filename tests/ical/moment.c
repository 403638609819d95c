/* DATE, DATE-TIME and DURATION values. */
#include "ical/moment.h"

#include "base/error.h"

static void
assert_moment (const char *value, TnDate date, int second, gboolean is_date, gboolean is_utc)
{
  TnMoment moment = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_true (tn_moment_parse (value, &moment, &error));
  g_assert_cmpint (moment.local.date, ==, date);
  g_assert_cmpint (moment.local.second, ==, second);
  g_assert_cmpint (moment.is_date, ==, is_date);
  g_assert_cmpint (moment.is_utc, ==, is_utc);
}

static void
test_values (void)
{
  TnDate day = tn_date_new (2027, 5, 18);
  assert_moment ("20270518", day, 0, TRUE, FALSE);
  assert_moment ("20270518T103059", day, 37859, FALSE, FALSE);
  assert_moment ("20270518T000000Z", day, 0, FALSE, TRUE);
  assert_moment ("20270518T235960", day, 86399, FALSE, FALSE); /* a leap second */
  assert_moment ("20240229", tn_date_new (2024, 2, 29), 0, TRUE, FALSE);
}

static void
test_refuses (void)
{
  static const char *const values[] = { "",
                                        "garbage",
                                        "2027-05-18",
                                        "20270231",
                                        "20270018",
                                        "00010101",
                                        "99990101",
                                        "20270518T240000",
                                        "20270518T1000",
                                        "20270518t100000",
                                        " 2027051",
                                        "20270518T106000",
                                        "20270518T100061",
                                        "20270518T10000Z",
                                        "20270518 ",
                                        "20230229",
                                        "20270518T100000+0100" };
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      TnMoment moment = { 0 };
      g_autoptr (GError) error = NULL;
      g_assert_false (tn_moment_parse (values[i], &moment, &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
    }
}

static void
assert_duration (const char *value, int days, gint64 seconds)
{
  TnDuration duration = { 0 };
  g_autoptr (GError) error = NULL;
  g_assert_true (tn_moment_parse_duration (value, &duration, &error));
  g_assert_cmpint (duration.days, ==, days);
  g_assert_cmpint (duration.seconds, ==, seconds);
}

static void
test_durations (void)
{
  assert_duration ("P1D", 1, 0);
  assert_duration ("P2W", 14, 0);
  assert_duration ("+PT4H30M", 0, 16200);
  assert_duration ("P1DT12H", 1, 43200);
  assert_duration ("PT90M", 0, 5400);
  assert_duration ("PT1H5S", 0, 3605);
  assert_duration ("PT0S", 0, 0);
  assert_duration ("P999999D", 999999, 0);
}

static void
test_refuses_durations (void)
{
  static const char *const values[]
      = { "",     "P",          "PT",   "1D",   "P1",  "PT1",   "-P1D",   "P1H",
          "PT1D", "P99999999D", "P1D2", "P1D ", "PTM", "P1D1D", "PT1M1H", "PT-1H" };
  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      TnDuration duration = { 0 };
      g_autoptr (GError) error = NULL;
      g_assert_false (tn_moment_parse_duration (values[i], &duration, &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
    }
}

static void
test_formats (void)
{
  g_autofree char *date = tn_moment_format_date (tn_date_new (2027, 1, 2));
  g_assert_cmpstr (date, ==, "20270102");
  g_autofree char *utc = tn_moment_format_utc (G_GINT64_CONSTANT (951782399999999));
  g_assert_cmpstr (utc, ==, "20000228T235959Z");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/moment/reads-days-local-times-and-utc", test_values);
  g_test_add_func ("/ical/moment/refuses-what-is-no-moment", test_refuses);
  g_test_add_func ("/ical/moment/reads-durations", test_durations);
  g_test_add_func ("/ical/moment/refuses-what-is-no-duration", test_refuses_durations);
  g_test_add_func ("/ical/moment/formats", test_formats);
  return g_test_run ();
}
