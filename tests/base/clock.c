/* The machine's clock and the one whose day stands still. The machine's zone is UTC in tests. */
#include "base/clock.h"

static void
test_system (void)
{
  g_autoptr (TnClock) clock = tn_clock_new_system ();

  gint64 before_us = g_get_real_time ();
  gint64 now_us = tn_clock_now_us (clock);
  gint64 after_us = g_get_real_time ();

  g_assert_cmpint (now_us, >=, before_us);
  g_assert_cmpint (now_us, <=, after_us);
}

static void
test_monotonic (void)
{
  g_autoptr (TnClock) clock = tn_clock_new_frozen (tn_date_new (2027, 5, 18));

  gint64 first_us = tn_clock_monotonic_us (clock);
  gint64 second_us = tn_clock_monotonic_us (clock);

  g_assert_cmpint (first_us, >, 0);
  g_assert_cmpint (second_us, >=, first_us);
}

static void
test_frozen (void)
{
  g_autoptr (TnClock) clock = tn_clock_new_frozen (tn_date_new (2027, 5, 18));
  g_autoptr (TnZone) apia = tn_zone_new ("Pacific/Apia", NULL);
  g_autoptr (TnZone) honolulu = tn_zone_new ("Pacific/Honolulu", NULL);

  g_assert_cmpint (tn_clock_today (clock, apia), ==, tn_date_new (2027, 5, 18));
  g_assert_cmpint (tn_clock_today (clock, honolulu), ==, tn_date_new (2027, 5, 18));
  g_assert_cmpint (tn_clock_now_us (clock), ==,
                   ((gint64) tn_date_new (2027, 5, 18) * 86400 + 43200) * G_USEC_PER_SEC);
}

/* Kiribati is 14 hours ahead, Samoa's neighbour 11 behind: never the same day in both. */
static void
test_today_in_zone (void)
{
  g_autoptr (TnClock) clock = tn_clock_new_system ();
  g_autoptr (TnZone) ahead = tn_zone_new ("Pacific/Kiritimati", NULL);
  g_autoptr (TnZone) behind = tn_zone_new ("Pacific/Pago_Pago", NULL);

  int days = tn_clock_today (clock, ahead) - tn_clock_today (clock, behind);

  g_assert_cmpint (days, >=, 1);
  g_assert_cmpint (days, <=, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/system-clock-tells-the-time", test_system);
  g_test_add_func ("/base/clock/intervals-pass-while-the-day-stands", test_monotonic);
  g_test_add_func ("/base/clock/frozen-day-is-the-same-everywhere", test_frozen);
  g_test_add_func ("/base/clock/today-depends-on-the-zone", test_today_in_zone);
  return g_test_run ();
}
