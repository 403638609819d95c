/* What is known of the 7-by collaboration, asked of the real program and the charter that is
 * shipped. Source: charters.md section 1; issue "The main job", section Prove.
 *
 * seven-cities-list.json is made anew, and read before it is committed, with:
 *   turnusctl list --charter conf/charters/7by.conf --today 2026-11-22 --from 2026-01-01
 *     --to 2030-12-31 --json >tests/golden/seven-cities-list.json */
#include "../ctl/program.h"

#include <glib/gstdio.h>
#include <string.h>

#define POSTPONED                                                                                  \
  "    { on = \"2020-04-02\"; series = \"studietur\"; cycle = \"2020\"; postpone = \"kept\";\n"    \
  "      note = \"aflyst, Randers beholder værtskabet\"; },\n"

typedef struct
{
  char *folder;   /* (owned) temporary */
  char *shipped;  /* (owned) path of the charter */
  char *holidays; /* (owned) folder */
  char *edited;   /* (owned) (nullable) path of a changed copy */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  const char *source = g_getenv ("TURNUS_SOURCE");
  fixture->folder = g_dir_make_tmp ("turnus-golden-XXXXXX", NULL);
  fixture->shipped = g_build_filename (source, "conf", "charters", "7by.conf", NULL);
  fixture->holidays = g_build_filename (source, "conf", "holidays", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  if (fixture->edited != NULL)
    g_unlink (fixture->edited);
  g_rmdir (fixture->folder);
  g_free (fixture->edited);
  g_free (fixture->folder);
  g_free (fixture->shipped);
  g_free (fixture->holidays);
}

/* Writes a copy of the charter in which @from is replaced by @to; a second call changes the copy.
 */
static void
edit (Fixture *fixture, const char *from, const char *to)
{
  g_autofree char *text = NULL;
  g_file_get_contents (fixture->edited != NULL ? fixture->edited : fixture->shipped, &text, NULL,
                       NULL);
  g_autofree char *changed = program_dup_changed (text, from, to);
  g_free (fixture->edited);
  fixture->edited = program_write (fixture->folder, "7by.conf", changed);
}

static Run *
ask_hosts (const Fixture *fixture, const char *series, const char *charter)
{
  return program_run ("hosts", series, "--charter", charter, "--holidays", fixture->holidays,
                      "--to", "2040", "--json", NULL);
}

static Run *
ask_list (const Fixture *fixture, const char *charter)
{
  return program_run ("list", "--charter", charter, "--holidays", fixture->holidays, "--from",
                      "2018-01-01", "--to", "2040-12-31", "--json", NULL);
}

static const char *
get_host (const Run *hosts, const char *cycle)
{
  return json_object_get_string_member (run_find (hosts, "cycle", cycle), "council");
}

static const char *
get_text (const Run *hosts, const char *cycle, const char *member)
{
  return json_object_get_string_member (run_find (hosts, "cycle", cycle), member);
}

/* `randers odense …` from @first on */
static char *
join_hosts (const Run *hosts, int first, int end)
{
  GString *names = g_string_new (NULL);
  for (int year = first; year < end; year++)
    {
      g_autofree char *cycle = g_strdup_printf ("%d", year);
      g_string_append_printf (names, "%s%s", names->len > 0 ? " " : "", get_host (hosts, cycle));
    }
  return g_string_free (names, FALSE);
}

static void
test_known_hosts (Fixture *fixture, gconstpointer user_data)
{
  /* Only the one decision on turns: what the charter says of dates is taken out as well. */
  edit (fixture, "    { on = \"2017-11-01\"; series = \"studietur\"; cycle = \"2018\";",
        "    // {");
  edit (fixture, "      note = \"holdt i Aalborg\"; },", "");
  edit (fixture, "    { on = \"2022-11-01\"; series = \"studietur\"; cycle = \"2023\";",
        "    // {");
  edit (fixture, "      note = \"holdt i København\"; }", "");
  edit (fixture, "aflyst, Randers beholder værtskabet\"; },", "aflyst\"; }");

  g_autoptr (Run) shipped = ask_hosts (fixture, "studietur", fixture->shipped);
  g_autoptr (Run) bare = ask_hosts (fixture, "studietur", fixture->edited);

  g_autofree char *hosts = join_hosts (shipped, 2018, 2028);
  g_autofree char *bare_hosts = join_hosts (bare, 2018, 2028);
  g_assert_cmpstr (hosts, ==,
                   "aalborg esbjerg randers randers odense kobenhavn aarhus frederiksberg aalborg "
                   "esbjerg");
  g_assert_cmpstr (hosts, ==, bare_hosts);
  g_assert_cmpstr (get_text (bare, "2020", "status"), ==, "postponed");
  g_assert_cmpstr (get_text (bare, "2023", "status"), ==, "held");
}

static void
test_known_dates (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) list
      = program_run ("list", "--charter", fixture->shipped, "--series", "studietur", "--from",
                     "2018-01-01", "--to", "2026-12-31", "--json", NULL);

  JsonObject *aalborg = run_find (list, "cycle", "2018");
  JsonObject *kobenhavn = run_find (list, "cycle", "2023");
  g_assert_cmpstr (json_object_get_string_member (aalborg, "start"), ==, "2018-05-03");
  g_assert_cmpstr (json_object_get_string_member (aalborg, "end"), ==, "2018-05-04");
  g_assert_cmpstr (json_object_get_string_member (aalborg, "status"), ==, "confirmed");
  g_assert_cmpstr (json_object_get_string_member (kobenhavn, "start"), ==, "2023-05-16");
  g_assert_cmpstr (json_object_get_string_member (kobenhavn, "title"), ==,
                   "Studietur 2023: København");
}

