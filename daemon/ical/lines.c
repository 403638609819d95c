/* An index over the raw bytes of a calendar resource: which content line starts where, what it is
 * called and in which component it stands. Bytes of others are never given to a library as a whole,
 * which would drop what it does not know (hazards section 0 item 3): they are indexed here, and
 * only single lines are cut out, read and replaced.
 *
 * One pass, linear in the bytes, tolerant of what peers send (hazard 68): LF or CR line ends, folds
 * with a tab, folds inside a letter (hazard 67), a byte order mark, blank lines. Lines are unfolded
 * as octets; only those that are read must be UTF-8. Source: RFC 5545 section 3.1. */
#include "ical/lines.h"

#include "base/error.h"

#include <string.h>

#define NAME_MAX_BYTES 64 /* longer names are none that we know */

struct _TnLines
{
  GBytes *bytes;      /* (owned) */
  const char *start;  /* (unowned) of bytes */
  gsize size;         /* bytes */
  char line_end;      /* LF; CR when there is no LF at all */
  GArray *lines;      /* (owned) (element-type TnLine) */
  GArray *components; /* (owned) (element-type TnComponent) in the order of their BEGIN */
};

typedef struct
{
  const char *name;
  gint kind;
} Name;

static const Name LINE_NAMES[] = {
  { "ATTENDEE", TN_LINE_ATTENDEE },
  { "BEGIN", TN_LINE_BEGIN },
  { "CLASS", TN_LINE_CLASS },
  { "DESCRIPTION", TN_LINE_DESCRIPTION },
  { "DTEND", TN_LINE_DTEND },
  { "DTSTAMP", TN_LINE_DTSTAMP },
  { "DTSTART", TN_LINE_DTSTART },
  { "DURATION", TN_LINE_DURATION },
  { "END", TN_LINE_END },
  { "EXDATE", TN_LINE_EXDATE },
  { "EXRULE", TN_LINE_EXRULE },
  { "FREEBUSY", TN_LINE_FREEBUSY },
  { "LAST-MODIFIED", TN_LINE_LAST_MODIFIED },
  { "LOCATION", TN_LINE_LOCATION },
  { "METHOD", TN_LINE_METHOD },
  { "ORGANIZER", TN_LINE_ORGANIZER },
  { "RDATE", TN_LINE_RDATE },
  { "RECURRENCE-ID", TN_LINE_RECURRENCE_ID },
  { "RRULE", TN_LINE_RRULE },
  { "SEQUENCE", TN_LINE_SEQUENCE },
  { "STATUS", TN_LINE_STATUS },
  { "SUMMARY", TN_LINE_SUMMARY },
  { "TRANSP", TN_LINE_TRANSP },
  { "TZID", TN_LINE_TZID },
  { "UID", TN_LINE_UID },
  { "X-LIC-ERROR", TN_LINE_X_LIC_ERROR },
  { "X-LIC-LOCATION", TN_LINE_X_LIC_LOCATION },
  { "X-TURNUS-KEY", TN_LINE_X_TURNUS_KEY },
  { "X-TURNUS-LEDGER", TN_LINE_X_TURNUS_LEDGER },
  { "X-TURNUS-PLACED", TN_LINE_X_TURNUS_PLACED },
  { "X-TURNUS-WROTE", TN_LINE_X_TURNUS_WROTE },
  { NULL, TN_LINE_OTHER },
};

static const Name COMPONENT_NAMES[] = {
  { "VCALENDAR", TN_COMPONENT_VCALENDAR },
  { "VEVENT", TN_COMPONENT_VEVENT },
  { "VFREEBUSY", TN_COMPONENT_VFREEBUSY },
  { "VJOURNAL", TN_COMPONENT_VJOURNAL },
  { "VTIMEZONE", TN_COMPONENT_VTIMEZONE },
  { "VTODO", TN_COMPONENT_VTODO },
  { NULL, TN_COMPONENT_OTHER },
};

static int
find_name (const Name *names, const char *text)
{
  char first = g_ascii_toupper (text[0]);
  for (const Name *name = names; name->name != NULL; name++)
    if (name->name[0] == first && g_ascii_strcasecmp (name->name, text) == 0)
      return name->kind;
  return 0; /* OTHER */
}

/* The end of the physical line that starts at `from`: where its content ends, where the next one
 * starts. Several CRs before an LF all belong to the line end. */
