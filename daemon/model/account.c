/* An account as the settings describe it. It may be copied into texts and kept for ever: a secret
 * never stands in it, only where one is kept (promise 11). */
#include "model/account.h"

static void
secret_place_clear (TnSecretPlace *place)
{
  g_free (place->file);
  g_free (place->credential);
  g_strfreev (place->command);
}

gboolean
tn_secret_place_is_set (const TnSecretPlace *place)
{
  return place->file != NULL || place->credential != NULL || place->command != NULL;
}

TnAccount *
tn_account_new (const char *url)
{
  TnAccount *account = g_atomic_rc_box_new0 (TnAccount);
  account->url = g_strdup (url);
  return account;
}

TnAccount *
tn_account_ref (const TnAccount *account)
{
  return g_atomic_rc_box_acquire ((gpointer) account);
}

static void
account_clear (TnAccount *account)
{
  g_free (account->url);
  g_free (account->user);
  secret_place_clear (&account->password);
  secret_place_clear (&account->token);
  g_free (account->token_url);
  g_free (account->device_url);
  g_free (account->client_id);
  secret_place_clear (&account->client_secret);
  g_free (account->scope);
  g_free (account->client_certificate);
  g_free (account->client_key);
  g_free (account->proxy);
  g_free (account->ca);
}

void
tn_account_unref (const TnAccount *account)
{
  if (account != NULL)
    g_atomic_rc_box_release_full ((gpointer) account, (GDestroyNotify) account_clear);
}
