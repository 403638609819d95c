/* The door. Connections are counted and timed here, before libsoup has them: SoupServer lets in
 * everybody and waits for ever. Times are of the monotonic clock (hazard 82), looked at once a
 * second as long as anybody is here, so that an idle daemon sleeps. */
#include "door.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "answer.h"
#include "gate.h"
#include "listen.h"

static const guint SWEEP_MS = 250;
static const guint AT_ONCE = 64; /* let in before others have their turn */

static const char FULL[] = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\n"
                           "Connection: close\r\nContent-Length: 0\r\n\r\n";

static gboolean on_caller (GSocket *socket, GIOCondition condition, gpointer user_data);

static void
caller_free (gpointer data)
{
  FeedCaller *caller = data;
  g_clear_object (&caller->socket);
  g_free (caller->address);
  feed_request_free (caller->request);
  g_clear_object (&caller->cancellable);
  g_free (caller);
}

static void
check_stopped (FeedDoor *door)
{
  if (door->stopping == NULL || g_hash_table_size (door->callers) > 0)
    return;
  g_autoptr (GTask) task = g_steal_pointer (&door->stopping);
  g_task_return_boolean (task, TRUE);
}

/* Whoever reads or waits learns that the connection has ended; libsoup then closes it. */
static void
show_out (FeedCaller *caller)
{
  g_cancellable_cancel (caller->cancellable);
  g_socket_shutdown (caller->socket, TRUE, TRUE, NULL);
}

static gboolean
on_sweep (gpointer user_data)
{
  FeedDoor *door = user_data;
  gint64 now_us = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer caller;
  g_hash_table_iter_init (&iter, door->callers);
  while (g_hash_table_iter_next (&iter, &caller, NULL))
    if (((FeedCaller *) caller)->until_us <= now_us)
      show_out (caller);
  if (g_hash_table_size (door->callers) > 0)
    return G_SOURCE_CONTINUE;
  door->sweep_id = 0;
  return G_SOURCE_REMOVE;
}

static void
set_patience (FeedCaller *caller, gint64 us)
{
  caller->until_us = g_get_monotonic_time () + us;
}

static void
on_begun (gpointer user_data)
{
  FeedCaller *caller = user_data;
  set_patience (caller, caller->door->limits.request_us);
}

/* A whole request, judged; its answer is asked for by its number. */
static char *
on_take (gpointer user_data, FeedHead *head, const char *body, guint refusal, gboolean *ret_goes_on)
{
  FeedCaller *caller = user_data;
  FeedDoor *door = caller->door;
  g_autoptr (FeedHead) owned = head;
  g_hash_table_remove (door->asked, &caller->serial);
  g_clear_pointer (&caller->request, feed_request_free);
  caller->request = head != NULL ? feed_request_judge (door->rules, head, body, caller->address)
                                 : feed_request_new_refused (refusal);
  const char *peer = head != NULL ? caller->request->peer : caller->address;
  caller->wait_s = feed_buckets_take (door->buckets, peer, g_get_monotonic_time ());
  if (caller->wait_s > 0)
    caller->request->refusal = 429;
  caller->is_answering = TRUE;
  caller->serial = ++door->last_serial;
  g_hash_table_insert (door->asked, &caller->serial, caller);
  set_patience (caller, door->limits.answer_us);
  *ret_goes_on = head != NULL && !head->closes && door->stopping == NULL;
  return g_strdup_printf ("/%" G_GUINT64_FORMAT, caller->serial);
}

static void
on_closed (gpointer user_data)
{
  FeedCaller *caller = user_data;
  FeedDoor *door = caller->door;
  g_cancellable_cancel (caller->cancellable);
  g_hash_table_remove (door->asked, &caller->serial);
  g_hash_table_remove (door->callers, caller);
  check_stopped (door);
}

static const FeedGateWatch watch = { on_begun, on_take, on_closed };

