/* What events of others say. */
#include "ical/reader.h"

#include "base/error.h"
#include "samples.h"

#include <string.h>

static TnEvent *
read_bytes (GBytes *bytes)
{
  g_autoptr (TnZone) home = sample_home ();
  g_autoptr (GError) error = NULL;
  TnEvent *event = tn_reader_read (bytes, home, &error);
  g_assert_no_error (error);
  return event;
}

static void
assert_when (const char *lines, const char *expected)
{
  g_autoptr (GBytes) bytes = sample_event (lines);
  g_autoptr (TnEvent) event = read_bytes (bytes);
  g_autofree char *when = tn_when_to_string (&event->when);
  g_assert_cmpstr (when, ==, expected);
}

static void
assert_bytes_refused (GBytes *bytes, TnError code, const char *why)
{
  g_autoptr (TnZone) home = sample_home ();
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_reader_read (bytes, home, &error));
  g_assert_error (error, TN_ERROR, (gint) code);
  g_assert_nonnull (strstr (error->message, why));
}

static void
assert_refused (const char *lines, const char *why)
{
  g_autoptr (GBytes) bytes = sample_event (lines);
  assert_bytes_refused (bytes, TN_ERROR_INVALID, why);
}

static void
assert_text_refused (const char *text, const char *why)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  assert_bytes_refused (bytes, TN_ERROR_INVALID, why);
}

typedef struct
{
  const char *name;
  const char *when;
  const char *title;
  const char *where;
  const char *status;
} Expected;

static void
test_corpus (void)
{
  static const Expected samples[] = {
    { "outlook", "2027-05-18T10:00..2027-05-18T16:00", "Studietur 2027: Odense",
      "Rådhuset, Flakhaven 2, 5000 Odense C", "none" },
    { "apple", "2027-09-15T10:00..2027-09-15T15:00", "Erfa-møde 2027",
      "Københavns Rådhus\nRådhuspladsen 1, 1550 København V", "none" },
    { "thunderbird", "2027-11-03T09:30..2027-11-03T12:15", "Temamøde: Ældre og sundhed",
      "Gimle; store sal", "none" },
    { "google", "2027-06-15T09:00..2027-06-15T15:00", "Fællesmøde", "", "confirmed" },
    { "icloud-octet-folds", "2027-05-18..2027-05-19",
      "Studietur til Ærø og Ærøskøbing med overnatning på højskolen på østsiden af øen 🚢🚢🚢", "",
      "none" },
    { "evolution", "2027-04-20T13:00..2027-04-20T15:30", "Formandsmøde", "", "none" },
    { "nextcloud", "2027-03-01", "Frist: tilmelding", "", "tentative" },
    { "davx5", "2027-09-07..2027-09-08", "Kongres i Vejle", "", "confirmed" },
    { "lf-only", "2027-09-10T10:00..2027-09-10T11:30", "Erfaringssamling", "", "none" },
    { "exchange", "2027-04-22T09:00..2027-04-22T16:00", "Nätverksträff våren", "Malmö",
      "confirmed" },
    { "turnus-by-radicale", "2027-09-14T10:00..2027-09-14T15:00", "Erfa-møde 2027", "",
      "confirmed" },
    { "tab-folds", "2027-09-10T10:00..2027-09-10T11:00", "Fløjtende tid", "", "none" },
    { "lower-case", "2027-05-10T09:00..2027-05-10T10:00", "Møde; vigtigt", "", "none" },
    { "zimbra", "2027-05-11T09:00..2027-05-11T10:00", "Ældretopmøde", "", "confirmed" },
    { "byte-order-mark", "2027-12-01", "Julemøde", "", "none" },
    { "cr-only", "2027-09-10T10:00..2027-09-10T11:00", "Kun vognretur", "", "none" },
    { "series", "2027-02-04T10:00..2027-02-04T12:00", "Månedsmøde", "", "none" },
    { "properties-behind-alarms", "2027-05-10T09:00..2027-05-10T09:45", "Opfølgning", "", "none" },
  };
  g_autoptr (GPtrArray) names = sample_dup_names ();
  g_assert_cmpuint (names->len, ==, G_N_ELEMENTS (samples));
  for (gsize i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autoptr (GBytes) bytes = sample_load (samples[i].name);
      g_autoptr (TnEvent) event = read_bytes (bytes);
      g_autofree char *when = tn_when_to_string (&event->when);
      g_assert_cmpstr (when, ==, samples[i].when);
      g_assert_cmpstr (event->title, ==, samples[i].title);
      g_assert_cmpstr (event->where, ==, samples[i].where);
      sample_assert_field (event, TN_FIELD_STATUS, samples[i].status);
    }
}

