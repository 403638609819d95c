/* tests/ctl/commands.c — what the commands answer, asked of the real program */
#include "program.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>

static char *
dup_charter (void)
{
  return g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", "7by.conf", NULL);
}

static char *
join_members (JsonObject *object)
{
  g_autoptr (GList) members = json_object_get_members (object);
  GString *names = g_string_new (NULL);
  for (GList *l = members; l != NULL; l = l->next)
    g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", (const char *) l->data);
  return g_string_free (names, FALSE);
}

static JsonObject *
get_root (const Run *run)
{
  g_assert_cmpstr (run->err, ==, "");
  g_assert_cmpint (run->code, ==, 0);
  g_assert_nonnull (run->answer);
  return json_node_get_object (run->answer);
}

/* Design section 10 fixes the keys: others rely on them. */
static void
test_list_keys (void)
{
  g_autofree char *charter = dup_charter ();

  g_autoptr (Run) run = program_run ("list", "--charter", charter, "--json", NULL);

  JsonObject *erfa = run_find (run, "series", "erfa");
  JsonObject *milestone
      = json_array_get_object_element (json_object_get_array_member (erfa, "milestones"), 0);
  g_autofree char *keys = join_members (erfa);
  g_autofree char *milestone_keys = join_members (milestone);
  g_assert_cmpstr (keys, ==,
                   "collaboration series cycle kind number uid title start end all_day roles theme "
                   "venue status milestones");
  g_assert_cmpstr (milestone_keys, ==, "id title due by uid");
  g_assert_cmpstr (json_object_get_string_member (erfa, "venue"), ==, "Odense");
  g_assert_false (json_object_get_boolean_member (erfa, "all_day"));
}

static void
test_list_of_one_series (void)
{
  g_autofree char *charter = dup_charter ();

  g_autoptr (Run) run = program_run ("list", "--charter", charter, "--series", "7by/erfa", "--from",
                                     "2027-01-01", "--to", "2028-12-31", "--json", NULL);

  g_assert_cmpuint (run_count (run), ==, 2);
  run_find (run, "cycle", "2027");
  run_find (run, "cycle", "2028");
}

/* `--to` is the last day, and the day itself is in it. */
static void
test_list_of_a_day (void)
{
  g_autofree char *charter = dup_charter ();

  g_autoptr (Run) that_day = program_run ("list", "--charter", charter, "--from", "2027-05-18",
                                          "--to", "2027-05-18", "--json", NULL);
  g_autoptr (Run) day_before = program_run ("list", "--charter", charter, "--from", "2027-05-17",
                                            "--to", "2027-05-17", "--json", NULL);
  g_autoptr (Run) in_words = program_run ("list", "--charter", charter, "--from", "2027-05-17",
                                          "--to", "2027-05-17", NULL);

  g_assert_cmpuint (run_count (that_day), ==, 1);
  g_assert_cmpuint (run_count (day_before), ==, 0);
  g_assert_cmpstr (in_words->out, ==, "nothing from 2027-05-17 to 2027-05-17\n");
}

static void
test_list_table (void)
{
  g_autofree char *charter = dup_charter ();

  g_autoptr (Run) run = program_run ("list", "--charter", charter, "--from", "2019-01-01", "--to",
                                     "2023-12-31", NULL);

  g_assert_cmpint (run->code, ==, 0);
  g_assert_true (g_str_has_prefix (run->out, "WHEN "));
  g_assert_true (g_regex_match_simple ("2019-05-14 +Studietur 2019: Esbjerg +host Esbjerg +"
                                       "proposed \\(computed\\) +7by/studietur/2019\n",
                                       run->out, 0, 0));
  g_assert_true (g_regex_match_simple ("Studietur 2020: Randers +host Randers +cancelled \\(put "
                                       "off\\) +7by/studietur/2020\n",
                                       run->out, 0, 0));
  g_assert_true (g_regex_match_simple ("2023-05-16 +Studietur 2023: København +host København +"
                                       "confirmed +7by/studietur/2023\n",
                                       run->out, 0, 0));
  g_assert_true (g_regex_match_simple ("\n  2023-[0-9-]+ +Udsend program: studietur 2023 +host "
                                       "København +#program\n",
                                       run->out, 0, 0));
  g_assert_null (strchr (run->out, '\033')); /* colours are for terminals */
}

