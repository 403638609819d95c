/* Edits of foreign bytes: what was wished is there, and not one byte else has changed. */
#include "ical/edit.h"

#include "base/error.h"
#include "ical/reader.h"
#include "ical/writer.h"
#include "samples.h"

#include <string.h>

#define ALL_FIELDS ((1u << TN_N_FIELDS) - 1)

static char *
dup_string (GBytes *bytes)
{
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static GBytes *
edit (GBytes *bytes, const TnEvent *wished, guint fields)
{
  g_autoptr (GError) error = NULL;
  GBytes *edited = tn_writer_edit (bytes, wished, fields, SAMPLE_NOW_US, &error);
  g_assert_no_error (error);
  return edited;
}

static TnEvent *
read_item (GBytes *bytes)
{
  g_autoptr (TnZone) home = sample_home ();
  g_autoptr (GError) error = NULL;
  TnEvent *event = tn_reader_read (bytes, home, &error);
  g_assert_no_error (error);
  return event;
}

static void
set (char **text, const char *to)
{
  g_free (*text);
  *text = g_strdup (to);
}

static void
assert_edited (GBytes *old, GBytes *new, const TnEvent *wished, guint fields)
{
  g_autoptr (TnEvent) before = read_item (old);
  g_autoptr (TnEvent) after = read_item (new);
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_autofree char *expected
          = tn_event_dup_field ((fields & (1u << i)) != 0 ? wished : before, (TnField) i);
      sample_assert_field (after, (TnField) i, expected);
    }
  g_assert_cmpstr (after->key, ==, wished->key == NULL ? before->key : wished->key);
  g_assert_cmpstr (after->stamp, ==, wished->stamp == NULL ? before->stamp : wished->stamp);
  g_assert_cmpstr (after->placed, ==, wished->placed == NULL ? before->placed : wished->placed);
}

/* An edit may add the block of the home zone; where there was one it stays as it is. */
static void
assert_rest_untouched (GBytes *old, GBytes *new)
{
  g_autofree char *old_text = dup_string (old);
  gboolean had_block = strstr (old_text, "TZID:Europe/Copenhagen") != NULL;
  g_autofree char *before = sample_dup_rest (old, NULL);
  g_autofree char *after = sample_dup_rest (new, had_block ? NULL : "Europe/Copenhagen");
  g_assert_cmpstr (after, ==, before);
}

/* Promise 6, hazards 63, 65, 66. */
static void
test_corpus (void)
{
  g_autoptr (GPtrArray) names = sample_dup_names ();
  g_autoptr (GRand) random = sample_rand ();
  g_assert_cmpuint (names->len, >=, 15);
  for (guint n = 0; n < names->len; n++)
    for (guint fields = 0; fields <= ALL_FIELDS; fields++)
      {
        g_autoptr (GBytes) old = sample_load (g_ptr_array_index (names, n));
        g_autoptr (TnEvent) wished = sample_random_event (random);

        g_autoptr (GBytes) new = edit (old, wished, fields);

        assert_edited (old, new, wished, fields);
        assert_rest_untouched (old, new);
        g_autoptr (GBytes) again = edit (new, wished, fields);
        g_assert_true (again == new);
      }
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) names = sample_dup_names ();
  for (guint n = 0; n < names->len; n++)
    {
      g_autoptr (GBytes) old = sample_load (g_ptr_array_index (names, n));
      g_autoptr (TnEvent) wished = read_item (old);

      g_autoptr (GBytes) new = edit (old, wished, ALL_FIELDS);

      g_assert_true (new == old);
    }
}

static void
test_outlook_stays (void)
{
  g_autoptr (GBytes) old = sample_load ("outlook");
  g_autoptr (TnEvent) wished = read_item (old);
  wished->when = tn_when_move_to (&wished->when, tn_date_new (2027, 5, 19));

  g_autoptr (GBytes) new = edit (old, wished, 1u << TN_FIELD_WHEN);

  g_autofree char *text = dup_string (new);
  g_assert_nonnull (strstr (text, "\r\nDTSTART;TZID=Romance Standard Time:20270519T100000\r\n"));
  g_assert_nonnull (strstr (text, "\r\nDTEND;TZID=Romance Standard Time:20270519T160000\r\n"));
  g_assert_nonnull (strstr (text, "\r\nSEQUENCE:1\r\n"));
  g_assert_null (strstr (text, "Europe/Copenhagen"));
}

static void
test_google_gets_block (void)
{
  g_autoptr (GBytes) old = sample_load ("google");
  g_autoptr (TnEvent) wished = read_item (old);
  wished->when = tn_when_move_to (&wished->when, tn_date_new (2027, 6, 16));

  g_autoptr (GBytes) new = edit (old, wished, 1u << TN_FIELD_WHEN);

  g_autofree char *text = dup_string (new);
  g_assert_nonnull (strstr (text, "END:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
                                  "DTSTART;TZID=Europe/Copenhagen:20270616T090000\r\n"));
}

