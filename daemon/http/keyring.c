/* Refresh tokens change with each use at many servers, and the old one is worth nothing from then
 * on: the new one must be durable before anything is done with what came beside it, and the place
 * must be known to take it before the old one is spent (hazard 100). The state is locked by one
 * daemon, so nobody else spends it meanwhile. */
#include "http/keyring.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "base/encode.h"
#include "base/error.h"

/**
 * tn_keyring_dup_path:
 *
 * Returns: (transfer full): of the file in which the token of @account is kept
 */
char *
tn_keyring_dup_path (const char *state_folder, const TnAccount *account)
{
  g_autofree char *identity = g_strjoin ("\n", account->url, account->token_url, account->client_id,
                                         account->scope != NULL ? account->scope : "", NULL);
  g_autofree char *hash = tn_encode_sha256 (identity, -1);
  hash[32] = '\0';
  return g_build_filename (state_folder, "tokens", hash, NULL);
}

/**
 * tn_keyring_load:
 *
 * Errors: %TN_ERROR_AUTH when there is none, or others may read it.
 * Returns: (transfer full) (nullable)
 */
TnSecret *
tn_keyring_load (const char *path, GError **error)
{
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return tn_secret_read_file (path, error);
  g_set_error (error, TN_ERROR, TN_ERROR_AUTH,
               "nobody has logged in yet, expected turnusctl calendars login");
  return NULL;
}

/**
 * tn_keyring_save:
 *
 * Durable when it returns: file and folder are flushed, and the old token is there until then.
 *
 * Errors: %TN_ERROR_FAILED.
 */
gboolean
tn_keyring_save (const char *path, const TnSecret *refresh, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) reason = NULL;
  if (g_mkdir_with_parents (folder, 0700) == 0
      && g_file_set_contents_full (path, tn_secret_borrow (refresh), -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, &reason))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot keep the token in %s: %s", folder,
               reason != NULL ? reason->message : g_strerror (errno));
  return FALSE;
}
