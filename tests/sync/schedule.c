/* When a calendar is pulled next: a pure function. Design section 8. */
#include "sync/schedule.h"

static void
test_interval (void)
{
  TnScheduleInput input = { .interval_s = 900 };

  g_assert_cmpint (tn_schedule_get_delay_s (&input, 0.0), ==, 900);
  g_assert_cmpint (tn_schedule_get_delay_s (&input, 1.0), ==, 900);
}

static void
test_absence (void)
{
  TnScheduleInput local = { .interval_s = 900, .is_absence_open = TRUE, .is_local = TRUE };
  TnScheduleInput remote = { .interval_s = 900, .is_absence_open = TRUE };
  TnScheduleInput quick = { .interval_s = 1, .is_absence_open = TRUE, .is_local = TRUE };

  g_assert_cmpint (tn_schedule_get_delay_s (&local, 0.0), ==, 2);
  g_assert_cmpint (tn_schedule_get_delay_s (&remote, 0.0), ==, 900);
  g_assert_cmpint (tn_schedule_get_delay_s (&quick, 0.0), ==, 1);
}

static void
test_backoff (void)
{
  static const gint64 expected[] = { 30, 60, 120, 240, 480, 960, 1920, 3600, 3600 };
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      TnScheduleInput input = { .interval_s = 900, .n_failures = i + 1 };
      g_assert_cmpint (tn_schedule_get_delay_s (&input, 0.0), ==, expected[i]);
      g_assert_cmpint (tn_schedule_get_delay_s (&input, 1.0), ==, expected[i] + expected[i] / 8);
    }
  TnScheduleInput many = { .interval_s = 900, .n_failures = G_MAXUINT };
  g_assert_cmpint (tn_schedule_get_delay_s (&many, 0.0), ==, 3600);
}

static void
test_person (void) /* hazard 12: a wrong password, sent often, locks the account */
{
  TnScheduleInput input = { .interval_s = 900, .n_failures = 1, .needs_person = TRUE };
  g_assert_cmpint (tn_schedule_get_delay_s (&input, 0.0), ==, 3600);
  g_assert_cmpint (tn_schedule_get_delay_s (&input, 1.0), ==, 3600 + 450);
  input.interval_s = 86400;
  g_assert_cmpint (tn_schedule_get_delay_s (&input, 0.0), ==, 86400);
}

static void
test_patience (void)
{
  gint64 now_us = 1000 * G_TIME_SPAN_DAY;
  g_assert_cmpint (tn_schedule_get_patience_s (0, now_us), ==, 0);
  g_assert_cmpint (tn_schedule_get_patience_s (now_us - 1, now_us), ==, 0);
  g_assert_cmpint (tn_schedule_get_patience_s (now_us + 1, now_us), ==, 1);
  g_assert_cmpint (tn_schedule_get_patience_s (now_us + 90 * G_TIME_SPAN_SECOND, now_us), ==, 90);
  g_assert_cmpint (tn_schedule_get_patience_s (now_us + 2 * G_TIME_SPAN_DAY, now_us), ==, 172800);
}

static void
test_patience_and_clock (void)
{
  gint64 now_us = 1000 * G_TIME_SPAN_DAY;
  g_assert_cmpint (tn_schedule_get_patience_s (now_us + 365 * G_TIME_SPAN_DAY, now_us), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/schedule/hazard-12-what-needs-a-person-is-tried-each-hour", test_person);
  g_test_add_func ("/sync/schedule/a-good-pass-waits-for-its-interval", test_interval);
  g_test_add_func ("/sync/schedule/a-local-absence-is-looked-at-again-soon", test_absence);
  g_test_add_func ("/sync/schedule/failures-wait-longer-up-to-an-hour", test_backoff);
  g_test_add_func ("/sync/schedule/hazard-79-a-server-is-given-the-time-it-asked-for",
                   test_patience);
  g_test_add_func ("/sync/schedule/hazard-82-a-clock-set-back-makes-no-wait-longer",
                   test_patience_and_clock);
  return g_test_run ();
}
