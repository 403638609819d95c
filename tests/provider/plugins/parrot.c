/* A publisher without a network: the visit is made up from its options as soon as it is opened, and
 * what it was told is kept where a test can look: in its counts. */
#include <string.h>

#include <turnus-plugin.h>

struct _TurnusPublication
{
  const TurnusHost *host; /* (unowned) */
  gpointer host_data;
  guint status;              /* of the page; 0: none came */
  guint bytes;               /* of its body */
  guint code;                /* of the error that came instead, and 1 */
  GTask *stopping;           /* (owned) (nullable) waits for the page */
  GCancellable *cancellable; /* (owned) */
};

static const TurnusOption options[] = {
  { "path", TRUE, "what is asked for" },
  { "listen", FALSE, "nothing: every publisher has it" },
  { "mood", FALSE, "refuses: cannot be opened" },
  { NULL, FALSE, NULL },
};

static void
end_stop (TurnusPublication *self)
{
  if (self->stopping != NULL)
    g_task_return_boolean (self->stopping, TRUE);
  g_clear_object (&self->stopping);
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  TurnusPublication *self = user_data;
  g_autoptr (TurnusWebPage) page = self->host->answer_finish (self->host_data, result, &error);
  self->code = error != NULL ? (guint) error->code + 1 : 0;
  self->status = page != NULL ? page->status : 0;
  self->bytes = page != NULL && page->body != NULL ? (guint) g_bytes_get_size (page->body) : 0;
  end_stop (self);
}

static TurnusPublication *
parrot_open (const TurnusPublish *open, GError **error)
{
  static const char *const query[] = { "year", "2027", NULL };
  if (g_hash_table_lookup (open->options, "mood") != NULL)
    {
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID, "%s does not want to show %s",
                   open->publisher, open->url);
      return NULL;
    }
  TurnusPublication *self = g_new0 (TurnusPublication, 1);
  self->host = open->host;
  self->host_data = open->host_data;
  self->cancellable = g_cancellable_new ();
  TurnusVisit visit = { .size = sizeof visit,
                        .method = "GET",
                        .path = g_hash_table_lookup (open->options, "path"),
                        .query = query,
                        .peer = "127.0.0.1" };
  self->host->answer_async (self->host_data, &visit, self->cancellable, on_page, self);
  return self;
}

static void
parrot_stop_async (TurnusPublication *self, GAsyncReadyCallback callback, gpointer user_data)
{
  self->stopping = g_task_new (NULL, NULL, callback, user_data);
  if (self->status != 0 || self->code != 0)
    end_stop (self);
}

static gboolean
parrot_stop_finish (TurnusPublication *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
parrot_close (TurnusPublication *self)
{
  g_object_unref (self->cancellable);
  g_free (self);
}

static guint64
parrot_get_count (TurnusPublication *self, TurnusCount count)
{
  switch (count)
    {
    case TURNUS_COUNT_ANSWERED:
      return self->status;
    case TURNUS_COUNT_UNCHANGED:
      return self->host->get_site_version (self->host_data);
    case TURNUS_COUNT_REFUSED:
      return self->code;
    case TURNUS_COUNT_BUSY:
      return self->bytes;
    case TURNUS_COUNT_OPEN:
    case TURNUS_N_COUNTS:
    default:
      return 0;
    }
}

static const TurnusPublisher publisher = {
#ifdef FAULT_PUBLISHER_SIZE
  .size = G_STRUCT_OFFSET (TurnusPublisher, get_count),
#else
  .size = sizeof (TurnusPublisher),
#endif
  .open = parrot_open,
#ifdef FAULT_PUBLISHER_SLOT
  .stop_async = FALSE ? parrot_stop_async : NULL,
#else
  .stop_async = parrot_stop_async,
#endif
  .stop_finish = parrot_stop_finish,
  .close = parrot_close,
  .get_count = parrot_get_count,
};

G_MODULE_EXPORT extern const TurnusPlugin turnus_plugin;
const TurnusPlugin turnus_plugin = {
  .magic = TURNUS_PLUGIN_MAGIC,
  .abi = TURNUS_PLUGIN_ABI,
  .size = sizeof (TurnusPlugin),
  .name = PLUGIN_NAME,
  .options = options,
#ifdef FAULT_ROLE
  .role = 7,
#else
  .role = TURNUS_ROLE_PUBLISHER,
#endif
#ifdef FAULT_PUBLISHER_NONE
  .publisher = FALSE ? &publisher : NULL,
#else
  .publisher = &publisher,
#endif
};
