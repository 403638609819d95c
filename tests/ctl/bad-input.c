/* tests/ctl/bad-input.c — what people and their editors do to charters: never a crash or a hang.
 * Source: issue "The main job", section Bad input. */
#include "program.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *folder; /* (owned) temporary, with everything in it */
  char *text;   /* (owned) the charter as it is shipped */
  char *path;   /* (owned) of the copy */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("turnus-bad-XXXXXX", NULL);
  fixture->text = program_dup_source ("conf/charters/7by.conf");
  fixture->path = g_build_filename (fixture->folder, "7by.conf", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
      g_remove (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->text);
  g_free (fixture->path);
}

static Run *
check (const char *path)
{
  g_autofree char *holidays
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", NULL);
  gint64 start_us = g_get_monotonic_time ();
  Run *run = program_run ("check", "--charter", path, "--holidays", holidays, NULL);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 20 * G_USEC_PER_SEC);
  return run;
}

/* Exit code 2, nothing on stdout, and each line of stderr ours. */
static void
assert_refused (const Run *run, const char *pattern)
{
  g_auto (GStrv) lines = g_strsplit (run->err, "\n", -1);
  g_assert_cmpint (run->code, ==, 2);
  g_assert_cmpstr (run->out, ==, "");
  for (gsize i = 0; lines[i] != NULL && lines[i][0] != '\0'; i++)
    g_assert_true (g_str_has_prefix (lines[i], "turnusctl: "));
  if (!g_regex_match_simple (pattern, run->err, 0, 0))
    {
      g_test_message ("%s does not match: %s", pattern, run->err);
      g_test_fail ();
    }
}

static void
assert_change_refused (Fixture *fixture, const char *from, const char *to, const char *pattern)
{
  g_autofree char *changed = program_dup_changed (fixture->text, from, to);
  g_autofree char *path = program_write (fixture->folder, "7by.conf", changed);
  g_autoptr (Run) run = check (path);
  assert_refused (run, pattern);
}

static void
test_misspelt (Fixture *fixture, gconstpointer user_data)
{
  const char *studietur = "      every = \"year\";\n      first = \"2018\";\n"
                          "      window = { season = \"spring\"; };";

  assert_change_refused (fixture, studietur,
                         "      every = \"fortnigth\"; first = \"2018\";\n"
                         "      window = { season = \"spring\"; };",
                         "7by.conf:38: every = \"fortnigth\"");
  assert_change_refused (fixture, "      prefer = \"week 20\";", "      perfer = \"week 20\";",
                         "7by.conf:43: .*'perfer'.*'prefer'");
}

static void
test_impossible (Fixture *fixture, gconstpointer user_data)
{
  assert_change_refused (fixture, "date = \"2023-05-16\"", "date = \"2023-02-31\"",
                         "7by.conf:[0-9]+: .*2023-02-31");
  assert_change_refused (fixture, "window = { season = \"spring\"; };",
                         "window = { from = \"02-31\"; to = \"05-31\"; };", "7by.conf:40: .*02-31");
  assert_change_refused (fixture,
                         "rotation = [ \"randers\", \"odense\", \"kobenhavn\", \"aarhus\", "
                         "\"frederiksberg\", \"aalborg\", \"esbjerg\" ];",
                         "rotation = [ ];", "7by.conf:[0-9]+: .*rotation");
  assert_change_refused (fixture, "follows = \"studietur.host\"", "follows = \"studitur.host\"",
                         "7by.conf:[0-9]+: .*studitur");
  assert_change_refused (fixture, "council = \"aalborg\"; };", "council = \"alborg\"; };",
                         "7by.conf:[0-9]+: .*alborg");
}

static void
test_syntax (Fixture *fixture, gconstpointer user_data)
{
  assert_change_refused (fixture, "  edition = 1; ", "  edition = ; ", "7by.conf:15: ");
  assert_change_refused (fixture, "collaboration = {", "collaboration = ", "7by.conf:[0-9]+: ");
  assert_change_refused (fixture, "name = \"Randers\"",
                         "name = \"Ran\xff"
                         "ders\"",
                         "7by.conf:[0-9]+: not UTF-8");
}

/* Both mistakes come at once, by line. */
static void
test_all_at_once (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *one
      = program_dup_changed (fixture->text, "Europe/Copenhagen", "Europe/Kobenhavn");
  g_autofree char *both = program_dup_changed (one, "length = \"1 day\"", "lenght = \"1 day\"");
  g_autofree char *path = program_write (fixture->folder, "7by.conf", both);

  g_autoptr (Run) run = check (path);

  assert_refused (run, "7by.conf:17: .*Europe/Kobenhavn.*\n.*7by.conf:42: .*lenght");
}