static void
test_hosts_keys (void)
{
  g_autofree char *charter = dup_charter ();

  g_autoptr (Run) run = program_run ("hosts", "studietur", "--charter", charter, "--from", "2020",
                                     "--to", "2021", "--json", NULL);

  g_assert_cmpuint (run_count (run), ==, 2);
  g_autofree char *keys = join_members (run_find (run, "cycle", "2020"));
  g_assert_cmpstr (keys, ==, "cycle council status why");
}

static void
test_hosts_table (void)
{
  g_autofree char *charter = dup_charter ();

  g_autoptr (Run) run
      = program_run ("hosts", "studietur", "--charter", charter, "--to", "2027", NULL);

  g_assert_cmpint (run->code, ==, 0);
  g_assert_true (
      g_regex_match_simple ("\n2020 +Randers +postponed +Randers is next", run->out, 0, 0));
  g_assert_true (g_regex_match_simple ("\n2027 +Esbjerg +planned ", run->out, 0, 0));
  g_assert_false (g_regex_match_simple ("\n2028 ", run->out, 0, 0));
  /* held, planned until 2027, given and taken in trade, skipped, years since */
  g_assert_true (g_regex_match_simple ("\nAalborg +2 +0 +0 +0 +0 +0\n", run->out, 0, 0));
  g_assert_true (g_regex_match_simple ("\nEsbjerg +1 +1 +0 +0 +0 +7\n", run->out, 0, 0));
}

static void
test_hosts_of_a_role (void)
{
  g_autofree char *charter = dup_charter ();

  g_autoptr (Run) venue = program_run ("hosts", "erfa", "--role", "venue", "--charter", charter,
                                       "--from", "2027", "--to", "2027", "--json", NULL);
  g_autoptr (Run) none
      = program_run ("hosts", "erfa", "--role", "cook", "--charter", charter, NULL);

  g_assert_cmpstr (json_object_get_string_member (run_find (venue, "cycle", "2027"), "council"), ==,
                   "odense");
  g_assert_cmpint (none->code, ==, 2);
  g_assert_nonnull (strstr (none->err, "there is no role 'cook'"));
}

static void
test_explain_keys (void)
{
  g_autofree char *charter = dup_charter ();

  g_autoptr (Run) run
      = program_run ("explain", "studietur/2023", "--charter", charter, "--json", NULL);

  JsonObject *root = get_root (run);
  JsonObject *date = json_object_get_object_member (root, "date");
  JsonArray *reasons = json_object_get_array_member (date, "reasons");
  g_autofree char *keys = join_members (json_array_get_object_element (reasons, 0));
  g_assert_cmpstr (json_object_get_string_member (root, "reference"), ==, "7by/studietur/2023");
  g_assert_cmpstr (keys, ==, "rule source text");
  g_assert_cmpstr (
      json_object_get_string_member (json_array_get_object_element (reasons, 0), "rule"), ==,
      "decision");
  JsonArray *roles = json_object_get_array_member (root, "roles");
  JsonObject *host = json_array_get_object_element (roles, 0);
  g_assert_cmpstr (json_object_get_string_member (host, "role"), ==, "host");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (host, "reasons")), >, 0);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "milestones")), ==,
                    2);
}

static void
test_explain_a_milestone (void)
{
  g_autofree char *charter = dup_charter ();

  g_autoptr (Run) run
      = program_run ("explain", "7by/erfa/2027#referat", "--charter", charter, "--json", NULL);
  g_autoptr (Run) none = program_run ("explain", "erfa/2027#kaffe", "--charter", charter, NULL);

  JsonObject *root = get_root (run);
  g_assert_cmpstr (json_object_get_string_member (root, "reference"), ==, "7by/erfa/2027#referat");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (root, "milestones")), ==,
                    1);
  g_assert_cmpint (none->code, ==, 2);
  g_assert_nonnull (strstr (none->err, "expected one of: dagsorden, indkaldelse, referat"));
}

