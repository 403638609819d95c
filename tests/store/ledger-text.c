/* ledger.txt: readable, appended, complete, and nothing twice. */
#include "store/ledger-text.h"

#include "place.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  Place *place;
  char *path;
  GPtrArray *decisions; /* three, in order */
  char *lines[3];
  char *whole;
} Fixture;

static void
set_up (Fixture *f, gconstpointer unused)
{
  f->place = place_new ();
  f->path = g_build_filename (f->place, "ledger.txt", NULL);
  f->decisions = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  for (int i = 0; i < 3; i++)
    {
      TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
      draft.kind = TN_DECISION_SWAP;
      draft.on = tn_date_new (2026, 1, 1 + i);
      draft.by = "odense";
      draft.source = "command anna";
      draft.collaboration = "7by";
      draft.series = "studietur";
      draft.cycle = "2027";
      draft.other_cycle = "2028";
      draft.note = "first\nsecond [0123456789abcdef] æøå";
      g_ptr_array_add (f->decisions, tn_decision_new (&draft));
      f->lines[i] = tn_ledger_text_format (g_ptr_array_index (f->decisions, i));
    }
  f->whole = g_strconcat (f->lines[0], f->lines[1], f->lines[2], NULL);
}

static void
tear_down (Fixture *f, gconstpointer unused)
{
  g_ptr_array_unref (f->decisions);
  for (int i = 0; i < 3; i++)
    g_free (f->lines[i]);
  g_free (f->whole);
  g_free (f->path);
  place_remove (f->place);
}

static void
complete (Fixture *f, const char *expected)
{
  g_autoptr (GError) error = NULL;
  tn_ledger_text_complete (f->path, f->decisions, &error);
  g_assert_no_error (error);
  g_autofree char *text = place_read (f->place, "ledger.txt");
  g_assert_cmpstr (text, ==, expected);
}

static void
test_line_is_one_line (Fixture *f, gconstpointer unused)
{
  const TnDecision *decision = g_ptr_array_index (f->decisions, 0);
  g_autofree char *expected = g_strdup_printf (
      "2026-01-01 %s 7by/studietur/2027: swap with 2028; by odense; source command anna; "
      "note first\\x0asecond [0123456789abcdef] æøå\n",
      decision->id);
  g_assert_cmpstr (f->lines[0], ==, expected);
}

static void
test_missing_file_is_made (Fixture *f, gconstpointer unused)
{
  complete (f, f->whole);
  complete (f, f->whole);
}

static void
test_append_adds_lines (Fixture *f, gconstpointer unused)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  for (int i = 0; i < 3; i++)
    {
      g_ptr_array_set_size (one, 0);
      g_ptr_array_add (one, g_ptr_array_index (f->decisions, i));
      g_assert_true (tn_ledger_text_append (f->path, one, NULL));
    }
  g_autofree char *text = place_read (f->place, "ledger.txt");
  g_assert_cmpstr (text, ==, f->whole);
}

/* Killed while it wrote: at every byte of the last line the rest is made up for, and nothing is
 * doubled.
 */
static void
test_file_cut_at_every_byte_is_completed (Fixture *f, gconstpointer unused)
{
  for (gsize i = strlen (f->whole) - strlen (f->lines[2]) - 2; i <= strlen (f->whole); i++)
    {
      g_autofree char *cut = g_strndup (f->whole, i);
      place_write (f->place, "ledger.txt", cut);
      complete (f, f->whole);
    }
}

static void
test_line_missing_in_the_middle_is_added_at_the_end (Fixture *f, gconstpointer unused)
{
  g_autofree char *hole = g_strconcat (f->lines[0], f->lines[2], NULL);
  g_autofree char *expected = g_strconcat (hole, f->lines[1], NULL);
  place_write (f->place, "ledger.txt", hole);
  complete (f, expected);
}

static void
test_what_people_wrote_stays (Fixture *f, gconstpointer unused)
{
  g_autofree char *expected
      = g_strconcat ("# our ledger\n", f->lines[1], "unfinished\n", f->lines[0], f->lines[2], NULL);
  g_autofree char *text = g_strconcat ("# our ledger\n", f->lines[1], "unfinished", NULL);
  place_write (f->place, "ledger.txt", text);
  complete (f, expected);
}