static gsize
find_line_end (const TnLines *self, gsize from, gsize *ret_content_end)
{
  const char *end = memchr (self->start + from, self->line_end, self->size - from);
  gsize content_end = end == NULL ? self->size : (gsize) (end - self->start);
  gsize next = end == NULL ? self->size : content_end + 1;
  while (end != NULL && content_end > from && self->start[content_end - 1] == '\r')
    content_end--;
  *ret_content_end = content_end;
  return next;
}

static gboolean
is_folded_at (const TnLines *self, gsize next)
{
  return next < self->size && (self->start[next] == ' ' || self->start[next] == '\t');
}

static TnLine
scan_line (const TnLines *self, gsize from)
{
  gsize content_end = 0;
  gsize next = find_line_end (self, from, &content_end);
  while (is_folded_at (self, next))
    next = find_line_end (self, next, &content_end);
  return (TnLine){ .offset = (guint32) from,
                   .length = (guint32) (next - from),
                   .end_length = (guint32) (next - content_end),
                   .component = -1 };
}

/* Calls of it append to `text` what the line says, without folds and line end. */
static void
unfold (const TnLines *self, const TnLine *line, GString *text, gsize max_bytes)
{
  gsize at = line->offset;
  gsize end = (gsize) line->offset + line->length;
  while (at < end && text->len < max_bytes)
    {
      gsize content_end = 0;
      gsize from = at == line->offset ? at : at + 1; /* the blank that made the fold */
      at = find_line_end (self, at, &content_end);
      if (content_end > from)
        g_string_append_len (text, self->start + from,
                             (gssize) MIN (content_end - from, max_bytes - text->len));
    }
}

/* The first letters of a line, unfolded, into storage of the caller: no allocation for each of a
 * hundred thousand lines. */
static gsize
copy_head (const TnLines *self, const TnLine *line, char *head, gsize size)
{
  gsize length = 0;
  gsize at = line->offset;
  gsize end = (gsize) line->offset + line->length;
  while (at < end && length < size - 1)
    {
      gsize content_end = 0;
      gsize from = at == line->offset ? at : at + 1;
      at = find_line_end (self, at, &content_end);
      gsize more = content_end > from ? MIN (content_end - from, size - 1 - length) : 0;
      memcpy (head + length, self->start + from, more);
      length += more;
    }
  head[length] = '\0';
  return length;
}

static TnLineKind
get_kind (const TnLines *self, const TnLine *line)
{
  char head[NAME_MAX_BYTES];
  gsize length = copy_head (self, line, head, sizeof head);
  if (length == 0)
    return TN_LINE_BLANK;

  gsize name_length = 0;
  while (g_ascii_isalnum (head[name_length]) || head[name_length] == '-' || head[name_length] == '_'
         || head[name_length] == '.')
    name_length++;
  gboolean is_whole = head[name_length] == ':' || head[name_length] == ';';
  gboolean is_long = name_length == sizeof head - 1;
  if (name_length == 0 || (!is_whole && !is_long)
      || memchr (self->start + line->offset, ':', line->length) == NULL)
    return TN_LINE_BROKEN;
  if (is_long)
    return TN_LINE_OTHER;
  head[name_length] = '\0';
  return (TnLineKind) find_name (LINE_NAMES, head);
}

/* What stands behind BEGIN: or END:, in upper case. */
static void
get_component_name (const TnLines *self, const TnLine *line, char *name, gsize size)
{
  char head[NAME_MAX_BYTES * 2];
  copy_head (self, line, head, sizeof head);
  char *colon = strchr (head, ':');
  g_strlcpy (name, colon == NULL ? "" : g_strstrip (colon + 1), size);
  for (char *c = name; *c != '\0'; c++)
    *c = g_ascii_toupper (*c);
}

static guint
get_number (const TnLines *self, gsize offset)
{
  guint number = 1;
  for (gsize i = 0; i < offset; i++)
    if (self->start[i] == self->line_end)
      number++;
  return number;
}

