/* The feed: the site over HTTP, on this host alone. The table, and what the settings say. */
#include <string.h>

#include "door.h"

#include <turnus-plugin.h>

struct _TurnusPublication
{
  FeedDoor *door; /* (owned) */
};

static const TurnusOption options[] = {
  { "listen", TRUE, "127.0.0.1:8080, [::1]:8080 or unix:/run/turnus/feed.sock" },
  { "trusted_proxy", FALSE, "addresses of web servers in front that are believed, or unix" },
  { "user_header", FALSE, "header in which such a web server says who somebody is" },
  { "connections", FALSE, "so many at a time; 256 when not said" },
  { "rate", FALSE, "so many requests a second of one reader in the long run; 20 when not said" },
  { "burst", FALSE, "so many requests of one reader at once; 100 when not said" },
  { "idle_ms", FALSE, "a connection without a request ends after so long; 30000 when not said" },
  { "request_ms", FALSE, "a request must be whole after so long; 10000 when not said" },
  { "answer_ms", FALSE, "an answer must be gone after so long; 30000 when not said" },
  { NULL, FALSE, NULL },
};

static gboolean
read_number (const TurnusPublish *publish, const char *name, guint64 preset, guint64 most,
             guint64 *ret_number, GError **error)
{
  const char *text = g_hash_table_lookup (publish->options, name);
  *ret_number = preset;
  if (text == NULL || g_ascii_string_to_unsigned (text, 10, 1, most, ret_number, NULL))
    return TRUE;
  g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
               "%s is %s, expected a whole number from 1 to %" G_GUINT64_FORMAT, name, text, most);
  return FALSE;
}

static gboolean
read_limits (const TurnusPublish *publish, FeedLimits *limits, GError **error)
{
  guint64 connections = 0;
  guint64 rate = 0;
  guint64 burst = 0;
  guint64 idle = 0;
  guint64 request = 0;
  guint64 answer = 0;
  if (!read_number (publish, "connections", 256, 10000, &connections, error)
      || !read_number (publish, "rate", 20, 1000000, &rate, error)
      || !read_number (publish, "burst", 100, 1000000, &burst, error)
      || !read_number (publish, "idle_ms", 30000, 3600000, &idle, error)
      || !read_number (publish, "request_ms", 10000, 3600000, &request, error)
      || !read_number (publish, "answer_ms", 30000, 3600000, &answer, error))
    return FALSE;
  *limits = (FeedLimits){ .callers_most = (guint) connections,
                          .rate = (guint) rate,
                          .burst = (guint) burst,
                          .idle_us = (gint64) idle * 1000,
                          .request_us = (gint64) request * 1000,
                          .answer_us = (gint64) answer * 1000 };
  return TRUE;
}

static TurnusPublication *
feed_open (const TurnusPublish *publish, GError **error)
{
  FeedLimits limits = { 0 };
  if (!read_limits (publish, &limits, error))
    return NULL;
  FeedDoor *door = feed_door_open (publish, &limits, error);
  if (door == NULL)
    return NULL;
  TurnusPublication *self = g_new0 (TurnusPublication, 1);
  self->door = door;
  return self;
}

static void
feed_stop_async (TurnusPublication *self, GAsyncReadyCallback callback, gpointer user_data)
{
  feed_door_stop_async (self->door, callback, user_data);
}

static gboolean
feed_stop_finish (TurnusPublication *self, GAsyncResult *result, GError **error)
{
  return feed_door_stop_finish (self->door, result, error);
}

static void
feed_close (TurnusPublication *self)
{
  feed_door_close (self->door);
  g_free (self);
}

static guint64
feed_get_count (TurnusPublication *self, TurnusCount count)
{
  if (count == TURNUS_COUNT_OPEN)
    return g_hash_table_size (self->door->callers);
  return count < TURNUS_N_COUNTS ? self->door->counts[count] : 0;
}

static const TurnusPublisher publisher = {
  .size = sizeof (TurnusPublisher),
  .open = feed_open,
  .stop_async = feed_stop_async,
  .stop_finish = feed_stop_finish,
  .close = feed_close,
  .get_count = feed_get_count,
};

G_MODULE_EXPORT extern const TurnusPlugin turnus_plugin;
const TurnusPlugin turnus_plugin = {
  .magic = TURNUS_PLUGIN_MAGIC,
  .abi = TURNUS_PLUGIN_ABI,
  .size = sizeof (TurnusPlugin),
  .name = "feed",
  .options = options,
  .role = TURNUS_ROLE_PUBLISHER,
  .publisher = &publisher,
};
