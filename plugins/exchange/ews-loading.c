/* Loading by GetItem, ten at a time as Microsoft advises. The answers come in the order of the
 * questions, each with its own code; one that is of another item than was asked for is believed of
 * neither. A server that is busy or wants another login fails the loading as a whole: nobody shall
 * take half of it for all. */
#include "ews-loading.h"

#include <string.h>

#include "ews-call.h"
#include "ews-item.h"
#include "ews-refusal.h"
#include "ews-request.h"
#include "mapping.h"

#define WISH "load events"
#define BATCH 10u
#define IN_FLIGHT 2u

typedef struct
{
  EwsAccount *account;
  char **ids; /* (owned) */
  guint n_ids;
  guint next;        /* index of the first id that was not asked for */
  GPtrArray *loaded; /* (owned) (element-type TurnusLoaded) */
  guint in_flight;
  GError *error; /* (owned) (nullable) what fails the whole */
} Loading;

typedef struct
{
  GTask *task; /* (owned) */
  guint start; /* [start, end) of the ids */
  guint end;
} Batch;

static void load_more (GTask *task);

static void
loading_free (Loading *loading)
{
  g_strfreev (loading->ids);
  g_clear_pointer (&loading->loaded, g_ptr_array_unref);
  g_clear_error (&loading->error);
  g_free (loading);
}

static void
batch_free (Batch *batch)
{
  g_object_unref (batch->task);
  g_free (batch);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Batch, batch_free)

/* (transfer full) error */
static void
fail_all (Loading *loading, GError *error)
{
  if (loading->error == NULL)
    loading->error = error;
  else
    g_error_free (error);
}

/**
 * ews_loading_read_item:
 * @message: of a GetItem
 * @id: that was asked for
 *
 * Errors: what the message's code means; %TURNUS_ERROR_PROTOCOL for another item than @id (ids are
 *   compared byte by byte; exchange.md 5, pitfall 9).
 * Returns: (transfer full) (nullable)
 */
ExItem *
ews_loading_read_item (const EwsMessage *message, const char *id, GError **error)
{
  if (!message->is_good)
    {
      g_propagate_error (error, ews_refusal_make_error (message->code, "load the event"));
      return NULL;
    }
  const xmlNode *node = ews_reply_find_item (message);
  g_autoptr (ExItem) item = node != NULL ? ews_item_read (node, error) : NULL;
  if (item != NULL && strcmp (item->id, id) == 0)
    return g_steal_pointer (&item);
  if (node == NULL)
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                         "cannot load the event: the answer has no item");
  else if (item != NULL)
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                         "cannot load the event: the server gives another item than it was asked "
                         "for");
  return NULL;
}

/* The item as iCalendar. */
static GBytes *
write_bytes (const TurnusCalendar *calendar, const ExItem *item, GError **error)
{
  g_autoptr (TurnusEvent) event = ex_mapping_to_event (item, calendar->zone, error);
  return event != NULL ? calendar->host->write_event (calendar->host_data, event, error) : NULL;
}

static void
keep (Loading *loading, const char *id, const EwsMessage *message)
{
  GError *error = NULL;
  g_autoptr (ExItem) item = ews_loading_read_item (message, id, &error);
  if (item == NULL && error->domain == TURNUS_ERROR
      && ews_refusal_is_of_all ((TurnusError) error->code))
    {
      fail_all (loading, error);
      return;
    }
  g_autoptr (GBytes) bytes
      = item != NULL ? write_bytes (loading->account->calendar, item, &error) : NULL;
  TurnusLoaded *one = turnus_loaded_new (id, item != NULL ? item->revision : NULL, bytes);
  one->error = error;
  g_ptr_array_add (loading->loaded, one);
  if (bytes != NULL)
    ews_account_remember (loading->account, g_steal_pointer (&item));
}

static void
take_batch (Loading *loading, const Batch *batch, const EwsReply *reply)
{
  if (reply->messages->len != batch->end - batch->start)
    {
      fail_all (loading, g_error_new (TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                                      "cannot " WISH ": the server gives %u answers to %u "
                                      "questions",
                                      reply->messages->len, batch->end - batch->start));
      return;
    }
  for (guint i = batch->start; i < batch->end; i++)
    keep (loading, loading->ids[i], g_ptr_array_index (reply->messages, i - batch->start));
}

static void
on_batch (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Batch) batch = user_data;
  Loading *loading = g_task_get_task_data (batch->task);
  GError *error = NULL;
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  if (reply == NULL)
    fail_all (loading, error);
  else
    take_batch (loading, batch, reply);
  loading->in_flight--;
  load_more (batch->task);
}

static void
ask_batch (GTask *task)
{
  Loading *loading = g_task_get_task_data (task);
  Batch *batch = g_new0 (Batch, 1);
  *batch
      = (Batch){ g_object_ref (task), loading->next, MIN (loading->next + BATCH, loading->n_ids) };
  loading->next = batch->end;
  loading->in_flight++;
  ews_call_async (loading->account, "GetItem", WISH,
                  ews_request_get_items (loading->account,
                                         (const char *const *) loading->ids + batch->start,
                                         batch->end - batch->start),
                  g_task_get_cancellable (task), on_batch, batch);
}

/* Takes nothing over. Called whenever an answer has come. */
static void
load_more (GTask *task)
{
  Loading *loading = g_task_get_task_data (task);
  while (loading->error == NULL && loading->in_flight < IN_FLIGHT && loading->next < loading->n_ids)
    ask_batch (task);
  if (loading->in_flight > 0)
    return;
  if (loading->error != NULL)
    g_task_return_error (task, g_steal_pointer (&loading->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&loading->loaded),
                           (GDestroyNotify) g_ptr_array_unref);
}

/**
 * ews_loading_async:
 * @ids: copied
 *
 * Loads items; one that is gone or cannot be read has an error of its own.
 */
void
ews_loading_async (TurnusCalendar *calendar, const char *const *ids, GCancellable *cancellable,
                   GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ews_loading_async);
  Loading *loading = g_new0 (Loading, 1);
  loading->account = ews_account_of (calendar);
  loading->ids = g_strdupv ((char **) ids);
  loading->n_ids = g_strv_length (loading->ids);
  loading->loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_loaded_free);
  g_task_set_task_data (task, loading, (GDestroyNotify) loading_free);
  load_more (task);
}

GPtrArray *
ews_loading_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
