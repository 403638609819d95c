/* What servers and networks do to a request, each by its number in the list of hazards. */
#include "base/error.h"
#include "fakes/await.h"
#include "http/client.h"
#include "http/site.h"

#include <string.h>

static const char LISTING[] = "<multistatus>0123456789</multistatus>";

static void
answer_listing (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  tn_http_answer_set_text (answer, "application/xml", LISTING);
}

/* One request that must fail so, of which nothing is asked a second time. */
static void
assert_fails (TnHttpSite *site, const char *method, const TnHttpFault *fault, int code)
{
  g_autoptr (GError) error = NULL;
  const char *body
      = strcmp (method, "GET") != 0 && strcmp (method, "DELETE") != 0 ? "BEGIN:VCALENDAR" : NULL;
  guint before = tn_http_server_count (site->server);
  tn_http_server_push_fault (site->server, 0, fault);

  g_autoptr (TnHttpResponse) response = tn_http_site_send (site, method, "/dav/a", body, &error);

  g_assert_null (response);
  g_assert_error (error, TN_ERROR, code);
  g_assert_nonnull (strstr (error->message, "/dav/a"));
  g_assert_cmpuint (tn_http_server_count (site->server), ==, before + 1);
}

static void
test_cut_length (TnHttpSite *site, gconstpointer unused)
{
  tn_http_server_set_handler (site->server, answer_listing, NULL);
  for (gsize at = 0; at < sizeof LISTING - 1; at++)
    assert_fails (site, "REPORT", &(TnHttpFault){ .cuts = TRUE, .cut_at = at }, TN_ERROR_TEMPORARY);
}

static void
test_cut_chunks (TnHttpSite *site, gconstpointer unused)
{
  tn_http_server_set_handler (site->server, answer_listing, NULL);
  for (gsize at = 0; at < sizeof LISTING + 20; at++)
    assert_fails (site, "REPORT", &(TnHttpFault){ .cuts = TRUE, .cut_at = at, .is_chunked = TRUE },
                  TN_ERROR_TEMPORARY);
}

static void
test_cut_head (TnHttpSite *site, gconstpointer unused)
{
  tn_http_server_set_handler (site->server, answer_listing, NULL);
  for (gsize at = 1; at < 40; at++)
    {
      g_autoptr (GError) error = NULL;
      tn_http_server_push_fault (site->server, 0,
                                 &(TnHttpFault){ .cuts_head = TRUE, .cut_at = at });
      g_assert_null (tn_http_site_send (site, "REPORT", "/dav/a", "x", &error));
      g_assert_nonnull (error);
    }
}

/* The one that cannot be seen here: who reads a listing asks for its closing tag. */
static void
test_cut_unending (TnHttpSite *site, gconstpointer unused)
{
  tn_http_server_set_handler (site->server, answer_listing, NULL);
  tn_http_server_push_fault (site->server, 0,
                             &(TnHttpFault){ .cuts = TRUE, .cut_at = 9, .is_unending = TRUE });
  g_autoptr (GError) error = NULL;
  g_autoptr (TnHttpResponse) response = tn_http_site_send (site, "REPORT", "/dav/a", "x", &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (response->body), ==, 9);
}

static void
test_wrong_length (TnHttpSite *site, gconstpointer unused)
{
  tn_http_server_set_handler (site->server, answer_listing, NULL);
  assert_fails (site, "GET", &(TnHttpFault){ .announced = sizeof LISTING + 5, .closes = TRUE },
                TN_ERROR_TEMPORARY);
}

static void
test_dropped (TnHttpSite *site, gconstpointer unused)
{
  static const char *const methods[] = { "PUT", "POST", "DELETE", "MKCALENDAR" };
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      /* The connection was used before: curl alone would send it a second time. */
      g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
      assert_fails (site, methods[i], &(TnHttpFault){ .drops = TRUE }, TN_ERROR_TEMPORARY);
      g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/", NULL), ==, 200);
      assert_fails (site, methods[i], &(TnHttpFault){ .drops = TRUE, .is_lost = TRUE },
                    TN_ERROR_TEMPORARY);
    }
}

