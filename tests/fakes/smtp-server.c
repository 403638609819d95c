/* Enough of SMTP for one client: EHLO, STARTTLS, AUTH PLAIN and LOGIN, MAIL, RCPT, DATA, QUIT.
 * Every letter that is answered with 250 is caught; also one whose answer is then lost. */
#include "fakes/smtp-server.h"

#include <string.h>

struct _TnSmtpServer
{
  GSocketService *service;      /* (owned) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  gboolean is_tls_from_the_start;
  gboolean is_away;
  gboolean offers_nothing;
  guint16 port;
  guint n_connections;
  GPtrArray *caught;   /* (owned) (element-type TnCaught) */
  GPtrArray *peers;    /* (owned) (element-type Peer) (unowned elements) */
  GString *heard;      /* (owned) all lines that came */
  GQueue faults;       /* (element-type TnSmtpFault) (owned) */
  GHashTable *refused; /* (owned) (element-type utf8 utf8) reply by address */
};

typedef struct
{
  TnSmtpServer *server; /* (unowned) (nullable) NULL: the server is gone */
  GIOStream *stream;    /* (owned) */
  GDataInputStream *in; /* (owned) */
  GCancellable *stop;   /* (owned) */
  char *from;           /* (owned) (nullable) */
  char *to;             /* (owned) (nullable) */
  char *user;           /* (owned) (nullable) of AUTH LOGIN */
  char *login;          /* (owned) (nullable) */
  GString *text;        /* (owned) (nullable) during DATA */
  char *out;            /* (owned) (nullable) being written */
  guint n_auth;         /* lines that AUTH still waits for */
  gboolean is_safe;
  gboolean starts_tls; /* after this answer */
  gboolean closes;     /* likewise */
} Peer;

static void read_line (Peer *peer);

static void
caught_free (TnCaught *caught)
{
  g_free (caught->from);
  g_free (caught->to);
  g_free (caught->text);
  g_free (caught->login);
  g_free (caught);
}

static void
peer_free (Peer *peer)
{
  if (peer->server != NULL)
    g_ptr_array_remove_fast (peer->server->peers, peer);
  g_io_stream_close (peer->stream, NULL, NULL);
  g_clear_object (&peer->in);
  g_clear_object (&peer->stream);
  g_clear_object (&peer->stop);
  g_free (peer->from);
  g_free (peer->to);
  g_free (peer->user);
  g_free (peer->login);
  g_free (peer->out);
  if (peer->text != NULL)
    g_string_free (peer->text, TRUE);
  g_free (peer);
}

static void
set_stream (Peer *peer, GIOStream *stream)
{
  g_clear_object (&peer->in);
  peer->stream = stream;
  peer->in = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (peer->in), FALSE);
  g_data_input_stream_set_newline_type (peer->in, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
}

static gboolean
on_certificate (GTlsConnection *connection, GTlsCertificate *certificate,
                GTlsCertificateFlags faults, gpointer user_data)
{
  return TRUE;
}

static void
start_tls (Peer *peer)
{
  GIOStream *tls = g_tls_server_connection_new (peer->stream, peer->server->certificate, NULL);
  g_assert_nonnull (tls);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (on_certificate), NULL);
  g_clear_object (&peer->in);
  g_object_unref (peer->stream);
  set_stream (peer, tls);
  peer->is_safe = TRUE;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Peer *peer = user_data;
  gboolean done = g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_clear_pointer (&peer->out, g_free);
  if (!done || peer->server == NULL || peer->closes)
    {
      peer_free (peer);
      return;
    }
  if (peer->starts_tls)
    start_tls (peer);
  peer->starts_tls = FALSE;
  read_line (peer);
}

static void
answer (Peer *peer, const char *reply)
{
  peer->out = g_strconcat (reply, "\r\n", NULL);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (peer->stream), peer->out,
                                   strlen (peer->out), G_PRIORITY_DEFAULT, peer->stop, on_written,
                                   peer);
}

/* Returns: FALSE when a fault took this stage over; then @peer may be gone */
static gboolean
pass_stage (Peer *peer, TnSmtpStage stage)
{
  TnSmtpFault *fault = g_queue_peek_head (&peer->server->faults);
  if (fault == NULL || fault->stage != stage)
    return TRUE;
  g_queue_pop_head (&peer->server->faults);
  g_autofree TnSmtpFault *owned = fault;
  if (fault->drops)
    peer_free (peer);
  else if (fault->hangs)
    read_line (peer); /* what comes is not answered: see on_line */
  else
    answer (peer, fault->reply);
  return FALSE;
}

static void
take_over (Peer *peer)
{
  TnCaught *caught = g_new0 (TnCaught, 1);
  caught->from = g_strdup (peer->from);
  caught->to = g_strdup (peer->to);
  caught->text = g_strdup (peer->text->str);
  caught->login = g_strdup (peer->login);
  caught->was_safe = peer->is_safe;
  g_ptr_array_add (peer->server->caught, caught);
}

