/* Listing by SyncFolderItems, page by page, masters only (exchange.md 2).
 *
 *   token -> ask_page -> on_page (again, until the last) -> finish
 *   none  -> find the folder -> ask_page …
 *
 * A state that the server does not know any more is GONE. Once a day all is listed, so that a
 * server that forgets to tell of a change is not believed for ever. A page that does not say
 * whether it is the last one is no listing (promise 3). */
#include "ews-listing.h"

#include <string.h>

#include "ews-call.h"
#include "ews-place.h"
#include "ews-refusal.h"
#include "ews-request.h"

#define WISH "list the calendar"
#define VERSION "ews1"
#define PAGES_MOST 2000u
#define FULL_EACH_S (24 * 60 * 60)
/* What the host takes for a token, less what stands before the state. */
#define TOKEN_MOST (60u * 1024)

typedef struct
{
  EwsAccount *account;
  gboolean is_full;
  gint64 full_at_s;
  char *state;           /* (owned) (nullable) of the last page */
  GHashTable *revisions; /* (owned) (element-type utf8 utf8) by id */
  GHashTable *removed;   /* (owned) ids */
  guint n_pages;
} Listing;

static void on_page (GObject *source, GAsyncResult *result, gpointer user_data);

static void
listing_free (Listing *listing)
{
  g_free (listing->state);
  g_hash_table_unref (listing->revisions);
  g_hash_table_unref (listing->removed);
  g_free (listing);
}

static gint64
now_s (const EwsAccount *account)
{
  const TurnusCalendar *calendar = account->calendar;
  return calendar->host->now_us (calendar->host_data) / G_USEC_PER_SEC;
}

/* Nobody is told that the calendar is gone: it is not there now, and that says nothing of events;
 * GONE of a listing means the token. */
static void
fail (GTask *task, GError *error)
{
  const Listing *listing = g_task_get_task_data (task);
  gboolean is_gone = g_error_matches (error, TURNUS_ERROR, TURNUS_ERROR_GONE);
  if (is_gone && listing->is_full)
    error->code = TURNUS_ERROR_FAILED;
  g_task_return_error (task, error);
}

static char *
format_token (const Listing *listing)
{
  if (strlen (listing->state) > TOKEN_MOST)
    return NULL; /* then all is listed each time */
  return g_strdup_printf (VERSION " %s %" G_GINT64_FORMAT " %s %s", listing->account->digest,
                          listing->full_at_s, listing->account->folder, listing->state);
}

/* Returns: %FALSE for a token that does not count here, or not any more */
static gboolean
parse_token (Listing *listing, const char *token)
{
  EwsAccount *account = listing->account;
  g_auto (GStrv) fields = g_strsplit (token, " ", 5);
  if (g_strv_length (fields) != 5 || strcmp (fields[0], VERSION) != 0
      || strcmp (fields[1], account->digest) != 0 || *fields[3] == '\0' || *fields[4] == '\0')
    return FALSE;
  listing->full_at_s = g_ascii_strtoll (fields[2], NULL, 10);
  if (ABS (now_s (account) - listing->full_at_s) > FULL_EACH_S)
    return FALSE;
  if (account->folder != NULL && strcmp (account->folder, fields[3]) != 0)
    return FALSE;
  ews_account_set_folder (account, fields[3]);
  listing->state = g_strdup (fields[4]);
  return TRUE;
}

static void
finish (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  TurnusListing *answer = turnus_listing_new (listing->is_full);
  GHashTableIter iter;
  gpointer id = NULL;
  gpointer revision = NULL;
  g_hash_table_iter_init (&iter, listing->revisions);
  while (g_hash_table_iter_next (&iter, &id, &revision))
    g_ptr_array_add (answer->changed, turnus_ref_new (id, revision));
  g_hash_table_iter_init (&iter, listing->removed);
  while (!listing->is_full && g_hash_table_iter_next (&iter, &id, NULL))
    g_ptr_array_add (answer->removed, g_strdup (id));
  answer->token = format_token (listing);
  answer->binding = g_strdup (listing->account->folder);
  g_task_return_pointer (task, answer, (GDestroyNotify) turnus_listing_free);
}

