/* daemon/http/keyring.h — the refresh token of an account, kept over restarts */
#pragma once

#include "http/secret.h"

G_BEGIN_DECLS

char *tn_keyring_dup_path (const char *state_folder, const TnAccount *account);
TnSecret *tn_keyring_load (const char *path, GError **error);
gboolean tn_keyring_save (const char *path, const TnSecret *refresh, GError **error);

G_END_DECLS
