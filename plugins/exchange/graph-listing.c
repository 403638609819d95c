/* events/delta where the server grants it; else all events, page by page, each time. A listing that
 * is cut short in any way is an error (promise 3).
 *
 * That an event was removed is not believed: delta also says so of events that only left some
 * window (pitfall 3). It is asked for by itself, and only its own 404, or its being in another
 * calendar, counts.
 *
 * Source: exchange.md section 1 (Delta, Tokens). */
#include "graph-listing.h"

#include <string.h>

#include "graph-account.h"
#include "graph-event.h"
#include "graph-page.h"
#include "graph-place.h"
#include "graph-queue.h"
#include "graph-wire.h"

#define TOKEN_HEAD "graph1 "
#define PAGES_MOST 2000u

typedef struct
{
  GraphAccount *account;
  char *token; /* (owned) (nullable) the link that it is */
  GraphPages *pages;
  GPtrArray *gone; /* (owned) (element-type utf8) ids that are found to be */
  guint n_pages;
  guint n_checks; /* under way */
  gboolean is_delta;
  gboolean has_restarted;
  GError *error; /* (owned) (nullable) of a check */
} Listing;

/* Of one event that is said to be removed. */
typedef struct
{
  GTask *task;       /* (owned) */
  char *id;          /* (owned) */
  gboolean is_plain; /* the server is not asked for the calendar */
} Check;

/* place -> page -> page … -> checks */
static void on_place (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_page (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_check (GObject *source, GAsyncResult *result, gpointer user_data);

static void
listing_free (Listing *listing)
{
  g_free (listing->token);
  graph_pages_free (listing->pages);
  g_ptr_array_unref (listing->gone);
  g_clear_error (&listing->error);
  g_free (listing);
}

static void
check_free (Check *check)
{
  g_object_unref (check->task);
  g_free (check->id);
  g_free (check);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Check, check_free)

/* The link in a token of ours: to this server alone, else whoever wrote the store could send our
 * login elsewhere; the host sees to it once more. */
static const char *
find_link (const GraphAccount *account, const char *token)
{
  const char *link = g_str_has_prefix (token, TOKEN_HEAD) ? token + strlen (TOKEN_HEAD) : NULL;
  gsize length = strlen (account->base);
  return link != NULL && strncmp (link, account->base, length) == 0 && link[length] == '/' ? link
                                                                                           : NULL;
}

static void
ask_page (GTask *task, char *path, gboolean is_link)
{
  Listing *listing = g_task_get_task_data (task);
  GraphCall *call = graph_call_new ("GET", path, graph_wire_get_page_prefer ());
  call->is_alone = is_link;
  graph_queue_ask_async (listing->account->queue, call, g_task_get_cancellable (task), on_page,
                         g_object_ref (task));
}

static void
ask_first (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  GraphAccount *account = listing->account;
  graph_pages_free (listing->pages);
  listing->pages = graph_pages_new ();
  listing->n_pages = 0;
  listing->is_delta = listing->token != NULL || !account->has_no_delta;
  if (listing->token != NULL)
    ask_page (task, g_strdup (listing->token), TRUE);
  else if (listing->is_delta)
    ask_page (task, graph_wire_delta_path (account->mailbox, account->id), FALSE);
  else
    ask_page (task, graph_wire_list_path (account->mailbox, account->id), FALSE);
}

static void
on_place (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  if (!graph_place_find_finish (result, &error))
    g_task_return_error (task, error);
  else
    ask_first (task);
}

static void
finish (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  if (listing->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&listing->error));
      return;
    }
  TurnusListing *answer = turnus_listing_new (listing->token == NULL);
  GHashTableIter iter;
  gpointer id = NULL;
  gpointer revision = NULL;
  g_hash_table_iter_init (&iter, listing->pages->there);
  while (g_hash_table_iter_next (&iter, &id, &revision))
    g_ptr_array_add (answer->changed, turnus_ref_new (id, revision));
  g_ptr_array_extend_and_steal (answer->removed, g_steal_pointer (&listing->gone));
  listing->gone = g_ptr_array_new_with_free_func (g_free);
  answer->binding = g_strdup (listing->account->id);
  if (listing->is_delta)
    answer->token = g_strconcat (TOKEN_HEAD, listing->pages->last, NULL);
  g_task_return_pointer (task, answer, (GDestroyNotify) turnus_listing_free);
}

/* Is an event of that answer in our calendar? One that does not say where it is, is. */
static gboolean
is_here (const Listing *listing, JsonObject *event)
{
  JsonObject *calendar = NULL;
  const char *id = NULL;
  return !graph_json_find_object (event, "calendar", &calendar, NULL) || calendar == NULL
         || !graph_json_find_text (calendar, "id", &id, NULL) || id == NULL
         || strcmp (id, listing->account->id) == 0;
}

static void
judge_check (Listing *listing, const char *id, const GraphCall *call)
{
  JsonObject *event = call->status == 200 ? graph_call_get_answer (call, &listing->error) : NULL;
  gboolean is_gone
      = call->status == 404 || call->status == 410 || (event != NULL && !is_here (listing, event));
  if (is_gone)
    g_ptr_array_add (listing->gone, g_strdup (id));
  else if (event != NULL)
    {
      char *revision = graph_event_dup_revision (event, &listing->error);
      if (revision != NULL)
        g_hash_table_replace (listing->pages->there, g_strdup (id), revision);
    }
  else if (listing->error == NULL)
    listing->error
        = graph_wire_make_error (call->status, call->answer, "see whether an event is removed");
}

