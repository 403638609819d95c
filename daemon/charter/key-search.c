/* Keys are looked up by kind and name; a file has some hundred of them, so from first to last. */
#include "charter/keys.h"

#include <string.h>

/**
 * tn_keys_find:
 *
 * Returns: (transfer none) (nullable): the key @name of groups of @kind
 */
const TnKey *
tn_keys_find (const char *kind, const char *name)
{
  const TnKey *key = tn_keys_get (0);
  for (guint i = 0; key != NULL; key = tn_keys_get (++i))
    if (strcmp (key->name, name) == 0 && strcmp (key->kind, kind) == 0)
      return key;
  return NULL;
}

/**
 * tn_keys_list_names:
 *
 * Returns: (transfer container) (array zero-terminated=1): the names of all keys of @kind
 */
const char **
tn_keys_list_names (const char *kind)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  const TnKey *key = tn_keys_get (0);
  for (guint i = 0; key != NULL; key = tn_keys_get (++i))
    if (strcmp (key->kind, kind) == 0)
      g_ptr_array_add (names, (gpointer) key->name);
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/**
 * tn_keys_is_open:
 *
 * Returns: %TRUE when groups of @kind may hold keys that are not ours: a provider's own settings
 */
gboolean
tn_keys_is_open (const char *kind)
{
  return strcmp (kind, "calendar") == 0 || strcmp (kind, "publisher") == 0;
}
