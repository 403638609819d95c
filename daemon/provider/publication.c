/* A publisher's table and what it has opened. What readers ask goes from the plugin through the
 * host to the audience and back, so that the plugin sees neither plan nor state (design section 9).
 */
#include "provider/publication.h"

#include "base/error.h"
#include "provider/host.h"
#include "provider/plugin.h"
#include "provider/verdict.h"

struct _TnPublication
{
  const TurnusPlugin *table;      /* (unowned) plugins stay loaded */
  TnHost *host;                   /* (owned) outlives `publication` */
  TurnusPublication *publication; /* (owned) */
};

/**
 * tn_publication_open:
 * @table: (unowned): of a publisher, checked by the loader; stays for ever
 * @audience: copied; its user data outlives the publication
 *
 * Errors: %TN_ERROR_INVALID when an option is missing, unknown or wrong, %TN_ERROR_FAILED when the
 *   address cannot be had.
 * Returns: (transfer full): readers are answered from now on
 */
TnPublication *
tn_publication_open (const TurnusPlugin *table, TnClock *clock, const TnPublishing *what,
                     const TnAudience *audience, GError **error)
{
  if (!tn_plugin_check_options (table, what->options, error))
    return NULL;
  g_autoptr (TnPublication) self = g_new0 (TnPublication, 1);
  self->table = table;
  self->host = tn_host_new (clock, what->id, NULL);
  tn_host_set_audience (self->host, audience);
  TurnusPublish with = {
    .size = sizeof with,
    .host = tn_host_get_table (),
    .host_data = self->host,
    .publisher = what->id,
    .url = what->url,
    .options = what->options,
    .base_dir = what->base_dir,
  };
  GError *theirs = NULL;
  self->publication = table->publisher->open (&with, &theirs);
  if (self->publication == NULL || theirs != NULL)
    {
      g_propagate_error (error, tn_verdict_from_plugin (theirs, table->name));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/**
 * tn_publication_close:
 *
 * At once: what is under way is cut off. tn_publication_stop_async() is the polite way.
 */
void
tn_publication_close (TnPublication *publication)
{
  if (publication == NULL)
    return;
  if (publication->publication != NULL)
    publication->table->publisher->close (publication->publication);
  tn_host_free (publication->host);
  g_free (publication);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  TnPublication *self = g_task_get_task_data (task);
  GError *error = NULL;
  if (self->table->publisher->stop_finish (self->publication, result, &error) && error == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, tn_verdict_from_plugin (error, self->table->name));
}

/**
 * tn_publication_stop_async:
 *
 * Takes nobody in any more and answers what is under way.
 */
void
tn_publication_stop_async (TnPublication *publication, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, tn_publication_stop_async);
  g_task_set_task_data (task, publication, NULL);
  publication->table->publisher->stop_async (publication->publication, on_stopped,
                                             g_steal_pointer (&task));
}

gboolean
tn_publication_stop_finish (TnPublication *publication, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tn_publication_get_count:
 *
 * Returns: how many there were since it was opened; of %TURNUS_COUNT_OPEN, how many there are
 */
guint64
tn_publication_get_count (const TnPublication *publication, TurnusCount count)
{
  return publication->table->publisher->get_count (publication->publication, count);
}
