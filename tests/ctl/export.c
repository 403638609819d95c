/* tests/ctl/export.c — charter and ledger as one file: it can be read, and gives the same plan */
#include "charter/charter.h"
#include "ctl/charter-text.h"
#include "ctl/export.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;       /* (owned) temporary */
  char *holidays;     /* (owned) */
  TnPapers *papers;   /* (owned) */
  GPtrArray *entries; /* (owned) (element-type TnDecision) of the ledger */
} Fixture;

static TnRulebook *
read_charter (const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = tn_charter_load_files (
      (const char *const *) fixture->papers->charters, fixture->holidays, &error);
  g_assert_no_error (error);
  TnRulebook *rulebook = tn_charter_read (files, &error);
  g_assert_no_error (error);
  return rulebook;
}

static char *
dup_charter (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", "7by.conf", NULL);
  char *text = NULL;
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

/* Writes @text over the charter, and takes the papers up anew. */
static void
write_charter (Fixture *fixture, const char *text)
{
  g_assert_true (g_file_set_contents (fixture->papers->charters[0], text, -1, NULL));
  g_clear_pointer (&fixture->papers->rulebook, tn_rulebook_unref);
  g_clear_pointer (&fixture->papers->ledger, tn_ledger_unref);
  fixture->papers->rulebook = read_charter (fixture);
  g_autoptr (GPtrArray) decisions = tn_rulebook_list_decisions (fixture->papers->rulebook);
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  fixture->papers->ledger = tn_ledger_with (ledger, fixture->entries);
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("turnus-ctl-XXXXXX", NULL);
  fixture->holidays = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", NULL);
  fixture->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  fixture->papers = g_new0 (TnPapers, 1);
  fixture->papers->today = tn_date_new (2026, 11, 22);
  fixture->papers->charters = g_new0 (char *, 2);
  fixture->papers->charters[0] = g_build_filename (fixture->folder, "7by.conf", NULL);
  g_autofree char *text = dup_charter ();
  write_charter (fixture, text);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_unlink (fixture->papers->charters[0]);
  g_rmdir (fixture->folder);
  tn_papers_free (fixture->papers);
  g_ptr_array_unref (fixture->entries);
  g_free (fixture->holidays);
  g_free (fixture->folder);
}

static TnDecisionDraft
draft (TnDecisionKind kind, const char *series, const char *cycle, const char *value)
{
  TnDecisionDraft made = TN_DECISION_DRAFT_INIT;
  made.kind = kind;
  made.on = tn_date_new (2026, 10, 1);
  made.collaboration = "7by";
  made.series = series;
  made.cycle = cycle;
  made.value = value;
  made.by = "odense";
  made.role = "host";
  made.source = "command secretary";
  return made;
}

static void
decide (Fixture *fixture, TnDecisionDraft made)
{
  g_ptr_array_add (fixture->entries, tn_decision_new (&made));
  g_autoptr (TnLedger) before = fixture->papers->ledger;
  fixture->papers->ledger = tn_ledger_with (before, fixture->entries);
}

static TnExport *export(const Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  TnExport *made = tn_export_new (fixture->papers,
                                  g_ptr_array_index (fixture->papers->rulebook->collaborations, 0),
                                  fixture->holidays, &error);
  g_assert_no_error (error);
  return made;
}

/* All that the plan says, a line for each occurrence and each milestone. */
static char *
tell_plan (const TnPapers *papers)
{
  g_autoptr (TnPlan) plan
      = tn_papers_plan (papers, tn_span_new (tn_date_new (2017, 1, 1), tn_date_new (2040, 1, 1)));
  GString *told = g_string_new (NULL);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      g_autofree char *when = tn_when_to_string (&occurrence->when);
      g_string_append_printf (told, "%s %s %s %d %d %s %s %s\n", occurrence->uid, when,
                              occurrence->title, (int) occurrence->status, occurrence->is_placed,
                              occurrence->place, occurrence->theme, occurrence->text);
      for (guint j = 0; j < occurrence->turns->len; j++)
        {
          const TnTurn *turn = g_ptr_array_index (occurrence->turns, j);
          g_autofree char *councils = g_strjoinv (" ", turn->councils);
          g_string_append_printf (told, "  %s %s\n", turn->rule->name, councils);
        }
      for (guint j = 0; j < occurrence->milestones->len; j++)
        {
          const TnMilestone *milestone = g_ptr_array_index (occurrence->milestones, j);
          g_string_append_printf (told, "  %s %d %d\n", milestone->id, milestone->due,
                                  milestone->done);
        }
    }
  return g_string_free (told, FALSE);
}

