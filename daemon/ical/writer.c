/* An event of the plan as iCalendar bytes, for calendars where it is not yet. The same event at the
 * same moment gives the same bytes. It cannot carry ATTENDEE, ORGANIZER, METHOD or RRULE: nobody is
 * mailed by accident (promise 4, hazard 62), and each occurrence is an event of its own.
 *
 * Source: RFC 5545 sections 3.4, 3.6 and 3.6.1; design section 6. */
#include "ical/writer.h"

#include "base/encode.h"
#include "ical/edit.h"
#include "ical/marker.h"
#include "ical/moment.h"
#include "ical/text.h"
#include "ical/times.h"
#include "ical/timezone.h"

#include <string.h>

#define LINE_END "\r\n"

/* Nothing for an empty text: real servers refuse empty values, libical drops them (design section
 * 11). */
static void
append_text (GString *to, const char *name, const char *text)
{
  g_autofree char *value = tn_text_escape (text == NULL ? "" : text);
  if (!tn_text_is_blank (value))
    tn_text_append_property (to, name, value);
}

static void
append_times (GString *to, const TnEvent *event)
{
  const char *tzid = event->zone == NULL ? "UTC" : tn_zone_get_id (event->zone);
  g_autofree char *parameters = tn_times_dup_parameters (&event->when, tzid);
  g_autofree char *start_name = g_strconcat ("DTSTART", parameters, NULL);
  g_autofree char *end_name = g_strconcat ("DTEND", parameters, NULL);
  g_autofree char *start = tn_times_dup_start (&event->when, tzid);
  g_autofree char *end = tn_times_dup_end (&event->when, tzid);
  tn_text_append_property (to, start_name, start);
  tn_text_append_property (to, end_name, end);
}

static void
append_travelling (GString *to, const TnEvent *event)
{
  if (event->key != NULL)
    {
      g_autofree char *code = tn_encode_base64url (event->key);
      append_text (to, "X-TURNUS-KEY", code);
    }
  append_text (to, "X-TURNUS-WROTE", event->stamp);
  append_text (to, "X-TURNUS-PLACED", event->placed);
  append_text (to, "X-TURNUS-LEDGER", event->ledger);
}

/* Who is invited stays where it is: that somebody is, and how many, is all that is said. */
static void
append_looked_at (GString *to, const TnEvent *event)
{
  if (event->is_private)
    tn_text_append_property (to, "CLASS", "PRIVATE");
  if (event->has_attendees)
    tn_text_append_property (to, "ORGANIZER", "mailto:organizer@invalid");
  for (guint i = 0; i < event->n_attendees; i++)
    {
      g_autofree char *address = g_strdup_printf ("mailto:guest-%u@invalid", i + 1);
      tn_text_append_property (to, "ATTENDEE", address);
    }
}

static void
append_event (GString *to, const TnEvent *event, gint64 now_us, guint sequence, gboolean is_foreign)
{
  g_autofree char *count = g_strdup_printf ("%u", sequence);
  g_autofree char *now = tn_moment_format_utc (now_us);
  g_autofree char *description = tn_marker_join (event->text, event->note);
  tn_text_append_property (to, "BEGIN", "VEVENT");
  append_text (to, "UID", event->uid);
  tn_text_append_property (to, "DTSTAMP", now);
  tn_text_append_property (to, "CREATED", now);
  tn_text_append_property (to, "LAST-MODIFIED", now);
  tn_text_append_property (to, "SEQUENCE", count);
  append_times (to, event);
  append_text (to, "SUMMARY", event->title);
  append_text (to, "LOCATION", event->where);
  append_text (to, "DESCRIPTION", description);
  append_text (to, "STATUS", tn_edit_status_to_string (event->status));
  tn_text_append_property (to, "TRANSP", event->is_transparent ? "TRANSPARENT" : "OPAQUE");
  append_travelling (to, event);
  if (is_foreign)
    append_looked_at (to, event);
  tn_text_append_property (to, "END", "VEVENT");
}

