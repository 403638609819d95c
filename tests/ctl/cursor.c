/* tests/ctl/cursor.c — what may stand at the end of an unfinished command line */
#include "ctl/cursor.h"

static char *
join_wanted (const TnCursor *cursor)
{
  GString *wanted = g_string_new (NULL);
  for (guint i = 0; i < cursor->wanted->len; i++)
    g_string_append_printf (wanted, "%s%s", i > 0 ? " " : "",
                            (const char *) g_ptr_array_index (cursor->wanted, i));
  return g_string_free (wanted, FALSE);
}

static void
assert_wanted (const char *line, const char *wanted, const char *current)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  g_autoptr (TnCursor) cursor = tn_cursor_new ((const char *const *) words);

  g_autofree char *got = join_wanted (cursor);
  g_test_message ("%s", line);
  g_assert_cmpint (cursor->place, ==, TN_CURSOR_WORD);
  g_assert_cmpstr (got, ==, wanted);
  g_assert_cmpstr (cursor->current, ==, current);
}

static void
assert_place (const char *line, TnCursorPlace place, const char *command)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  g_autoptr (TnCursor) cursor = tn_cursor_new ((const char *const *) words);

  g_test_message ("%s", line);
  g_assert_cmpint (cursor->place, ==, place);
  g_assert_cmpstr (cursor->command != NULL ? cursor->command->name : NULL, ==, command);
}

static void
test_command (void)
{
  assert_place ("", TN_CURSOR_COMMAND, NULL);
  assert_place ("he", TN_CURSOR_COMMAND, NULL);
  assert_place ("--config a.conf ", TN_CURSOR_COMMAND, NULL);
  assert_place ("help ", TN_CURSOR_COMMAND, NULL);
  assert_wanted ("nonsense x", "", "x");
}

static void
test_options (void)
{
  assert_place ("--", TN_CURSOR_OPTION, NULL);
  assert_place ("hosts --f", TN_CURSOR_OPTION, "hosts");
  assert_place ("hosts erfa -", TN_CURSOR_OPTION, "hosts");
  assert_wanted ("hosts --from ", "CYCLE", "");
  assert_wanted ("hosts --from=20", "CYCLE", "20");
  assert_wanted ("hosts --from = 20", "CYCLE", "20");
  assert_wanted ("hosts --from =", "CYCLE", "");
  assert_wanted ("hosts -c 7", "FILE", "7");
  assert_wanted ("set --then a", "after unchanged", "a");
  assert_place ("hosts --json --", TN_CURSOR_OPTION, "hosts");
}

static void
test_words (void)
{
  assert_wanted ("swap ", "SERIES", "");
  assert_wanted ("swap --for odense 7by/erfa 20", "CYCLE", "20");
  assert_wanted ("swap 7by/erfa 2027 ", "CYCLE", "");
  assert_wanted ("swap 7by/erfa 2027 2028 ", "", "");
  assert_wanted ("postpone 7by/erfa/2027 ", "kept used no", "");
  assert_wanted ("sync egen ", "CALENDAR", "");
  assert_wanted ("apply ", "FILE CALENDAR", "");
  assert_wanted ("claim egen x.ics ", "OCCURRENCE", "");
}

static void
test_ways (void)
{
  assert_wanted ("calendars ", "discover login rebind", "");
  assert_wanted ("calendars discover ", "URL CALENDAR", "");
  assert_wanted ("calendars login ", "CALENDAR", "");
  assert_wanted ("calendars nonsense ", "", "");
  assert_wanted ("proposals a", "accept reject", "a");
  assert_wanted ("proposals accept 1", "ID", "1");
}

static void
test_sources (void)
{
  static const char *const line[] = { "--charter",  "'my charter.conf'",  "list", "--from",
                                      "2027-01-01", "--today=2026-11-22", "",     NULL };

  g_autoptr (TnCursor) cursor = tn_cursor_new (line);

  g_assert_cmpuint (cursor->sources->len, ==, 4);
  g_assert_cmpstr (g_ptr_array_index (cursor->sources, 0), ==, "--charter");
  g_assert_cmpstr (g_ptr_array_index (cursor->sources, 1), ==, "my charter.conf");
  g_assert_cmpstr (g_ptr_array_index (cursor->sources, 2), ==, "--today");
  g_assert_cmpstr (g_ptr_array_index (cursor->sources, 3), ==, "2026-11-22");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/cursor/the-command-stands-first", test_command);
  g_test_add_func ("/ctl/cursor/options-and-their-values", test_options);
  g_test_add_func ("/ctl/cursor/words-by-their-place", test_words);
  g_test_add_func ("/ctl/cursor/what-was-said-decides-what-may-follow", test_ways);
  g_test_add_func ("/ctl/cursor/sources-are-kept-as-meant", test_sources);
  return g_test_run ();
}
