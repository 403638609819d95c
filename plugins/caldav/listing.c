/* Listing. With a token: one request, a sync-collection report, or the ctag where there is none.
 * Without: what the calendar is, then all its members, by sync-collection or by their ETags.
 *
 *   token -> ask_changes -> on_changes (page by page) -> finish
 *         -> ask_ctag -> on_ctag -> finish, or as without
 *   none  -> search -> on_found -> ask_changes, or ask_all -> on_all -> finish
 *
 * A token that the server does not know any more is GONE, whatever the server says instead (hazard
 * 7). Once a day all is listed, so that a server that forgets to tell of a change is not believed
 * for ever. */
#include "listing.h"

#include <string.h>

#include "client.h"
#include "members.h"
#include "search.h"
#include "token.h"
#include "wire.h"

#define PAGES_MAX 2000u
#define FULL_EACH_S (24 * 60 * 60)

typedef struct
{
  TurnusCalendar *self;
  char *given;                  /* (owned) (nullable) the token that we were asked with */
  CaldavToken next;             /* of the token to be given */
  CaldavCollection *collection; /* (owned) (nullable) as found in this listing */
  CaldavMembers *members;       /* (owned) */
  guint n_pages;
} Listing;

static void on_changes (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_all (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_ctag (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_found (GObject *source, GAsyncResult *result, gpointer user_data);

static void
listing_free (Listing *listing)
{
  g_free (listing->given);
  caldav_token_clear (&listing->next);
  caldav_collection_free (listing->collection);
  caldav_members_free (listing->members);
  g_free (listing);
}

static gint64
now_s (const TurnusCalendar *self)
{
  return self->host->now_us (self->host_data) / G_USEC_PER_SEC;
}

/* Nobody is told that the calendar is gone: it is not there now, and that says nothing of events.
 */
static void
fail (GTask *task, GError *error)
{
  Listing *listing = g_task_get_task_data (task);
  if (error->domain == TURNUS_ERROR && error->code == TURNUS_ERROR_GONE)
    error->code = TURNUS_ERROR_FAILED;
  if (strstr (error->message, listing->self->origin) == NULL) /* the host names it already */
    g_prefix_error (&error, "%s%s: ", listing->self->origin,
                    listing->self->path != NULL ? listing->self->path : listing->self->start_path);
  g_task_return_error (task, error);
}

static void
fail_token (GTask *task)
{
  g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_GONE,
                           "the token of the last listing does not count any more");
}

/* The token to be given: none, or the old one, when something could not be told of, so that it is
 * told again (hazard 5). */
static char *
make_token (const Listing *listing)
{
  if (!listing->members->has_failed)
    return caldav_token_format (&listing->next, listing->self->url);
  return listing->members->is_full ? NULL : g_strdup (listing->given);
}

/* Xandikos tells nobody of what came and went between two tokens, but we know what came by our
 * doing: when it is not told of, it is gone. */
static void
add_vanished (Listing *listing)
{
  CaldavMembers *members = listing->members;
  GHashTableIter iter;
  gpointer id = NULL;
  g_hash_table_iter_init (&iter, listing->self->created);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!g_hash_table_contains (members->revisions, id))
      g_hash_table_add (members->removed, g_strdup (id));
}

static void
finish (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  if (listing->next.kind == CALDAV_LIST_SYNC && !listing->members->is_full)
    add_vanished (listing);
  if (!listing->members->has_failed)
    g_hash_table_remove_all (listing->self->created);
  TurnusListing *answer = caldav_members_make_listing (listing->members);
  answer->token = make_token (listing);
  answer->binding = g_strdup (listing->self->binding);
  g_task_return_pointer (task, answer, (GDestroyNotify) turnus_listing_free);
}

static void
ask_changes (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  caldav_client_ask_async (listing->self, "REPORT", listing->self->path, "0",
                           caldav_wire_ask_changes (listing->next.mark),
                           g_task_get_cancellable (task), on_changes, task);
}

static void
ask_all (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  caldav_members_forget (listing->members);
  g_free (listing->next.mark);
  listing->next.kind = listing->collection->ctag != NULL ? CALDAV_LIST_CTAG : CALDAV_LIST_ALL;
  listing->next.mark
      = g_strdup (listing->collection->ctag != NULL ? listing->collection->ctag : "");
  caldav_client_ask_async (listing->self, "PROPFIND", listing->self->path, "1",
                           caldav_wire_ask_etags (), g_task_get_cancellable (task), on_all, task);
}

static void
ask_ctag (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  caldav_client_ask_async (listing->self, "PROPFIND", listing->self->path, "0",
                           caldav_wire_ask_ctag (), g_task_get_cancellable (task), on_ctag, task);
}

static void
search (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  g_clear_pointer (&listing->members, caldav_members_free);
  caldav_search_one_async (listing->self, g_task_get_cancellable (task), on_found, task);
}

static void
on_all (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Listing *listing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TurnusResponse) response = caldav_client_send_finish (listing->self, result, &error);
  if (response == NULL || !caldav_wire_check_multistatus (response, "list the calendar", &error)
      || !caldav_members_read (listing->members, response->body, NULL, &error))
    fail (task, error);
  else if (!listing->members->has_self)
    fail (task, g_error_new (TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                             "the server lists something without the calendar itself: that is no "
                             "listing of it"));
  else
    finish (task);
}

