#include "fakes/await.h"

#include <string.h>

#define ALARM_S 60

void
tn_await_store (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;
  g_assert_null (*slot); /* answered twice */
  *slot = g_object_ref (result);
}

static gboolean
on_alarm (gpointer user_data)
{
  g_assert_not_reached (); /* never answered */
  return G_SOURCE_REMOVE;
}

/* Returns: (transfer full) */
GAsyncResult *
tn_await (GAsyncResult **result)
{
  guint alarm_id = g_timeout_add_seconds (ALARM_S, on_alarm, NULL);
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm_id);
  return *result;
}

void
tn_await_true (const gboolean *condition)
{
  guint alarm_id = g_timeout_add_seconds (ALARM_S, on_alarm, NULL);
  while (!*condition)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (alarm_id);
}

/* Until nothing is ready. */
void
tn_await_idle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/**
 * tn_await_list:
 *
 * Returns: (transfer full)
 */
TurnusListing *
tn_await_list (TnProvider *provider, const char *token, GError **error)
{
  GAsyncResult *slot = NULL;
  tn_provider_list_async (provider, token, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  return tn_provider_list_finish (provider, result, error);
}

/**
 * tn_await_load:
 *
 * Returns: (transfer full) (element-type TurnusLoaded)
 */
GPtrArray *
tn_await_load (TnProvider *provider, const char *const *ids, GError **error)
{
  GAsyncResult *slot = NULL;
  tn_provider_load_async (provider, ids, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  return tn_provider_load_finish (provider, result, error);
}

/**
 * tn_await_load_one:
 *
 * Returns: (transfer full): with its own error when that one could not be loaded
 */
TurnusLoaded *
tn_await_load_one (TnProvider *provider, const char *id)
{
  const char *ids[] = { id, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) loaded = tn_await_load (provider, ids, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (loaded->len, ==, 1);
  g_ptr_array_set_free_func (loaded, NULL);
  return g_ptr_array_index (loaded, 0);
}

/**
 * tn_await_save:
 *
 * Returns: (transfer full)
 */
TurnusRef *
tn_await_save (TnProvider *provider, const char *id, const char *revision, const char *text,
               GError **error)
{
  GAsyncResult *slot = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  tn_provider_save_async (provider, id, revision, bytes, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  return tn_provider_save_finish (provider, result, error);
}

gboolean
tn_await_remove (TnProvider *provider, const char *id, const char *revision, GError **error)
{
  GAsyncResult *slot = NULL;
  tn_provider_remove_async (provider, id, revision, NULL, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  return tn_provider_remove_finish (provider, result, error);
}

/**
 * tn_await_find:
 *
 * Returns: (nullable) (transfer none): the entry of @id among what changed
 */
const TurnusRef *
tn_await_find (const TurnusListing *listing, const char *id)
{
  for (guint i = 0; i < listing->changed->len; i++)
    {
      const TurnusRef *ref = g_ptr_array_index (listing->changed, i);
      if (strcmp (ref->id, id) == 0)
        return ref;
    }
  return NULL;
}
