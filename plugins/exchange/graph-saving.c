/* An event changed: read, compared, and only what differs is sent, under If-Match. An event to
 * which people are invited is not written: Graph mails them all, and cannot be told not to
 * (promise 4, pitfall 7). */
#include "graph-saving.h"

#include <string.h>

#include "graph-account.h"
#include "graph-creating.h"
#include "graph-event.h"
#include "graph-queue.h"
#include "graph-wire.h"
#include "mapping.h"

typedef struct
{
  GraphAccount *account;
  char *id;
  char *revision;
  TurnusEvent *wished; /* (owned) (nullable) */
  TurnusEvent *now;    /* (owned) (nullable) */
} Saving;

/* load -> body, when it is to change -> patch */
static void on_current (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_body (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_patched (GObject *source, GAsyncResult *result, gpointer user_data);

static void
saving_free (Saving *saving)
{
  g_free (saving->id);
  g_free (saving->revision);
  turnus_event_free (saving->wished);
  turnus_event_free (saving->now);
  g_free (saving);
}

static GTask *
start (TurnusCalendar *calendar, const char *id, const char *revision, gpointer tag,
       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Saving *saving = g_new0 (Saving, 1);
  saving->account = graph_account_of (calendar);
  saving->id = g_strdup (id);
  saving->revision = g_strdup (revision);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, saving, (GDestroyNotify) saving_free);
  return task;
}

static void
note_refusal (GraphAccount *account, guint status)
{
  if (status != 403)
    return;
  account->is_read_only = TRUE;
  g_clear_pointer (&account->id, g_free); /* asked for anew with the next listing */
}

/* An answer that is an event, in the revision that the change is based on. */
static ExItem *
read_current (const Saving *saving, const GraphCall *call, GError **error)
{
  if (call->status != 200)
    {
      g_propagate_error (error,
                         graph_wire_make_error (call->status, call->answer, "read the event"));
      return NULL;
    }
  JsonObject *object = graph_call_get_answer (call, error);
  g_autoptr (ExItem) item = object != NULL ? graph_event_parse (object, error) : NULL;
  if (item == NULL || strcmp (item->revision, saving->revision) == 0)
    return g_steal_pointer (&item);
  g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT,
                       "cannot write the event: it was changed on the server");
  return NULL;
}

/* Returns: (transfer full) (nullable): %NULL: the task has failed */
static ExItem *
take_current (GTask *task, GAsyncResult *result)
{
  GError *error = NULL;
  GraphCall *call = graph_queue_ask_finish (result, &error);
  ExItem *current = call != NULL ? read_current (g_task_get_task_data (task), call, &error) : NULL;
  if (current == NULL)
    g_task_return_error (task, error);
  return current;
}

/* As the core read it: what iCalendar cannot say is no difference. */
static TurnusEvent *
read_as_core (TurnusCalendar *calendar, const ExItem *item, GError **error)
{
  g_autoptr (TurnusEvent) event = ex_mapping_to_event (item, calendar->zone, error);
  g_autoptr (GBytes) bytes
      = event != NULL ? calendar->host->write_event (calendar->host_data, event, error) : NULL;
  return bytes != NULL
             ? calendar->host->read_event (calendar->host_data, bytes, calendar->zone, error)
             : NULL;
}

static void
patch (GTask *task, const ExItem *current)
{
  Saving *saving = g_task_get_task_data (task);
  GraphAccount *account = saving->account;
  g_autoptr (ExItem) changes
      = ex_mapping_diff (current, saving->now, saving->wished, account->calendar->zone);
  if (ex_item_is_empty (changes))
    {
      g_task_return_pointer (task, turnus_ref_new (saving->id, saving->revision),
                             (GDestroyNotify) turnus_ref_free);
      return;
    }
  GraphCall *call = graph_call_new ("PATCH", graph_wire_event_path (account->mailbox, saving->id),
                                    graph_wire_get_prefer (GRAPH_BODY_TEXT));
  call->if_match = g_strdup (saving->revision);
  call->body = graph_event_build (changes, NULL);
  graph_queue_ask_async (account->queue, call, g_task_get_cancellable (task), on_patched,
                         g_object_ref (task));
}

static void
ask (GTask *task, GraphBody body, GAsyncReadyCallback on_answer)
{
  Saving *saving = g_task_get_task_data (task);
  GraphCall *call
      = graph_call_new ("GET", graph_wire_load_path (saving->account->mailbox, saving->id),
                        graph_wire_get_prefer (body));
  graph_queue_ask_async (saving->account->queue, call, g_task_get_cancellable (task), on_answer,
                         g_object_ref (task));
}

