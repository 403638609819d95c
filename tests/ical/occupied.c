/* tests/ical/occupied.c — the days that the events of a calendar file take */
#include "base/error.h"
#include "ical/occupied.h"

#include <string.h>

#define CALENDAR(components) "BEGIN:VCALENDAR\r\n" components "END:VCALENDAR\r\n"
#define EVENT(lines) "BEGIN:VEVENT\r\n" lines "END:VEVENT\r\n"

/* `05-18..05-19 06-01`: the days that @text takes in the zone of Copenhagen, year left away. */
static char *
dup_days (const char *text, TnOccupiedKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnZone) home = tn_zone_new ("Europe/Copenhagen", NULL);
  g_autoptr (GPtrArray) events = tn_occupied_read (text, kind, home, &error);
  g_assert_no_error (error);
  GString *days = g_string_new (NULL);
  for (guint i = 0; i < events->len; i++)
    {
      const TnOccupied *event = g_ptr_array_index (events, i);
      for (guint j = 0; j < event->days->len; j++)
        {
          TnSpan span = g_array_index (event->days, TnSpan, j);
          g_autofree char *start = tn_date_to_string (span.start);
          g_autofree char *last = tn_date_to_string (span.end - 1);
          g_string_append_printf (days, "%s%s", days->len > 0 ? " " : "", start + 5);
          if (tn_span_get_days (span) > 1)
            g_string_append_printf (days, "..%s", last + 5);
        }
    }
  return g_string_free (days, FALSE);
}

#define assert_busy(lines, expected)                                                               \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *days = dup_days (CALENDAR (EVENT (lines)), TN_OCCUPIED_BUSY);                 \
    g_assert_cmpstr (days, ==, expected);                                                          \
  }                                                                                                \
  G_STMT_END

static void
assert_refused (const char *text, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnZone) home = tn_zone_new ("Europe/Copenhagen", NULL);
  g_autoptr (GPtrArray) events = tn_occupied_read (text, TN_OCCUPIED_BUSY, home, &error);
  g_assert_null (events);
  if (strstr (error->message, wanted) == NULL)
    g_test_fail_printf ("'%s' is not in '%s'", wanted, error->message);
}

static void
test_days (void)
{
  assert_busy ("DTSTART;VALUE=DATE:20270518\r\n", "05-18");
  assert_busy ("DTSTART;VALUE=DATE:20270518\r\nDTEND;VALUE=DATE:20270521\r\n", "05-18..05-20");
}

static void
test_times (void)
{
  assert_busy ("DTSTART:20270518T100000\r\nDTEND:20270518T110000\r\n", "05-18");
  assert_busy ("DTSTART:20270518T220000\r\nDTEND:20270519T010000\r\n", "05-18..05-19");
  assert_busy ("DTSTART:20270518T220000\r\nDTEND:20270519T000000\r\n", "05-18");
  assert_busy ("DTSTART:20270518T100000\r\n", "05-18");
}

/* Late in the evening at home is another day than in UTC, and in New York. */
static void
test_zones (void)
{
  assert_busy ("DTSTART:20270518T223000Z\r\nDTEND:20270518T233000Z\r\n", "05-19");
  assert_busy ("DTSTART;TZID=America/New_York:20270518T190000\r\nDURATION:PT1H\r\n", "05-19");
  assert_busy ("DTSTART;TZID=America/New_York:20270309T180000\r\nDURATION:PT30M\r\n"
               "RRULE:FREQ=WEEKLY;COUNT=3\r\n",
               "03-10 03-16 03-23");
}

static void
test_repeats (void)
{
  assert_busy ("DTSTART;VALUE=DATE:20270518\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n", "05-18 05-25 06-01");
  assert_busy ("DTSTART:20270518T100000\r\nRRULE:FREQ=WEEKLY;UNTIL=20270601T080000Z\r\n",
               "05-18 05-25 06-01");
  assert_busy ("DTSTART:20270518T100000\r\nRRULE:FREQ=WEEKLY;UNTIL=20270601T075959Z\r\n",
               "05-18 05-25");
  assert_busy ("DTSTART;VALUE=DATE:20270518\r\nRDATE;VALUE=DATE:20270801,20270901\r\n",
               "05-18 08-01 09-01");
}

