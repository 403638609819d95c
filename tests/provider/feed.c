/* The feed on a real socket: what readers get, and what they never get. */
#include <string.h>

#include "feed-site.h"

static void
test_page (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);

  g_autofree char *heard
      = feed_site_talk (site, FEED_GET ("/turnus/7by/%C3%A5r?year=2027&lang=d%20a") FEED_CLOSE);

  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 200 OK\r\n"));
  g_assert_true (g_str_has_suffix (heard, "\r\n\r\nStudietur"));
  g_assert_cmpstr (site->asked, ==, "GET /7by/år 127.0.0.1 year=2027 lang=d a");
}

static void
test_strict (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);

  g_autofree char *heard = feed_site_talk (site, FEED_GET ("/") FEED_CLOSE);

  g_assert_nonnull (strstr (heard, "\r\nContent-Security-Policy: default-src 'none'; "
                                   "style-src 'self'; img-src 'self' data:; form-action 'self'; "
                                   "frame-ancestors 'none'; base-uri 'none'\r\n"));
  g_assert_nonnull (strstr (heard, "\r\nX-Content-Type-Options: nosniff\r\n"));
  g_assert_nonnull (strstr (heard, "\r\nReferrer-Policy: same-origin\r\n"));
  g_assert_nonnull (strstr (heard, "\r\nPermissions-Policy: "));
  g_assert_nonnull (strstr (heard, "\r\nCache-Control: no-store\r\n"));
  g_assert_nonnull (strstr (heard, "\r\nDate: "));
  g_assert_null (strstr (heard, "\r\nServer:"));
  g_assert_null (strstr (heard, "X-Injected"));
}

static void
test_head (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);

  g_autofree char *heard = feed_site_talk (site, "HEAD / HTTP/1.1\r\n" FEED_HOST FEED_CLOSE);

  g_assert_true (g_str_has_suffix (heard, "\r\n\r\n"));
  g_assert_nonnull (strstr (heard, "Content-Length: 9\r\n"));
  g_assert_cmpstr (site->asked, ==, "GET / 127.0.0.1");
}

static void
test_gzip (FeedSite *site, gconstpointer unused)
{
  g_autofree char *body = g_strnfill (4000, 'a');
  site->body = body;
  site->etag = "e1";
  feed_site_open (site);

  g_autofree char *packed
      = feed_site_talk (site, FEED_GET ("/") "Accept-Encoding: br, gzip\r\n" FEED_CLOSE);
  g_autofree char *refused
      = feed_site_talk (site, FEED_GET ("/") "Accept-Encoding: gzip;q=0\r\n" FEED_CLOSE);

  g_assert_nonnull (strstr (packed, "\r\nContent-Encoding: gzip\r\n"));
  g_assert_nonnull (strstr (packed, "\r\nVary: Accept-Encoding\r\n"));
  g_assert_nonnull (strstr (packed, "\r\nETag: \"e1-gz\"\r\n"));
  g_assert_null (strstr (packed, "aaaa"));
  g_assert_nonnull (strstr (refused, "\r\nETag: \"e1\"\r\n"));
  g_assert_true (g_str_has_suffix (refused, body));
}

/* The second time nobody is asked. */
static void
test_unchanged (FeedSite *site, gconstpointer unused)
{
  site->etag = "e1";
  feed_site_open (site);
  g_assert_cmpuint (feed_site_status (site, FEED_GET ("/a") FEED_CLOSE), ==, 200);

  g_autofree char *heard
      = feed_site_talk (site, FEED_GET ("/a") "If-None-Match: W/\"e1-gz\"\r\n" FEED_CLOSE);

  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 304 Not Modified\r\n"));
  g_assert_true (g_str_has_suffix (heard, "\r\n\r\n"));
  g_assert_cmpuint (site->n_asked, ==, 1);
  g_assert_cmpuint (tn_publication_get_count (site->publication, TURNUS_COUNT_UNCHANGED), ==, 1);
}

static void
test_new_version (FeedSite *site, gconstpointer unused)
{
  site->etag = "e1";
  feed_site_open (site);
  g_assert_cmpuint (feed_site_status (site, FEED_GET ("/a") FEED_CLOSE), ==, 200);
  site->version = 2;
  site->etag = "e2";

  guint status = feed_site_status (site, FEED_GET ("/a") "If-None-Match: \"e1\"\r\n" FEED_CLOSE);

  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpuint (site->n_asked, ==, 2);
}