/* Takes the task over. */
static void
ask_page (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  ews_call_async (listing->account, "SyncFolderItems", WISH,
                  ews_request_sync (listing->account, listing->state),
                  g_task_get_cancellable (task), on_page, task);
}

static gboolean
note_change (Listing *listing, const xmlNode *change, GError **error)
{
  gboolean is_removed = soap_is (change, "Delete");
  gboolean is_flag = soap_is (change, "ReadFlagChange");
  gboolean is_told = soap_is (change, "Create") || soap_is (change, "Update");
  if (!is_removed && !is_flag && !is_told)
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                           "cannot " WISH ": the server tells of a change of a kind that is not "
                           "known");
      return FALSE;
    }
  /* In an item of whatever kind, or right here. */
  const xmlNode *holder = is_told ? soap_first (change) : change;
  const xmlNode *item = soap_find (holder, "ItemId");
  g_autofree char *id = soap_dup_value (item, "Id");
  g_autofree char *revision = soap_dup_value (item, "ChangeKey");
  if (id == NULL || *id == '\0' || (!is_removed && (revision == NULL || *revision == '\0')))
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                           "cannot " WISH ": the server tells of a change without an id");
      return FALSE;
    }
  g_hash_table_remove (is_removed ? listing->revisions : listing->removed, id);
  if (is_removed)
    g_hash_table_add (listing->removed, g_steal_pointer (&id));
  else
    g_hash_table_replace (listing->revisions, g_steal_pointer (&id), g_steal_pointer (&revision));
  return TRUE;
}

/* Returns: %FALSE with @error, or whether more is to come in @has_more */
static gboolean
read_page (Listing *listing, const EwsMessage *message, gboolean *has_more, GError **error)
{
  g_autofree char *state = soap_dup_text_of (message->node, "SyncState");
  g_autofree char *is_last = soap_dup_text_of (message->node, "IncludesLastItemInRange");
  const xmlNode *changes = soap_find (message->node, "Changes");
  gboolean is_clear = g_strcmp0 (is_last, "true") == 0 || g_strcmp0 (is_last, "false") == 0;
  if (state == NULL || *state == '\0' || strchr (state, ' ') != NULL || !is_clear
      || changes == NULL)
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                           "cannot " WISH ": the answer does not say whether it is whole");
      return FALSE;
    }
  for (const xmlNode *one = soap_first (changes); one != NULL; one = soap_next (one))
    if (!note_change (listing, one, error))
      return FALSE;
  *has_more = strcmp (is_last, "false") == 0;
  if (*has_more && (g_strcmp0 (state, listing->state) == 0 || ++listing->n_pages >= PAGES_MOST))
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                           "cannot " WISH ": the server lists in pages that come to no end");
      return FALSE;
    }
  g_free (listing->state);
  listing->state = g_steal_pointer (&state);
  return TRUE;
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Listing *listing = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean has_more = FALSE;
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  const EwsMessage *message = reply != NULL ? ews_reply_get_only (reply, WISH, &error) : NULL;
  if (message == NULL || !read_page (listing, message, &has_more, &error))
    fail (task, error);
  else if (has_more)
    ask_page (g_steal_pointer (&task));
  else
    finish (task);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  if (ews_place_find_finish (result, &error))
    ask_page (g_steal_pointer (&task));
  else
    fail (task, error);
}

/**
 * ews_listing_async:
 * @token: (nullable): of the last listing
 *
 * Errors: %TURNUS_ERROR_GONE when @token does not count any more.
 */
void
ews_listing_async (TurnusCalendar *calendar, const char *token, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ews_listing_async);
  Listing *listing = g_new0 (Listing, 1);
  listing->account = ews_account_of (calendar);
  listing->is_full = token == NULL;
  listing->revisions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  listing->removed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_task_set_task_data (task, listing, (GDestroyNotify) listing_free);
  if (token == NULL)
    {
      listing->full_at_s = now_s (listing->account);
      ews_place_find_async (listing->account, cancellable, on_found, g_steal_pointer (&task));
    }
  else if (parse_token (listing, token))
    ask_page (g_steal_pointer (&task));
  else
    g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_GONE,
                             "the token of the last listing does not count any more");
}

TurnusListing *
ews_listing_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
