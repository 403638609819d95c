/* What has moved since a plan was kept, as people are told it. */
#include "ctl/stale.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/error.h"

/* A plan with one charter, one entry of the ledger, and one change of one calendar. */
static const char PLAN[]
    = "{ \"turnus_plan\": 1, \"council\": \"odense\", \"meant\": [], \"digest\": \"d1\","
      "  \"rulebook\": { \"digest\": \"r1\", \"waiting\": null, \"charters\": ["
      "    { \"collaboration\": \"7by\", \"edition\": 1, \"digest\": \"c1\" } ] },"
      "  \"ledger\": [ { \"id\": \"e1\", \"text\": \"2026-11-01 e1 7by/erfa/2027: date\" } ],"
      "  \"calendars\": [ { \"calendar\": \"egen\", \"problem\": null, \"changes\": ["
      "    { \"sign\": \"~\", \"uid\": \"u1\", \"label\": \"Erfa 2027-09-14\", \"item\": \"a.ics\","
      "      \"fields\": [ { \"field\": \"where\", \"before\": \"x\", \"after\": \"y\" } ] } ] } ],"
      "  \"footing\": [ { \"calendar\": \"egen\", \"digest\": \"f1\", \"entries\": ["
      "    { \"uid\": \"u1\", \"label\": \"Erfa 2027-09-14\", \"revision\": \"v1\","
      "      \"base\": \"b1\" } ], \"edits\": [] } ] }";

static JsonNode *
load (const char *text, GError **error)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("stale-XXXXXX.json", &path, NULL);
  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  JsonNode *plan = tn_stale_load_plan (path, error);
  g_unlink (path);
  return plan;
}

static JsonNode *
load_changed (const char *old, const char *new)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = g_strsplit (PLAN, old, -1);
  g_autofree char *text = g_strjoinv (new, parts);
  JsonNode *plan = load (text, &error);
  g_assert_no_error (error);
  return plan;
}

/* Of PLAN and PLAN with @new for @old, the one sentence that tells the difference. */
static char *
tell (const char *old, const char *new)
{
  g_autoptr (JsonNode) then = load_changed ("{", "{");
  g_autoptr (JsonNode) now = load_changed (old, new);
  g_autoptr (GPtrArray) moves
      = tn_stale_list_moves (json_node_get_object (then), json_node_get_object (now));
  g_assert_cmpuint (moves->len, ==, 1);
  return g_strdup (g_ptr_array_index (moves, 0));
}

static void
assert_told (const char *old, const char *new, const char *expected)
{
  g_autofree char *told = tell (old, new);
  g_assert_cmpstr (told, ==, expected);
}

static void
test_nothing_moved (void)
{
  g_autoptr (JsonNode) then = load_changed ("{", "{");
  g_autoptr (JsonNode) now = load_changed ("{", "{");

  g_autoptr (GPtrArray) moves
      = tn_stale_list_moves (json_node_get_object (then), json_node_get_object (now));

  g_assert_cmpuint (moves->len, ==, 0);
}

static void
test_charters (void)
{
  assert_told ("\"edition\": 1", "\"edition\": 2", "charter 7by: edition 1 then, 2 now");
  assert_told ("c1", "c2", "charter 7by: its text has changed (edition 1)");
  assert_told ("r1", "r2", "charters and holidays: they have changed");
  assert_told ("\"waiting\": null", "\"waiting\": \"r2\"",
               "charters and holidays: another new edition waits for apply");
}

static void
test_ledger (void)
{
  assert_told ("\"ledger\": [", "\"ledger\": [ { \"id\": \"e2\", \"text\": \"moved\" },",
               "ledger: a new entry: moved");
}

static void
test_events (void)
{
  assert_told ("\"after\": \"y\"", "\"after\": \"z\"",
               "calendar egen: Erfa 2027-09-14: what stands there or is to stand there has "
               "changed");
  assert_told ("v1", "v2", "calendar egen: Erfa 2027-09-14: the entry was written to");
  assert_told ("b1", "b2", "calendar egen: Erfa 2027-09-14: the entry was written to");
  assert_told ("\"edits\": []",
               "\"edits\": [ { \"id\": \"p\", \"label\": \"Erfa\", \"what\": \"date\","
               " \"value\": \"2027-09-21\" } ]",
               "calendar egen: Erfa: somebody changed there: date 2027-09-21");
  assert_told ("\"problem\": null", "\"problem\": \"it does not answer\"",
               "calendar egen: it does not answer");
}

static void
test_a_file_that_was_written_in (void)
{
  assert_told ("d1", "d2", "the file: it was changed after the plan was made");
  assert_told ("f1", "f2", "calendar egen: something there has changed");
}

static void
test_what_is_no_plan (void)
{
  static const char *const texts[]
      = { "",
          "[]",
          "{}",
          "{ \"turnus_plan\": 2 }",
          "{ \"turnus_plan\": 1, \"meant\": [] }",
          "{ \"turnus_plan\": 1, \"meant\": [], \"rulebook\": { \"charters\": [ 1 ] },"
          " \"calendars\": [], \"ledger\": [], \"footing\": [] }",
          "{ \"turnus_plan\": 1, \"meant\": [], \"rulebook\": { \"charters\": [] },"
          " \"calendars\": [ {} ], \"ledger\": [], \"footing\": [] }" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (load (texts[i], &error));
      g_assert_true (tn_error_is_invalid (error));
      g_assert_nonnull (strstr (error->message, "turnusctl plan -o"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/stale/a-plan-that-holds-is-not-stale", test_nothing_moved);
  g_test_add_func ("/ctl/stale/a-charter-is-named-by-its-edition", test_charters);
  g_test_add_func ("/ctl/stale/an-entry-of-the-ledger-is-named", test_ledger);
  g_test_add_func ("/ctl/stale/an-event-is-named-by-title-and-date", test_events);
  g_test_add_func ("/ctl/stale/a-file-that-was-written-in-is-no-plan",
                   test_a_file_that_was_written_in);
  g_test_add_func ("/ctl/stale/what-is-no-plan-is-refused", test_what_is_no_plan);
  return g_test_run ();
}
