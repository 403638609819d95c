/* tests/ctl/against.c — recorded history beside what the rules give, asked of the real program */
#include "program.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;  /* (owned) temporary */
  char *record;  /* (owned) path in it */
  char *charter; /* (owned) the one that is shipped */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("turnus-ctl-XXXXXX", NULL);
  fixture->record = g_build_filename (fixture->folder, "history.tsv", NULL);
  fixture->charter
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", "7by.conf", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_unlink (fixture->record);
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->record);
  g_free (fixture->charter);
}

static Run *
replay (const Fixture *fixture, const char *record, const char *option)
{
  g_free (program_write (fixture->folder, "history.tsv", record));
  return program_run ("check", "--charter", fixture->charter, "--against", fixture->record, option,
                      NULL);
}

/* Source: charters.md section 1. */
static void
test_hits (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) run = replay (fixture,
                                "# what the councils' own pages say\n\n"
                                "studietur\t2018-05-03\tAalborg\r\n"
                                "7by/studietur\t2023-05-16\tkobenhavn\n"
                                "studietur\t2024-05-14\t-\n",
                                NULL);

  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->code, ==, 0);
  g_assert_true (g_str_has_prefix (run->out,
                                   "hit   7by/studietur/2018: 2018-05-03, Aalborg (by decision)\n"
                                   "hit   7by/studietur/2023: 2023-05-16, København (by decision)\n"
                                   "hit   7by/studietur/2024: 2024-05-14, holder unknown\n"));
  g_assert_nonnull (strstr (run->out, "7by/studietur/2021: not recorded; the rules give 2021-"));
  g_assert_null (strstr (run->out, "7by/studietur/2020")); /* put off: nothing to record */
  g_assert_true (g_str_has_suffix (run->out, "3 hits, 0 misses\n"));
}

static void
test_misses (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) run = replay (fixture,
                                "studietur\t2019-05-09\tEsbjerg\n"
                                "studietur\t2023-05-16\tOdense\n"
                                "studietur\t2017-05-16\tOdense\n",
                                NULL);

  g_assert_cmpint (run->code, ==, 3);
  g_assert_nonnull (strstr (run->out, "miss  7by/studietur/2019: 2019-05-09, Esbjerg; the rules "
                                      "give 2019-05-14, Esbjerg\n        date: window: "));
  g_assert_nonnull (strstr (run->out, "miss  7by/studietur/2023: 2023-05-16, Odense; the rules "
                                      "give 2023-05-16, København\n        host: rotation: "));
  g_assert_nonnull (strstr (run->out, "the rules give nothing: the series begins with 2018 [7by."));
  g_assert_true (g_str_has_suffix (run->out, "0 hits, 3 misses\n"));
}

/* 2020 was put off, and the record says that it was held. */
static void
test_decision (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) run = replay (fixture, "studietur\t2020-05-12\tRanders\n", NULL);

  g_assert_cmpint (run->code, ==, 3);
  g_assert_nonnull (strstr (run->out, "Randers, put off, cancelled\n"));
  g_assert_nonnull (strstr (run->out, "date: postpone: not held: put off, decided on 2020-04-02"));
}

/* A line that hits keeps its occurrence, whatever a wrong line before it is nearest to. */
static void
test_order (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) run = replay (fixture,
                                "studietur\t2023-05-09\tOdense\n"
                                "studietur\t2023-05-16\tKØBENHAVN\n",
                                NULL);

  g_assert_cmpint (run->code, ==, 3);
  g_assert_nonnull (strstr (run->out, "miss  7by/studietur: 2023-05-09, Odense; the rules give "
                                      "nothing near that day that no other line has"));
  g_assert_nonnull (strstr (run->out, "hit   7by/studietur/2023: 2023-05-16, København"));
}

static void
test_json (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) run = replay (fixture,
                                "studietur\t2023-05-16\tKøbenhavn\n"
                                "studietur\t2019-05-09\t-\n",
                                "--json");

  JsonObject *root = json_node_get_object (run->answer);
  JsonArray *rows = json_object_get_array_member (root, "rows");
  JsonObject *miss = json_array_get_object_element (rows, 1);
  g_assert_cmpint (run->code, ==, 3);
  g_assert_cmpint (json_object_get_int_member (root, "hits"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (miss, "line"), ==, 2);
  g_assert_false (json_object_get_boolean_member (miss, "hit"));
  g_assert_cmpstr (
      json_object_get_string_member (json_object_get_object_member (miss, "given"), "start"), ==,
      "2019-05-14");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (miss, "why_date")), >, 0);
}

static void
test_bad_lines (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) run = replay (fixture,
                                "studietur 2019-05-09 Odense\n"
                                "kaffe\t2019-05-09\tOdense\n"
                                "# a comment\n"
                                "erfa\t2019-13-01\tOdense\n"
                                "erfa\t2019-09-03\tBerlin\n"
                                "erfa\t0001-09-03\tOdense\n"
                                "erfa\t2019-09-03\tOdense,\n",
                                NULL);
  static const char *const expected[] = { ":1: 1 fields, expected series, date and holder",
                                          ":2: there is no series 'kaffe'",
                                          ":4: ",
                                          ":5: unknown council 'Berlin'",
                                          ":6: 0001-09-03 is not between the years",
                                          ":7: unknown council ''" };

  g_assert_cmpint (run->code, ==, 2);
  g_assert_cmpstr (run->out, ==, "");
  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *message = g_strconcat (fixture->record, expected[i], NULL);
      g_assert_nonnull (strstr (run->err, message));
    }
}

static void
test_bad_files (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) empty = replay (fixture, "# nothing\n", NULL);
  g_autoptr (Run) binary = replay (fixture, "erfa\t2019-09-03\t\377\n", NULL);
  g_autoptr (Run) absent = program_run ("check", "--charter", fixture->charter, "--against",
                                        "/nonexistent/history.tsv", NULL);
  g_autoptr (Run) both = replay (fixture, "erfa\t2019-09-03\t-\n", "--prose");

  g_assert_cmpint (empty->code, ==, 2);
  g_assert_nonnull (strstr (empty->err, ": no line, expected "));
  g_assert_cmpint (binary->code, ==, 2);
  g_assert_cmpint (absent->code, ==, 2);
  g_assert_nonnull (strstr (absent->err, "/nonexistent/history.tsv"));
  g_assert_cmpint (both->code, ==, 2);
  g_assert_nonnull (strstr (both->err, "--prose and --against are two answers"));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ctl/against/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("known-history-is-hit", test_hits);
  ADD ("miss-says-why-the-rules-give-something-else", test_misses);
  ADD ("miss-by-decision-names-the-decision", test_decision);
  ADD ("exact-line-chooses-first", test_order);
  ADD ("programs-get-json", test_json);
  ADD ("every-bad-line-is-told-with-file-and-line", test_bad_lines);
  ADD ("bad-files-are-told", test_bad_files);
  return g_test_run ();
}
