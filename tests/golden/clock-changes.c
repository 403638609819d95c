/* Meetings at 02:30 when the clocks change, from the words of a charter to iCalendar and back: in
 * the gap the offset before it holds, of two equal times the first is meant (RFC 5545
 * section 3.3.5), and what comes after is again at 02:30: nothing drifts, as libical's iterator
 * does (hazards section 0, fact 1; hazards 47, 48). */
#include "agreed.h"

#include "ical/reader.h"
#include "ical/writer.h"

#define AT_NIGHT "kind = \"meeting\"; title = \"Nat\"; time = \"02:30-03:15\"; "

static TnEvent *
make_event (const TnOccurrence *occurrence)
{
  TnEvent *event = tn_event_new (occurrence->uid);
  g_free (event->title);
  event->title = g_strdup (occurrence->title);
  event->when = occurrence->when;
  event->zone = tn_zone_ref (occurrence->collaboration->zone);
  event->key = g_strdup (occurrence->key);
  return event;
}

/* What a calendar is sent, and what it comes to: `20260329T033000=01:30Z`. */
static void
append_sent (GString *text, const TnOccurrence *occurrence)
{
  g_autoptr (TnEvent) event = make_event (occurrence);
  g_autoptr (GBytes) bytes = tn_writer_write (event, 0);
  g_autofree char *sent = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  const char *start = strstr (sent, "DTSTART;TZID=Europe/Copenhagen:");
  g_assert_nonnull (start);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnEvent) read = tn_reader_read (bytes, event->zone, &error);
  g_assert_no_error (error);
  g_autofree char *shown = tn_when_to_string (&read->when);
  g_autofree char *wished = tn_when_to_string (&occurrence->when);
  g_assert_cmpstr (shown, ==, wished);
  TnLocalTime local = { read->when.days.start, read->when.start_minute * 60 };
  gint64 of_day_s = tn_zone_to_utc_s (read->zone, local) % 86400;
  g_string_append_printf (text, "%s%.15s=%02d:%02dZ", text->len > 0 ? " " : "",
                          start + strlen ("DTSTART;TZID=Europe/Copenhagen:"), (int) of_day_s / 3600,
                          (int) of_day_s / 60 % 60);
}

static char *
dup_sent (const char *series)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (series);
  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2026, 2028);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    append_sent (text, tn_plan_get (plan, i));
  return g_string_free (text, FALSE);
}

static void
test_weeks_over_the_gap (void)
{
  g_autofree char *sent
      = dup_sent ("{ id = \"m\"; " AT_NIGHT "dates = [ \"2026-03-15\", \"2026-03-22\", "
                  "\"2026-03-29\", \"2026-04-05\", \"2026-04-12\" ]; }");

  g_assert_cmpstr (sent, ==,
                   "20260315T023000=01:30Z 20260322T023000=01:30Z 20260329T033000=01:30Z "
                   "20260405T023000=00:30Z 20260412T023000=00:30Z");
}

static void
test_days_over_the_gap (void)
{
  g_autofree char *sent
      = dup_sent ("{ id = \"m\"; " AT_NIGHT
                  "dates = [ \"2026-03-28\", \"2026-03-29\", \"2026-03-30\", \"2026-03-31\" ]; }");

  g_assert_cmpstr (sent, ==,
                   "20260328T023000=01:30Z 20260329T033000=01:30Z 20260330T023000=00:30Z "
                   "20260331T023000=00:30Z");
}

static void
test_doubled_hour (void)
{
  g_autofree char *sent
      = dup_sent ("{ id = \"m\"; " AT_NIGHT "dates = [ \"2026-10-18\", \"2026-10-24\", "
                  "\"2026-10-25\", \"2026-10-26\", \"2026-11-01\" ]; }");

  g_assert_cmpstr (sent, ==,
                   "20261018T023000=00:30Z 20261024T023000=00:30Z 20261025T023000=00:30Z "
                   "20261026T023000=01:30Z 20261101T023000=01:30Z");
}

/* 02:30 is 03:30 that day, and 03:15 would lie before it: three quarters of an hour all the same.
 */
static void
test_end_after_start (void)
{
  g_autoptr (TnRulebook) rulebook
      = agreed_read ("{ id = \"m\"; " AT_NIGHT "dates = [ \"2026-03-29\" ]; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2026, 2027);

  g_assert_cmpuint (tn_plan_get_size (plan), ==, 1);
  g_autofree char *when = tn_when_to_string (&tn_plan_get (plan, 0)->when);
  g_assert_cmpstr (when, ==, "2026-03-29T03:30..2026-03-29T04:15");
  g_assert_true (agreed_has_reason (tn_plan_get (plan, 0), "clocks", "2026-03-29T02:30.."));
}

/* The clocks change on last Sundays, so this rule meets every gap and every doubled hour. */
static void
test_last_sundays (void)
{
  g_autofree char *sent
      = dup_sent ("{ id = \"m\"; " AT_NIGHT "rrule = \"FREQ=MONTHLY;BYDAY=-1SU\"; "
                  "first = \"2027-01\"; last = \"2027-12\"; }");

  g_assert_cmpstr (sent, ==,
                   "20270131T023000=01:30Z 20270228T023000=01:30Z 20270328T033000=01:30Z "
                   "20270425T023000=00:30Z 20270530T023000=00:30Z 20270627T023000=00:30Z "
                   "20270725T023000=00:30Z 20270829T023000=00:30Z 20270926T023000=00:30Z "
                   "20271031T023000=00:30Z 20271128T023000=01:30Z 20271226T023000=01:30Z");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/golden/clock-changes/fact-1-weeks-do-not-drift-after-the-gap",
                   test_weeks_over_the_gap);
  g_test_add_func ("/golden/clock-changes/fact-1-days-do-not-drift-after-the-gap",
                   test_days_over_the_gap);
  g_test_add_func (
      "/golden/clock-changes/hazard-47-what-begins-in-the-gap-ends-after-it-and-says-so",
      test_end_after_start);
  g_test_add_func ("/golden/clock-changes/hazard-48-of-a-doubled-hour-the-first-is-meant",
                   test_doubled_hour);
  g_test_add_func ("/golden/clock-changes/hazard-47-last-sundays-meet-every-change",
                   test_last_sundays);
  return g_test_run ();
}