static void
test_without_decision (Fixture *fixture, gconstpointer user_data)
{
  edit (fixture, POSTPONED, "");

  g_autoptr (Run) hosts = ask_hosts (fixture, "studietur", fixture->edited);

  g_assert_cmpstr (get_host (hosts, "2018"), ==, "aalborg");
  g_assert_cmpstr (get_host (hosts, "2022"), ==, "kobenhavn");
  g_assert_cmpstr (get_host (hosts, "2023"), ==, "aarhus");
}

static void
test_autumns_follow (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) springs = ask_hosts (fixture, "studietur", fixture->shipped);
  g_autoptr (Run) autumns = ask_hosts (fixture, "erfa", fixture->shipped);

  g_autofree char *hosts = join_hosts (springs, 2018, 2041);
  g_autofree char *organisers = join_hosts (autumns, 2018, 2041);
  g_assert_cmpstr (hosts, ==, organisers);
  g_assert_cmpuint (run_count (autumns), ==, 23);
}

static void
test_leaving_and_joining (Fixture *fixture, gconstpointer user_data)
{
  edit (fixture, "\"Aarhus\";        from = \"2005\";",
        "\"Aarhus\"; from = \"2005\"; to = \"2026\";");
  edit (fixture, "    { id = \"esbjerg\";       name = \"Esbjerg\";       from = \"2005\"; }",
        "    { id = \"esbjerg\"; name = \"Esbjerg\"; from = \"2005\"; },\n"
        "    { id = \"vejle\"; name = \"Vejle\"; from = \"2029\"; }");
  edit (fixture, "\"aalborg\", \"esbjerg\" ];", "\"aalborg\", \"esbjerg\", \"vejle\" ];");

  g_autoptr (Run) before = ask_hosts (fixture, "studietur", fixture->shipped);
  g_autoptr (Run) after = ask_hosts (fixture, "studietur", fixture->edited);

  g_autofree char *held_before = join_hosts (before, 2018, 2027);
  g_autofree char *held_after = join_hosts (after, 2018, 2027);
  g_autofree char *planned = join_hosts (after, 2027, 2036);
  g_assert_cmpstr (held_before, ==, held_after);
  g_assert_cmpstr (planned, ==,
                   "esbjerg randers odense kobenhavn frederiksberg aalborg esbjerg vejle randers");
  /* The first that moved is the one that Aarhus would have had. */
  g_assert_null (strstr (get_text (after, "2030", "why"), "moved"));
  g_assert_nonnull (strstr (get_text (after, "2031", "why"), "moved: Aarhus would have it"));
  g_assert_nonnull (strstr (get_text (after, "2034", "why"), "moved: "));
}