static void
compare (GTask *task, const ExItem *current)
{
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  saving->now = read_as_core (saving->account->calendar, current, &error);
  if (saving->now == NULL)
    g_task_return_error (task, error);
  else if (saving->now->is_meeting)
    g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                             "cannot write the event: %u are invited to it, and Graph would mail "
                             "them: change it in Outlook",
                             saving->now->n_attendees);
  else if (ex_mapping_is_body_different (saving->now, saving->wished))
    ask (task, GRAPH_BODY_HTML, on_body);
  else
    patch (task, current);
}

static void
on_current (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (ExItem) current = take_current (task, result);
  if (current != NULL)
    compare (task, current);
}

/* Asked for as HTML, a body of plain text comes in a dress that says so. */
static void
on_body (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (ExItem) current = take_current (task, result);
  if (current == NULL)
    return;
  if (strstr (current->body, "<!-- converted from text -->") != NULL)
    current->body_is_html = FALSE;
  patch (task, current);
}

static void
on_patched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  char *revision = NULL;
  GraphCall *call = graph_queue_ask_finish (result, &error);
  if (call != NULL && call->status != 200)
    {
      note_refusal (saving->account, call->status);
      error = graph_wire_make_error (call->status, call->answer, "write the event");
    }
  JsonObject *event = error == NULL ? graph_call_get_answer (call, &error) : NULL;
  if (event != NULL)
    revision = graph_event_dup_revision (event, &error);
  if (revision == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_task_return_pointer (task, turnus_ref_new (saving->id, revision),
                         (GDestroyNotify) turnus_ref_free);
  g_free (revision);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  TurnusRef *ref = graph_creating_finish (result, &error);
  if (ref != NULL)
    {
      g_task_return_pointer (task, ref, (GDestroyNotify) turnus_ref_free);
      return;
    }
  note_refusal (saving->account, error->code == TURNUS_ERROR_DENIED ? 403 : 0);
  g_task_return_error (task, error);
}

/**
 * graph_saving_async:
 * @revision: (nullable): %NULL creates
 */
void
graph_saving_async (TurnusCalendar *calendar, const char *id, const char *revision, GBytes *bytes,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task
      = start (calendar, id, revision, graph_saving_async, cancellable, callback, user_data);
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  if (g_task_return_error_if_cancelled (task))
    return;
  if (revision == NULL)
    {
      graph_creating_async (calendar, bytes, cancellable, on_created, g_steal_pointer (&task));
      return;
    }
  saving->wished = calendar->host->read_event (calendar->host_data, bytes, calendar->zone, &error);
  const ExItem *recent = graph_account_find_recent (saving->account, id, revision);
  if (saving->wished == NULL)
    g_task_return_error (task, error);
  else if (recent != NULL)
    compare (task, recent);
  else
    ask (task, GRAPH_BODY_TEXT, on_current);
}

/**
 * graph_saving_finish:
 *
 * Errors: %TURNUS_ERROR_CONFLICT, %TURNUS_ERROR_GONE, %TURNUS_ERROR_INVALID when people are
 * invited. Returns: (transfer full) (nullable)
 */
TurnusRef *
graph_saving_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  GraphCall *call = graph_queue_ask_finish (result, &error);
  if (call != NULL && call->status != 204 && call->status != 200)
    {
      note_refusal (saving->account, call->status);
      error = graph_wire_make_error (call->status, call->answer, "remove the event");
    }
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
graph_removing_async (TurnusCalendar *calendar, const char *id, const char *revision,
                      GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task
      = start (calendar, id, revision, graph_removing_async, cancellable, callback, user_data);
  GraphAccount *account = graph_account_of (calendar);
  GraphCall *call = graph_call_new ("DELETE", graph_wire_event_path (account->mailbox, id),
                                    graph_wire_get_prefer (GRAPH_BODY_TEXT));
  call->if_match = g_strdup (revision);
  graph_queue_ask_async (account->queue, call, cancellable, on_removed, g_steal_pointer (&task));
}

/**
 * graph_removing_finish:
 *
 * Errors: %TURNUS_ERROR_CONFLICT, %TURNUS_ERROR_GONE.
 */
gboolean
graph_removing_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
