/* The bytes of an event, line by line, as a person's program changes them. Written apart from the
 * daemon's own reading, so that both cannot be wrong in the same way. */
#include "sync/lines.h"

#include <string.h>

#include "sync/town.h"

/* Lines as they are meant, without folds. */
GPtrArray *
lines_unfold (const char *text)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) raw = g_strsplit (text, "\r\n", -1);
  for (guint i = 0; raw[i] != NULL; i++)
    if (raw[i][0] == ' ' && lines->len > 0)
      {
        char **last = (char **) &lines->pdata[lines->len - 1];
        char *joined = g_strconcat (*last, raw[i] + 1, NULL);
        g_free (*last);
        *last = joined;
      }
    else if (raw[i][0] != '\0')
      g_ptr_array_add (lines, g_strdup (raw[i]));
  return lines;
}

gboolean
lines_is_named (const char *line, const char *name)
{
  gsize length = strlen (name);
  return g_str_has_prefix (line, name) && (line[length] == ':' || line[length] == ';');
}

char *
lines_fold (GPtrArray *lines)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\r\n", (const char *) g_ptr_array_index (lines, i));
  return g_string_free (text, FALSE);
}

/* As a calendar program does it: the property is replaced, or added when it is missing. */
char *
lines_set_property (const char *text, const char *name, const char *line)
{
  g_autoptr (GPtrArray) lines = lines_unfold (text);
  guint end = 0;
  for (guint i = lines->len; i > 0; i--)
    {
      const char *old = g_ptr_array_index (lines, i - 1);
      if (lines_is_named (old, name))
        g_ptr_array_remove_index (lines, i - 1);
    }
  for (guint i = 0; i < lines->len && end == 0; i++)
    if (strcmp (g_ptr_array_index (lines, i), "END:VEVENT") == 0)
      end = i;
  if (line != NULL)
    g_ptr_array_insert (lines, (gint) end, g_strdup (line));
  return lines_fold (lines);
}

static gboolean
is_managed (const char *line)
{
  static const char *const names[]
      = { "DTSTART",       "DTEND",    "DURATION",        "LOCATION",       "SUMMARY",
          "STATUS",        "TRANSP",   "X-TURNUS-KEY",    "DTSTAMP",        "X-TURNUS-WROTE",
          "LAST-MODIFIED", "SEQUENCE", "X-TURNUS-PLACED", "X-TURNUS-LEDGER" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (lines_is_named (line, names[i]))
      return TRUE;
  return lines_is_named (line, "DESCRIPTION") && strstr (line, TN_MARKER) != NULL;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* What no daemon may change (promise 6): the lines that are not managed, in any order, and the text
 * above the marker. A server that drops X- properties drops them. */
char *
lines_dup_foreign (const char *text, gboolean drops_x, gboolean shares_text)
{
  g_autoptr (GPtrArray) lines = lines_unfold (text);
  for (guint i = lines->len; i > 0; i--)
    {
      const char *line = g_ptr_array_index (lines, i - 1);
      /* Zones come and go with the times that name them. */
      if (is_managed (line) || (drops_x && g_str_has_prefix (line, "X-"))
          || g_str_has_prefix (line, "TZ") || g_str_has_prefix (line, "RRULE:FREQ=YEARLY")
          || strstr (line, "VTIMEZONE") != NULL || strstr (line, ":STANDARD") != NULL
          || strstr (line, ":DAYLIGHT") != NULL)
        g_ptr_array_remove_index (lines, i - 1);
    }
  g_ptr_array_sort (lines, compare_lines);
  g_autofree char *rest = lines_fold (lines);
  g_autoptr (TnEvent) event = town_parse (text);
  return g_strconcat (rest, event != NULL && !shares_text ? event->text : "", NULL);
}
