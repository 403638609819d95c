/* A process that does nothing but answer polls, to be measured: the feed with a site of one page,
 * or a bare SoupServer that says 304 to everything. */
#include <libsoup/soup.h>
#include <string.h>

#include "base/clock.h"
#include "provider/loader.h"

static void
answer_async (gpointer user_data, const TurnusVisit *visit, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer callback_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, callback_data);
  g_autofree char *text = g_strnfill (40000, 'a'); /* a calendar of about 80 events */
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));
  TurnusWebPage *page = turnus_web_page_new (200, "text/calendar; charset=utf-8", body);
  page->etag = g_strdup ("e1");
  g_task_return_pointer (task, page, (GDestroyNotify) turnus_web_page_free);
}

static TurnusWebPage *
answer_finish (gpointer user_data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static guint64
get_version (gpointer user_data)
{
  return 1;
}

static int
serve_feed (GMainLoop *loop, const char *port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnClock) clock = tn_clock_new_system ();
  g_autoptr (TnLoader) loader = tn_loader_new (g_getenv ("TURNUS_PLUGINS"), clock);
  g_autoptr (GHashTable) options = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *listen = g_strconcat ("127.0.0.1:", port, NULL);
  g_hash_table_insert (options, (gpointer) "listen", listen);
  g_hash_table_insert (options, (gpointer) "rate", (gpointer) "1000000");
  g_hash_table_insert (options, (gpointer) "burst", (gpointer) "1000000");
  TnPublishing what = { "sted", "http://localhost/", options, "/" };
  TnAudience audience = { answer_async, answer_finish, get_version, NULL };
  g_autoptr (TnPublication) publication
      = tn_loader_publish (loader, "feed", &what, &audience, &error);
  if (publication == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_main_loop_run (loop);
  return 0;
}

static void
on_bare (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
         gpointer user_data)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  soup_message_headers_replace (headers, "ETag", "\"e1\"");
  soup_server_message_set_status (message, 304, NULL);
}

static int
serve_bare (GMainLoop *loop, const char *port)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupServer) server = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (server, NULL, on_bare, NULL, NULL);
  if (!soup_server_listen_local (server, (guint) g_ascii_strtoull (port, NULL, 10),
                                 SOUP_SERVER_LISTEN_IPV4_ONLY, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  g_main_loop_run (loop);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  if (argc != 3)
    return 2;
  return strcmp (argv[1], "bare") == 0 ? serve_bare (loop, argv[2]) : serve_feed (loop, argv[2]);
}
