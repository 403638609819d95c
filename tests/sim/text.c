#include "sim/text.h"

#include <string.h>

#include "ical/reader.h"
#include "sync/lines.h"

/* Returns: (nullable): NULL when it cannot be read */
TnEvent *
sim_text_parse (const char *text, TnZone *zone)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  return tn_reader_read (bytes, zone, NULL);
}

/* By the reference below the marker, which survives where X- properties do not. */
gboolean
sim_text_is_milestone (const char *text, TnZone *zone)
{
  g_autoptr (TnEvent) event = sim_text_parse (text, zone);
  return event != NULL && strchr (event->note, '#') != NULL;
}

static gboolean
is_managed (const char *line)
{
  static const char *const names[]
      = { "DTSTART",       "DTEND",    "DURATION",        "LOCATION",        "SUMMARY",
          "STATUS",        "TRANSP",   "X-TURNUS-KEY",    "DTSTAMP",         "X-TURNUS-WROTE",
          "LAST-MODIFIED", "SEQUENCE", "X-TURNUS-PLACED", "X-TURNUS-LEDGER", "DESCRIPTION" };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (lines_is_named (line, names[i]))
      return TRUE;
  return FALSE;
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* What no daemon may change (promise 6): all lines that are not managed, in any order, and the text
 * above the marker. Zones come and go with the times that name them. */
char *
sim_text_dup_foreign (const char *text, TnZone *zone)
{
  g_autoptr (GPtrArray) lines = lines_unfold (text);
  g_autoptr (GPtrArray) foreign = g_ptr_array_new ();
  const char *inside = NULL;
  for (guint i = 0; i < lines->len; i++)
    {
      const char *line = g_ptr_array_index (lines, i);
      gboolean ends = inside != NULL && g_str_has_prefix (line, "END:")
                      && strcmp (line + strlen ("END:"), inside) == 0;
      if (inside == NULL && strcmp (line, "BEGIN:VTIMEZONE") == 0)
        inside = "VTIMEZONE";
      else if (inside == NULL && strcmp (line, "BEGIN:VALARM") == 0)
        inside = "VALARM";
      if (inside == NULL ? !is_managed (line) : inside[1] == 'A')
        g_ptr_array_add (foreign, g_ptr_array_index (lines, i));
      if (ends)
        inside = NULL;
    }
  g_ptr_array_sort (foreign, compare_lines);
  g_autofree char *rest = lines_fold (foreign);
  g_autoptr (TnEvent) event = sim_text_parse (text, zone);
  return g_strconcat (rest, event != NULL ? event->text : "", NULL);
}
