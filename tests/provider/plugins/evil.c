/* A plugin that fits and lies (hazard 98). The option `lie` names what it says. */
#include <signal.h>
#include <string.h>

#include <turnus-plugin.h>

struct _TurnusCalendar
{
  char *lie; /* (owned) */
};

static const TurnusOption options[] = {
  { "lie", TRUE, "what to say" },
  { NULL, FALSE, NULL },
};

static gboolean
tells (TurnusCalendar *self, const char *lie)
{
  return strcmp (self->lie, lie) == 0;
}

static TurnusCalendar *
evil_open (const TurnusOpen *open, GError **error)
{
  const char *lie = g_hash_table_lookup (open->options, "lie");
  if (strcmp (lie, "open-nothing") == 0)
    return NULL;
  TurnusCalendar *self = g_new0 (TurnusCalendar, 1);
  self->lie = g_strdup (lie);
  return self;
}

static void
evil_close (TurnusCalendar *self)
{
  g_free (self->lie);
  g_free (self);
}

static guint32
evil_get_caps (TurnusCalendar *self)
{
  return 0;
}

/* All answers are made up when they are fetched. */
static void
answer (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_return_boolean (task, TRUE);
}

static void
evil_list_async (TurnusCalendar *self, const char *token, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  if (tells (self, "die"))
    raise (SIGKILL); /* as a crash, without a core or a word */
  answer (cancellable, callback, user_data);
}

static gboolean
set_strange_error (TurnusCalendar *self, GError **error)
{
  if (tells (self, "unknown-code"))
    g_set_error_literal (error, TURNUS_ERROR, 4711, "what?");
  else if (tells (self, "foreign-domain"))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "caf\xe9");
  else if (g_str_has_prefix (self->lie, "code-"))
    g_set_error_literal (error, TURNUS_ERROR, self->lie[5] - '0', "as asked");
  else
    return tells (self, "nothing");
  return TRUE;
}

static TurnusListing *
evil_list_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  if (set_strange_error (self, error))
    return NULL;
  TurnusListing *listing = turnus_listing_new (!tells (self, "twice-apart"));
  if (tells (self, "null-arrays"))
    g_clear_pointer (&listing->changed, g_ptr_array_unref);
  else if (tells (self, "null-ref"))
    g_ptr_array_add (listing->changed, NULL);
  else if (tells (self, "null-id"))
    g_ptr_array_add (listing->changed, turnus_ref_new (NULL, "r"));
  else if (tells (self, "null-revision"))
    g_ptr_array_add (listing->changed, turnus_ref_new ("a", NULL));
  else if (tells (self, "bad-utf8"))
    g_ptr_array_add (listing->changed, turnus_ref_new ("a\xff\n", "r"));
  else if (tells (self, "removed-in-full"))
    g_ptr_array_add (listing->removed, g_strdup ("a"));
  else if (tells (self, "twice-apart"))
    {
      g_ptr_array_add (listing->changed, turnus_ref_new ("a", "r"));
      g_ptr_array_add (listing->removed, g_strdup ("a"));
    }
  else if (tells (self, "twice"))
    {
      g_ptr_array_add (listing->changed, turnus_ref_new ("a", "r"));
      g_ptr_array_add (listing->changed, turnus_ref_new ("a", "s"));
    }
  else if (tells (self, "long-id"))
    g_ptr_array_add (listing->changed, turnus_ref_new (NULL, "r")),
        ((TurnusRef *) g_ptr_array_index (listing->changed, 0))->id = g_strnfill (5000, 'a');
  else if (tells (self, "empty-token"))
    listing->token = g_strdup ("");
  else if (tells (self, "bad-binding"))
    listing->binding = g_strdup ("\xff");
  else if (tells (self, "value-and-error"))
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_TEMPORARY, "both");
  return listing;
}

static void
evil_load_async (TurnusCalendar *self, const char *const *ids, GCancellable *cancellable,
                 GAsyncReadyCallback callback, gpointer user_data)
{
  answer (cancellable, callback, user_data);
}

static GPtrArray *
evil_load_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  if (set_strange_error (self, error))
    return NULL;
  GPtrArray *loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_loaded_free);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("x", 1);
  if (tells (self, "other-id"))
    g_ptr_array_add (loaded, turnus_loaded_new ("b", "r", bytes));
  else if (tells (self, "null-item"))
    g_ptr_array_add (loaded, NULL);
  else if (tells (self, "no-bytes"))
    g_ptr_array_add (loaded, turnus_loaded_new ("a", "r", NULL));
  else if (tells (self, "no-revision"))
    g_ptr_array_add (loaded, turnus_loaded_new ("a", NULL, bytes));
  else if (tells (self, "item-twice"))
    for (guint i = 0; i < 2; i++)
      g_ptr_array_add (loaded, turnus_loaded_new ("a", "r", bytes));
  return loaded;
}

static void
evil_save_async (TurnusCalendar *self, const char *id, const char *revision, GBytes *bytes,
                 GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  answer (cancellable, callback, user_data);
}

static TurnusRef *
evil_save_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return set_strange_error (self, error) ? NULL : turnus_ref_new ("a", "");
}

static void
evil_remove_async (TurnusCalendar *self, const char *id, const char *revision,
                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  answer (cancellable, callback, user_data);
}

static gboolean
evil_remove_finish (TurnusCalendar *self, GAsyncResult *result, GError **error)
{
  return !set_strange_error (self, error);
}

G_MODULE_EXPORT extern const TurnusPlugin turnus_plugin;
const TurnusPlugin turnus_plugin = {
  .magic = TURNUS_PLUGIN_MAGIC,
  .abi = TURNUS_PLUGIN_ABI_OLDEST, /* what was built for it is still taken (hazard 96) */
  .size = G_STRUCT_OFFSET (TurnusPlugin, watch), /* of a time when there was no watching */
  .name = "evil",
  .options = options,
  .open = evil_open,
  .close = evil_close,
  .get_caps = evil_get_caps,
  .list_async = evil_list_async,
  .list_finish = evil_list_finish,
  .load_async = evil_load_async,
  .load_finish = evil_load_finish,
  .save_async = evil_save_async,
  .save_finish = evil_save_finish,
  .remove_async = evil_remove_async,
  .remove_finish = evil_remove_finish,
  .watch = (void (*) (TurnusCalendar *, TurnusChanged, gpointer)) 0x1, /* garbage beyond `size` */
};
