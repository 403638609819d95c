/* A calendar file as items, and back. */
#include "ical/split.h"

#include "base/error.h"
#include "ical/reader.h"
#include "ical/writer.h"
#include "samples.h"

#include <string.h>

#define CPH "BEGIN:VTIMEZONE\nTZID:Europe/Copenhagen\nEND:VTIMEZONE\n"
#define OSLO "BEGIN:VTIMEZONE\nTZID:Europe/Oslo\nEND:VTIMEZONE\n"
#define EVENT_A                                                                                    \
  "BEGIN:VEVENT\nUID:a\nDTSTART;TZID=Europe/Copenhagen:20270518T100000\nRRULE:FREQ=DAILY\n"        \
  "END:VEVENT\n"
#define EVENT_B "BEGIN:VEVENT\nUID:b\nDTSTART;TZID=Europe/Oslo:20270518T100000\nEND:VEVENT\n"
#define EXCEPTION_A                                                                                \
  "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;TZID=Europe/Copenhagen:20270519T100000\n"                    \
  "DTSTART;TZID=Europe/Copenhagen:20270519T110000\nEND:VEVENT\n"
#define TASK "BEGIN:VTODO\nUID:t\nBEGIN:VALARM\nUID:x\nEND:VALARM\nEND:VTODO\n"
#define HEAD "BEGIN:VCALENDAR\nX-WR-CALNAME:Fælles\nMETHOD:PUBLISH\n"
#define FOOT "END:VCALENDAR\n"
#define FILE_TEXT HEAD CPH EVENT_A EVENT_B OSLO TASK EXCEPTION_A FOOT

static GBytes *
bytes_of (const char *text)
{
  return g_bytes_new (text, strlen (text));
}

static char *
dup_string (GBytes *bytes)
{
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GPtrArray *
split (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = tn_split_calendar (bytes, &error);
  g_assert_no_error (error);
  return items;
}

static void
assert_item (GPtrArray *items, guint index, const char *uid, const char *inner)
{
  const TnSplitItem *item = g_ptr_array_index (items, index);
  g_assert_no_error (item->error);
  g_assert_cmpstr (item->uid, ==, uid);
  g_autofree char *text = dup_string (item->bytes);
  g_autofree char *expected
      = g_strconcat ("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//turnus//turnus//EN\n", inner,
                     "END:VCALENDAR\n", NULL);
  g_assert_cmpstr (text, ==, expected);
}

static void
test_splits (void)
{
  g_autoptr (GBytes) file = bytes_of (FILE_TEXT);

  g_autoptr (GPtrArray) items = split (file);

  g_assert_cmpuint (items->len, ==, 3);
  assert_item (items, 0, "a", CPH EVENT_A EXCEPTION_A);
  assert_item (items, 1, "b", OSLO EVENT_B);
  assert_item (items, 2, "t", TASK);
}

static void
test_items_are_items (void)
{
  g_autoptr (GPtrArray) names = sample_dup_names ();
  for (guint n = 0; n < names->len; n++)
    {
      g_autoptr (GBytes) file = sample_load (g_ptr_array_index (names, n));
      g_autoptr (TnZone) home = sample_home ();
      g_autoptr (TnEvent) whole = tn_reader_read (file, home, NULL);

      g_autoptr (GPtrArray) items = split (file);

      g_assert_cmpuint (items->len, ==, 1);
      const TnSplitItem *item = g_ptr_array_index (items, 0);
      g_autoptr (TnEvent) event = tn_reader_read (item->bytes, home, NULL);
      g_assert_nonnull (event);
      g_assert_cmpstr (item->uid, ==, whole->uid);
      for (guint f = 0; f < TN_N_FIELDS; f++)
        {
          g_autofree char *expected = tn_event_dup_field (whole, (TnField) f);
          sample_assert_field (event, (TnField) f, expected);
        }
    }
}

static void
test_method (void)
{
  g_autoptr (GBytes) file
      = bytes_of ("BEGIN:VCALENDAR\nMETHOD:REQUEST\n" EVENT_B "END:VCALENDAR\n");
  g_autoptr (GPtrArray) items = split (file);
  assert_item (items, 0, "b", "METHOD:REQUEST\n" EVENT_B);
}

static void
test_no_uid (void)
{
  g_autoptr (GBytes) file = bytes_of (HEAD "BEGIN:VEVENT\nDTSTART:20270518\nEND:VEVENT\n"
                                           "BEGIN:VEVENT\nUID:\xff\nEND:VEVENT\n" EVENT_B FOOT);
  g_autoptr (GPtrArray) items = split (file);
  g_assert_cmpuint (items->len, ==, 3);
  for (guint i = 0; i < 2; i++)
    {
      const TnSplitItem *item = g_ptr_array_index (items, i);
      g_assert_error (item->error, TN_ERROR, TN_ERROR_INVALID);
      g_assert_true (g_str_has_prefix (item->uid, "no-uid-"));
    }
  assert_item (items, 2, "b", EVENT_B);
}

static void
assert_replaced (const char *file_text, const char *uid, const char *item_text,
                 const char *expected)
{
  g_autoptr (GBytes) file = bytes_of (file_text);
  g_autoptr (GBytes) item = item_text == NULL ? NULL : bytes_of (item_text);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) new = tn_split_replace (file, uid, item, &error);
  g_assert_no_error (error);
  g_autofree char *text = dup_string (new);
  g_assert_cmpstr (text, ==, expected);
}