/* A Saturday was decided: a decision overrides the rules, and not silently. */
static void
test_breach (void)
{
  g_autofree char *holidays
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", NULL);
  g_autofree char *folder = g_dir_make_tmp ("turnus-ctl-XXXXXX", NULL);
  g_autofree char *text = program_dup_source ("conf/charters/7by.conf");
  g_autofree char *changed
      = program_dup_changed (text, "date = \"2023-05-16\"", "date = \"2023-05-20\"");
  g_autofree char *path = program_write (folder, "7by.conf", changed);

  g_autoptr (Run) check = program_run ("check", "--charter", path, "--holidays", holidays, NULL);
  g_autoptr (Run) explain
      = program_run ("explain", "studietur/2023", "--charter", path, "--holidays", holidays, NULL);

  g_assert_cmpint (check->code, ==, 0);
  g_assert_nonnull (
      strstr (check->out, "warning: 7by/studietur/2023: a decision breaks weekdays: 2023-05-20"));
  g_assert_nonnull (strstr (explain->out, "breach     breaks weekdays"));
  g_unlink (path);
  g_rmdir (folder);
}

/* Easter Week only, and no holidays: no day is left in any year. */
static void
test_unplaced (void)
{
  g_autofree char *holidays
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", NULL);
  g_autofree char *folder = g_dir_make_tmp ("turnus-ctl-XXXXXX", NULL);
  g_autofree char *text = program_dup_source ("conf/charters/7by.conf");
  g_autofree char *changed
      = program_dup_changed (text, "window = { season = \"spring\"; };",
                             "window = { from = \"12-25\"; to = \"12-26\"; };");
  g_autofree char *path = program_write (folder, "7by.conf", changed);

  g_autoptr (Run) check
      = program_run ("check", "--charter", path, "--holidays", holidays, "--json", NULL);
  g_autoptr (Run) list = program_run ("list", "--charter", path, "--holidays", holidays, "--json",
                                      "--series", "studietur", NULL);

  JsonArray *warnings = json_object_get_array_member (get_root (check), "warnings");
  g_assert_cmpuint (json_array_get_length (warnings), >=, 2 + 5); /* two dates of long ago */
  JsonObject *first = json_array_get_object_element (warnings, 2);
  g_assert_cmpstr (json_object_get_string_member (first, "rule"), ==, "unplaced");
  g_assert_true (
      g_regex_match_simple ("^7by/studietur/2026 has no date: .*: 2 days to begin on .*passed over",
                            json_object_get_string_member (first, "text"), 0, 0));
  JsonObject *occurrence = run_find (list, "cycle", "2027");
  g_assert_cmpstr (json_object_get_string_member (occurrence, "status"), ==, "unplaced");
  g_assert_true (json_object_get_null_member (occurrence, "start"));
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_check (void)
{
  g_autofree char *charter = dup_charter ();

  g_autoptr (Run) run = program_run ("check", "--charter", charter, NULL);
  g_autoptr (Run) json = program_run ("check", "--charter", charter, "--json", NULL);

  g_autofree char *start = g_strconcat (charter, ": ok\n", NULL);
  g_assert_cmpint (run->code, ==, 0);
  g_assert_cmpstr (run->err, ==, "");
  g_assert_true (g_str_has_prefix (run->out, start));
  g_assert_nonnull (strstr (run->out, "7-by-samarbejdet (7by), edition 1, digest "));
  g_assert_nonnull (strstr (run->out, "next 2027-05-18, Studietur 2027: Esbjerg (host Esbjerg)"));
  g_assert_null (strstr (run->out, "warning"));
  g_assert_true (json_object_get_boolean_member (get_root (json), "ok"));
}

/* One file may hold several collaborations of one shape; each of them is told. */
static void
test_check_template (void)
{
  g_autofree char *charter
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "charters", "kkr.conf", NULL);

  g_autoptr (Run) run = program_run ("check", "--charter", charter, NULL);
  g_autoptr (Run) json = program_run ("check", "--charter", charter, "--json", NULL);

  g_assert_nonnull (strstr (run->out, "KKR Hovedstaden (kkr-hovedstaden)"));
  g_assert_nonnull (strstr (run->out, "KKR Nordjylland (kkr-nordjylland)"));
  g_assert_nonnull (strstr (run->out, "mode: meeting, 4 to 5 times every year from 2010"));
  g_assert_cmpuint (
      json_array_get_length (json_object_get_array_member (get_root (json), "charters")), ==, 5);
}

