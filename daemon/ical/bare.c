/* A calendar of busy times is somebody's own calendar. Only its times are our business, so all else
 * is left behind before the file is kept anywhere (promise 11); the lines stay where they were, so
 * that errors name the right one, and a change of mere words makes no new rulebook. */
#include "ical/bare.h"

#include "ical/lines.h"

#include <string.h>

static gboolean
is_in_zone (const TnLines *lines, int component)
{
  while (component >= 0)
    {
      const TnComponent *in = tn_lines_get_component (lines, (guint) component);
      if (in->kind == TN_COMPONENT_VTIMEZONE)
        return TRUE;
      component = in->parent;
    }
  return FALSE;
}

static gboolean
is_kept (const TnLines *lines, const TnLine *line)
{
  switch (line->kind)
    {
    case TN_LINE_BEGIN:
    case TN_LINE_END:
    case TN_LINE_DTSTART:
    case TN_LINE_DTEND:
    case TN_LINE_DURATION:
    case TN_LINE_RRULE:
    case TN_LINE_EXRULE:
    case TN_LINE_RDATE:
    case TN_LINE_EXDATE:
    case TN_LINE_RECURRENCE_ID:
    case TN_LINE_FREEBUSY:
    case TN_LINE_STATUS:
    case TN_LINE_TRANSP:
    case TN_LINE_UID:
      return TRUE;
    default:
      return is_in_zone (lines, line->component);
    }
}

/**
 * tn_bare_dup:
 * @text: a calendar file
 *
 * Errors: %TN_ERROR_INVALID when it is none.
 * Returns: (transfer full) (nullable): @text with nothing but times in it, and with as many lines
 */
char *
tn_bare_dup (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (TnLines) lines = tn_lines_new (bytes, TN_LINES_MAX_IN_FILE, error);
  if (lines == NULL)
    return NULL;
  GString *bare = g_string_new (NULL);
  for (guint i = 0; i < tn_lines_get_n (lines); i++)
    {
      const TnLine *line = tn_lines_get (lines, i);
      const char *start = tn_lines_peek (lines, i);
      if (is_kept (lines, line))
        g_string_append_len (bare, start, (gssize) line->length);
      else
        for (const char *c = start; c < start + line->length; c++)
          if (*c == '\r' || *c == '\n')
            g_string_append_c (bare, *c);
    }
  return g_string_free (bare, FALSE);
}
