/* A note is blanked, and nothing brings it back: the same of both stores. Design section 10. */
#include "store/sqlite.h"
#include "store/store.h"

#include "place.h"

#include <string.h>

typedef struct
{
  Place *place;   /* (owned) */
  TnStore *store; /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer is_memory)
{
  g_autoptr (GError) error = NULL;
  fixture->place = place_new ();
  fixture->store = GPOINTER_TO_INT (is_memory) ? tn_store_new_memory ()
                                               : tn_store_open_sqlite (fixture->place, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer is_memory)
{
  g_clear_object (&fixture->store);
  place_remove (fixture->place);
}

static TnDecision *
make_decision (const char *note)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = TN_DECISION_DATE;
  draft.on = tn_date_new (2026, 11, 1);
  draft.by = "odense";
  draft.source = "command anna";
  draft.note = note;
  draft.collaboration = "7by";
  draft.series = "studietur";
  draft.cycle = "2027";
  draft.value = "2027-05-18";
  return tn_decision_new (&draft);
}

static void
commit (Fixture *fixture, const TnBatch *batch)
{
  g_autoptr (GError) error = NULL;
  tn_store_commit (fixture->store, batch, &error);
  g_assert_no_error (error);
}

static void
append (Fixture *fixture)
{
  g_autoptr (TnDecision) decision = make_decision ("om fru Hansen");
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_append_decision (batch, decision);
  commit (fixture, batch);
}

static void
blank (Fixture *fixture)
{
  g_autoptr (TnDecision) decision = make_decision (NULL);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_blank_note (batch, decision);
  commit (fixture, batch);
}

static void
test_for_good (Fixture *fixture, gconstpointer unused)
{
  append (fixture);

  blank (fixture);
  append (fixture); /* it comes again, with its note */

  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (fixture->store, NULL);
  g_assert_cmpuint (ledger->len, ==, 1);
  const TnDecision *got = g_ptr_array_index (ledger, 0);
  g_assert_null (got->note);
  g_assert_cmpstr (got->value, ==, "2027-05-18");
}

static void
test_unknown (Fixture *fixture, gconstpointer unused)
{
  blank (fixture);

  g_autoptr (GPtrArray) ledger = tn_store_load_ledger (fixture->store, NULL);
  g_assert_cmpuint (ledger->len, ==, 0);
}

/* Promise 11: neither in the text for people nor in what the database has let go. */
static void
test_leaves_no_trace (Fixture *fixture, gconstpointer unused)
{
  append (fixture);
  g_autofree char *before = place_read (fixture->place, "ledger.txt");
  g_assert_nonnull (strstr (before, "fru Hansen"));

  blank (fixture);
  g_clear_object (&fixture->store);

  g_autofree char *after = place_read (fixture->place, "ledger.txt");
  g_assert_null (strstr (after, "fru Hansen"));
  g_assert_nonnull (strstr (after, "date 2027-05-18"));
  g_autofree char *path = g_build_filename (fixture->place, "turnus.db", NULL);
  g_autofree char *bytes = NULL;
  gsize size = 0;
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_null (memmem (bytes, size, "Hansen", strlen ("Hansen")));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test, memory)                                                                    \
  g_test_add ("/store/blanking/" name, Fixture, GINT_TO_POINTER (memory), set_up, test, tear_down)
  ADD ("memory/a-note-is-blanked-for-good", test_for_good, TRUE);
  ADD ("sqlite/a-note-is-blanked-for-good", test_for_good, FALSE);
  ADD ("memory/an-unknown-decision-is-not-added", test_unknown, TRUE);
  ADD ("sqlite/an-unknown-decision-is-not-added", test_unknown, FALSE);
  ADD ("sqlite/a-blanked-note-leaves-no-trace", test_leaves_no_trace, FALSE);
#undef ADD
  return g_test_run ();
}