static gboolean
begin_component (TnLines *self, TnLine *line, gint *current, GError **error)
{
  char name[NAME_MAX_BYTES];
  get_component_name (self, line, name, sizeof name);
  const TnComponent *around
      = *current < 0 ? NULL : &g_array_index (self->components, TnComponent, *current);
  TnComponent begun = { .kind = (TnComponentKind) find_name (COMPONENT_NAMES, name),
                        .begin = self->lines->len,
                        .parent = *current,
                        .depth = around == NULL ? 1 : around->depth + 1 };
  if (around == NULL && begun.kind != TN_COMPONENT_VCALENDAR)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "line %u: no calendar, expected BEGIN:VCALENDAR",
                   get_number (self, line->offset));
      return FALSE;
    }
  if (begun.depth > TN_LINES_MAX_DEPTH)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_LIMIT,
                   "line %u: components stand more than %u deep in each other",
                   get_number (self, line->offset), TN_LINES_MAX_DEPTH);
      return FALSE;
    }
  *current = (gint) self->components->len;
  line->component = *current;
  g_array_append_val (self->components, begun);
  return TRUE;
}

static gboolean
end_component (TnLines *self, TnLine *line, gint *current, GError **error)
{
  char ended[NAME_MAX_BYTES] = "";
  char begun[NAME_MAX_BYTES] = "";
  get_component_name (self, line, ended, sizeof ended);
  if (*current >= 0)
    {
      TnComponent *component = &g_array_index (self->components, TnComponent, *current);
      get_component_name (self, &g_array_index (self->lines, TnLine, component->begin), begun,
                          sizeof begun);
      if (strcmp (begun, ended) == 0)
        {
          component->end = self->lines->len;
          line->component = *current;
          *current = component->parent;
          return TRUE;
        }
    }
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
               "line %u: an END that ends nothing, expected %s%s", get_number (self, line->offset),
               *current < 0 ? "BEGIN:VCALENDAR" : "END:", begun);
  return FALSE;
}

static gboolean
place_line (TnLines *self, TnLine *line, gint *current, GError **error)
{
  switch (line->kind)
    {
    case TN_LINE_BEGIN:
      return begin_component (self, line, current, error);
    case TN_LINE_END:
      return end_component (self, line, current, error);
    case TN_LINE_BLANK:
      line->component = *current;
      return TRUE;
    default:
      line->component = *current;
      if (*current >= 0)
        return TRUE;
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                   "line %u: no calendar, expected BEGIN:VCALENDAR",
                   get_number (self, line->offset));
      return FALSE;
    }
}

static gboolean
scan (TnLines *self, guint max_lines, GError **error)
{
  gint current = -1;
  gsize at = self->size >= 3 && memcmp (self->start, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  while (at < self->size)
    {
      TnLine line = scan_line (self, at);
      line.kind = get_kind (self, &line);
      if (self->lines->len == max_lines)
        {
          g_set_error (error, TN_ERROR, TN_ERROR_LIMIT, "more than %u lines", max_lines);
          return FALSE;
        }
      if (!place_line (self, &line, &current, error))
        return FALSE;
      g_array_append_val (self->lines, line);
      at += line.length;
    }
  if (current >= 0 || self->components->len == 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s",
                   current >= 0 ? "cut short: the bytes end before END:VCALENDAR"
                                : "no calendar, expected BEGIN:VCALENDAR");
      return FALSE;
    }
  return TRUE;
}

/**
 * tn_lines_new:
 * @max_lines: %TN_LINES_MAX_IN_ITEM or %TN_LINES_MAX_IN_FILE
 *
 * Source: RFC 5545 sections 3.1 and 3.4; hazards 67, 68, 70.
 * Errors: %TN_ERROR_INVALID when @bytes are no whole calendar, %TN_ERROR_LIMIT when they are too
 *   many or too deep.
 * Returns: (transfer full) (nullable): the index
 */
TnLines *
tn_lines_new (GBytes *bytes, guint max_lines, GError **error)
{
  g_return_val_if_fail (bytes != NULL, NULL);

  gsize size = 0;
  const char *start = g_bytes_get_data (bytes, &size);
  if (size > TN_LINES_MAX_BYTES)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_LIMIT, "%" G_GSIZE_FORMAT " bytes, at most %u MiB",
                   size, (guint) (TN_LINES_MAX_BYTES >> 20));
      return NULL;
    }
  g_autoptr (TnLines) self = g_new0 (TnLines, 1);
  self->bytes = g_bytes_ref (bytes);
  self->start = start == NULL ? "" : start;
  self->size = size;
  self->line_end = memchr (self->start, '\n', size) == NULL ? '\r' : '\n';
  self->lines = g_array_new (FALSE, FALSE, sizeof (TnLine));
  self->components = g_array_new (FALSE, FALSE, sizeof (TnComponent));
  return scan (self, max_lines, error) ? g_steal_pointer (&self) : NULL;
}