static void
test_travelling (void)
{
  g_autoptr (GBytes) bytes = sample_load ("turnus-by-radicale");
  g_autoptr (TnEvent) event = read_bytes (bytes);
  g_assert_cmpstr (event->key, ==, "v1\nc=7by\ns=erfa\ny=2027");
  g_assert_cmpstr (event->placed, ==, "2027-09-14");
  g_assert_cmpstr (event->stamp, ==,
                   "v1 by=odense ed=1 en=1 dg=0123456789abcdef h=fedcba9876543210 entry=00112233");
  g_assert_cmpstr (event->text, ==, "Husk kage");
  g_assert_cmpstr (event->note, ==, "7by/erfa/2027\nArrangør: Odense");
}

static void
test_bad_key (void)
{
  g_autoptr (GBytes) bytes = sample_event ("DTSTART;VALUE=DATE:20270518\nX-TURNUS-KEY:no key!");
  g_autoptr (TnEvent) event = read_bytes (bytes);
  g_assert_null (event->key);
}

/* Hazard 53. */
static void
test_all_day (void)
{
  assert_when ("DTSTART;VALUE=DATE:20270518\nDTEND;VALUE=DATE:20270520", "2027-05-18..2027-05-19");
  assert_when ("DTSTART;VALUE=DATE:20270518", "2027-05-18");
  assert_when ("DTSTART;VALUE=DATE:20270518\nDTEND;VALUE=DATE:20270518", "2027-05-18");
  assert_when ("DTSTART:20270518\nDTEND:20270519", "2027-05-18");
  assert_when ("DTSTART;VALUE=DATE:20270518\nDURATION:P1W", "2027-05-18..2027-05-24");
  assert_when ("DTSTART;VALUE=DATE:20270518\nDURATION:PT25H", "2027-05-18..2027-05-19");
  assert_when ("DTSTART;VALUE=DATE:20270518\nDURATION:P0D", "2027-05-18");
  assert_when ("DTSTART;VALUE=DATE;TZID=Nowhere:20270328", "2027-03-28");
  assert_when ("DTSTART:20270518T000000Z\nDTEND:20270519T000000Z",
               "2027-05-18T02:00..2027-05-19T02:00");
}

/* Hazard 47: 02:30 on the day when 02:00 to 03:00 is missing is 02:30 by the clock before. */
static void
test_gap (void)
{
  assert_when ("DTSTART;TZID=Europe/Copenhagen:20260329T023000\nDURATION:PT1H",
               "2026-03-29T03:30..2026-03-29T04:30");
  assert_when ("DTSTART:20260329T003000Z\nDTEND:20260329T013000Z",
               "2026-03-29T01:30..2026-03-29T03:30");
  assert_when ("DTSTART;TZID=Europe/Copenhagen:20260328T100000\nDURATION:P1D",
               "2026-03-28T10:00..2026-03-29T10:00");
  assert_when ("DTSTART;TZID=Europe/Copenhagen:20260328T100000\nDURATION:PT24H",
               "2026-03-28T10:00..2026-03-29T11:00");
}

