/* Plugins that must be refused: one file, built once for each fault (`FAULT_…`). What does nothing
 * here is never called. */
#include <turnus-plugin.h>

static TurnusCalendar *
bad_open (const TurnusOpen *open, GError **error)
{
  g_assert_not_reached ();
  return NULL;
}

static void
bad_close (TurnusCalendar *calendar)
{
}

static guint32
bad_get_caps (TurnusCalendar *calendar)
{
  return 0;
}

static void
bad_list_async (TurnusCalendar *calendar, const char *token, GCancellable *cancellable,
                GAsyncReadyCallback callback, gpointer user_data)
{
}

static TurnusListing *
bad_list_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return NULL;
}

static void
bad_load_async (TurnusCalendar *calendar, const char *const *ids, GCancellable *cancellable,
                GAsyncReadyCallback callback, gpointer user_data)
{
}

static GPtrArray *
bad_load_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return NULL;
}

static void
bad_save_async (TurnusCalendar *calendar, const char *id, const char *revision, GBytes *bytes,
                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
}

static TurnusRef *
bad_save_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return NULL;
}

static void
bad_remove_async (TurnusCalendar *calendar, const char *id, const char *revision,
                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
}

#ifdef FAULT_MISSING_SYMBOL
gboolean a_function_that_turnus_does_not_have (void);
#define REMOVE_FINISH_BODY return a_function_that_turnus_does_not_have ()
#else
#define REMOVE_FINISH_BODY return FALSE
#endif

static gboolean
bad_remove_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  REMOVE_FINISH_BODY;
}

#ifdef FAULT_NO_TABLE
#define TABLE turnus_plugin_of_another_time
#else
#define TABLE turnus_plugin
#endif

G_MODULE_EXPORT extern const TurnusPlugin TABLE;
const TurnusPlugin TABLE = {
#ifdef FAULT_MAGIC
  .magic = 0x464c457f,
#else
  .magic = TURNUS_PLUGIN_MAGIC,
#endif
#ifdef FAULT_ABI
  .abi = TURNUS_PLUGIN_ABI + 1,
#else
  .abi = TURNUS_PLUGIN_ABI,
#endif
#ifdef FAULT_SIZE
  .size = G_STRUCT_OFFSET (TurnusPlugin, remove_finish),
#else
  .size = sizeof (TurnusPlugin),
#endif
#ifdef FAULT_NAME
  .name = "another",
#else
  .name = PLUGIN_NAME,
#endif
  .open = bad_open,
  .close = bad_close,
  .get_caps = bad_get_caps,
  .list_async = bad_list_async,
  .list_finish = bad_list_finish,
  .load_async = bad_load_async,
  .load_finish = bad_load_finish,
#ifdef FAULT_SLOT
  .save_async = FALSE ? bad_save_async : NULL,
#else
  .save_async = bad_save_async,
#endif
  .save_finish = bad_save_finish,
  .remove_async = bad_remove_async,
  .remove_finish = bad_remove_finish,
};
