/* daemon/ical/lines.h — where the content lines of a calendar resource stand in its bytes */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Limits on what a peer sends (hazard 70). */
#define TN_LINES_MAX_BYTES ((gsize) 32 * 1024 * 1024)
#define TN_LINES_MAX_DEPTH 32u
#define TN_LINES_MAX_IN_ITEM 200000u /* content lines of one item */
#define TN_LINES_MAX_IN_FILE 1000000u

/* What turnus looks at; everything else is OTHER and only has a place. */
typedef enum
{
  TN_LINE_OTHER,
  TN_LINE_BLANK,  /* nothing in it: not allowed, but met */
  TN_LINE_BROKEN, /* no name or no colon: no content line */
  TN_LINE_BEGIN,
  TN_LINE_END,
  TN_LINE_ATTENDEE,
  TN_LINE_CLASS,
  TN_LINE_DESCRIPTION,
  TN_LINE_DTEND,
  TN_LINE_DTSTAMP,
  TN_LINE_DTSTART,
  TN_LINE_DURATION,
  TN_LINE_EXDATE,
  TN_LINE_EXRULE,
  TN_LINE_FREEBUSY,
  TN_LINE_LAST_MODIFIED,
  TN_LINE_LOCATION,
  TN_LINE_METHOD,
  TN_LINE_ORGANIZER,
  TN_LINE_RDATE,
  TN_LINE_RECURRENCE_ID,
  TN_LINE_RRULE,
  TN_LINE_SEQUENCE,
  TN_LINE_STATUS,
  TN_LINE_SUMMARY,
  TN_LINE_TRANSP,
  TN_LINE_TZID,
  TN_LINE_UID,
  TN_LINE_X_LIC_ERROR,
  TN_LINE_X_LIC_LOCATION,
  TN_LINE_X_TURNUS_KEY,
  TN_LINE_X_TURNUS_LEDGER,
  TN_LINE_X_TURNUS_PLACED,
  TN_LINE_X_TURNUS_WROTE
} TnLineKind;

typedef enum
{
  TN_COMPONENT_OTHER,
  TN_COMPONENT_VCALENDAR,
  TN_COMPONENT_VEVENT,
  TN_COMPONENT_VTODO,
  TN_COMPONENT_VJOURNAL,
  TN_COMPONENT_VFREEBUSY,
  TN_COMPONENT_VTIMEZONE
} TnComponentKind;

/* One content line with its folds. All numbers are bytes. */
typedef struct
{
  guint32 offset;
  guint32 length;     /* with folds and line end */
  guint32 end_length; /* of the line end: 2 for CRLF, 0 at the end of the bytes */
  gint32
      component; /* the innermost that it stands in, -1 outside; BEGIN and END belong to theirs */
  TnLineKind kind;
} TnLine;

typedef struct
{
  TnComponentKind kind;
  guint begin; /* index of its BEGIN line */
  guint end;   /* index of its END line */
  gint parent; /* index of the component around it, -1 when there is none */
  guint depth; /* 1 for the outermost */
} TnComponent;

typedef struct _TnLines TnLines; /* immutable; keeps the bytes alive */

TnLines *tn_lines_new (GBytes *bytes, guint max_lines, GError **error);
void tn_lines_free (TnLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLines, tn_lines_free)

GBytes *tn_lines_get_bytes (const TnLines *lines);
guint tn_lines_get_n (const TnLines *lines);
const TnLine *tn_lines_get (const TnLines *lines, guint index);
guint tn_lines_get_n_components (const TnLines *lines);
const TnComponent *tn_lines_get_component (const TnLines *lines, guint index);
gboolean tn_lines_is_in_calendar (const TnLines *lines, guint component);
const char *tn_lines_peek (const TnLines *lines, guint index);
int tn_lines_find (const TnLines *lines, guint component, TnLineKind kind);
guint tn_lines_count (const TnLines *lines, guint component, TnLineKind kind);
GString *tn_lines_dup_unfolded (const TnLines *lines, guint index, gsize max_bytes);
char *tn_lines_dup_line_end (const TnLines *lines, guint index);
guint tn_lines_get_number (const TnLines *lines, guint index);

G_END_DECLS
