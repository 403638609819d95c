/* A pull: list [-> list all] -> read. */
#include "sync/pull.h"

#include "base/error.h"
#include "sync/reading.h"

typedef struct
{
  TnRound *round;       /* (unowned) outlives the pull */
  TnProvider *provider; /* (owned) */
} Pull;

static void list_items (GTask *task, const char *token);

static void
pull_free (Pull *pull)
{
  g_object_unref (pull->provider);
  g_free (pull);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (GError) error = NULL;
  if (tn_reading_finish (TN_PROVIDER (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Pull *pull = g_task_get_task_data (task);
  TnRound *round = pull->round;
  g_autoptr (GError) error = NULL;
  round->listing = tn_provider_list_finish (TN_PROVIDER (source), result, &error);
  if (round->listing == NULL && tn_error_is_gone (error) && round->state->token != NULL)
    {
      g_clear_pointer (&round->state->token, g_free); /* a full listing instead (hazard 7) */
      list_items (task, NULL);
      return;
    }
  if (round->listing == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (tn_pull_found_other (round))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  round->snapshot
      = tn_snapshot_new (round->listing, round->traces, round->intents, round->sightings);
  tn_reading_async (round, pull->provider, tn_snapshot_list_unread (round->snapshot),
                    g_task_get_cancellable (task), on_read, g_object_ref (task));
}

static void
list_items (GTask *task, const char *token)
{
  Pull *pull = g_task_get_task_data (task);
  tn_provider_list_async (pull->provider, token, g_task_get_cancellable (task), on_listed,
                          g_object_ref (task));
}

/**
 * tn_pull_async:
 * @round: (inout): gets a listing and a snapshot; it must outlive the pull
 * @asks_all: not only for what has changed
 *
 * Lists the calendar and reads what is not known of it; but nothing when it is another calendar.
 */
void
tn_pull_async (TnRound *round, TnProvider *provider, gboolean asks_all, GCancellable *cancellable,
               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (round->book, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_pull_async);
  g_task_set_check_cancellable (task, FALSE);
  Pull *pull = g_new0 (Pull, 1);
  pull->round = round;
  pull->provider = g_object_ref (provider);
  g_task_set_task_data (task, pull, (GDestroyNotify) pull_free);
  list_items (task, asks_all ? NULL : round->state->token);
}

/**
 * tn_pull_finish:
 *
 * Errors: what the calendar says.
 * Returns: %TRUE when it was listed; and all read, unless tn_pull_found_other()
 */
gboolean
tn_pull_finish (TnBook *book, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, book), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * tn_pull_found_other:
 *
 * Returns: %TRUE when what was listed is not the calendar that was published to
 */
gboolean
tn_pull_found_other (const TnRound *round)
{
  return round->state->binding != NULL
         && g_strcmp0 (round->state->binding, round->listing->binding) != 0;
}