static void
test_blanked_note_goes (Fixture *f, gconstpointer unused)
{
  TnDecisionDraft draft = tn_decision_to_draft (g_ptr_array_index (f->decisions, 1));
  draft.note = NULL;
  TnDecision *blanked = tn_decision_new (&draft);
  g_autofree char *line = tn_ledger_text_format (blanked);
  g_autofree char *before = g_strconcat ("by hand; note mine\n", f->whole, NULL);
  g_autofree char *after
      = g_strconcat ("by hand; note mine\n", f->lines[0], line, f->lines[2], NULL);
  place_write (f->place, "ledger.txt", before);
  tn_decision_unref (f->decisions->pdata[1]);
  f->decisions->pdata[1] = blanked;

  complete (f, after);

  g_assert_null (strstr (line, "first"));
}

static void
test_append_closes_an_open_line (Fixture *f, gconstpointer unused)
{
  place_write (f->place, "ledger.txt", "unfinished");
  g_assert_true (tn_ledger_text_append (f->path, f->decisions, NULL));
  g_autofree char *expected = g_strconcat ("unfinished\n", f->whole, NULL);
  g_autofree char *text = place_read (f->place, "ledger.txt");
  g_assert_cmpstr (text, ==, expected);
}

/* An id in a note is at no id's place. */
static void
test_id_in_a_note_counts_for_nothing (Fixture *f, gconstpointer unused)
{
  const TnDecision *decision = g_ptr_array_index (f->decisions, 0);
  g_autofree char *fake = g_strdup_printf ("a note that names %s\n", decision->id);
  g_autofree char *expected = g_strconcat (fake, f->whole, NULL);
  place_write (f->place, "ledger.txt", fake);
  complete (f, expected);
}

/* A power cut can leave zeros where the end of the file should be. */
static void
test_zeros_hide_nothing (Fixture *f, gconstpointer unused)
{
  gsize length = strlen (f->lines[0]);
  g_autofree char *bytes = g_malloc0 (length + 9);
  memcpy (bytes, f->lines[0], length);
  bytes[length + 8] = '\n';
  g_assert_true (g_file_set_contents (f->path, bytes, (gssize) length + 9, NULL));
  g_assert_true (tn_ledger_text_complete (f->path, f->decisions, NULL));
  g_autofree char *text = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (f->path, &text, &size, NULL));
  g_assert_cmpuint (size, ==, strlen (f->whole) + 9);
  g_assert_cmpstr (text + length + 9, ==, f->whole + length);
}

static void
test_symbolic_link_is_not_followed (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *target = g_build_filename (f->place, "target", NULL);
  g_assert_cmpint (symlink (target, f->path), ==, 0);
  g_assert_false (tn_ledger_text_append (f->path, f->decisions, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_false (place_has (f->place, "target"));
}

/* Opened without care, a FIFO would hold the daemon until somebody writes into it. */
static void
test_fifo_is_refused_at_once (Fixture *f, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
  g_assert_false (tn_ledger_text_complete (f->path, f->decisions, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
  g_test_add ("/store/ledger-text/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("line-is-one-line", test_line_is_one_line);
  ADD ("missing-file-is-made", test_missing_file_is_made);
  ADD ("append-adds-lines", test_append_adds_lines);
  ADD ("file-cut-at-every-byte-is-completed", test_file_cut_at_every_byte_is_completed);
  ADD ("line-missing-in-the-middle-is-added-at-the-end",
       test_line_missing_in_the_middle_is_added_at_the_end);
  ADD ("what-people-wrote-stays", test_what_people_wrote_stays);
  ADD ("a-blanked-note-goes-and-nothing-else", test_blanked_note_goes);
  ADD ("append-closes-an-open-line", test_append_closes_an_open_line);
  ADD ("id-in-a-note-counts-for-nothing", test_id_in_a_note_counts_for_nothing);
  ADD ("zeros-hide-nothing", test_zeros_hide_nothing);
  ADD ("symbolic-link-is-not-followed-hazard-107", test_symbolic_link_is_not_followed);
  ADD ("fifo-is-refused-at-once", test_fifo_is_refused_at_once);
#undef ADD
  return g_test_run ();
}