/* The answer may be a refusal, and only then the letter is none of ours. */
static void
end_letter (Peer *peer)
{
  const TnSmtpFault *fault = g_queue_peek_head (&peer->server->faults);
  gboolean is_refused = fault != NULL && fault->stage == TN_SMTP_DOT && fault->reply != NULL;
  if (!is_refused)
    take_over (peer);
  g_string_free (g_steal_pointer (&peer->text), TRUE);
  if (pass_stage (peer, TN_SMTP_DOT))
    answer (peer, "250 2.0.0 taken over");
}

static void
take_text (Peer *peer, const char *line)
{
  if (strcmp (line, ".") == 0)
    {
      end_letter (peer);
      return;
    }
  g_string_append_printf (peer->text, "%s\r\n", *line == '.' ? line + 1 : line);
  read_line (peer);
}

static void
set_login (Peer *peer, const char *user, const char *password)
{
  g_free (peer->login);
  peer->login = g_strconcat (user, ":", password, NULL);
  peer->n_auth = 0;
  if (pass_stage (peer, TN_SMTP_AUTH))
    answer (peer, "235 2.7.0 welcome");
}

static void
take_plain (Peer *peer, const char *code)
{
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (code, &length);
  for (gsize i = 0; i < length; i++)
    if (bytes[i] == '\0')
      bytes[i] = '\n';
  g_autofree char *text = g_strndup ((char *) bytes, length);
  g_auto (GStrv) parts = g_strsplit (text, "\n", 3);
  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  set_login (peer, parts[1], parts[2]);
}

static void
take_login (Peer *peer, const char *code)
{
  gsize length = 0;
  g_autofree guchar *bytes = g_base64_decode (code, &length);
  g_autofree char *text = g_strndup ((char *) bytes, length);
  if (peer->user == NULL)
    {
      peer->user = g_steal_pointer (&text);
      answer (peer, "334 UGFzc3dvcmQ6");
      return;
    }
  g_autofree char *user = g_steal_pointer (&peer->user);
  set_login (peer, user, text);
}

static void
take_auth (Peer *peer, const char *rest)
{
  peer->n_auth = g_str_has_prefix (rest, "LOGIN") ? 2 : 1;
  const char *first = strchr (rest, ' ');
  if (g_str_has_prefix (rest, "PLAIN") && first != NULL)
    take_plain (peer, first + 1);
  else if (first != NULL)
    take_login (peer, first + 1);
  else
    answer (peer, peer->n_auth == 2 ? "334 VXNlcm5hbWU6" : "334 ");
}

static char *
dup_path (const char *line)
{
  const char *start = strchr (line, '<');
  const char *end = start != NULL ? strchr (start, '>') : NULL;
  g_assert_nonnull (end);
  return g_strndup (start + 1, (gsize) (end - start) - 1);
}

static void
greet_back (Peer *peer)
{
  const TnSmtpServer *server = peer->server;
  gboolean has_tls = server->certificate != NULL && !peer->is_safe && !server->offers_nothing;
  g_autofree char *reply = g_strconcat ("250-localhost\r\n", has_tls ? "250-STARTTLS\r\n" : "",
                                        server->offers_nothing ? "" : "250-AUTH PLAIN LOGIN\r\n",
                                        "250 8BITMIME", NULL);
  answer (peer, reply);
}

static void
take_receiver (Peer *peer, const char *line)
{
  g_free (peer->to);
  peer->to = dup_path (line);
  const char *refusal = g_hash_table_lookup (peer->server->refused, peer->to);
  answer (peer, refusal != NULL ? refusal : "250 2.1.5 known");
}

static void
take_sender (Peer *peer, const char *line)
{
  g_free (peer->from);
  peer->from = dup_path (line);
  answer (peer, "250 2.1.0 known");
}

static void
begin_letter (Peer *peer)
{
  peer->text = g_string_new (NULL);
  answer (peer, "354 go on");
}

static void
take_command (Peer *peer, const char *line)
{
  if (g_ascii_strncasecmp (line, "EHLO ", 5) == 0)
    {
      if (pass_stage (peer, TN_SMTP_EHLO))
        greet_back (peer);
    }
  else if (g_ascii_strcasecmp (line, "STARTTLS") == 0)
    {
      peer->starts_tls = TRUE;
      if (pass_stage (peer, TN_SMTP_STARTTLS))
        answer (peer, "220 go on");
    }
  else if (g_ascii_strncasecmp (line, "AUTH ", 5) == 0)
    take_auth (peer, line + 5);
  else if (g_ascii_strncasecmp (line, "MAIL ", 5) == 0)
    {
      if (pass_stage (peer, TN_SMTP_MAIL))
        take_sender (peer, line);
    }
  else if (g_ascii_strncasecmp (line, "RCPT ", 5) == 0)
    {
      if (pass_stage (peer, TN_SMTP_RCPT))
        take_receiver (peer, line);
    }
  else if (g_ascii_strcasecmp (line, "DATA") == 0)
    {
      if (pass_stage (peer, TN_SMTP_DATA))
        begin_letter (peer);
    }
  else if (g_ascii_strcasecmp (line, "QUIT") == 0)
    {
      peer->closes = TRUE;
      if (pass_stage (peer, TN_SMTP_QUIT))
        answer (peer, "221 2.0.0 farewell");
    }
  else
    answer (peer, "502 5.5.1 unknown");
}

