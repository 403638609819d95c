/* A new event. Graph chooses ids and UIDs itself (pitfall 1, hazard 33), so that one is not made
 * twice rests on two things: an event with our UID in its property is looked for first, and what is
 * asked for bears a transaction number that follows from the UID (hazards 19, 31). A number that
 * the server remembers of an event that is no more is followed by the next one. */
#include "graph-creating.h"

#include <string.h>

#include "graph-account.h"
#include "graph-event.h"
#include "graph-place.h"
#include "graph-queue.h"
#include "graph-wire.h"
#include "mapping.h"

#define ATTEMPTS_MOST 4u

typedef struct
{
  GraphAccount *account;
  GBytes *bytes; /* (owned) */
  ExItem *item;  /* (owned) (nullable) what is asked for */
  guint attempt;
} Creating;

/* place -> search -> post, and to search again when the number is taken */
static void on_place (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_search (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_post (GObject *source, GAsyncResult *result, gpointer user_data);

static void
creating_free (Creating *creating)
{
  g_bytes_unref (creating->bytes);
  ex_item_free (creating->item);
  g_free (creating);
}

static const char *
get_uid (const Creating *creating)
{
  return ex_item_get_own (creating->item, EX_OWN_UID);
}

static void
search (GTask *task)
{
  Creating *creating = g_task_get_task_data (task);
  GraphAccount *account = creating->account;
  GraphCall *call = graph_call_new (
      "GET", graph_wire_find_path (account->mailbox, account->id, get_uid (creating)),
      graph_wire_get_prefer (GRAPH_BODY_TEXT));
  graph_queue_ask_async (account->queue, call, g_task_get_cancellable (task), on_search,
                         g_object_ref (task));
}

static void
on_place (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Creating *creating = g_task_get_task_data (task);
  TurnusCalendar *calendar = creating->account->calendar;
  GError *error = NULL;
  g_autoptr (TurnusEvent) event
      = graph_place_find_finish (result, &error) ? calendar->host->read_event (
            calendar->host_data, creating->bytes, calendar->zone, &error)
                                                 : NULL;
  creating->item = event != NULL ? ex_mapping_to_item (event, calendar->zone, &error) : NULL;
  if (creating->item == NULL)
    g_task_return_error (task, error);
  else
    search (task);
}

/* Servers compare texts without regard to capitals; we do not (hazard 35). */
static gboolean
has_uid (JsonObject *object, const char *uid)
{
  g_autoptr (ExItem) item = graph_event_parse (object, NULL);
  return item != NULL && g_strcmp0 (ex_item_get_own (item, EX_OWN_UID), uid) == 0;
}

static gboolean
is_there (const GraphCall *call, const char *uid, gboolean *ret_is_there, GError **error)
{
  JsonArray *value = NULL;
  JsonObject *object = graph_call_get_answer (call, error);
  if (object == NULL || !graph_json_find_array (object, "value", &value, error))
    return FALSE;
  if (value == NULL)
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                           "the server's search has no list of events");
      return FALSE;
    }
  *ret_is_there = FALSE;
  for (guint i = 0; i < json_array_get_length (value); i++)
    {
      JsonObject *event = graph_json_peek_object (value, i);
      *ret_is_there = *ret_is_there || (event != NULL && has_uid (event, uid));
    }
  return TRUE;
}

static void
post (GTask *task)
{
  Creating *creating = g_task_get_task_data (task);
  GraphAccount *account = creating->account;
  g_autofree char *transaction
      = graph_wire_make_transaction (get_uid (creating), creating->attempt);
  GraphCall *call = graph_call_new ("POST", graph_wire_events_path (account->mailbox, account->id),
                                    graph_wire_get_prefer (GRAPH_BODY_TEXT));
  call->body = graph_event_build (creating->item, transaction);
  graph_queue_ask_async (account->queue, call, g_task_get_cancellable (task), on_post,
                         g_object_ref (task));
}

static void
return_conflict (GTask *task)
{
  g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_CONFLICT,
                           "cannot create the event: one with its UID is there already");
}

static void
on_search (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Creating *creating = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean found = FALSE;
  GraphCall *call = graph_queue_ask_finish (result, &error);
  if (call != NULL && call->status != 200)
    {
      error = graph_wire_make_error (call->status, call->answer,
                                     "see whether the event is there already");
      if (call->status == 404)
        error->code = TURNUS_ERROR_FAILED;
    }
  if (error != NULL || !is_there (call, get_uid (creating), &found, &error))
    g_task_return_error (task, error);
  else if (found)
    return_conflict (task);
  else
    post (task);
}

static gboolean
is_taken (const GraphCall *call)
{
  const char *code = graph_wire_find_code (call->answer);
  return call->status >= 400 && call->status < 500
         && g_strcmp0 (code, "ErrorDuplicateTransactionId") == 0;
}

/* What came of it. A server that knew the number answers with the event that it made then. */
static TurnusRef *
read_created (const Creating *creating, const GraphCall *call, GError **error)
{
  JsonObject *object = graph_call_get_answer (call, error);
  g_autoptr (ExItem) made = object != NULL ? graph_event_parse (object, error) : NULL;
  if (made == NULL)
    return NULL;
  if (strcmp (made->subject, creating->item->subject) == 0)
    return turnus_ref_new (made->id, made->revision);
  g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_CONFLICT,
                       "cannot create the event: the server made another one of it before");
  return NULL;
}

static void
fail_post (GTask *task, const GraphCall *call)
{
  Creating *creating = g_task_get_task_data (task);
  if (is_taken (call) && ++creating->attempt < ATTEMPTS_MOST)
    {
      search (task);
      return;
    }
  GError *error = graph_wire_make_error (call->status, call->answer, "create the event");
  if (error->code == TURNUS_ERROR_GONE)
    error->code = TURNUS_ERROR_FAILED;
  g_task_return_error (task, error);
}

static void
on_post (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Creating *creating = g_task_get_task_data (task);
  GError *error = NULL;
  GraphCall *call = graph_queue_ask_finish (result, &error);
  if (call != NULL && call->status != 201 && call->status != 200)
    {
      fail_post (task, call);
      return;
    }
  TurnusRef *ref = call != NULL ? read_created (creating, call, &error) : NULL;
  if (ref == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, ref, (GDestroyNotify) turnus_ref_free);
}

void
graph_creating_async (TurnusCalendar *calendar, GBytes *bytes, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  GraphAccount *account = graph_account_of (calendar);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Creating *creating = g_new0 (Creating, 1);
  creating->account = account;
  creating->bytes = g_bytes_ref (bytes);
  g_task_set_source_tag (task, graph_creating_async);
  g_task_set_task_data (task, creating, (GDestroyNotify) creating_free);
  graph_place_find_async (account, cancellable, on_place, g_steal_pointer (&task));
}

/**
 * graph_creating_finish:
 *
 * Errors: %TURNUS_ERROR_CONFLICT when it is there already; %TURNUS_ERROR_INVALID for what recurs.
 * Returns: (transfer full) (nullable)
 */
TurnusRef *
graph_creating_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
