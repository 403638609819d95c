/* What is known of a mailbox while its calendar is open. The address of the settings is that of the
 * service, or that of a calendar in it, as `calendars discover` shows it. */
#include "graph-account.h"

#include <string.h>

#include "graph-queue.h"

#define RECENT_MOST 256u /* a page of what the core reads before it edits */
#define USERS "/users/"
#define CALENDARS "/calendars/"

static char *
unescape (const char *start, gsize length)
{
  g_autofree char *piece = g_strndup (start, length);
  return g_uri_unescape_string (piece, "/");
}

/* `…/users/MAILBOX/calendars/ID`, or with less of it behind. */
static void
read_url (GraphAccount *account, const char *url)
{
  const char *users = strstr (url, USERS);
  account->base = users != NULL ? g_strndup (url, (gsize) (users - url)) : g_strdup (url);
  if (users == NULL)
    return;
  const char *mailbox = users + strlen (USERS);
  const char *calendars = strstr (mailbox, CALENDARS);
  gsize length = calendars != NULL ? (gsize) (calendars - mailbox) : strlen (mailbox);
  account->mailbox = unescape (mailbox, length);
  if (calendars != NULL)
    account->wanted
        = unescape (calendars + strlen (CALENDARS), strlen (calendars + strlen (CALENDARS)));
}

/**
 * graph_account_new:
 *
 * Errors: %TURNUS_ERROR_INVALID when it is not said whose mailbox it is.
 * Returns: (transfer full) (nullable)
 */
GraphAccount *
graph_account_new (TurnusCalendar *calendar, GError **error)
{
  GraphAccount *account = g_new0 (GraphAccount, 1);
  account->calendar = calendar;
  account->queue = graph_queue_new (calendar);
  account->recent
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) ex_item_free);
  read_url (account, calendar->url);
  if (calendar->mailbox != NULL)
    {
      g_free (account->mailbox);
      account->mailbox = g_strdup (calendar->mailbox);
    }
  if (calendar->folder != NULL)
    {
      g_free (account->wanted);
      account->wanted = g_strdup (calendar->folder);
    }
  if (account->mailbox != NULL && *account->mailbox != '\0')
    return account;
  g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                       "mailbox is missing: expected the address of the shared mailbox, one like "
                       "\"kalender@example.org\"");
  graph_account_free (account);
  return NULL;
}

void
graph_account_free (GraphAccount *account)
{
  if (account == NULL)
    return;
  graph_queue_free (account->queue);
  g_hash_table_unref (account->recent);
  g_free (account->base);
  g_free (account->mailbox);
  g_free (account->wanted);
  g_free (account->id);
  g_free (account);
}

/**
 * graph_account_remember:
 * @item: (transfer full): as it was just read: who edits it next need not ask again
 */
void
graph_account_remember (GraphAccount *account, ExItem *item)
{
  if (g_hash_table_size (account->recent) >= RECENT_MOST)
    g_hash_table_remove_all (account->recent);
  g_hash_table_replace (account->recent, item->id, item);
}

/**
 * graph_account_find_recent:
 *
 * If-Match guards what is written on the ground of it.
 *
 * Returns: (transfer none) (nullable): the item as it was in that revision
 */
const ExItem *
graph_account_find_recent (GraphAccount *account, const char *id, const char *revision)
{
  const ExItem *item = g_hash_table_lookup (account->recent, id);
  return item != NULL && strcmp (item->revision, revision) == 0 ? item : NULL;
}
