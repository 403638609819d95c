/* tests/ical/carried.c — an event of people's, whole, as it travels to other calendars */
#include "ical/carried.h"

#include <string.h>

#include "base/error.h"

#define KEY "v1\na=esbjerg\nu=kaffe-1@esbjerg"
#define KEY_LINE "X-TURNUS-KEY:djEKYT1lc2JqZXJnCnU9a2FmZmUtMUBlc2JqZXJn\r\n"

/* What travels of SERIES, byte for byte. */
#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Esbjerg//Kalender//DA\r\n"
#define ZONE                                                                                       \
  "BEGIN:VTIMEZONE\r\nTZID:Romance Standard Time\r\nX-MICROSOFT-CDO-TZID:3\r\nBEGIN:STANDARD\r\n"  \
  "DTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"                          \
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
#define MASTER                                                                                     \
  "UID:kaffe-1@esbjerg\r\nDTSTAMP:20261120T080000Z\r\n"                                            \
  "DTSTART;TZID=Romance Standard Time:20270107T100000\r\nDURATION:PT1H\r\n"                        \
  "RRULE:FREQ=WEEKLY;COUNT=8;\r\n BYDAY=TH\r\nEXDATE;TZID=Romance Standard "                       \
  "Time:20270114T100000\r\n"                                                                       \
  "SUMMARY:Kaffe\r\nX-APPLE-STRUCTURED-LOCATION:geo:55\\,8\r\nCATEGORIES:Mad,S\xc3\xa6rlig\\, "    \
  "f\xc3\xa6lles\r\n"
#define EXCEPTION                                                                                  \
  "UID:kaffe-1@esbjerg\r\nRECURRENCE-ID;TZID=Romance Standard Time:20270121T100000\r\n"            \
  "DTSTART;TZID=Romance Standard Time:20270121T130000\r\nDURATION:PT1H\r\nSUMMARY:Sen kaffe\r\n"
#define ALARM                                                                                      \
  "BEGIN:VALARM\r\nACTION:EMAIL\r\nTRIGGER:-PT1H\r\nATTENDEE:mailto:karen@example.org\r\n"         \
  "SUMMARY:Kaffe\r\nEND:VALARM\r\n"

#define SERIES                                                                                     \
  HEAD "X-WR-CALNAME:Karens kalender\r\n" ZONE                                                     \
       "BEGIN:VEVENT\r\nORGANIZER;CN=Karen:mailto:karen@example.org\r\n" MASTER                    \
       "ATTENDEE;CN=\"Karen, formand\";PARTSTAT=ACCEPTED;\r\n "                                    \
       "RSVP=TRUE:mailto:karen@example.org\r\n"                                                    \
       "X-CALENDARSERVER-PRIVATE-COMMENT:Karen er syg\r\n" ALARM                                   \
       "BEGIN:PARTICIPANT\r\nUID:karen\r\nEND:PARTICIPANT\r\nEND:VEVENT\r\n"                       \
       "BEGIN:VEVENT\r\n" EXCEPTION "ATTENDEE:mailto:karen@example.org\r\nEND:VEVENT\r\n"          \
       "BEGIN:VTODO\r\nUID:kaffe-1@esbjerg\r\nSUMMARY:Karen laver kaffe\r\nEND:VTODO\r\n"          \
       "END:VCALENDAR\r\n"
#define TRAVELS                                                                                    \
  HEAD ZONE "BEGIN:VEVENT\r\n" KEY_LINE MASTER "END:VEVENT\r\nBEGIN:VEVENT\r\n" KEY_LINE EXCEPTION \
            "END:VEVENT\r\nEND:VCALENDAR\r\n"

