/* Encodings for places with fewer letters: base64url in X- properties (real servers cut, unescape
 * or refuse anything else, design section 11), percent signs in the one-line form of decisions. And
 * the nearest of a few words, for the letter that a finger missed. */
#include "base/encode.h"

#include "base/error.h"

#include <string.h>

/**
 * tn_encode_base64url:
 *
 * As tn_encode_base64url_bytes(), of a text.
 */
char *
tn_encode_base64url (const char *text)
{
  return tn_encode_base64url_bytes ((const guint8 *) text, strlen (text));
}

/**
 * tn_encode_base64url_bytes:
 *
 * Source: RFC 4648 section 5, without padding.
 * Returns: (transfer full): made of `[A-Za-z0-9_-]`
 */
char *
tn_encode_base64url_bytes (const guint8 *bytes, gsize n)
{
  char *code = g_base64_encode (bytes, n);
  g_strdelimit (code, "+", '-');
  g_strdelimit (code, "/", '_');
  code[strcspn (code, "=")] = '\0';
  return code;
}

/**
 * tn_decode_base64url:
 *
 * Errors: %TN_ERROR_INVALID when @code is no base64url of UTF-8 text.
 * Returns: (transfer full) (nullable): the text
 */
char *
tn_decode_base64url (const char *code, GError **error)
{
  gsize length = strlen (code);
  gboolean plain
      = strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == length;
  if (plain && length % 4 != 1)
    {
      g_autofree char *padded = g_strconcat (code,
                                             length % 4 == 2   ? "=="
                                             : length % 4 == 3 ? "="
                                                               : "",
                                             NULL);
      g_strdelimit (padded, "-", '+');
      g_strdelimit (padded, "_", '/');
      gsize size = 0;
      g_autofree guchar *bytes = g_base64_decode (padded, &size);
      if (g_utf8_validate_len ((const char *) bytes, size, NULL))
        return g_strndup ((const char *) bytes, size);
    }
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "not base64url of UTF-8 text");
  return NULL;
}

/**
 * tn_encode_percent:
 *
 * Returns: (transfer full): @text with blanks, control characters, `%` and `=` as percent codes;
 * other letters of every language stay readable
 */
char *
tn_encode_percent (const char *text)
{
  GString *code = g_string_new (NULL);
  for (const char *c = text; *c != '\0'; c++)
    if ((guchar) *c <= ' ' || *c == '%' || *c == '=' || *c == 0x7f)
      g_string_append_printf (code, "%%%02X", (guchar) *c);
    else
      g_string_append_c (code, *c);
  return g_string_free (code, FALSE);
}

/**
 * tn_decode_percent:
 *
 * Returns: (transfer full) (nullable): the text, or %NULL when @code is none
 */
char *
tn_decode_percent (const char *code)
{
  char *text = g_uri_unescape_string (code, NULL);
  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    g_clear_pointer (&text, g_free);
  return text;
}

/* Levenshtein distance, two rows; words longer than a row are as far apart as can be. */
static guint
distance (const char *a, const char *b)
{
  guint rows[2][65];
  gsize n = strlen (b);
  if (n > 64 || strlen (a) > 64)
    return G_MAXUINT;

  for (gsize j = 0; j <= n; j++)
    rows[0][j] = (guint) j;
  guint now = 0;
  for (gsize i = 0; a[i] != '\0'; i++)
    {
      guint *old = rows[now];
      guint *new = rows[1 - now];
      new[0] = (guint) i + 1;
      for (gsize j = 0; j < n; j++)
        {
          guint replace = old[j] + (a[i] == b[j] ? 0 : 1);
          new[j + 1] = MIN (replace, MIN (old[j + 1], new[j]) + 1);
        }
      now = 1 - now;
    }
  return rows[now][n];
}

/**
 * tn_encode_find_nearest:
 * @candidates: (array zero-terminated=1)
 *
 * Returns: (nullable): the candidate that a misspelt @word most likely meant, the first of equals;
 *   %NULL when none is near (a third of its letters differ)
 */
const char *
tn_encode_find_nearest (const char *word, const char *const *candidates)
{
  const char *nearest = NULL;
  guint least = MAX (2, (guint) strlen (word) / 3) + 1;
  for (gsize i = 0; candidates != NULL && candidates[i] != NULL; i++)
    {
      guint away = distance (word, candidates[i]);
      if (away < least)
        {
          least = away;
          nearest = candidates[i];
        }
    }
  return nearest;
}

/**
 * tn_encode_sha256:
 * @length: bytes, or -1 when zero-terminated
 *
 * Returns: (transfer full): 64 hexadecimal digits
 */
char *
tn_encode_sha256 (const char *bytes, gssize length)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes,
                                      length < 0 ? strlen (bytes) : (gsize) length);
}
