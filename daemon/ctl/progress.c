/* Progress, for a person who looks at a terminal: what is going on, and for how long. It promises
 * no end that nobody knows. Nothing is shown in the first second, nothing where stderr is no
 * terminal, and nothing of it stays. */
#include "ctl/progress.h"

#include "base/log.h"
#include "ctl/screen.h"

#include <string.h>

static const guint TICK_MS = 1000;
static const char ERASE[] = "\r\033[K";

struct _TnProgress
{
  FILE *err;      /* (unowned) (nullable) %NULL: nobody looks */
  char *what;     /* (owned) */
  char *phase;    /* (owned) (nullable) */
  guint columns;  /* of the window */
  gint64 from_us; /* monotonic */
  guint tick_id;  /* 0 when nobody looks */
  gboolean is_drawn;
};

/* A line that is too long would wrap, and what wrapped is not erased. */
static void
draw (TnProgress *progress)
{
  gint64 s = (g_get_monotonic_time () - progress->from_us) / G_USEC_PER_SEC;
  g_autofree char *phase
      = progress->phase != NULL ? g_strconcat (", ", progress->phase, NULL) : NULL;
  g_autofree char *text = g_strdup_printf ("%s%s, %" G_GINT64_FORMAT " s", progress->what,
                                           phase != NULL ? phase : "", s);
  g_autofree char *safe = tn_log_make_safe (text);
  g_autofree char *shown
      = g_utf8_substring (safe, 0, MIN (g_utf8_strlen (safe, -1), (glong) progress->columns - 1));
  fprintf (progress->err, "%s%s", ERASE, shown);
  fflush (progress->err);
  progress->is_drawn = TRUE;
}

static gboolean
on_tick (gpointer user_data)
{
  draw (user_data);
  return G_SOURCE_CONTINUE;
}

/**
 * tn_progress_new:
 * @what: what is done: `sync`
 *
 * Draws from the main loop, once a second.
 */
TnProgress *
tn_progress_new (const TnCall *call, const char *what)
{
  const char *kind = g_getenv ("TERM");
  TnScreen screen = tn_screen_look (call->err);
  TnProgress *progress = g_new0 (TnProgress, 1);
  progress->what = g_strdup (what);
  progress->from_us = g_get_monotonic_time ();
  if (!screen.is_terminal || kind == NULL || strcmp (kind, "dumb") == 0)
    return progress;
  progress->err = call->err;
  progress->columns = screen.columns;
  progress->tick_id = g_timeout_add (TICK_MS, on_tick, progress);
  return progress;
}

void
tn_progress_free (TnProgress *progress)
{
  if (progress == NULL)
    return;
  if (progress->tick_id != 0)
    g_source_remove (progress->tick_id);
  if (progress->is_drawn)
    {
      fputs (ERASE, progress->err);
      fflush (progress->err);
    }
  g_free (progress->what);
  g_free (progress->phase);
  g_free (progress);
}

/**
 * tn_progress_say:
 *
 * What is shown from now on: which part is done.
 */
void
tn_progress_say (TnProgress *progress, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_free (progress->phase);
  progress->phase = g_strdup_vprintf (format, args);
  va_end (args);
  if (progress->is_drawn)
    draw (progress);
}

/**
 * tn_progress_is_seen:
 *
 * Returns: %FALSE when it is of no use to find out more
 */
gboolean
tn_progress_is_seen (const TnProgress *progress)
{
  return progress->is_drawn;
}