static void
let_in (FeedDoor *door, GSocket *socket)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_connection_factory_create_connection (socket);
  g_autoptr (GSocketAddress) here = g_socket_get_local_address (socket, NULL);
  g_autoptr (GSocketAddress) there = g_socket_get_remote_address (socket, NULL);
  if (here == NULL || there == NULL)
    return; /* it has gone already */
  FeedCaller *caller = g_new0 (FeedCaller, 1);
  caller->door = door;
  caller->socket = g_object_ref (socket);
  caller->address = feed_listen_dup_caller (socket);
  caller->cancellable = g_cancellable_new ();
  set_patience (caller, door->limits.idle_us);
  g_hash_table_add (door->callers, caller);
  g_autoptr (FeedGate) gate = feed_gate_new (connection, &watch, caller);
  if (!soup_server_accept_iostream (door->server, G_IO_STREAM (gate), here, there, &error))
    door->host->log_debug (door->host_data, error->message);
  if (door->sweep_id == 0)
    door->sweep_id = g_timeout_add (SWEEP_MS, on_sweep, door);
}

static void
watch_socket (FeedDoor *door)
{
  door->source = g_socket_create_source (door->socket, G_IO_IN, NULL);
  g_source_set_callback (door->source, G_SOURCE_FUNC (on_caller), door, NULL);
  g_source_attach (door->source, NULL);
}

static void
unwatch_socket (FeedDoor *door)
{
  if (door->source != NULL)
    g_source_destroy (door->source);
  g_clear_pointer (&door->source, g_source_unref);
}

static gboolean
on_pause_over (gpointer user_data)
{
  FeedDoor *door = user_data;
  door->pause_id = 0;
  watch_socket (door);
  return G_SOURCE_REMOVE;
}

/* Out of files: who waits stays ready, and asking at once again would be for ever (hazard 91). */
static gboolean
pause_door (FeedDoor *door)
{
  unwatch_socket (door);
  door->pause_id = g_timeout_add (1000, on_pause_over, door);
  return G_SOURCE_REMOVE;
}

static gboolean
on_caller (GSocket *listening, GIOCondition condition, gpointer user_data)
{
  FeedDoor *door = user_data;
  for (guint i = 0; i < AT_ONCE; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GSocket) socket = g_socket_accept (listening, NULL, &error);
      if (socket == NULL)
        return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK)
                       || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED)
                   ? G_SOURCE_CONTINUE
                   : pause_door (door);
      g_socket_set_blocking (socket, FALSE);
      if (g_hash_table_size (door->callers) < door->limits.callers_most)
        {
          let_in (door, socket);
          continue;
        }
      door->counts[TURNUS_COUNT_BUSY]++;
      g_socket_send (socket, FULL, strlen (FULL), NULL, NULL);
    }
  return G_SOURCE_CONTINUE;
}

/* As libsoup has taken it from feed_gate: `/17`. */
static void
on_asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer user_data)
{
  FeedDoor *door = user_data;
  FeedCaller *caller = feed_door_find (door, path);
  if (caller != NULL)
    feed_answer_send (door, caller, message);
  else
    soup_server_message_set_status (message, 500, NULL);
}

static void
on_finished (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  FeedDoor *door = user_data;
  GUri *uri = soup_server_message_get_uri (message);
  FeedCaller *caller = uri != NULL ? feed_door_find (door, g_uri_get_path (uri)) : NULL;
  if (caller == NULL)
    return;
  caller->is_answering = FALSE;
  set_patience (caller, door->limits.idle_us);
  if (door->stopping != NULL)
    show_out (caller);
}

/**
 * feed_door_find:
 * @path: of the request that libsoup was given
 *
 * Returns: (transfer none) (nullable): whose it is
 */
FeedCaller *
feed_door_find (FeedDoor *door, const char *path)
{
  guint64 serial = *path == '/' ? g_ascii_strtoull (path + 1, NULL, 10) : 0;
  return g_hash_table_lookup (door->asked, &serial);
}

FeedDoor *
feed_door_ref (FeedDoor *door)
{
  g_atomic_ref_count_inc (&door->n_refs);
  return door;
}

void
feed_door_unref (FeedDoor *door)
{
  if (door == NULL || !g_atomic_ref_count_dec (&door->n_refs))
    return;
  g_clear_object (&door->server);
  g_clear_object (&door->pretext);
  feed_rules_free (door->rules);
  g_clear_object (&door->address);
  g_clear_object (&door->socket);
  g_clear_pointer (&door->asked, g_hash_table_unref);
  g_clear_pointer (&door->callers, g_hash_table_unref);
  feed_buckets_free (door->buckets);
  feed_memo_free (door->memo);
  g_clear_object (&door->stopping);
  g_free (door);
}

