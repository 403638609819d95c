/* The stamp: `v1 by=odense ed=1 en=1 dg=… h=… entry=…`. Real servers cut at commas, unescape, or
 * refuse empty values (design section 11), so it is made of words that survive all of them; what
 * does not look exactly so is no stamp of ours. */
#include "ical/stamp.h"

#include "base/error.h"

#include <string.h>

#define VALUE_MAX_BYTES 128

void
tn_stamp_free (TnStamp *stamp)
{
  if (stamp == NULL)
    return;
  g_free (stamp->by);
  g_free (stamp->digest);
  g_free (stamp->hash);
  g_free (stamp->entry);
  g_free (stamp);
}

static gboolean
is_word (const char *text)
{
  gsize length = strlen (text);
  return length > 0 && length <= VALUE_MAX_BYTES
         && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
                == length;
}

/**
 * tn_stamp_to_string:
 * @stamp: texts of `[A-Za-z0-9._-]`, numbers not negative
 *
 * Source: design section 6.
 * Returns: (transfer full): what tn_stamp_parse() reads
 */
char *
tn_stamp_to_string (const TnStamp *stamp)
{
  g_return_val_if_fail (is_word (stamp->by) && is_word (stamp->digest) && is_word (stamp->hash),
                        NULL);
  g_return_val_if_fail (stamp->entry == NULL || is_word (stamp->entry), NULL);
  g_return_val_if_fail (stamp->edition >= 0 && stamp->engine >= 0, NULL);

  return g_strdup_printf (
      "v1 by=%s ed=%d en=%d dg=%s h=%s%s%s", stamp->by, stamp->edition, stamp->engine,
      stamp->digest, stamp->hash,
      stamp->entry == NULL ? "" : " entry=", stamp->entry == NULL ? "" : stamp->entry);
}

/* The value of `key=value`; NULL when `word` is none. */
static const char *
get_value (const char *word, const char *key)
{
  gsize length = strlen (key);
  if (word == NULL || strncmp (word, key, length) != 0 || word[length] != '='
      || !is_word (word + length + 1))
    return NULL;
  return word + length + 1;
}

static gboolean
parse_number (const char *text, int *number)
{
  gsize length = text == NULL ? 0 : strlen (text);
  if (length == 0 || length > 9 || strspn (text, "0123456789") != length
      || (text[0] == '0' && length > 1))
    return FALSE;
  *number = (int) g_ascii_strtoll (text, NULL, 10);
  return TRUE;
}

static TnStamp *
parse_words (char **words)
{
  guint n = g_strv_length (words);
  if (n < 6 || n > 7 || strcmp (words[0], "v1") != 0)
    return NULL;
  g_autoptr (TnStamp) stamp = g_new0 (TnStamp, 1);
  stamp->by = g_strdup (get_value (words[1], "by"));
  stamp->digest = g_strdup (get_value (words[4], "dg"));
  stamp->hash = g_strdup (get_value (words[5], "h"));
  stamp->entry = g_strdup (get_value (words[6], "entry"));
  if (stamp->by == NULL || stamp->digest == NULL || stamp->hash == NULL
      || !parse_number (get_value (words[2], "ed"), &stamp->edition)
      || !parse_number (get_value (words[3], "en"), &stamp->engine)
      || (n == 7 && stamp->entry == NULL))
    return NULL;
  return g_steal_pointer (&stamp);
}

/**
 * tn_stamp_parse:
 *
 * Source: design section 6.
 * Errors: %TN_ERROR_INVALID when @text is not exactly what tn_stamp_to_string() writes.
 * Returns: (transfer full) (nullable): the stamp
 */
TnStamp *
tn_stamp_parse (const char *text, GError **error)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_auto (GStrv) words = strlen (text) > 8 * VALUE_MAX_BYTES ? NULL : g_strsplit (text, " ", 9);
  TnStamp *stamp = words == NULL ? NULL : parse_words (words);
  if (stamp == NULL)
    g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID,
                         "no stamp of turnus, expected 'v1 by=… ed=… en=… dg=… h=…'");
  return stamp;
}
