/* Creating. Exchange gives ids, takes the same item any number of times, and knows no condition:
 * so it is asked first whether it has one with our UID (promise 2), also when an earlier answer was
 * lost (hazard 27).
 *
 *   find the folder -> find_uid -> on_uid (there: CONFLICT) -> create -> on_created */
#include "ews-creating.h"

#include <string.h>

#include "ews-call.h"
#include "ews-item.h"
#include "ews-place.h"
#include "ews-request.h"
#include "mapping.h"

#define WISH "create the event"

typedef struct
{
  EwsAccount *account;
  ExItem *item; /* (owned) */
} Creating;

static void on_place (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_uid (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_created (GObject *source, GAsyncResult *result, gpointer user_data);

static void
creating_free (Creating *creating)
{
  ex_item_free (creating->item);
  g_free (creating);
}

static ExItem *
make_item (const TurnusCalendar *calendar, GBytes *bytes, GError **error)
{
  g_autoptr (TurnusEvent) event
      = calendar->host->read_event (calendar->host_data, bytes, calendar->zone, error);
  return event != NULL ? ex_mapping_to_item (event, calendar->zone, error) : NULL;
}

/**
 * ews_creating_async:
 *
 * Errors: see the contract; after TEMPORARY and PROTOCOL it may stand there all the same.
 */
void
ews_creating_async (TurnusCalendar *calendar, GBytes *bytes, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer user_data)
{
  GError *error = NULL;
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ews_creating_async);
  g_task_set_check_cancellable (task, FALSE);
  if (g_task_return_error_if_cancelled (task))
    return;
  ExItem *item = make_item (calendar, bytes, &error);
  if (item == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  Creating *creating = g_new0 (Creating, 1);
  *creating = (Creating){ ews_account_of (calendar), item };
  g_task_set_task_data (task, creating, (GDestroyNotify) creating_free);
  ews_place_know_async (creating->account, cancellable, on_place, g_steal_pointer (&task));
}

static void
on_place (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const Creating *creating = g_task_get_task_data (task);
  GError *error = NULL;
  if (!ews_place_find_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  const char *uid = ex_item_get_own (creating->item, EX_OWN_UID);
  ews_call_async (creating->account, "FindItem", "ask whether the event is there already",
                  ews_request_find_uid (creating->account, uid), cancellable, on_uid,
                  g_steal_pointer (&task));
}

/* Does one of the items have exactly this UID? `is_whole`: (out): whether all that match are here
 */
static gboolean
has_uid (const EwsMessage *message, const char *uid, gboolean *is_whole)
{
  const xmlNode *root = soap_find (message->node, "RootFolder");
  const xmlNode *items = soap_find (root, "Items");
  g_autofree char *is_last = soap_dup_value (root, "IncludesLastItemInRange");
  *is_whole = items != NULL && g_strcmp0 (is_last, "true") == 0;
  for (const xmlNode *one = soap_first (items); one != NULL; one = soap_next (one))
    {
      g_autoptr (ExItem) item = ews_item_read (one, NULL);
      if (item != NULL && g_strcmp0 (ex_item_get_own (item, EX_OWN_UID), uid) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
on_uid (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GCancellable *cancellable = g_task_get_cancellable (task);
  const Creating *creating = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean is_whole = FALSE;
  const char *uid = ex_item_get_own (creating->item, EX_OWN_UID);
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  const EwsMessage *message = reply != NULL ? ews_reply_get_only (reply, WISH, &error) : NULL;
  if (message == NULL)
    g_task_return_error (task, error);
  else if (has_uid (message, uid, &is_whole))
    g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_CONFLICT,
                             "cannot " WISH ": an item with its UID stands in the calendar "
                             "already");
  else if (!is_whole)
    g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                             "cannot " WISH ": the server does not say whether it has it already");
  else if (!g_task_return_error_if_cancelled (task))
    ews_call_async (creating->account, "CreateItem", WISH,
                    ews_request_create (creating->account, creating->item), cancellable, on_created,
                    g_steal_pointer (&task));
}

/* In a listing or a look at it the item is gone; here there never was one. */
static GError *
make_refusal (GError *error)
{
  if (g_error_matches (error, TURNUS_ERROR, TURNUS_ERROR_GONE))
    error->code = TURNUS_ERROR_FAILED;
  return error;
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  const Creating *creating = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  const EwsMessage *message = reply != NULL ? ews_reply_get_only (reply, WISH, &error) : NULL;
  g_autoptr (ExItem) made
      = message != NULL ? ews_item_read (ews_reply_find_item (message), &error) : NULL;
  creating->account->is_read_only |= g_error_matches (error, TURNUS_ERROR, TURNUS_ERROR_DENIED);
  if (made == NULL)
    g_task_return_error (task, make_refusal (error));
  else
    g_task_return_pointer (task, turnus_ref_new (made->id, made->revision),
                           (GDestroyNotify) turnus_ref_free);
}

TurnusRef *
ews_creating_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
