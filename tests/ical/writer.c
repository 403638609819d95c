/* What turnus writes itself: byte for byte, and as others read it. */
#include "ical/writer.h"

#include "ical/reader.h"
#include "samples.h"

#include <libical/ical.h>

#include <string.h>

static char *
dup_written (const TnEvent *event)
{
  g_autoptr (GBytes) bytes = tn_writer_write (event, SAMPLE_NOW_US);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static TnEvent *
make_meeting (void)
{
  TnEvent *event = tn_event_new ("3d813cbb-47fb-52ba-91df-831e1593ac29@turnus");
  g_free (event->title);
  g_free (event->where);
  g_free (event->text);
  g_free (event->note);
  event->title = g_strdup ("Erfa-møde 2027");
  event->where = g_strdup ("Odense, rådhuset");
  event->text = g_strdup ("Husk kage");
  event->note = g_strdup ("7by/erfa/2027");
  event->when = tn_when_new_timed (tn_date_new (2027, 9, 14), 600, tn_date_new (2027, 9, 14), 900);
  event->zone = sample_home ();
  event->status = TN_EVENT_CONFIRMED;
  event->key = g_strdup ("v1\nc=7by\ns=erfa\ny=2027");
  event->stamp = g_strdup ("v1 by=odense ed=1 en=1 dg=0123 h=4567");
  event->placed = g_strdup ("2027-09-14");
  return event;
}

static void
test_meeting (void)
{
  g_autoptr (TnEvent) event = make_meeting ();

  g_autofree char *written = dup_written (event);

  g_assert_cmpstr (written, ==,
                   "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
                   "PRODID:-//turnus//turnus " TN_VERSION "//EN\r\n"
                   "BEGIN:VTIMEZONE\r\nTZID:Europe/Copenhagen\r\n"
                   "BEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\n"
                   "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
                   "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\nEND:DAYLIGHT\r\n"
                   "BEGIN:STANDARD\r\nDTSTART:19701025T030000\r\n"
                   "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
                   "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\nEND:STANDARD\r\n"
                   "END:VTIMEZONE\r\n"
                   "BEGIN:VEVENT\r\nUID:3d813cbb-47fb-52ba-91df-831e1593ac29@turnus\r\n"
                   "DTSTAMP:20260921T141320Z\r\nCREATED:20260921T141320Z\r\n"
                   "LAST-MODIFIED:20260921T141320Z\r\nSEQUENCE:0\r\n"
                   "DTSTART;TZID=Europe/Copenhagen:20270914T100000\r\n"
                   "DTEND;TZID=Europe/Copenhagen:20270914T150000\r\n"
                   "SUMMARY:Erfa-møde 2027\r\nLOCATION:Odense\\, rådhuset\r\n"
                   "DESCRIPTION:Husk kage\\n\\n--- turnus ---\\n7by/erfa/2027\r\n"
                   "STATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\n"
                   "X-TURNUS-KEY:djEKYz03YnkKcz1lcmZhCnk9MjAyNw\r\n"
                   "X-TURNUS-WROTE:v1 by=odense ed=1 en=1 dg=0123 h=4567\r\n"
                   "X-TURNUS-PLACED:2027-09-14\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n");
}

static void
test_milestone (void)
{
  g_autoptr (TnEvent) event = tn_event_new ("a@turnus");
  event->when = tn_when_new_days (tn_date_new (2027, 12, 31), 1);
  event->is_transparent = TRUE;

  g_autofree char *written = dup_written (event);

  g_assert_nonnull (
      strstr (written, "DTSTART;VALUE=DATE:20271231\r\nDTEND;VALUE=DATE:20280101\r\n"));
  g_assert_nonnull (strstr (written, "TRANSP:TRANSPARENT\r\n"));
  g_assert_null (strstr (written, "VTIMEZONE"));
  g_assert_null (strstr (written, "DESCRIPTION"));
  g_assert_null (strstr (written, "LOCATION"));
  g_assert_null (strstr (written, "STATUS"));
}

/* Promise 4, hazard 62. */
static void
test_no_guests (void)
{
  g_autoptr (TnEvent) event = make_meeting ();
  event->has_attendees = TRUE;
  event->n_attendees = 3;
  event->has_rule = TRUE;

  g_autofree char *written = dup_written (event);

  g_assert_null (strstr (written, "ATTENDEE"));
  g_assert_null (strstr (written, "ORGANIZER"));
  g_assert_null (strstr (written, "METHOD"));
  g_assert_null (strstr (strstr (written, "BEGIN:VEVENT"), "RRULE"));
}

static void
test_midnight (void)
{
  g_autoptr (TnEvent) event = make_meeting ();
  TnDate day = tn_date_new (2027, 9, 30);
  event->when = tn_when_new_timed (day, 1200, day, 1440);

  g_autofree char *written = dup_written (event);

  g_assert_nonnull (strstr (written, "DTEND;TZID=Europe/Copenhagen:20271001T000000\r\n"));
}

static void
test_utc (void)
{
  g_autoptr (TnEvent) event = make_meeting ();
  tn_zone_unref (event->zone);
  event->zone = tn_zone_new_utc ();

  g_autofree char *written = dup_written (event);

  g_assert_nonnull (strstr (written, "DTSTART:20270914T100000Z\r\n"));
  g_assert_null (strstr (written, "VTIMEZONE"));
}

static void
assert_lines_are_short (const char *written)
{
  g_auto (GStrv) lines = g_strsplit (written, "\r\n", -1);
  for (gsize i = 0; lines[i] != NULL; i++)
    {
      g_assert_cmpuint (strlen (lines[i]), <=, 75);
      g_assert_true (g_utf8_validate (lines[i], -1, NULL));
      g_assert_null (strpbrk (lines[i], "\r\n"));
    }
}

/* libical as one of the many that will read it: hazards 3 of section 0, 64, 69. */
static void
assert_libical_agrees (const char *written, const TnEvent *event)
{
  icalcomponent *calendar = icalparser_parse_string (written);
  g_assert_nonnull (calendar);
  g_assert_cmpint (icalcomponent_count_errors (calendar), ==, 0);
  g_assert_null (strstr (icalcomponent_as_ical_string (calendar), "X-LIC-ERROR"));
  icalcomponent *inner = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT);
  struct icaltimetype start = icalcomponent_get_dtstart (inner);
  g_assert_cmpint (start.is_date, ==, event->when.all_day ? 1 : 0);
  g_assert_cmpint (tn_date_new (start.year, start.month, start.day), ==, event->when.days.start);
  g_assert_cmpint (start.hour * 60 + start.minute, ==, event->when.start_minute);
  icalcomponent_free (calendar);
}

