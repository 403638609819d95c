/* Edits of foreign bytes, line by line (promise 6). A managed line is replaced where it stands,
 * with its own line end; one that is missing is added behind the event's properties, before its
 * alarms. What the item says already is not said again, however it is spelt there.
 *
 * Parameters of a replaced line stay but for two sorts: those that say how the old value is to be
 * read (TZID, VALUE), and ALTREP, which would go on showing the old text. */
#include "ical/edit.h"

#include "base/encode.h"
#include "base/error.h"
#include "ical/marker.h"
#include "ical/moment.h"
#include "ical/patch.h"
#include "ical/property.h"
#include "ical/reader.h"
#include "ical/resource.h"
#include "ical/text.h"
#include "ical/times.h"
#include "ical/timezone.h"

#include <string.h>

#define SEQUENCE_MAX 999999999 /* beyond it the next one starts at 1 */

typedef struct
{
  TnResource *resource; /* (owned) */
  TnEvent *now;         /* (owned) what it says */
  const TnEvent *wished;
  guint fields;   /* those that differ and may be touched */
  TnPatch *patch; /* (owned) */
  GString *added; /* (owned) lines that were missing */
  GError *error;  /* (owned) (nullable) the first: after it nothing counts */
  char *line_end; /* (owned) of the event's first line */
} Edit;

static void
edit_free (Edit *edit)
{
  tn_resource_free (edit->resource);
  tn_event_free (edit->now);
  tn_patch_free (edit->patch);
  g_string_free (edit->added, TRUE);
  g_clear_error (&edit->error);
  g_free (edit->line_end);
  g_free (edit);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Edit, edit_free)

/**
 * tn_edit_status_to_string:
 *
 * Source: RFC 5545 section 3.8.1.11.
 * Returns: (transfer none) (nullable): the value of STATUS, %NULL for none
 */
const char *
tn_edit_status_to_string (TnEventStatus status)
{
  static const char *const words[] = { NULL, "TENTATIVE", "CONFIRMED", "CANCELLED" };
  return words[status];
}

static int
find (const Edit *edit, TnLineKind kind)
{
  return tn_lines_find (edit->resource->lines, (guint) edit->resource->event, kind);
}

/* Puts `line` where line `index` is, or behind the others when that is -1; NULL takes it away. */
static void
put_at (Edit *edit, int index, const char *line)
{
  if (edit->error != NULL || (index < 0 && line == NULL))
    return;
  if (line != NULL && !tn_property_is_sound (line))
    {
      g_set_error (&edit->error, TN_ERROR, TN_ERROR_INVALID,
                   "a %.*s that other programs would destroy", (int) strcspn (line, ":;"), line);
      return;
    }
  if (index < 0)
    {
      tn_text_append_folded (edit->added, line, edit->line_end);
      return;
    }
  const TnLine *old = tn_lines_get (edit->resource->lines, (guint) index);
  g_autofree char *line_end = tn_lines_dup_line_end (edit->resource->lines, (guint) index);
  g_autoptr (GString) folded = g_string_new (NULL);
  if (line != NULL)
    tn_text_append_folded (folded, line, line_end);
  tn_patch_replace (edit->patch, old->offset, old->length, folded->str, folded->len);
}

/* The line at `index` with another value; a new line of that name when there is none. */
static void
put_value (Edit *edit, int index, const char *name, const char *parameters, const char *value)
{
  static const char *const how_to_read[] = { "ALTREP", "ENCODING", "TZID", "VALUE", NULL };
  g_autofree char *line = NULL;
  if (index >= 0)
    {
      g_autoptr (TnProperty) old = tn_property_new (edit->resource->lines, (guint) index,
                                                    edit->error == NULL ? &edit->error : NULL);
      if (old == NULL)
        return;
      line = tn_property_dup_with_value (old, how_to_read, parameters, value);
    }
  else
    line = g_strconcat (name, parameters, ":", value, NULL);
  put_at (edit, index, line);
}