void
tn_lines_free (TnLines *self)
{
  if (self == NULL)
    return;
  g_bytes_unref (self->bytes);
  g_array_unref (self->lines);
  g_array_unref (self->components);
  g_free (self);
}

/**
 * tn_lines_get_bytes:
 *
 * Returns: (transfer none): what was indexed
 */
GBytes *
tn_lines_get_bytes (const TnLines *self)
{
  return self->bytes;
}

guint
tn_lines_get_n (const TnLines *self)
{
  return self->lines->len;
}

/**
 * tn_lines_get:
 *
 * Returns: (transfer none): line @index, valid as long as @self
 */
const TnLine *
tn_lines_get (const TnLines *self, guint index)
{
  g_assert (index < self->lines->len);
  return &g_array_index (self->lines, TnLine, index);
}

guint
tn_lines_get_n_components (const TnLines *self)
{
  return self->components->len;
}

/**
 * tn_lines_get_component:
 *
 * Returns: (transfer none): component @index, in the order of their BEGIN, valid as long as @self
 */
const TnComponent *
tn_lines_get_component (const TnLines *self, guint index)
{
  g_assert (index < self->components->len);
  return &g_array_index (self->components, TnComponent, index);
}

/**
 * tn_lines_is_in_calendar:
 *
 * Returns: whether @component stands directly in a VCALENDAR: an event, not an alarm of one
 */
gboolean
tn_lines_is_in_calendar (const TnLines *self, guint component)
{
  return tn_lines_get_component (self, component)->depth == 2;
}

/**
 * tn_lines_peek:
 *
 * Returns: (transfer none): the raw bytes of line @index, as many as its length says
 */
const char *
tn_lines_peek (const TnLines *self, guint index)
{
  return self->start + tn_lines_get (self, index)->offset;
}

/**
 * tn_lines_find:
 *
 * Returns: the index of the first line of @kind that stands in @component itself, not in one inside
 *   it; -1 when there is none
 */
int
tn_lines_find (const TnLines *self, guint component, TnLineKind kind)
{
  const TnComponent *in = tn_lines_get_component (self, component);
  for (guint i = in->begin; i <= in->end; i++)
    {
      const TnLine *line = &g_array_index (self->lines, TnLine, i);
      if (line->kind == kind && line->component == (gint) component)
        return (int) i;
    }
  return -1;
}

/**
 * tn_lines_count:
 *
 * Returns: how many lines of @kind stand in @component itself
 */
guint
tn_lines_count (const TnLines *self, guint component, TnLineKind kind)
{
  const TnComponent *in = tn_lines_get_component (self, component);
  guint count = 0;
  for (guint i = in->begin; i <= in->end; i++)
    {
      const TnLine *line = &g_array_index (self->lines, TnLine, i);
      if (line->kind == kind && line->component == (gint) component)
        count++;
    }
  return count;
}

/**
 * tn_lines_dup_unfolded:
 * @max_bytes: no more than these are copied
 *
 * Unfolds as octets, so that a fold inside a letter does no harm (hazard 67).
 *
 * Returns: (transfer full): the line without folds and line end; may hold NUL or be no UTF-8
 */
GString *
tn_lines_dup_unfolded (const TnLines *self, guint index, gsize max_bytes)
{
  const TnLine *line = tn_lines_get (self, index);
  GString *text = g_string_sized_new (MIN (line->length, max_bytes));
  unfold (self, line, text, max_bytes);
  return text;
}

/**
 * tn_lines_dup_line_end:
 *
 * Returns: (transfer full): what ends line @index: CRLF, LF, CR, or "" at the end of the bytes
 */
char *
tn_lines_dup_line_end (const TnLines *self, guint index)
{
  const TnLine *line = tn_lines_get (self, index);
  return g_strndup (self->start + line->offset + line->length - line->end_length, line->end_length);
}

/**
 * tn_lines_get_number:
 *
 * Returns: the number of line @index as an editor counts, from 1; for messages
 */
guint
tn_lines_get_number (const TnLines *self, guint index)
{
  return get_number (self, tn_lines_get (self, index)->offset);
}