static void
test_unchanged_all_the_same (FeedSite *site, gconstpointer unused)
{
  site->etag = "e1";
  feed_site_open (site);
  site->version = 2;

  guint status = feed_site_status (site, FEED_GET ("/a") "If-None-Match: \"e1\"\r\n" FEED_CLOSE);

  g_assert_cmpuint (status, ==, 304);
  g_assert_cmpuint (site->n_asked, ==, 1);
}

/* Whose page it is, only the site knows. */
static void
test_personal (FeedSite *site, gconstpointer unused)
{
  site->etag = "e1";
  feed_site_open (site);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpuint (feed_site_status (site,
                                        FEED_GET ("/a") "Cookie: s=1\r\n"
                                                        "If-None-Match: \"e1\"\r\n" FEED_CLOSE),
                      ==, 304);
  g_assert_cmpuint (site->n_asked, ==, 2);

  site->cache_control = "private, no-cache";
  g_assert_cmpuint (feed_site_status (site, FEED_GET ("/b") FEED_CLOSE), ==, 200);
  g_assert_cmpuint (feed_site_status (site, FEED_GET ("/b") "If-None-Match: \"e1\"\r\n" FEED_CLOSE),
                    ==, 304);
  g_assert_cmpuint (site->n_asked, ==, 4);
}

#define POST                                                                                       \
  "POST /godkend HTTP/1.1\r\n" FEED_HOST "Content-Type: application/x-www-form-urlencoded\r\n"     \
  "Content-Length: 14\r\n"

static void
test_form (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);

  guint status = feed_site_status (site, POST "Origin: https://kalender.example.dk\r\n" FEED_CLOSE
                                              "a=1+2&b=%C3%A6");

  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpstr (site->asked, ==, "POST /godkend 127.0.0.1 a=1 2 b=æ");
}

static void
test_foreign_form (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);

  guint foreign
      = feed_site_status (site, POST "Origin: https://ond.example\r\n" FEED_CLOSE "a=1+2&b=%C3%A6");
  guint other_site
      = feed_site_status (site, POST "Sec-Fetch-Site: same-site\r\n" FEED_CLOSE "a=1+2&b=%C3%A6");
  guint unsaid = feed_site_status (site, POST FEED_CLOSE "a=1+2&b=%C3%A6");

  g_assert_cmpuint (foreign, ==, 403);
  g_assert_cmpuint (other_site, ==, 403);
  g_assert_cmpuint (unsaid, ==, 403);
  g_assert_cmpuint (site->n_asked, ==, 0);
}

static void
test_methods (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);

  g_autofree char *heard = feed_site_talk (site, "DELETE / HTTP/1.1\r\n" FEED_HOST FEED_CLOSE);

  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 405 "));
  g_assert_nonnull (strstr (heard, "\r\nAllow: GET, HEAD, POST\r\n"));
  g_assert_nonnull (strstr (heard, "\r\nContent-Security-Policy: "));
}

static void
test_hosts (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);
  g_autofree char *local
      = g_strdup_printf ("GET / HTTP/1.1\r\nHost: %s\r\n" FEED_CLOSE, site->listen);

  g_assert_cmpuint (feed_site_status (site, local), ==, 200);
  g_assert_cmpuint (feed_site_status (site, "GET / HTTP/1.1\r\nHost: ond.example\r\n" FEED_CLOSE),
                    ==, 421);
  g_assert_cmpuint (feed_site_status (site, "GET / HTTP/1.1\r\n" FEED_CLOSE), ==, 400);
}

static void
test_folder (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);

  g_autofree char *heard = feed_site_talk (site, FEED_GET ("/turnus") FEED_CLOSE);

  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 308 "));
  g_assert_nonnull (strstr (heard, "\r\nLocation: https://kalender.example.dk/turnus/\r\n"));
}

static void
test_forwarded (FeedSite *site, gconstpointer unused)
{
  static const char ASK[] = FEED_GET ("/") "X-Forwarded-For: 6.6.6.6, 192.0.2.7\r\n"
                                           "X-User: anna\r\n" FEED_CLOSE;
  feed_site_open (site);
  g_assert_cmpuint (feed_site_status (site, ASK), ==, 200);
  g_assert_cmpstr (site->asked, ==, "GET / 127.0.0.1 user=anna");
  tn_publication_close (g_steal_pointer (&site->publication));
  feed_site_option (site, "trusted_proxy", "127.0.0.1");
  feed_site_option (site, "user_header", "x-user");
  feed_site_open (site);

  g_assert_cmpuint (feed_site_status (site, ASK), ==, 200);

  g_assert_cmpstr (site->asked, ==, "GET / 192.0.2.7 user=anna");
}

