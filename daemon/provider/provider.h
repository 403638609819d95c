/* daemon/provider/provider.h — an opened calendar, whatever plugin speaks to it */
#pragma once

#include "provider/turnus-plugin.h"

G_BEGIN_DECLS

/* The contract is the one of turnus-plugin.h, with errors in TN_ERROR. Implementations: a loaded
 * plugin (provider/plugin.c) and the fake of the tests; both pass tests/contract/provider.c. */
#define TN_TYPE_PROVIDER (tn_provider_get_type ())
G_DECLARE_INTERFACE (TnProvider, tn_provider, TN, PROVIDER, GObject)

struct _TnProviderInterface
{
  GTypeInterface parent;

  guint32 (*get_caps) (TnProvider *self);
  void (*list_async) (TnProvider *self, const char *token, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
  TurnusListing *(*list_finish) (TnProvider *self, GAsyncResult *result, GError **error);
  void (*load_async) (TnProvider *self, const char *const *ids, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*load_finish) (TnProvider *self, GAsyncResult *result, GError **error);
  void (*save_async) (TnProvider *self, const char *id, const char *revision, GBytes *bytes,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  TurnusRef *(*save_finish) (TnProvider *self, GAsyncResult *result, GError **error);
  void (*remove_async) (TnProvider *self, const char *id, const char *revision,
                        GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*remove_finish) (TnProvider *self, GAsyncResult *result, GError **error);
  void (*watch) (TnProvider *self, TurnusChanged changed, gpointer user_data);
  gint64 (*get_not_before_us) (TnProvider *self);                      /* (nullable) */
  void (*discover_async) (TnProvider *self, GCancellable *cancellable, /* (nullable) */
                          GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*discover_finish) (TnProvider *self, GAsyncResult *result, GError **error);
};

guint32 tn_provider_get_caps (TnProvider *self);
void tn_provider_list_async (TnProvider *self, const char *token, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
TurnusListing *tn_provider_list_finish (TnProvider *self, GAsyncResult *result, GError **error);
void tn_provider_load_async (TnProvider *self, const char *const *ids, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *tn_provider_load_finish (TnProvider *self, GAsyncResult *result, GError **error);
void tn_provider_save_async (TnProvider *self, const char *id, const char *revision, GBytes *bytes,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data);
TurnusRef *tn_provider_save_finish (TnProvider *self, GAsyncResult *result, GError **error);
void tn_provider_remove_async (TnProvider *self, const char *id, const char *revision,
                               GCancellable *cancellable, GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean tn_provider_remove_finish (TnProvider *self, GAsyncResult *result, GError **error);
void tn_provider_watch (TnProvider *self, TurnusChanged changed, gpointer user_data);
gint64 tn_provider_get_not_before_us (TnProvider *self);
void tn_provider_discover_async (TnProvider *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *tn_provider_discover_finish (TnProvider *self, GAsyncResult *result, GError **error);

G_END_DECLS
