/* The head of a request, before libsoup sees anything of it: SoupServer is, by its own manual, not
 * made for readers that nobody trusts, and Debian's version has open faults in its parsers.
 * Whatever two programs could read in two ways is refused: bare line ends, folded lines, blanks
 * before a colon, two lengths, any Transfer-Encoding. So nobody can hide one request in another
 * between the web server in front and us.
 *
 * Source: RFC 9112 sections 2.2, 3, 5.1, 6.1 and 11.2; RFC 9110 section 5.3. */
#include "head.h"

#include <string.h>

static gboolean
is_token_letter (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("!#$%&'*+-.^_`|~", c) != NULL);
}

static gboolean
is_token (const char *text)
{
  if (*text == '\0')
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    if (!is_token_letter (*c))
      return FALSE;
  return TRUE;
}

/* UTF-8 without control characters. */
static gboolean
is_clean (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (((guchar) *c < 0x20 && *c != '\t') || *c == 0x7f)
      return FALSE;
  return g_utf8_validate (text, -1, NULL);
}

/**
 * feed_head_find_end:
 * @length: of what has come so far
 * @ret_refusal: (out): a status of HTTP when it is too much already; 0 otherwise
 *
 * Returns: the length of the head with the empty line behind it; -1 when it is not whole yet
 */
gssize
feed_head_find_end (const char *bytes, gsize length, guint *ret_refusal)
{
  *ret_refusal = 0;
  const char *line_end = memchr (bytes, '\n', length);
  gsize line_length = line_end != NULL ? (gsize) (line_end - bytes) + 1 : length;
  if (line_length > FEED_LINE_MAX_BYTES + strlen ("\r\n"))
    {
      *ret_refusal = 414;
      return -1;
    }
  const char *end = g_strstr_len (bytes, (gssize) MIN (length, FEED_HEAD_MAX_BYTES), "\r\n\r\n");
  if (end != NULL)
    return end - bytes + 4;
  if (length >= FEED_HEAD_MAX_BYTES)
    *ret_refusal = 431;
  return -1;
}

/* `GET /7by HTTP/1.1` */
static guint
read_request_line (FeedHead *head, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  if (g_strv_length (words) != 3 || !is_token (words[0]) || !is_clean (words[1]))
    return 400;
  if (!g_str_has_prefix (words[2], "HTTP/"))
    return 400;
  head->is_old = strcmp (words[2], "HTTP/1.0") == 0;
  if (!head->is_old && strcmp (words[2], "HTTP/1.1") != 0)
    return 505;
  if (words[1][0] != '/')
    return strcmp (words[1], "*") == 0 ? 405 : 400;
  head->method = g_strdup (words[0]);
  head->target = g_strdup (words[1]);
  return 0;
}

/* Of these a second one is another request in disguise. */
static gboolean
is_single (const char *name)
{
  static const char *const names[]
      = { "host", "content-length", "content-type", "origin", "authorization", NULL };
  return g_strv_contains (names, name);
}

static guint
read_header (FeedHead *head, const char *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *name = g_ascii_strdown (line, colon != NULL ? colon - line : 0);
  if (!is_token (name))
    return 400;
  g_autofree char *value = g_strdup (colon + 1);
  g_strstrip (value);
  if (!is_clean (value))
    return 400;
  const char *before = g_hash_table_lookup (head->headers, name);
  if (before != NULL && is_single (name))
    return 400;
  if (before != NULL)
    {
      char *joined = g_strjoin (strcmp (name, "cookie") == 0 ? "; " : ", ", before, value, NULL);
      g_free (value);
      value = joined;
    }
  g_hash_table_insert (head->headers, g_steal_pointer (&name), g_steal_pointer (&value));
  return 0;
}

static guint
read_length (FeedHead *head)
{
  const char *length = g_hash_table_lookup (head->headers, "content-length");
  guint64 number = 0;
  if (g_hash_table_contains (head->headers, "transfer-encoding"))
    return 411;
  if (length == NULL)
    return 0;
  if (*length == '\0' || strspn (length, "0123456789") != strlen (length))
    return 400;
  if (!g_ascii_string_to_unsigned (length, 10, 0, FEED_BODY_MAX_BYTES, &number, NULL))
    return 413;
  head->body_bytes = number;
  return 0;
}

static guint
read_rest (FeedHead *head)
{
  const char *connection = g_hash_table_lookup (head->headers, "connection");
  g_autofree char *words = g_ascii_strdown (connection != NULL ? connection : "", -1);
  head->closes = head->is_old || strstr (words, "close") != NULL;
  if (!head->is_old && !g_hash_table_contains (head->headers, "host"))
    return 400;
  if (g_hash_table_contains (head->headers, "expect"))
    return 417;
  return read_length (head);
}

static guint
read_head (FeedHead *head, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\r\n", -1);
  guint refusal = read_request_line (head, lines[0]);
  /* The last two are what is behind the last line end, and the empty line. */
  guint n_lines = g_strv_length (lines) - 2;
  if (refusal == 0 && n_lines > FEED_HEADERS_MOST + 1)
    refusal = 431;
  for (guint i = 1; refusal == 0 && i < n_lines; i++)
    refusal = read_header (head, lines[i]);
  return refusal != 0 ? refusal : read_rest (head);
}

/**
 * feed_head_parse:
 * @length: what feed_head_find_end() said
 * @ret_refusal: (out): a status of HTTP when it cannot be taken
 *
 * Returns: (transfer full) (nullable)
 */
FeedHead *
feed_head_parse (const char *bytes, gsize length, guint *ret_refusal)
{
  g_autoptr (FeedHead) head = g_new0 (FeedHead, 1);
  head->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  *ret_refusal = 400;
  if (memchr (bytes, '\0', length) != NULL)
    return NULL;
  g_autofree char *text = g_strndup (bytes, length);
  for (const char *c = text; *c != '\0'; c++)
    if ((*c == '\n' && (c == text || c[-1] != '\r')) || (*c == '\r' && c[1] != '\n'))
      return NULL;
  *ret_refusal = read_head (head, text);
  return *ret_refusal == 0 ? g_steal_pointer (&head) : NULL;
}

void
feed_head_free (FeedHead *head)
{
  if (head == NULL)
    return;
  g_free (head->method);
  g_free (head->target);
  g_hash_table_unref (head->headers);
  g_free (head);
}
