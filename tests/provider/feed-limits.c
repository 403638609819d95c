/* Readers who mean harm, or know no better: the feed stays up, and answers the others. */
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>

#include "base/error.h"
#include "feed-site.h"

#define POST_HEAD                                                                                  \
  "POST / HTTP/1.1\r\n" FEED_HOST "Origin: https://kalender.example.dk\r\n"                        \
  "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"

static void
assert_up (FeedSite *site)
{
  g_assert_cmpuint (feed_site_status (site, FEED_GET ("/") FEED_CLOSE), ==, 200);
}

static void
test_body (FeedSite *site, gconstpointer unused)
{
  g_autofree char *body = g_strnfill (65537, 'a');
  g_autofree char *most = g_strdup_printf (POST_HEAD "Content-Length: 65536\r\n\r\n%s", body + 1);
  g_autofree char *more = g_strdup_printf (POST_HEAD "Content-Length: 65537\r\n\r\n");
  feed_site_open (site);

  g_assert_cmpuint (feed_site_status (site, most), ==, 200);
  g_assert_cmpuint (feed_site_status (site, more), ==, 413);

  g_assert_cmpuint (site->n_asked, ==, 1);
  g_assert_cmpuint (tn_publication_get_count (site->publication, TURNUS_COUNT_REFUSED), ==, 1);
}

static void
test_heads (FeedSite *site, gconstpointer unused)
{
  g_autofree char *filling = g_strnfill (20000, 'a');
  g_autofree char *line = g_strdup_printf ("GET /%.4090s HTTP/1.1\r\n", filling);
  g_autofree char *head
      = g_strdup_printf ("GET / HTTP/1.1\r\n" FEED_HOST "A: %.16384s\r\n\r\n", filling);
  feed_site_open (site);

  g_assert_cmpuint (feed_site_status (site, line), ==, 414);
  g_assert_cmpuint (feed_site_status (site, head), ==, 431);
  assert_up (site);
}

static void
test_slow (FeedSite *site, gconstpointer unused)
{
  feed_site_option (site, "request_ms", "400");
  feed_site_open (site);
  g_autoptr (GSocketConnection) slow = feed_site_dial (site);
  feed_site_send (slow, "GET / HTT", -1);

  g_autofree char *heard = feed_site_hear (site, slow);

  g_assert_cmpstr (heard, ==, "");
  g_assert_cmpuint (site->n_asked, ==, 0);
  feed_site_turn (site);
  g_assert_cmpuint (tn_publication_get_count (site->publication, TURNUS_COUNT_OPEN), ==, 0);
}

/* A byte now and then does not keep it open. */
static void
test_trickle (FeedSite *site, gconstpointer unused)
{
  feed_site_option (site, "request_ms", "400");
  feed_site_open (site);
  g_autoptr (GSocketConnection) slow = feed_site_dial (site);
  gint64 start_us = g_get_monotonic_time ();
  feed_site_send (slow, "GET /", -1);
  while (tn_publication_get_count (site->publication, TURNUS_COUNT_OPEN) == 0)
    g_main_context_iteration (NULL, TRUE);

  for (guint i = 0; tn_publication_get_count (site->publication, TURNUS_COUNT_OPEN) > 0; i++)
    {
      feed_site_send (slow, "a", i < 1000); /* fewer than the line may have */
      g_main_context_iteration (NULL, TRUE);
    }

  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 400 * 1000);
  g_assert_cmpuint (site->n_asked, ==, 0);
}

static void
test_idle (FeedSite *site, gconstpointer unused)
{
  feed_site_option (site, "idle_ms", "300");
  feed_site_open (site);
  g_autoptr (GSocketConnection) silent = feed_site_dial (site);
  g_autoptr (GSocketConnection) done = feed_site_dial (site);
  feed_site_send (done, FEED_GET ("/") "\r\n", -1);

  g_autofree char *nothing = feed_site_hear (site, silent);
  g_autofree char *heard = feed_site_hear (site, done);
  feed_site_turn (site);

  g_assert_cmpstr (nothing, ==, "");
  g_assert_true (g_str_has_suffix (heard, "\r\n\r\nStudietur"));
  g_assert_cmpuint (tn_publication_get_count (site->publication, TURNUS_COUNT_OPEN), ==, 0);
}

/* A site that does not answer, and a reader who takes nothing of a large page. */
static void
test_late_answer (FeedSite *site, gconstpointer unused)
{
  feed_site_option (site, "answer_ms", "300");
  site->waits = TRUE;
  feed_site_open (site);
  g_autoptr (GSocketConnection) asking = feed_site_dial (site);
  feed_site_send (asking, FEED_GET ("/") "\r\n", -1);

  g_autofree char *heard = feed_site_hear (site, asking);
  feed_site_let_go (site);
  feed_site_turn (site);

  g_assert_cmpstr (heard, ==, "");
  g_assert_cmpuint (tn_publication_get_count (site->publication, TURNUS_COUNT_OPEN), ==, 0);
}

