/* A description is the person's above the marker line, ours below it (promise 6). The first such
 * line counts: so the text above never holds one, and what we wrote below may. */
#include "ical/marker.h"

#include "model/event.h"

#include <string.h>

static gboolean
is_marker (const char *line, gsize length)
{
  g_autofree char *trimmed = g_strstrip (g_strndup (line, length));
  return strcmp (trimmed, TN_MARKER) == 0;
}

/* The start of the marker line; `ret_behind` is the start of the line after it. */
static const char *
find_marker (const char *description, const char **ret_behind)
{
  const char *line = description;
  while (line != NULL)
    {
      gsize length = strcspn (line, "\n");
      const char *next = line[length] == '\0' ? NULL : line + length + 1;
      /* Most lines are no marker at first sight: their length or their letters say so. */
      if (g_strstr_len (line, (gssize) length, TN_MARKER) != NULL && is_marker (line, length))
        {
          *ret_behind = next == NULL ? line + length : next;
          return line;
        }
      line = next;
    }
  return NULL;
}

/* Without the line end before the marker, and the blank line before that. */
static gsize
get_text_length (const char *description, gsize length)
{
  for (guint i = 0; i < 2 && length > 0 && description[length - 1] == '\n'; i++)
    {
      length--;
      if (length > 0 && description[length - 1] == '\r')
        length--;
    }
  return length;
}

/**
 * tn_marker_split:
 * @ret_text: (out) (transfer full): of the person, all of it when there is no marker
 * @ret_note: (out) (transfer full): ours, "" when there is no marker
 */
void
tn_marker_split (const char *description, char **ret_text, char **ret_note)
{
  const char *behind = NULL;
  const char *marker = find_marker (description, &behind);
  if (marker == NULL)
    {
      *ret_text = g_strdup (description);
      *ret_note = g_strdup ("");
      return;
    }
  *ret_text
      = g_strndup (description, get_text_length (description, (gsize) (marker - description)));
  *ret_note = g_strdup (behind);
}

/**
 * tn_marker_join:
 * @text: of the person; holds no marker line
 *
 * Returns: (transfer full): a description that tn_marker_split() parts again; @text alone when
 * there is no @note
 */
char *
tn_marker_join (const char *text, const char *note)
{
  if (note[0] == '\0')
    return g_strdup (text);
  if (text[0] == '\0')
    return g_strconcat (TN_MARKER, "\n", note, NULL);
  return g_strconcat (text, "\n\n", TN_MARKER, "\n", note, NULL);
}
