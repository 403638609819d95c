/* What a peer may make us hold, wait for, and start at once. */
#include "base/error.h"
#include "fakes/await.h"
#include "fakes/fake-clock.h"
#include "http/client.h"
#include "http/site.h"

#include <string.h>

/* Compressed as a server may do it; @last FALSE leaves out the end of the stream. */
static GBytes *
compress (gsize zeros, gboolean whole)
{
  g_autoptr (GZlibCompressor) gzip = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9);
  g_autoptr (GOutputStream) memory = g_memory_output_stream_new_resizable ();
  g_autoptr (GOutputStream) stream = g_converter_output_stream_new (memory, G_CONVERTER (gzip));
  g_autofree char *block = g_malloc0 (65536);
  for (gsize at = 0; at < zeros; at += 65536)
    g_assert_true (
        g_output_stream_write_all (stream, block, MIN (65536, zeros - at), NULL, NULL, NULL));
  g_assert_true (g_output_stream_close (stream, NULL, NULL));
  g_autoptr (GBytes) all = g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
  return g_bytes_new_from_bytes (all, 0, g_bytes_get_size (all) - (whole ? 0 : 12));
}

static void
answer_gzip (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  tn_http_answer_add_header (answer, "Content-Encoding", "gzip");
  answer->body = g_bytes_ref (user_data);
}

static void
assert_too_big (TnHttpSite *site)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_http_site_send (site, "REPORT", "/dav/", "x", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_LIMIT);
}

static void
test_bomb (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GBytes) bomb = compress (200u << 20, TRUE);
  g_assert_cmpuint (g_bytes_get_size (bomb), <, 1u << 20);
  tn_http_server_set_handler (site->server, answer_gzip, bomb);
  site->limits.body_max_bytes = 1u << 20;
  assert_too_big (site);
}

static void
test_compressed (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GBytes) zipped = compress (5000, TRUE);
  g_autoptr (GError) error = NULL;
  tn_http_server_set_handler (site->server, answer_gzip, zipped);
  g_autoptr (TnHttpResponse) response = tn_http_site_send (site, "REPORT", "/dav/", "x", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (response->body), ==, 5000);
  g_assert_cmpstr (tn_http_site_get_header (site, 0, "accept-encoding"), ==, "gzip");
}

static void
test_compressed_cut (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GBytes) zipped = compress (5000, FALSE);
  g_autoptr (GError) error = NULL;
  tn_http_server_set_handler (site->server, answer_gzip, zipped);
  g_assert_null (tn_http_site_send (site, "REPORT", "/dav/", "x", &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
}

/* Decompressed all the same, since a server may compress what it was asked not to. */
static void
test_identity (TnHttpSite *site, gconstpointer unused)
{
  static const char *const methods[] = { "GET", "PUT", "DELETE" };
  g_autoptr (GBytes) zipped = compress (5000, TRUE);
  tn_http_server_set_handler (site->server, answer_gzip, zipped);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (TnHttpResponse) response
          = tn_http_site_send (site, methods[i], "/dav/", i == 1 ? "x" : NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (g_bytes_get_size (response->body), ==, 5000);
      g_assert_cmpstr (tn_http_site_get_header (site, i, "accept-encoding"), ==, "identity");
    }
}

static void
answer_zeros (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  gsize n = GPOINTER_TO_SIZE (user_data);
  answer->body = g_bytes_new_take (g_malloc0 (n), n);
}

static void
test_body_at_limit (TnHttpSite *site, gconstpointer unused)
{
  site->limits.body_max_bytes = 70000;
  tn_http_server_set_handler (site->server, answer_zeros, GSIZE_TO_POINTER (70000));
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  tn_http_server_set_handler (site->server, answer_zeros, GSIZE_TO_POINTER (70001));
  assert_too_big (site);
  tn_http_server_push_fault (site->server, 0, &(TnHttpFault){ .is_chunked = TRUE });
  assert_too_big (site);
}

static void
answer_headers (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  g_autofree char *value = g_strnfill (1000, 'x');
  for (guint i = 0; i < GPOINTER_TO_UINT (user_data); i++)
    tn_http_answer_add_header (answer, "X-Filler", value);
}

static void
test_head (TnHttpSite *site, gconstpointer unused)
{
  tn_http_server_set_handler (site->server, answer_headers, GUINT_TO_POINTER (60));
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  tn_http_server_set_handler (site->server, answer_headers, GUINT_TO_POINTER (70));
  assert_too_big (site);
}

/* Sends @n requests at once. Returns: (element-type GAsyncResult): one slot for each */
static GPtrArray *
send_many (TnHttpSite *site, const char *method, guint n, GCancellable *cancellable)
{
  g_autofree char *url = tn_http_server_dup_url (site->server, "/dav/x");
  GPtrArray *slots = g_ptr_array_new_full (n, g_object_unref);
  g_ptr_array_set_size (slots, (gint) n);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (TnHttpRequest) request = tn_http_request_new (method, url, NULL, NULL);
      tn_client_send_async (tn_http_site_open (site), request, cancellable, tn_await_store,
                            (GAsyncResult **) &slots->pdata[i]);
    }
  return slots;
}

