/* CalDAV calendars (RFC 4791): the table, and what the settings say. */
#include <string.h>

#include "calendar.h"
#include "href.h"
#include "listing.h"
#include "loading.h"
#include "search.h"
#include "writing.h"

static const TurnusOption options[] = {
  { "url", TRUE,
    "the calendar, its account, or the host: \"https://dav.example.org/turnus/7by/\"" },
  { NULL, FALSE, NULL },
};

static void
caldav_close (TurnusCalendar *self)
{
  g_free (self->url);
  g_free (self->origin);
  g_free (self->start_path);
  g_free (self->path);
  g_free (self->binding);
  g_hash_table_unref (self->spellings);
  g_hash_table_unref (self->created);
  g_free (self);
}

static TurnusCalendar *
caldav_open (const TurnusOpen *open, GError **error)
{
  const char *url = g_hash_table_lookup (open->options, "url");
  char *path = NULL;
  if (url == NULL || *url == '\0')
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                           "url is missing: expected \"https://…\"");
      return NULL;
    }
  char *origin = caldav_href_dup_origin (url, &path, error);
  if (origin == NULL)
    return NULL;
  TurnusCalendar *self = g_new0 (TurnusCalendar, 1);
  self->host = open->host;
  self->host_data = open->host_data;
  self->url = g_strdup (url);
  self->origin = origin;
  self->start_path = path;
  self->binding = g_strdup (open->binding);
  self->spellings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->created = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

static guint32
caldav_get_caps (TurnusCalendar *self)
{
  guint32 caps = TURNUS_CAP_CONDITIONAL | TURNUS_CAP_KEEPS_X | TURNUS_CAP_STATUS;
  if (!self->refuses_old_uids)
    caps |= TURNUS_CAP_REVIVES;
  return self->is_read_only ? caps | TURNUS_CAP_READ_ONLY : caps;
}

static TurnusListing *
caldav_list_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return caldav_listing_finish (result, error);
}

static GPtrArray *
caldav_load_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return caldav_loading_finish (result, error);
}

static TurnusRef *
caldav_save_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return caldav_writing_save_finish (result, error);
}

static gboolean
caldav_remove_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return caldav_writing_remove_finish (result, error);
}

static TurnusPlace *
make_place (const TurnusCalendar *self, const CaldavCollection *collection)
{
  TurnusPlace *place = g_new0 (TurnusPlace, 1);
  const char *path = collection->path;
  place->url = g_strconcat (self->origin, path, g_str_has_suffix (path, "/") ? NULL : "/", NULL);
  place->name = g_strdup (collection->name != NULL ? collection->name : "");
  place->read_only = collection->is_read_only;
  return place;
}

static GPtrArray *
caldav_discover_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GPtrArray) found = caldav_search_all_finish (result, error);
  if (found == NULL)
    return NULL;
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_place_free);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (places, make_place (self, g_ptr_array_index (found, i)));
  return places;
}

G_MODULE_EXPORT extern const TurnusPlugin turnus_plugin;
const TurnusPlugin turnus_plugin = {
  .magic = TURNUS_PLUGIN_MAGIC,
  .abi = TURNUS_PLUGIN_ABI,
  .size = sizeof (TurnusPlugin),
  .name = "caldav",
  .options = options,
  .open = caldav_open,
  .close = caldav_close,
  .get_caps = caldav_get_caps,
  .list_async = caldav_listing_async,
  .list_finish = caldav_list_finish,
  .load_async = caldav_loading_async,
  .load_finish = caldav_load_finish,
  .save_async = caldav_writing_save_async,
  .save_finish = caldav_save_finish,
  .remove_async = caldav_writing_remove_async,
  .remove_finish = caldav_remove_finish,
  .discover_async = caldav_search_all_async,
  .discover_finish = caldav_discover_finish,
};
