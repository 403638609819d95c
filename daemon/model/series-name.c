/* A name is the title of the events without what differs from event to event. */
#include "model/series-name.h"

#include "base/paragraph.h"

#include <string.h>

static gboolean
is_edge (gunichar letter)
{
  return !g_unichar_isalnum (letter) && letter != ')' && letter != '"' && letter != 0x00bb;
}

/* `Studietur : ` is `Studietur`. */
static void
trim_edges (GString *name)
{
  while (name->len > 0)
    {
      const char *last = g_utf8_find_prev_char (name->str, name->str + name->len);
      if (last == NULL || !is_edge (g_utf8_get_char (last)))
        break;
      g_string_truncate (name, (gsize) (last - name->str));
    }
  while (name->len > 0 && is_edge (g_utf8_get_char (name->str)))
    g_string_erase (name, 0, g_utf8_next_char (name->str) - name->str);
}

/* `Gruppen nr {number}` is `Gruppen`. */
static void
trim_number (GString *name)
{
  static const char *const words[] = { " nr", " no" };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_suffix (name->str, words[i]))
      {
        g_string_truncate (name, name->len - strlen (words[i]));
        trim_edges (name);
      }
}

static char *
drop_slots (const char *template)
{
  GString *text = g_string_new (NULL);
  for (const char *at = template; *at != '\0';)
    {
      const char *end = *at == '{' ? strchr (at, '}') : NULL;
      if (end == NULL)
        g_string_append_c (text, *at++);
      else
        at = end + 1;
    }
  return g_string_free (text, FALSE);
}

/**
 * tn_series_dup_name:
 *
 * Returns: (transfer full): `Studietur` of `Studietur {cycle}: {host}`; "" where the title is
 *   nothing but placeholders
 */
char *
tn_series_dup_name (const TnSeries *series)
{
  g_autofree char *bare = drop_slots (series->title != NULL ? series->title : "");
  g_autofree char *clean = tn_paragraph_clean (bare);
  g_autoptr (GString) name = g_string_new (clean);
  trim_edges (name);
  if (series->title != NULL && strstr (series->title, "{number}") != NULL)
    trim_number (name);
  return g_strdup (name->str);
}