static void
await_all (TnHttpSite *site, GPtrArray *slots)
{
  for (guint i = 0; i < slots->len; i++)
    {
      g_autoptr (GError) error = NULL;
      GAsyncResult *result = tn_await ((GAsyncResult **) &slots->pdata[i]);
      g_autoptr (TnHttpResponse) response = tn_client_send_finish (site->client, result, &error);
      g_assert_no_error (error);
    }
}

static void
test_parallel (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GPtrArray) slots = send_many (site, "GET", 100, NULL);
  await_all (site, slots);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 100);
  g_assert_cmpuint (tn_http_server_count_connections (site->server), <=, 16);
  g_assert_cmpuint (tn_http_server_get_most_at_once (site->server), <=, 16);
}

/* Two at first; what the server then takes, its answers tell. A question waits for no write. */
static void
test_writes (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  tn_http_server_push_fault (site->server, 0, &(TnHttpFault){ .hangs = TRUE });
  tn_http_server_push_fault (site->server, 0, &(TnHttpFault){ .hangs = TRUE });
  g_autoptr (GPtrArray) slots = send_many (site, "PUT", 20, cancellable);
  while (tn_http_server_count (site->server) < 2)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 3);

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < slots->len; i++)
    tn_await ((GAsyncResult **) &slots->pdata[i]);
  g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/x", "x"), ==, 200);
}

static void
test_strained (TnHttpSite *site, gconstpointer unused)
{
  tn_http_server_push_fault (site->server, 3, &(TnHttpFault){ .status = 500 });
  g_autoptr (GPtrArray) slots = send_many (site, "PUT", 6, NULL);
  await_all (site, slots);
  g_assert_cmpuint (tn_http_server_get_most_at_once (site->server), >, 1);
  tn_http_server_forget (site->server);

  g_autoptr (GPtrArray) more = send_many (site, "PUT", 50, NULL);
  await_all (site, more);

  g_assert_cmpuint (tn_http_server_count (site->server), ==, 50);
  g_assert_cmpuint (tn_http_server_get_most_at_once (site->server), ==, 1);
}

static void
test_cancel (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  for (guint i = 0; i < 20; i++)
    tn_http_server_push_fault (site->server, 0, &(TnHttpFault){ .hangs = TRUE });
  g_autoptr (GPtrArray) slots = send_many (site, "GET", 20, cancellable);
  while (tn_http_server_count (site->server) < 16)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < slots->len; i++)
    {
      g_autoptr (GError) error = NULL;
      GAsyncResult *result = tn_await ((GAsyncResult **) &slots->pdata[i]);
      g_assert_null (tn_client_send_finish (site->client, result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
  tn_http_server_clear_faults (site->server);
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
}

static void
test_patience (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  gint64 now_us = tn_clock_now_us (site->clock);
  tn_http_server_push_fault (site->server, 0,
                             &(TnHttpFault){ .status = 429, .header = "Retry-After: 600" });
  g_assert_cmpint (tn_client_get_not_before_us (tn_http_site_open (site)), ==, 0);

  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 429);

  gint64 wait_us = tn_client_get_not_before_us (site->client) - now_us;
  g_assert_cmpint (wait_us, >=, 600 * G_TIME_SPAN_SECOND);
  g_assert_cmpint (wait_us, <=, 675 * G_TIME_SPAN_SECOND);
  g_assert_null (tn_http_site_send (site, "GET", "/dav/", NULL, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_TEMPORARY);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 1);
  tn_fake_clock_advance_us (TN_FAKE_CLOCK (site->clock), 676 * G_TIME_SPAN_SECOND);
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
}

static void
test_patience_and_clock (TnHttpSite *site, gconstpointer unused)
{
  tn_http_server_push_fault (site->server, 0, &(TnHttpFault){ .status = 503 });
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 503);
  tn_fake_clock_jump_us (TN_FAKE_CLOCK (site->clock), -366 * G_TIME_SPAN_DAY);
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TN_HTTP_ADD ("/http/limits/hazard-83-bomb-of-gzip-stops-at-the-limit", test_bomb);
  TN_HTTP_ADD ("/http/limits/listing-may-be-compressed", test_compressed);
  TN_HTTP_ADD ("/http/limits/hazard-3-compressed-answer-without-its-end-is-an-error",
               test_compressed_cut);
  TN_HTTP_ADD ("/http/limits/hazard-22-what-bears-an-etag-is-not-compressed", test_identity);
  TN_HTTP_ADD ("/http/limits/hazard-83-body-is-held-up-to-the-limit", test_body_at_limit);
  TN_HTTP_ADD ("/http/limits/head-is-held-up-to-the-limit", test_head);
  TN_HTTP_ADD ("/http/limits/sixteen-requests-at-once", test_parallel);
  TN_HTTP_ADD ("/http/limits/writes-wait-for-each-other-and-questions-do-not", test_writes);
  TN_HTTP_ADD ("/http/limits/a-server-that-fails-at-several-gets-one-write-at-a-time",
               test_strained);
  TN_HTTP_ADD ("/http/limits/cancelled-requests-leave-nothing-behind", test_cancel);
  TN_HTTP_ADD ("/http/limits/hazard-79-retry-after-is-obeyed", test_patience);
  TN_HTTP_ADD ("/http/limits/hazard-82-clock-set-back-makes-no-wait-longer",
               test_patience_and_clock);
  return g_test_run ();
}
