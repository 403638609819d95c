/* What a plugin sends through the host's table, and what it is told when that does not work. */
#include "provider/host.h"

#include "fakes/await.h"
#include "fakes/fake-clock.h"
#include "fakes/http-server.h"

typedef struct
{
  TnHttpServer *server; /* (owned) */
  TnHost *host;         /* (owned) */
} Place;

static TnHost *
open_host (const char *url)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnFakeClock) clock = tn_fake_clock_new (20000);
  g_autoptr (TnAccount) account = tn_account_new (url);
  g_autoptr (TnClient) client
      = url != NULL ? tn_client_new (account, TN_CLOCK (clock), NULL, NULL, &error) : NULL;
  g_assert_no_error (error);
  return tn_host_new (TN_CLOCK (clock), "egen", client);
}

static void
set_up (Place *place, gconstpointer unused)
{
  place->server = tn_http_server_new ();
  g_autofree char *url = tn_http_server_dup_url (place->server, "/dav/");
  place->host = open_host (url);
}

static void
tear_down (Place *place, gconstpointer unused)
{
  tn_host_free (place->host);
  tn_http_server_free (place->server);
}

static TurnusResponse *
send_to (TnHost *host, const char *url, GCancellable *cancellable, GError **error)
{
  static const char *const headers[] = { "If-None-Match", "*", NULL };
  const TurnusHost *table = tn_host_get_table ();
  GAsyncResult *slot = NULL;
  g_autoptr (GBytes) body = g_bytes_new_static ("text", 4);
  TurnusRequest request = { .method = "PUT", .url = url, .headers = headers, .body = body };
  table->send_async (host, &request, cancellable, tn_await_store, &slot);
  g_autoptr (GAsyncResult) result = tn_await (&slot);
  return table->send_finish (host, result, error);
}

static void
answer_created (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  answer->status = 201;
  tn_http_answer_add_header (answer, "ETag", "\"1\"");
}

static void
test_sent (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = tn_http_server_dup_url (place->server, "/dav/a.ics");
  tn_http_server_set_handler (place->server, answer_created, NULL);

  g_autoptr (TurnusResponse) response = send_to (place->host, url, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 201);
  g_assert_true (g_strv_contains ((const char *const *) response->headers, "etag"));
  g_assert_cmpuint (g_bytes_get_size (response->body), ==, 0);
  const TnHttpSeen *seen = tn_http_server_get_seen (place->server, 0);
  g_assert_cmpstr (tn_http_seen_get_header (seen, "if-none-match"), ==, "*");
}

/* Hazard 79. */
static void
test_inner_patience (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *url = tn_http_server_dup_url (place->server, "/dav/a.ics");
  gint64 now_us = tn_host_get_table ()->now_us (place->host);
  tn_host_get_table ()->be_patient (place->host, 300);

  g_autoptr (TurnusResponse) response = send_to (place->host, url, NULL, &error);

  g_assert_null (response);
  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_TEMPORARY);
  g_assert_cmpuint (tn_http_server_count (place->server), ==, 0);
  g_assert_cmpint (tn_host_get_not_before_us (place->host), >=, now_us + 300 * G_USEC_PER_SEC);
}

static void
test_errors (Place *place, gconstpointer unused)
{
  g_autoptr (GError) other = NULL;
  g_autoptr (GError) lost = NULL;
  g_autofree char *url = tn_http_server_dup_url (place->server, "/dav/a.ics");
  g_assert_null (send_to (place->host, "https://dav.example/", NULL, &other));
  g_assert_error (other, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL);
  tn_http_server_push_fault (place->server, 0, &(TnHttpFault){ .drops = TRUE });
  g_assert_null (send_to (place->host, url, NULL, &lost));
  g_assert_error (lost, TURNUS_ERROR, TURNUS_ERROR_TEMPORARY);
}

static void
test_cancelled (Place *place, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *url = tn_http_server_dup_url (place->server, "/dav/a.ics");
  g_cancellable_cancel (cancellable);
  g_assert_null (send_to (place->host, url, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (tn_http_server_count (place->server), ==, 0);
}

static void
test_patience (Place *place, gconstpointer unused)
{
  g_autofree char *url = tn_http_server_dup_url (place->server, "/dav/a.ics");
  g_assert_cmpint (tn_host_get_not_before_us (place->host), ==, 0);
  tn_http_server_push_fault (place->server, 0, &(TnHttpFault){ .status = 503 });
  g_autoptr (TurnusResponse) response = send_to (place->host, url, NULL, NULL);
  g_assert_cmpuint (response->status, ==, 503);
  g_assert_cmpint (tn_host_get_not_before_us (place->host), >, 0);
}

static void
test_no_url (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnHost) host = open_host (NULL);
  g_assert_null (send_to (host, "http://127.0.0.1/", NULL, &error));
  g_assert_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID);
  g_assert_cmpint (tn_host_get_not_before_us (host), ==, 0);
}

#define ADD(name, test) g_test_add ("/provider/host/" name, Place, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sends-what-a-plugin-asks-for", test_sent);
  ADD ("says-in-the-plugin's-words-what-failed", test_errors);
  ADD ("cancelled-request-stays-cancelled", test_cancelled);
  ADD ("hazard-79-knows-what-the-server-asked-for", test_patience);
  ADD ("patience-inside-of-an-answer-counts-hazard-79", test_inner_patience);
  g_test_add_func ("/provider/host/calendar-without-url-sends-nothing", test_no_url);
  return g_test_run ();
}
