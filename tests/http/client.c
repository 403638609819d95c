#include "http/client.h"

#include "base/error.h"
#include "fakes/await.h"
#include "http/site.h"

static void
answer_text (const TnHttpSeen *seen, TnHttpAnswer *answer, gpointer user_data)
{
  tn_http_answer_set_text (answer, "text/plain", "hello");
}

static void
test_whole (TnHttpSite *site, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  tn_http_server_set_handler (site->server, answer_text, NULL);

  g_autoptr (TnHttpResponse) response = tn_http_site_send (site, "GET", "/dav/a.ics", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (response->status, ==, 200);
  g_assert_cmpstr (tn_http_response_find_header (response, "content-type"), ==, "text/plain");
  g_assert_cmpmem (g_bytes_get_data (response->body, NULL), g_bytes_get_size (response->body),
                   "hello", 5);
}

static void
test_methods (TnHttpSite *site, gconstpointer unused)
{
  static const char *const methods[]
      = { "PUT", "DELETE", "PROPFIND", "REPORT", "MKCALENDAR", "GET", "POST", "OPTIONS", "HEAD" };
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      const char *body = i % 2 == 0 && i != 8 ? "some text" : NULL;
      g_assert_cmpuint (tn_http_site_get_status (site, methods[i], "/dav/x", body), ==, 200);
      const TnHttpSeen *seen = tn_http_server_get_seen (site->server, i);
      g_assert_cmpstr (seen->method, ==, methods[i]);
      g_assert_cmpstr (seen->target, ==, "/dav/x");
      g_assert_cmpuint (g_bytes_get_size (seen->body), ==, body != NULL ? 9 : 0);
      g_assert_null (tn_http_seen_get_header (seen, "expect"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TN_HTTP_ADD ("/http/client/gives-the-whole-answer", test_whole);
  TN_HTTP_ADD ("/http/client/sends-any-method-with-and-without-a-body", test_methods);
  return g_test_run ();
}
