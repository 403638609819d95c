/* Loading: a question for each event, twenty to a request (graph-queue.c). What one of them is
 * answered concerns it alone, a refused login and a lost connection concern all. */
#include "graph-loading.h"

#include "graph-account.h"
#include "graph-event.h"
#include "graph-queue.h"
#include "graph-wire.h"
#include "mapping.h"

typedef struct
{
  GraphAccount *account;
  GPtrArray *loaded; /* (owned) (element-type TurnusLoaded) */
  guint n_asked;     /* and not answered */
  GError *error;     /* (owned) (nullable) what fails the whole */
} Loading;

typedef struct
{
  GTask *task; /* (owned) */
  char *id;    /* (owned) */
} One;

static void
loading_free (Loading *loading)
{
  g_ptr_array_unref (loading->loaded);
  g_clear_error (&loading->error);
  g_free (loading);
}

static void
one_free (One *one)
{
  g_object_unref (one->task);
  g_free (one->id);
  g_free (one);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (One, one_free)

/* The item in iCalendar; (transfer full) item. */
static TurnusLoaded *
make_loaded (GraphAccount *account, const char *id, ExItem *item, GError **error)
{
  TurnusCalendar *calendar = account->calendar;
  g_autoptr (TurnusEvent) event = ex_mapping_to_event (item, calendar->zone, error);
  g_autoptr (GBytes) bytes
      = event != NULL ? calendar->host->write_event (calendar->host_data, event, error) : NULL;
  TurnusLoaded *loaded = bytes != NULL ? turnus_loaded_new (id, item->revision, bytes) : NULL;
  if (loaded != NULL)
    graph_account_remember (account, item);
  else
    ex_item_free (item);
  return loaded;
}

static TurnusLoaded *
read_answer (GraphAccount *account, const char *id, const GraphCall *call, GError **error)
{
  if (call->status != 200)
    {
      g_propagate_error (error,
                         graph_wire_make_error (call->status, call->answer, "load the event"));
      return NULL;
    }
  JsonObject *object = graph_call_get_answer (call, error);
  ExItem *item = object != NULL ? graph_event_parse (object, error) : NULL;
  return item != NULL ? make_loaded (account, id, item, error) : NULL;
}

static void
keep (Loading *loading, const char *id, const GraphCall *call)
{
  GError *error = NULL;
  TurnusLoaded *one = read_answer (loading->account, id, call, &error);
  if (one == NULL)
    {
      one = turnus_loaded_new (id, NULL, NULL);
      one->error = error;
    }
  g_ptr_array_add (loading->loaded, one);
}

static void
finish (GTask *task)
{
  Loading *loading = g_task_get_task_data (task);
  if (loading->error != NULL)
    g_task_return_error (task, g_steal_pointer (&loading->error));
  else
    g_task_return_pointer (task, g_ptr_array_ref (loading->loaded),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
on_one (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (One) one = user_data;
  Loading *loading = g_task_get_task_data (one->task);
  GError *error = NULL;
  GraphCall *call = graph_queue_ask_finish (result, &error);
  if (call != NULL && call->status == 401)
    error = graph_wire_make_error (call->status, call->answer, "load the events");
  if (error != NULL && loading->error == NULL)
    loading->error = error;
  else if (error != NULL)
    g_error_free (error);
  else
    keep (loading, one->id, call);
  if (--loading->n_asked == 0)
    finish (one->task);
}

void
graph_loading_async (TurnusCalendar *calendar, const char *const *ids, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  GraphAccount *account = graph_account_of (calendar);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Loading *loading = g_new0 (Loading, 1);
  loading->account = account;
  loading->loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_loaded_free);
  g_task_set_source_tag (task, graph_loading_async);
  g_task_set_task_data (task, loading, (GDestroyNotify) loading_free);
  for (; *ids != NULL; ids++, loading->n_asked++)
    {
      One *one = g_new0 (One, 1);
      one->task = g_object_ref (task);
      one->id = g_strdup (*ids);
      GraphCall *call = graph_call_new ("GET", graph_wire_load_path (account->mailbox, *ids),
                                        graph_wire_get_prefer (GRAPH_BODY_TEXT));
      graph_queue_ask_async (account->queue, call, cancellable, on_one, one);
    }
  if (loading->n_asked == 0)
    finish (task);
}

GPtrArray *
graph_loading_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