/* All of them: a second one, which RFC 5545 does not allow, would speak up when the first is gone.
 */
static void
take_away (Edit *edit, TnLineKind kind)
{
  const TnLines *lines = edit->resource->lines;
  const TnComponent *event = tn_lines_get_component (lines, (guint) edit->resource->event);
  for (guint i = event->begin; i <= event->end; i++)
    if (tn_lines_get (lines, i)->kind == kind
        && tn_lines_get (lines, i)->component == edit->resource->event)
      put_at (edit, (int) i, NULL);
}

static void
put_text (Edit *edit, TnLineKind kind, const char *name, const char *text)
{
  int index = find (edit, kind);
  g_autofree char *value = text == NULL ? NULL : tn_text_escape (text);
  if (value == NULL || tn_text_is_blank (value))
    take_away (edit, kind); /* empty values are refused by some and lost by others */
  else
    put_value (edit, index, name, "", value);
}

/* The label that the event's start has now, when it means the wished zone and is explained by a
 * VTIMEZONE; else the IANA name. So an Outlook event stays in "Romance Standard Time". */
static char *
dup_tzid (const Edit *edit)
{
  const TnLines *lines = edit->resource->lines;
  const TnZone *zone = edit->wished->zone;
  int index = find (edit, TN_LINE_DTSTART);
  g_autoptr (TnProperty) start = index < 0 ? NULL : tn_property_new (lines, (guint) index, NULL);
  g_autofree char *tzid = start == NULL ? NULL : tn_property_dup_parameter (start, "TZID");
  if (tzid != NULL && strcmp (tzid, "UTC") != 0 && tn_timezone_find_block (lines, tzid) >= 0)
    {
      g_autoptr (TnZone) meant = tn_timezone_find (tzid, zone, lines, NULL);
      if (meant != NULL && strcmp (tn_zone_get_id (meant), tn_zone_get_id (zone)) == 0)
        return g_steal_pointer (&tzid);
    }
  return g_strdup (tn_zone_get_id (zone));
}

/* Before the first component of the calendar that is no VTIMEZONE. */
static void
add_block (Edit *edit)
{
  const TnLines *lines = edit->resource->lines;
  gint calendar = tn_lines_get_component (lines, (guint) edit->resource->event)->parent;
  guint first = (guint) calendar + 1;
  while (tn_lines_get_component (lines, first)->parent != calendar
         || tn_lines_get_component (lines, first)->kind == TN_COMPONENT_VTIMEZONE)
    first++;
  const TnLine *at = tn_lines_get (lines, tn_lines_get_component (lines, first)->begin);
  g_autoptr (GString) block = g_string_new (NULL);
  tn_timezone_append_block (block, edit->wished->zone, edit->wished->when.days.start,
                            edit->line_end);
  tn_patch_replace (edit->patch, at->offset, 0, block->str, block->len);
}

static void
put_when (Edit *edit)
{
  const TnWhen *when = &edit->wished->when;
  g_autofree char *tzid = when->all_day ? g_strdup ("") : dup_tzid (edit);
  g_autofree char *parameters = tn_times_dup_parameters (when, tzid);
  g_autofree char *start = tn_times_dup_start (when, tzid);
  g_autofree char *end = tn_times_dup_end (when, tzid);
  int end_at = find (edit, TN_LINE_DTEND);
  int duration_at = find (edit, TN_LINE_DURATION);
  put_value (edit, find (edit, TN_LINE_DTSTART), "DTSTART", parameters, start);
  if (end_at < 0 && duration_at >= 0)
    {
      g_autofree char *line = g_strconcat ("DTEND", parameters, ":", end, NULL);
      put_at (edit, duration_at, line);
    }
  else
    {
      put_value (edit, end_at, "DTEND", parameters, end);
      put_at (edit, duration_at, NULL); /* RFC 5545 allows one of the two */
    }
  if (!when->all_day && strcmp (tzid, "UTC") != 0
      && tn_timezone_find_block (edit->resource->lines, tzid) < 0)
    add_block (edit);
}

