/* tests/ctl/programme.c — a year on a page, asked of the real program */
#include "program.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *folder;   /* (owned) temporary */
  char *holidays; /* (owned) */
  char *charter;  /* (owned) path of a copy */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer user_data)
{
  fixture->folder = g_dir_make_tmp ("turnus-ctl-XXXXXX", NULL);
  fixture->holidays = g_build_filename (g_getenv ("TURNUS_SOURCE"), "conf", "holidays", NULL);
  g_autofree char *text = program_dup_source ("conf/charters/7by.conf");
  fixture->charter = program_write (fixture->folder, "7by.conf", text);
}

static void
tear_down (Fixture *fixture, gconstpointer user_data)
{
  g_unlink (fixture->charter);
  g_rmdir (fixture->folder);
  g_free (fixture->charter);
  g_free (fixture->holidays);
  g_free (fixture->folder);
}

static void
edit (Fixture *fixture, const char *from, const char *to)
{
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (fixture->charter, &text, NULL, NULL));
  g_autofree char *changed = program_dup_changed (text, from, to);
  g_free (program_write (fixture->folder, "7by.conf", changed));
}

static Run *
ask (const Fixture *fixture, const char *year, const char *format)
{
  return program_run ("programme", "--charter", fixture->charter, "--holidays", fixture->holidays,
                      "--year", year, "--format", format, NULL);
}

static void
test_off (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) text = ask (fixture, "2020", "text");
  g_autoptr (Run) html = ask (fixture, "2020", "html");

  g_assert_nonnull (strstr (text->out, "Studietur 2020: Randers (udsat)"));
  g_assert_null (strstr (text->out, "Udsend program: studietur 2020")); /* nothing to do any more */
  g_assert_nonnull (strstr (html->out, "<span class=\"off\">Studietur 2020: Randers</span>"));
}

static void
test_language (Fixture *fixture, gconstpointer user_data)
{
  edit (fixture, "language = \"da\"", "language = \"nb\"");
  g_autoptr (Run) text = ask (fixture, "2027", "text");
  g_autoptr (Run) html = ask (fixture, "2027", "html");
  g_autoptr (Run) csv = ask (fixture, "2027", "csv");

  g_assert_nonnull (strstr (text->out, "\nUke    Dato "));
  g_assert_nonnull (strstr (text->out, "tirsdag 18. mai "));
  g_assert_nonnull (strstr (text->out, "Vertskap: Esbjerg"));
  g_assert_nonnull (strstr (html->out, "<html lang=\"nb\">"));
  g_assert_true (g_str_has_prefix (csv->out, "Samarbeid,Type,Dato,"));
}

/* What people type is text: no markup, no formula, no second column, no colour of a terminal. */
static void
test_hostile_title (Fixture *fixture, gconstpointer user_data)
{
  edit (fixture, "title = \"Erfa-møde {cycle}\"", "title = \"=1+1,\\\"<script>&\\\" {cycle}\"");
  g_autoptr (Run) html = ask (fixture, "2027", "html");
  g_autoptr (Run) csv = ask (fixture, "2027", "csv");

  g_assert_null (strstr (html->out, "<script"));
  g_assert_nonnull (strstr (html->out, "=1+1,&quot;&lt;script&gt;&amp;&quot; 2027"));
  g_assert_nonnull (strstr (csv->out, ",\"'=1+1,\"\"<script>&\"\" 2027\","));
}

static void
test_html (Fixture *fixture, gconstpointer user_data)
{
  static const char *const foreign[] = { "http", "src=", "href=", "url(", "@import", "<script" };
  g_autoptr (Run) run = ask (fixture, "2027", "html");
  g_auto (GStrv) headers = g_strsplit (run->out, "<th", -1);

  for (gsize i = 0; i < G_N_ELEMENTS (foreign); i++)
    g_assert_null (strstr (run->out, foreign[i]));
  for (gsize i = 1; headers[i] != NULL; i++)
    g_assert_true (g_str_has_prefix (headers[i], "ead>")
                   || g_str_has_prefix (headers[i], " scope=\""));
  g_assert_nonnull (strstr (run->out, "size: A4 portrait"));
  g_assert_true (g_str_has_prefix (run->out, "<!DOCTYPE html>\n<html lang=\"da\">"));
}