static void
test_other_commands (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *changed
      = program_dup_changed (fixture->text, "Europe/Copenhagen", "Europe/Kobenhavn");
  g_autofree char *path = program_write (fixture->folder, "7by.conf", changed);

  g_autoptr (Run) list = program_run ("list", "--charter", path, "--json", NULL);
  g_autoptr (Run) hosts = program_run ("hosts", "studietur", "--charter", path, NULL);
  g_autoptr (Run) explain = program_run ("explain", "studietur/2027", "--charter", path, NULL);

  assert_refused (list, "7by.conf:17: ");
  assert_refused (hosts, "7by.conf:17: ");
  assert_refused (explain, "7by.conf:17: ");
}

static void
test_errors_as_json (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *changed
      = program_dup_changed (fixture->text, "Europe/Copenhagen", "Europe/Kobenhavn");
  g_autofree char *path = program_write (fixture->folder, "7by.conf", changed);

  g_autoptr (Run) run = program_run ("check", "--json", "--charter", path, NULL);

  JsonObject *root = json_node_get_object (run->answer);
  JsonArray *errors = json_object_get_array_member (root, "errors");
  g_assert_cmpint (run->code, ==, 2);
  g_assert_false (json_object_get_boolean_member (root, "ok"));
  g_assert_cmpuint (json_array_get_length (errors), >=, 1);
  g_assert_nonnull (strstr (json_array_get_string_element (errors, 0), "7by.conf:17: "));
}

static void
test_huge (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (GString) text = g_string_new (fixture->text);
  while (text->len < 10 * 1024 * 1024)
    g_string_append (text, "// a line that says nothing, so that the file gets long\n");
  g_autofree char *path = program_write (fixture->folder, "7by.conf", text->str);

  g_autoptr (Run) run = check (path);

  assert_refused (run, "7by.conf: it is larger than 64 KiB");
}

static void
test_no_plain_file (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) folder = check (fixture->folder);
  g_autoptr (Run) missing = check (fixture->path);
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe.conf", NULL);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_autoptr (Run) waiting = check (pipe);
  g_autoptr (Run) device = check ("/dev/zero");

  assert_refused (folder, "it is a folder");
  assert_refused (missing, "7by.conf: No such file");
  assert_refused (waiting, "it is a pipe");
  assert_refused (device, "expected a plain file");
}

static void
test_empty (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = program_write (fixture->folder, "7by.conf", "");
  g_autoptr (Run) empty = check (path);
  g_autofree char *same = program_write (fixture->folder, "7by.conf", "collaboration = { };");
  g_autoptr (Run) nothing = check (same);

  assert_refused (empty, "7by.conf");
  assert_refused (nothing, "7by.conf:1: ");
}

static void
test_cyclic_includes (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = program_write (fixture->folder, "7by.conf", "@include \"b.conf\"\n");
  g_autofree char *other = program_write (fixture->folder, "b.conf", "@include \"7by.conf\"\n");

  g_autoptr (Run) run = check (path);

  assert_refused (run, "(7by|b).conf:1: ");
  g_assert_nonnull (other);
}

static void
test_no_holidays (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = program_write (fixture->folder, "7by.conf", fixture->text);

  g_autoptr (Run) run
      = program_run ("check", "--charter", path, "--holidays", fixture->folder, NULL);

  assert_refused (run, "7by.conf:18: there are no holidays 'dk'");
}

static void
test_wrong_questions (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = program_write (fixture->folder, "7by.conf", fixture->text);
  g_autofree char *holidays
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", NULL);
#define ASK(...) program_run (__VA_ARGS__, "--charter", path, "--holidays", holidays, NULL)
  g_autoptr (Run) day = ASK ("list", "--today", "2027-02-31");
  g_autoptr (Run) backwards = ASK ("list", "--from", "2028-01-01", "--to", "2027-01-01");
  g_autoptr (Run) year = ASK ("holidays", "dk", "--from", "soon");
  g_autoptr (Run) kind = ASK ("holidays", "dk", "--kind", "bank");
  g_autoptr (Run) country = ASK ("holidays", "../holidays/dk");
  g_autoptr (Run) cycle = ASK ("hosts", "studietur", "--to", "2027-Q1");
  g_autoptr (Run) turned = ASK ("hosts", "studietur", "--from", "2027", "--to", "2026");
  g_autoptr (Run) early = ASK ("explain", "studietur/2017");
  g_autoptr (Run) both = ASK ("list", "--config", path);
  g_autoptr (Run) none = program_run ("frobnicate", NULL);
#undef ASK

  assert_refused (day, "--today: there is no day 2027-02-31");
  assert_refused (backwards, "--to 2027-01-01 is before the first day");
  assert_refused (year, "--from soon is no year");
  assert_refused (kind, "expected one of: public, observance, eve, school-break, election");
  assert_refused (country, "expected one of: dk, no, se");
  assert_refused (cycle, "'2027-Q1' is no cycle of studietur");
  assert_refused (turned, "the last cycle, 2026, is before the first, 2027");
  assert_refused (early, "the series begins with 2018");
  assert_refused (both, "give one of them");
  assert_refused (none, "there is no command `frobnicate`");
}

