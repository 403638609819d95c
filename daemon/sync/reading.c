/* Reading: after a large change ten thousand items are new, and their bytes at once are more than
 * the daemon may hold; nor does it hold those that turn out to say what they said before. */
#include "sync/reading.h"

#include "sync/reckoning.h"
#include "sync/recognition.h"

static const guint PAGE = 200;

typedef struct
{
  char **ids; /* (owned) */
  guint n_asked;
  TnRound *round; /* (unowned) outlives the reading */
} Reading;

static void load_page (GTask *task);

static void
reading_free (Reading *reading)
{
  g_strfreev (reading->ids);
  g_free (reading);
}

static gboolean
take (TnRound *round, GPtrArray *items, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < items->len; i++)
    {
      const TurnusLoaded *loaded = g_ptr_array_index (items, i);
      tn_recognition_read (round->snapshot, loaded, tn_book_get_rulebook (round->book));
      g_ptr_array_add (ids, loaded->id);
    }
  TnRecollection recollection = tn_reckoning_make_recollection (round);
  return tn_recollection_pass_over (&recollection, ids, round->is_preview, error);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = tn_provider_load_finish (TN_PROVIDER (source), result, &error);
  if (items == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (take (reading->round, items, &error))
    load_page (task);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
load_page (GTask *task)
{
  Reading *reading = g_task_get_task_data (task);
  g_autoptr (GPtrArray) page = g_ptr_array_new ();
  while (reading->ids[reading->n_asked] != NULL && page->len < PAGE)
    g_ptr_array_add (page, reading->ids[reading->n_asked++]);
  if (page->len == 0)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  g_ptr_array_add (page, NULL);
  tn_provider_load_async (g_task_get_source_object (task), (const char *const *) page->pdata,
                          g_task_get_cancellable (task), on_loaded, g_object_ref (task));
}

/**
 * tn_reading_async:
 * @round: into whose snapshot they are read; it must outlive the reading
 * @ids: (transfer full): of the items
 */
void
tn_reading_async (TnRound *round, TnProvider *provider, char **ids, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (provider, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_reading_async);
  g_task_set_check_cancellable (task, FALSE);
  Reading *reading = g_new0 (Reading, 1);
  reading->ids = ids;
  reading->round = round;
  g_task_set_task_data (task, reading, (GDestroyNotify) reading_free);
  load_page (task);
}

/**
 * tn_reading_finish:
 *
 * Errors: what the calendar says; some items may have been read then.
 * Returns: %TRUE when all were
 */
gboolean
tn_reading_finish (TnProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
