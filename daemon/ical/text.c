/* Escapes and folds, by hand: libical loses blanks at the ends and empty values (hazards section 0
 * item 3). Reading is tolerant, writing strict; reading what was written gives it back (hazard 69).
 *
 * Source: RFC 5545 sections 3.1 and 3.3.11. */
#include "ical/text.h"

#include <string.h>

#define LINE_MAX_OCTETS 75

/**
 * tn_text_is_blank:
 *
 * Returns: whether there is nothing but blanks to be seen: real servers refuse such values and
 * libical destroys them (hazards section 0 item 3), so that they are not written
 */
gboolean
tn_text_is_blank (const char *text)
{
  return text[strspn (text, " \t")] == '\0';
}

/**
 * tn_text_unescape:
 *
 * A backslash before another letter than RFC 5545 names stays: nothing that a peer wrote is lost.
 *
 * Source: RFC 5545 section 3.3.11.
 * Returns: (transfer full): what the value says
 */
char *
tn_text_unescape (const char *value)
{
  /* Of ten thousand events that are held at once, a GString would waste half (powers of two). */
  char *text = g_malloc (strlen (value) + 1);
  char *end = text;
  for (const char *c = value; *c != '\0'; c++)
    if (c[0] == '\\' && (c[1] == 'n' || c[1] == 'N'))
      {
        *end++ = '\n';
        c++;
      }
    else if (c[0] == '\\' && (c[1] == '\\' || c[1] == ';' || c[1] == ','))
      *end++ = *++c;
    else
      *end++ = *c;
  *end = '\0';
  return text;
}

static gboolean
is_line_end (const char *c)
{
  /* Exchange and Word part lines by VT. The CR of a CRLF is dropped by the caller. */
  return *c == '\n' || *c == '\r' || *c == '\v' || *c == '\f';
}

/**
 * tn_text_escape:
 *
 * Every kind of line end becomes one escaped newline; other control characters but the tab, which
 * the format forbids, go.
 *
 * Source: RFC 5545 section 3.3.11.
 * Returns: (transfer full): a value that tn_text_unescape() reads
 */
char *
tn_text_escape (const char *text)
{
  GString *value = g_string_sized_new (strlen (text) + 16);
  for (const char *c = text; *c != '\0'; c++)
    if (c[0] == '\r' && c[1] == '\n')
      continue;
    else if (is_line_end (c))
      g_string_append (value, "\\n");
    else if (*c == '\\' || *c == ';' || *c == ',')
      {
        g_string_append_c (value, '\\');
        g_string_append_c (value, *c);
      }
    else if (!g_ascii_iscntrl (*c) || *c == '\t')
      g_string_append_c (value, *c);
  return g_string_free (value, FALSE);
}

/**
 * tn_text_append_folded:
 * @line: a content line, UTF-8, without line end
 *
 * Appends @line and its end to @to, in pieces of at most 75 octets, none of which ends inside a
 * letter (hazard 67).
 *
 * Source: RFC 5545 section 3.1.
 */
void
tn_text_append_folded (GString *to, const char *line, const char *line_end)
{
  gsize left = strlen (line);
  gsize room = LINE_MAX_OCTETS;
  while (left > room)
    {
      gsize piece = room;
      while (piece > 1 && ((guchar) line[piece] & 0xc0) == 0x80)
        piece--;
      g_string_append_len (to, line, (gssize) piece);
      g_string_append (to, line_end);
      g_string_append_c (to, ' ');
      line += piece;
      left -= piece;
      room = LINE_MAX_OCTETS - 1; /* the blank counts */
    }
  g_string_append (to, line);
  g_string_append (to, line_end);
}

/**
 * tn_text_append_property:
 * @name: with its parameters
 * @value: escaped, where its type wants that
 *
 * Appends the whole line, folded, with its end.
 */
void
tn_text_append_property (GString *to, const char *name, const char *value)
{
  g_autofree char *line = g_strconcat (name, ":", value, NULL);
  tn_text_append_folded (to, line, "\r\n");
}
