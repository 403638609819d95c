/* One request at a time to a mailbox. What is asked while it is under way goes into the next one
 * together: so a page of loads, or the writes that the core has in flight, are one request each.
 *
 * What failed only because another one did (424) is asked again. What the server refused for now
 * (429) is not: the host is told to be patient, and the core comes back. */
#include "graph-queue.h"

#include <string.h>

#include "graph-account.h"

#define PUT_OFF_MOST 16u

struct _GraphQueue
{
  TurnusCalendar *calendar; /* (unowned) outlives us */
  GQueue waiting;           /* (element-type GTask) (owned) each with its GraphCall */
  gboolean is_busy;
  guint idle_id; /* 0 when nothing is about to be sent */
};

/* A request under way. */
typedef struct
{
  GraphQueue *queue;
  GPtrArray *tasks;          /* (owned) (element-type GTask) */
  GArray *handlers;          /* (owned) (element-type gulong) of their cancellables */
  GCancellable *cancellable; /* (owned) cancelled when nobody waits for it any more */
} Trip;

static void leave (GraphQueue *queue);

GraphQueue *
graph_queue_new (TurnusCalendar *calendar)
{
  GraphQueue *queue = g_new0 (GraphQueue, 1);
  queue->calendar = calendar;
  g_queue_init (&queue->waiting);
  return queue;
}

void
graph_queue_free (GraphQueue *queue)
{
  if (queue == NULL)
    return;
  g_clear_handle_id (&queue->idle_id, g_source_remove);
  g_queue_clear_full (&queue->waiting, g_object_unref);
  g_free (queue);
}

static void
trip_free (Trip *trip)
{
  for (guint i = 0; i < trip->tasks->len; i++)
    {
      GCancellable *cancellable = g_task_get_cancellable (g_ptr_array_index (trip->tasks, i));
      gulong handler = g_array_index (trip->handlers, gulong, i);
      if (handler != 0)
        g_signal_handler_disconnect (cancellable, handler);
    }
  g_ptr_array_unref (trip->tasks);
  g_array_unref (trip->handlers);
  g_object_unref (trip->cancellable);
  g_free (trip);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Trip, trip_free)

static void
on_one_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Trip *trip = user_data;
  for (guint i = 0; i < trip->tasks->len; i++)
    {
      GCancellable *other = g_task_get_cancellable (g_ptr_array_index (trip->tasks, i));
      if (other == NULL || !g_cancellable_is_cancelled (other))
        return;
    }
  g_cancellable_cancel (trip->cancellable);
}

static Trip *
trip_new (GraphQueue *queue, GPtrArray *tasks)
{
  Trip *trip = g_new0 (Trip, 1);
  trip->queue = queue;
  trip->tasks = tasks;
  trip->handlers = g_array_new (FALSE, TRUE, sizeof (gulong));
  trip->cancellable = g_cancellable_new ();
  for (guint i = 0; i < tasks->len; i++)
    {
      GCancellable *cancellable = g_task_get_cancellable (g_ptr_array_index (tasks, i));
      gulong handler = cancellable != NULL ? g_signal_connect (cancellable, "cancelled",
                                                               G_CALLBACK (on_one_cancelled), trip)
                                           : 0;
      g_array_append_val (trip->handlers, handler);
    }
  return trip;
}

static GraphCall *
get_call (const Trip *trip, guint index)
{
  return g_task_get_task_data (g_ptr_array_index (trip->tasks, index));
}

/* Seconds, or -1; a date is left to the host, which reads the same header. */
static gint64
find_retry_after (const TurnusResponse *response)
{
  for (char **at = response->headers; at != NULL && at[0] != NULL; at += 2)
    if (strcmp (at[0], "retry-after") == 0 && strspn (at[1], "0123456789") == strlen (at[1]))
      return (gint64) MIN (g_ascii_strtoull (at[1], NULL, 10), (guint64) G_MAXINT32);
  return -1;
}

/* An answer to one question, or one that stands for all: a batch that was refused as a whole. */
static void
take_whole (Trip *trip, const TurnusResponse *response)
{
  g_autoptr (JsonNode) answer = graph_json_parse (response->body, NULL);
  for (guint i = 0; i < trip->tasks->len; i++)
    {
      GraphCall *call = get_call (trip, i);
      call->status = response->status;
      call->retry_after_s = find_retry_after (response);
      call->answer = answer != NULL ? json_node_ref (answer) : NULL;
    }
}

static gboolean
take_parts (Trip *trip, const TurnusResponse *response, GError **error)
{
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();
  gint64 patience_s = -1;
  gboolean is_refused = FALSE;
  for (guint i = 0; i < trip->tasks->len; i++)
    g_ptr_array_add (calls, get_call (trip, i));
  if (!graph_call_read_batch (response->body, calls, error))
    return FALSE;
  for (guint i = 0; i < calls->len; i++)
    {
      const GraphCall *call = g_ptr_array_index (calls, i);
      is_refused = is_refused || call->status == 429 || call->status == 503;
      if (call->status == 429 || call->status == 503)
        patience_s = MAX (patience_s, call->retry_after_s);
    }
  if (is_refused)
    trip->queue->calendar->host->be_patient (trip->queue->calendar->host_data, patience_s);
  return TRUE;
}

/* Asked again: another one's failure says nothing of it. */
static gboolean
put_off (GraphQueue *queue, GTask *task)
{
  GraphCall *call = g_task_get_task_data (task);
  if (call->status != 424 || ++call->n_put_off > PUT_OFF_MOST)
    return FALSE;
  call->status = 0;
  g_clear_pointer (&call->answer, json_node_unref);
  g_queue_push_tail (&queue->waiting, g_object_ref (task));
  return TRUE;
}