static void
test_to_all_day (void)
{
  g_autoptr (GBytes) old = sample_load ("lf-only");
  g_autoptr (TnEvent) wished = read_item (old);
  wished->when = tn_when_new_days (tn_date_new (2027, 9, 11), 2);

  g_autoptr (GBytes) new = edit (old, wished, 1u << TN_FIELD_WHEN);

  g_autofree char *text = dup_string (new);
  g_assert_nonnull (strstr (text, "\nDTSTART;VALUE=DATE:20270911\nDTEND;VALUE=DATE:20270913\n"));
  g_assert_null (strstr (text, "DURATION"));
  g_assert_null (strchr (text, '\r'));
}

static void
test_adds_before_alarm (void)
{
  g_autoptr (GBytes) old = sample_load ("apple");
  g_autoptr (TnEvent) wished = read_item (old);
  wished->status = TN_EVENT_CANCELLED;
  wished->stamp = g_strdup ("v1 by=odense ed=1 en=1 dg=0123 h=4567");

  g_autoptr (GBytes) new = edit (old, wished, 1u << TN_FIELD_STATUS);

  g_autofree char *text = dup_string (new);
  g_assert_nonnull (strstr (text, "STATUS:CANCELLED\r\nX-TURNUS-WROTE:v1 by=odense ed=1 en=1 "
                                  "dg=0123 h=4567\r\nBEGIN:VALARM\r\n"));
}

static void
test_journal_page (void)
{
  g_autoptr (GBytes) old = sample_load ("apple");
  g_autoptr (TnEvent) wished = read_item (old);
  set (&wished->ledger, "v1 by=odense d=0123456789abcdef.aGVq");
  g_autoptr (GBytes) once = edit (old, wished, 0);
  set (&wished->ledger, "v1 by=odense d=fedcba9876543210.aGVq");

  g_autoptr (GBytes) twice = edit (once, wished, 0);

  g_autoptr (TnEvent) read = read_item (twice);
  g_assert_cmpstr (read->ledger, ==, "v1 by=odense d=fedcba9876543210.aGVq");
  g_autofree char *text = dup_string (twice);
  g_assert_null (strstr (text, "0123456789abcdef"));
}

static void
test_stamp_alone (void)
{
  g_autoptr (GBytes) old = sample_load ("turnus-by-radicale");
  g_autoptr (TnEvent) wished = read_item (old);
  set (&wished->stamp, "v1 by=aarhus ed=2 en=1 dg=0123 h=4567");

  g_autoptr (GBytes) new = edit (old, wished, ALL_FIELDS);

  g_autofree char *text = dup_string (new);
  g_assert_nonnull (strstr (text, "X-TURNUS-WROTE:v1 by=aarhus ed=2 en=1 dg=0123 h=4567\r\nEND"));
  g_assert_nonnull (strstr (text, "LAST-MODIFIED:20260707T070707Z\r\nSEQUENCE:0\r\n"));
}

/* Hazard 61. */
static void
test_sequence (void)
{
  g_autoptr (GBytes) old = sample_load ("google");
  g_autoptr (TnEvent) wished = read_item (old);
  set (&wished->title, "Et andet navn");

  g_autoptr (GBytes) new = edit (old, wished, 1u << TN_FIELD_TITLE);

  g_autofree char *text = dup_string (new);
  g_assert_nonnull (strstr (text, "\r\nSEQUENCE:2\r\n"));
  g_assert_nonnull (strstr (text, "\r\nLAST-MODIFIED:20260921T141320Z\r\n"));
}

static void
test_person_keeps_text (void)
{
  g_autoptr (GBytes) old = sample_event ("DTSTART;VALUE=DATE:20270518\n"
                                         "DESCRIPTION: Tag \\, hat \\n  med \\n\\n--- turnus ---\\n"
                                         "gammelt");
  g_autoptr (TnEvent) wished = read_item (old);
  set (&wished->note, "nyt");

  g_autoptr (GBytes) new = edit (old, wished, 1u << TN_FIELD_NOTE);

  g_autofree char *text = dup_string (new);
  g_assert_nonnull (
      strstr (text, "DESCRIPTION: Tag \\, hat \\n  med \\n\\n--- turnus ---\\nnyt\r\n"));
}

static void
test_stale_altrep (void)
{
  g_autoptr (GBytes) old
      = sample_event ("DTSTART;VALUE=DATE:20270518\n"
                      "SUMMARY;ALTREP=\"cid:a\";LANGUAGE=da;X-A=\"b;c:d\":Gammelt");
  g_autoptr (TnEvent) wished = read_item (old);
  set (&wished->title, "Nyt");

  g_autoptr (GBytes) new = edit (old, wished, 1u << TN_FIELD_TITLE);

  g_autofree char *text = dup_string (new);
  g_assert_nonnull (strstr (text, "\r\nSUMMARY;LANGUAGE=da;X-A=\"b;c:d\":Nyt\r\n"));
}

