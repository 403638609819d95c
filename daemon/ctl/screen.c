/* What a terminal can show. Whatever is piped or kept in a file is whole and without colour: a
 * program, or a search, would miss what a window has no room for. */
#include "ctl/screen.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* A window narrower than this shows no table; one wider than that is somebody's mistake. */
static const guint LEAST_COLUMNS = 20;
static const guint MOST_COLUMNS = 1000;
/* Of a terminal that does not say how wide it is. */
static const guint USUAL_COLUMNS = 80;
/* Running text is not read more easily on longer lines. */
static const guint TEXT_COLUMNS = 90;

/* no-color.org; a dumb terminal knows no colours. */
static gboolean
wants_colour (void)
{
  const char *refused = g_getenv ("NO_COLOR");
  const char *kind = g_getenv ("TERM");
  return (refused == NULL || *refused == '\0') && kind != NULL && *kind != '\0'
         && strcmp (kind, "dumb") != 0;
}

/* COLUMNS is what a person says, the window what the terminal knows. */
static guint
count_columns (int fd)
{
  struct winsize size = { 0 };
  guint64 said = 0;
  const char *text = g_getenv ("COLUMNS");
  if (text != NULL
      && g_ascii_string_to_unsigned (text, 10, LEAST_COLUMNS, MOST_COLUMNS, &said, NULL))
    return (guint) said;
  if (ioctl (fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    return USUAL_COLUMNS;
  return CLAMP (size.ws_col, LEAST_COLUMNS, MOST_COLUMNS);
}

/**
 * tn_screen_look:
 *
 * Returns: what @file shows to a person now; a window may have another width the next time
 */
TnScreen
tn_screen_look (FILE *file)
{
  int fd = fileno (file);
  TnScreen screen = { .is_terminal = fd >= 0 && isatty (fd) };
  if (screen.is_terminal)
    {
      screen.has_colour = wants_colour ();
      screen.columns = count_columns (fd);
    }
  return screen;
}

/**
 * tn_screen_get_text_width:
 *
 * Returns: columns of a line of running text
 */
guint
tn_screen_get_text_width (const TnScreen *screen)
{
  return screen->columns > 0 ? MIN (screen->columns, TEXT_COLUMNS) : TEXT_COLUMNS;
}