/* Does the answer to a sync-collection report say: not with this token, or not at all? */
static gboolean
is_refused (guint status)
{
  static const guint refusals[]
      = { 400, 403, 404, 405, 409, 410, 412, 415, 418, 422, 500, 501, 507 };
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (status == refusals[i])
      return TRUE;
  return FALSE;
}

/* Takes the task over: by sync-collection it does not go. */
static void
give_up_changes (GTask *step)
{
  g_autoptr (GTask) task = step;
  Listing *listing = g_task_get_task_data (task);
  if (listing->given != NULL)
    fail_token (task);
  else
    ask_all (g_steal_pointer (&task));
}

/* Takes the task over. */
static void
go_on (GTask *step, char *sync_token)
{
  g_autoptr (GTask) task = step;
  g_autofree char *mark = sync_token;
  Listing *listing = g_task_get_task_data (task);
  gboolean has_more = listing->members->has_more;
  gboolean is_same = g_strcmp0 (mark, listing->next.mark) == 0;
  g_free (listing->next.mark);
  listing->next.mark = g_steal_pointer (&mark);
  if (!has_more)
    finish (task);
  else if (is_same || ++listing->n_pages >= PAGES_MAX)
    fail (task, g_error_new (TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                             "the server lists in pages that come to no end"));
  else
    ask_changes (g_steal_pointer (&task));
}

static void
on_changes (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Listing *listing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *mark = NULL;
  g_autoptr (TurnusResponse) response = caldav_client_send_finish (listing->self, result, &error);
  if (response != NULL && is_refused (response->status))
    give_up_changes (g_steal_pointer (&task));
  else if (response == NULL
           || !caldav_wire_check_multistatus (response, "list what changed", &error)
           || !caldav_members_read (listing->members, response->body, &mark, &error))
    fail (task, error);
  else if (mark == NULL || *mark == '\0')
    give_up_changes (g_steal_pointer (&task));
  else
    go_on (g_steal_pointer (&task), g_steal_pointer (&mark));
}

static void
on_ctag (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Listing *listing = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusResponse) response = caldav_client_send_finish (listing->self, result, &error);
  if (response == NULL || !caldav_wire_check_multistatus (response, "ask for changes", &error)
      || !caldav_members_read (listing->members, response->body, NULL, &error))
    fail (task, g_steal_pointer (&error));
  else if (g_strcmp0 (listing->members->ctag, listing->next.mark) == 0)
    finish (task);
  else
    search (g_steal_pointer (&task));
}

static void
take_collection (Listing *listing, CaldavCollection *collection)
{
  TurnusCalendar *self = listing->self;
  caldav_calendar_set_path (self, collection->path);
  g_free (self->binding);
  self->binding = caldav_collection_dup_binding (collection, self->origin);
  self->is_read_only = collection->is_read_only;
  caldav_collection_free (listing->collection);
  listing->collection = collection;
  listing->members = caldav_members_new (self, TRUE);
  g_clear_pointer (&listing->given, g_free);
  caldav_token_clear (&listing->next);
  listing->next.kind = CALDAV_LIST_SYNC;
  listing->next.full_at_s = now_s (self);
  listing->next.path = g_strdup (self->path);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Listing *listing = g_task_get_task_data (task);
  GError *error = NULL;
  CaldavCollection *collection = caldav_search_one_finish (result, &error);
  if (collection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_collection (listing, collection);
  if (collection->has_sync)
    ask_changes (g_steal_pointer (&task));
  else
    ask_all (g_steal_pointer (&task));
}

/* Takes the task over. */
static void
list_changes (GTask *step)
{
  g_autoptr (GTask) task = step;
  Listing *listing = g_task_get_task_data (task);
  TurnusCalendar *self = listing->self;
  CaldavToken *token = &listing->next;
  if (self->binding == NULL || !caldav_token_parse (listing->given, self->url, token)
      || ABS (now_s (self) - token->full_at_s) > FULL_EACH_S)
    {
      fail_token (task);
      return;
    }
  caldav_calendar_set_path (self, token->path);
  if (token->kind == CALDAV_LIST_ALL)
    {
      search (g_steal_pointer (&task));
      return;
    }
  listing->members = caldav_members_new (self, FALSE);
  if (token->kind == CALDAV_LIST_SYNC)
    ask_changes (g_steal_pointer (&task));
  else
    ask_ctag (g_steal_pointer (&task));
}

/**
 * caldav_listing_async:
 * @token: (nullable): of the last listing
 *
 * Errors: %TURNUS_ERROR_GONE when @token does not count any more.
 */
void
caldav_listing_async (TurnusCalendar *self, const char *token, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, caldav_listing_async);
  Listing *listing = g_new0 (Listing, 1);
  listing->self = self;
  listing->given = g_strdup (token);
  g_task_set_task_data (task, listing, (GDestroyNotify) listing_free);
  if (token != NULL)
    list_changes (g_steal_pointer (&task));
  else
    search (g_steal_pointer (&task));
}

TurnusListing *
caldav_listing_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