/* Hazard 48: of two hours of the same name, the first. */
static void
test_overlap (void)
{
  assert_when ("DTSTART;TZID=Europe/Copenhagen:20261025T023000\nDTEND:20261025T010000Z",
               "2026-10-25T02:30..2026-10-25T02:30");
  assert_when ("DTSTART;TZID=Europe/Copenhagen:20261025T023000\nDURATION:PT2H",
               "2026-10-25T02:30..2026-10-25T03:30");
  assert_when ("DTSTART;TZID=Europe/London:20261025T013000\nDURATION:PT0S",
               "2026-10-25T02:30..2026-10-25T02:30");
}

/* Hazards 49 and 52. */
static void
test_zones (void)
{
  assert_when ("DTSTART:20270518T100000\nDTEND:20270518T110000",
               "2027-05-18T10:00..2027-05-18T11:00");
  assert_when ("DTSTART:20270118T100000Z\nDTEND:20270118T110000Z",
               "2027-01-18T11:00..2027-01-18T12:00");
  assert_when ("DTSTART:20270718T100000Z\nDTEND:20270718T110000Z",
               "2027-07-18T12:00..2027-07-18T13:00");
  assert_when ("DTSTART;TZID=America/New_York:20270518T190000\n"
               "DTEND;TZID=Europe/Helsinki:20270519T030000",
               "2027-05-19T01:00..2027-05-19T02:00");
}

static void
test_edges (void)
{
  assert_when ("DTSTART:20270518T100000", "2027-05-18T10:00..2027-05-18T10:00");
  assert_when ("DTSTART:20270518T200000\nDTEND:20270519T000000",
               "2027-05-18T20:00..2027-05-18T24:00");
  assert_when ("DTSTART:20270518T000000\nDTEND:20270518T000000",
               "2027-05-18T00:00..2027-05-18T00:00");
  assert_when ("DTSTART:20270518T100059\nDTEND:20270518T110001",
               "2027-05-18T10:00..2027-05-18T11:00");
}

static void
test_refuses_times (void)
{
  assert_refused ("SUMMARY:x", "without DTSTART");
  assert_refused ("DTSTART:garbage", "'garbage' is no date or time");
  assert_refused ("DTSTART:20270518T100000\nDTEND:garbage", "line 7: 'garbage'");
  assert_refused ("DTSTART:20270518T100000\nDTSTART:20270519T100000", "more than one DTSTART");
  assert_refused ("DTSTART:20270518T100000\nDTEND:20270518T090000", "ends before it starts");
  assert_refused ("DTSTART;VALUE=DATE:20270518\nDTEND;VALUE=DATE:20270517", "ends before");
  assert_refused ("DTSTART;VALUE=DATE:20270518\nDTEND:20270518T100000", "ends with a time");
  assert_refused ("DTSTART:20270518T100000\nDTEND;VALUE=DATE:20270519", "ends with a day");
  assert_refused ("DTSTART;VALUE=DATE:20270518T100000", "called something else");
  assert_refused ("DTSTART:20270518T100000\nDURATION:-PT1H", "duration");
  assert_refused ("DTSTART:20270231", "no day of the calendar");
  assert_refused ("DTSTART:99980518T100000\nDURATION:P999999W", "after the year 9999");
  assert_refused ("DTSTART;VALUE=DATE:99980518\nDURATION:P999999W", "after the year 9999");
}

/* Hazard 51. */
static void
test_unknown_zone (void)
{
  assert_refused ("DTSTART;TZID=Nowhere/Land:20270518T100000",
                  "line 6: time zone 'Nowhere/Land' is unknown");
}

/* Hazard 60: a rule that would never end is not even read. */
static void
test_rule (void)
{
  g_autoptr (GBytes) bytes
      = sample_event ("DTSTART:20270518T100000\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30");
  g_autoptr (TnEvent) event = read_bytes (bytes);
  g_assert_true (event->has_rule);
  g_autoptr (GBytes) plain = sample_event ("DTSTART:20270518T100000");
  g_autoptr (TnEvent) without = read_bytes (plain);
  g_assert_false (without->has_rule);
}

