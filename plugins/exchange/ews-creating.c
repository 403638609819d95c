/* Creating. Exchange gives ids, takes the same item any number of times, and knows no condition:
 * so it is asked first whether it has one with our UID (promise 2), also when an earlier answer was
 * lost (hazard 27). Creations that are under way at once go together, so that a first publication
 * is few requests:
 *
 *   know the folder -> search -> on_found (there: CONFLICT) -> create -> on_created -> the next */
#include "ews-creating.h"

#include <string.h>

#include "ews-call.h"
#include "ews-item.h"
#include "ews-place.h"
#include "ews-refusal.h"
#include "ews-request.h"
#include "mapping.h"

#define WISH "create the event"
#define BATCH 20u

typedef struct
{
  EwsAccount *account;
  ExItem *item;    /* (owned) */
  TurnusRef *made; /* (owned) (nullable) what it came to: this, or the error */
  GError *error;   /* (owned) (nullable) */
  gulong cancel_id;
} Creating;

/* Creations that go together. */
typedef struct
{
  EwsAccount *account;
  GPtrArray *tasks;   /* (owned) (element-type GTask) still open, in the order of requests */
  GPtrArray *done;    /* (owned) (element-type GTask) */
  GCancellable *stop; /* (owned) cancelled when all of them are */
} Batch;

static void start_batch (EwsAccount *account);
static void on_place (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_found (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_created (GObject *source, GAsyncResult *result, gpointer user_data);

static void
creating_free (Creating *creating)
{
  ex_item_free (creating->item);
  turnus_ref_free (creating->made);
  g_clear_error (&creating->error);
  g_free (creating);
}

static const Creating *
get_creating (const Batch *batch, guint i)
{
  return g_task_get_task_data (g_ptr_array_index (batch->tasks, i));
}

static const char *
get_uid (const Batch *batch, guint i)
{
  return ex_item_get_own (get_creating (batch, i)->item, EX_OWN_UID);
}

/* What a task of the batch came to; it is told when the batch is over. (transfer full) both */
static void
settle (Batch *batch, guint i, TurnusRef *made, GError *error)
{
  GTask *task = g_ptr_array_steal_index (batch->tasks, i);
  Creating *creating = g_task_get_task_data (task);
  if (creating->cancel_id != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), creating->cancel_id);
  creating->cancel_id = 0;
  creating->made = made;
  creating->error = error;
  g_ptr_array_add (batch->done, task);
}

static void
fail (Batch *batch, guint i, GError *error)
{
  batch->account->is_read_only |= g_error_matches (error, TURNUS_ERROR, TURNUS_ERROR_DENIED);
  /* In a listing or a look at it the item is gone; here there never was one. */
  if (g_error_matches (error, TURNUS_ERROR, TURNUS_ERROR_GONE))
    error->code = TURNUS_ERROR_FAILED;
  settle (batch, i, NULL, error);
}

/* (transfer full) error */
static void
fail_all (Batch *batch, GError *error)
{
  while (batch->tasks->len > 0)
    fail (batch, 0, g_error_copy (error));
  g_error_free (error);
}

/* Those that nobody waits for any more. */
static void
drop_cancelled (Batch *batch)
{
  for (guint i = batch->tasks->len; i > 0; i--)
    {
      GError *error = NULL;
      GCancellable *cancellable = g_task_get_cancellable (batch->tasks->pdata[i - 1]);
      if (g_cancellable_set_error_if_cancelled (cancellable, &error))
        settle (batch, i - 1, NULL, error);
    }
}

static void
tell (GTask *task)
{
  Creating *creating = g_task_get_task_data (task);
  if (creating->error != NULL)
    g_task_return_error (task, g_steal_pointer (&creating->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&creating->made),
                           (GDestroyNotify) turnus_ref_free);
}

/* The end of a batch: what waits is the next. Whoever is told last may close the calendar, so after
 * that nothing of it is touched. */
static void
batch_free (Batch *batch)
{
  EwsAccount *account = batch->account;
  g_autoptr (GPtrArray) done = g_steal_pointer (&batch->done);
  g_assert (batch->tasks->len == 0);
  g_ptr_array_unref (batch->tasks);
  g_object_unref (batch->stop);
  g_free (batch);
  account->is_creating = FALSE;
  start_batch (account);
  for (guint i = 0; i < done->len; i++)
    tell (g_ptr_array_index (done, i));
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Batch, batch_free)

static void
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  const Batch *batch = user_data;
  for (guint i = 0; i < batch->tasks->len; i++)
    if (!g_cancellable_is_cancelled (g_task_get_cancellable (batch->tasks->pdata[i])))
      return;
  g_cancellable_cancel (batch->stop);
}

/* Takes along what waits; also what came in while the folder was looked for. */
static void
fill (Batch *batch)
{
  while (batch->tasks->len < BATCH && !g_queue_is_empty (&batch->account->creations))
    {
      GTask *task = g_queue_pop_head (&batch->account->creations);
      Creating *creating = g_task_get_task_data (task);
      GCancellable *cancellable = g_task_get_cancellable (task);
      g_ptr_array_add (batch->tasks, task);
      if (cancellable != NULL && !g_cancellable_is_cancelled (cancellable))
        creating->cancel_id
            = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), batch, NULL);
    }
}

