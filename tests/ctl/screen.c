/* tests/ctl/screen.c — terminals of several widths, and what is none: screen, palette, table */
#include "ctl/palette.h"
#include "ctl/table.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* A terminal of which the test holds both ends. */
typedef struct
{
  int master;
  FILE *slave;
} Terminal;

static Terminal
open_terminal (guint columns)
{
  Terminal terminal = { .master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC) };
  g_assert_cmpint (terminal.master, >=, 0);
  g_assert_cmpint (grantpt (terminal.master), ==, 0);
  g_assert_cmpint (unlockpt (terminal.master), ==, 0);
  int fd = open (ptsname (terminal.master), O_RDWR | O_NOCTTY | O_CLOEXEC);
  struct winsize size = { .ws_row = 24, .ws_col = (unsigned short) columns };
  struct termios mode;
  g_assert_cmpint (ioctl (fd, TIOCSWINSZ, &size), ==, 0);
  g_assert_cmpint (tcgetattr (fd, &mode), ==, 0);
  mode.c_oflag &= ~(tcflag_t) OPOST; /* lines end as they were written */
  g_assert_cmpint (tcsetattr (fd, TCSANOW, &mode), ==, 0);
  terminal.slave = fdopen (fd, "w");
  return terminal;
}

/* All that was shown: read until the other end, which is closed, has no more. */
static char *
close_terminal (Terminal *terminal)
{
  GString *shown = g_string_new (NULL);
  char piece[512];
  gssize n = 0;
  fclose (terminal->slave);
  while ((n = read (terminal->master, piece, sizeof piece)) > 0)
    g_string_append_len (shown, piece, n);
  close (terminal->master);
  return g_string_free (shown, FALSE);
}

static void
set_environment (const char *term, const char *no_colour, const char *columns)
{
  g_setenv ("TERM", term, TRUE);
  g_setenv ("NO_COLOR", no_colour, TRUE);
  g_setenv ("COLUMNS", columns, TRUE);
}

static TnScreen
look (guint columns)
{
  Terminal terminal = open_terminal (columns);
  TnScreen screen = tn_screen_look (terminal.slave);
  fclose (terminal.slave);
  close (terminal.master);
  return screen;
}

static void
test_window (void)
{
  set_environment ("xterm", "", "");
  g_assert_cmpuint (look (132).columns, ==, 132);
  g_assert_cmpuint (look (0).columns, ==, 80);
  g_assert_cmpuint (look (3).columns, ==, 20);
  set_environment ("xterm", "", "44");
  g_assert_cmpuint (look (132).columns, ==, 44);
  set_environment ("xterm", "", "many");
  g_assert_cmpuint (look (132).columns, ==, 132);
}

static void
test_colour (void)
{
  set_environment ("xterm", "", "");
  g_assert_true (look (80).has_colour);
  set_environment ("xterm", "1", "");
  g_assert_false (look (80).has_colour);
  set_environment ("dumb", "", "");
  g_assert_false (look (80).has_colour);
}

static void
test_file (void)
{
  set_environment ("xterm", "", "40");
  FILE *file = tmpfile ();

  TnScreen screen = tn_screen_look (file);

  g_assert_false (screen.is_terminal);
  g_assert_false (screen.has_colour);
  g_assert_cmpuint (screen.columns, ==, 0);
  g_assert_cmpstr (tn_palette_begin (&screen, TN_TINT_BAD), ==, "");
  g_assert_cmpstr (tn_palette_end (&screen, TN_TINT_BAD), ==, "");
  fclose (file);
}

static TnTable *
make_table (void)
{
  static const char *const headings[] = { "CITY", "STATE", "WHY", "ID", NULL };
  TnTable *table = tn_table_new (headings);
  tn_table_let_judge (table, 1);
  tn_table_let_wrap (table, 2);
  tn_table_keep_whole (table, 3);
  tn_table_add (table, "Frederiksberg og Omegn", "ok", "it was decided at the meeting in Odense",
                "7by/studietur/2027", NULL);
  return table;
}

static void
test_fitting (void)
{
  g_autoptr (TnTable) table = make_table ();
  set_environment ("dumb", "", "");
  Terminal terminal = open_terminal (60);

  tn_table_print (table, terminal.slave);

  g_autofree char *text = close_terminal (&terminal);
  g_assert_cmpstr (text, ==,
                   "CITY             STATE  WHY               ID\n"
                   "Frederiksberg…   ok     it was decided    7by/studietur/2027\n"
                   "                        at the meeting\n"
                   "                        in Odense\n");
}

static void
test_wide_letters (void)
{
  static const char *const headings[] = { "A", "B", NULL };
  g_autoptr (TnTable) table = tn_table_new (headings);
  tn_table_add (table, "日本語日本語日本語日本語", "x", NULL);
  set_environment ("dumb", "", "");
  Terminal terminal = open_terminal (20);

  tn_table_print (table, terminal.slave);

  g_autofree char *text = close_terminal (&terminal);
  g_assert_cmpstr (text, ==,
                   "A                  B\n"
                   "日本語日本語日本…  x\n");
}

static void
test_whole_when_kept (void)
{
  g_autoptr (TnTable) table = make_table ();
  set_environment ("xterm", "", "40");
  FILE *file = tmpfile ();
  char text[512] = "";

  tn_table_print (table, file);

  rewind (file);
  g_assert_cmpuint (fread (text, 1, sizeof text - 1, file), >, 0);
  g_assert_nonnull (strstr (text, "Frederiksberg og Omegn  ok     it was decided at the meeting in "
                                  "Odense  7by/studietur/2027\n"));
  g_assert_null (strchr (text, '\033'));
  fclose (file);
}

static void
test_tints (void)
{
  g_autoptr (TnTable) table = make_table ();
  set_environment ("xterm", "", "");
  Terminal terminal = open_terminal (120);

  tn_table_print (table, terminal.slave);

  g_autofree char *text = close_terminal (&terminal);
  g_assert_nonnull (strstr (text, "\033[1mCITY\033[0m"));
  g_assert_nonnull (strstr (text, "\033[32mok\033[0m"));
  g_assert_null (strstr (text, "\033[32m7by"));
}

static void
test_words_of_states (void)
{
  g_assert_cmpint (tn_palette_judge (TN_LANGUAGE_EN, "failing"), ==, TN_TINT_BAD);
  g_assert_cmpint (tn_palette_judge (TN_LANGUAGE_EN, "soon"), ==, TN_TINT_WAITS);
  g_assert_cmpint (tn_palette_judge (TN_LANGUAGE_EN, "Odense"), ==, TN_TINT_PLAIN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ctl/screen/a-window-is-as-wide-as-it-says", test_window);
  g_test_add_func ("/ctl/screen/colours-can-be-refused", test_colour);
  g_test_add_func ("/ctl/screen/a-file-is-no-window", test_file);
  g_test_add_func ("/ctl/screen/a-table-fits-the-window", test_fitting);
  g_test_add_func ("/ctl/screen/wide-letters-take-two-columns", test_wide_letters);
  g_test_add_func ("/ctl/screen/a-table-in-a-file-is-whole-and-plain", test_whole_when_kept);
  g_test_add_func ("/ctl/screen/a-state-has-a-colour-and-a-key-has-none", test_tints);
  g_test_add_func ("/ctl/screen/words-of-states-are-judged", test_words_of_states);
  return g_test_run ();
}
