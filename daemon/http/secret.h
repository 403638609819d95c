/* daemon/http/secret.h — a text that must not be seen */
#pragma once

#include <gio/gio.h>

#include "model/account.h"

G_BEGIN_DECLS

/* Reference-counted. It has no way to be printed; who needs the text borrows it and copies it
 * nowhere but into curl. Wiped when the last reference goes. */
typedef struct _TnSecret TnSecret;

TnSecret *tn_secret_new (const char *bytes, gsize length, GError **error);
TnSecret *tn_secret_new_lines (const char *bytes, gsize length, GError **error);
TnSecret *tn_secret_ref (TnSecret *secret);
void tn_secret_unref (TnSecret *secret);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnSecret, tn_secret_unref)

const char *tn_secret_borrow (const TnSecret *secret);
gboolean tn_secret_equal (const TnSecret *secret, const TnSecret *other);
void tn_secret_wipe (char *text);

TnSecret *tn_secret_read_file (const char *path, GError **error);
void tn_secret_load_async (const TnSecretPlace *place, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data);
TnSecret *tn_secret_load_finish (GAsyncResult *result, GError **error);

G_END_DECLS