/* 02:30 on 28 March 2027 does not exist; the days after it are as they were. */
static void
test_missing_hour (void)
{
  assert_busy ("DTSTART;TZID=Europe/Copenhagen:20270327T023000\r\nDURATION:PT22H\r\n"
               "RRULE:FREQ=DAILY;COUNT=3\r\n",
               "03-27..03-28 03-28..03-29 03-29..03-30");
}

static void
test_exceptions (void)
{
  assert_busy ("DTSTART:20270518T100000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE:20270525T100000\r\n",
               "05-18 06-01");
  assert_busy ("DTSTART;TZID=Europe/Copenhagen:20270518T100000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n"
               "EXDATE:20270525T080000Z\r\n",
               "05-18 06-01");
  assert_busy ("DTSTART:20270518T100000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n"
               "EXDATE;VALUE=DATE:20270518\r\n",
               "05-25 06-01");
}

static void
test_moved (void)
{
  const char *text = CALENDAR (
      EVENT ("UID:a\r\nDTSTART:20270518T100000\r\nRRULE:FREQ=WEEKLY;COUNT=3\r\n")
          EVENT ("UID:a\r\nRECURRENCE-ID:20270525T100000\r\nDTSTART:20270527T100000\r\n")
              EVENT ("UID:a\r\nRECURRENCE-ID:20270601T100000\r\nDTSTART:20270601T100000\r\n"
                     "STATUS:CANCELLED\r\n") EVENT ("UID:b\r\nDTSTART:20270525T100000\r\n"));
  g_autofree char *days = dup_days (text, TN_OCCUPIED_BUSY);
  g_assert_cmpstr (days, ==, "05-18 05-27 05-25");
}

static void
test_free (void)
{
  assert_busy ("DTSTART;VALUE=DATE:20270518\r\nTRANSP:TRANSPARENT\r\n", "");
  assert_busy ("DTSTART;VALUE=DATE:20270518\r\nSTATUS:CANCELLED\r\n", "");
  assert_busy ("DTSTART;VALUE=DATE:20270518\r\nSTATUS:TENTATIVE\r\nTRANSP:OPAQUE\r\n", "05-18");
}

static void
test_free_busy (void)
{
  g_autofree char *days = dup_days (
      CALENDAR ("BEGIN:VFREEBUSY\r\nFREEBUSY:20270518T080000Z/PT3H,20270520T220000Z/"
                "20270521T100000Z\r\nFREEBUSY;FBTYPE=FREE:20270601T080000Z/PT3H\r\n"
                "FREEBUSY;FBTYPE=BUSY-TENTATIVE:20270602T080000Z/P2D\r\nEND:VFREEBUSY\r\n"),
      TN_OCCUPIED_BUSY);
  g_assert_cmpstr (days, ==, "05-18 05-21 06-02..06-04");
}

/* Published holidays are free time to whoever looks at them in a calendar. */
static void
test_closed (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnZone) home = tn_zone_new ("Europe/Copenhagen", NULL);
  g_autoptr (GPtrArray) events = tn_occupied_read (
      CALENDAR (EVENT ("SUMMARY:Rådhuset\\nlukket\r\nDTSTART;VALUE=DATE:20270518\r\n"
                       "TRANSP:TRANSPARENT\r\n")
                    EVENT ("SUMMARY:Aflyst\r\nSTATUS:CANCELLED\r\nDTSTART;VALUE=DATE:20270519\r\n")
                        EVENT ("DTSTART;VALUE=DATE:20270520\r\n")),
      TN_OCCUPIED_CLOSED, home, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (events->len, ==, 2);
  const TnOccupied *closed = g_ptr_array_index (events, 0);
  const TnOccupied *unnamed = g_ptr_array_index (events, 1);
  g_assert_cmpstr (closed->title, ==, "Rådhuset lukket");
  g_assert_cmpint (closed->line, ==, 2);
  g_assert_null (unnamed->title);
  g_assert_cmpint (unnamed->line, ==, 12);
}

