/* A calendar to subscribe to. The same events give the same bytes, whenever they are asked for, so
 * that a reader who has them already is told so (ETag). Nobody is invited by it: it has no
 * ORGANIZER and no ATTENDEE, though RFC 5546 would have the first (promise 4).
 *
 * Source: RFC 5545 section 3.4; RFC 5546 section 3.2.1; RFC 7986 sections 5.1 and 5.7. */
#include "ical/feed.h"

#include <string.h>

#include "ical/text.h"
#include "ical/timezone.h"
#include "ical/writer.h"

#define LINE_END "\r\n"

/* What Outlook, Apple, Google and Thunderbird look for: each has names of its own for the same. */
static void
append_head (GString *to, const char *name, int refresh_hours)
{
  g_autofree char *text = tn_text_escape (name);
  g_autofree char *refresh = g_strdup_printf ("PT%dH", refresh_hours);
  tn_text_append_property (to, "BEGIN", "VCALENDAR");
  tn_text_append_property (to, "VERSION", "2.0");
  tn_text_append_property (to, "PRODID", "-//turnus//turnus " TN_VERSION "//EN");
  tn_text_append_property (to, "CALSCALE", "GREGORIAN");
  tn_text_append_property (to, "METHOD", "PUBLISH");
  tn_text_append_property (to, "NAME", text);
  tn_text_append_property (to, "X-WR-CALNAME", text);
  tn_text_append_property (to, "REFRESH-INTERVAL;VALUE=DURATION", refresh);
  tn_text_append_property (to, "X-PUBLISHED-TTL", refresh);
}

static gboolean
has_block (const TnEvent *event)
{
  return !event->when.all_day && strcmp (tn_zone_get_id (event->zone), "UTC") != 0;
}

/* A zone once, with the rules that hold from its first event on. */
static void
append_zones (GString *to, const TnFeedEntry *entries, guint n_entries)
{
  g_autoptr (GHashTable) firsts = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();
  for (guint i = 0; i < n_entries; i++)
    {
      const TnEvent *event = entries[i].event;
      if (!has_block (event))
        continue;
      const char *id = tn_zone_get_id (event->zone);
      const TnEvent *first = g_hash_table_lookup (firsts, id);
      if (first == NULL)
        g_ptr_array_add (order, (gpointer) id);
      if (first == NULL || event->when.days.start < first->when.days.start)
        g_hash_table_insert (firsts, (gpointer) id, (gpointer) event);
    }
  for (guint i = 0; i < order->len; i++)
    {
      const TnEvent *first = g_hash_table_lookup (firsts, g_ptr_array_index (order, i));
      tn_timezone_append_block (to, first->zone, first->when.days.start, LINE_END);
    }
}

/**
 * tn_feed_write:
 * @name: of the calendar, as people read it
 * @refresh_hours: how often a reader may ask again
 *
 * Returns: (transfer full): a calendar with the events in their order, CRLF, folded
 */
GBytes *
tn_feed_write (const char *name, int refresh_hours, const TnFeedEntry *entries, guint n_entries)
{
  GString *calendar = g_string_new (NULL);
  append_head (calendar, name, refresh_hours);
  append_zones (calendar, entries, n_entries);
  for (guint i = 0; i < n_entries; i++)
    tn_writer_append_event (calendar, entries[i].event, entries[i].changed_us, entries[i].sequence);
  tn_text_append_property (calendar, "END", "VCALENDAR");
  return g_string_free_to_bytes (calendar);
}