static void
put_status (Edit *edit)
{
  const TnEvent *wished = edit->wished;
  if (wished->status != edit->now->status)
    put_text (edit, TN_LINE_STATUS, "STATUS", tn_edit_status_to_string (wished->status));
  if (wished->is_transparent != edit->now->is_transparent)
    put_text (edit, TN_LINE_TRANSP, "TRANSP", wished->is_transparent ? "TRANSPARENT" : "OPAQUE");
}

/* The part that is not to be touched is taken from what stands there. */
static void
put_description (Edit *edit)
{
  gboolean other_text = (edit->fields & (1u << TN_FIELD_TEXT)) != 0;
  gboolean other_note = (edit->fields & (1u << TN_FIELD_NOTE)) != 0;
  g_autofree char *description = tn_marker_join (other_text ? edit->wished->text : edit->now->text,
                                                 other_note ? edit->wished->note : edit->now->note);
  put_text (edit, TN_LINE_DESCRIPTION, "DESCRIPTION", description);
}

static void
put_travelling (Edit *edit)
{
  const TnEvent *wished = edit->wished;
  if (wished->key != NULL && g_strcmp0 (wished->key, edit->now->key) != 0)
    {
      g_autofree char *code = tn_encode_base64url (wished->key);
      put_text (edit, TN_LINE_X_TURNUS_KEY, "X-TURNUS-KEY", code);
    }
  if (wished->stamp != NULL && g_strcmp0 (wished->stamp, edit->now->stamp) != 0)
    put_text (edit, TN_LINE_X_TURNUS_WROTE, "X-TURNUS-WROTE", wished->stamp);
  if (wished->placed != NULL && g_strcmp0 (wished->placed, edit->now->placed) != 0)
    put_text (edit, TN_LINE_X_TURNUS_PLACED, "X-TURNUS-PLACED", wished->placed);
  if (wished->ledger != NULL && g_strcmp0 (wished->ledger, edit->now->ledger) != 0)
    put_text (edit, TN_LINE_X_TURNUS_LEDGER, "X-TURNUS-LEDGER", wished->ledger);
}

static int
get_next_sequence (const Edit *edit)
{
  int index = find (edit, TN_LINE_SEQUENCE);
  g_autoptr (TnProperty) property
      = index < 0 ? NULL : tn_property_new (edit->resource->lines, (guint) index, NULL);
  const char *value = property == NULL ? "" : tn_property_get_value (property);
  gint64 sequence = g_ascii_strtoll (value, NULL, 10);
  return sequence < 0 || sequence >= SEQUENCE_MAX ? 1 : (int) sequence + 1;
}

static void
put_revision (Edit *edit, gint64 now_us)
{
  g_autofree char *now = tn_moment_format_utc (now_us);
  put_value (edit, find (edit, TN_LINE_DTSTAMP), "DTSTAMP", "", now);
  put_value (edit, find (edit, TN_LINE_LAST_MODIFIED), "LAST-MODIFIED", "", now);
  if ((edit->fields & (1u << TN_FIELD_WHEN | 1u << TN_FIELD_STATUS)) == 0)
    return;
  g_autofree char *sequence = g_strdup_printf ("%d", get_next_sequence (edit));
  put_value (edit, find (edit, TN_LINE_SEQUENCE), "SEQUENCE", "", sequence);
}

static void
put_fields (Edit *edit, gint64 now_us)
{
  guint fields = edit->fields;
  if ((fields & (1u << TN_FIELD_WHEN)) != 0)
    put_when (edit);
  if ((fields & (1u << TN_FIELD_TITLE)) != 0)
    put_text (edit, TN_LINE_SUMMARY, "SUMMARY", edit->wished->title);
  if ((fields & (1u << TN_FIELD_WHERE)) != 0)
    put_text (edit, TN_LINE_LOCATION, "LOCATION", edit->wished->where);
  if ((fields & (1u << TN_FIELD_TEXT | 1u << TN_FIELD_NOTE)) != 0)
    put_description (edit);
  if ((fields & (1u << TN_FIELD_STATUS)) != 0)
    put_status (edit);
  if (fields != 0)
    put_revision (edit, now_us);
  put_travelling (edit);
}