#define NEW_B "BEGIN:VEVENT\nUID:b\nDTSTART;TZID=Europe/Rome:20270518T120000\nEND:VEVENT\n"
#define ROME "BEGIN:VTIMEZONE\nTZID:Europe/Rome\nEND:VTIMEZONE\n"

static void
test_replaces (void)
{
  assert_replaced (FILE_TEXT, "b", "BEGIN:VCALENDAR\n" ROME OSLO NEW_B FOOT,
                   HEAD CPH ROME EVENT_A NEW_B OSLO TASK EXCEPTION_A FOOT);
  assert_replaced (FILE_TEXT, "a", "BEGIN:VCALENDAR\n" EVENT_A FOOT,
                   HEAD CPH EVENT_A EVENT_B OSLO TASK FOOT);
}

static void
test_adds (void)
{
  assert_replaced (HEAD TASK FOOT, "b", "BEGIN:VCALENDAR\n" OSLO EVENT_B FOOT,
                   HEAD OSLO TASK EVENT_B FOOT);
  assert_replaced (HEAD FOOT, "b", "BEGIN:VCALENDAR\n" OSLO EVENT_B FOOT, HEAD OSLO EVENT_B FOOT);
  assert_replaced ("", "t", "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t\nEND:VTODO\nEND:VCALENDAR\n",
                   "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//turnus//turnus//EN\r\n"
                   "BEGIN:VTODO\r\nUID:t\r\nEND:VTODO\r\nEND:VCALENDAR\r\n");
}

/* Hazard 68: CR and LF in one file would change what is a line. */
static void
test_line_ends (void)
{
  assert_replaced ("BEGIN:VCALENDAR\rEND:VCALENDAR\r", "t",
                   "BEGIN:VCALENDAR\r\nBEGIN:VTODO\r\nUID:t\r\nX:fol\r\n ded\r\nEND:VTODO\r\n"
                   "END:VCALENDAR\r\n",
                   "BEGIN:VCALENDAR\rBEGIN:VTODO\rUID:t\rX:fol\r ded\rEND:VTODO\r"
                   "END:VCALENDAR\r");
  assert_replaced ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "t",
                   "BEGIN:VCALENDAR\rBEGIN:VTODO\rUID:t\rEND:VTODO\rEND:VCALENDAR\r",
                   "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t\nEND:VTODO\nEND:VCALENDAR\n");
}

static void
test_removes (void)
{
  assert_replaced (FILE_TEXT, "a", NULL, HEAD CPH EVENT_B OSLO TASK FOOT);
  assert_replaced (FILE_TEXT, "nobody", NULL, FILE_TEXT);
  assert_replaced (FILE_TEXT, "x", NULL, FILE_TEXT); /* an alarm's UID is no item's */
}

/* Each item of each file put back as it came out: the file stays what it says. */
static void
test_same (void)
{
  g_autoptr (GBytes) file = bytes_of (HEAD CPH OSLO EVENT_A EVENT_B TASK FOOT);
  g_autoptr (GPtrArray) items = split (file);
  for (guint i = 0; i < items->len; i++)
    {
      const TnSplitItem *item = g_ptr_array_index (items, i);
      g_autoptr (GBytes) new = tn_split_replace (file, item->uid, item->bytes, NULL);
      g_assert_true (g_bytes_equal (new, file));
    }
}

