/* iCalendar bytes to the managed fields of an event, and to the few other things that turnus looks
 * at. Whatever else stands there is not read at all; a recurrence rule above all, which can keep
 * libical busy for ever (hazard 60): that there is one is all that is asked.
 *
 * Source: RFC 5545 section 3.6.1. */
#include "ical/reader.h"

#include "base/encode.h"
#include "base/error.h"
#include "ical/marker.h"
#include "ical/property.h"
#include "ical/resource.h"
#include "ical/times.h"

#include <string.h>

/* The text of the first line of that kind; NULL without error when there is none. */
static gboolean
read_text (const TnResource *resource, TnLineKind kind, char **ret_text, GError **error)
{
  int index = tn_lines_find (resource->lines, (guint) resource->event, kind);
  if (index < 0)
    return TRUE;
  g_autoptr (TnProperty) property = tn_property_new (resource->lines, (guint) index, error);
  if (property == NULL)
    return FALSE;
  g_free (*ret_text);
  *ret_text = tn_property_dup_text (property);
  return TRUE;
}

static gboolean
read_texts (const TnResource *resource, TnEvent *event, GError **error)
{
  g_autofree char *description = g_strdup ("");
  if (!read_text (resource, TN_LINE_SUMMARY, &event->title, error)
      || !read_text (resource, TN_LINE_LOCATION, &event->where, error)
      || !read_text (resource, TN_LINE_DESCRIPTION, &description, error))
    return FALSE;
  g_clear_pointer (&event->text, g_free);
  g_clear_pointer (&event->note, g_free);
  tn_marker_split (description, &event->text, &event->note);
  return TRUE;
}

static gboolean
is_word (const char *text, const char *word)
{
  return text != NULL && g_ascii_strcasecmp (text, word) == 0;
}

static gboolean
read_status (const TnResource *resource, TnEvent *event, GError **error)
{
  g_autofree char *status = NULL;
  g_autofree char *transparency = NULL;
  if (!read_text (resource, TN_LINE_STATUS, &status, error)
      || !read_text (resource, TN_LINE_TRANSP, &transparency, error))
    return FALSE;
  if (status != NULL)
    g_strstrip (status);
  if (is_word (status, "TENTATIVE"))
    event->status = TN_EVENT_TENTATIVE;
  else if (is_word (status, "CONFIRMED"))
    event->status = TN_EVENT_CONFIRMED;
  else if (is_word (status, "CANCELLED"))
    event->status = TN_EVENT_CANCELLED;
  event->is_transparent
      = transparency != NULL && is_word (g_strstrip (transparency), "TRANSPARENT");
  return TRUE;
}

static gboolean
read_travelling (const TnResource *resource, TnEvent *event, GError **error)
{
  g_autofree char *code = NULL;
  if (!read_text (resource, TN_LINE_X_TURNUS_KEY, &code, error)
      || !read_text (resource, TN_LINE_X_TURNUS_WROTE, &event->stamp, error)
      || !read_text (resource, TN_LINE_X_TURNUS_PLACED, &event->placed, error)
      || !read_text (resource, TN_LINE_X_TURNUS_LEDGER, &event->ledger, error))
    return FALSE;
  if (code != NULL)
    event->key = tn_decode_base64url (g_strstrip (code), NULL); /* a bad one is none */
  return TRUE;
}

/* PRIVATE and CONFIDENTIAL; and values that nobody knows, which RFC 5545 section 3.8.1.3 wants
 * treated as PRIVATE (hazard 114). */
static gboolean
is_private (const TnLines *lines, guint index)
{
  g_autoptr (TnProperty) property = tn_property_new (lines, index, NULL);
  g_autofree char *class = property == NULL ? NULL : g_strstrip (tn_property_dup_text (property));
  return class == NULL || (class[0] != '\0' && !is_word (class, "PUBLIC"));
}

/* What is asked of every component of the item: exceptions of a series can have guests, or be
 * private, where their master is not. One pass over the lines. */