static void
start_batch (EwsAccount *account)
{
  if (account->is_creating || g_queue_is_empty (&account->creations))
    return;
  account->is_creating = TRUE;
  Batch *batch = g_new0 (Batch, 1);
  batch->account = account;
  batch->tasks = g_ptr_array_new_with_free_func (g_object_unref);
  batch->done = g_ptr_array_new_with_free_func (g_object_unref);
  batch->stop = g_cancellable_new ();
  fill (batch);
  ews_place_know_async (account, batch->stop, on_place, batch);
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
  EwsAccount *account = ews_account_of (calendar);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ews_creating_async);
  g_task_set_check_cancellable (task, FALSE);
  ExItem *item = make_item (calendar, bytes, &error);
  if (item == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  Creating *creating = g_new0 (Creating, 1);
  creating->account = account;
  creating->item = item;
  g_task_set_task_data (task, creating, (GDestroyNotify) creating_free);
  g_queue_push_tail (&account->creations, g_steal_pointer (&task));
  start_batch (account);
}

static void
on_place (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Batch) batch = user_data;
  GError *error = NULL;
  gboolean is_known = ews_place_find_finish (result, &error);
  fill (batch);
  drop_cancelled (batch);
  if (!is_known)
    {
      fail_all (batch, error);
      return;
    }
  if (batch->tasks->len == 0)
    return;
  g_autoptr (GPtrArray) uids = g_ptr_array_new ();
  for (guint i = 0; i < batch->tasks->len; i++)
    g_ptr_array_add (uids, (gpointer) get_uid (batch, i));
  GBytes *body
      = ews_request_find_uids (batch->account, (const char *const *) uids->pdata, uids->len);
  EwsAccount *account = batch->account;
  GCancellable *stop = batch->stop;
  ews_call_async (account, "FindItem", "ask whether the event is there already", body, stop,
                  on_found, g_steal_pointer (&batch));
}

/* Our UIDs of the items that were found: (transfer full) (nullable), with @error */
static GHashTable *
read_found (const EwsReply *reply, GError **error)
{
  const EwsMessage *message = ews_reply_get_only (reply, WISH, error);
  const xmlNode *root = message != NULL ? soap_find (message->node, "RootFolder") : NULL;
  const xmlNode *items = soap_find (root, "Items");
  g_autofree char *is_last = soap_dup_value (root, "IncludesLastItemInRange");
  if (message == NULL)
    return NULL;
  if (items == NULL || g_strcmp0 (is_last, "true") != 0)
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                           "cannot " WISH ": the server does not say whether it has it already");
      return NULL;
    }
  GHashTable *uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (const xmlNode *one = soap_first (items); one != NULL; one = soap_next (one))
    {
      g_autoptr (ExItem) item = ews_item_read (one, NULL);
      const char *uid = item != NULL ? ex_item_get_own (item, EX_OWN_UID) : NULL;
      if (uid != NULL)
        g_hash_table_add (uids, g_strdup (uid));
    }
  return uids;
}

/* Also of two creations of one UID that go together only the first is none. */
static void
drop_found (Batch *batch, GHashTable *uids)
{
  guint i = 0;
  while (i < batch->tasks->len)
    if (g_hash_table_add (uids, g_strdup (get_uid (batch, i))))
      i++;
    else
      fail (batch, i,
            g_error_new (TURNUS_ERROR, TURNUS_ERROR_CONFLICT,
                         "cannot " WISH ": an item with its UID stands in the calendar already"));
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Batch) batch = user_data;
  GError *error = NULL;
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  g_autoptr (GHashTable) uids = reply != NULL ? read_found (reply, &error) : NULL;
  drop_cancelled (batch);
  if (uids == NULL)
    {
      fail_all (batch, error);
      return;
    }
  drop_found (batch, uids);
  if (batch->tasks->len == 0)
    return;
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  for (guint i = 0; i < batch->tasks->len; i++)
    g_ptr_array_add (items, get_creating (batch, i)->item);
  GBytes *body = ews_request_create (batch->account, items);
  EwsAccount *account = batch->account;
  GCancellable *stop = batch->stop;
  ews_call_async (account, "CreateItem", WISH, body, stop, on_created, g_steal_pointer (&batch));
}

/* Answers the first task of the batch. */
static void
answer_first (Batch *batch, const EwsMessage *message)
{
  GError *error = NULL;
  g_autoptr (ExItem) made
      = message->is_good ? ews_item_read (ews_reply_find_item (message), &error) : NULL;
  if (!message->is_good)
    error = ews_refusal_make_error (message->code, WISH);
  if (made == NULL)
    fail (batch, 0, error);
  else
    settle (batch, 0, turnus_ref_new (made->id, made->revision), NULL);
}

static void
on_created (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Batch) batch = user_data;
  GError *error = NULL;
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  if (reply != NULL && reply->messages->len != batch->tasks->len)
    error = g_error_new (TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                         "cannot " WISH ": the server gives %u answers to %u questions",
                         reply->messages->len, batch->tasks->len);
  if (error != NULL)
    {
      fail_all (batch, error);
      return;
    }
  for (guint i = 0; i < reply->messages->len; i++)
    answer_first (batch, g_ptr_array_index (reply->messages, i));
}

TurnusRef *
ews_creating_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