/* Another council takes the file over, and has no ledger. */
static void
assert_same_plan (Fixture *fixture, const TnExport *made)
{
  g_autofree char *before = tell_plan (fixture->papers);
  g_ptr_array_set_size (fixture->entries, 0);
  write_charter (fixture, made->text);
  g_autofree char *after = tell_plan (fixture->papers);
  g_assert_cmpstr (before, ==, after);
}

static void
test_nothing (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = dup_charter ();
  g_autoptr (TnExport) made = export(fixture);

  g_assert_cmpstr (made->text, ==, text);
  g_assert_cmpint (made->edition, ==, 1);
  g_assert_cmpuint (made->added->len, ==, 0);
}

static void
test_all_kinds (Fixture *fixture, gconstpointer user_data)
{
  TnDecisionDraft moved = draft (TN_DECISION_DATE, "studietur", "2027", "2027-05-20..2027-05-21");
  moved.confirmed = TRUE;
  moved.note = "so \"it\" is\\was\nåh";
  moved.minutes = "referat 4";
  TnDecisionDraft swap = draft (TN_DECISION_SWAP, "studietur", "2028", NULL);
  swap.other_cycle = "2030";
  swap.council = "aarhus"; /* who agreed */
  TnDecisionDraft set = draft (TN_DECISION_SET, "studietur", "2031", "unchanged");
  set.council = "odense";
  TnDecisionDraft due = draft (TN_DECISION_DUE, "erfa", "2027", "2027-08-02");
  due.milestone = "indkaldelse";
  due.anchor = tn_date_new (2027, 9, 1);
  TnDecisionDraft done = draft (TN_DECISION_DONE, "erfa", "2027", "yes");
  done.milestone = "dagsorden";
  TnDecisionDraft leave = draft (TN_DECISION_LEAVE, NULL, NULL, NULL);
  leave.council = "esbjerg";
  leave.since = tn_date_new (2033, 1, 1);
  decide (fixture, moved);
  decide (fixture, swap);
  decide (fixture, set);
  decide (fixture, due);
  decide (fixture, done);
  decide (fixture, leave);
  decide (fixture, draft (TN_DECISION_CANCEL, "erfa", "2028", "yes"));
  decide (fixture, draft (TN_DECISION_POSTPONE, "studietur", "2029", "used"));
  decide (fixture, draft (TN_DECISION_THEME, "erfa", "2029", "havn og fisk"));
  decide (fixture, draft (TN_DECISION_TITLE, "erfa", "2030", "Møde {year}"));
  decide (fixture, draft (TN_DECISION_WHERE, "erfa", "2031", "Ribe"));
  decide (fixture,
          draft (TN_DECISION_PLACED, "erfa", "2027", "2027-09-01T10:00..2027-09-01T15:00"));

  g_autoptr (TnExport) made = export(fixture);

  g_assert_cmpuint (made->left_out->len, ==, 0);
  g_assert_cmpuint (made->added->len, ==, 12);
  g_assert_cmpint (made->edition, ==, 2);
  g_assert_nonnull (strstr (made->text, "edition = 2; "));
  g_assert_null (strstr (made->text, "secretary")); /* who typed it is nobody's business */
  assert_same_plan (fixture, made);
}

/* Nothing of what people wrote is gone, but the number and what a comma needs. */
static void
test_bytes (Fixture *fixture, gconstpointer user_data)
{
  static const char number[] = "edition = 1;";
  g_autofree char *text = dup_charter ();
  const char *edition = strstr (text, number) + strlen (number);
  const char *end = strstr (text, "\n  );\n};");
  decide (fixture, draft (TN_DECISION_THEME, "erfa", "2029", "havn"));

  g_autoptr (TnExport) made = export(fixture);

  g_autofree char *kept = g_strndup (edition, (gsize) (end - edition));
  g_assert_nonnull (strstr (made->text, kept));
  g_assert_true (g_str_has_suffix (
      made->text, "note = \"holdt i København\"; },\n    { on = \"2026-10-01\"; series = \"erfa\"; "
                  "cycle = \"2029\"; theme = \"havn\"; by = \"odense\"; }\n  );\n};\n"));
}

/* The others take the file over; this council too, and exports again: nothing is added twice. */
static void
test_twice (Fixture *fixture, gconstpointer user_data)
{
  decide (fixture, draft (TN_DECISION_THEME, "erfa", "2029", "havn"));
  g_autoptr (TnExport) first = export(fixture);
  write_charter (fixture, first->text); /* the ledger still has it, with its role */

  g_autoptr (TnExport) second = export(fixture);

  g_assert_cmpstr (second->text, ==, first->text);
  g_assert_cmpuint (second->added->len, ==, 0);
  g_assert_cmpint (second->edition, ==, 2);
}

