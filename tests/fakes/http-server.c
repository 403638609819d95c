/* Byte-level control over what a client of HTTP is answered: bodies cut at any byte, connections
 * dropped before or after the request took effect, lies in headers, bytes that trickle. Real
 * servers do each of these, and none can be told to. Faults are data, so that a history of them can
 * be written into one line and replayed. */
#include "fakes/http-server.h"

#include <string.h>

typedef struct
{
  guint after;
  TnHttpFault fault;
} Planned;

struct _TnHttpServer
{
  GSocketService *service;      /* (owned) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  gboolean requires_certificate;
  char *address; /* (owned) */
  guint16 port;
  TnHttpHandler handler;
  gpointer user_data;
  GQueue faults;    /* (owned) (element-type Planned) */
  GPtrArray *peers; /* (unowned) (element-type Peer) open connections */
  GPtrArray *seen;  /* (owned) (element-type TnHttpSeen) */
  guint n_connections;
  guint n_at_once;
  guint most_at_once;
  guint64 n_bytes;
};

/* One connection. It owns itself, and ends when its stream does or the server is freed. */
typedef struct
{
  TnHttpServer *server;     /* (nullable) NULL once the server is gone */
  GSocketConnection *plain; /* (owned) */
  GIOStream *stream;        /* (owned) */
  GCancellable *stop;       /* (owned) */
  GByteArray *in;           /* (owned) read, not used yet */
  guint ordinal;
  GByteArray *out; /* (owned) (nullable) being written */
  gsize n_written;
  guint trickle_ms;
  guint timer_id;
  gboolean closes; /* after `out` */
  gboolean is_answering;
  guchar buffer[16384];
} Peer;

static void read_more (Peer *peer);
static void take_request (Peer *peer);

static void
seen_free (TnHttpSeen *seen)
{
  g_free (seen->method);
  g_free (seen->target);
  g_free (seen->head);
  g_clear_pointer (&seen->headers, g_hash_table_unref);
  g_clear_pointer (&seen->body, g_bytes_unref);
  g_free (seen);
}

/* Returns: (nullable) (transfer none) */
const char *
tn_http_seen_get_header (const TnHttpSeen *seen, const char *name)
{
  return g_hash_table_lookup (seen->headers, name);
}

void
tn_http_answer_add_header (TnHttpAnswer *answer, const char *name, const char *value)
{
  g_string_append_printf (answer->headers, "%s: %s\r\n", name, value);
}

void
tn_http_answer_set_text (TnHttpAnswer *answer, const char *type, const char *text)
{
  tn_http_answer_add_header (answer, "Content-Type", type);
  g_clear_pointer (&answer->body, g_bytes_unref);
  answer->body = g_bytes_new (text, strlen (text));
}

static void
end_answering (Peer *peer)
{
  if (peer->is_answering && peer->server != NULL)
    peer->server->n_at_once--;
  peer->is_answering = FALSE;
}

static void
peer_free (Peer *peer)
{
  end_answering (peer);
  if (peer->server != NULL)
    g_ptr_array_remove_fast (peer->server->peers, peer);
  g_clear_handle_id (&peer->timer_id, g_source_remove);
  /* The socket itself: closing a TLS stream would wait for the other side. */
  g_socket_close (g_socket_connection_get_socket (peer->plain), NULL);
  g_clear_object (&peer->stream);
  g_clear_object (&peer->plain);
  g_clear_object (&peer->stop);
  g_clear_pointer (&peer->in, g_byte_array_unref);
  g_clear_pointer (&peer->out, g_byte_array_unref);
  g_free (peer);
}

/* Returns: (nullable) (transfer full): NULL when the head is not whole yet */
static TnHttpSeen *
parse_head (const Peer *peer, gsize *ret_length)
{
  const char *end = g_strstr_len ((const char *) peer->in->data, peer->in->len, "\r\n\r\n");
  if (end == NULL)
    return NULL;
  *ret_length = (gsize) (end - (const char *) peer->in->data) + 4;
  TnHttpSeen *seen = g_new0 (TnHttpSeen, 1);
  seen->connection = peer->ordinal;
  seen->head = g_strndup ((const char *) peer->in->data, *ret_length);
  seen->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = g_strsplit (seen->head, "\r\n", -1);
  g_auto (GStrv) words = g_strsplit (lines[0], " ", 3);
  g_assert_cmpuint (g_strv_length (words), ==, 3); /* else the client speaks no HTTP */
  seen->method = g_strdup (words[0]);
  seen->target = g_strdup (words[1]);
  for (guint i = 1; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      const char *colon = strchr (lines[i], ':');
      g_assert_nonnull (colon);
      g_autofree char *name = g_strndup (lines[i], (gsize) (colon - lines[i]));
      g_hash_table_insert (seen->headers, g_ascii_strdown (name, -1),
                           g_strstrip (g_strdup (colon + 1)));
    }
  return seen;
}