static void
test_closed_idle (TnHttpSite *site, gconstpointer unused)
{
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpuint (tn_http_site_get_status (site, "PUT", "/dav/a", "text"), ==, 200);
      tn_http_server_close_connections (site->server);
      tn_await_idle ();
    }
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 5);
}

static void
test_reuse (TnHttpSite *site, gconstpointer unused)
{
  for (guint i = 0; i < 10; i++)
    g_assert_cmpuint (tn_http_site_get_status (site, i % 2 ? "PUT" : "REPORT", "/dav/a", "text"),
                      ==, 200);
  g_assert_cmpuint (tn_http_server_count_connections (site->server), ==, 1);
}

static void
test_hangs (TnHttpSite *site, gconstpointer unused)
{
  site->limits.total_ms = 50;
  assert_fails (site, "PUT", &(TnHttpFault){ .hangs = TRUE }, TN_ERROR_TEMPORARY);
  assert_fails (site, "GET", &(TnHttpFault){ .hangs = TRUE }, TN_ERROR_TEMPORARY);
}

static void
test_trickles (TnHttpSite *site, gconstpointer unused)
{
  site->limits.total_ms = 100;
  tn_http_server_set_handler (site->server, answer_listing, NULL);
  assert_fails (site, "GET", &(TnHttpFault){ .trickle_ms = 10 }, TN_ERROR_TEMPORARY);
}

static void
test_stalls (TnHttpSite *site, gconstpointer unused)
{
  site->limits.stall_s = 1;
  site->limits.stall_bytes = 1000;
  tn_http_server_set_handler (site->server, answer_listing, NULL);
  assert_fails (site, "GET", &(TnHttpFault){ .trickle_ms = 20 }, TN_ERROR_TEMPORARY);
}

static void
answer_redirect (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  answer->status = (guint) g_ascii_strtoull (seen->target + strlen ("/dav/"), NULL, 10);
  tn_http_answer_add_header (answer, "Location", user_data);
}

static void
test_redirect (TnHttpSite *site, gconstpointer unused)
{
  static const char *const paths[] = { "/dav/301", "/dav/302", "/dav/303", "/dav/307", "/dav/308" };
  static const char *const methods[] = { "GET", "PUT", "PROPFIND", "DELETE" };
  g_autoptr (TnHttpServer) other = tn_http_server_new_at ("127.0.0.2", 0);
  g_autofree char *elsewhere = tn_http_server_dup_url (other, "/stolen");
  tn_http_server_set_handler (site->server, answer_redirect, elsewhere);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    for (guint j = 0; j < G_N_ELEMENTS (methods); j++)
      {
        const char *body = j % 2 ? "text" : NULL;
        g_autoptr (GError) error = NULL;
        g_autoptr (TnHttpResponse) response
            = tn_http_site_send (site, methods[j], paths[i], body, &error);
        g_assert_no_error (error);
        g_assert_cmpuint (response->status, >=, 301);
        g_assert_cmpstr (tn_http_response_find_header (response, "location"), ==, elsewhere);
      }
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 20);
  g_assert_cmpuint (tn_http_server_count_connections (other), ==, 0);
}

static void
test_redirect_loop (TnHttpSite *site, gconstpointer unused)
{
  tn_http_server_set_handler (site->server, answer_redirect, (gpointer) "/dav/302");
  g_assert_cmpuint (tn_http_site_get_status (site, "GET", "/dav/302", NULL), ==, 302);
  g_assert_cmpuint (tn_http_server_count (site->server), ==, 1);
}

