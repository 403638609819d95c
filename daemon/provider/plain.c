/* Events in plain terms, for plugins whose calendars are not iCalendar: such a plugin tells apart
 * fields, and what they are in RFC 5545 is known here alone. Times are exact on its side, because
 * other systems keep them so; days never go through UTC (hazard 53). */
#include "provider/plain.h"

#include <string.h>

#include "base/encode.h"
#include "base/error.h"
#include "base/text.h"
#include "ical/marker.h"
#include "ical/reader.h"
#include "ical/writer.h"

#define DAY_MINUTES 1440

/* The plugin's words for what the model has as fields of its own. */
static void
put_own (TurnusEvent *plain, const char *name, const char *value)
{
  if (value != NULL)
    g_hash_table_insert (plain->own, g_strdup (name), g_strdup (value));
}

static gint64
to_utc_us (const TnZone *zone, TnDate date, int minute)
{
  TnLocalTime local = { date + minute / DAY_MINUTES, minute % DAY_MINUTES * 60 };
  return tn_zone_to_utc_s (zone, local) * G_USEC_PER_SEC;
}

static void
put_when (TurnusEvent *plain, const TnEvent *event)
{
  const TnWhen *when = &event->when;
  plain->all_day = when->all_day;
  if (when->all_day)
    {
      plain->start_day = when->days.start;
      plain->end_day = when->days.end;
      return;
    }
  plain->zone = g_strdup (tn_zone_get_id (event->zone));
  plain->start_us = to_utc_us (event->zone, when->days.start, when->start_minute);
  plain->end_us = to_utc_us (event->zone, when->days.end - 1, when->end_minute);
  plain->end_us = MAX (plain->end_us, plain->start_us);
}

static TurnusEvent *
to_plain (const TnEvent *event)
{
  TurnusEvent *plain = turnus_event_new (event->uid);
  tn_text_set (&plain->summary, event->title);
  tn_text_set (&plain->location, event->where);
  g_free (plain->description);
  plain->description = tn_marker_join (event->text, event->note);
  put_when (plain, event);
  plain->status = (TurnusStatus) event->status;
  plain->is_transparent = event->is_transparent;
  plain->is_private = event->is_private;
  plain->recurs = event->has_rule;
  plain->is_meeting = event->has_attendees;
  plain->n_attendees = event->n_attendees;
  g_autofree char *code = event->key != NULL ? tn_encode_base64url (event->key) : NULL;
  put_own (plain, "key", code);
  put_own (plain, "wrote", event->stamp);
  put_own (plain, "placed", event->placed);
  put_own (plain, "ledger", event->ledger);
  return plain;
}

/**
 * tn_plain_read:
 * @bytes: one item: all components of one UID
 * @zone: IANA name of the zone of times that name none
 *
 * Errors: as tn_reader_read(); %TN_ERROR_INVALID also when @zone is unknown.
 * Returns: (transfer full) (nullable)
 */
TurnusEvent *
tn_plain_read (GBytes *bytes, const char *zone, GError **error)
{
  g_autoptr (TnZone) floating = tn_zone_new (zone, error);
  g_autoptr (TnEvent) event
      = floating != NULL ? tn_reader_read_as_written (bytes, floating, error) : NULL;
  return event != NULL ? to_plain (event) : NULL;
}

static gboolean
refuse (GError **error, const char *why)
{
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "cannot write the event: %s", why);
  return FALSE;
}

/* What another system may say and RFC 5545 cannot. */
static gboolean
check (const TurnusEvent *plain, GError **error)
{
  static const gint64 first_us = G_GINT64_CONSTANT (-62104060800000000); /* 0002-01-01 */
  static const gint64 last_us = G_GINT64_CONSTANT (253339228800000000);  /* 9998-01-01 */
  if (plain->size < sizeof *plain)
    return refuse (error, "the plugin made it of too few bytes");
  if (plain->uid == NULL || *plain->uid == '\0')
    return refuse (error, "it has no UID");
  if (plain->recurs)
    return refuse (error, "it recurs");
  if (plain->all_day ? plain->end_day <= plain->start_day : plain->end_us < plain->start_us)
    return refuse (error, "it ends before it starts");
  gboolean is_near = plain->all_day ? plain->start_day > tn_date_new (2, 1, 1)
                                          && plain->end_day < tn_date_new (9998, 1, 1)
                                    : plain->start_us > first_us && plain->end_us < last_us;
  return is_near || refuse (error, "its year is none between 2 and 9997");
}

static TnWhen
make_when (const TurnusEvent *plain, const TnZone *zone)
{
  if (plain->all_day)
    return tn_when_new_days (plain->start_day, plain->end_day - plain->start_day);
  TnLocalTime start = tn_zone_to_local (zone, plain->start_us / G_USEC_PER_SEC);
  TnLocalTime end = tn_zone_to_local (zone, plain->end_us / G_USEC_PER_SEC);
  int end_minute = end.second / 60;
  gboolean is_back = end.date < start.date || (end.date == start.date && end.second < start.second);
  if (is_back) /* in the second of two equal hours */
    return tn_when_new_timed (start.date, start.second / 60, start.date, start.second / 60);
  if (end_minute == 0 && end.date > start.date)
    return tn_when_new_timed (start.date, start.second / 60, end.date - 1, DAY_MINUTES);
  return tn_when_new_timed (start.date, start.second / 60, end.date, end_minute);
}

static const char *
get_own (const TurnusEvent *plain, const char *name)
{
  return g_hash_table_lookup (plain->own, name);
}

static TnEvent *
from_plain (const TurnusEvent *plain, const TnZone *zone)
{
  TnEvent *event = tn_event_new (plain->uid);
  event->zone = zone != NULL ? tn_zone_ref (zone) : NULL;
  event->when = make_when (plain, zone);
  tn_text_set (&event->title, plain->summary);
  tn_text_set (&event->where, plain->location);
  g_clear_pointer (&event->text, g_free);
  g_clear_pointer (&event->note, g_free);
  tn_marker_split (plain->description, &event->text, &event->note);
  event->status = (TnEventStatus) CLAMP ((int) plain->status, 0, TN_EVENT_CANCELLED);
  event->is_transparent = plain->is_transparent;
  event->is_private = plain->is_private;
  event->has_attendees = plain->is_meeting || plain->n_attendees > 0;
  event->n_attendees = plain->n_attendees;
  const char *code = get_own (plain, "key");
  event->key = code != NULL ? tn_decode_base64url (code, NULL) : NULL; /* a bad one is none */
  tn_text_set (&event->stamp, get_own (plain, "wrote"));
  tn_text_set (&event->placed, get_own (plain, "placed"));
  tn_text_set (&event->ledger, get_own (plain, "ledger"));
  return event;
}

/**
 * tn_plain_write:
 *
 * Errors: %TN_ERROR_INVALID: no UID, an unknown zone, an end before the start, an event that
 * recurs. Returns: (transfer full) (nullable): an item; the same event gives the same bytes
 */
GBytes *
tn_plain_write (const TurnusEvent *plain, GError **error)
{
  if (!check (plain, error))
    return NULL;
  g_autoptr (TnZone) zone
      = plain->all_day ? NULL : tn_zone_new (plain->zone != NULL ? plain->zone : "UTC", error);
  if (zone == NULL && !plain->all_day)
    {
      g_prefix_error (error, "cannot write the event: ");
      return NULL;
    }
  g_autoptr (TnEvent) event = from_plain (plain, zone);
  return tn_writer_write_foreign (event, plain->changed_us);
}
