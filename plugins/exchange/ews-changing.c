/* Changing and removing what stands there.
 *
 *   change: look (unless it was loaded a moment ago) -> on_looked -> update -> on_updated
 *   remove: ask_id -> on_id -> delete -> on_deleted
 *
 * An update has only the fields that differ, and NeverOverwrite with the ChangeKey that they were
 * compared with, so what somebody wrote meanwhile stays (hazards 20 and 37). Exchange ignores the
 * ChangeKey of a deletion: it is compared right before, and what goes goes to the deleted items. */
#include "ews-changing.h"

#include <string.h>

#include "ews-call.h"
#include "ews-item.h"
#include "ews-loading.h"
#include "ews-refusal.h"
#include "ews-request.h"
#include "mapping.h"

#define WISH "change the event"
#define REMOVE_WISH "remove the event"

typedef struct
{
  EwsAccount *account;
  char *id;            /* (owned) */
  char *revision;      /* (owned) */
  TurnusEvent *wished; /* (owned) (nullable) NULL: remove */
} Changing;

static void on_looked (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_updated (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_id (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_deleted (GObject *source, GAsyncResult *result, gpointer user_data);

static void
changing_free (Changing *changing)
{
  g_free (changing->id);
  g_free (changing->revision);
  turnus_event_free (changing->wished);
  g_free (changing);
}

static void
fail (GTask *task, GError *error)
{
  const Changing *changing = g_task_get_task_data (task);
  changing->account->is_read_only |= g_error_matches (error, TURNUS_ERROR, TURNUS_ERROR_DENIED);
  ews_account_forget (changing->account, changing->id);
  g_task_return_error (task, error);
}

static void
fail_conflict (GTask *task, const char *wish)
{
  fail (task, g_error_new (TURNUS_ERROR, TURNUS_ERROR_CONFLICT,
                           "cannot %s: it was changed on the server", wish));
}

/* Takes the task over. */
static void
update (GTask *step, const ExItem *current)
{
  g_autoptr (GTask) task = step;
  GCancellable *cancellable = g_task_get_cancellable (task);
  const Changing *changing = g_task_get_task_data (task);
  const char *home = changing->account->calendar->zone;
  GError *error = NULL;
  g_autoptr (TurnusEvent) now = ex_mapping_to_event (current, home, &error);
  if (now == NULL)
    {
      fail (task, error);
      return;
    }
  g_autoptr (ExItem) item = ex_mapping_diff (current, now, changing->wished, home);
  if (ex_item_is_empty (item))
    g_task_return_pointer (task, turnus_ref_new (changing->id, changing->revision),
                           (GDestroyNotify) turnus_ref_free);
  else if (!g_task_return_error_if_cancelled (task))
    ews_call_async (changing->account, "UpdateItem", WISH,
                    ews_request_update (changing->account, item), cancellable, on_updated,
                    g_steal_pointer (&task));
}

static GTask *
start (TurnusCalendar *calendar, const char *id, const char *revision, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, start);
  g_task_set_check_cancellable (task, FALSE);
  Changing *changing = g_new0 (Changing, 1);
  *changing = (Changing){ ews_account_of (calendar), g_strdup (id), g_strdup (revision), NULL };
  g_task_set_task_data (task, changing, (GDestroyNotify) changing_free);
  return task;
}

/**
 * ews_changing_async:
 *
 * Errors: see the contract; %TURNUS_ERROR_INVALID for an item that is left alone, as one that
 *   recurs.
 */
void
ews_changing_async (TurnusCalendar *calendar, const char *id, const char *revision, GBytes *bytes,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GTask) task = start (calendar, id, revision, cancellable, callback, user_data);
  Changing *changing = g_task_get_task_data (task);
  EwsAccount *account = changing->account;
  if (g_task_return_error_if_cancelled (task))
    return;
  changing->wished
      = calendar->host->read_event (calendar->host_data, bytes, calendar->zone, &error);
  if (changing->wished == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  const ExItem *recent = ews_account_find_recent (account, id, revision);
  if (recent != NULL)
    {
      update (g_steal_pointer (&task), recent);
      return;
    }
  const char *ids[] = { id, NULL };
  ews_call_async (account, "GetItem", WISH, ews_request_get_items (account, ids, 1), cancellable,
                  on_looked, g_steal_pointer (&task));
}

/* Returns: (transfer full) (nullable): what stands there, as it was when it was loaded; %NULL: the
 *   task has failed */
static ExItem *
take_current (GTask *task, GAsyncResult *result, const char *wish)
{
  const Changing *changing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  const EwsMessage *message = reply != NULL ? ews_reply_get_only (reply, wish, &error) : NULL;
  g_autoptr (ExItem) current
      = message != NULL ? ews_loading_read_item (message, changing->id, &error) : NULL;
  if (current == NULL)
    fail (task, error);
  else if (strcmp (current->revision, changing->revision) != 0)
    fail_conflict (task, wish);
  else
    return g_steal_pointer (&current);
  return NULL;
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  g_autoptr (ExItem) current = take_current (task, result, WISH);
  if (current != NULL)
    update (g_steal_pointer (&task), current);
}

static void
on_updated (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  const Changing *changing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  const EwsMessage *message = reply != NULL ? ews_reply_get_only (reply, WISH, &error) : NULL;
  g_autoptr (ExItem) item
      = message != NULL ? ews_item_read (ews_reply_find_item (message), &error) : NULL;
  if (item == NULL)
    {
      fail (task, error);
      return;
    }
  ews_account_forget (changing->account, changing->id);
  g_task_return_pointer (task, turnus_ref_new (item->id, item->revision),
                         (GDestroyNotify) turnus_ref_free);
}

TurnusRef *
ews_changing_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
ews_removing_async (TurnusCalendar *calendar, const char *id, const char *revision,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = start (calendar, id, revision, cancellable, callback, user_data);
  const Changing *changing = g_task_get_task_data (task);
  if (!g_task_return_error_if_cancelled (task))
    ews_call_async (changing->account, "GetItem", REMOVE_WISH,
                    ews_request_get_id (changing->account, id), cancellable, on_id,
                    g_steal_pointer (&task));
}

static void
on_id (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const Changing *changing = g_task_get_task_data (task);
  g_autoptr (ExItem) current = take_current (task, result, REMOVE_WISH);
  if (current != NULL && !g_task_return_error_if_cancelled (task))
    ews_call_async (changing->account, "DeleteItem", REMOVE_WISH,
                    ews_request_remove (changing->account, changing->id, changing->revision),
                    cancellable, on_deleted, g_steal_pointer (&task));
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  const Changing *changing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  if (reply == NULL || ews_reply_get_only (reply, REMOVE_WISH, &error) == NULL)
    {
      fail (task, error);
      return;
    }
  ews_account_forget (changing->account, changing->id);
  g_task_return_boolean (task, TRUE);
}

gboolean
ews_removing_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
