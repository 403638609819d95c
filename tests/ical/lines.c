/* The index: every byte belongs to one line, whatever the line ends; and hostile sizes. */
#include "ical/lines.h"

#include "base/error.h"
#include "samples.h"

#include <string.h>

static TnLines *
index_text (const char *text, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);
  return tn_lines_new (bytes, TN_LINES_MAX_IN_ITEM, error);
}

static void
assert_refused (const char *text, TnError code, const char *why)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (index_text (text, strlen (text), &error));
  g_assert_error (error, TN_ERROR, (gint) code);
  g_assert_nonnull (strstr (error->message, why));
}

static void
test_covers (void)
{
  g_autoptr (GPtrArray) names = sample_dup_names ();
  for (guint n = 0; n < names->len; n++)
    {
      g_autoptr (GBytes) bytes = sample_load (g_ptr_array_index (names, n));
      g_autoptr (TnLines) lines = tn_lines_new (bytes, TN_LINES_MAX_IN_ITEM, NULL);
      g_assert_nonnull (lines);
      gsize at = strcmp (g_ptr_array_index (names, n), "byte-order-mark") == 0 ? 3 : 0;
      for (guint i = 0; i < tn_lines_get_n (lines); i++)
        {
          g_assert_cmpuint (tn_lines_get (lines, i)->offset, ==, at);
          g_assert_cmpint (tn_lines_get (lines, i)->kind, !=, TN_LINE_BROKEN);
          at += tn_lines_get (lines, i)->length;
        }
      g_assert_cmpuint (at, ==, g_bytes_get_size (bytes));
    }
}

static void
test_components (void)
{
  g_autoptr (GBytes) bytes = sample_load ("apple");
  g_autoptr (TnLines) lines = tn_lines_new (bytes, TN_LINES_MAX_IN_ITEM, NULL);

  g_assert_cmpuint (tn_lines_get_n_components (lines), ==, 6);
  g_assert_cmpint (tn_lines_get_component (lines, 0)->parent, ==, -1);
  g_assert_cmpint (tn_lines_get_component (lines, 4)->kind, ==, TN_COMPONENT_VEVENT);
  g_assert_cmpint (tn_lines_get_component (lines, 5)->parent, ==, 4);
  g_assert_cmpuint (tn_lines_get_component (lines, 5)->depth, ==, 3);
  /* The alarm has a UID and a DESCRIPTION of its own; they are not the event's. */
  g_assert_cmpuint (tn_lines_count (lines, 4, TN_LINE_UID), ==, 1);
  g_assert_cmpint (tn_lines_find (lines, 4, TN_LINE_DESCRIPTION), ==, -1);
  g_assert_cmpint (tn_lines_find (lines, 5, TN_LINE_DESCRIPTION), >, 0);
}

static void
test_unfolds (void)
{
  static const char text[] = "BEGIN:VCALENDAR\r\nSUM\r\n\tMARY:M\xc3\r\n \xb8"
                             "de\r\r\n \r\n  her\nEND:VCALENDAR";
  g_autoptr (TnLines) lines = index_text (text, strlen (text), NULL);
  g_assert_nonnull (lines);

  g_autoptr (GString) line = tn_lines_dup_unfolded (lines, 1, 100);

  g_assert_cmpint (tn_lines_get (lines, 1)->kind, ==, TN_LINE_SUMMARY);
  g_assert_cmpstr (line->str, ==, "SUMMARY:Møde her");
  g_assert_cmpuint (tn_lines_get (lines, 1)->end_length, ==, 1);
  g_assert_cmpuint (tn_lines_get (lines, 2)->end_length, ==, 0);
  g_assert_cmpuint (tn_lines_get_number (lines, 2), ==, 7);
}

static void
test_broken (void)
{
  static const char text[] = "BEGIN:VCALENDAR\nno colon\n:no name\n\nBAD NAME:x\n"
                             "X-A.B_C;D=\"e:f\":g\nEND:VCALENDAR\n";
  g_autoptr (TnLines) lines = index_text (text, strlen (text), NULL);

  g_assert_cmpint (tn_lines_get (lines, 1)->kind, ==, TN_LINE_BROKEN);
  g_assert_cmpint (tn_lines_get (lines, 2)->kind, ==, TN_LINE_BROKEN);
  g_assert_cmpint (tn_lines_get (lines, 3)->kind, ==, TN_LINE_BLANK);
  g_assert_cmpint (tn_lines_get (lines, 4)->kind, ==, TN_LINE_BROKEN);
  g_assert_cmpint (tn_lines_get (lines, 5)->kind, ==, TN_LINE_OTHER);
}