/* A SoupServer without a listener of its own ends every connection after one answer (seen in
 * 3.2.3, request_finished), whoever hands connections to it. So it gets one end of a pair on which
 * nothing is ever said. */
static gboolean
give_pretext (FeedDoor *door, GError **error)
{
  int fds[2] = { -1, -1 };
  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_FAILED, "cannot make a pair of sockets: %s",
                   g_strerror (errno));
      return FALSE;
    }
  g_autoptr (GSocket) theirs = g_socket_new_from_fd (fds[0], NULL);
  door->pretext = g_socket_new_from_fd (fds[1], NULL);
  return soup_server_listen_socket (door->server, theirs, 0, error);
}

static FeedDoor *
door_new (const TurnusPublish *publish, const FeedLimits *limits)
{
  FeedDoor *door = g_new0 (FeedDoor, 1);
  g_atomic_ref_count_init (&door->n_refs);
  door->host = publish->host;
  door->host_data = publish->host_data;
  door->limits = *limits;
  door->rules = feed_rules_new (publish->url, g_hash_table_lookup (publish->options, "listen"),
                                g_hash_table_lookup (publish->options, "trusted_proxy"),
                                g_hash_table_lookup (publish->options, "user_header"));
  door->server = g_object_new (SOUP_TYPE_SERVER, "raw-paths", TRUE, NULL);
  door->callers = g_hash_table_new_full (NULL, NULL, caller_free, NULL);
  door->asked = g_hash_table_new (g_int64_hash, g_int64_equal);
  door->buckets = feed_buckets_new (limits->rate, limits->burst);
  door->memo = feed_memo_new ();
  soup_server_add_handler (door->server, NULL, on_asked, door, NULL);
  g_signal_connect (door->server, "request-finished", G_CALLBACK (on_finished), door);
  g_signal_connect (door->server, "request-aborted", G_CALLBACK (on_finished), door);
  return door;
}

/**
 * feed_door_open:
 *
 * Errors: %TURNUS_ERROR_INVALID when the address is none of this host, %TURNUS_ERROR_FAILED when it
 *   cannot be had.
 * Returns: (transfer full): from now on readers are let in
 */
FeedDoor *
feed_door_open (const TurnusPublish *publish, const FeedLimits *limits, GError **error)
{
  g_autoptr (FeedDoor) door = door_new (publish, limits);
  door->address = feed_listen_parse (g_hash_table_lookup (publish->options, "listen"), error);
  if (door->address == NULL)
    return NULL;
  door->socket = feed_listen_open (door->address, error);
  if (door->socket == NULL || !give_pretext (door, error))
    return NULL;
  watch_socket (door);
  return g_steal_pointer (&door);
}

static void
shut (FeedDoor *door)
{
  unwatch_socket (door);
  g_clear_handle_id (&door->pause_id, g_source_remove);
  if (door->socket != NULL)
    feed_listen_close (door->socket, door->address);
  g_clear_object (&door->socket);
}

/**
 * feed_door_stop_async:
 *
 * Lets nobody in any more; who waits for an answer gets it.
 */
void
feed_door_stop_async (FeedDoor *door, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (door->stopping == NULL);
  door->stopping = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (door->stopping, feed_door_stop_async);
  shut (door);
  GHashTableIter iter;
  gpointer key;
  g_hash_table_iter_init (&iter, door->callers);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      FeedCaller *caller = key;
      if (!feed_answer_is_due (caller))
        g_socket_shutdown (caller->socket, TRUE, TRUE, NULL);
    }
  check_stopped (door);
}

gboolean
feed_door_stop_finish (FeedDoor *door, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * feed_door_close:
 * @door: (transfer full)
 *
 * At once, whatever is under way; the host is not asked for anything any more.
 */
void
feed_door_close (FeedDoor *door)
{
  door->is_closed = TRUE;
  shut (door);
  g_clear_handle_id (&door->sweep_id, g_source_remove);
  g_autoptr (GList) callers = g_hash_table_get_keys (door->callers);
  for (GList *one = callers; one != NULL; one = one->next)
    show_out (one->data);
  soup_server_disconnect (door->server);
  feed_door_unref (door);
}