/* Joins the chunks from @start on. Returns: bytes used, 0 when they are not all there yet. */
static gsize
join_chunks (const Peer *peer, gsize start, GByteArray *body)
{
  const char *text = (const char *) peer->in->data;
  gsize at = start;
  for (;;)
    {
      const char *end = g_strstr_len (text + at, (gssize) (peer->in->len - at), "\r\n");
      if (end == NULL)
        return 0;
      gsize length = (gsize) g_ascii_strtoull (text + at, NULL, 16);
      at = (gsize) (end - text) + 2;
      if (at + length + 2 > peer->in->len)
        return 0;
      g_byte_array_append (body, peer->in->data + at, (guint) length);
      at += length + 2;
      if (length == 0)
        return at;
    }
}

/* Returns: bytes of @peer's input that the body takes; FALSE in @ret_whole when some are missing */
static gsize
parse_body (const Peer *peer, TnHttpSeen *seen, gsize start, gboolean *ret_whole)
{
  const char *length = tn_http_seen_get_header (seen, "content-length");
  const char *coding = tn_http_seen_get_header (seen, "transfer-encoding");
  gsize n = length != NULL ? (gsize) g_ascii_strtoull (length, NULL, 10) : 0;
  g_autoptr (GByteArray) body = g_byte_array_new ();
  *ret_whole = TRUE;
  if (coding != NULL)
    {
      gsize end = join_chunks (peer, start, body);
      *ret_whole = end != 0;
      n = end - start;
    }
  else if (peer->in->len - start < n)
    *ret_whole = FALSE;
  else
    g_byte_array_append (body, peer->in->data + start, (guint) n);
  seen->body = g_byte_array_free_to_bytes (g_steal_pointer (&body));
  return n;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Peer *peer = user_data;
  gssize n = g_output_stream_write_finish (G_OUTPUT_STREAM (source), result, NULL);
  if (n < 0 || peer->server == NULL)
    {
      peer_free (peer);
      return;
    }
  peer->n_written += (gsize) n;
  peer->server->n_bytes += (gsize) n;
  take_request (peer);
}

static void
write_some (Peer *peer)
{
  gsize left = peer->out->len - peer->n_written;
  g_output_stream_write_async (g_io_stream_get_output_stream (peer->stream),
                               peer->out->data + peer->n_written, peer->trickle_ms > 0 ? 1 : left,
                               G_PRIORITY_DEFAULT, peer->stop, on_written, peer);
}

static gboolean
on_trickle (gpointer user_data)
{
  Peer *peer = user_data;
  peer->timer_id = 0;
  write_some (peer);
  return G_SOURCE_REMOVE;
}

static void
append_body (GByteArray *wire, const TnHttpFault *fault, GBytes *body)
{
  gsize n = g_bytes_get_size (body);
  const guint8 *bytes = g_bytes_get_data (body, NULL);
  for (gsize at = 0; fault->is_chunked && at < n; at += 7)
    {
      g_autofree char *size = g_strdup_printf ("%zx\r\n", MIN (7, n - at));
      g_byte_array_append (wire, (const guint8 *) size, (guint) strlen (size));
      g_byte_array_append (wire, bytes + at, (guint) MIN (7, n - at));
      g_byte_array_append (wire, (const guint8 *) "\r\n", 2);
    }
  if (fault->is_chunked)
    g_byte_array_append (wire, (const guint8 *) "0\r\n\r\n", 5);
  else if (n > 0)
    g_byte_array_append (wire, bytes, (guint) n);
}

static char *
format_head (const TnHttpAnswer *answer, const TnHttpFault *fault, gsize length)
{
  GString *head = g_string_new (NULL);
  g_string_append_printf (head, "HTTP/1.1 %u Scripted\r\n%s", answer->status, answer->headers->str);
  if (fault->header != NULL)
    g_string_append_printf (head, "%s\r\n", fault->header);
  if (fault->is_chunked)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  else if (fault->is_unending)
    g_string_append (head, "Connection: close\r\n");
  else if (answer->status != 204 && answer->status != 304)
    g_string_append_printf (head, "Content-Length: %" G_GINT64_FORMAT "\r\n",
                            fault->announced != 0 ? fault->announced : (gint64) length);
  g_string_append (head, "\r\n");
  return g_string_free (head, FALSE);
}