/* Promise 3: what is cut short is no calendar with less in it. */
static void
test_refuses (void)
{
  assert_refused ("", TN_ERROR_INVALID, "no calendar");
  assert_refused ("\r\n\r\n", TN_ERROR_INVALID, "no calendar");
  assert_refused ("<html>", TN_ERROR_INVALID, "line 1: no calendar");
  assert_refused ("BEGIN:VCARD\nEND:VCARD\n", TN_ERROR_INVALID, "line 1: no calendar");
  assert_refused ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\n", TN_ERROR_INVALID, "cut short");
  assert_refused ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\n", TN_ERROR_INVALID,
                  "line 3: an END that ends nothing, expected END:VEVENT");
  assert_refused ("END:VCALENDAR\n", TN_ERROR_INVALID, "expected BEGIN:VCALENDAR");
}

static void
test_every_cut (void)
{
  g_autoptr (GBytes) bytes = sample_load ("outlook");
  gsize size = 0;
  const char *text = g_bytes_get_data (bytes, &size);
  gsize whole = size - strlen ("\r\n");
  for (gsize cut = 0; cut < whole; cut++)
    g_assert_null (index_text (text, cut, NULL));
  g_autoptr (TnLines) lines = index_text (text, whole, NULL);
  g_assert_nonnull (lines);
}

/* Hazard 70. */
static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\n");
  for (int i = 0; i < 1000; i++)
    g_string_append (text, "BEGIN:X\n");
  assert_refused (text->str, TN_ERROR_LIMIT, "more than 32 deep");
}

static void
test_size (void)
{
  gsize size = TN_LINES_MAX_BYTES + 1;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_lines_new (bytes, TN_LINES_MAX_IN_FILE, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_LIMIT);
}

static void
test_count (void)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\n");
  for (guint i = 0; i < TN_LINES_MAX_IN_ITEM; i++)
    g_string_append (text, "X:1\n");
  g_string_append (text, "END:VCALENDAR\n");
  assert_refused (text->str, TN_ERROR_LIMIT, "more than 200000 lines");
}

/* Many short folds, line ends and blanks: each byte is looked at a fixed number of times. */
static void
test_linear (void)
{
  static const char *const pieces[] = { "\r\n ", "\r", "X:1\r\n\t", "\n \n" };
  for (gsize p = 0; p < G_N_ELEMENTS (pieces); p++)
    {
      g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\nX:");
      while (text->len < 2 * 1024 * 1024)
        g_string_append (text, pieces[p]);
      g_string_append (text, "\nEND:VCALENDAR\n");
      gint64 start_us = g_get_monotonic_time ();
      g_autoptr (GBytes) bytes = g_bytes_new (text->str, text->len);
      g_autoptr (TnLines) lines = tn_lines_new (bytes, TN_LINES_MAX_IN_FILE, NULL);
      g_assert_nonnull (lines);
      /* A hundred times what it takes: quadratic work would take hours. */
      g_assert_cmpint (g_get_monotonic_time () - start_us, <, 20 * G_USEC_PER_SEC);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ical/lines/hazard-68-every-byte-is-in-one-line", test_covers);
  g_test_add_func ("/ical/lines/hazard-65-an-alarm-is-not-its-event", test_components);
  g_test_add_func ("/ical/lines/hazard-67-folds-inside-names-and-letters-are-undone", test_unfolds);
  g_test_add_func ("/ical/lines/hazard-64-what-is-no-property-is-told-apart", test_broken);
  g_test_add_func ("/ical/lines/refuses-what-is-no-whole-calendar", test_refuses);
  g_test_add_func ("/ical/lines/hazard-72-refuses-every-cut-of-a-calendar", test_every_cut);
  g_test_add_func ("/ical/lines/hazard-70-refuses-depth", test_depth);
  g_test_add_func ("/ical/lines/hazard-70-refuses-size", test_size);
  g_test_add_func ("/ical/lines/hazard-70-refuses-number", test_count);
  g_test_add_func ("/ical/lines/hazard-70-hostile-folds-take-linear-time", test_linear);
  return g_test_run ();
}
