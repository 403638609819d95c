/* A date as iCalendar, for people whose calendar turnus does not keep. It publishes and asks
 * nobody: METHOD:PUBLISH, no ATTENDEE, no ORGANIZER (promise 4). The UID is that of the event in
 * all calendars, so that a program in which it is already shows it once.
 *
 * Source: RFC 5546 3.2.1, but for ORGANIZER: programs answer to it; RFC 6047 2.4. */
#include "notice/attachment.h"

#include <string.h>

#include "ical/writer.h"
#include "sync/note.h"

static const char TYPE[] = "text/calendar; charset=utf-8; method=PUBLISH";

static TnEvent *
make_event (const TnOccurrence *occurrence)
{
  gboolean is_cancelled = occurrence->status == TN_STATUS_CANCELLED || occurrence->is_postponed;
  TnLanguage language = occurrence->collaboration->language;
  TnEvent *event = tn_event_new (occurrence->uid);
  event->when = occurrence->when;
  if (!event->when.all_day)
    event->zone = tn_zone_ref (occurrence->collaboration->zone);
  g_free (event->title);
  event->title = is_cancelled ? g_strdup_printf ("%s: %s", tn_word (language, TN_WORD_CANCELLED),
                                                 occurrence->title)
                              : g_strdup (occurrence->title);
  g_free (event->where);
  event->where = g_strdup (occurrence->place != NULL ? occurrence->place : "");
  g_free (event->note);
  event->note = tn_note_write (occurrence, NULL, NULL); /* the text of people stays where it is */
  event->is_transparent = is_cancelled || occurrence->series->kind == TN_KIND_REPORT;
  event->status = is_cancelled                                ? TN_EVENT_CANCELLED
                  : occurrence->status == TN_STATUS_CONFIRMED ? TN_EVENT_CONFIRMED
                                                              : TN_EVENT_TENTATIVE;
  return event;
}

/* Raised by each decision, also by one that replaces another, so that a program that has an earlier
 * file takes the later one. */
static guint
count_decisions (const TnPlan *plan, const TnOccurrence *occurrence)
{
  const TnLedger *ledger = tn_plan_get_ledger (plan);
  guint n = 0;
  for (guint i = 0; i < tn_ledger_get_size (ledger); i++)
    {
      const TnDecision *decision = tn_ledger_get (ledger, i);
      if (g_strcmp0 (decision->cycle, occurrence->cycle_text) == 0
          && g_strcmp0 (decision->series, occurrence->series->id) == 0
          && g_strcmp0 (decision->collaboration, occurrence->collaboration->id) == 0)
        n++;
    }
  return n;
}

static char *
dup_name (const TnOccurrence *occurrence)
{
  GString *name = g_string_new (occurrence->series->id);
  g_string_append_printf (name, "-%s.ics", occurrence->cycle_text);
  for (gsize i = 0; i < name->len; i++)
    if (!g_ascii_isalnum (name->str[i]) && strchr (".-_", name->str[i]) == NULL)
      name->str[i] = '-';
  return g_string_free (name, FALSE);
}

/**
 * tn_attachment_new:
 *
 * Returns: (transfer full): @occurrence as it is now, also when it is cancelled
 */
TnEnclosure *
tn_attachment_new (const TnPlan *plan, const TnOccurrence *occurrence, gint64 now_us)
{
  g_autoptr (TnEvent) event = make_event (occurrence);
  g_autoptr (GBytes) bytes = tn_writer_write (event, now_us);
  g_autofree char *name = dup_name (occurrence);
  g_autofree char *sequence
      = g_strdup_printf ("\r\nSEQUENCE:%u\r\n", count_decisions (plan, occurrence));
  GString *text
      = g_string_new_len (g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
  g_string_replace (text, "\r\nVERSION:2.0\r\n", "\r\nVERSION:2.0\r\nMETHOD:PUBLISH\r\n", 1);
  g_string_replace (text, "\r\nSEQUENCE:0\r\n", sequence, 1);
  g_autoptr (GBytes) published = g_string_free_to_bytes (text);
  return tn_enclosure_new (name, TYPE, published);
}