static GBytes *
write_calendar (const TnEvent *event, gint64 now_us, gboolean is_foreign)
{
  GString *calendar = g_string_new (NULL);
  tn_text_append_property (calendar, "BEGIN", "VCALENDAR");
  tn_text_append_property (calendar, "VERSION", "2.0");
  tn_text_append_property (calendar, "PRODID", "-//turnus//turnus " TN_VERSION "//EN");
  if (!event->when.all_day && strcmp (tn_zone_get_id (event->zone), "UTC") != 0)
    tn_timezone_append_block (calendar, event->zone, event->when.days.start, LINE_END);
  append_event (calendar, event, now_us, 0, is_foreign);
  tn_text_append_property (calendar, "END", "VCALENDAR");
  return g_string_free_to_bytes (calendar);
}

/**
 * tn_writer_write:
 * @event: with a zone unless all-day; what turnus only looks at (guests, rules) is not written
 * @now_us: UTC microseconds since 1970; DTSTAMP, CREATED and LAST-MODIFIED
 *
 * Source: RFC 5545; design section 6.
 * Returns: (transfer full): a calendar with that event, CRLF, folded
 */
GBytes *
tn_writer_write (const TnEvent *event, gint64 now_us)
{
  g_return_val_if_fail (event != NULL, NULL);
  g_return_val_if_fail (event->when.all_day || event->zone != NULL, NULL);

  return write_calendar (event, now_us, FALSE);
}

/**
 * tn_writer_append_event:
 * @event: with a zone unless all-day, of which the calendar has a block already
 * @now_us: as there
 *
 * Appends the component alone, as tn_writer_write() has it, to a calendar with other ones.
 */
void
tn_writer_append_event (GString *to, const TnEvent *event, gint64 now_us, guint sequence)
{
  g_return_if_fail (event != NULL && (event->when.all_day || event->zone != NULL));

  append_event (to, event, now_us, sequence, FALSE);
}

/**
 * tn_writer_write_foreign:
 * @event: of a calendar that is no iCalendar; with a zone unless all-day
 * @changed_us: UTC microseconds since 1970 at which it was changed there
 *
 * As tn_writer_write(), but with what turnus only looks at: CLASS, an ORGANIZER, an ATTENDEE for
 * each that was invited, without their names. For the core to read, and for no calendar: nobody is
 * mailed by it (promise 4).
 *
 * Returns: (transfer full): a calendar with that event, CRLF, folded
 */
GBytes *
tn_writer_write_foreign (const TnEvent *event, gint64 changed_us)
{
  g_return_val_if_fail (event != NULL, NULL);
  g_return_val_if_fail (event->when.all_day || event->zone != NULL, NULL);

  return write_calendar (event, changed_us, TRUE);
}

/**
 * tn_writer_edit:
 * @bytes: the item as last read
 * @wished: what its managed fields shall say; timed: local to its zone
 * @fields: those that may be touched, `1 << TN_FIELD_WHEN | …`
 * @now_us: UTC microseconds since 1970
 *
 * Puts other lines in the place of those of the named fields, where the item does not say the same
 * already; X-TURNUS-KEY, -WROTE, -PLACED and -LEDGER too, where @wished has them. Every other byte
 * stays: order, line ends, unknown properties, alarms, other components (promise 6). DTSTAMP and
 * LAST-MODIFIED follow a change of a field, SEQUENCE one of when or status (hazard 61: guests'
 * answers are reset by it).
 *
 * Source: RFC 5545; RFC 5546 section 2.1.4; design section 6.
 * Errors: as tn_reader_read(); %TN_ERROR_INVALID also when the item has no master event or carries
 * an X-LIC-ERROR, the trace of a program that lost something of it (hazard 64). Returns: (transfer
 * full) (nullable): the new bytes; @bytes when there was nothing to change
 */
GBytes *
tn_writer_edit (GBytes *bytes, const TnEvent *wished, guint fields, gint64 now_us, GError **error)
{
  g_return_val_if_fail (bytes != NULL && wished != NULL, NULL);
  g_return_val_if_fail (wished->when.all_day || wished->zone != NULL, NULL);

  GBytes *edited = tn_edit_apply (bytes, wished, fields, now_us, error);
  if (edited == NULL)
    g_prefix_error (error, "cannot edit the event: ");
  return edited;
}
