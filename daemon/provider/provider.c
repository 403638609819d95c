/* The interface behind which an opened calendar stands. It only hands calls on: what they mean is
 * said in turnus-plugin.h, and who keeps the promise is tested by one suite for all
 * (tests/contract/provider.c). */
#include "provider/provider.h"

#include "base/error.h"

G_DEFINE_INTERFACE (TnProvider, tn_provider, G_TYPE_OBJECT)

static void
tn_provider_default_init (TnProviderInterface *iface)
{
}

/**
 * tn_provider_get_caps:
 *
 * Returns: what this calendar can do, bits of #TurnusCaps
 */
guint32
tn_provider_get_caps (TnProvider *self)
{
  g_return_val_if_fail (TN_IS_PROVIDER (self), 0);
  return TN_PROVIDER_GET_IFACE (self)->get_caps (self);
}

/**
 * tn_provider_list_async:
 * @token: (nullable): of the last listing
 *
 * Asks what is there, or what changed since @token.
 */
void
tn_provider_list_async (TnProvider *self, const char *token, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_PROVIDER (self));
  TN_PROVIDER_GET_IFACE (self)->list_async (self, token, cancellable, callback, user_data);
}

/**
 * tn_provider_list_finish:
 *
 * Errors: %TN_ERROR_GONE when the token is not known any more: list without it;
 *   %TN_ERROR_PROTOCOL when the plugin said what cannot be.
 * Returns: (transfer full): a complete listing; never one that was cut short
 */
TurnusListing *
tn_provider_list_finish (TnProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TN_IS_PROVIDER (self), NULL);
  return TN_PROVIDER_GET_IFACE (self)->list_finish (self, result, error);
}

/**
 * tn_provider_load_async:
 * @ids: NULL-terminated, each once; copied
 */
void
tn_provider_load_async (TnProvider *self, const char *const *ids, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_PROVIDER (self));
  g_return_if_fail (ids != NULL);
  TN_PROVIDER_GET_IFACE (self)->load_async (self, ids, cancellable, callback, user_data);
}

/**
 * tn_provider_load_finish:
 *
 * Returns: (transfer full) (element-type TurnusLoaded): one for each id asked for, in any order;
 *   one item's failure is in its own error
 */
GPtrArray *
tn_provider_load_finish (TnProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TN_IS_PROVIDER (self), NULL);
  return TN_PROVIDER_GET_IFACE (self)->load_finish (self, result, error);
}

/**
 * tn_provider_save_async:
 * @id: where it is, or for a new item a proposal made of [A-Za-z0-9._-]
 * @revision: (nullable): the one that the change was based on; NULL: must not exist yet (hazards
 *   19 and 20: there is no unconditional write)
 */
void
tn_provider_save_async (TnProvider *self, const char *id, const char *revision, GBytes *bytes,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_PROVIDER (self));
  g_return_if_fail (id != NULL && bytes != NULL);
  TN_PROVIDER_GET_IFACE (self)->save_async (self, id, revision, bytes, cancellable, callback,
                                            user_data);
}

/**
 * tn_provider_save_finish:
 *
 * Errors: %TN_ERROR_CONFLICT when @revision did not hold; %TN_ERROR_GONE when the item to be
 *   changed is not there; after %TN_ERROR_TEMPORARY or %TN_ERROR_PROTOCOL the outcome is unknown.
 * Returns: (transfer full): where it is now, and its new revision
 */
TurnusRef *
tn_provider_save_finish (TnProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TN_IS_PROVIDER (self), NULL);
  return TN_PROVIDER_GET_IFACE (self)->save_finish (self, result, error);
}

/**
 * tn_provider_remove_async:
 * @revision: the one that the decision to remove was based on
 */
void
tn_provider_remove_async (TnProvider *self, const char *id, const char *revision,
                          GCancellable *cancellable, GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (TN_IS_PROVIDER (self));
  g_return_if_fail (id != NULL && revision != NULL);
  TN_PROVIDER_GET_IFACE (self)->remove_async (self, id, revision, cancellable, callback, user_data);
}

/**
 * tn_provider_remove_finish:
 *
 * Errors: as tn_provider_save_finish()
 * Returns: %TRUE when it is gone by our doing
 */
gboolean
tn_provider_remove_finish (TnProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TN_IS_PROVIDER (self), FALSE);
  return TN_PROVIDER_GET_IFACE (self)->remove_finish (self, result, error);
}

/**
 * tn_provider_watch:
 * @changed: (nullable): called when something may have changed; NULL stops it
 *
 * A calendar that cannot notice changes never calls.
 */
void
tn_provider_watch (TnProvider *self, TurnusChanged changed, gpointer user_data)
{
  g_return_if_fail (TN_IS_PROVIDER (self));
  TN_PROVIDER_GET_IFACE (self)->watch (self, changed, user_data);
}

/**
 * tn_provider_get_not_before_us:
 *
 * Source: hazard 79.
 * Returns: UTC microseconds since 1970 before which the server wants no question; 0 when it did not
 *   ask for patience
 */
gint64
tn_provider_get_not_before_us (TnProvider *self)
{
  g_return_val_if_fail (TN_IS_PROVIDER (self), 0);
  TnProviderInterface *iface = TN_PROVIDER_GET_IFACE (self);
  return iface->get_not_before_us != NULL ? iface->get_not_before_us (self) : 0;
}

/**
 * tn_provider_discover_async:
 *
 * Asks which calendars the account offers. Writes nothing.
 *
 * Errors: %TN_ERROR_INVALID when this kind of calendar has no account that could be asked.
 */
void
tn_provider_discover_async (TnProvider *self, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (TN_IS_PROVIDER (self));
  TnProviderInterface *iface = TN_PROVIDER_GET_IFACE (self);
  if (iface->discover_async != NULL)
    iface->discover_async (self, cancellable, callback, user_data);
  else
    g_task_report_new_error (self, callback, user_data, tn_provider_discover_async, TN_ERROR,
                             TN_ERROR_INVALID,
                             "calendars of this kind have no account that could be asked");
}

/**
 * tn_provider_discover_finish:
 *
 * Returns: (transfer full) (nullable) (element-type TurnusPlace)
 */
GPtrArray *
tn_provider_discover_finish (TnProvider *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (TN_IS_PROVIDER (self), NULL);
  if (g_async_result_is_tagged (result, tn_provider_discover_async))
    return g_task_propagate_pointer (G_TASK (result), error);
  return TN_PROVIDER_GET_IFACE (self)->discover_finish (self, result, error);
}