static void
test_check_previous (void)
{
  g_autofree char *charter = dup_charter ();
  g_autofree char *folder = g_dir_make_tmp ("turnus-ctl-XXXXXX", NULL);
  g_autofree char *text = program_dup_source ("conf/charters/7by.conf");
  g_autofree char *changed = program_dup_changed (text, "week 20", "week 21");
  g_autofree char *commented = g_strconcat (text, "// as agreed\n", NULL);
  g_autofree char *older = program_write (folder, "older.conf", changed);
  g_autofree char *same = program_write (folder, "same.conf", commented);

  g_autoptr (Run) forgotten
      = program_run ("check", "--charter", charter, "--previous", older, NULL);
  g_autoptr (Run) unchanged = program_run ("check", "--charter", charter, "--previous", same, NULL);

  g_assert_nonnull (strstr (forgotten->out, "warning: 7by: the meaning has changed"));
  g_assert_nonnull (strstr (forgotten->out, "say edition = 2"));
  g_assert_cmpint (unchanged->code, ==, 0);
  g_assert_null (strstr (unchanged->out, "warning"));
  g_unlink (older);
  g_unlink (same);
  g_rmdir (folder);
}

/* Holiday files are edited too, and checked the same way. */
static void
test_check_of_holidays (void)
{
  g_autofree char *charter = dup_charter ();
  g_autofree char *sweden
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", "se.conf", NULL);

  g_autoptr (Run) run = program_run ("check", "--charter", sweden, "--charter", charter, NULL);

  g_autofree char *start = g_strconcat (sweden, ": ok\n  holidays\n", charter, ": ok\n", NULL);
  g_assert_cmpint (run->code, ==, 0);
  g_assert_true (g_str_has_prefix (run->out, start));
}

static void
test_settings (void)
{
  g_autofree char *config
      = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "turnus.conf", NULL);

  g_autoptr (Run) check = program_run ("check", "--config", config, NULL);
  g_autoptr (Run) list = program_run ("list", "--config", config, "--json", NULL);

  g_assert_cmpint (check->code, ==, 0);
  g_assert_nonnull (strstr (check->out, "settings of odense, 2 calendars"));
  g_assert_cmpuint (run_count (list), ==, 4);
}

static void
test_holidays (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", NULL);

  g_autoptr (Run) run = program_run ("holidays", "dk", "--holidays", folder, "--from", "2023",
                                     "--to", "2024", "--kind", "public", "--json", NULL);
  g_autoptr (Run) all = program_run ("holidays", "dk", "--holidays", folder, "--from", "2023",
                                     "--to", "2024", "--json", NULL);

  /* Store Bededag was on 5 May 2023 for the last time. */
  JsonObject *prayer = run_find (run, "name", "Store bededag");
  g_autofree char *keys = join_members (prayer);
  g_assert_cmpstr (keys, ==, "date name kind");
  g_assert_cmpstr (json_object_get_string_member (prayer, "date"), ==, "2023-05-05");
  g_assert_cmpuint (run_count (run), ==, 11 + 10);
  g_assert_cmpuint (run_count (all), >, run_count (run));
}

static void
test_help (void)
{
  static const char *const names[]
      = { "check", "list", "hosts", "explain", "programme", "wheel", "export", "holidays" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (Run) run = program_run (names[i], "--help", NULL);
      g_autofree char *example = g_strdup_printf ("\n  turnusctl %s", names[i]);
      g_assert_cmpint (run->code, ==, 0);
      g_assert_cmpstr (run->err, ==, "");
      g_assert_nonnull (strstr (run->out, "Example: "));
      g_assert_nonnull (strstr (run->out, example));
      g_assert_nonnull (strstr (run->out, "--json"));
    }
}