static void
test_csv (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) run = ask (fixture, "2027", "csv");
  g_auto (GStrv) rows = g_strsplit (run->out, "\r\n", -1);

  g_assert_cmpuint (g_strv_length (rows), ==, 1 + 2 + 6 + 1); /* header, events, deadlines, end */
  for (gsize i = 0; i < 9; i++)
    {
      g_auto (GStrv) fields = g_strsplit (rows[i], ",", -1);
      g_assert_cmpuint (g_strv_length (fields), ==, 13);
    }
  g_assert_cmpstr (rows[9], ==, "");
}

static void
test_unplaced (Fixture *fixture, gconstpointer user_data)
{
  edit (fixture, "window = { season = \"spring\"; };",
        "window = { from = \"12-25\"; to = \"12-26\"; };");
  g_autoptr (Run) text = ask (fixture, "2027", "text");
  g_autoptr (Run) csv = ask (fixture, "2027", "csv");

  g_assert_nonnull (strstr (text->out, "ingen dato endnu"));
  g_assert_nonnull (
      strstr (csv->out, "7-by-samarbejdet,Arrangement,,,,,,Studietur 2027: Esbjerg,"));
}

/* The same page in each zone and locale (promise 9). */
static void
test_same_everywhere (Fixture *fixture, gconstpointer user_data)
{
  const char *const arguments[] = { "programme",       "--charter", fixture->charter, "--holidays",
                                    fixture->holidays, "--year",    "2027",           NULL };
  g_autoptr (Run) here = program_run_as ("UTC", "C.UTF-8", arguments);
  g_autoptr (Run) far = program_run_as ("Pacific/Kiritimati", "C", arguments);
  g_autoptr (Run) turkish = program_run_as ("America/Anchorage", "tr_TR.UTF-8", arguments);

  g_assert_cmpint (here->code, ==, 0);
  g_assert_cmpstr (here->out, ==, far->out);
  g_assert_cmpstr (here->out, ==, turkish->out);
}

static void
test_file (Fixture *fixture, gconstpointer user_data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "2027.txt", NULL);
  g_autoptr (Run) shown = ask (fixture, "2027", "text");
  g_autoptr (Run) run = program_run ("programme", "--charter", fixture->charter, "--holidays",
                                     fixture->holidays, "--year", "2027", "-o", path, NULL);
  g_autoptr (Run) nowhere = program_run ("programme", "--charter", fixture->charter, "--holidays",
                                         fixture->holidays, "-o", "/nonexistent/2027.txt", NULL);
  g_autofree char *text = NULL;

  g_assert_cmpint (run->code, ==, 0);
  g_assert_cmpstr (run->out, ==, "");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, shown->out);
  g_assert_cmpint (nowhere->code, ==, 1);
  g_assert_nonnull (strstr (nowhere->err, "cannot write /nonexistent/2027.txt: "));
  g_unlink (path);
}

static void
test_json (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) run = program_run ("programme", "--charter", fixture->charter, "--holidays",
                                     fixture->holidays, "--year", "2027", "--json", NULL);
  JsonObject *page = run_find (run, "collaboration", "7by");

  g_assert_cmpint (json_object_get_int_member (page, "year"), ==, 2027);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "events")), ==, 2);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (page, "deadlines")), ==,
                    6);
}

static void
assert_refused (const Fixture *fixture, const char *option, const char *value, const char *expected)
{
  g_autoptr (Run) run = program_run ("programme", "--charter", fixture->charter, "--holidays",
                                     fixture->holidays, option, value, "--json", NULL);
  g_assert_cmpint (run->code, ==, 2);
  g_assert_nonnull (strstr (run->err, expected));
}