static void
test_no_title (void)
{
  g_autoptr (TnZone) home = tn_zone_new ("Europe/Copenhagen", NULL);
  g_autoptr (GPtrArray) events
      = tn_occupied_read (CALENDAR (EVENT ("SUMMARY:Tandlæge\r\nDTSTART;VALUE=DATE:20270518\r\n")),
                          TN_OCCUPIED_BUSY, home, NULL);
  g_assert_null (((const TnOccupied *) g_ptr_array_index (events, 0))->title);
}

static void
test_wrong (void)
{
  assert_refused ("no calendar", "");
  assert_refused (CALENDAR (EVENT ("SUMMARY:x\r\n")), "line 2: ");
  assert_refused (CALENDAR (EVENT ("DTSTART:2027-05-18\r\n")), "line 3: ");
  assert_refused (CALENDAR (EVENT ("DTSTART:20270518T100000\r\nDTEND:20270518T090000\r\n")),
                  "line 2: the event ends before it starts");
  assert_refused (CALENDAR (EVENT ("DTSTART;VALUE=DATE:20270518\r\nRRULE:FREQ=MINUTELY\r\n")),
                  "line 4: 'FREQ=MINUTELY'");
  assert_refused (CALENDAR (EVENT ("DTSTART;TZID=Nowhere/At All:20270518T100000\r\n")), "line 3: ");
  assert_refused (CALENDAR (EVENT ("DTSTART;VALUE=DATE:20270518\r\nRECURRENCE-ID:\r\n")),
                  "line 4: empty");
  assert_refused (CALENDAR (EVENT ("DTSTART;VALUE=DATE:20270518\r\nEXRULE:FREQ=DAILY\r\n")),
                  "line 4: EXRULE is obsolete");
  assert_refused (CALENDAR ("BEGIN:VFREEBUSY\r\nFREEBUSY:20270518T080000Z\r\nEND:VFREEBUSY\r\n"),
                  "line 3: a busy time without an end");
}

/* A file of nothing but endless rules is refused after a bounded number of steps, not followed. */
static void
test_hostile (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\r\n");
  for (int i = 0; i < 2000; i++)
    g_string_append (text, EVENT ("DTSTART;VALUE=DATE:20270518\r\n"
                                  "RRULE:FREQ=DAILY;BYMONTH=4;BYMONTHDAY=31\r\n"));
  g_string_append (text, "END:VCALENDAR\r\n");
  gint64 start_us = g_get_monotonic_time ();
  assert_refused (text->str, "the file repeats too much");
  g_test_message ("%" G_GINT64_FORMAT " us", g_get_monotonic_time () - start_us);
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\r\n");
  for (guint i = 0; i < TN_OCCUPIED_MOST_EVENTS; i++)
    g_string_append (text, EVENT ("DTSTART;VALUE=DATE:20270518\r\n"));
  g_string_append (text, "END:VCALENDAR\r\n");
  assert_refused (text->str, "more than 20000 events");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/occupied/days-take-themselves", test_days);
  g_test_add_func ("/ical/occupied/times-take-the-days-they-touch", test_times);
  g_test_add_func ("/ical/occupied/days-are-those-at-home", test_zones);
  g_test_add_func ("/ical/occupied/repetitions-are-followed", test_repeats);
  g_test_add_func ("/ical/occupied/hazard-47-the-missing-hour-shifts-no-later-day",
                   test_missing_hour);
  g_test_add_func ("/ical/occupied/hazard-56-exceptions-are-left-out", test_exceptions);
  g_test_add_func ("/ical/occupied/moved-ones-stand-where-they-are", test_moved);
  g_test_add_func ("/ical/occupied/free-and-cancelled-ones-block-nothing", test_free);
  g_test_add_func ("/ical/occupied/free-busy-blocks", test_free_busy);
  g_test_add_func ("/ical/occupied/closures-have-title-and-line", test_closed);
  g_test_add_func ("/ical/occupied/busy-times-have-no-title", test_no_title);
  g_test_add_func ("/ical/occupied/what-is-not-understood-is-shown-with-its-line", test_wrong);
  g_test_add_func ("/ical/occupied/hazard-60/hostile-rules-are-bounded", test_hostile);
  g_test_add_func ("/ical/occupied/events-are-counted", test_many);
  return g_test_run ();
}