/* Blanks alone are not written. */
static const char *
get_expected (const char *text)
{
  return text[strspn (text, " \t")] == '\0' ? "" : text;
}

static void
test_reads_back (void)
{
  g_autoptr (GRand) random = sample_rand ();
  g_autoptr (TnZone) home = sample_home ();
  for (int i = 0; i < 300; i++)
    {
      g_autoptr (TnEvent) event = sample_random_event (random);
      g_autofree char *written = dup_written (event);
      g_autoptr (GBytes) bytes = g_bytes_new (written, strlen (written));
      g_autoptr (GError) error = NULL;

      g_autoptr (TnEvent) read = tn_reader_read (bytes, home, &error);

      g_assert_no_error (error);
      g_assert_cmpstr (read->uid, ==, event->uid);
      g_assert_cmpstr (read->title, ==, get_expected (event->title));
      g_assert_cmpstr (read->where, ==, get_expected (event->where));
      g_assert_cmpstr (read->text, ==,
                       event->note[0] == '\0' ? get_expected (event->text) : event->text);
      g_assert_cmpstr (read->note, ==, event->note);
      g_assert_cmpstr (read->key, ==, event->key);
      g_assert_cmpstr (read->stamp, ==, event->stamp);
      g_assert_cmpstr (read->placed, ==, event->placed);
      g_assert_true (tn_when_equal (&read->when, &event->when));
      g_assert_cmpint (read->status, ==, event->status);
      g_assert_cmpint (read->is_transparent, ==, event->is_transparent);
      assert_lines_are_short (written);
      assert_libical_agrees (written, event);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/writer/meeting-has-key-stamp-zone-and-marker", test_meeting);
  g_test_add_func ("/ical/writer/milestone-is-all-day-and-free", test_milestone);
  g_test_add_func ("/ical/writer/hazard-62-never-carries-guests-method-or-rule", test_no_guests);
  g_test_add_func ("/ical/writer/midnight-ends-on-the-next-day", test_midnight);
  g_test_add_func ("/ical/writer/utc-needs-no-block", test_utc);
  g_test_add_func ("/ical/writer/hazard-69-random-events-read-back-and-libical-agrees",
                   test_reads_back);
  return g_test_run ();
}
