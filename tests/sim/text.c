#include "sim/text.h"

#include <stdlib.h>
#include <string.h>

#include "ical/reader.h"
#include "sync/lines.h"
#include "sync/page.h"

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

/* Is the decision on the page? */
gboolean
sim_text_has_entry (const char *ledger, const char *id)
{
  g_autoptr (TnPage) page = tn_page_parse (ledger, NULL);
  for (guint i = 0; page != NULL && i < page->decisions->len; i++)
    if (strcmp (((const TnDecision *) g_ptr_array_index (page->decisions, i))->id, id) == 0)
      return TRUE;
  return FALSE;
}

/* RFC 5545 3.8.7.4: 0 when there is none. */
int
sim_text_get_sequence (const char *text)
{
  g_autoptr (GPtrArray) lines = lines_unfold (text);
  for (guint i = 0; i < lines->len; i++)
    if (lines_is_named (g_ptr_array_index (lines, i), "SEQUENCE"))
      return atoi ((const char *) g_ptr_array_index (lines, i) + strlen ("SEQUENCE:"));
  return 0;
}

/* What stands above the marker, letter by letter; of a description without one, nothing. */
static char *
dup_text_above (const char *description)
{
  const char *marker = strstr (description, TN_MARKER);
  GString *text = g_string_new_len (description, marker != NULL ? marker - description : 0);
  while (g_str_has_suffix (text->str, "\\n"))
    g_string_truncate (text, text->len - 2);
  return g_string_free (text, FALSE);
}

/* What no daemon may change (promise 6): all lines that are not managed, in their order, and the
 * text above the marker, read here by other means than the daemon's. Zones come and go with the
 * times that name them. */
char *
sim_text_dup_foreign (const char *text)
{
  g_autoptr (GPtrArray) lines = lines_unfold (text);
  g_autoptr (GPtrArray) foreign = g_ptr_array_new ();
  g_autofree char *above = g_strdup ("");
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
      if (inside == NULL && lines_is_named (line, "DESCRIPTION"))
        {
          g_free (above);
          above = dup_text_above (strchr (line, ':') + 1);
        }
      if (ends)
        inside = NULL;
    }
  g_autofree char *rest = lines_fold (foreign);
  return g_strconcat (rest, above, NULL);
}
