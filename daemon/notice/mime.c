/* A letter as RFC 5322 and MIME want it, of ASCII alone with short lines, so that no server on the
 * way has to rewrite it. A line end in a subject or a name cannot begin another header: what is not
 * plain ASCII is encoded, and a line end is not. GMime (in Debian) would bring a parser of hundreds
 * of kilobytes for what is written here; GLib has the base64.
 *
 * Source: RFC 5322, RFC 2045 6.7, RFC 2047, RFC 2046 5.1.3, RFC 3834 5. */
#include "notice/mime.h"

#include <string.h>

#define EOL "\r\n"

static const gsize PLAIN_MOST = 60;    /* of a subject that needs no encoding */
static const gsize WORD_BYTES = 39;    /* of UTF-8 in one encoded word: 52 letters and 12 around */
static const gsize QUOTED_COLUMN = 75; /* of 76, with the = that ends a line */
static const gsize BASE64_COLUMN = 76;

/* @bytes: a new reference is taken */
TnEnclosure *
tn_enclosure_new (const char *name, const char *type, GBytes *bytes)
{
  TnEnclosure *enclosure = g_new0 (TnEnclosure, 1);
  enclosure->name = g_strdup (name);
  enclosure->type = g_strdup (type);
  enclosure->bytes = g_bytes_ref (bytes);
  return enclosure;
}

void
tn_enclosure_free (TnEnclosure *enclosure)
{
  if (enclosure == NULL)
    return;
  g_free (enclosure->name);
  g_free (enclosure->type);
  g_bytes_unref (enclosure->bytes);
  g_free (enclosure);
}

static gboolean
is_plain (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr (" .,:;!?()/-+'", *at) == NULL)
      return FALSE;
  return strlen (text) <= PLAIN_MOST;
}

/* `=?UTF-8?B?…?=`, several where it is long, each of whole letters. */
static void
append_words (GString *to, const char *text)
{
  const char *at = text;
  while (*at != '\0')
    {
      const char *end = at;
      while (*end != '\0' && (gsize) (g_utf8_next_char (end) - at) <= WORD_BYTES)
        end = g_utf8_next_char (end);
      g_autofree char *code = g_base64_encode ((const guchar *) at, (gsize) (end - at));
      g_string_append_printf (to, "%s=?UTF-8?B?%s?=", at == text ? "" : EOL " ", code);
      at = end;
    }
}

/* @text: UTF-8 */
static void
append_text_header (GString *to, const char *name, const char *text, const char *rest)
{
  g_string_append_printf (to, "%s: ", name);
  if (!is_plain (text))
    append_words (to, text);
  else if (*rest != '\0')
    g_string_append_printf (to, "\"%s\"", text);
  else
    g_string_append (to, text);
  g_string_append_printf (to, "%s" EOL, rest);
}

static void
append_date (GString *to, gint64 written_us)
{
  static const char *const days[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char *const months[]
      = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_utc (written_us / G_USEC_PER_SEC);
  g_string_append_printf (to, "Date: %s, %d %s %d %02d:%02d:%02d +0000" EOL,
                          days[g_date_time_get_day_of_week (at) - 1],
                          g_date_time_get_day_of_month (at), months[g_date_time_get_month (at) - 1],
                          g_date_time_get_year (at), g_date_time_get_hour (at),
                          g_date_time_get_minute (at), g_date_time_get_second (at));
}

/* A blank at the end of a line is lost on the way if it is not encoded. */
static gboolean
is_literal (const char *at)
{
  gboolean is_blank_at_end = *at == ' ' && (at[1] == '\n' || at[1] == '\0');
  return *at >= ' ' && *at <= '~' && *at != '=' && !is_blank_at_end;
}

static void
append_quoted (GString *to, const char *text)
{
  gsize column = 0;
  for (const char *at = text; *at != '\0'; at++)
    {
      if (*at == '\n')
        {
          g_string_append (to, EOL);
          column = 0;
          continue;
        }
      gsize width = is_literal (at) ? 1 : 3;
      if (column + width > QUOTED_COLUMN)
        {
          g_string_append (to, "=" EOL);
          column = 0;
        }
      if (width == 1)
        g_string_append_c (to, *at);
      else
        g_string_append_printf (to, "=%02X", (guint) (guchar) *at);
      column += width;
    }
  if (column > 0)
    g_string_append (to, EOL);
}

static void
append_base64 (GString *to, GBytes *bytes)
{
  gsize length = 0;
  const guchar *start = g_bytes_get_data (bytes, &length);
  g_autofree char *code = g_base64_encode (start, length);
  for (const char *at = code; *at != '\0'; at += strnlen (at, BASE64_COLUMN))
    g_string_append_printf (to, "%.*s" EOL, (int) BASE64_COLUMN, at);
}

static void
append_text_part (GString *to, const char *text)
{
  g_string_append (to, "Content-Type: text/plain; charset=utf-8" EOL
                       "Content-Transfer-Encoding: quoted-printable" EOL EOL);
  append_quoted (to, text);
}

static void
append_enclosure (GString *to, const TnEnclosure *enclosure)
{
  g_string_append_printf (to,
                          "Content-Type: %s" EOL "Content-Transfer-Encoding: base64" EOL
                          "Content-Disposition: attachment; filename=\"%s\"" EOL EOL,
                          enclosure->type, enclosure->name);
  append_base64 (to, enclosure->bytes);
}

/* `=_` stands in neither encoding, so no part can hold the line that ends it. */
static void
append_body (GString *to, const TnMime *mime)
{
  if (mime->enclosures == NULL || mime->enclosures->len == 0)
    {
      append_text_part (to, mime->text);
      return;
    }
  g_autofree char *boundary = g_strdup_printf ("=_%s", mime->id);
  g_string_append_printf (to, "Content-Type: multipart/mixed; boundary=\"%s\"" EOL EOL "--%s" EOL,
                          boundary, boundary);
  append_text_part (to, mime->text);
  for (guint i = 0; i < mime->enclosures->len; i++)
    {
      g_string_append_printf (to, "--%s" EOL, boundary);
      append_enclosure (to, g_ptr_array_index (mime->enclosures, i));
    }
  g_string_append_printf (to, "--%s--" EOL, boundary);
}

/**
 * tn_mime_write:
 *
 * `Auto-Submitted` asks that no programme answers; `X-Auto-Response-Suppress` asks Exchange, and
 * `Precedence` those that know neither.
 *
 * Returns: (transfer full): head and body, ASCII, lines ended by CRLF; the same for the same
 */
char *
tn_mime_write (const TnMime *mime)
{
  GString *letter = g_string_new (NULL);
  g_autofree char *from = g_strdup_printf (" <%s>", mime->from);
  append_date (letter, mime->written_us);
  append_text_header (letter, "From", mime->from_name, from);
  g_string_append_printf (letter, "To: <%s>" EOL, mime->to);
  append_text_header (letter, "Subject", mime->subject, "");
  g_string_append_printf (letter,
                          "Message-ID: <%s%s>" EOL "MIME-Version: 1.0" EOL
                          "Auto-Submitted: auto-generated" EOL "X-Auto-Response-Suppress: All" EOL
                          "Precedence: bulk" EOL,
                          mime->id, strchr (mime->from, '@'));
  append_body (letter, mime);
  return g_string_free (letter, FALSE);
}
