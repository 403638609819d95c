/* What is known of a mailbox while its calendar is open. The address of the settings is that of the
 * service, or that of a calendar in it, as `calendars discover` shows it:
 * https://mail.example.org/EWS/Exchange.asmx?mailbox=…&calendar=… */
#include "ews-account.h"

#include <string.h>

#define USUAL_PATH "/EWS/Exchange.asmx"
#define RECENT_MOST 256u /* a page of what the core reads before it edits */

/* Exchange Online, which stops answering EWS from October 2026 to April 2027 (exchange.md 1). */
static const char *const retired[]
    = { "outlook.office365.com", "outlook.office.com", "outlook.live.com", NULL };

static gboolean
is_yes (GHashTable *options, const char *name)
{
  const char *text = g_hash_table_lookup (options, name);
  return text != NULL && (strcmp (text, "true") == 0 || strcmp (text, "yes") == 0);
}

static gboolean
check_host (const GUri *uri, GHashTable *options, GError **error)
{
  const char *host = g_uri_get_host ((GUri *) uri);
  gboolean is_retired = FALSE;
  for (guint i = 0; retired[i] != NULL && host != NULL; i++)
    is_retired = is_retired || g_ascii_strcasecmp (host, retired[i]) == 0;
  if (host == NULL || *host == '\0')
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                         "url names no server: expected \"https://mail.example.org\"");
  else if (is_retired && !is_yes (options, "retired"))
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                 "%s is Exchange Online, which stops answering EWS by April 2027: say protocol = "
                 "\"graph\" and url = \"https://graph.microsoft.com/v1.0\"; retired = \"yes\" asks "
                 "it by EWS all the same",
                 host);
  else
    return TRUE;
  return FALSE;
}

static void
read_query (EwsAccount *account, const GUri *uri)
{
  const char *query = g_uri_get_query ((GUri *) uri);
  g_autoptr (GHashTable) given
      = query != NULL ? g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL) : NULL;
  if (given == NULL)
    return;
  account->mailbox = g_strdup (g_hash_table_lookup (given, "mailbox"));
  account->wanted = g_strdup (g_hash_table_lookup (given, "calendar"));
}

static void
replace (char **slot, const char *text)
{
  if (text == NULL)
    return;
  g_free (*slot);
  *slot = g_strdup (text);
}

static gboolean
read_url (EwsAccount *account, const char *url, GHashTable *options, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  if (uri == NULL)
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                           "url is none: expected \"https://mail.example.org/EWS/Exchange.asmx\"");
      return FALSE;
    }
  if (!check_host (uri, options, error))
    return FALSE;
  const char *path = g_uri_get_path (uri);
  gboolean has_path = *path != '\0' && strcmp (path, "/") != 0;
  g_autofree char *bare = g_strndup (url, strcspn (url, "?#"));
  gsize length = strlen (bare);
  while (!has_path && length > 0 && bare[length - 1] == '/')
    bare[--length] = '\0';
  account->url = g_strconcat (bare, has_path ? NULL : USUAL_PATH, NULL);
  read_query (account, uri);
  return TRUE;
}

static char *
make_digest (const EwsAccount *account)
{
  g_autofree char *all
      = g_strjoin ("\n", account->url, account->mailbox != NULL ? account->mailbox : "",
                   account->wanted != NULL ? account->wanted : "", NULL);
  char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, all, -1);
  digest[16] = '\0';
  return digest;
}

/**
 * ews_account_new:
 * @options: `impersonate` and `retired` beside what the calendar has
 *
 * Errors: %TURNUS_ERROR_INVALID
 * Returns: (transfer full) (nullable)
 */
EwsAccount *
ews_account_new (TurnusCalendar *calendar, GHashTable *options, GError **error)
{
  EwsAccount *account = g_new0 (EwsAccount, 1);
  account->calendar = calendar;
  g_queue_init (&account->creations);
  account->recent
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) ex_item_free);
  account->impersonates = is_yes (options, "impersonate");
  if (!read_url (account, calendar->url, options, error))
    {
      ews_account_free (account);
      return NULL;
    }
  replace (&account->mailbox, calendar->mailbox);
  replace (&account->wanted, calendar->folder);
  account->digest = make_digest (account);
  if (!account->impersonates || account->mailbox != NULL)
    return account;
  g_set_error_literal (
      error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
      "mailbox is missing: impersonate wants the address of the mailbox to act as");
  ews_account_free (account);
  return NULL;
}

void
ews_account_free (EwsAccount *account)
{
  if (account == NULL)
    return;
  g_queue_clear_full (&account->creations, g_object_unref);
  g_hash_table_unref (account->recent);
  g_free (account->url);
  g_free (account->mailbox);
  g_free (account->wanted);
  g_free (account->digest);
  g_free (account->folder);
  g_free (account);
}

void
ews_account_set_folder (EwsAccount *account, const char *id)
{
  char *own = g_strdup (id);
  g_free (account->folder);
  account->folder = own;
}

/* Returns: (nullable) (transfer none): whom we act as */
const char *
ews_account_get_impersonated (const EwsAccount *account)
{
  return account->impersonates ? account->mailbox : NULL;
}

/* Returns: (transfer full): what the settings are to name for this folder */
char *
ews_account_make_url (const EwsAccount *account, const char *folder)
{
  g_autofree char *id = g_uri_escape_string (folder, NULL, FALSE);
  g_autofree char *mailbox
      = account->mailbox != NULL ? g_uri_escape_string (account->mailbox, "@", FALSE) : NULL;
  return g_strconcat (account->url, "?", mailbox != NULL ? "mailbox=" : "",
                      mailbox != NULL ? mailbox : "", mailbox != NULL ? "&" : "", "calendar=", id,
                      NULL);
}

/**
 * ews_account_remember:
 * @item: (transfer full): as it was just read: who edits it next need not ask again
 */
void
ews_account_remember (EwsAccount *account, ExItem *item)
{
  if (g_hash_table_size (account->recent) >= RECENT_MOST)
    g_hash_table_remove_all (account->recent);
  g_hash_table_replace (account->recent, item->id, item);
}

void
ews_account_forget (EwsAccount *account, const char *id)
{
  g_hash_table_remove (account->recent, id);
}

/**
 * ews_account_find_recent:
 *
 * The ChangeKey guards what is written on the ground of it.
 *
 * Returns: (transfer none) (nullable): the item as it was in that revision
 */
const ExItem *
ews_account_find_recent (EwsAccount *account, const char *id, const char *revision)
{
  const ExItem *item = g_hash_table_lookup (account->recent, id);
  return item != NULL && strcmp (item->revision, revision) == 0 ? item : NULL;
}