/* The far ends of the calendar are cycles too, if nobody can want them. */
static void
test_far_ends (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = program_write (fixture->folder, "7by.conf", fixture->text);
  g_autofree char *holidays
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", NULL);
#define ASK(...) program_run (__VA_ARGS__, "--charter", path, "--holidays", holidays, NULL)
  g_autoptr (Run) list = ASK ("list", "--from", "9999-01-01", "--json");
  g_autoptr (Run) early = ASK ("list", "--from", "0001-01-01", "--to", "0002-01-01", "--json");
  g_autoptr (Run) explain = ASK ("explain", "studietur/9998");
  g_autoptr (Run) late = ASK ("check", "--today", "9999-12-31");
#undef ASK

  g_assert_cmpuint (run_count (list), ==, 0);
  g_assert_cmpuint (run_count (early), ==, 0);
  assert_refused (explain, "there is no 7by/studietur/9998");
  g_assert_cmpint (late->code, ==, 0);
}

/* Four meetings with room for themselves alone need four days. */
static void
test_contradiction (Fixture *fixture, gconstpointer user_data)
{
  assert_change_refused (fixture, "window = { season = \"spring\"; };",
                         "window = { from = \"05-10\"; to = \"05-12\"; }; times = 4;",
                         "7by.conf:40: 4 times with 1 day between them need 4 days, and the window "
                         "has 3, expected a longer window");
}

static void
test_empty_ring (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *left = NULL;
  g_auto (GStrv) parts = g_strsplit (fixture->text, "from = \"200", -1);
  left = g_strjoinv ("to = \"2026\"; from = \"200", parts);
  g_autofree char *path = program_write (fixture->folder, "7by.conf", left);
  g_autoptr (Run) run = check (path);
  assert_refused (run, "7by.conf:[0-9]+: nobody in the ring of 'host' is a member after 2026-12-31 "
                       "and 'studietur' goes on, expected last = \"2026\"");
}

static void
test_late_decisions (Fixture *fixture, gconstpointer user_data)
{
  const char *first = "decisions = (";
  assert_change_refused (fixture, first,
                         "decisions = ( { on = \"2026-01-15\"; series = \"studietur\"; "
                         "cycle = \"2028\"; swap = \"2025\"; },",
                         "7by.conf:[0-9]+: 2025 was over on 2025-12-31, before this was decided on "
                         "2026-01-15, expected a cycle to come; who really had it is said with "
                         "set");
  assert_change_refused (fixture, first,
                         "decisions = ( { on = \"2023-06-01\"; series = \"studietur\"; "
                         "cycle = \"2023\"; postpone = \"kept\"; },",
                         "7by.conf:[0-9]+: 2023 was held on 2023-05-16 .charter 7by.conf:[0-9]+., "
                         "before this was decided on 2023-06-01, expected a cycle to come; one "
                         "that was not held is said with cancel");
}

static void
test_no_such_cycle (Fixture *fixture, gconstpointer user_data)
{
  const char *place = "      prefer = \"week 20\";";
  assert_change_refused (fixture, place,
                         "      prefer = \"week 20\"; themes = ( { cycle = \"2016\"; theme = "
                         "\"Natur\"; } );",
                         "7by.conf:43: cycle = \"2016\" is before the first cycle of 'studietur', "
                         "expected \"2018\" or later");
  assert_change_refused (fixture, place,
                         "      prefer = \"week 20\"; themes = ( { cycle = \"2027-Q1\"; theme = "
                         "\"Natur\"; } );",
                         "7by.conf:43: cycle = \"2027-Q1\" is no cycle of series 'studietur', "
                         "expected");
}