static void
send_answer (Peer *peer, const TnHttpSeen *seen, const TnHttpAnswer *answer,
             const TnHttpFault *fault)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  GBytes *body = answer->body != NULL ? answer->body : nothing;
  gboolean has_body = strcmp (seen->method, "HEAD") != 0 && answer->status != 204;
  g_autofree char *head = format_head (answer, fault, g_bytes_get_size (body));
  const char *start = fault->raw != NULL ? fault->raw : head;
  g_clear_pointer (&peer->out, g_byte_array_unref);
  peer->out = g_byte_array_new ();
  g_byte_array_append (peer->out, (const guint8 *) start, (guint) strlen (start));
  gsize head_length = fault->cuts_head ? 0 : peer->out->len;
  if (fault->raw == NULL && has_body)
    append_body (peer->out, fault, body);
  peer->closes = fault->closes || fault->cuts || fault->cuts_head || fault->is_unending
                 || fault->raw != NULL;
  if ((fault->cuts || fault->cuts_head) && head_length + fault->cut_at < peer->out->len)
    g_byte_array_set_size (peer->out, (guint) (head_length + fault->cut_at));
  peer->n_written = 0;
  peer->trickle_ms = fault->trickle_ms;
  take_request (peer);
}

static TnHttpFault
take_fault (TnHttpServer *server)
{
  TnHttpFault fault = { 0 };
  Planned *planned = g_queue_peek_head (&server->faults);
  if (planned == NULL)
    return fault;
  if (planned->after > 0)
    {
      planned->after--;
      return fault;
    }
  fault = planned->fault;
  g_free (g_queue_pop_head (&server->faults));
  return fault;
}

/* Returns: FALSE when @peer was freed */
static void
answer_request (Peer *peer, TnHttpSeen *seen)
{
  TnHttpServer *server = peer->server;
  TnHttpFault fault = take_fault (server);
  TnHttpAnswer answer = { .status = 200, .headers = g_string_new (NULL) };
  g_ptr_array_add (server->seen, seen);
  peer->is_answering = TRUE;
  server->n_at_once++;
  server->most_at_once = MAX (server->most_at_once, server->n_at_once);
  if (!fault.is_lost && server->handler != NULL)
    server->handler (seen, &answer, server->user_data);
  if (fault.status != 0)
    {
      answer.status = fault.status;
      g_string_truncate (answer.headers, 0);
      g_clear_pointer (&answer.body, g_bytes_unref);
    }
  if (fault.drops)
    peer_free (peer);
  else if (fault.hangs)
    read_more (peer);
  else
    send_answer (peer, seen, &answer, &fault);
  g_string_free (answer.headers, TRUE);
  g_clear_pointer (&answer.body, g_bytes_unref);
}

/* What to do next on the connection: write on, close, take a request, or read. */
static void
take_request (Peer *peer)
{
  if (peer->out != NULL && peer->n_written < peer->out->len)
    {
      if (peer->trickle_ms > 0)
        peer->timer_id = g_timeout_add (peer->trickle_ms, on_trickle, peer);
      else
        write_some (peer);
      return;
    }
  if (peer->out != NULL)
    end_answering (peer);
  if (peer->out != NULL && peer->closes)
    {
      peer_free (peer);
      return;
    }
  g_clear_pointer (&peer->out, g_byte_array_unref);
  gsize head = 0;
  gboolean is_whole = FALSE;
  TnHttpSeen *seen = parse_head (peer, &head);
  gsize body = seen != NULL ? parse_body (peer, seen, head, &is_whole) : 0;
  if (!is_whole)
    {
      g_clear_pointer (&seen, seen_free);
      read_more (peer);
      return;
    }
  g_byte_array_remove_range (peer->in, 0, (guint) (head + body));
  answer_request (peer, seen);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Peer *peer = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);
  if (n <= 0 || peer->server == NULL)
    {
      peer_free (peer);
      return;
    }
  peer->server->n_bytes += (gsize) n;
  g_byte_array_append (peer->in, peer->buffer, (guint) n);
  if (peer->is_answering)
    read_more (peer); /* it hangs */
  else
    take_request (peer);
}

static void
read_more (Peer *peer)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (peer->stream), peer->buffer,
                             sizeof peer->buffer, G_PRIORITY_DEFAULT, peer->stop, on_read, peer);
}

static gboolean
on_certificate (GTlsConnection *connection, GTlsCertificate *certificate,
                GTlsCertificateFlags faults, gpointer user_data)
{
  return TRUE;
}

static GIOStream *
wrap (const TnHttpServer *server, GSocketConnection *plain)
{
  if (server->certificate == NULL)
    return g_object_ref (G_IO_STREAM (plain));
  GIOStream *stream = g_tls_server_connection_new (G_IO_STREAM (plain), server->certificate, NULL);
  g_assert_nonnull (stream);
  if (server->requires_certificate)
    g_object_set (stream, "authentication-mode", G_TLS_AUTHENTICATION_REQUIRED, NULL);
  g_signal_connect (stream, "accept-certificate", G_CALLBACK (on_certificate), NULL);
  return stream;
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source,
             gpointer user_data)
{
  TnHttpServer *server = user_data;
  Peer *peer = g_new0 (Peer, 1);
  peer->server = server;
  peer->plain = g_object_ref (connection);
  peer->stream = wrap (server, connection);
  peer->stop = g_cancellable_new ();
  peer->in = g_byte_array_new ();
  peer->ordinal = ++server->n_connections;
  g_ptr_array_add (server->peers, peer);
  read_more (peer);
  return TRUE;
}