/* Behind the properties of the event: before its first inner component, or its END. */
static void
add_lines (Edit *edit)
{
  const TnLines *lines = edit->resource->lines;
  guint event = (guint) edit->resource->event;
  guint end = tn_lines_get_component (lines, event)->end;
  if (event + 1 < tn_lines_get_n_components (lines)
      && tn_lines_get_component (lines, event + 1)->parent == (gint) event)
    end = tn_lines_get_component (lines, event + 1)->begin;
  if (edit->added->len > 0)
    tn_patch_replace (edit->patch, tn_lines_get (lines, end)->offset, 0, edit->added->str,
                      edit->added->len);
}

static gboolean
check (const Edit *edit, GError **error)
{
  const TnLines *lines = edit->resource->lines;
  for (guint i = 0; i < tn_lines_get_n (lines); i++)
    if (tn_lines_get (lines, i)->kind == TN_LINE_X_LIC_ERROR)
      {
        g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                     "line %u: an X-LIC-ERROR: a program has lost something of this event",
                     tn_lines_get_number (lines, i));
        return FALSE;
      }
  if (edit->resource->has_master)
    return TRUE;
  g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID,
                       "an exception of a series that is not here");
  return FALSE;
}

static guint
find_differing (const TnEvent *now, const TnEvent *wished, guint fields)
{
  guint differing = 0;
  for (guint i = 0; i < TN_N_FIELDS; i++)
    {
      g_autofree char *old = tn_event_dup_field (now, (TnField) i);
      g_autofree char *new = tn_event_dup_field (wished, (TnField) i);
      if ((fields & (1u << i)) != 0 && strcmp (old, new) != 0)
        differing |= 1u << i;
    }
  return differing;
}

static Edit *
edit_new (GBytes *bytes, const TnEvent *wished, guint fields, GError **error)
{
  g_autoptr (TnZone) home = wished->zone == NULL ? tn_zone_new_utc () : tn_zone_ref (wished->zone);
  g_autoptr (TnEvent) now = tn_reader_read (bytes, home, error);
  g_autoptr (TnResource) resource = now == NULL ? NULL : tn_resource_new (bytes, error);
  if (resource == NULL)
    return NULL;
  g_autoptr (Edit) edit = g_new0 (Edit, 1);
  edit->fields = find_differing (now, wished, fields);
  edit->resource = g_steal_pointer (&resource);
  edit->now = g_steal_pointer (&now);
  edit->wished = wished;
  edit->patch = tn_patch_new ();
  edit->added = g_string_new (NULL);
  edit->line_end = tn_lines_dup_line_end (
      edit->resource->lines,
      tn_lines_get_component (edit->resource->lines, (guint) edit->resource->event)->begin);
  return check (edit, error) ? g_steal_pointer (&edit) : NULL;
}

/**
 * tn_edit_apply:
 *
 * See tn_writer_edit().
 *
 * Errors: %TN_ERROR_INVALID, %TN_ERROR_LIMIT.
 * Returns: (transfer full) (nullable): the new bytes
 */
GBytes *
tn_edit_apply (GBytes *bytes, const TnEvent *wished, guint fields, gint64 now_us, GError **error)
{
  g_autoptr (Edit) edit = edit_new (bytes, wished, fields, error);
  if (edit == NULL)
    return NULL;
  put_fields (edit, now_us);
  add_lines (edit);
  if (edit->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&edit->error));
      return NULL;
    }
  return tn_patch_apply (edit->patch, bytes);
}
