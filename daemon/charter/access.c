/* How a calendar is reached and logged in to. Of a secret only the place is read, and of its file
 * only the rights are looked at (promise 11). */
#include "charter/access.h"

#include <string.h>
#include <sys/stat.h>

#include "charter/document.h"

/* Source: hazard 101. A file that is not there yet is complained about when it is needed. */
void
tn_access_check_rights (TnGroup group, int line, const char *name, const char *path)
{
  struct stat status;
  if (stat (path, &status) == 0 && (status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    tn_group_complain_at (group, line,
                          "%s: others may read %s, expected a file of the daemon's user alone: "
                          "chmod 600",
                          name, path);
}

/* `https://user@host/`, with or without a password (hazard 111). */
gboolean
tn_access_has_user_in_url (const char *text)
{
  const char *host = strstr (text, "://");
  return host != NULL && memchr (host + 3, '@', strcspn (host + 3, "/?#")) != NULL;
}

static void
read_path (TnGroup group, const char *key, const char *base_dir, char **ret_path)
{
  TnValue value = { 0 };
  if (tn_group_read (group, key, &value) == TN_READING_GIVEN)
    *ret_path = g_canonicalize_filename (value.text, base_dir);
}

static void
read_url (TnGroup group, const char *key, char **ret_url)
{
  TnValue value = { 0 };
  if (tn_group_read (group, key, &value) != TN_READING_GIVEN)
    return;
  if (tn_access_has_user_in_url (value.text))
    tn_group_complain (group, key, "a user stands in the address '%s', expected it without", key);
  else
    *ret_url = g_strdup (value.text);
}

static void
read_command (TnGroup group, TnSecretPlace *place)
{
  g_auto (GStrv) words = NULL;
  tn_group_read_texts (group, "command", &words);
  if (words != NULL && words[0] != NULL)
    place->command = g_steal_pointer (&words);
}

/**
 * tn_access_read_place:
 * @key: of a group of kind `secret`
 *
 * Reads where a secret is kept, not the secret; of a file the rights are looked at.
 */
void
tn_access_read_place (TnGroup parent, const char *key, const char *base_dir, TnSecretPlace *place)
{
  if (!tn_group_has (parent, key))
    return;
  TnGroup group = tn_group_enter (parent, key);
  if (group.setting == NULL)
    return; /* a text instead of a group: complained about already, without quoting it */
  read_path (group, "file", base_dir, &place->file);
  tn_group_read_text (group, "credential", &place->credential);
  read_command (group, place);
  guint n = (place->file != NULL) + (place->credential != NULL) + (place->command != NULL);
  if (n != 1)
    tn_group_complain (parent, key, "%s says %s, expected one of file, credential and command", key,
                       n == 0 ? "no place" : "more than one place");
  g_autofree char *name = g_strdup_printf ("%s.file", key);
  if (place->file != NULL)
    tn_access_check_rights (group, tn_group_get_line (group, "file"), name, place->file);
}

/* Where Microsoft's tokens are had. National clouds have other hosts, so each can be said. */
static void
derive (const char *tenant, TnAccount *account)
{
  gboolean has_own
      = tn_secret_place_is_set (&account->client_secret) || account->signing_certificate != NULL;
  if (account->token_url == NULL)
    account->token_url
        = g_strdup_printf ("https://login.microsoftonline.com/%s/oauth2/v2.0/token", tenant);
  if (account->device_url == NULL && !has_own)
    account->device_url
        = g_strdup_printf ("https://login.microsoftonline.com/%s/oauth2/v2.0/devicecode", tenant);
  if (account->scope == NULL)
    account->scope = g_strdup (account->device_url == NULL
                                   ? "https://graph.microsoft.com/.default"
                                   : "https://graph.microsoft.com/Calendars.ReadWrite "
                                     "https://graph.microsoft.com/Calendars.ReadWrite.Shared "
                                     "offline_access");
}

/* It becomes a part of an address. `common` and its like are no tenant of anybody, and never right
 * for a program that logs in by itself. */
static gboolean
is_tenant (const char *text)
{
  static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
  static const char *const shared[] = { "common", "organizations", "consumers", NULL };
  return strspn (text, letters) == strlen (text) && *text != '\0' && *text != '.'
         && !g_strv_contains (shared, text);
}

static void
read_tenant (TnGroup group, TnAccount *account)
{
  TnValue tenant = { 0 };
  TnReading reading = tn_group_read (group, "tenant", &tenant);
  if (reading == TN_READING_GIVEN && is_tenant (tenant.text))
    derive (tenant.text, account);
  else if (reading == TN_READING_GIVEN)
    tn_group_complain (group, "tenant",
                       "tenant is \"%.60s\", expected the id of one organisation like "
                       "\"2b6a1f0c-…\", or its domain like \"odense.example\"",
                       tenant.text);
  else if (reading == TN_READING_ABSENT && !tn_group_has (group, "token_url"))
    tn_group_complain (group, NULL,
                       "oauth has neither tenant nor token_url, expected tenant for Microsoft 365, "
                       "token_url for another server");
}

/* What shows who the program is: a secret or a certificate, or nothing. */
static void
read_own_login (TnGroup group, const char *base_dir, TnAccount *account)
{
  TnValue end = { 0 };
  TnValue signature = { 0 };
  tn_access_read_place (group, "client_secret", base_dir, &account->client_secret);
  read_path (group, "client_certificate", base_dir, &account->signing_certificate);
  account->signing_key.has_lines = TRUE;
  tn_access_read_place (group, "client_key", base_dir, &account->signing_key);
  tn_group_read (group, "signature", &signature);
  account->signature = (TnSignature) signature.number;
  if (tn_group_read (group, "client_secret_expires", &end) == TN_READING_GIVEN)
    account->client_secret_end = end.days.start;
}

static void
check_own_login (TnGroup group)
{
  gboolean has_secret = tn_group_has (group, "client_secret");
  gboolean has_certificate = tn_group_has (group, "client_certificate");
  if (has_secret && has_certificate)
    tn_group_complain (group, "client_certificate",
                       "both client_secret and client_certificate are said, expected one of them");
  if (has_certificate != tn_group_has (group, "client_key"))
    tn_group_complain (group, has_certificate ? "client_certificate" : "client_key",
                       "only one of client_certificate and client_key is said, expected both");
  if (tn_group_has (group, "client_secret_expires") && !has_secret)
    tn_group_complain (group, "client_secret_expires",
                       "client_secret_expires goes with client_secret; the end of a certificate is "
                       "read from it");
  if (tn_group_has (group, "signature") && !has_certificate)
    tn_group_complain (group, "signature", "signature goes with client_certificate");
}

static void
read_oauth (TnGroup calendar, const char *base_dir, TnAccount *account)
{
  TnGroup group = tn_group_enter (calendar, "oauth");
  if (group.setting == NULL)
    return;
  read_url (group, "token_url", &account->token_url);
  read_url (group, "device_url", &account->device_url);
  tn_group_read_text (group, "client_id", &account->client_id);
  tn_group_read_text (group, "scope", &account->scope);
  read_own_login (group, base_dir, account);
  check_own_login (group);
  read_tenant (group, account);
}

/* What is written settles it where `auth` does not. */
static TnAuth
read_auth (TnGroup calendar, const TnAccount *account)
{
  TnValue word = { 0 };
  if (tn_group_read (calendar, "auth", &word) == TN_READING_GIVEN)
    return (TnAuth) (TN_AUTH_BASIC + word.number); /* the table has the same order */
  if (tn_group_has (calendar, "oauth"))
    return TN_AUTH_OAUTH2;
  if (tn_secret_place_is_set (&account->token))
    return TN_AUTH_BEARER;
  return account->user != NULL || tn_group_has (calendar, "password") ? TN_AUTH_BASIC
                                                                      : TN_AUTH_NONE;
}

static void
check (TnGroup calendar, const TnAccount *account)
{
  gboolean has_password = account->auth == TN_AUTH_BASIC || account->auth == TN_AUTH_DIGEST
                          || account->auth == TN_AUTH_NTLM;
  if (has_password && (account->user == NULL || !tn_group_has (calendar, "password")))
    tn_group_complain (calendar, account->user != NULL ? "user" : "password",
                       "only one of user and password is said, expected both");
  if (account->auth == TN_AUTH_BASIC && account->user != NULL && strchr (account->user, ':'))
    tn_group_complain (calendar, "user", "user has a ':', which Basic cannot carry");
  if (account->auth == TN_AUTH_BEARER && !tn_group_has (calendar, "token"))
    tn_group_complain (calendar, "auth", "auth is bearer, expected token = { file = \"…\"; }");
  if (account->auth == TN_AUTH_OAUTH2 && !tn_group_has (calendar, "oauth"))
    tn_group_complain (calendar, "auth",
                       "auth is oauth2, expected oauth = { token_url = \"…\"; … }");
  if (account->client_key != NULL && account->client_certificate == NULL)
    tn_group_complain (calendar, "client_key", "client_key goes with client_certificate");
  if (account->client_key != NULL)
    tn_access_check_rights (calendar, tn_group_get_line (calendar, "client_key"), "client_key",
                            account->client_key);
}

static void
check_tickets (TnGroup calendar, const TnAccount *account)
{
  gboolean has_tickets = account->auth == TN_AUTH_NEGOTIATE;
  if (account->keytab != NULL)
    tn_access_check_rights (calendar, tn_group_get_line (calendar, "keytab"), "keytab",
                            account->keytab);
  if (account->keytab != NULL && !has_tickets)
    tn_group_complain (calendar, "keytab", "keytab goes with auth = \"negotiate\"");
  if (account->ticket_cache != NULL && !has_tickets)
    tn_group_complain (calendar, "ticket_cache", "ticket_cache goes with auth = \"negotiate\"");
  if (tn_group_has (calendar, "password") && has_tickets)
    tn_group_complain (calendar, "password",
                       "auth is negotiate, which takes no password; expected keytab or "
                       "ticket_cache, or neither");
}

static void
complain_without_url (TnGroup calendar)
{
  static const char *const keys[] = { "user",
                                      "password",
                                      "token",
                                      "auth",
                                      "oauth",
                                      "keytab",
                                      "ticket_cache",
                                      "proxy",
                                      "ca",
                                      "client_key",
                                      "client_certificate" };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (tn_group_has (calendar, keys[i]))
      tn_group_complain (calendar, keys[i], "%s goes with url = \"https://…\"", keys[i]);
}

/**
 * tn_access_read:
 * @base_dir: relative paths start here
 * @url: (nullable): of the calendar; without one it is not reached over the network
 *
 * Source: design section 5.
 * Returns: (transfer full) (nullable): complained about when it is wrong
 */
TnAccount *
tn_access_read (TnGroup calendar, const char *base_dir, const char *url)
{
  g_autoptr (TnAccount) account = tn_account_new (url);
  tn_group_read_text (calendar, "user", &account->user);
  tn_access_read_place (calendar, "password", base_dir, &account->password);
  tn_access_read_place (calendar, "token", base_dir, &account->token);
  read_path (calendar, "keytab", base_dir, &account->keytab);
  tn_group_read_text (calendar, "ticket_cache", &account->ticket_cache);
  read_oauth (calendar, base_dir, account);
  account->auth = read_auth (calendar, account);
  read_path (calendar, "client_certificate", base_dir, &account->client_certificate);
  read_path (calendar, "client_key", base_dir, &account->client_key);
  read_path (calendar, "ca", base_dir, &account->ca);
  read_url (calendar, "proxy", &account->proxy);
  if (url == NULL)
    {
      complain_without_url (calendar);
      return NULL;
    }
  check (calendar, account);
  check_tickets (calendar, account);
  return g_steal_pointer (&account);
}
