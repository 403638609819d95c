/* tests/fakes/http-server.h — a scripted HTTP/1.1 server on loopback, in the test's own main loop
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _TnHttpServer TnHttpServer;

/* A request as it came. */
typedef struct
{
  guint connection;    /* which connection brought it; the first is 1 */
  char *method;        /* (owned) */
  char *target;        /* (owned) as sent */
  char *head;          /* (owned) request line and headers as sent */
  GHashTable *headers; /* (owned) (element-type utf8 utf8) names in lower case */
  GBytes *body;        /* (owned) never NULL; chunks joined */
} TnHttpSeen;

const char *tn_http_seen_get_header (const TnHttpSeen *seen, const char *name);

/* What to do to one exchange. Zero is: nothing. */
typedef struct
{
  gboolean is_lost; /* the request never reaches the handler; combine with one of the next */
  gboolean drops;   /* closes instead of answering */
  gboolean hangs;   /* never answers */
  gboolean closes;  /* closes after the answer without having said so */
  gboolean cuts;    /* closes after `cut_at` bytes of the body as it is on the wire */
  gsize cut_at;
  gboolean cuts_head;   /* closes after `cut_at` bytes of the whole answer */
  gint64 announced;     /* Content-Length; 0: the true one */
  gboolean is_chunked;  /* no Content-Length, chunks of 7 bytes */
  gboolean is_unending; /* close-delimited: neither length nor chunks */
  guint trickle_ms;     /* a byte of the answer each so many milliseconds */
  guint status;         /* instead of the handler's; with an empty body */
  const char *header;   /* (unowned) one more header line without its end */
  const char *raw;      /* (unowned) instead of the whole answer */
} TnHttpFault;

/* What the handler fills in; 200 and nothing when it does not. */
typedef struct
{
  guint status;
  GString *headers; /* (owned) lines, each ended by CRLF */
  GBytes *body;     /* (owned) (nullable) */
} TnHttpAnswer;

void tn_http_answer_add_header (TnHttpAnswer *answer, const char *name, const char *value);
void tn_http_answer_set_text (TnHttpAnswer *answer, const char *type, const char *text);

typedef void (*TnHttpHandler) (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data);

TnHttpServer *tn_http_server_new (void);
TnHttpServer *tn_http_server_new_tls (GTlsCertificate *certificate);
TnHttpServer *tn_http_server_new_at (const char *address, guint16 port);
void tn_http_server_free (TnHttpServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHttpServer, tn_http_server_free)

/* From now on only clients that show a certificate are let in, whichever it is. */
void tn_http_server_require_certificate (TnHttpServer *server);
void tn_http_server_set_handler (TnHttpServer *server, TnHttpHandler handler, gpointer user_data);

/* The next exchange that has no fault yet gets this one; `after` exchanges go well before. */
void tn_http_server_push_fault (TnHttpServer *server, guint after, const TnHttpFault *fault);
void tn_http_server_clear_faults (TnHttpServer *server);
void tn_http_server_close_connections (TnHttpServer *server); /* without a word */

guint16 tn_http_server_get_port (const TnHttpServer *server);
char *tn_http_server_dup_url (const TnHttpServer *server, const char *path);
guint tn_http_server_count (const TnHttpServer *server); /* requests, also lost ones */
guint tn_http_server_count_connections (const TnHttpServer *server);
guint tn_http_server_get_most_at_once (const TnHttpServer *server); /* requests under way */
guint64 tn_http_server_count_bytes (const TnHttpServer *server);    /* both ways */
const TnHttpSeen *tn_http_server_get_seen (const TnHttpServer *server, guint index);
void tn_http_server_forget (TnHttpServer *server); /* counts and requests */

G_END_DECLS