static void
test_guests (void)
{
  g_autoptr (GBytes) bytes = sample_load ("google");
  g_autoptr (TnEvent) event = read_bytes (bytes);
  g_assert_true (event->has_attendees);
  g_assert_cmpuint (event->n_attendees, ==, 2);
  /* The address of an alarm is no guest. */
  g_autoptr (GBytes) alarm = sample_load ("properties-behind-alarms");
  g_autoptr (TnEvent) without = read_bytes (alarm);
  g_assert_false (without->has_attendees);
  g_assert_cmpuint (without->n_attendees, ==, 0);
}

static gboolean
is_private (const char *lines)
{
  g_autofree char *all = g_strconcat ("DTSTART:20270518\n", lines, NULL);
  g_autoptr (GBytes) bytes = sample_event (all);
  g_autoptr (TnEvent) event = read_bytes (bytes);
  return event->is_private;
}

/* Hazard 114. */
static void
test_private (void)
{
  g_assert_true (is_private ("CLASS:PRIVATE"));
  g_assert_true (is_private ("CLASS:confidential"));
  g_assert_true (is_private ("CLASS:X-BOARD-ONLY"));
  g_assert_false (is_private ("CLASS:PUBLIC"));
  g_assert_false (is_private ("SUMMARY:x"));
  g_autoptr (GBytes) bytes = sample_load ("series");
  g_autoptr (TnEvent) event = read_bytes (bytes);
  g_assert_true (event->is_private); /* an exception of it is */
  g_assert_true (event->has_attendees);
  g_assert_true (event->has_rule);
}

/* Hazard 68. */
static void
test_letters (void)
{
  assert_refused ("DTSTART:20270518\nSUMMARY:M\xf8"
                  "de",
                  "line 7: bytes that are no UTF-8");
  static const char nul[] = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:a\nDTSTART:20270518\n"
                            "SUMMARY:a\0b\nEND:VEVENT\nEND:VCALENDAR\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (nul, sizeof nul - 1);
  assert_bytes_refused (bytes, TN_ERROR_INVALID, "NUL");
  assert_refused ("DTSTART:20270518\nSUMMARY;ENCODING=QUOTED-PRINTABLE:M=F8de", "encoded");
  /* What is not ours is not looked at. */
  assert_when ("DTSTART:20270518\nX-OLD:M\xf8"
               "de",
               "2027-05-18");
}

/* Hazard 70. */
static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (10 * 1024 * 1024, 'x');
  g_autofree char *lines = g_strconcat ("DTSTART:20270518\nDESCRIPTION:", text, NULL);
  g_autoptr (GBytes) bytes = sample_event (lines);
  assert_bytes_refused (bytes, TN_ERROR_LIMIT, "more than 1024 KiB");
}

static void
test_many_properties (void)
{
  g_autoptr (GString) lines = g_string_new ("DTSTART:20270518");
  for (int i = 0; i < 100000; i++)
    g_string_append (lines, i % 2 == 0 ? "\nCLASS:PUBLIC" : "\nATTENDEE;CN=\"A\":mailto:a@b");
  g_autoptr (GBytes) bytes = sample_event (lines->str);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (TnEvent) event = read_bytes (bytes);
  g_assert_cmpuint (event->n_attendees, ==, 50000);
  /* Linear work takes a tenth of a second with sanitizers, quadratic work minutes. */
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 10 * G_USEC_PER_SEC);
}

