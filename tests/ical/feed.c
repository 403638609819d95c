/* Many events as one calendar to subscribe to: byte for byte, and as others read it. */
#include "ical/feed.h"

#include "ical/reader.h"
#include "ical/split.h"
#include "samples.h"

#include <string.h>

static TnEvent *
make_event (const char *uid, const char *title)
{
  TnEvent *event = tn_event_new (uid);
  g_free (event->title);
  event->title = g_strdup (title);
  event->when = tn_when_new_days (tn_date_new (2027, 5, 18), 1);
  event->status = TN_EVENT_CONFIRMED;
  return event;
}

static TnEvent *
make_timed (const char *uid, int year)
{
  TnEvent *event = make_event (uid, "Erfa-møde");
  event->when = tn_when_new_timed (tn_date_new (year, 9, 14), 600, tn_date_new (year, 9, 14), 900);
  event->zone = sample_home ();
  return event;
}

static char *
dup_text (GBytes *bytes)
{
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static void
test_bytes (void)
{
  g_autoptr (TnEvent) event = make_event ("a@turnus", "Studietur 2027");
  TnFeedEntry entry = { event, SAMPLE_NOW_US, 3 };

  g_autoptr (GBytes) bytes = tn_feed_write ("7-by, Odense; vært", 6, &entry, 1);
  g_autofree char *text = dup_text (bytes);

  g_assert_cmpstr (text, ==,
                   "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//turnus//turnus " TN_VERSION
                   "//EN\r\nCALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n"
                   "NAME:7-by\\, Odense\\; vært\r\nX-WR-CALNAME:7-by\\, Odense\\; vært\r\n"
                   "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\nX-PUBLISHED-TTL:PT6H\r\n"
                   "BEGIN:VEVENT\r\nUID:a@turnus\r\nDTSTAMP:20260921T141320Z\r\n"
                   "CREATED:20260921T141320Z\r\nLAST-MODIFIED:20260921T141320Z\r\nSEQUENCE:3\r\n"
                   "DTSTART;VALUE=DATE:20270518\r\nDTEND;VALUE=DATE:20270519\r\n"
                   "SUMMARY:Studietur 2027\r\nSTATUS:CONFIRMED\r\nTRANSP:OPAQUE\r\n"
                   "END:VEVENT\r\nEND:VCALENDAR\r\n");
}

static void
test_empty (void)
{
  g_autoptr (GBytes) bytes = tn_feed_write ("7-by", 6, NULL, 0);
  g_autofree char *text = dup_text (bytes);

  g_assert_true (g_str_has_suffix (text, "X-PUBLISHED-TTL:PT6H\r\nEND:VCALENDAR\r\n"));
}

static void
test_zone_once (void)
{
  g_autoptr (TnEvent) late = make_timed ("a@turnus", 2028);
  g_autoptr (TnEvent) early = make_timed ("b@turnus", 2027);
  TnFeedEntry entries[] = { { late, SAMPLE_NOW_US, 0 }, { early, SAMPLE_NOW_US, 0 } };

  g_autoptr (GBytes) bytes = tn_feed_write ("7-by", 6, entries, 2);
  g_autofree char *text = dup_text (bytes);
  g_auto (GStrv) blocks = g_strsplit (text, "BEGIN:VTIMEZONE", -1);

  g_assert_cmpuint (g_strv_length (blocks), ==, 2);
  g_assert_nonnull (strstr (text, "DTSTART;TZID=Europe/Copenhagen:20280914T100000"));
  g_assert_nonnull (strstr (text, "DTSTART;TZID=Europe/Copenhagen:20270914T100000"));
}

static void
test_read_back (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnZone) home = sample_home ();
  g_autoptr (TnEvent) day = make_event ("a@turnus", "Studietur");
  g_autoptr (TnEvent) timed = make_timed ("b@turnus", 2027);
  TnFeedEntry entries[] = { { day, SAMPLE_NOW_US, 0 }, { timed, SAMPLE_NOW_US, 0 } };
  g_autoptr (GBytes) bytes = tn_feed_write ("7-by", 6, entries, 2);

  g_autoptr (GPtrArray) items = tn_split_calendar (bytes, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (items->len, ==, 2);
  for (guint i = 0; i < items->len; i++)
    {
      const TnSplitItem *item = g_ptr_array_index (items, i);
      g_autoptr (TnEvent) read = tn_reader_read (item->bytes, home, &error);
      g_autofree char *when = tn_event_dup_field (entries[i].event, TN_FIELD_WHEN);
      g_assert_no_error (error);
      g_assert_cmpstr (item->uid, ==, entries[i].event->uid);
      sample_assert_field (read, TN_FIELD_WHEN, when);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/feed/is-written-byte-for-byte", test_bytes);
  g_test_add_func ("/ical/feed/without-events-is-a-calendar-all-the-same", test_empty);
  g_test_add_func ("/ical/feed/zone-stands-in-it-once-from-its-first-event-on", test_zone_once);
  g_test_add_func ("/ical/feed/is-read-back-event-by-event", test_read_back);
  return g_test_run ();
}
