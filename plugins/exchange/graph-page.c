/* A page of events or of changes. Replays are allowed (the last word counts); occurrences are parts
 * of what recurs, and no items (pitfall 2). */
#include "graph-page.h"

#include <string.h>

#include "graph-event.h"

#define ITEMS_MOST 200000u
#define LINK_MAX_BYTES (16u * 1024)

GraphPages *
graph_pages_new (void)
{
  GraphPages *pages = g_new0 (GraphPages, 1);
  pages->there = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  pages->missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  pages->expected = -1;
  return pages;
}

void
graph_pages_free (GraphPages *pages)
{
  if (pages == NULL)
    return;
  g_hash_table_unref (pages->there);
  g_hash_table_unref (pages->missing);
  g_free (pages->next);
  g_free (pages->last);
  g_free (pages);
}

static gboolean
refuse (GError **error, TurnusError code, const char *what)
{
  g_set_error (error, TURNUS_ERROR, (int) code, "the server's listing %s", what);
  return FALSE;
}

static gboolean
add_event (GraphPages *pages, JsonObject *event, GError **error)
{
  const char *id = NULL;
  const char *type = NULL;
  if (!graph_json_read_text (event, "id", &id, error))
    return FALSE;
  if (json_object_has_member (event, "@removed"))
    {
      g_hash_table_remove (pages->there, id);
      g_hash_table_add (pages->missing, g_strdup (id));
      return TRUE;
    }
  if (!graph_json_find_text (event, "type", &type, error))
    return FALSE;
  if (g_strcmp0 (type, "occurrence") == 0 || g_strcmp0 (type, "exception") == 0)
    return TRUE;
  char *revision = graph_event_dup_revision (event, error);
  if (revision == NULL)
    return FALSE;
  g_hash_table_remove (pages->missing, id);
  g_hash_table_replace (pages->there, g_strdup (id), revision);
  return TRUE;
}

static gboolean
read_link (JsonObject *page, const char *name, char **slot, GError **error)
{
  const char *link = NULL;
  if (!graph_json_find_text (page, name, &link, error))
    return FALSE;
  if (link != NULL && (*link == '\0' || strlen (link) > LINK_MAX_BYTES))
    return refuse (error, TURNUS_ERROR_PROTOCOL, "goes on at an address that is none");
  g_free (*slot);
  *slot = g_strdup (link);
  return TRUE;
}

static gboolean
read_links (GraphPages *pages, JsonObject *page, GError **error)
{
  g_autofree char *before = g_steal_pointer (&pages->next);
  if (!read_link (page, "@odata.nextLink", &pages->next, error)
      || !read_link (page, "@odata.deltaLink", &pages->last, error)
      || !graph_json_find_number (page, "@odata.count", &pages->expected, error))
    return FALSE;
  if (pages->next != NULL && pages->last != NULL)
    return refuse (error, TURNUS_ERROR_PROTOCOL, "ends and goes on at once");
  if (before != NULL && g_strcmp0 (before, pages->next) == 0)
    return refuse (error, TURNUS_ERROR_PROTOCOL, "goes round in a circle");
  return TRUE;
}

/**
 * graph_pages_add:
 * @page: one answer
 *
 * Errors: %TURNUS_ERROR_PROTOCOL, %TURNUS_ERROR_LIMIT.
 */
gboolean
graph_pages_add (GraphPages *pages, JsonObject *page, GError **error)
{
  JsonArray *value = NULL;
  if (!graph_json_find_array (page, "value", &value, error))
    return FALSE;
  if (value == NULL)
    return refuse (error, TURNUS_ERROR_PROTOCOL, "has no list of events");
  for (guint i = 0; i < json_array_get_length (value); i++)
    {
      JsonObject *event = graph_json_peek_object (value, i);
      if (event == NULL)
        return refuse (error, TURNUS_ERROR_PROTOCOL, "has an event that is none");
      if (!add_event (pages, event, error))
        return FALSE;
    }
  if (g_hash_table_size (pages->there) + g_hash_table_size (pages->missing) > ITEMS_MOST)
    return refuse (error, TURNUS_ERROR_LIMIT, "has too many events");
  return read_links (pages, page, error);
}