/* Hazard 73. */
static void
test_refuses_items (void)
{
  assert_refused ("DTSTART:20270518\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\nDTSTART:20270518",
                  "line 8: a second UID");
  assert_refused ("DTSTART:20270518\nUID:b", "line 4: a component with more than one UID");
  assert_refused ("DTSTART:20270518\nEND:VEVENT\nBEGIN:VTODO\nUID:b\nEND:VTODO\nBEGIN:VEVENT\n"
                  "UID:sample@example.org",
                  "a second UID");
  assert_text_refused ("BEGIN:VCALENDAR\nMETHOD:REQUEST\nBEGIN:VEVENT\nUID:a\nDTSTART:20270518\n"
                       "END:VEVENT\nEND:VCALENDAR\n",
                       "line 2: a METHOD");
  assert_text_refused ("BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:a\nEND:VTODO\nEND:VCALENDAR\n",
                       "no event in it");
  assert_text_refused ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20270518\nEND:VEVENT\n"
                       "END:VCALENDAR\n",
                       "no UID");
  assert_text_refused ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID: \nDTSTART:20270518\nEND:VEVENT\n"
                       "END:VCALENDAR\n",
                       "empty or overlong UID");
  assert_text_refused ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "nothing in it");
}

static void
test_orphan (void)
{
  g_autoptr (GBytes) bytes
      = sample_event ("RECURRENCE-ID:20270518T100000\nDTSTART:20270518T110000");
  g_autoptr (TnEvent) event = read_bytes (bytes);
  g_assert_true (event->has_rule);
}

static void
test_uid (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) folded = sample_load ("tab-folds");
  g_autofree char *uid = tn_reader_dup_uid (folded, &error);
  g_assert_cmpstr (uid, ==, "tab-folds@example.org");
  static const char todo[] = "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t\nEND:VTODO\nEND:VCALENDAR\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (todo, sizeof todo - 1);
  g_autofree char *task = tn_reader_dup_uid (bytes, &error);
  g_assert_cmpstr (task, ==, "t");
  g_autoptr (GBytes) none = g_bytes_new_static ("", 0);
  g_assert_null (tn_reader_dup_uid (none, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/reader/corpus-says-what-people-see", test_corpus);
  g_test_add_func ("/ical/reader/key-stamp-placed-and-note", test_travelling);
  g_test_add_func ("/ical/reader/bad-key-is-none", test_bad_key);
  g_test_add_func ("/ical/reader/hazard-53-days-stay-days", test_all_day);
  g_test_add_func ("/ical/reader/hazard-47-missing-hour-is-read-by-the-clock-before", test_gap);
  g_test_add_func ("/ical/reader/hazard-48-doubled-hour-is-the-first", test_overlap);
  g_test_add_func ("/ical/reader/hazards-49-52-times-of-all-zones-come-home", test_zones);
  g_test_add_func ("/ical/reader/midnight-and-seconds", test_edges);
  g_test_add_func ("/ical/reader/refuses-impossible-times", test_refuses_times);
  g_test_add_func ("/ical/reader/hazard-51-refuses-unknown-zone-by-name", test_unknown_zone);
  g_test_add_func ("/ical/reader/hazard-60-endless-rule-is-only-noted", test_rule);
  g_test_add_func ("/ical/reader/counts-guests", test_guests);
  g_test_add_func ("/ical/reader/hazard-114-private-where-any-part-is", test_private);
  g_test_add_func ("/ical/reader/hazard-68-refuses-letters-it-cannot-be-sure-of", test_letters);
  g_test_add_func ("/ical/reader/hazard-70-refuses-text-of-10-mb", test_long_text);
  g_test_add_func ("/ical/reader/hazard-70-hundred-thousand-properties-in-linear-time",
                   test_many_properties);
  g_test_add_func ("/ical/reader/hazard-73-refuses-what-is-not-one-event", test_refuses_items);
  g_test_add_func ("/ical/reader/hazard-55-exception-without-series-has-a-rule", test_orphan);
  g_test_add_func ("/ical/reader/uid-of-anything", test_uid);
  return g_test_run ();
}