/* (transfer full) check */
static void
ask_check (Check *check)
{
  Listing *listing = g_task_get_task_data (check->task);
  GraphAccount *account = listing->account;
  GraphCall *call = graph_call_new (
      "GET", graph_wire_check_path (account->mailbox, check->id, !check->is_plain),
      graph_wire_get_prefer (GRAPH_BODY_TEXT));
  graph_queue_ask_async (account->queue, call, g_task_get_cancellable (check->task), on_check,
                         check);
}

static void
on_check (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Check) check = user_data;
  Listing *listing = g_task_get_task_data (check->task);
  GError *error = NULL;
  GraphCall *call = graph_queue_ask_finish (result, &error);
  if (call != NULL && call->status == 400 && !check->is_plain)
    {
      check->is_plain = TRUE;
      ask_check (g_steal_pointer (&check));
      return;
    }
  if (listing->error != NULL)
    g_clear_error (&error);
  else if (call == NULL)
    listing->error = error;
  else
    judge_check (listing, check->id, call);
  if (--listing->n_checks == 0)
    finish (check->task);
}

static void
ask_checks (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  GHashTableIter iter;
  gpointer id = NULL;
  g_hash_table_iter_init (&iter, listing->pages->missing);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      Check *check = g_new0 (Check, 1);
      check->task = g_object_ref (task);
      check->id = g_strdup (id);
      listing->n_checks++;
      ask_check (check);
    }
}

/* Of all events, what is missing says nothing; a count that differs says that something changed
 * while pages were turned, and one may have slipped through. */
static void
end (GTask *task)
{
  Listing *listing = g_task_get_task_data (task);
  gint64 expected = listing->pages->expected;
  if (listing->is_delta && listing->pages->last == NULL)
    g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                             "the server's listing ends without a word");
  else if (!listing->is_delta && expected >= 0
           && expected != (gint64) g_hash_table_size (listing->pages->there))
    g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_TEMPORARY,
                             "the calendar changed while it was listed");
  else if (listing->token != NULL && g_hash_table_size (listing->pages->missing) > 0)
    ask_checks (task);
  else
    finish (task);
}

static void
fail_page (GTask *task, const GraphCall *call)
{
  Listing *listing = g_task_get_task_data (task);
  GraphAccount *account = listing->account;
  gboolean is_lost = graph_wire_is_lost_token (call->status, call->answer);
  gboolean is_refused = call->status == 400 || call->status == 403 || call->status == 404
                        || call->status == 405 || call->status == 501;
  GError *error = graph_wire_make_error (call->status, call->answer, "list the calendar");
  if (listing->token != NULL && is_lost)
    error->code = TURNUS_ERROR_GONE;
  else if (listing->token == NULL && listing->is_delta && listing->n_pages == 0 && is_refused)
    {
      account->has_no_delta = TRUE;
      g_clear_error (&error);
      ask_first (task);
      return;
    }
  else if (listing->token == NULL && listing->n_pages > 0 && is_lost && !listing->has_restarted)
    {
      listing->has_restarted = TRUE;
      g_clear_error (&error);
      ask_first (task);
      return;
    }
  else if (is_lost)
    error->code = listing->n_pages > 0 ? TURNUS_ERROR_TEMPORARY : TURNUS_ERROR_INVALID;
  if (call->status == 403 || call->status == 404)
    g_clear_pointer (&account->id, g_free); /* it may have moved: looked for the next time */
  g_task_return_error (task, error);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Listing *listing = g_task_get_task_data (task);
  GError *error = NULL;
  GraphCall *call = graph_queue_ask_finish (result, &error);
  if (call != NULL && call->status != 200)
    {
      fail_page (task, call);
      return;
    }
  JsonObject *page = call != NULL ? graph_call_get_answer (call, &error) : NULL;
  if (page == NULL || !graph_pages_add (listing->pages, page, &error))
    g_task_return_error (task, error);
  else if (++listing->n_pages >= PAGES_MOST)
    g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_LIMIT,
                             "the server's listing has too many pages");
  else if (listing->pages->next != NULL)
    ask_page (task, g_strdup (listing->pages->next), TRUE);
  else
    end (task);
}

/**
 * graph_listing_async:
 * @token: (nullable)
 */
void
graph_listing_async (TurnusCalendar *calendar, const char *token, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  GraphAccount *account = graph_account_of (calendar);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Listing *listing = g_new0 (Listing, 1);
  listing->account = account;
  listing->gone = g_ptr_array_new_with_free_func (g_free);
  listing->token = token != NULL ? g_strdup (find_link (account, token)) : NULL;
  g_task_set_source_tag (task, graph_listing_async);
  g_task_set_task_data (task, listing, (GDestroyNotify) listing_free);
  if (token != NULL && listing->token == NULL)
    g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_GONE,
                             "the token is of another calendar or another program");
  else
    graph_place_find_async (account, cancellable, on_place, g_steal_pointer (&task));
}

/**
 * graph_listing_finish:
 *
 * Returns: (transfer full) (nullable)
 */
TurnusListing *
graph_listing_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