static void
on_line (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Peer *peer = user_data;
  g_autofree char *line = g_data_input_stream_read_line_finish (peer->in, result, NULL, NULL);
  if (line == NULL || peer->server == NULL)
    {
      peer_free (peer);
      return;
    }
  g_string_append_printf (peer->server->heard, "%s\n", line);
  if (peer->text != NULL)
    take_text (peer, line);
  else if (peer->n_auth > 0 && peer->n_auth == 1)
    take_plain (peer, line);
  else if (peer->n_auth > 0)
    take_login (peer, line);
  else
    take_command (peer, line);
}

static void
read_line (Peer *peer)
{
  g_data_input_stream_read_line_async (peer->in, G_PRIORITY_DEFAULT, peer->stop, on_line, peer);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source,
             gpointer user_data)
{
  TnSmtpServer *server = user_data;
  server->n_connections++;
  if (server->is_away)
    {
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
      return TRUE;
    }
  Peer *peer = g_new0 (Peer, 1);
  peer->server = server;
  peer->stop = g_cancellable_new ();
  set_stream (peer, g_object_ref (G_IO_STREAM (connection)));
  g_ptr_array_add (server->peers, peer);
  if (server->is_tls_from_the_start)
    start_tls (peer);
  if (pass_stage (peer, TN_SMTP_GREET))
    answer (peer, "220 localhost ESMTP");
  return TRUE;
}

/**
 * tn_smtp_server_new:
 * @certificate: (nullable): with which it offers STARTTLS
 * @is_tls_from_the_start: smtps
 */
TnSmtpServer *
tn_smtp_server_new (GTlsCertificate *certificate, gboolean is_tls_from_the_start)
{
  TnSmtpServer *server = g_new0 (TnSmtpServer, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  server->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  server->certificate = certificate != NULL ? g_object_ref (certificate) : NULL;
  server->is_tls_from_the_start = is_tls_from_the_start;
  server->caught = g_ptr_array_new_with_free_func ((GDestroyNotify) caught_free);
  server->peers = g_ptr_array_new ();
  server->heard = g_string_new (NULL);
  server->refused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_queue_init (&server->faults);
  g_signal_connect (server->service, "incoming", G_CALLBACK (on_incoming), server);
  return server;
}

void
tn_smtp_server_free (TnSmtpServer *server)
{
  if (server == NULL)
    return;
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  for (guint i = 0; i < server->peers->len; i++)
    {
      Peer *peer = g_ptr_array_index (server->peers, i);
      peer->server = NULL;
      g_cancellable_cancel (peer->stop);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ; /* cancelled reads answer */
  g_queue_clear_full (&server->faults, g_free);
  g_ptr_array_unref (server->peers);
  g_ptr_array_unref (server->caught);
  g_hash_table_unref (server->refused);
  g_string_free (server->heard, TRUE);
  g_clear_object (&server->certificate);
  g_clear_object (&server->service);
  g_free (server);
}

void
tn_smtp_server_push_fault (TnSmtpServer *server, const TnSmtpFault *fault)
{
  TnSmtpFault *copy = g_new (TnSmtpFault, 1);
  *copy = *fault;
  g_queue_push_tail (&server->faults, copy);
}

void
tn_smtp_server_clear_faults (TnSmtpServer *server)
{
  g_queue_clear_full (&server->faults, g_free);
}

/* @reply: (nullable): NULL: it is taken again */
void
tn_smtp_server_refuse (TnSmtpServer *server, const char *address, const char *reply)
{
  if (reply != NULL)
    g_hash_table_replace (server->refused, g_strdup (address), g_strdup (reply));
  else
    g_hash_table_remove (server->refused, address);
}

void
tn_smtp_server_set_away (TnSmtpServer *server, gboolean is_away)
{
  server->is_away = is_away;
}

void
tn_smtp_server_offer_nothing (TnSmtpServer *server)
{
  server->offers_nothing = TRUE;
}

/* Returns: (transfer full) */
char *
tn_smtp_server_dup_url (const TnSmtpServer *server)
{
  return g_strdup_printf ("%s://127.0.0.1:%u", server->is_tls_from_the_start ? "smtps" : "smtp",
                          server->port);
}

guint
tn_smtp_server_count (const TnSmtpServer *server)
{
  return server->caught->len;
}

guint
tn_smtp_server_count_connections (const TnSmtpServer *server)
{
  return server->n_connections;
}

gboolean
tn_smtp_server_heard (const TnSmtpServer *server, const char *words)
{
  return strstr (server->heard->str, words) != NULL;
}

const TnCaught *
tn_smtp_server_get (const TnSmtpServer *server, guint index)
{
  g_assert_cmpuint (index, <, server->caught->len);
  return g_ptr_array_index (server->caught, index);
}

void
tn_smtp_server_forget (TnSmtpServer *server)
{
  g_ptr_array_set_size (server->caught, 0);
  g_string_truncate (server->heard, 0);
}