static void
test_second_location (void)
{
  g_autoptr (GBytes) old = sample_event ("DTSTART;VALUE=DATE:20270518\nLOCATION:Her\nX-A:b\n"
                                         "LOCATION:Der");
  g_autoptr (TnEvent) wished = read_item (old);
  set (&wished->where, "");

  g_autoptr (GBytes) new = edit (old, wished, 1u << TN_FIELD_WHERE);

  g_autoptr (TnEvent) now = read_item (new);
  g_assert_cmpstr (now->where, ==, "");
}

static void
test_big_attachment (void)
{
  g_autofree char *base64 = g_strnfill (5 * 1024 * 1024, 'A');
  g_autofree char *lines = g_strconcat ("DTSTART;VALUE=DATE:20270518\nSUMMARY:Bilag\n"
                                        "ATTACH;ENCODING=BASE64;VALUE=BINARY:",
                                        base64, NULL);
  g_autoptr (GBytes) old = sample_event (lines);
  g_autoptr (TnEvent) wished = read_item (old);
  set (&wished->title, "Med bilag");

  g_autoptr (GBytes) new = edit (old, wished, 1u << TN_FIELD_TITLE);

  assert_rest_untouched (old, new);
  g_assert_cmpuint (g_bytes_get_size (new), >, 5 * 1024 * 1024);
}

static void
assert_refused (GBytes *bytes, const char *why)
{
  g_autoptr (TnEvent) wished = tn_event_new ("sample@example.org");
  wished->when = tn_when_new_days (tn_date_new (2027, 5, 18), 1);
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_writer_edit (bytes, wished, ALL_FIELDS, SAMPLE_NOW_US, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, why));
}

/* Hazard 64. */
static void
test_refuses_damage (void)
{
  g_autoptr (GBytes) bytes
      = sample_event ("DTSTART;VALUE=DATE:20270518\n"
                      "X-LIC-ERROR;X-LIC-ERRORTYPE=VALUE-PARSE-ERROR:Can't parse DTEND");
  assert_refused (bytes, "X-LIC-ERROR");
}

static void
test_refuses_cut_text (void)
{
  g_autoptr (GBytes) bytes
      = sample_event ("DTSTART;VALUE=DATE:20270518\nDESCRIPTION:foerste linje\nanden linje");
  assert_refused (bytes, "line 8: no property");
}

static void
test_refuses_orphan (void)
{
  g_autoptr (GBytes) bytes
      = sample_event ("DTSTART;VALUE=DATE:20270518\nRECURRENCE-ID;VALUE=DATE:20270517");
  assert_refused (bytes, "exception of a series");
}

static void
test_refuses_bad_parameter (void)
{
  g_autoptr (GBytes) bytes
      = sample_event ("DTSTART;VALUE=DATE:20270518\nSUMMARY;LANGUAGE=\"da:uden ende");
  assert_refused (bytes, "no value");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/edit/hazards-63-65-66-corpus-changes-in-the-wished-fields-only",
                   test_corpus);
  g_test_add_func ("/ical/edit/what-stands-there-is-not-written-again", test_nothing);
  g_test_add_func ("/ical/edit/outlook-stays-in-its-own-zone-name", test_outlook_stays);
  g_test_add_func ("/ical/edit/utc-becomes-local-with-its-block", test_google_gets_block);
  g_test_add_func ("/ical/edit/hazard-53-all-day-replaces-duration", test_to_all_day);
  g_test_add_func ("/ical/edit/hazard-65-new-lines-come-before-the-alarms", test_adds_before_alarm);
  g_test_add_func ("/ical/edit/page-of-a-journal-takes-its-place", test_journal_page);
  g_test_add_func ("/ical/edit/hazard-26-new-stamp-is-no-new-revision", test_stamp_alone);
  g_test_add_func ("/ical/edit/hazard-61-new-title-keeps-the-sequence", test_sequence);
  g_test_add_func ("/ical/edit/new-note-keeps-the-persons-text", test_person_keeps_text);
  g_test_add_func ("/ical/edit/stale-altrep-goes-other-parameters-stay", test_stale_altrep);
  g_test_add_func ("/ical/edit/second-location-goes-with-the-first", test_second_location);
  g_test_add_func ("/ical/edit/hazard-66-attachment-of-5-mb-is-kept", test_big_attachment);
  g_test_add_func ("/ical/edit/hazard-64-refuses-what-a-program-has-damaged", test_refuses_damage);
  g_test_add_func ("/ical/edit/refuses-a-text-that-was-cut", test_refuses_cut_text);
  g_test_add_func ("/ical/edit/hazard-55-refuses-an-exception-without-its-series",
                   test_refuses_orphan);
  g_test_add_func ("/ical/edit/refuses-quotes-without-end", test_refuses_bad_parameter);
  return g_test_run ();
}
