/* Which calendar it is. A calendar has no id that outlasts a move of the mailbox (pitfall 8), so it
 * may be named; the id that was found then is the binding, and another one is another calendar
 * until a person says otherwise. */
#include "graph-place.h"

#include <string.h>

#include "graph-queue.h"
#include "graph-wire.h"

#define PAGES_MOST 100u

typedef struct
{
  GraphAccount *account;
  GPtrArray *found; /* (owned) (element-type Found) */
  guint n_pages;
} Search;

typedef struct
{
  char *id;   /* (owned) */
  char *name; /* (owned) */
  gboolean is_read_only;
  gboolean is_usual;
} Found;

static void on_page (GObject *source, GAsyncResult *result, gpointer user_data);

static void
found_free (Found *found)
{
  g_free (found->id);
  g_free (found->name);
  g_free (found);
}

static void
search_free (Search *search)
{
  g_ptr_array_unref (search->found);
  g_free (search);
}

static gboolean
read_calendar (Search *search, JsonObject *object, GError **error)
{
  const char *id = NULL;
  const char *name = "";
  gboolean can_edit = TRUE;
  gboolean is_usual = FALSE;
  if (!graph_json_read_text (object, "id", &id, error)
      || !graph_json_find_text (object, "name", &name, error)
      || !graph_json_find_flag (object, "canEdit", &can_edit, error)
      || !graph_json_find_flag (object, "isDefaultCalendar", &is_usual, error))
    return FALSE;
  Found *found = g_new0 (Found, 1);
  found->id = g_strdup (id);
  found->name = g_strdup (name);
  found->is_read_only = !can_edit;
  found->is_usual = is_usual;
  g_ptr_array_add (search->found, found);
  return TRUE;
}

static gboolean
read_page (Search *search, JsonObject *page, const char **ret_next, GError **error)
{
  JsonArray *value = NULL;
  if (!graph_json_find_array (page, "value", &value, error)
      || !graph_json_find_text (page, "@odata.nextLink", ret_next, error))
    return FALSE;
  if (value == NULL)
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                           "the server's list of calendars has no calendars in it");
      return FALSE;
    }
  for (guint i = 0; i < json_array_get_length (value); i++)
    {
      JsonObject *object = graph_json_peek_object (value, i);
      if (object == NULL || !read_calendar (search, object, error))
        {
          if (object == NULL)
            g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                                 "the server lists a calendar that is none");
          return FALSE;
        }
    }
  return TRUE;
}

static void
ask (GTask *task, GraphCall *call)
{
  Search *search = g_task_get_task_data (task);
  graph_queue_ask_async (search->account->queue, call, g_task_get_cancellable (task), on_page,
                         g_object_ref (task));
}

static GError *
make_error (const GraphCall *call)
{
  GError *error
      = graph_wire_make_error (call->status, call->answer, "list the calendars of the mailbox");
  if (call->status == 404)
    error->code = TURNUS_ERROR_INVALID;
  return error;
}

static void
on_page (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  GraphCall *call = graph_queue_ask_finish (result, &error);
  const char *next = NULL;
  if (call != NULL && call->status != 200)
    error = make_error (call);
  JsonObject *page = error == NULL ? graph_call_get_answer (call, &error) : NULL;
  if (page == NULL || !read_page (search, page, &next, &error))
    g_task_return_error (task, error);
  else if (next == NULL)
    g_task_return_boolean (task, TRUE);
  else if (++search->n_pages >= PAGES_MOST)
    g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_LIMIT,
                             "the mailbox has too many calendars");
  else
    {
      GraphCall *more = graph_call_new ("GET", g_strdup (next), NULL);
      more->is_alone = TRUE;
      ask (task, more);
    }
}

static GTask *
start (GraphAccount *account, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback,
       gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);
  search->account = account;
  search->found = g_ptr_array_new_with_free_func ((GDestroyNotify) found_free);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  return task;
}

/* By id, byte by byte (pitfall 9), then by name; two of one name are none. */
static const Found *
choose (const Search *search, GError **error)
{
  const char *wanted = search->account->wanted;
  const Found *chosen = NULL;
  guint n = 0;
  for (guint i = 0; i < search->found->len; i++)
    {
      const Found *found = g_ptr_array_index (search->found, i);
      if (wanted != NULL && strcmp (found->id, wanted) == 0)
        return found;
      if (wanted != NULL ? strcmp (found->name, wanted) != 0 : !found->is_usual)
        continue;
      chosen = found;
      n++;
    }
  if (n == 1)
    return chosen;
  g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
               n == 0 ? "the mailbox has no such calendar: name one that "
                        "\"turnusctl calendars discover\" lists"
                      : "the mailbox has %u such calendars: name the id of one, as "
                        "\"turnusctl calendars discover\" lists it",
               n);
  return NULL;
}

/**
 * graph_place_find_async:
 *
 * Asks nothing when the calendar is known.
 */
void
graph_place_find_async (GraphAccount *account, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task
      = start (account, graph_place_find_async, cancellable, callback, user_data);
  if (account->id != NULL)
    g_task_return_boolean (task, TRUE);
  else
    ask (task, graph_call_new ("GET", graph_wire_calendars_path (account->mailbox), NULL));
}

/**
 * graph_place_find_finish:
 *
 * Errors: %TURNUS_ERROR_INVALID when there is none, or more than one; what the server says.
 */
gboolean
graph_place_find_finish (GAsyncResult *result, GError **error)
{
  Search *search = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (search->account->id != NULL)
    return TRUE;
  const Found *found = choose (search, error);
  if (found == NULL)
    return FALSE;
  search->account->id = g_strdup (found->id);
  search->account->is_read_only = found->is_read_only;
  return TRUE;
}

void
graph_place_discover_async (TurnusCalendar *calendar, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  GraphAccount *account = graph_account_of (calendar);
  g_autoptr (GTask) task
      = start (account, graph_place_discover_async, cancellable, callback, user_data);
  ask (task, graph_call_new ("GET", graph_wire_calendars_path (account->mailbox), NULL));
}

static TurnusPlace *
make_place (const GraphAccount *account, const Found *found)
{
  g_autofree char *mailbox = g_uri_escape_string (account->mailbox, "@", FALSE);
  g_autofree char *id = g_uri_escape_string (found->id, NULL, FALSE);
  TurnusPlace *place = g_new0 (TurnusPlace, 1);
  place->url = g_strdup_printf ("%s/users/%s/calendars/%s", account->base, mailbox, id);
  place->name = g_strdup (found->name);
  place->read_only = found->is_read_only;
  return place;
}

GPtrArray *
graph_place_discover_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  Search *search = g_task_get_task_data (G_TASK (result));
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_place_free);
  for (guint i = 0; i < search->found->len; i++)
    g_ptr_array_add (places, make_place (search->account, g_ptr_array_index (search->found, i)));
  return places;
}
