/* tests/notice/due.c — when a mailbox may get its next letter */
#include "notice/due.h"

#include "base/date.h"

static gint64
at (const TnZone *zone, int month, int day, int hour, int minute)
{
  TnLocalTime local = { tn_date_new (2027, month, day), hour * 3600 + minute * 60 };
  return tn_zone_to_utc_s (zone, local) * G_USEC_PER_SEC;
}

static TnDue
make_due (const TnZone *zone, gint64 now_us)
{
  return (TnDue){ .zone = zone, .digest_minute = 7 * 60, .now_us = now_us };
}

static void
test_morning (void)
{
  g_autoptr (TnZone) zone = tn_zone_new ("Europe/Copenhagen", NULL);
  TnDue due = make_due (zone, at (zone, 3, 2, 6, 0));
  g_assert_cmpint (tn_due_find_digest_us (&due), ==, at (zone, 3, 2, 7, 0));
  due.now_us = at (zone, 3, 2, 7, 0);
  g_assert_cmpint (tn_due_find_digest_us (&due), <=, due.now_us);
  due.last_digest_us = due.now_us;
  g_assert_cmpint (tn_due_find_digest_us (&due), ==, at (zone, 3, 3, 7, 0));
}

static void
test_late_start (void)
{
  g_autoptr (TnZone) zone = tn_zone_new ("Europe/Copenhagen", NULL);
  TnDue due = make_due (zone, at (zone, 3, 2, 9, 30));
  due.last_digest_us = at (zone, 3, 1, 7, 0);
  g_assert_cmpint (tn_due_find_digest_us (&due), <=, due.now_us);
}

/* 28 March 2027 has 23 hours. */
static void
test_summer_time (void)
{
  g_autoptr (TnZone) zone = tn_zone_new ("Europe/Copenhagen", NULL);
  TnDue due = make_due (zone, at (zone, 3, 27, 7, 0));
  due.last_digest_us = due.now_us;
  g_assert_cmpint (tn_due_find_digest_us (&due) - due.now_us, ==, 23 * G_TIME_SPAN_HOUR);
}

static void
test_urgent_by_day (void)
{
  g_autoptr (TnZone) zone = tn_zone_new ("Europe/Copenhagen", NULL);
  TnDue due = make_due (zone, at (zone, 3, 2, 14, 0));
  g_assert_cmpint (tn_due_find_urgent_us (&due), ==, due.now_us);
  due.last_urgent_us = at (zone, 3, 2, 13, 20);
  g_assert_cmpint (tn_due_find_urgent_us (&due), ==, at (zone, 3, 2, 14, 20));
}

static void
test_quiet_hours (void)
{
  g_autoptr (TnZone) zone = tn_zone_new ("Europe/Copenhagen", NULL);
  TnDue due = make_due (zone, at (zone, 3, 2, 22, 0));
  g_assert_cmpint (tn_due_find_urgent_us (&due), ==, at (zone, 3, 3, 7, 0));
  due.now_us = at (zone, 3, 3, 4, 0);
  g_assert_cmpint (tn_due_find_urgent_us (&due), ==, at (zone, 3, 3, 7, 0));
  due.now_us = at (zone, 3, 2, 19, 50);
  due.last_urgent_us = at (zone, 3, 2, 19, 30);
  g_assert_cmpint (tn_due_find_urgent_us (&due), ==, at (zone, 3, 3, 7, 0));
}

static void
test_wrong_clock (void)
{
  g_autoptr (TnZone) zone = tn_zone_new ("Europe/Copenhagen", NULL);
  TnDue due = make_due (zone, at (zone, 3, 2, 14, 0));
  due.last_digest_us = due.last_urgent_us = at (zone, 9, 2, 14, 0);
  g_assert_cmpint (tn_due_find_digest_us (&due), <=, due.now_us);
  g_assert_cmpint (tn_due_find_urgent_us (&due), ==, due.now_us);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/notice/due/letter-of-the-day-goes-in-the-morning", test_morning);
  g_test_add_func ("/notice/due/daemon-that-starts-late-sends-at-once", test_late_start);
  g_test_add_func ("/notice/due/morning-is-a-morning-when-the-clocks-change", test_summer_time);
  g_test_add_func ("/notice/due/urgent-goes-once-an-hour", test_urgent_by_day);
  g_test_add_func ("/notice/due/nights-are-quiet", test_quiet_hours);
  g_test_add_func ("/notice/due/hazard-82-clock-that-was-wrong-holds-nothing-back",
                   test_wrong_clock);
  return g_test_run ();
}