static void
test_deaf (FeedSite *site, gconstpointer unused)
{
  g_autofree char *body = g_strnfill (20 * 1000 * 1000, 'a');
  feed_site_option (site, "answer_ms", "300");
  site->body = body;
  feed_site_open (site);
  g_autoptr (GSocketConnection) deaf = feed_site_dial (site);
  feed_site_send (deaf, FEED_GET ("/") "\r\n", -1);
  while (site->n_asked == 0)
    g_main_context_iteration (NULL, TRUE);

  while (tn_publication_get_count (site->publication, TURNUS_COUNT_OPEN) > 0)
    g_main_context_iteration (NULL, TRUE);

  site->body = "Studietur";
  assert_up (site);
}

static void
test_half_closed (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);
  g_autoptr (GSocketConnection) whole = feed_site_dial (site);
  g_autoptr (GSocketConnection) cut = feed_site_dial (site);
  feed_site_send (whole, FEED_GET ("/") "\r\n", -1);
  feed_site_send (cut, "GET / HTTP/1.1\r\nHo", -1);
  g_socket_shutdown (g_socket_connection_get_socket (whole), FALSE, TRUE, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (cut), FALSE, TRUE, NULL);

  g_autofree char *heard = feed_site_hear (site, whole);
  g_autofree char *nothing = feed_site_hear (site, cut);
  feed_site_turn (site);

  g_assert_true (g_str_has_suffix (heard, "\r\n\r\nStudietur"));
  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpuint (tn_publication_get_count (site->publication, TURNUS_COUNT_OPEN), ==, 0);
}

static void
test_gone (FeedSite *site, gconstpointer unused)
{
  site->waits = TRUE;
  feed_site_open (site);
  GSocketConnection *asking = feed_site_dial (site);
  feed_site_send (asking, FEED_GET ("/") "\r\n", -1);
  while (site->n_asked == 0)
    g_main_context_iteration (NULL, TRUE);

  g_object_unref (asking);
  feed_site_let_go (site);
  feed_site_turn (site);

  assert_up (site);
}

static void
test_rate (FeedSite *site, gconstpointer unused)
{
  feed_site_option (site, "rate", "1");
  feed_site_option (site, "burst", "2");
  feed_site_option (site, "trusted_proxy", "127.0.0.1");
  feed_site_open (site);
  assert_up (site);
  assert_up (site);

  g_autofree char *heard = feed_site_talk (site, FEED_GET ("/") FEED_CLOSE);

  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 429 "));
  g_assert_nonnull (strstr (heard, "\r\nRetry-After: 1\r\n"));
  g_assert_cmpuint (
      feed_site_status (site, FEED_GET ("/") "X-Forwarded-For: 192.0.2.1\r\n" FEED_CLOSE), ==, 200);
  g_assert_cmpuint (site->n_asked, ==, 3);
}

static void
test_most_callers (FeedSite *site, gconstpointer unused)
{
  feed_site_option (site, "connections", "3");
  feed_site_open (site);
  g_autoptr (GPtrArray) callers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < 3; i++)
    g_ptr_array_add (callers, feed_site_dial (site));

  g_autofree char *heard = feed_site_talk (site, FEED_GET ("/") FEED_CLOSE);
  g_ptr_array_remove_index (callers, 0);
  feed_site_turn (site);

  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 503 "));
  g_assert_cmpuint (tn_publication_get_count (site->publication, TURNUS_COUNT_BUSY), ==, 1);
  assert_up (site);
}

static void
test_crowd (FeedSite *site, gconstpointer unused)
{
  struct rlimit files = { 0 };
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &files), ==, 0);
  files.rlim_cur = MIN (files.rlim_max, 8192);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &files), ==, 0);
  if (files.rlim_cur < 4500)
    {
      g_test_skip ("this machine gives too few files for 2,000 connections to oneself");
      return;
    }
  feed_site_option (site, "connections", "1000");
  feed_site_open (site);
  g_autoptr (GPtrArray) callers = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < 2000; i++)
    {
      g_ptr_array_add (callers, feed_site_dial (site));
      feed_site_turn (site);
    }

  g_assert_cmpuint (tn_publication_get_count (site->publication, TURNUS_COUNT_OPEN), ==, 1000);
  g_assert_cmpuint (tn_publication_get_count (site->publication, TURNUS_COUNT_BUSY), ==, 1000);
  g_ptr_array_set_size (callers, 0);
  feed_site_turn (site);
  g_assert_cmpuint (tn_publication_get_count (site->publication, TURNUS_COUNT_OPEN), ==, 0);
  assert_up (site);
}

