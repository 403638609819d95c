/* A provider around a plugin's table and its opened calendar. Nothing passes here unjudged: answers
 * go through answer.c, errors through verdict.c. Each call holds a reference, so that a calendar is
 * closed only when nothing is under way in it. */
#include "provider/plugin.h"

#include "base/encode.h"
#include "base/error.h"
#include "provider/answer.h"
#include "provider/host.h"
#include "provider/verdict.h"

struct _TnPlugin
{
  GObject parent;
  const TurnusPlugin *table; /* (unowned) plugins stay loaded */
  TnHost *host;              /* (owned) outlives `calendar` */
  TurnusCalendar *calendar;  /* (owned) */
  TnStint *stint;            /* (unowned) (nullable) outlives us */
};

/* Around each call of the plugin that goes on for a while. */
static void
begin (TnPlugin *self)
{
  tn_stint_begin (self->stint);
  tn_stint_enter (self->stint);
}

/* Around the plugin's answer to it. */
static void
end (TnPlugin *self)
{
  tn_stint_leave (self->stint);
  tn_stint_end (self->stint);
}

/* A table that ends before `watch` has none. */
static gboolean
has_watch (const TurnusPlugin *table)
{
  return table->size >= G_STRUCT_OFFSET (TurnusPlugin, watch) + sizeof (table->watch)
         && table->watch != NULL;
}

static void
return_failure (GTask *task, TnPlugin *self, GError *error)
{
  g_task_return_error (task, tn_verdict_from_plugin (error, self->table->name));
}

static guint32
get_caps (TnProvider *provider)
{
  TnPlugin *self = TN_PLUGIN (provider);
  return self->table->get_caps (self->calendar);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  TnPlugin *self = g_task_get_source_object (task);
  GError *error = NULL;
  tn_stint_enter (self->stint);
  g_autoptr (TurnusListing) listing = self->table->list_finish (self->calendar, result, &error);
  end (self);
  if (listing == NULL || error != NULL)
    return_failure (task, self, error);
  else if (!tn_answer_check_listing (listing, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&listing), (GDestroyNotify) turnus_listing_free);
}

static void
list_async (TnProvider *provider, const char *token, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  TnPlugin *self = TN_PLUGIN (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, list_async);
  begin (self);
  self->table->list_async (self->calendar, token, cancellable, on_listed, g_steal_pointer (&task));
  tn_stint_leave (self->stint);
}

static TurnusListing *
list_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The plugin's own errors of single items, put into our words. */
static void
translate_items (GPtrArray *loaded, const char *plugin)
{
  for (guint i = 0; i < loaded->len; i++)
    {
      TurnusLoaded *item = g_ptr_array_index (loaded, i);
      if (item != NULL && item->error != NULL)
        item->error = tn_verdict_from_plugin (item->error, plugin);
    }
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  TnPlugin *self = g_task_get_source_object (task);
  GError *error = NULL;
  tn_stint_enter (self->stint);
  g_autoptr (GPtrArray) loaded = self->table->load_finish (self->calendar, result, &error);
  end (self);
  if (loaded == NULL || error != NULL)
    {
      return_failure (task, self, error);
      return;
    }
  translate_items (loaded, self->table->name);
  if (!tn_answer_check_loaded (loaded, g_task_get_task_data (task), &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&loaded), (GDestroyNotify) g_ptr_array_unref);
}

static void
load_async (TnProvider *provider, const char *const *ids, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer user_data)
{
  TnPlugin *self = TN_PLUGIN (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, load_async);
  g_task_set_task_data (task, g_strdupv ((char **) ids), (GDestroyNotify) g_strfreev);
  begin (self);
  self->table->load_async (self->calendar, ids, cancellable, on_loaded, g_steal_pointer (&task));
  tn_stint_leave (self->stint);
}

static GPtrArray *
load_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  TnPlugin *self = g_task_get_source_object (task);
  GError *error = NULL;
  tn_stint_enter (self->stint);
  g_autoptr (TurnusRef) ref = self->table->save_finish (self->calendar, result, &error);
  end (self);
  if (ref == NULL || error != NULL)
    return_failure (task, self, error);
  else if (!tn_answer_check_ref (ref, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&ref), (GDestroyNotify) turnus_ref_free);
}

static void
save_async (TnProvider *provider, const char *id, const char *revision, GBytes *bytes,
            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TnPlugin *self = TN_PLUGIN (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, save_async);
  begin (self);
  self->table->save_async (self->calendar, id, revision, bytes, cancellable, on_saved,
                           g_steal_pointer (&task));
  tn_stint_leave (self->stint);
}

static TurnusRef *
save_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  TnPlugin *self = g_task_get_source_object (task);
  GError *error = NULL;
  tn_stint_enter (self->stint);
  gboolean is_removed = self->table->remove_finish (self->calendar, result, &error);
  end (self);
  if (!is_removed || error != NULL)
    return_failure (task, self, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
remove_async (TnProvider *provider, const char *id, const char *revision, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  TnPlugin *self = TN_PLUGIN (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, remove_async);
  begin (self);
  self->table->remove_async (self->calendar, id, revision, cancellable, on_removed,
                             g_steal_pointer (&task));
  tn_stint_leave (self->stint);
}

static gboolean
remove_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
watch (TnProvider *provider, TurnusChanged changed, gpointer user_data)
{
  TnPlugin *self = TN_PLUGIN (provider);
  if (has_watch (self->table))
    self->table->watch (self->calendar, changed, user_data);
}

/* A table of the first interface ends before it. */
static gboolean
has_discover (const TurnusPlugin *table)
{
  return table->size >= G_STRUCT_OFFSET (TurnusPlugin, role) && table->discover_async != NULL;
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  TnPlugin *self = g_task_get_source_object (task);
  GError *error = NULL;
  tn_stint_enter (self->stint);
  g_autoptr (GPtrArray) places = self->table->discover_finish (self->calendar, result, &error);
  end (self);
  if (places == NULL || error != NULL)
    return_failure (task, self, error);
  else if (!tn_answer_check_places (places, &error))
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&places), (GDestroyNotify) g_ptr_array_unref);
}