static void
test_identity_of_a_stranger (FeedSite *site, gconstpointer unused)
{
  feed_site_option (site, "trusted_proxy", "unix");
  feed_site_option (site, "user_header", "x-user");
  feed_site_open (site);

  g_assert_cmpuint (feed_site_status (site, FEED_GET ("/") "X-User: anna\r\n" FEED_CLOSE), ==, 200);

  g_assert_cmpstr (site->asked, ==, "GET / 127.0.0.1");
}

static void
test_keep_alive (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);

  g_autofree char *heard = feed_site_talk (
      site, FEED_GET ("/a") "\r\n" FEED_GET ("/b") "\r\n\r\n" FEED_GET ("/c") FEED_CLOSE);
  g_auto (GStrv) answers = g_strsplit (heard, "HTTP/1.1 200 OK\r\n", -1);

  g_assert_cmpuint (g_strv_length (answers), ==, 4);
  g_assert_cmpuint (site->n_asked, ==, 3);
  g_assert_cmpstr (site->asked, ==, "GET /c 127.0.0.1");
}

static void
test_old (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);

  g_autofree char *heard = feed_site_talk (site, "GET / HTTP/1.0\r\n\r\n");

  g_assert_true (g_str_has_prefix (heard, "HTTP/1.0 200 OK\r\n"));
  g_assert_true (g_str_has_suffix (heard, "\r\n\r\nStudietur"));
}

static void
test_stop (FeedSite *site, gconstpointer unused)
{
  site->waits = TRUE;
  feed_site_open (site);
  g_autoptr (GSocketConnection) asking = feed_site_dial (site);
  g_autoptr (GSocketConnection) idle = feed_site_dial (site);
  feed_site_send (asking, FEED_GET ("/") "\r\n", -1);
  while (site->n_asked == 0)
    g_main_context_iteration (NULL, TRUE);

  feed_site_stop (site);
  g_autofree char *nothing = feed_site_hear (site, idle);
  g_assert_false (site->is_stopped);
  feed_site_let_go (site);
  g_autofree char *heard = feed_site_hear (site, asking);
  feed_site_turn (site);

  g_assert_cmpstr (nothing, ==, "");
  g_assert_true (g_str_has_suffix (heard, "\r\n\r\nStudietur"));
  g_assert_true (site->is_stopped);
}

static void
test_close (FeedSite *site, gconstpointer unused)
{
  site->waits = TRUE;
  feed_site_open (site);
  g_autoptr (GSocketConnection) asking = feed_site_dial (site);
  feed_site_send (asking, FEED_GET ("/") "\r\n", -1);
  while (site->n_asked == 0)
    g_main_context_iteration (NULL, TRUE);

  tn_publication_close (g_steal_pointer (&site->publication));
  feed_site_let_go (site);
  g_autofree char *heard = feed_site_hear (site, asking);

  g_assert_cmpstr (heard, ==, "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, run)                                                                             \
  g_test_add ("/provider/feed/" name, FeedSite, NULL, feed_site_set_up, run, feed_site_tear_down)
  ADD ("page-of-the-site-is-given", test_page);
  ADD ("every-page-is-strict", test_strict);
  ADD ("head-gets-the-head", test_head);
  ADD ("texts-are-packed-for-whom-it-suits", test_gzip);
  ADD ("unchanged-page-is-told-without-asking-the-site", test_unchanged);
  ADD ("page-of-a-new-version-is-asked-for", test_new_version);
  ADD ("page-that-is-the-same-in-a-new-version-is-unchanged", test_unchanged_all_the_same);
  ADD ("page-for-one-reader-is-never-kept-for-another", test_personal);
  ADD ("form-of-our-own-page-is-handed-on", test_form);
  ADD ("form-of-another-site-is-refused", test_foreign_form);
  ADD ("other-methods-are-refused", test_methods);
  ADD ("other-hosts-are-refused", test_hosts);
  ADD ("folder-without-its-slash-is-led-to-it", test_folder);
  ADD ("trusted-proxy-says-who-reads", test_forwarded);
  ADD ("identity-is-taken-from-a-trusted-proxy-alone", test_identity_of_a_stranger);
  ADD ("requests-sent-at-once-are-answered-in-turn", test_keep_alive);
  ADD ("reader-of-old-is-answered", test_old);
  ADD ("stopping-answers-what-is-under-way", test_stop);
  ADD ("closing-cuts-off-what-is-under-way", test_close);
  return g_test_run ();
}
