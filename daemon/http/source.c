/* Curl's multi interface as a GSource: sockets become unix fds of the source, curl's timer its
 * ready time, so that nothing is polled and nothing ticks. Curl must not be called from its own
 * callbacks: they only note what is to be watched; all calls are made from dispatch.
 *
 * Source: curl_multi_socket_action(3), CURLMOPT_SOCKETFUNCTION(3), CURLMOPT_TIMERFUNCTION(3). */
#include "http/source.h"

struct _TnSource
{
  GSource source;
  CURLM *multi;           /* (owned) */
  GHashTable *polls;      /* (owned) socket -> tag of g_source_add_unix_fd */
  const TnTicket *ticket; /* (unowned) (nullable) with which curl logs in */
  TnSourceDone done;
  gpointer user_data;
  gboolean keeps_done;
  gboolean is_closed; /* curl may still call back while it is torn down */
};

static GIOCondition
to_condition (int what)
{
  return (what & CURL_POLL_IN ? G_IO_IN | G_IO_HUP | G_IO_ERR : 0)
         | (what & CURL_POLL_OUT ? G_IO_OUT | G_IO_HUP | G_IO_ERR : 0);
}

static int
on_socket (CURL *easy, curl_socket_t socket, int what, void *user_data, void *socket_data)
{
  TnSource *self = user_data;
  gpointer key = GINT_TO_POINTER (socket);
  if (self->is_closed)
    return 0;
  gpointer tag = g_hash_table_lookup (self->polls, key);
  if (what == CURL_POLL_REMOVE)
    {
      if (tag != NULL)
        g_source_remove_unix_fd (&self->source, tag);
      g_hash_table_remove (self->polls, key);
    }
  else if (tag != NULL)
    g_source_modify_unix_fd (&self->source, tag, to_condition (what));
  else
    g_hash_table_insert (self->polls, key,
                         g_source_add_unix_fd (&self->source, socket, to_condition (what)));
  return 0;
}

static int
on_timer (CURLM *multi, long timeout_ms, void *user_data)
{
  TnSource *self = user_data;
  if (!self->is_closed)
    g_source_set_ready_time (&self->source,
                             timeout_ms < 0 ? -1 : g_get_monotonic_time () + timeout_ms * 1000);
  return 0;
}

/* What the system says about each watched socket, taken before curl changes the set. */
typedef struct
{
  int socket;
  int events;
} Ready;

static GArray *
collect_ready (TnSource *self)
{
  GArray *ready = g_array_new (FALSE, FALSE, sizeof (Ready));
  GHashTableIter iter;
  gpointer key = NULL;
  gpointer tag = NULL;
  g_hash_table_iter_init (&iter, self->polls);
  while (g_hash_table_iter_next (&iter, &key, &tag))
    {
      GIOCondition condition = g_source_query_unix_fd (&self->source, tag);
      Ready one = { GPOINTER_TO_INT (key), 0 };
      one.events |= condition & (G_IO_IN | G_IO_HUP) ? CURL_CSELECT_IN : 0;
      one.events |= condition & G_IO_OUT ? CURL_CSELECT_OUT : 0;
      one.events |= condition & G_IO_ERR ? CURL_CSELECT_ERR : 0;
      if (one.events != 0)
        g_array_append_val (ready, one);
    }
  return ready;
}

/* Hands over what has ended; whoever takes it may add, remove, or destroy the source. */
static void
report_done (TnSource *self)
{
  int n_left = 0;
  CURLMsg *message = NULL;
  while (!self->is_closed && (message = curl_multi_info_read (self->multi, &n_left)) != NULL)
    {
      CURL *easy = message->easy_handle;
      CURLcode code = message->data.result;
      if (message->msg != CURLMSG_DONE)
        continue;
      if (!self->keeps_done)
        curl_multi_remove_handle (self->multi, easy);
      self->done (easy, code, self->user_data);
    }
}

static void
act (TnSource *self, int socket, int events)
{
  int n_running = 0;
  tn_ticket_enter (self->ticket);
  curl_multi_socket_action (self->multi, socket, events, &n_running);
  tn_ticket_leave (self->ticket);
}

static gboolean
dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  TnSource *self = (TnSource *) source;
  gint64 ready_us = g_source_get_ready_time (source);
  g_autoptr (GArray) ready = collect_ready (self);
  for (guint i = 0; i < ready->len; i++)
    {
      const Ready *one = &g_array_index (ready, Ready, i);
      /* A socket before it may have made curl let go of this one. */
      if (g_hash_table_contains (self->polls, GINT_TO_POINTER (one->socket)))
        act (self, one->socket, one->events);
    }
  if (ready_us >= 0 && ready_us <= g_source_get_time (source))
    {
      if (g_source_get_ready_time (source) == ready_us)
        g_source_set_ready_time (source, -1); /* curl sets the next one */
      act (self, CURL_SOCKET_TIMEOUT, 0);
    }
  report_done (self);
  return G_SOURCE_CONTINUE;
}

static void
finalize (GSource *source)
{
  TnSource *self = (TnSource *) source;
  self->is_closed = TRUE;
  curl_multi_cleanup (self->multi);
  g_clear_pointer (&self->polls, g_hash_table_unref);
}

static GSourceFuncs source_funcs = { .dispatch = dispatch, .finalize = finalize };

/**
 * tn_source_new:
 * @connections_max: open at once, idle ones included
 * @ticket: (nullable): outlives the source
 *
 * Returns: (transfer full): attached to the default main loop
 */
TnSource *
tn_source_new (guint connections_max, const TnTicket *ticket, TnSourceDone done, gpointer user_data)
{
  TnSource *self = (TnSource *) g_source_new (&source_funcs, sizeof (TnSource));
  g_source_set_name (&self->source, "curl");
  self->multi = curl_multi_init ();
  self->polls = g_hash_table_new (NULL, NULL);
  self->ticket = ticket;
  self->done = done;
  self->user_data = user_data;
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETFUNCTION, on_socket);
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERFUNCTION, on_timer);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  curl_multi_setopt (self->multi, CURLMOPT_MAXCONNECTS, (long) connections_max);
  curl_multi_setopt (self->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, (long) connections_max);
  g_source_attach (&self->source, NULL);
  return self;
}

/**
 * tn_source_free:
 *
 * Nothing may be under way in it. Its connections close when a dispatch that runs now has ended.
 */
void
tn_source_free (TnSource *self)
{
  if (self == NULL)
    return;
  self->is_closed = TRUE;
  g_source_destroy (&self->source);
  g_source_unref (&self->source);
}

/**
 * tn_source_keep_done:
 *
 * What has ended stays in the source until it is removed: a connection that curl only makes
 * (CURLOPT_CONNECT_ONLY) lives no longer.
 */
void
tn_source_keep_done (TnSource *self)
{
  self->keeps_done = TRUE;
}

void
tn_source_add (TnSource *self, CURL *easy)
{
  curl_multi_add_handle (self->multi, easy);
}

void
tn_source_remove (TnSource *self, CURL *easy)
{
  curl_multi_remove_handle (self->multi, easy);
}
