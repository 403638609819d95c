#include "feed-site.h"

#include <stdlib.h>
#include <string.h>

#include "fakes/fake-clock.h"

static void
answer (FeedSite *site, GTask *task)
{
  g_autoptr (GBytes) body = g_bytes_new (site->body, strlen (site->body));
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();
  TurnusWebPage *page = turnus_web_page_new (200, "text/html; charset=utf-8", body);
  page->etag = g_strdup (site->etag);
  if (site->cache_control != NULL)
    g_strv_builder_add_many (headers, "Cache-Control", site->cache_control, NULL);
  g_strv_builder_add_many (headers, "X-Broken", "a\r\nX-Injected: b", NULL);
  page->headers = g_strv_builder_end (headers);
  g_task_return_pointer (task, page, (GDestroyNotify) turnus_web_page_free);
}

static void
append_fields (GString *to, const char *const *fields)
{
  for (guint i = 0; fields != NULL && fields[i] != NULL; i += 2)
    g_string_append_printf (to, " %s=%s", fields[i], fields[i + 1]);
}

static void
answer_async (gpointer user_data, const TurnusVisit *visit, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer callback_data)
{
  FeedSite *site = user_data;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, callback_data);
  GString *asked = g_string_new (NULL);
  g_string_append_printf (asked, "%s %s %s", visit->method, visit->path, visit->peer);
  append_fields (asked, visit->query);
  append_fields (asked, visit->form);
  for (guint i = 0; visit->headers[i] != NULL; i += 2)
    if (strcmp (visit->headers[i], "x-user") == 0)
      g_string_append_printf (asked, " user=%s", visit->headers[i + 1]);
  g_free (site->asked);
  site->asked = g_string_free (asked, FALSE);
  site->n_asked++;
  if (site->waits)
    g_ptr_array_add (site->held, g_steal_pointer (&task));
  else
    answer (site, task);
}

static TurnusWebPage *
answer_finish (gpointer user_data, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static guint64
get_version (gpointer user_data)
{
  return ((FeedSite *) user_data)->version;
}

void
feed_site_option (FeedSite *site, const char *name, const char *value)
{
  g_hash_table_replace (site->options, g_strdup (name), g_strdup (value));
}

static guint16
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  return g_socket_listener_add_any_inet_port (listener, NULL, NULL);
}

void
feed_site_set_up (FeedSite *site, gconstpointer unused)
{
  g_autoptr (TnFakeClock) clock = tn_fake_clock_new (20000);
  site->loader = tn_loader_new (g_getenv ("TURNUS_PLUGINS"), TN_CLOCK (clock));
  site->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  site->held = g_ptr_array_new_with_free_func (g_object_unref);
  site->version = 1;
  site->body = "Studietur";
  site->port = find_port ();
  site->listen = g_strdup_printf ("127.0.0.1:%u", site->port);
  feed_site_option (site, "listen", site->listen);
}

void
feed_site_open (FeedSite *site)
{
  g_autoptr (GError) error = NULL;
  TnPublishing what = { .id = "sted",
                        .url = "https://kalender.example.dk/turnus/",
                        .options = site->options,
                        .base_dir = "/" };
  TnAudience audience = { answer_async, answer_finish, get_version, site };
  site->publication = tn_loader_publish (site->loader, "feed", &what, &audience, &error);
  g_assert_no_error (error);
}

void
feed_site_turn (FeedSite *site)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

void
feed_site_let_go (FeedSite *site)
{
  site->waits = FALSE;
  for (guint i = 0; i < site->held->len; i++)
    answer (site, g_ptr_array_index (site->held, i));
  g_ptr_array_set_size (site->held, 0);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  FeedSite *site = user_data;
  site->is_stopped = tn_publication_stop_finish (site->publication, result, NULL);
}

void
feed_site_stop (FeedSite *site)
{
  tn_publication_stop_async (site->publication, on_stopped, site);
}

void
feed_site_tear_down (FeedSite *site, gconstpointer unused)
{
  g_clear_pointer (&site->publication, tn_publication_close);
  feed_site_let_go (site);
  feed_site_turn (site);
  g_ptr_array_unref (site->held);
  g_hash_table_unref (site->options);
  tn_loader_free (site->loader);
  g_free (site->listen);
  g_free (site->asked);
}

GSocketConnection *
feed_site_dial (FeedSite *site)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  GSocketConnection *connection
      = g_socket_client_connect_to_host (client, "127.0.0.1", site->port, NULL, &error);
  g_assert_no_error (error);
  g_socket_set_blocking (g_socket_connection_get_socket (connection), FALSE);
  return connection;
}

/* As far as the other end takes it. */
void
feed_site_send (GSocketConnection *connection, const char *bytes, gssize length)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  gsize rest = length < 0 ? strlen (bytes) : (gsize) length;
  for (guint i = 0; rest > 0 && i < 100000; i++)
    {
      gssize n = g_socket_send (socket, bytes, rest, NULL, NULL);
      bytes += MAX (n, 0);
      rest -= (gsize) MAX (n, 0);
      g_main_context_iteration (NULL, FALSE);
    }
}

/* All that comes until the other end closes. */
char *
feed_site_hear (FeedSite *site, GSocketConnection *connection)
{
  GSocket *socket = g_socket_connection_get_socket (connection);
  GString *heard = g_string_new (NULL);
  for (;;)
    {
      char piece[4096];
      g_autoptr (GError) error = NULL;
      gssize n = g_socket_receive (socket, piece, sizeof piece, NULL, &error);
      if (n > 0)
        g_string_append_len (heard, piece, n);
      else if (n == 0 || !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        break;
      else
        g_main_context_iteration (NULL, TRUE);
    }
  return g_string_free (heard, FALSE);
}

char *
feed_site_talk (FeedSite *site, const char *bytes)
{
  g_autoptr (GSocketConnection) connection = feed_site_dial (site);
  feed_site_send (connection, bytes, -1);
  return feed_site_hear (site, connection);
}

/* 0: there was no answer. */
guint
feed_site_status (FeedSite *site, const char *bytes)
{
  g_autofree char *heard = feed_site_talk (site, bytes);
  return strlen (heard) > 9 ? (guint) atoi (heard + 9) : 0;
}
