/* A stream that reads requests whole, has them judged, and gives libsoup a request line of its own
 * in the place of each: `GET /17 HTTP/1.1`. So nothing that a reader writes is parsed by libsoup,
 * whatever faults its parsers have (hazard section 2f), and no limit depends on it. A reader may
 * send the next request before the answer to the last (pipelining): it waits here. */
#include "gate.h"

#include <string.h>

#define READ_BYTES 4096

#define FEED_TYPE_INLET (feed_inlet_get_type ())
G_DECLARE_FINAL_TYPE (FeedInlet, feed_inlet, FEED, INLET, GInputStream)

struct _FeedInlet
{
  GInputStream parent;
  GPollableInputStream *base; /* (owned) */
  GSocket *socket;            /* (owned) */
  const FeedGateWatch *watch; /* (unowned) (nullable) NULL: nobody is told any more */
  gpointer user_data;
  GByteArray *got;    /* (owned) bytes of requests to come, as sent */
  FeedHead *head;     /* (owned) (nullable) of the request whose body is awaited */
  GString *line;      /* (owned) what libsoup is still to read */
  gboolean has_begun; /* a request is being read */
  gboolean is_over;   /* nothing more is read */
};

struct _FeedGate
{
  GIOStream parent;
  GSocketConnection *base; /* (owned) */
  FeedInlet *inlet;        /* (owned) */
};

