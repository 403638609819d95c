/* Previews run beside the passes, all calendars at once; they store and write nothing, but that a
 * person has looked. */
#include "sync/preview.h"

#include "sync/tour.h"

typedef struct
{
  GHashTable *results; /* (owned) (element-type utf8 TnPassResult) by calendar */
  guint n_open;
} Preview;

/* One calendar of a preview. */
typedef struct
{
  GTask *task;    /* (owned) */
  char *calendar; /* (owned) */
} Glance;

static void
preview_free (Preview *preview)
{
  g_clear_pointer (&preview->results, g_hash_table_unref);
  g_free (preview);
}

static void
glance_free (Glance *glance)
{
  g_object_unref (glance->task);
  g_free (glance->calendar);
  g_free (glance);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Glance, glance_free)

static void
finish_one (GTask *task)
{
  Preview *preview = g_task_get_task_data (task);
  if (--preview->n_open == 0)
    g_task_return_pointer (task, g_steal_pointer (&preview->results),
                           (GDestroyNotify) g_hash_table_unref);
}

static void
on_glanced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Glance) glance = user_data;
  Preview *preview = g_task_get_task_data (glance->task);
  GError *error = NULL;
  TnPassResult *found = tn_tour_run_finish (TN_BOOK (source), result, &error);
  if (found == NULL)
    found = tn_pass_result_new_problem (error);
  g_hash_table_insert (preview->results, g_steal_pointer (&glance->calendar), found);
  finish_one (glance->task);
}

/**
 * tn_preview_async:
 * @owner: source object of the result
 * @seats: (element-type TnSeat): the calendars to look at; refused ones are left out
 *
 * Finds out what a pass of each calendar would do.
 */
void
tn_preview_async (GObject *owner, TnBook *book, GPtrArray *seats, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (owner, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_preview_async);
  Preview *preview = g_new0 (Preview, 1);
  preview->results = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) tn_pass_result_free);
  preview->n_open = 1; /* until all are begun */
  g_task_set_task_data (task, preview, (GDestroyNotify) preview_free);
  for (guint i = 0; i < seats->len; i++)
    {
      const TnSeat *seat = g_ptr_array_index (seats, i);
      if (tn_seat_get_provider (seat) == NULL)
        continue;
      Glance *glance = g_new0 (Glance, 1);
      glance->task = g_object_ref (task);
      glance->calendar = g_strdup (tn_seat_get_calendar (seat)->id);
      preview->n_open++;
      tn_tour_run_async (book, tn_seat_get_provider (seat), tn_seat_get_calendar (seat),
                         TN_PASS_PREVIEW | TN_PASS_SEEN, cancellable, on_glanced, glance);
    }
  finish_one (task);
}

/**
 * tn_preview_finish:
 *
 * Returns: (transfer full) (nullable) (element-type utf8 TnPassResult): by calendar
 */
GHashTable *
tn_preview_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