static void
test_other_origin (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (TnHttpServer) other = tn_http_server_new_at ("127.0.0.2", 0);
  g_autofree char *elsewhere = tn_http_server_dup_url (other, "/x");
  g_autofree char *scheme
      = g_strdup_printf ("https://127.0.0.1:%u/x", tn_http_server_get_port (site->server));
  g_autofree char *user
      = g_strdup_printf ("http://a@127.0.0.1:%u/x", tn_http_server_get_port (site->server));
  g_autofree char *tricky
      = g_strdup_printf ("http://127.0.0.1:%u\\@127.0.0.2:%u/x",
                         tn_http_server_get_port (site->server), tn_http_server_get_port (other));
  const char *const urls[] = { elsewhere,
                               scheme,
                               user,
                               tricky,
                               "/relative",
                               "",
                               "file:///etc/passwd",
                               "http://",
                               "http://127.0.0.1:1/x",
                               "http://127.0.0.1:99999/",
                               "gopher://127.0.0.1/",
                               "http://127.0.0.1/a b",
                               "http://127.0.0.1/\r\nX: y" };
  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (tn_http_site_send_to (site, "GET", urls[i], NULL, NULL, &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_PROTOCOL);
    }
  g_assert_cmpuint (tn_http_server_count_connections (other), ==, 0);
  g_assert_cmpuint (tn_http_server_count_connections (site->server), ==, 0);
}

static void
test_header_injection (TnHttpSite *site, gconstpointer unused)
{
  static const char *const headers[][3] = {
    { "Depth", "1\r\nX-Other: y", NULL },
    { "De pth", "1", NULL },
    { "", "1", NULL },
    { "Authorization", "Basic x", NULL },
    { "Host", "other", NULL },
    { "Cookie", "a", NULL },
    { "Depth", "1\n", NULL },
    { "a:b", "1", NULL },
  };
  g_autofree char *url = tn_http_server_dup_url (site->server, "/dav/");
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (tn_http_site_send_to (site, "GET", url, headers[i], NULL, &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
    }
  g_autoptr (GError) error = NULL;
  g_assert_null (tn_http_site_send_to (site, "GET /x HTTP/1.1\r\n", url, NULL, NULL, &error));
  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_cmpuint (tn_http_server_count_connections (site->server), ==, 0);
}

static void
test_not_http (TnHttpSite *site, gconstpointer unused)
{
  assert_fails (site, "GET", &(TnHttpFault){ .raw = "<html>hello</html>\r\n" }, TN_ERROR_PROTOCOL);
  assert_fails (site, "GET", &(TnHttpFault){ .raw = "\r\n\r\n" }, TN_ERROR_PROTOCOL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TN_HTTP_ADD ("/http/faults/hazard-3-body-cut-before-its-length-is-an-error", test_cut_length);
  TN_HTTP_ADD ("/http/faults/hazard-3-chunks-cut-anywhere-are-an-error", test_cut_chunks);
  TN_HTTP_ADD ("/http/faults/hazard-3-head-cut-anywhere-is-an-error", test_cut_head);
  TN_HTTP_ADD ("/http/faults/hazard-3-body-that-ends-with-its-connection-cannot-be-judged",
               test_cut_unending);
  TN_HTTP_ADD ("/http/faults/hazard-3-length-that-is-too-long-is-an-error", test_wrong_length);
  TN_HTTP_ADD ("/http/faults/hazard-27-unanswered-write-is-not-sent-twice", test_dropped);
  TN_HTTP_ADD ("/http/faults/connection-closed-while-idle-is-not-noticed", test_closed_idle);
  TN_HTTP_ADD ("/http/faults/connection-is-used-again", test_reuse);
  TN_HTTP_ADD ("/http/faults/hazard-77-server-that-never-answers-is-left", test_hangs);
  TN_HTTP_ADD ("/http/faults/hazard-77-answer-byte-by-byte-is-left", test_trickles);
  TN_HTTP_ADD ("/http/faults/hazard-77-answer-below-the-least-speed-is-left", test_stalls);
  TN_HTTP_ADD ("/http/faults/hazard-75-redirect-is-an-answer", test_redirect);
  TN_HTTP_ADD ("/http/faults/hazard-74-redirect-to-itself-is-asked-once", test_redirect_loop);
  TN_HTTP_ADD ("/http/faults/hazard-76-another-origin-gets-nothing", test_other_origin);
  TN_HTTP_ADD ("/http/faults/header-with-a-line-end-is-not-sent", test_header_injection);
  TN_HTTP_ADD ("/http/faults/what-is-not-http-is-refused", test_not_http);
  return g_test_run ();
}