static void
return_all (Trip *trip, GError *error)
{
  for (guint i = 0; i < trip->tasks->len; i++)
    {
      g_autoptr (GTask) task = g_object_ref (g_ptr_array_index (trip->tasks, i));
      if (error != NULL)
        g_task_return_error (task, g_error_copy (error));
      else if (!put_off (trip->queue, task))
        g_task_return_boolean (task, TRUE);
    }
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Trip) trip = user_data;
  GraphQueue *queue = trip->queue;
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusResponse) response
      = queue->calendar->host->send_finish (queue->calendar->host_data, result, &error);
  queue->is_busy = FALSE;
  if (response != NULL && trip->tasks->len > 1 && response->status == 200)
    take_parts (trip, response, &error);
  else if (response != NULL)
    take_whole (trip, response);
  /* Before the answers, whose readers may close the calendar once nothing is under way. */
  leave (queue);
  return_all (trip, error);
}

static void
send_one (Trip *trip)
{
  TurnusCalendar *calendar = trip->queue->calendar;
  const GraphCall *call = get_call (trip, 0);
  g_autofree char *url = call->is_alone
                             ? g_strdup (call->path)
                             : g_strconcat (graph_account_of (calendar)->base, call->path, NULL);
  g_autofree char *text = call->body != NULL ? graph_json_to_text (call->body) : NULL;
  g_autoptr (GBytes) body = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  const char *const pairs[][2] = { { "Prefer", call->prefer },
                                   { "If-Match", call->if_match },
                                   { "Content-Type", body != NULL ? "application/json" : NULL } };
  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    if (pairs[i][1] != NULL)
      {
        g_ptr_array_add (headers, (gpointer) pairs[i][0]);
        g_ptr_array_add (headers, (gpointer) pairs[i][1]);
      }
  g_ptr_array_add (headers, NULL);
  TurnusRequest request = { .method = call->method,
                            .url = url,
                            .headers = (const char *const *) headers->pdata,
                            .body = body };
  calendar->host->send_async (calendar->host_data, &request, trip->cancellable, on_answered, trip);
}

static void
send_batch (Trip *trip)
{
  static const char *const headers[] = { "Content-Type", "application/json", NULL };
  TurnusCalendar *calendar = trip->queue->calendar;
  g_autoptr (GPtrArray) calls = g_ptr_array_new ();
  for (guint i = 0; i < trip->tasks->len; i++)
    g_ptr_array_add (calls, get_call (trip, i));
  g_autoptr (GBytes) body = graph_call_build_batch (calls);
  g_autofree char *url = g_strconcat (graph_account_of (calendar)->base, "/$batch", NULL);
  TurnusRequest request = { .method = "POST", .url = url, .headers = headers, .body = body };
  calendar->host->send_async (calendar->host_data, &request, trip->cancellable, on_answered, trip);
}

static gboolean
is_alone (GTask *task)
{
  return ((GraphCall *) g_task_get_task_data (task))->is_alone;
}

/* The next request: one that goes alone, or as many as go together. */
static GPtrArray *
take_next (GraphQueue *queue)
{
  GPtrArray *tasks = g_ptr_array_new_with_free_func (g_object_unref);
  while (!g_queue_is_empty (&queue->waiting) && tasks->len < GRAPH_BATCH_MOST)
    {
      GTask *task = g_queue_peek_head (&queue->waiting);
      if (tasks->len > 0 && is_alone (task))
        break;
      g_queue_pop_head (&queue->waiting);
      if (g_task_return_error_if_cancelled (task))
        {
          g_object_unref (task);
          continue;
        }
      g_ptr_array_add (tasks, task);
      if (is_alone (task))
        break;
    }
  return tasks;
}

static gboolean
on_idle (gpointer user_data)
{
  GraphQueue *queue = user_data;
  queue->idle_id = 0;
  g_autoptr (GPtrArray) tasks = take_next (queue);
  if (tasks->len == 0)
    return G_SOURCE_REMOVE;
  queue->is_busy = TRUE;
  Trip *trip = trip_new (queue, g_steal_pointer (&tasks));
  if (trip->tasks->len == 1)
    send_one (trip);
  else
    send_batch (trip);
  return G_SOURCE_REMOVE;
}

/* Not at once: what is asked in the same turn of the loop goes along. */
static void
leave (GraphQueue *queue)
{
  if (!queue->is_busy && queue->idle_id == 0)
    queue->idle_id = g_idle_add_full (G_PRIORITY_DEFAULT, on_idle, queue, NULL);
}

/**
 * graph_queue_ask_async:
 * @call: (transfer full)
 */
void
graph_queue_ask_async (GraphQueue *queue, GraphCall *call, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, graph_queue_ask_async);
  g_task_set_task_data (task, call, (GDestroyNotify) graph_call_free);
  g_queue_push_tail (&queue->waiting, task);
  leave (queue);
}

/**
 * graph_queue_ask_finish:
 *
 * Errors: what the host says of the request; %TURNUS_ERROR_PROTOCOL. A status is no error here.
 * Returns: (transfer none) (nullable): the call with its answer; as long as @result lives
 */
GraphCall *
graph_queue_ask_finish (GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  return g_task_propagate_boolean (task, error) ? g_task_get_task_data (task) : NULL;
}
