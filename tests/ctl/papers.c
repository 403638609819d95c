/* tests/ctl/papers.c — what a question is answered from */
#include "ctl/papers.h"

#include "base/error.h"
#include "ctl/command.h"
#include "store/store.h"

#include <glib/gstdio.h>
#include <string.h>

static int
run_nothing (TnCall *call)
{
  return TN_EXIT_DONE;
}

static const TnCommand COMMAND
    = { .name = "try", .arguments = "", .summary = "", .help = "", .run = run_nothing };

typedef struct
{
  char *folder; /* (owned) temporary: settings, a charter, holidays, a state */
  char *config; /* (owned) */
  char *state;  /* (owned) */
  FILE *err;    /* (owned) */
} Fixture;

static char *
dup_source (const char *path)
{
  g_autofree char *full = g_build_filename (g_getenv ("TURNUS_SOURCE"), path, NULL);
  char *text = NULL;
  g_assert_true (g_file_get_contents (full, &text, NULL, NULL));
  return text;
}

static void
write_text (const Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *charter = dup_source ("conf/charters/7by.conf");
  g_autofree char *holidays = dup_source ("conf/holidays/dk.conf");
  fixture->folder = g_dir_make_tmp ("turnus-papers-XXXXXX", NULL);
  fixture->config = g_build_filename (fixture->folder, "turnus.conf", NULL);
  fixture->state = g_build_filename (fixture->folder, "state", NULL);
  fixture->err = tmpfile ();
  g_autofree char *beside = g_build_filename (fixture->folder, "holidays", NULL);
  g_assert_cmpint (g_mkdir (beside, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->state, 0700), ==, 0);
  write_text (fixture, "7by.conf", charter);
  write_text (fixture, "holidays/dk.conf", holidays);
  write_text (
      fixture, "turnus.conf",
      "council = \"odense\"; charters = [ \"7by.conf\" ]; state = \"state\";\n"
      "calendars = ( { id = \"a\"; provider = \"file\"; path = \"a\"; shared = true; } );\n");
}

static void
remove_all (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  for (const char *name = dir != NULL ? g_dir_read_name (dir) : NULL; name != NULL;
       name = g_dir_read_name (dir))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_all (child);
    }
  g_remove (path);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  remove_all (fixture->folder);
  fclose (fixture->err);
  g_free (fixture->folder);
  g_free (fixture->config);
  g_free (fixture->state);
}

static TnPapers *
load (const Fixture *fixture, const char *option, const char *value, GError **error)
{
  const char *const arguments[] = { option, value, "--today", "2026-11-22", NULL };
  g_autoptr (TnCall) call = tn_call_new (&COMMAND, stdout, fixture->err);
  g_assert_true (tn_call_read (call, arguments, NULL));
  return tn_papers_load (call, error);
}

/* Leaves the store open: only its caller knows how long it is needed. */
static TnStore *
decide_date (const Fixture *fixture, const char *date)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_DATE;
  draft.on = tn_date_new (2026, 11, 1);
  draft.by = "esbjerg";
  draft.role = "host";
  draft.source = "command anna";
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.value = date;
  draft.confirmed = TRUE;
  g_autoptr (TnDecision) decision = tn_decision_new (&draft);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnStore) store = tn_store_open_sqlite (fixture->state, &error);
  g_assert_no_error (error);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_append_decision (batch, decision);
  g_assert_true (tn_store_commit (store, batch, &error));
  g_assert_no_error (error);
  return g_steal_pointer (&store);
}

static char *
dup_start (const TnPapers *papers)
{
  TnCycle cycle;
  g_assert_true (tn_cycle_parse ("2027", &cycle, NULL));
  g_autoptr (TnPlan) plan = tn_papers_plan_cycle (papers, &cycle, &cycle);
  const TnOccurrence *occurrence = tn_plan_find (plan, "7by", "studietur", "2027", NULL);
  g_assert_nonnull (occurrence);
  return tn_date_to_string (occurrence->when.days.start);
}

static void
test_ledger_counts (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (TnStore) store = decide_date (fixture, "2027-05-27");
  g_clear_object (&store);
  g_autoptr (GError) error = NULL;

  g_autoptr (TnPapers) papers = load (fixture, "--config", fixture->config, &error);

  g_assert_no_error (error);
  g_autofree char *start = dup_start (papers);
  g_assert_cmpstr (start, ==, "2027-05-27");
  g_assert_cmpint (ftell (fixture->err), ==, 0);
}

