/* A server that asks for time gets it, over a restart too. */
#include "sync/seat.h"

#include "sync/town.h"

static void
on_done (TnSeat *seat, gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
}

static TnSeat *
open_seat (Town *town, gboolean *done)
{
  const TnSettings *settings = tn_book_get_settings (town->book);
  const TnCalendar *calendar = tn_settings_find_calendar (settings, "esbjerg");
  TnProvider *provider = TN_PROVIDER (town_calendar (town, "esbjerg"));
  return tn_seat_new (town->book, calendar, provider, NULL, on_done, done);
}

/* One pass at a seat of its own, which is gone afterwards. */
static void
run_pass (Town *town)
{
  gboolean is_done = FALSE;
  TnSeat *seat = open_seat (town, &is_done);
  tn_seat_run (seat, 0);
  tn_await_true (&is_done);
  tn_seat_free (seat);
}

static gint64
start_and_get_wait_s (Town *town)
{
  gboolean is_done = FALSE;
  TnSeat *seat = open_seat (town, &is_done);
  tn_seat_start (seat);
  gint64 wait_us = tn_seat_get_due_us (seat) - tn_clock_monotonic_us (TN_CLOCK (town->clock));
  tn_seat_free (seat);
  return wait_us / G_TIME_SPAN_SECOND;
}

static void
test_restart (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  TnFakeProvider *calendar = town_calendar (town, "esbjerg");
  gint64 now_us = tn_clock_now_us (TN_CLOCK (town->clock));
  tn_fake_provider_set_not_before_us (calendar, now_us + G_TIME_SPAN_HOUR);
  run_pass (town);
  tn_fake_provider_set_not_before_us (calendar, 0); /* only the store knows it now */
  tn_fake_clock_advance_us (town->clock, 10 * G_TIME_SPAN_MINUTE);
  town_restart (town);

  g_assert_cmpint (start_and_get_wait_s (town), ==, 50 * 60);
}

static void
test_none (void)
{
  g_autoptr (Town) town = town_new (TOWN_WRITE);
  run_pass (town);
  town_restart (town);
  g_assert_cmpint (start_and_get_wait_s (town), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/patience/hazard-79-what-a-server-asked-for-outlives-a-restart",
                   test_restart);
  g_test_add_func ("/sync/patience/else-the-first-pass-is-at-once", test_none);
  return g_test_run ();
}
