/* Calendars as nobody set them. */
#include "model/calendar.h"

/* Design sections 5 and 8. */
static void
test_defaults (void)
{
  g_autoptr (TnCalendar) calendar = tn_calendar_new ("egen", "file");

  g_assert_cmpstr (calendar->id, ==, "egen");
  g_assert_cmpstr (calendar->provider, ==, "file");
  g_assert_cmpint (calendar->mode, ==, TN_MODE_ASK);
  g_assert_false (calendar->shared);
  g_assert_false (calendar->trust_decides);
  g_assert_cmpint (calendar->brake_removals, ==, 2);
  g_assert_cmpint (calendar->brake_percent, ==, 10);
  g_assert_cmpint (calendar->interval_s, ==, 900);
  g_assert_null (calendar->collaborations[0]);
}

static void
test_modes (void)
{
  g_assert_cmpstr (tn_mode_to_string (TN_MODE_OBSERVE), ==, "observe");
  g_assert_cmpstr (tn_mode_to_string (TN_MODE_ASK), ==, "ask");
  g_assert_cmpstr (tn_mode_to_string (TN_MODE_WRITE), ==, "write");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/calendar/asks-and-brakes-unless-told-otherwise", test_defaults);
  g_test_add_func ("/model/calendar/modes-have-their-words", test_modes);
  return g_test_run ();
}
