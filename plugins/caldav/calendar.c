/* Ids. An item's id is what stands behind the collection's path, in normal form, so that it stays
 * the same however the server spells it; what is sent is the server's own spelling, where it was
 * seen (hazard 38). */
#include "calendar.h"

#include <string.h>

#include "href.h"

#define SPELLINGS_MAX 20000u

/**
 * caldav_calendar_set_path:
 * @path: of the collection, as the server spells it
 */
void
caldav_calendar_set_path (TurnusCalendar *self, const char *path)
{
  char *whole = g_str_has_suffix (path, "/") ? g_strdup (path) : g_strconcat (path, "/", NULL);
  g_free (self->path);
  self->path = whole;
}

/**
 * caldav_calendar_dup_path:
 * @id: of an item
 *
 * Returns: (transfer full): where to ask for it
 */
char *
caldav_calendar_dup_path (TurnusCalendar *self, const char *id)
{
  const char *spelt = g_hash_table_lookup (self->spellings, id);
  return spelt != NULL ? g_strdup (spelt) : g_strconcat (self->path, id, NULL);
}

static void
note_spelling (TurnusCalendar *self, const char *id, const char *path)
{
  g_autofree char *ours = g_strconcat (self->path, id, NULL);
  if (strcmp (ours, path) == 0)
    g_hash_table_remove (self->spellings, id);
  else if (g_hash_table_size (self->spellings) < SPELLINGS_MAX)
    g_hash_table_replace (self->spellings, g_strdup (id), g_strdup (path));
}

/**
 * caldav_calendar_dup_id:
 * @base_path: what was asked for
 * @href: as the server wrote it
 *
 * Errors: %TURNUS_ERROR_PROTOCOL when it is not of this collection (hazard 76).
 * Returns: (transfer full): empty for the collection itself, with a slash at its end for one in it
 */
char *
caldav_calendar_dup_id (TurnusCalendar *self, const char *base_path, const char *href,
                        GError **error)
{
  g_autofree char *path = caldav_href_dup_path (self->origin, base_path, href, error);
  if (path == NULL)
    return NULL;
  g_autofree char *id = caldav_href_dup_member (self->path, path);
  const char *slash = id != NULL ? strchr (id, '/') : NULL;
  if (id == NULL || (slash != NULL && slash[1] != '\0'))
    {
      g_autofree char *shown = g_strescape (path, NULL);
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                   "the server lists %.200s, which does not lie in %s", shown, self->path);
      return NULL;
    }
  if (*id != '\0' && slash == NULL)
    note_spelling (self, id, path);
  return g_steal_pointer (&id);
}