/* On one day the charter said one thing and a command another: two of a day cannot both stand. */
static void
test_same_day (Fixture *fixture, gconstpointer user_data)
{
  const TnCollaboration *seven = g_ptr_array_index (fixture->papers->rulebook->collaborations, 0);
  const TnDecision *written = g_ptr_array_index (seven->decisions, 2); /* 2023 */
  TnDecisionDraft moved = draft (TN_DECISION_DATE, "studietur", "2023", "2023-05-23");
  moved.on = written->on;
  moved.confirmed = TRUE;
  moved.replaces = written->id;
  decide (fixture, moved);

  g_autoptr (TnExport) made = export(fixture);

  g_assert_cmpuint (made->left_out->len, ==, 0);
  g_assert_null (strstr (made->text, "2023-05-16"));
  g_assert_nonnull (strstr (made->text, "date = \"2023-05-23\"; confirmed = true;"));
  assert_same_plan (fixture, made);
}

static void
test_left_out (Fixture *fixture, gconstpointer user_data)
{
  decide (fixture, draft (TN_DECISION_THEME, "kaffe", "2029", "havn"));
  decide (fixture, draft (TN_DECISION_THEME, "erfa", "2029", "havn"));

  g_autoptr (TnExport) made = export(fixture);

  const TnReason *reason = g_ptr_array_index (made->left_out, 0);
  g_assert_cmpuint (made->left_out->len, ==, 1);
  g_assert_cmpuint (made->added->len, ==, 1);
  g_assert_nonnull (strstr (reason->text, "theme kaffe/2029 is left out: "));
  g_assert_nonnull (strstr (reason->text, "unknown series 'kaffe'"));
}

/* The charter was changed and its edition forgotten: the daemon knows another of that number. */
static void
test_forgotten_edition (Fixture *fixture, gconstpointer user_data)
{
  fixture->papers->before = tn_rulebook_ref (fixture->papers->rulebook);
  g_autofree char *text = dup_charter ();
  g_auto (GStrv) parts = g_strsplit (text, "week 20", 2);
  g_autofree char *changed = g_strjoinv ("week 21", parts);
  write_charter (fixture, changed);

  g_autoptr (TnExport) made = export(fixture);

  g_assert_cmpint (made->edition, ==, 2);
  g_assert_nonnull (strstr (made->text, "edition = 2; "));
}

static void
assert_added (const char *text, const char *expected)
{
  g_autoptr (GPtrArray) groups = g_ptr_array_new ();
  g_ptr_array_add (groups, (gpointer) "{ a }");
  g_ptr_array_add (groups, (gpointer) "{ b }");
  g_autofree char *added = tn_charter_text_add (text, groups, NULL, 0);
  g_assert_cmpstr (added, ==, expected);
}

static void
test_shapes (void)
{
  assert_added (
      "collaboration = {\n  id = \"x\";\n};\n",
      "collaboration = {\n  id = \"x\";\n\n  decisions = (\n    { a },\n    { b }\n  );\n};\n");
  assert_added ("c = { decisions = ( ); };", "c = { decisions = ( \n    { a },\n    { b }\n); };");
  assert_added ("c = { decisions = (\n    { x = 1; } // why )\n  );\n};",
                "c = { decisions = (\n    { x = 1; }, // why )\n    { a },\n    { b }\n  );\n};");
  assert_added ("c = {\n  decisions = { x = \"}\"; };\n};",
                "c = {\n  decisions = ( { x = \"}\"; },\n    { a },\n    { b }\n  );\n};");
  /* a series may have a key of that name in a text, or in a comment */
  assert_added (
      "c = { s = ( { t = \"decisions = (\"; } ); /* decisions = ( */ };",
      "c = { s = ( { t = \"decisions = (\"; } ); /* decisions = ( */ \n\n  decisions = (\n"
      "    { a },\n    { b }\n  );\n};");
}

static void
test_edition (void)
{
  g_autofree char *text = tn_charter_text_set_edition (
      "// edition = 1\nc = { s = { edition = 4; }; edition = 9; x = 9; };", 10);
  g_assert_cmpstr (text, ==, "// edition = 1\nc = { s = { edition = 4; }; edition = 10; x = 9; };");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ctl/export/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("without-a-ledger-it-is-the-charter-itself", test_nothing);
  ADD ("every-kind-of-decision-gives-the-same-plan", test_all_kinds);
  ADD ("what-people-wrote-stays-byte-by-byte", test_bytes);
  ADD ("exported-twice-is-exported-once", test_twice);
  ADD ("of-two-on-one-day-the-one-in-force-stands", test_same_day);
  ADD ("what-no-charter-can-say-is-told", test_left_out);
  ADD ("forgotten-edition-is-raised", test_forgotten_edition);
  g_test_add_func ("/ctl/export/every-shape-of-a-list-grows", test_shapes);
  g_test_add_func ("/ctl/export/edition-is-the-charters-own", test_edition);
  return g_test_run ();
}
