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
  account->client_secret_end = TN_DATE_NONE;
  return account;
}

static void
secret_place_copy (TnSecretPlace *place, const TnSecretPlace *from)
{
  place->file = g_strdup (from->file);
  place->credential = g_strdup (from->credential);
  place->command = g_strdupv (from->command);
  place->has_lines = from->has_lines;
}

/**
 * tn_account_new_for_tokens:
 * @url: where tokens or device codes are had
 *
 * Returns: (transfer full): the account of the program itself there, beside that of the calendar
 */
TnAccount *
tn_account_new_for_tokens (const TnAccount *account, const char *url)
{
  TnAccount *tokens = tn_account_new (url);
  if (tn_secret_place_is_set (&account->client_secret))
    {
      tokens->auth = TN_AUTH_BASIC;
      tokens->user = g_strdup (account->client_id);
      secret_place_copy (&tokens->password, &account->client_secret);
    }
  tokens->proxy = g_strdup (account->proxy);
  tokens->ca = g_strdup (account->ca);
  return tokens;
}

/**
 * tn_account_is_for_itself:
 *
 * Returns: %TRUE when the program logs in as itself, with a secret or certificate of its own, and
 *   no person is asked (RFC 6749 4.4)
 */
gboolean
tn_account_is_for_itself (const TnAccount *account)
{
  gboolean has_own
      = tn_secret_place_is_set (&account->client_secret) || account->signing_certificate != NULL;
  return account->auth == TN_AUTH_OAUTH2 && has_own && account->device_url == NULL;
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
  g_free (account->keytab);
  g_free (account->ticket_cache);
  g_free (account->token_url);
  g_free (account->device_url);
  g_free (account->client_id);
  secret_place_clear (&account->client_secret);
  g_free (account->signing_certificate);
  secret_place_clear (&account->signing_key);
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
