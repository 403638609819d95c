/* Ten thousand events are gone through in as many strides as there are chapters: between two of
 * them the main loop does all that waits for it (promise 8). */
#include "sync/stride.h"

typedef struct
{
  GTask *task; /* (owned) */
  TnStrideStep step;
  TnStrideStop stop;
} Stride;

static void
stride_free (gpointer user_data)
{
  Stride *stride = user_data;
  g_object_unref (stride->task);
  g_free (stride);
}

static gboolean
on_turn (gpointer user_data)
{
  Stride *stride = user_data;
  GError *error = NULL;
  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (stride->task), &error))
    stride->stop (stride->task, error);
  else
    stride->step (stride->task);
  return G_SOURCE_REMOVE;
}

/**
 * tn_stride_take:
 * @task: is kept until then
 * @step: what the next turn of the main loop goes on with, after all that waits for it
 * @stop: what is done instead, when @task was cancelled until then
 */
void
tn_stride_take (GTask *task, TnStrideStep step, TnStrideStop stop)
{
  Stride *stride = g_new0 (Stride, 1);
  stride->task = g_object_ref (task);
  stride->step = step;
  stride->stop = stop;
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, on_turn, stride, stride_free);
}