static void pollable_init (GPollableInputStreamInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (FeedInlet, feed_inlet, G_TYPE_INPUT_STREAM,
                               G_IMPLEMENT_INTERFACE (G_TYPE_POLLABLE_INPUT_STREAM, pollable_init))
G_DEFINE_FINAL_TYPE (FeedGate, feed_gate, G_TYPE_IO_STREAM)

/* Nothing of @head comes to libsoup but whether a body and another request follow the answer. */
static void
hand_on (FeedInlet *self, FeedHead *head, const char *body, guint refusal)
{
  gboolean goes_on = FALSE;
  const char *method = head != NULL && strcmp (head->method, "HEAD") == 0 ? "HEAD" : "GET";
  const char *version = head != NULL && head->is_old ? "HTTP/1.0" : "HTTP/1.1";
  g_autofree char *target = self->watch != NULL
                                ? self->watch->take (self->user_data, head, body, refusal, &goes_on)
                                : g_strdup ("/");
  g_string_printf (self->line, "%s %s %s\r\nHost: turnus\r\n%s\r\n", method, target, version,
                   goes_on ? "" : "Connection: close\r\n");
  self->has_begun = FALSE;
  self->is_over = !goes_on;
}

static void
refuse (FeedInlet *self, guint refusal)
{
  g_byte_array_set_size (self->got, 0);
  hand_on (self, NULL, "", refusal);
}

static void
drop_front (FeedInlet *self, gsize length)
{
  g_byte_array_remove_range (self->got, 0, (guint) length);
}

/* Empty lines before a request are allowed (RFC 9112 section 2.2); only whole ones are. */
static void
skip_blank (FeedInlet *self)
{
  while (self->head == NULL && self->got->len >= 2 && memcmp (self->got->data, "\r\n", 2) == 0)
    drop_front (self, 2);
}

static gboolean
read_head (FeedInlet *self)
{
  guint refusal = 0;
  skip_blank (self);
  if (self->got->len == 0)
    return FALSE;
  if (!self->has_begun && self->watch != NULL)
    self->watch->begun (self->user_data);
  self->has_begun = TRUE;
  gssize end = feed_head_find_end ((const char *) self->got->data, self->got->len, &refusal);
  if (end > 0)
    self->head = feed_head_parse ((const char *) self->got->data, (gsize) end, &refusal);
  if (self->head != NULL)
    drop_front (self, (gsize) end);
  else if (refusal != 0)
    refuse (self, refusal);
  return self->head != NULL;
}

/* As far as what has come makes a whole request. */
static void
step (FeedInlet *self)
{
  if (self->is_over || self->line->len > 0 || (self->head == NULL && !read_head (self)))
    return;
  gsize length = self->head->body_bytes;
  if (self->got->len < length)
    return;
  g_autofree char *body = g_strndup ((const char *) self->got->data, length);
  drop_front (self, length);
  hand_on (self, g_steal_pointer (&self->head), body, 0);
}

/* Nobody is there any more. libsoup 3.2.3 ends a connection on which it has answered something only
 * after another answer, and else keeps it for ever: so it is asked for one that nobody gets. */
static void
take_leave (FeedInlet *self)
{
  g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
  g_string_assign (self->line, "GET /0 HTTP/1.1\r\nHost: turnus\r\nConnection: close\r\n\r\n");
  self->is_over = TRUE;
}

static gssize
give (FeedInlet *self, void *buffer, gsize count)
{
  gsize length = MIN (count, self->line->len);
  memcpy (buffer, self->line->str, length);
  g_string_erase (self->line, 0, (gssize) length);
  return (gssize) length;
}

static gssize
read_nonblocking (GPollableInputStream *stream, void *buffer, gsize count, GError **error)
{
  FeedInlet *self = FEED_INLET (stream);
  guint8 piece[READ_BYTES];
  step (self);
  while (self->line->len == 0 && !self->is_over)
    {
      g_autoptr (GError) why = NULL;
      gssize n
          = g_pollable_input_stream_read_nonblocking (self->base, piece, sizeof piece, NULL, &why);
      if (n < 0 && g_error_matches (why, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          g_propagate_error (error, g_steal_pointer (&why));
          return -1;
        }
      if (n <= 0)
        {
          take_leave (self);
          break;
        }
      g_byte_array_append (self->got, piece, (guint) n);
      step (self);
    }
  return give (self, buffer, count);
}

static gboolean
is_readable (GPollableInputStream *stream)
{
  FeedInlet *self = FEED_INLET (stream);
  step (self);
  return self->line->len > 0 || self->is_over || g_pollable_input_stream_is_readable (self->base);
}

static GSource *
create_source (GPollableInputStream *stream, GCancellable *cancellable)
{
  FeedInlet *self = FEED_INLET (stream);
  step (self);
  g_autoptr (GSource) child = self->line->len > 0 || self->is_over
                                  ? g_timeout_source_new (0)
                                  : g_pollable_input_stream_create_source (self->base, NULL);
  return g_pollable_source_new_full (stream, child, cancellable);
}

static void
pollable_init (GPollableInputStreamInterface *iface)
{
  iface->is_readable = is_readable;
  iface->create_source = create_source;
  iface->read_nonblocking = read_nonblocking;
}

/* Nobody may wait here. */
static gssize
read_blocking (GInputStream *stream, void *buffer, gsize count, GCancellable *cancellable,
               GError **error)
{
  return read_nonblocking (G_POLLABLE_INPUT_STREAM (stream), buffer, count, error);
}

static void
inlet_finalize (GObject *object)
{
  FeedInlet *self = FEED_INLET (object);
  g_clear_object (&self->base);
  g_clear_object (&self->socket);
  g_byte_array_unref (self->got);
  feed_head_free (self->head);
  g_string_free (self->line, TRUE);
  G_OBJECT_CLASS (feed_inlet_parent_class)->finalize (object);
}

static void
feed_inlet_class_init (FeedInletClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = inlet_finalize;
  G_INPUT_STREAM_CLASS (klass)->read_fn = read_blocking;
}

static void
feed_inlet_init (FeedInlet *self)
{
  self->got = g_byte_array_new ();
  self->line = g_string_new (NULL);
}

static GInputStream *
get_input (GIOStream *stream)
{
  return G_INPUT_STREAM (FEED_GATE (stream)->inlet);
}

static GOutputStream *
get_output (GIOStream *stream)
{
  return g_io_stream_get_output_stream (G_IO_STREAM (FEED_GATE (stream)->base));
}

static void
tell_closed (FeedGate *self)
{
  const FeedGateWatch *watch = g_steal_pointer (&self->inlet->watch);
  if (watch != NULL)
    watch->closed (self->inlet->user_data);
}

static gboolean
close_gate (GIOStream *stream, GCancellable *cancellable, GError **error)
{
  FeedGate *self = FEED_GATE (stream);
  tell_closed (self);
  return g_io_stream_close (G_IO_STREAM (self->base), NULL, error);
}

static void
gate_dispose (GObject *object)
{
  FeedGate *self = FEED_GATE (object);
  if (self->inlet != NULL)
    tell_closed (self);
  G_OBJECT_CLASS (feed_gate_parent_class)->dispose (object);
}

static void
gate_finalize (GObject *object)
{
  FeedGate *self = FEED_GATE (object);
  g_clear_object (&self->inlet);
  g_clear_object (&self->base);
  G_OBJECT_CLASS (feed_gate_parent_class)->finalize (object);
}

static void
feed_gate_class_init (FeedGateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = gate_dispose;
  G_OBJECT_CLASS (klass)->finalize = gate_finalize;
  G_IO_STREAM_CLASS (klass)->get_input_stream = get_input;
  G_IO_STREAM_CLASS (klass)->get_output_stream = get_output;
  G_IO_STREAM_CLASS (klass)->close_fn = close_gate;
}

static void
feed_gate_init (FeedGate *self)
{
}

/**
 * feed_gate_new:
 * @base: the reader's connection
 * @watch: (unowned)
 *
 * Returns: (transfer full): what libsoup is given for it
 */
FeedGate *
feed_gate_new (GSocketConnection *base, const FeedGateWatch *watch, gpointer user_data)
{
  FeedGate *self = g_object_new (FEED_TYPE_GATE, NULL);
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (base));
  self->base = g_object_ref (base);
  self->inlet = g_object_new (FEED_TYPE_INLET, NULL);
  self->inlet->base = g_object_ref (G_POLLABLE_INPUT_STREAM (input));
  self->inlet->socket = g_object_ref (g_socket_connection_get_socket (base));
  self->inlet->watch = watch;
  self->inlet->user_data = user_data;
  return self;
}