static void
test_export (void)
{
  g_autofree char *charter = dup_charter ();
  g_autofree char *text = program_dup_source ("conf/charters/7by.conf");
  g_autofree char *folder = g_dir_make_tmp ("turnus-ctl-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "7by.conf", NULL);

  g_autoptr (Run) shown = program_run ("export", "--charter", charter, NULL);
  g_autoptr (Run) written
      = program_run ("export", "--charter", charter, "-o", path, "--json", NULL);
  g_autoptr (Run) unclear = program_run ("export", "--charter", charter, "--json", NULL);
  g_autofree char *file = NULL;

  g_assert_cmpint (shown->code, ==, 0);
  g_assert_cmpstr (shown->out, ==, text);
  g_assert_cmpint (json_object_get_int_member (get_root (written), "edition"), ==, 1);
  g_assert_true (g_file_get_contents (path, &file, NULL, NULL));
  g_assert_cmpstr (file, ==, text);
  g_assert_cmpint (unclear->code, ==, 2);
  g_assert_nonnull (strstr (unclear->err, "say which with -o FILE"));
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_whole_help (void)
{
  g_autoptr (Run) help = program_run ("--help", NULL);
  g_autoptr (Run) same = program_run ("help", NULL);
  g_autoptr (Run) nothing = program_run_as ("UTC", "C", (const char *const[]){ NULL });
  g_autoptr (Run) version = program_run ("--version", NULL);

  g_assert_cmpint (help->code, ==, 0);
  g_assert_nonnull (strstr (help->out, "Exit codes: 0 done, 1 failed"));
  g_assert_cmpstr (help->out, ==, same->out);
  g_assert_cmpint (nothing->code, ==, 2);
  g_assert_cmpstr (nothing->err, ==, help->out);
  g_assert_true (g_regex_match_simple ("^turnusctl [0-9.]+\n$", version->out, 0, 0));
}

/* An answer that did not arrive is no success. */
static void
test_full_disk (void)
{
  g_autofree char *charter = dup_charter ();
  const char *const argv[]
      = { g_getenv ("TURNUSCTL"), "list", "--json", "--charter", charter, NULL };
  int out = open ("/dev/full", O_WRONLY | O_CLOEXEC);
  if (out < 0)
    {
      g_test_skip ("there is no /dev/full");
      return;
    }
  g_autoptr (GSubprocessLauncher) launcher
      = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_take_stdout_fd (launcher, out);
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawnv (launcher, argv, NULL);
  g_autofree char *err = NULL;

  g_assert_true (g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &err, NULL));

  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_assert_true (g_str_has_prefix (err, "turnusctl: cannot write the answer: "));
}

#define ADD(name, function) g_test_add_func ("/ctl/commands/" name, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("list-has-the-keys-of-the-design", test_list_keys);
  ADD ("list-can-be-of-one-series", test_list_of_one_series);
  ADD ("list-includes-the-last-day", test_list_of_a_day);
  ADD ("list-marks-what-nobody-confirmed", test_list_table);
  ADD ("hosts-has-the-keys-of-the-design", test_hosts_keys);
  ADD ("hosts-counts-turns", test_hosts_table);
  ADD ("hosts-can-be-of-another-role", test_hosts_of_a_role);
  ADD ("explain-gives-rule-source-and-text", test_explain_keys);
  ADD ("explain-can-be-of-one-milestone", test_explain_a_milestone);
  ADD ("check-and-explain-name-the-rule-that-a-decision-breaks", test_breach);
  ADD ("check-says-which-rule-took-how-many-days", test_unplaced);
  ADD ("check-tells-back-what-is-right", test_check);
  ADD ("check-tells-each-collaboration-of-a-file", test_check_template);
  ADD ("check-says-when-the-edition-was-not-raised", test_check_previous);
  ADD ("check-reads-holiday-files-too", test_check_of_holidays);
  ADD ("settings-name-their-charters", test_settings);
  ADD ("holidays-know-when-store-bededag-ended", test_holidays);
  ADD ("export-is-the-charter-when-there-is-no-ledger", test_export);
  ADD ("help-of-each-command-has-an-example", test_help);
  ADD ("help-and-version-need-no-charter", test_whole_help);
  ADD ("answer-that-did-not-arrive-is-a-failure", test_full_disk);
  return g_test_run ();
}