/* Whatever is sent: an answer of HTTP or none, and the next reader gets its page. */
static void
test_garbage (FeedSite *site, gconstpointer unused)
{
  static const char *const pieces[] = { "GET ",
                                        "POST ",
                                        "/",
                                        "%",
                                        " HTTP/1.1",
                                        "\r\n",
                                        "\r\n\r\n",
                                        "Host: a",
                                        ":",
                                        "\n",
                                        "\r",
                                        "A: b",
                                        "Content-Length: ",
                                        "5",
                                        "18446744073709551616",
                                        "Transfer-Encoding: chunked",
                                        "0\r\n\r\n",
                                        "\xff",
                                        "\xc3",
                                        FEED_HOST,
                                        "Range: bytes=0-,0-,0-",
                                        "Upgrade: websocket",
                                        "Connection: Upgrade",
                                        "Expect: 100-continue" };
  feed_site_option (site, "burst", "1000000");
  feed_site_option (site, "rate", "1000000");
  feed_site_open (site);
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (GString) garbage = g_string_new (NULL);
      g_autoptr (GSocketConnection) reader = feed_site_dial (site);
      guint n = (guint) g_test_rand_int_range (1, 30);
      for (guint j = 0; j < n; j++)
        if (g_test_rand_int_range (0, 8) == 0)
          g_string_append_c (garbage, (char) g_test_rand_int_range (0, 256));
        else
          g_string_append (garbage, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      feed_site_send (reader, garbage->str, (gssize) garbage->len);
      g_socket_shutdown (g_socket_connection_get_socket (reader), FALSE, TRUE, NULL);

      g_autofree char *heard = feed_site_hear (site, reader);

      g_assert_true (*heard == '\0' || g_str_has_prefix (heard, "HTTP/1."));
    }
  assert_up (site);
  feed_site_turn (site);
  g_assert_cmpuint (tn_publication_get_count (site->publication, TURNUS_COUNT_OPEN), ==, 0);
}

/* A second request hidden in the first, for a web server in front that reads otherwise. */
static void
test_smuggling (FeedSite *site, gconstpointer unused)
{
  feed_site_open (site);

  g_autofree char *heard = feed_site_talk (
      site, "POST / HTTP/1.1\r\n" FEED_HOST "Content-Length: 44\r\nTransfer-Encoding: chunked\r\n"
            "\r\n0\r\n\r\nGET /hidden HTTP/1.1\r\n" FEED_HOST FEED_CLOSE);

  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 411 "));
  g_assert_null (strstr (heard, "HTTP/1.1 200"));
  g_assert_cmpuint (site->n_asked, ==, 0);
}

static TnPublication *
try_listen (FeedSite *site, const char *listen, GError **error)
{
  TnPublishing what = { "andet", "https://kalender.example.dk/", site->options, "/" };
  TnAudience nobody = { 0 };
  feed_site_option (site, "listen", listen);
  return tn_loader_publish (site->loader, "feed", &what, &nobody, error);
}

static void
test_listen (FeedSite *site, gconstpointer unused)
{
  static const char *const wrong[]
      = { "0.0.0.0:8080", "192.0.2.1:80", "8080", "localhost:80", "unix:feed", "" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_assert_null (try_listen (site, wrong[i], &error));
      g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
    }
}

static void
test_taken (FeedSite *site, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  feed_site_open (site);

  g_assert_null (try_listen (site, site->listen, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "cannot listen to 127.0.0.1:"));
}

/* A socket file that nobody answers behind is taken over, one in use is not, and none is left. */
static void
test_socket (FeedSite *site, gconstpointer unused)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("turnus-feed-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "feed.sock", NULL);
  g_autofree char *listen = g_strconcat ("unix:", path, NULL);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  GSocket *left = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, 0, NULL);
  g_assert_true (g_socket_bind (left, address, FALSE, NULL));
  g_object_unref (left);

  TnPublication *publication = try_listen (site, listen, &error);
  g_assert_no_error (error);
  g_assert_null (try_listen (site, listen, &error));
  tn_publication_close (publication);

  g_assert_error (error, TN_ERROR, TN_ERROR_FAILED);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, run)                                                                             \
  g_test_add ("/provider/feed/limits/" name, FeedSite, NULL, feed_site_set_up, run,                \
              feed_site_tear_down)
  ADD ("body-has-a-limit", test_body);
  ADD ("line-and-head-have-limits", test_heads);
  ADD ("request-that-does-not-end-is-shown-out-hazard-77", test_slow);
  ADD ("request-that-trickles-is-shown-out-hazard-77", test_trickle);
  ADD ("connection-without-a-request-is-shown-out", test_idle);
  ADD ("answer-that-does-not-come-ends-the-connection", test_late_answer);
  ADD ("reader-who-takes-nothing-is-shown-out", test_deaf);
  ADD ("half-closed-reader-gets-what-it-asked-for", test_half_closed);
  ADD ("reader-who-has-gone-is-no-harm", test_gone);
  ADD ("reader-who-asks-too-fast-is-told-when-to-come-again", test_rate);
  ADD ("one-connection-too-many-is-turned-away", test_most_callers);
  ADD ("two-thousand-connections-are-no-harm", test_crowd);
  ADD ("garbage-is-no-harm", test_garbage);
  ADD ("hidden-request-is-not-seen", test_smuggling);
  ADD ("only-this-host-is-listened-to", test_listen);
  ADD ("address-in-use-is-told", test_taken);
  ADD ("socket-left-behind-is-taken-over", test_socket);
  return g_test_run ();
}