static GBytes *
as_bytes (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static GBytes *
carry (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = as_bytes (text);
  GBytes *carried = tn_carried_make (bytes, KEY, &error);
  g_assert_no_error (error);
  return carried;
}

static char *
digest_of (const char *text)
{
  g_autoptr (GBytes) bytes = as_bytes (text);
  return tn_carried_dup_digest (bytes);
}

static gboolean
has_category (const char *text, const char *category)
{
  g_autoptr (GBytes) bytes = as_bytes (text);
  return tn_carried_has_category (bytes, category);
}

static char *
replace (const char *text, const char *old, const char *new)
{
  g_auto (GStrv) parts = g_strsplit (text, old, -1);
  g_assert_cmpuint (g_strv_length (parts), >, 1);
  return g_strjoinv (new, parts);
}

static void
assert_bytes (GBytes *bytes, const char *expected)
{
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_whole (void)
{
  g_autoptr (GBytes) carried = carry (SERIES);
  assert_bytes (carried, TRAVELS);
}

static void
test_twice (void)
{
  g_autoptr (GBytes) carried = carry (TRAVELS);
  assert_bytes (carried, TRAVELS);
}

static void
test_same_meaning (void)
{
  g_autofree char *series = digest_of (SERIES);
  g_autofree char *travels = digest_of (TRAVELS);
  g_autofree char *stamped = replace (TRAVELS, "20261120T080000Z", "20261121T090000Z");
  g_autofree char *unfolded = replace (stamped, ";\r\n BYDAY", ";BYDAY");
  g_autofree char *marked = replace (unfolded, KEY_LINE, "");
  g_autofree char *moved = replace (marked, "SUMMARY:Kaffe\r\n", "");
  g_autofree char *last = replace (moved, "CATEGORIES", "SUMMARY:Kaffe\r\nCATEGORIES");
  g_autofree char *rewritten = digest_of (last);

  g_assert_cmpstr (travels, ==, series);
  g_assert_cmpstr (rewritten, ==, series);
}

static void
test_other_meaning (void)
{
  static const char *const edits[][2] = { { "COUNT=8", "COUNT=9" },
                                          { "20270114T100000", "20270128T100000" },
                                          { "Sen kaffe", "Kaffe" },
                                          { "SUMMARY:Kaffe", "SUMMARY:Te" },
                                          { "20270121T130000", "20270121T140000" } };
  g_autofree char *before = digest_of (TRAVELS);
  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *edited = replace (TRAVELS, edits[i][0], edits[i][1]);
      g_autofree char *after = digest_of (edited);
      g_assert_cmpstr (after, !=, before);
    }
}

static void
test_difference (void)
{
  g_autoptr (GBytes) ours = as_bytes (TRAVELS);
  g_autofree char *edited = replace (TRAVELS, "SUMMARY:Sen kaffe", "SUMMARY:Te");
  g_autoptr (GBytes) theirs = as_bytes (edited);
  g_autofree char *said = tn_carried_dup_difference (ours, theirs);
  g_autofree char *nothing = tn_carried_dup_difference (ours, ours);

  g_assert_cmpstr (said, ==, "RECURRENCE-ID;TZID=Romance Standard Time:20270121T100000 SUMMARY:Te");
  g_assert_cmpstr (nothing, ==, "");
}

static void
test_categories (void)
{
  g_assert_true (has_category (SERIES, "mad"));
  g_assert_true (has_category (SERIES, "S\xc3\x86RLIG, f\xc3\xa6lles"));
  g_assert_false (has_category (SERIES, "f\xc3\xa6lles"));
  g_assert_false (has_category (SERIES, "Ma"));
  g_assert_false (has_category (SERIES, "Kaffe"));
  g_assert_false (has_category ("BEGIN:VCALENDAR\r\n", "Mad"));
}

static void
test_alarms (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) new = as_bytes (TRAVELS);
  g_autofree char *woken
      = replace (TRAVELS, "f\xc3\xa6lles\r\nEND:VEVENT", "f\xc3\xa6lles\r\n" ALARM "END:VEVENT");
  g_autofree char *other = replace (woken, "SUMMARY:Kaffe\r\nX-APPLE", "SUMMARY:Te\r\nX-APPLE");
  g_autoptr (GBytes) current = as_bytes (other);
  g_autoptr (GBytes) kept = tn_carried_keep_alarms (new, current, &error);
  g_assert_no_error (error);
  assert_bytes (kept, woken);
}

static void
test_no_event (void)
{
  static const char *const texts[]
      = { "", "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
          "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:1\r\nEND:VTODO\r\nEND:VCALENDAR\r\n",
          HEAD "BEGIN:VEVENT\r\n" EXCEPTION "END:VEVENT\r\nEND:VCALENDAR\r\n",
          HEAD "METHOD:REQUEST\r\nBEGIN:VEVENT\r\n" MASTER "END:VEVENT\r\nEND:VCALENDAR\r\n" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = as_bytes (texts[i]);
      g_autoptr (GBytes) carried = tn_carried_make (bytes, KEY, &error);
      g_assert_null (carried);
      g_assert_true (tn_error_is_invalid (error));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/carried/all-travels-but-people-and-alarms", test_whole);
  g_test_add_func ("/ical/carried/what-has-travelled-travels-unchanged", test_twice);
  g_test_add_func ("/ical/carried/order-folds-and-stamps-mean-nothing", test_same_meaning);
  g_test_add_func ("/ical/carried/rule-exceptions-and-texts-mean-something", test_other_meaning);
  g_test_add_func ("/ical/carried/difference-is-what-the-other-says", test_difference);
  g_test_add_func ("/ical/carried/category-is-one-word-of-the-list", test_categories);
  g_test_add_func ("/ical/carried/alarms-of-the-reader-stay", test_alarms);
  g_test_add_func ("/ical/carried/what-is-no-event-does-not-travel", test_no_event);
  return g_test_run ();
}
