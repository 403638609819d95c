/* Calendars as files: a folder with one .ics for each event, or one .ics with all of them. */
#include <string.h>

#include "content.h"
#include "folder.h"
#include "names.h"
#include "place.h"
#include "single.h"
#include "watch.h"

static const TurnusOption options[] = {
  { "path", TRUE, "the folder (layout = \"vdir\") or the .ics file (layout = \"file\")" },
  { "layout", FALSE,
    "\"vdir\": one .ics file for each event (the default); \"file\": one file with all of them" },
  { NULL, FALSE, NULL },
};

static char *
dup_absolute (const TurnusOpen *open, const char *path)
{
  return g_path_is_absolute (path) ? g_canonicalize_filename (path, NULL)
                                   : g_canonicalize_filename (path, open->base_dir);
}

static void
file_close (TurnusCalendar *self)
{
  file_watch_clear (self);
  g_free (self->folder);
  g_free (self->file);
  g_free (self->marker);
  g_free (self->binding);
  g_free (self);
}

/* The marker lies in the folder, or beside the file. */
static void
set_place (TurnusCalendar *self, char *path, gboolean single)
{
  if (!single)
    {
      self->folder = path;
      self->marker = g_strdup (".turnus");
      return;
    }
  self->folder = g_path_get_dirname (path);
  self->file = g_path_get_basename (path);
  self->marker = g_strconcat (self->file, ".turnus", NULL);
  g_free (path);
}

static gboolean
check_layout (const char *layout, const char *path, GError **error)
{
  gboolean single = g_strcmp0 (layout, "file") == 0;
  if (path == NULL || *path == '\0')
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                         "path is missing: expected the folder or the file of the calendar");
  else if (layout != NULL && !single && strcmp (layout, "vdir") != 0)
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                 "layout = \"%s\": expected \"vdir\" or \"file\"", layout);
  else if (single && (g_str_has_suffix (path, "/") || strlen (path) > 4000))
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                 "path = \"%s\": expected an .ics file, because layout = \"file\"", path);
  else
    {
      g_autofree char *name = g_path_get_basename (path);
      return !single || file_name_check (name, error);
    }
  return FALSE;
}

static TurnusCalendar *
file_open (const TurnusOpen *open, GError **error)
{
  const char *path = g_hash_table_lookup (open->options, "path");
  const char *layout = g_hash_table_lookup (open->options, "layout");
  if (!check_layout (layout, path, error))
    return NULL;
  TurnusCalendar *self = g_new0 (TurnusCalendar, 1);
  self->host = open->host;
  self->host_data = open->host_data;
  self->binding = g_strdup (open->binding);
  set_place (self, dup_absolute (open, path), g_strcmp0 (layout, "file") == 0);
  return self;
}

static guint32
file_get_caps (TurnusCalendar *self)
{
  return TURNUS_CAP_CONDITIONAL | TURNUS_CAP_KEEPS_X | TURNUS_CAP_STATUS | TURNUS_CAP_REVIVES
         | TURNUS_CAP_LOCAL;
}

static void
file_list_async (TurnusCalendar *self, const char *token, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, file_list_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->file == NULL)
    {
      file_folder_list (self, task);
      return;
    }
  GError *error = NULL;
  TurnusListing *listing = file_single_list (self, token, &error);
  if (listing == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, listing, (GDestroyNotify) turnus_listing_free);
}

static TurnusListing *
file_list_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
file_load_async (TurnusCalendar *self, const char *const *ids, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, file_load_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->file == NULL)
    {
      file_folder_load (self, ids, task);
      return;
    }
  GError *error = NULL;
  GPtrArray *loaded = file_single_load (self, ids, &error);
  if (loaded == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, loaded, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
file_load_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A write is not interrupted once it has begun, so what is said about it is what happened. */
static GTask *
new_write (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, new_write);
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

static void
file_save_async (TurnusCalendar *self, const char *id, const char *revision, GBytes *bytes,
                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_write (cancellable, callback, user_data);
  if (g_task_return_error_if_cancelled (task))
    return;
  GError *error = NULL;
  TurnusRef *ref = self->file == NULL ? file_folder_save (self, id, revision, bytes, &error)
                                      : file_single_save (self, id, revision, bytes, &error);
  if (ref == NULL)
    {
      g_prefix_error (&error, "%s: ", self->folder);
      g_task_return_error (task, error);
    }
  else
    g_task_return_pointer (task, ref, (GDestroyNotify) turnus_ref_free);
}

static TurnusRef *
file_save_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
file_remove_async (TurnusCalendar *self, const char *id, const char *revision,
                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = new_write (cancellable, callback, user_data);
  if (g_task_return_error_if_cancelled (task))
    return;
  GError *error = NULL;
  if (!(self->file == NULL ? file_folder_remove (self, id, revision, &error)
                           : file_single_remove (self, id, revision, &error)))
    {
      g_prefix_error (&error, "%s: ", self->folder);
      g_task_return_error (task, error);
    }
  else
    g_task_return_boolean (task, TRUE);
}

static gboolean
file_remove_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

G_MODULE_EXPORT extern const TurnusPlugin turnus_plugin;
const TurnusPlugin turnus_plugin = {
  .magic = TURNUS_PLUGIN_MAGIC,
  .abi = TURNUS_PLUGIN_ABI,
  .size = sizeof (TurnusPlugin),
  .name = "file",
  .options = options,
  .open = file_open,
  .close = file_close,
  .get_caps = file_get_caps,
  .list_async = file_list_async,
  .list_finish = file_list_finish,
  .load_async = file_load_async,
  .load_finish = file_load_finish,
  .save_async = file_save_async,
  .save_finish = file_save_finish,
  .remove_async = file_remove_async,
  .remove_finish = file_remove_finish,
  .watch = file_watch_set,
};