static void
test_own_event (void)
{
  g_autoptr (GBytes) file = bytes_of (FILE_TEXT);
  g_autoptr (TnEvent) event = tn_event_new ("own@turnus");
  event->zone = sample_home ();
  event->when = tn_when_new_timed (tn_date_new (2027, 9, 14), 600, tn_date_new (2027, 9, 14), 900);
  g_autoptr (GBytes) written = tn_writer_write (event, SAMPLE_NOW_US);

  g_autoptr (GBytes) new = tn_split_replace (file, "own@turnus", written, NULL);
  g_autoptr (GPtrArray) items = split (new);

  g_assert_cmpuint (items->len, ==, 4);
  const TnSplitItem *item = g_ptr_array_index (items, 3);
  g_autoptr (TnEvent) read = tn_reader_read (item->bytes, event->zone, NULL);
  g_assert_true (tn_when_equal (&read->when, &event->when));
}

static void
assert_not_replaced (const char *file_text, const char *item_text, const char *why)
{
  g_autoptr (GBytes) file = bytes_of (file_text);
  g_autoptr (GBytes) item = bytes_of (item_text);
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_split_replace (file, "b", item, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, why));
}

static void
test_refuses (void)
{
  assert_not_replaced (HEAD, "BEGIN:VCALENDAR\n" EVENT_B FOOT, "cut short");
  assert_not_replaced (FILE_TEXT, "BEGIN:VCALENDAR\n" EVENT_A FOOT, "another UID");
  assert_not_replaced (FILE_TEXT, "BEGIN:VCALENDAR\n" EVENT_A EVENT_B FOOT, "second UID");
  assert_not_replaced (FILE_TEXT, "garbage", "no calendar");
}

/* Promise 3: an empty or cut file is not one without events. */
static void
test_doubtful (void)
{
  static const char *const texts[] = { "", "\n", "garbage\n", HEAD EVENT_B, "<html></html>\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) file = bytes_of (texts[i]);
      g_autoptr (GError) error = NULL;
      g_assert_null (tn_split_calendar (file, &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
    }
  g_autoptr (GBytes) empty = bytes_of (HEAD FOOT);
  g_autoptr (GPtrArray) items = split (empty);
  g_assert_cmpuint (items->len, ==, 0);
}

static void
test_too_big (void)
{
  gsize size = 50 * 1024 * 1024;
  g_autoptr (GBytes) file = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_split_calendar (file, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_LIMIT);
}

/* Ten thousand events: linear in the file, not in events times blocks or lines. */
static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (HEAD CPH OSLO);
  for (int i = 0; i < 10000; i++)
    g_string_append_printf (text,
                            "BEGIN:VEVENT\nUID:%d\nDTSTART;TZID=Europe/Oslo:20270518T100000\n"
                            "SUMMARY:Nummer %d\nEND:VEVENT\n",
                            i, i);
  g_string_append (text, FOOT);
  g_autoptr (GBytes) file = bytes_of (text->str);
  gint64 start_us = g_get_monotonic_time ();

  g_autoptr (GPtrArray) items = split (file);

  g_assert_cmpuint (items->len, ==, 10000);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 10 * G_USEC_PER_SEC);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/split/each-uid-is-a-calendar-with-its-zones", test_splits);
  g_test_add_func ("/ical/split/items-of-the-corpus-say-the-same", test_items_are_items);
  g_test_add_func ("/ical/split/hazard-73-message-stays-a-message", test_method);
  g_test_add_func ("/ical/split/without-uid-is-an-item-with-an-error", test_no_uid);
  g_test_add_func ("/ical/split/replaces-one-item-and-no-other-byte", test_replaces);
  g_test_add_func ("/ical/split/adds-before-the-end", test_adds);
  g_test_add_func ("/ical/split/hazard-68-item-takes-the-files-line-ends", test_line_ends);
  g_test_add_func ("/ical/split/removes-one-item", test_removes);
  g_test_add_func ("/ical/split/same-item-same-file", test_same);
  g_test_add_func ("/ical/split/own-event-goes-in-and-comes-out", test_own_event);
  g_test_add_func ("/ical/split/refuses-foreign-items", test_refuses);
  g_test_add_func ("/ical/split/doubtful-file-is-no-empty-calendar", test_doubtful);
  g_test_add_func ("/ical/split/hazard-70-refuses-50-mb", test_too_big);
  g_test_add_func ("/ical/split/ten-thousand-events-in-linear-time", test_many);
  return g_test_run ();
}