static void
test_bad_input (Fixture *fixture, gconstpointer user_data)
{
  assert_refused (fixture, "--year", "27x", "--year 27x is no year from 1900 to 9900");
  assert_refused (fixture, "--year", "99999", "is no year");
  assert_refused (fixture, "--year", "", "is no year");
  assert_refused (fixture, "--format", "pdf",
                  "there is no format 'pdf', expected text, html or csv");
  assert_refused (fixture, "--collaboration", "8by", "8by");
  assert_refused (fixture, "-o", "x", "leave out --output");
  assert_refused (fixture, "--agenda", "--hosts", "are two sheets: ask for one after the other");
}

static Run *
ask_sheet (const Fixture *fixture, const char *sheet, const char *format)
{
  return program_run ("programme", "--charter", fixture->charter, "--holidays", fixture->holidays,
                      "--year", "2027", sheet, "--format", format, NULL);
}

static void
test_sheets (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) agenda = ask_sheet (fixture, "--agenda", "text");
  g_autoptr (Run) agenda_page = ask_sheet (fixture, "--agenda", "html");
  g_autoptr (Run) hosts = ask_sheet (fixture, "--hosts", "text");
  g_autoptr (Run) hosts_page = ask_sheet (fixture, "--hosts", "html");
  g_autoptr (Run) table = ask_sheet (fixture, "--hosts", "csv");
  g_autoptr (Run) json = program_run ("programme", "--charter", fixture->charter, "--holidays",
                                      fixture->holidays, "--hosts", "--json", NULL);

  g_assert_nonnull (strstr (agenda->out, "- Vært: Studietur 2027: Esbjerg, tirsdag 18. maj"));
  g_assert_nonnull (strstr (agenda_page->out, "<h2>Esbjerg</h2>"));
  g_assert_nonnull (strstr (hosts->out, "\nStudietur: Vært\n  2027  Esbjerg\n  2028  Randers\n"));
  g_assert_nonnull (strstr (hosts_page->out, "<th scope=\"row\">2036</th><td>Odense</td>"));
  g_assert_true (g_str_has_prefix (hosts_page->out, "<!DOCTYPE html>"));
  g_assert_cmpint (table->code, ==, 2);
  g_assert_cmpint (json->code, ==, 2);
  g_assert_nonnull (strstr (json->err, "--hosts is for people, as text or html"));
}

/* The first and the last year that one may ask for. */
static void
test_far_years (Fixture *fixture, gconstpointer user_data)
{
  g_autoptr (Run) first = ask (fixture, "1900", "text");
  g_autoptr (Run) last = ask (fixture, "9900", "text");

  g_assert_cmpstr (first->err, ==, "");
  g_assert_cmpstr (last->err, ==, "");
  g_assert_nonnull (strstr (first->out, "Der er intet i dette år."));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/ctl/programme/" name, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-is-put-off-is-shown-as-such", test_off);
  ADD ("words-are-the-collaborations", test_language);
  ADD ("titles-are-text-and-nothing-else", test_hostile_title);
  ADD ("html-needs-no-other-file-and-scopes-its-headers", test_html);
  ADD ("csv-has-the-same-fields-in-each-row", test_csv);
  ADD ("what-found-no-date-is-not-left-out", test_unplaced);
  ADD ("page-is-the-same-in-each-zone-and-locale", test_same_everywhere);
  ADD ("page-goes-into-a-file", test_file);
  ADD ("programs-get-json", test_json);
  ADD ("agenda-and-hosts-are-sheets-of-their-own", test_sheets);
  ADD ("bad-input-is-told", test_bad_input);
  ADD ("far-years-are-empty-and-no-failure", test_far_years);
  return g_test_run ();
}
