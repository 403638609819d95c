/* What goes back: a refusal, "you have it already", or the host's page with the headers that every
 * page of ours has. The site's pages need no script and nothing from elsewhere, so nothing of that
 * is allowed to run, whatever text somebody puts into an event.
 *
 * Source: RFC 9110 sections 8.8.3, 10.2.3 and 15.4.5; RFC 9111 section 5.2; CSP level 3. */
#include "answer.h"

#include <string.h>

#include "packing.h"

static const guint RETRY_S = 5; /* after the site was too busy */

/* An answer of the host that is awaited. */
typedef struct
{
  FeedDoor *door;             /* (owned) */
  SoupServerMessage *message; /* (owned) */
  FeedRequest *request;       /* (owned) */
  guint64 version;            /* of the site when it was asked */
  gulong finished_id;
  gboolean is_over; /* nobody waits for it any more */
} Awaited;

static void
set (SoupMessageHeaders *headers, const char *name, const char *value)
{
  soup_message_headers_replace (headers, name, value);
}

static void
set_strict (SoupMessageHeaders *headers)
{
  set (headers, "Content-Security-Policy",
       "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
       "frame-ancestors 'none'; base-uri 'none'");
  set (headers, "X-Content-Type-Options", "nosniff");
  /* Not `no-referrer`: a browser then says "Origin: null" of our own forms, too. */
  set (headers, "Referrer-Policy", "same-origin");
  set (headers, "Permissions-Policy",
       "camera=(), geolocation=(), microphone=(), payment=(), usb=()");
  set (headers, "Cross-Origin-Opener-Policy", "same-origin");
  set (headers, "Cross-Origin-Resource-Policy", "same-origin");
}

static void
set_body (SoupServerMessage *message, GBytes *body)
{
  if (body == NULL)
    return;
  SoupMessageBody *to = soup_server_message_get_response_body (message);
  soup_message_body_append_bytes (to, body);
  soup_message_body_complete (to);
}

/* One line of text: who asks like that reads no page. */
static void
send_refusal (SoupServerMessage *message, guint status, const char *location, guint wait_s)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *text = g_strdup_printf ("%u %s\n", status, soup_status_get_phrase (status));
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  soup_server_message_set_status (message, status, NULL);
  set_strict (headers);
  set (headers, "Content-Type", "text/plain; charset=utf-8");
  set (headers, "Cache-Control", "no-store");
  if (status == 405)
    set (headers, "Allow", "GET, HEAD, POST");
  if (location != NULL)
    set (headers, "Location", location);
  if (wait_s > 0)
    {
      g_autofree char *wait = g_strdup_printf ("%u", wait_s);
      set (headers, "Retry-After", wait);
    }
  set_body (message, body);
}

static void
send_unchanged (SoupServerMessage *message, const FeedRequest *request, const char *etag,
                const char *cache_control)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *tag = feed_packing_dup_tag (etag, request->takes_gzip);
  soup_server_message_set_status (message, 304, NULL);
  set (headers, "ETag", tag);
  set (headers, "Cache-Control", cache_control);
  set (headers, "Vary", "Accept-Encoding");
}

/* The site says how a page of it may be kept; a page for one reader is no other's. */
static const char *
get_cache_control (const TurnusWebPage *page)
{
  for (guint i = 0;
       page->headers != NULL && page->headers[i] != NULL && page->headers[i + 1] != NULL; i += 2)
    if (g_ascii_strcasecmp (page->headers[i], "cache-control") == 0)
      return page->headers[i + 1];
  return page->etag != NULL ? "no-cache" : "no-store";
}

/* What would end a header early is left out: it is a fault of the host, and no reader's business.
 */
static gboolean
is_header (const char *name, const char *value)
{
  return strpbrk (name, "\r\n: ") == NULL && *name != '\0' && strpbrk (value, "\r\n") == NULL;
}

static void
set_page_headers (SoupMessageHeaders *headers, const TurnusWebPage *page)
{
  for (guint i = 0;
       page->headers != NULL && page->headers[i] != NULL && page->headers[i + 1] != NULL; i += 2)
    if (is_header (page->headers[i], page->headers[i + 1]))
      soup_message_headers_append (headers, page->headers[i], page->headers[i + 1]);
}

static void
send_page (SoupServerMessage *message, const FeedRequest *request, const TurnusWebPage *page)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  gsize bytes = page->body != NULL ? g_bytes_get_size (page->body) : 0;
  g_autoptr (GBytes) packed = request->takes_gzip && feed_packing_is_worth (page->type, bytes)
                                  ? feed_packing_pack (page->body)
                                  : NULL;
  soup_server_message_set_status (message, page->status, NULL);
  set_page_headers (headers, page);
  set_strict (headers);
  set (headers, "Cache-Control", get_cache_control (page));
  set (headers, "Vary", "Accept-Encoding");
  if (page->type != NULL)
    set (headers, "Content-Type", page->type);
  if (packed != NULL)
    set (headers, "Content-Encoding", "gzip");
  if (page->etag != NULL)
    {
      g_autofree char *tag = feed_packing_dup_tag (page->etag, packed != NULL);
      set (headers, "ETag", tag);
    }
  set_body (message, packed != NULL ? packed : page->body);
}

