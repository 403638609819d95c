/* What g_set_str() does from GLib 2.76 on. */
#include "base/text.h"

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
