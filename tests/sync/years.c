/* Days that go by, one pass after the other. */
#include "sync/town.h"

#include <string.h>

/* 400 days, a pass on every fifth: events leave the window at its end, and stay where they are. */
static void
test_four_hundred_days (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  g_autofree char *next = town_uid ("studietur", "2027", NULL);
  town_set_settings (town, "from = \"-1 year\"; to = \"+3 years\";",
                     "from = \"-6 months\"; to = \"+1 year\";");
  town_reload (town);
  town_sync (town);
  g_autofree char *shown = town_show (town, "esbjerg", next, TN_FIELD_WHEN);
  g_assert_cmpstr (shown, ==, "2027-05-18");

  for (guint day = 0; day < 400; day += 5)
    {
      tn_fake_clock_advance_us (town->clock, 5 * G_TIME_SPAN_DAY);
      town_sync (town);
    }

  static const char *const names[] = { "esbjerg", "aalborg", "aarhus", "faelles" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpuint (tn_fake_provider_get_calls (town_calendar (town, names[i]), TN_FAKE_REMOVE),
                        ==, 0);
      town_assert_shows (town, names[i], next, TN_FIELD_WHEN, "2027-05-18");
    }
  town_assert_settled (town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/years/hazard-11-four-hundred-days-remove-nothing",
                   test_four_hundred_days);
  return g_test_run ();
}