/* Only what is the same for everybody may be said without the host. */
static gboolean
is_common (const FeedRequest *request, const TurnusWebPage *page)
{
  return page->status == 200 && page->etag != NULL && !request->is_personal
         && strstr (get_cache_control (page), "no-store") == NULL
         && strstr (get_cache_control (page), "private") == NULL;
}

static void
finish (Awaited *awaited, const TurnusWebPage *page)
{
  FeedDoor *door = awaited->door;
  const FeedRequest *request = awaited->request;
  gboolean is_get = strcmp (request->method, "GET") == 0;
  door->counts[TURNUS_COUNT_ANSWERED]++;
  if (is_get && is_common (request, page))
    feed_memo_put (door->memo, request->target, awaited->version, page->etag,
                   get_cache_control (page));
  if (is_get && page->status == 200 && page->etag != NULL
      && feed_packing_has_tag (request->tag, page->etag))
    send_unchanged (awaited->message, request, page->etag, get_cache_control (page));
  else
    send_page (awaited->message, request, page);
}

static void
awaited_free (Awaited *awaited)
{
  g_signal_handler_disconnect (awaited->message, awaited->finished_id);
  g_object_unref (awaited->message);
  feed_request_free (awaited->request);
  feed_door_unref (awaited->door);
  g_free (awaited);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Awaited, awaited_free)

/* What went wrong is for the log of the host, not for readers. */
static void
send_failure (SoupServerMessage *message, const GError *error)
{
  if (error->code == TURNUS_ERROR_TEMPORARY)
    send_refusal (message, 503, NULL, RETRY_S);
  else
    send_refusal (message, 500, NULL, 0);
}

static void
on_over (SoupServerMessage *message, gpointer user_data)
{
  Awaited *awaited = user_data;
  awaited->is_over = TRUE;
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Awaited) awaited = user_data;
  g_autoptr (GError) error = NULL;
  FeedDoor *door = awaited->door;
  if (door->is_closed)
    return;
  g_autoptr (TurnusWebPage) page = door->host->answer_finish (door->host_data, result, &error);
  if (awaited->is_over)
    return;
  if (page != NULL)
    finish (awaited, page);
  else
    send_failure (awaited->message, error);
  soup_server_message_unpause (awaited->message);
}

static void
ask_host (FeedDoor *door, FeedCaller *caller, SoupServerMessage *message, guint64 version)
{
  Awaited *awaited = g_new0 (Awaited, 1);
  awaited->door = feed_door_ref (door);
  awaited->message = g_object_ref (message);
  awaited->request = g_steal_pointer (&caller->request);
  awaited->version = version;
  awaited->finished_id = g_signal_connect (message, "finished", G_CALLBACK (on_over), awaited);
  const FeedRequest *request = awaited->request;
  TurnusVisit visit
      = { .size = sizeof visit,
          .method = request->method,
          .path = request->path,
          .query = (const char *const *) request->query->pdata,
          .form = request->form != NULL ? (const char *const *) request->form->pdata : NULL,
          .headers = (const char *const *) request->headers->pdata,
          .peer = request->peer };
  soup_server_message_pause (message);
  door->host->answer_async (door->host_data, &visit, caller->cancellable, on_page, awaited);
}

/**
 * feed_answer_is_due:
 *
 * Returns: %TRUE when a request of @caller has come in and its answer has not gone yet
 */
gboolean
feed_answer_is_due (const FeedCaller *caller)
{
  return caller->is_answering;
}

/**
 * feed_answer_send:
 * @caller: whose request is to be answered
 * @message: libsoup's place for the answer
 */
void
feed_answer_send (FeedDoor *door, FeedCaller *caller, SoupServerMessage *message)
{
  const FeedRequest *request = caller->request;
  if (request->refusal != 0)
    {
      door->counts[request->refusal == 429 ? TURNUS_COUNT_BUSY : TURNUS_COUNT_REFUSED]++;
      send_refusal (message, request->refusal, request->location, caller->wait_s);
      return;
    }
  guint64 version = door->host->get_site_version (door->host_data);
  const FeedMemoPage *known
      = request->tag != NULL && !request->is_personal && strcmp (request->method, "GET") == 0
            ? feed_memo_find (door->memo, request->target, version)
            : NULL;
  if (known != NULL && feed_packing_has_tag (request->tag, known->etag))
    {
      door->counts[TURNUS_COUNT_UNCHANGED]++;
      send_unchanged (message, request, known->etag, known->cache_control);
      return;
    }
  ask_host (door, caller, message, version);
}