/**
 * tn_http_server_new_at:
 * @address: of loopback
 * @port: 0 for any
 */
TnHttpServer *
tn_http_server_new_at (const char *address, guint16 port)
{
  TnHttpServer *server = g_new0 (TnHttpServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);
  server->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  server->address = g_strdup (address);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  server->peers = g_ptr_array_new ();
  server->seen = g_ptr_array_new_with_free_func ((GDestroyNotify) seen_free);
  g_queue_init (&server->faults);
  g_signal_connect (server->service, "incoming", G_CALLBACK (on_incoming), server);
  return server;
}

TnHttpServer *
tn_http_server_new (void)
{
  return tn_http_server_new_at ("127.0.0.1", 0);
}

TnHttpServer *
tn_http_server_new_tls (GTlsCertificate *certificate)
{
  TnHttpServer *server = tn_http_server_new ();
  server->certificate = g_object_ref (certificate);
  return server;
}

/* Without a word to the clients. */
void
tn_http_server_close_connections (TnHttpServer *server)
{
  for (guint i = server->peers->len; i > 0; i--)
    {
      Peer *peer = g_ptr_array_index (server->peers, i - 1);
      end_answering (peer);
      g_clear_handle_id (&peer->timer_id, g_source_remove);
      peer->server = NULL;
      g_ptr_array_remove_index (server->peers, i - 1);
      g_socket_close (g_socket_connection_get_socket (peer->plain), NULL);
      /* An operation is always under way, except between two trickled bytes. */
      if (g_io_stream_has_pending (peer->stream)
          || g_input_stream_has_pending (g_io_stream_get_input_stream (peer->stream))
          || g_output_stream_has_pending (g_io_stream_get_output_stream (peer->stream)))
        g_cancellable_cancel (peer->stop);
      else
        peer_free (peer);
    }
}

void
tn_http_server_free (TnHttpServer *server)
{
  if (server == NULL)
    return;
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  tn_http_server_close_connections (server);
  while (g_main_context_iteration (NULL, FALSE))
    ; /* cancelled reads answer */
  tn_http_server_clear_faults (server);
  g_clear_pointer (&server->peers, g_ptr_array_unref);
  g_clear_pointer (&server->seen, g_ptr_array_unref);
  g_clear_object (&server->service);
  g_clear_object (&server->certificate);
  g_free (server->address);
  g_free (server);
}

void
tn_http_server_require_certificate (TnHttpServer *server)
{
  server->requires_certificate = TRUE;
}

void
tn_http_server_set_handler (TnHttpServer *server, TnHttpHandler handler, gpointer user_data)
{
  server->handler = handler;
  server->user_data = user_data;
}

void
tn_http_server_push_fault (TnHttpServer *server, guint after, const TnHttpFault *fault)
{
  Planned *planned = g_new0 (Planned, 1);
  planned->after = after;
  planned->fault = *fault;
  g_queue_push_tail (&server->faults, planned);
}

void
tn_http_server_clear_faults (TnHttpServer *server)
{
  g_queue_clear_full (&server->faults, g_free);
}

guint16
tn_http_server_get_port (const TnHttpServer *server)
{
  return server->port;
}

/* Returns: (transfer full) */
char *
tn_http_server_dup_url (const TnHttpServer *server, const char *path)
{
  return g_strdup_printf ("%s://%s:%u%s", server->certificate != NULL ? "https" : "http",
                          server->address, server->port, path);
}

guint
tn_http_server_count (const TnHttpServer *server)
{
  return server->seen->len;
}

guint
tn_http_server_count_connections (const TnHttpServer *server)
{
  return server->n_connections;
}

guint
tn_http_server_get_most_at_once (const TnHttpServer *server)
{
  return server->most_at_once;
}

guint64
tn_http_server_count_bytes (const TnHttpServer *server)
{
  return server->n_bytes;
}

const TnHttpSeen *
tn_http_server_get_seen (const TnHttpServer *server, guint index)
{
  g_assert_cmpuint (index, <, server->seen->len);
  return g_ptr_array_index (server->seen, index);
}

void
tn_http_server_forget (TnHttpServer *server)
{
  g_ptr_array_set_size (server->seen, 0);
  server->n_bytes = 0;
  server->most_at_once = server->n_at_once;
}