static void
look_around (const TnResource *resource, TnEvent *event)
{
  const TnLines *lines = resource->lines;
  for (guint i = 0; i < tn_lines_get_n (lines); i++)
    {
      const TnLine *line = tn_lines_get (lines, i);
      if (line->component < 0 || !tn_lines_is_in_calendar (lines, (guint) line->component)
          || tn_lines_get_component (lines, (guint) line->component)->kind != TN_COMPONENT_VEVENT)
        continue;
      if (line->kind == TN_LINE_ATTENDEE && line->component == resource->event)
        event->n_attendees++;
      if (line->kind == TN_LINE_ATTENDEE || line->kind == TN_LINE_ORGANIZER)
        event->has_attendees = TRUE;
      if (line->kind == TN_LINE_RRULE || line->kind == TN_LINE_RDATE || line->kind == TN_LINE_EXDATE
          || line->kind == TN_LINE_EXRULE || line->kind == TN_LINE_RECURRENCE_ID)
        event->has_rule = TRUE;
      if (line->kind == TN_LINE_CLASS && is_private (lines, i))
        event->is_private = TRUE;
    }
}

static gboolean
check_event (const TnResource *resource, GError **error)
{
  if (resource->event < 0)
    {
      g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID, "no event in it, expected a VEVENT");
      return FALSE;
    }
  int broken = tn_lines_find (resource->lines, (guint) resource->event, TN_LINE_BROKEN);
  if (broken < 0)
    return TRUE;
  /* It may be the rest of a text whose line was cut: then what we read of it is not all. */
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "line %u: no property, expected NAME:value",
               tn_lines_get_number (resource->lines, (guint) broken));
  return FALSE;
}

static TnEvent *
read_event (const TnResource *resource, const TnZone *home, GError **error)
{
  if (!check_event (resource, error))
    return NULL;
  g_autoptr (TnEvent) event = tn_event_new (resource->uid);
  event->zone = tn_zone_ref (home);
  if (!tn_times_read (resource->lines, (guint) resource->event, home, &event->when, error)
      || !read_texts (resource, event, error) || !read_status (resource, event, error)
      || !read_travelling (resource, event, error))
    return NULL;
  look_around (resource, event);
  return g_steal_pointer (&event);
}

/**
 * tn_reader_read:
 * @bytes: one item: all components of one UID
 * @home: the collaboration's zone; times are converted to it, floating ones are in it
 *
 * Reads the master event: the first VEVENT without RECURRENCE-ID, or where there is none the first.
 *
 * Source: RFC 5545; design section 6.
 * Errors: %TN_ERROR_INVALID when @bytes are no item with an event, or one that turnus cannot be
 * sure of: the caller leaves it alone and reports it; %TN_ERROR_LIMIT when it is too big. Returns:
 * (transfer full) (nullable): the event
 */
TnEvent *
tn_reader_read (GBytes *bytes, const TnZone *home, GError **error)
{
  g_return_val_if_fail (bytes != NULL && home != NULL, NULL);

  g_autoptr (TnResource) resource = tn_resource_new (bytes, error);
  TnEvent *event = resource == NULL ? NULL : read_event (resource, home, error);
  if (event == NULL)
    g_prefix_error (error, "cannot read the event: ");
  return event;
}

/**
 * tn_reader_read_as_written:
 * @bytes: one item: all components of one UID
 * @floating: the zone of days, and of times that name none
 *
 * As tn_reader_read(), but with the times in the zone that the event's start is written in: for
 * calendars that keep a zone of each event.
 *
 * Errors: as tn_reader_read().
 * Returns: (transfer full) (nullable): the event
 */
TnEvent *
tn_reader_read_as_written (GBytes *bytes, const TnZone *floating, GError **error)
{
  g_return_val_if_fail (bytes != NULL && floating != NULL, NULL);

  g_autoptr (TnResource) resource = tn_resource_new (bytes, error);
  g_autoptr (TnZone) zone
      = resource != NULL && check_event (resource, error)
            ? tn_times_dup_zone (resource->lines, (guint) resource->event, floating, error)
            : NULL;
  TnEvent *event = zone == NULL ? NULL : read_event (resource, zone, error);
  if (event == NULL)
    g_prefix_error (error, "cannot read the event: ");
  return event;
}

/**
 * tn_reader_dup_uid:
 * @bytes: one item, of whatever kind
 *
 * Errors: %TN_ERROR_INVALID when @bytes are no item; %TN_ERROR_LIMIT.
 * Returns: (transfer full) (nullable): its UID
 */
char *
tn_reader_dup_uid (GBytes *bytes, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  g_autoptr (TnResource) resource = tn_resource_new (bytes, error);
  if (resource == NULL)
    {
      g_prefix_error (error, "cannot read the UID: ");
      return NULL;
    }
  return g_steal_pointer (&resource->uid);
}