/* A date that lies years from its cycle is found all the same. */
static void
test_moved_far (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (TnStore) store = decide_date (fixture, "2034-05-27");
  g_clear_object (&store);

  g_autoptr (TnPapers) papers = load (fixture, "--config", fixture->config, NULL);

  g_autofree char *start = dup_start (papers);
  g_assert_cmpstr (start, ==, "2034-05-27");
}

/* The daemon holds its store: the answer comes from the charter, and says so. */
static void
test_held_store (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (TnStore) store = decide_date (fixture, "2027-05-27");

  g_autoptr (TnPapers) papers = load (fixture, "--config", fixture->config, NULL);

  g_autofree char *start = dup_start (papers);
  char warning[512] = "";
  rewind (fixture->err);
  g_assert_nonnull (fgets (warning, sizeof warning, fixture->err));
  g_assert_cmpstr (start, ==, "2027-05-18");
  g_assert_true (g_str_has_prefix (warning, "turnusctl: warning: the ledger is not read"));
}

/* What the daemon last took over is what an edition is measured against. */
static void
test_before (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = dup_source ("conf/charters/7by.conf");
  g_autofree char *holidays = dup_source ("conf/holidays/dk.conf");
  g_autoptr (GPtrArray) files
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_source_file_free);
  g_ptr_array_add (files, tn_source_file_new ("7by.conf", text));
  g_ptr_array_add (files, tn_source_file_new ("dk.conf", holidays));
  g_autoptr (TnStore) store = tn_store_open_sqlite (fixture->state, NULL);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_put_rulebook (batch, "0", files);
  g_assert_true (tn_store_commit (store, batch, NULL));
  g_clear_object (&store);

  g_autoptr (TnPapers) papers = load (fixture, "--config", fixture->config, NULL);

  g_assert_nonnull (papers->before);
  g_assert_cmpint (tn_rulebook_find_collaboration (papers->before, "7by")->edition, ==, 1);
}

static void
test_no_state_is_made (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (TnPapers) papers = load (fixture, "--config", fixture->config, NULL);

  g_autofree char *start = dup_start (papers);
  g_autofree char *database = g_build_filename (fixture->state, "turnus.db", NULL);
  g_assert_cmpstr (start, ==, "2027-05-18");
  g_assert_false (g_file_test (database, G_FILE_TEST_EXISTS));
}

static void
test_folder_beside (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *charter = g_build_filename (fixture->folder, "7by.conf", NULL);

  g_autoptr (TnPapers) papers = load (fixture, "--charter", charter, NULL);

  g_assert_nonnull (tn_rulebook_find_holidays (papers->rulebook, "dk"));
  g_assert_null (papers->settings);
  g_assert_null (papers->before);
  g_assert_cmpint (papers->today, ==, tn_date_new (2026, 11, 22));
}

/* Settings and charter are read as one: a council that no charter knows is an error. */
static void
test_settings_against_charter (Fixture *fixture, gconstpointer user_data)
{
  write_text (
      fixture, "turnus.conf",
      "council = \"odnese\"; charters = [ \"7by.conf\" ]; state = \"state\";\n"
      "calendars = ( { id = \"a\"; provider = \"file\"; path = \"a\"; shared = true; } );\n");
  g_autoptr (GError) error = NULL;

  g_autoptr (TnPapers) papers = load (fixture, "--config", fixture->config, &error);

  g_assert_null (papers);
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "odnese"));
}

static void
test_last_years (Fixture *fixture, gconstpointer user_data)
{
  g_assert_cmpint (tn_papers_look_ahead (tn_date_new (2026, 11, 22), 2), ==,
                   tn_date_new (2028, 11, 22));
  g_assert_cmpint (tn_papers_look_ahead (tn_date_new (9998, 1, 1), 2), ==,
                   tn_date_new (9999, 12, 31));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ctl/papers/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("ledger-of-the-store-counts", test_ledger_counts);
  ADD ("cycle-is-found-wherever-it-was-moved", test_moved_far);
  ADD ("store-that-is-in-use-is-left-alone-and-said-so", test_held_store);
  ADD ("charter-that-was-in-force-is-known", test_before);
  ADD ("no-store-is-made-by-asking", test_no_state_is_made);
  ADD ("holidays-are-found-beside-the-charter", test_folder_beside);
  ADD ("settings-are-held-against-the-charter", test_settings_against_charter);
  ADD ("there-is-a-last-year", test_last_years);
  return g_test_run ();
}
