/* What g_set_str() does from GLib 2.76 on, and the way back from an enum's words to its values. */
#include "base/text.h"

#include <string.h>

/**
 * tn_text_set:
 * @slot: (inout): an owned text, or %NULL
 * @text: (nullable): the new value, copied; may be the old one
 *
 * Returns: %TRUE when @slot says something else now
 */
gboolean
tn_text_set (char **slot, const char *text)
{
  if (g_strcmp0 (*slot, text) == 0)
    return FALSE;
  g_autofree char *old = *slot;
  *slot = g_strdup (text);
  return TRUE;
}

/**
 * tn_text_find:
 * @words: (array length=n_words): the words of an enum, by value
 * @ret_index: (out): untouched when not found
 *
 * Returns: %TRUE when @text is one of @words
 */
gboolean
tn_text_find (const char *const *words, guint n_words, const char *text, guint *ret_index)
{
  for (guint i = 0; i < n_words; i++)
    if (strcmp (words[i], text) == 0)
      {
        *ret_index = i;
        return TRUE;
      }
  return FALSE;
}