static void
discover_async (TnProvider *provider, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
  TnPlugin *self = TN_PLUGIN (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, discover_async);
  if (!has_discover (self->table))
    {
      g_task_return_new_error (task, TN_ERROR, TN_ERROR_INVALID,
                               "the provider %s has no account that could be asked",
                               self->table->name);
      return;
    }
  begin (self);
  self->table->discover_async (self->calendar, cancellable, on_discovered, g_steal_pointer (&task));
  tn_stint_leave (self->stint);
}

static GPtrArray *
discover_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, provider), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gint64
get_not_before_us (TnProvider *provider)
{
  return tn_host_get_not_before_us (TN_PLUGIN (provider)->host);
}

static void
iface_init (TnProviderInterface *iface)
{
  iface->get_caps = get_caps;
  iface->list_async = list_async;
  iface->list_finish = list_finish;
  iface->load_async = load_async;
  iface->load_finish = load_finish;
  iface->save_async = save_async;
  iface->save_finish = save_finish;
  iface->remove_async = remove_async;
  iface->remove_finish = remove_finish;
  iface->watch = watch;
  iface->get_not_before_us = get_not_before_us;
  iface->discover_async = discover_async;
  iface->discover_finish = discover_finish;
}

G_DEFINE_TYPE_WITH_CODE (TnPlugin, tn_plugin, G_TYPE_OBJECT,
                         G_IMPLEMENT_INTERFACE (TN_TYPE_PROVIDER, iface_init))

static void
finalize (GObject *object)
{
  TnPlugin *self = TN_PLUGIN (object);
  if (self->calendar != NULL)
    self->table->close (self->calendar);
  g_clear_pointer (&self->host, tn_host_free);
  G_OBJECT_CLASS (tn_plugin_parent_class)->finalize (object);
}

static void
tn_plugin_class_init (TnPluginClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
tn_plugin_init (TnPlugin *self)
{
}

/**
 * tn_plugin_check_options:
 * @options: (element-type utf8 utf8)
 *
 * Against the plugin's own list, so that no plugin has to do it and a misspelt one is found.
 *
 * Errors: %TN_ERROR_INVALID when one is missing or unknown.
 */
gboolean
tn_plugin_check_options (const TurnusPlugin *table, GHashTable *options, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  for (const TurnusOption *option = table->options; option != NULL && option->name != NULL;
       option++)
    {
      g_ptr_array_add (names, (gpointer) option->name);
      if (!option->required || g_hash_table_contains (options, option->name))
        continue;
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s is missing: expected %s", option->name,
                   option->help != NULL ? option->help : "a text");
      return FALSE;
    }
  g_ptr_array_add (names, NULL);
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, options);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      if (g_strv_contains ((const char *const *) names->pdata, name))
        continue;
      const char *nearest = tn_encode_find_nearest (name, (const char *const *) names->pdata);
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s is no option of the plugin %s%s%s",
                   (const char *) name, table->name, nearest != NULL ? ": did you mean " : "",
                   nearest != NULL ? nearest : "");
      return FALSE;
    }
  return TRUE;
}

/**
 * tn_plugin_set_stint:
 * @stint: (nullable): where it is noted when the plugin is at work; outlives the calendar
 */
void
tn_plugin_set_stint (TnPlugin *self, TnStint *stint)
{
  self->stint = stint;
  tn_host_set_stint (self->host, stint);
}

/**
 * tn_plugin_open:
 * @table: (unowned): checked by the loader; stays for ever
 * @calendar: its id in the settings
 * @options: (element-type utf8 utf8): the settings that are the plugin's own
 * @base_dir: relative paths start here
 * @binding: (nullable): what the last listing was bound to
 * @client: (nullable): to the server of its `url`
 *
 * Errors: %TN_ERROR_INVALID when an option is missing, unknown or wrong.
 * Returns: (transfer full): the calendar; nothing outside has been touched yet
 */
TnProvider *
tn_plugin_open (const TurnusPlugin *table, TnClock *clock, const char *calendar,
                GHashTable *options, const char *base_dir, const char *binding, TnClient *client,
                GError **error)
{
  if (!tn_plugin_check_options (table, options, error))
    return NULL;
  g_autoptr (TnPlugin) self = g_object_new (TN_TYPE_PLUGIN, NULL);
  self->table = table;
  self->host = tn_host_new (clock, calendar, client);
  TurnusOpen with = {
    .size = sizeof with,
    .host = tn_host_get_table (),
    .host_data = self->host,
    .calendar = calendar,
    .options = options,
    .base_dir = base_dir,
    .binding = binding,
  };
  GError *theirs = NULL;
  self->calendar = table->open (&with, &theirs);
  if (self->calendar == NULL || theirs != NULL)
    {
      g_propagate_error (error, tn_verdict_from_plugin (theirs, table->name));
      return NULL;
    }
  return TN_PROVIDER (g_steal_pointer (&self));
}