static void
test_template (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = program_write (
      fixture->folder, "t.conf",
      "template = { id = \"$id\"; name = \"$name\"; };\ninstances = (\n  { id = \"a\"; }\n);\n");
  g_autoptr (Run) run = check (path);
  assert_refused (run, "t.conf:[0-9]+: .*name.*expected");
}

static void
test_overlaps (Fixture *fixture, gconstpointer user_data)
{
  assert_change_refused (
      fixture, "from = \"2008\"",
      "membership = ( { from = \"2008\"; to = \"2012\"; }, { from = "
      "\"2010\"; } )",
      "7by.conf:[0-9]+: two periods of '.*' overlap, expected each to end before "
      "the next begins");
  assert_change_refused (fixture, "council = \"odense\"; }",
                         "terms = ( { from = \"2018\"; to = \"2022\"; council = \"odense\"; }, "
                         "{ from = \"2022\"; council = \"aarhus\"; } ); }",
                         "7by.conf:[0-9]+: two terms of 'venue' overlap, .*expected one to end "
                         "before the next begins");
}

#define EVENT                                                                                      \
  "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Lukket\r\nDTSTART;VALUE=DATE:20270518\r\n"           \
  "END:VEVENT\r\nEND:VCALENDAR\r\n"

static void
test_calendars (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *text = program_dup_changed (fixture->text, "holidays = [ \"dk\" ]",
                                               "holidays = [ \"dk\", \"lukket.ics\" ]");
  g_autofree char *path = program_write (fixture->folder, "7by.conf", text);
  g_autoptr (Run) missing = check (path);
  g_autofree char *closed = program_write (fixture->folder, "lukket.ics", EVENT);
  g_autoptr (Run) there = check (path);
  g_autofree char *holidays
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", NULL);
  g_autoptr (Run) days = program_run ("holidays", "lukket.ics", "--from", "2027", "--charter", path,
                                      "--holidays", holidays, "--json", NULL);
  g_autoptr (Run) unknown
      = program_run ("holidays", "andet.ics", "--charter", path, "--holidays", holidays, NULL);
  g_autofree char *broken = program_dup_changed (EVENT, "20270518", "2027-05-18");
  g_autofree char *same = program_write (fixture->folder, "lukket.ics", broken);
  g_autoptr (Run) wrong = check (path);

  assert_refused (missing, "7by.conf:18: there is no lukket.ics, expected it beside the charter");
  g_assert_cmpint (there->code, ==, 0);
  assert_refused (wrong, "lukket.ics:4: '2027-05-18' is no date or time");
  g_assert_cmpstr (closed, ==, same);
  g_assert_cmpuint (run_count (days), ==, 1);
  g_assert_nonnull (run_find (days, "date", "2027-05-18"));
  g_assert_nonnull (run_find (days, "name", "Lukket"));
  assert_refused (unknown, "neither charter nor settings name a file 'andet.ics'");
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ctl/bad-input/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("misspelt-word-is-shown-with-its-line", test_misspelt);
  ADD ("impossible-values-are-shown-with-their-line", test_impossible);
  ADD ("syntax-error-is-shown-with-its-line", test_syntax);
  ADD ("all-mistakes-come-at-once", test_all_at_once);
  ADD ("every-command-refuses-a-wrong-charter", test_other_commands);
  ADD ("check-gives-errors-to-programs-too", test_errors_as_json);
  ADD ("charter-of-10-mb-is-refused", test_huge);
  ADD ("what-is-no-plain-file-is-refused", test_no_plain_file);
  ADD ("empty-charter-is-refused", test_empty);
  ADD ("cyclic-includes-are-refused", test_cyclic_includes);
  ADD ("missing-holidays-are-shown-where-they-are-named", test_no_holidays);
  ADD ("wrong-questions-are-refused-with-what-is-expected", test_wrong_questions);
  ADD ("four-meetings-in-three-days-are-refused", test_contradiction);
  ADD ("a-ring-that-all-left-is-refused", test_empty_ring);
  ADD ("decisions-on-what-is-over-are-refused", test_late_decisions);
  ADD ("themes-of-no-cycle-are-refused", test_no_such_cycle);
  ADD ("templates-without-a-parameter-are-refused", test_template);
  ADD ("periods-that-overlap-are-refused", test_overlaps);
  ADD ("a-calendar-that-is-wrong-is-shown-with-its-line", test_calendars);
  ADD ("far-ends-of-the-calendar-are-survived", test_far_ends);
  return g_test_run ();
}