static void
test_swap (Fixture *fixture, gconstpointer user_data)
{
  edit (fixture, POSTPONED,
        POSTPONED "    { on = \"2026-06-01\"; series = \"studietur\"; cycle = \"2027\"; "
                  "swap = \"2028\"; },\n");

  g_autoptr (Run) hosts = ask_hosts (fixture, "studietur", fixture->edited);
  g_autoptr (Run) autumns = ask_hosts (fixture, "erfa", fixture->edited);

  g_autofree char *springs = join_hosts (hosts, 2026, 2031);
  g_autofree char *organisers = join_hosts (autumns, 2026, 2031);
  g_assert_cmpstr (springs, ==, "aalborg randers esbjerg odense kobenhavn");
  g_assert_cmpstr (organisers, ==, springs);
  g_assert_cmpstr (get_text (hosts, "2027", "status"), ==, "swapped");
  g_assert_cmpstr (get_text (hosts, "2028", "status"), ==, "swapped");
  g_assert_cmpstr (get_text (hosts, "2029", "status"), ==, "planned");
}

/* UIDs say nothing of a host, so that a swap changes events and makes none. */
static void
test_swap_keeps_uids (Fixture *fixture, gconstpointer user_data)
{
  edit (fixture, POSTPONED,
        POSTPONED "    { on = \"2026-06-01\"; series = \"studietur\"; cycle = \"2027\"; "
                  "swap = \"2028\"; },\n");

  g_autoptr (Run) before = ask_list (fixture, fixture->shipped);
  g_autoptr (Run) after = ask_list (fixture, fixture->edited);

  g_assert_cmpuint (run_count (before), ==, run_count (after));
  for (guint i = 0; i < run_count (before); i++)
    {
      JsonObject *was = json_array_get_object_element (json_node_get_array (before->answer), i);
      JsonObject *is = run_find (after, "uid", json_object_get_string_member (was, "uid"));
      g_assert_cmpstr (json_object_get_string_member (is, "cycle"), ==,
                       json_object_get_string_member (was, "cycle"));
      g_assert_cmpstr (json_object_get_string_member (is, "start"), ==,
                       json_object_get_string_member (was, "start"));
    }
}

static void
test_bytes (Fixture *fixture, gconstpointer user_data)
{
  static const char *const places[][2] = { { "UTC", "C.UTF-8" },
                                           { "Pacific/Auckland", "C" },
                                           { "America/Caracas", "da_DK.UTF-8" },
                                           { "Europe/Copenhagen", "tr_TR.UTF-8" } };
  g_autofree char *expected = program_dup_source ("tests/golden/seven-cities-list.json");
  const char *const arguments[]
      = { "list",       "--charter", fixture->shipped, "--from",     "2026-01-01", "--to",
          "2030-12-31", "--json",    "--today",        "2026-11-22", NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (Run) run = program_run_as (places[i][0], places[i][1], arguments);

      g_assert_cmpstr (run->out, ==, expected);
      g_assert_cmpstr (run->err, ==, "");
      g_assert_cmpint (run->code, ==, 0);
    }
}

/* Of what does not lie in the past only the day of asking may be seen: here nothing. */
static void
test_later_day (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) one = program_run ("list", "--charter", fixture->shipped, "--from", "2028-01-01",
                                     "--json", "--today", "2026-11-22", NULL);
  g_autoptr (Run) other = program_run ("list", "--charter", fixture->shipped, "--from",
                                       "2028-01-01", "--json", "--today", "2027-12-30", NULL);

  g_assert_cmpuint (run_count (one), >, 0);
  g_assert_cmpstr (one->out, ==, other->out);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/golden/seven-cities/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("aalborg-has-2018-and-kobenhavn-2023-by-one-decision", test_known_hosts);
  ADD ("confirmed-dates-are-those-of-the-councils-pages", test_known_dates);
  ADD ("without-that-decision-kobenhavn-has-2022", test_without_decision);
  ADD ("organiser-of-each-autumn-is-host-of-its-spring", test_autumns_follow);
  ADD ("leaving-in-2027-and-joining-in-2029-change-no-held-turn", test_leaving_and_joining);
  ADD ("swap-leaves-2029-with-odense-and-takes-the-autumns-along", test_swap);
  ADD ("swap-keeps-every-uid-and-date", test_swap_keeps_uids);
  ADD ("list-is-the-same-bytes-in-each-zone-and-locale", test_bytes);
  ADD ("list-does-not-depend-on-the-day-of-asking", test_later_day);
  return g_test_run ();
}
