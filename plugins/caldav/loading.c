/* Loading by calendar-multiget, tens at a time, because a server with one thread serves nobody else
 * meanwhile. What such a report does not answer is asked for by itself: some servers leave missing
 * items out, some refuse the whole report for one of them, and only an item's own 404 or 410 says
 * that it is gone (hazards 4 to 6).
 *
 * A server that does not answer, wants another login or asks to come later fails the loading as a
 * whole: nobody shall take half of it for all. */
#include "loading.h"

#include <string.h>

#include "client.h"
#include "multistatus.h"
#include "revision.h"
#include "search.h"
#include "wire.h"

#define BATCH 50u
#define IN_FLIGHT 2u

typedef struct
{
  TurnusCalendar *self;
  char **ids; /* (owned) */
  guint n_ids;
  guint next;         /* index of the first id that no report has asked for */
  GQueue singles;     /* (element-type utf8) borrowed of `ids`: to be asked for by itself */
  GHashTable *loaded; /* (owned) (element-type utf8 TurnusLoaded) by id */
  guint in_flight;
  GError *error; /* (owned) (nullable) what fails the whole */
} Loading;

typedef struct
{
  GTask *task; /* (owned) */
  guint start; /* [start, end) of the ids */
  guint end;
} Batch;

typedef struct
{
  GTask *task;        /* (owned) */
  const char *id;     /* of the loading's ids */
  char *revision;     /* (owned) (nullable) from a property, when the header was of no use */
  gboolean has_asked; /* for that property */
} Single;

static void load_more (GTask *task);
static void on_batch (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_single (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_etag (GObject *source, GAsyncResult *result, gpointer user_data);

static void
loading_free (Loading *loading)
{
  g_strfreev (loading->ids);
  g_queue_clear (&loading->singles);
  g_hash_table_unref (loading->loaded);
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

static void
single_free (Single *single)
{
  g_object_unref (single->task);
  g_free (single->revision);
  g_free (single);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Single, single_free)

static void
keep (Loading *loading, TurnusLoaded *one)
{
  g_hash_table_replace (loading->loaded, one->id, one);
}

static void
keep_gone (Loading *loading, const char *id)
{
  TurnusLoaded *one = turnus_loaded_new (id, NULL, NULL);
  one->error = g_error_new (TURNUS_ERROR, TURNUS_ERROR_GONE, "%s is not there any more", id);
  keep (loading, one);
}

/* Does this status concern more than the one item? */
static gboolean
fails_all (guint status)
{
  return status == 401 || status == 429 || (status >= 502 && status <= 504);
}

/* (transfer full) error */
static void
fail_all (Loading *loading, GError *error)
{
  if (loading->error == NULL)
    loading->error = error;
  else
    g_error_free (error);
}

static void
finish (GTask *task)
{
  Loading *loading = g_task_get_task_data (task);
  if (loading->error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&loading->error));
      return;
    }
  GPtrArray *answer = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_loaded_free);
  for (guint i = 0; i < loading->n_ids; i++)
    {
      gpointer one = NULL;
      if (g_hash_table_steal_extended (loading->loaded, loading->ids[i], NULL, &one))
        g_ptr_array_add (answer, one);
    }
  g_task_return_pointer (task, answer, (GDestroyNotify) g_ptr_array_unref);
}

static void
ask_batch (GTask *task)
{
  Loading *loading = g_task_get_task_data (task);
  TurnusCalendar *self = loading->self;
  Batch *batch = g_new0 (Batch, 1);
  batch->task = g_object_ref (task);
  batch->start = loading->next;
  batch->end = MIN (loading->next + BATCH, loading->n_ids);
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = batch->start; i < batch->end; i++)
    g_ptr_array_add (paths, caldav_calendar_dup_path (self, loading->ids[i]));
  loading->next = batch->end;
  caldav_client_ask_async (self, "REPORT", self->path, "1",
                           caldav_wire_ask_items ((const char *const *) paths->pdata, paths->len),
                           g_task_get_cancellable (task), on_batch, batch);
}

static void
get_single (Single *single)
{
  Loading *loading = g_task_get_task_data (single->task);
  g_autofree char *path = caldav_calendar_dup_path (loading->self, single->id);
  CaldavRequest request = { .method = "GET", .path = path };
  caldav_client_send_async (loading->self, &request, g_task_get_cancellable (single->task),
                            on_single, single);
}

static void
ask_single (GTask *task)
{
  Loading *loading = g_task_get_task_data (task);
  Single *single = g_new0 (Single, 1);
  single->task = g_object_ref (task);
  single->id = g_queue_pop_head (&loading->singles);
  get_single (single);
}

/* Takes nothing over. Called whenever an answer has come. */
static void
load_more (GTask *task)
{
  Loading *loading = g_task_get_task_data (task);
  while (loading->error == NULL && loading->in_flight < IN_FLIGHT)
    {
      gboolean has_batch = loading->next < loading->n_ids;
      if (!has_batch && g_queue_is_empty (&loading->singles))
        break;
      loading->in_flight++;
      if (has_batch)
        ask_batch (task);
      else
        ask_single (task);
    }
  if (loading->in_flight == 0)
    finish (task);
}

static gboolean
visit_item (const CaldavMember *member, gpointer user_data, GError **error)
{
  Loading *loading = user_data;
  TurnusCalendar *self = loading->self;
  g_autofree char *id = caldav_calendar_dup_id (self, self->path, member->href, error);
  if (id == NULL)
    return FALSE;
  const char *text = member->texts[CALDAV_TEXT_CALENDAR];
  g_autofree char *revision = caldav_revision_from_etag (member->texts[CALDAV_TEXT_ETAG]);
  if (member->status == 404 || member->status == 410)
    keep_gone (loading, id);
  else if (text != NULL && revision != NULL)
    {
      g_autoptr (GBytes) bytes = caldav_wire_dup_calendar (text);
      keep (loading, turnus_loaded_new (id, revision, bytes));
    }
  return TRUE;
}

/* A report that cannot be used is no statement about any item: each is asked for by itself. */
static void
take_batch (Loading *loading, const Batch *batch, const TurnusResponse *response)
{
  if (fails_all (response->status))
    {
      fail_all (loading, caldav_wire_make_error (response, NULL, "load events"));
      return;
    }
  gboolean is_read = caldav_wire_check_multistatus (response, "load events", NULL)
                     && caldav_multistatus_read (response->body, visit_item, loading, NULL, NULL);
  for (guint i = batch->start; i < batch->end; i++)
    {
      char *id = loading->ids[i];
      if (!is_read)
        g_hash_table_remove (loading->loaded, id);
      if (!g_hash_table_contains (loading->loaded, id))
        g_queue_push_tail (&loading->singles, id);
    }
}

static void
on_batch (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Batch) batch = user_data;
  Loading *loading = g_task_get_task_data (batch->task);
  GError *error = NULL;
  g_autoptr (TurnusResponse) response = caldav_client_send_finish (loading->self, result, &error);
  if (response == NULL)
    fail_all (loading, error);
  else
    take_batch (loading, batch, response);
  loading->in_flight--;
  load_more (batch->task);
}

static gboolean
is_calendar (const TurnusResponse *response)
{
  const char *type = caldav_wire_find_header (response, "content-type");
  return type != NULL && g_ascii_strncasecmp (type, "text/calendar", 13) == 0;
}

static void
keep_single (Loading *loading, const Single *single, const TurnusResponse *response)
{
  TurnusCalendar *self = loading->self;
  const char *etag = caldav_wire_find_header (response, "etag");
  g_autofree char *revision
      = single->revision != NULL ? g_strdup (single->revision) : caldav_revision_from_header (etag);
  if (revision == NULL)
    revision = caldav_revision_from_bytes (self->host, self->host_data, response->body);
  keep (loading, turnus_loaded_new (single->id, revision, response->body));
}

static void
keep_failure (Loading *loading, const char *id, const TurnusResponse *response)
{
  TurnusLoaded *one = turnus_loaded_new (id, NULL, NULL);
  one->error = response->status == 200
                   ? g_error_new (TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                                  "cannot load %s: the answer is no calendar", id)
                   : caldav_wire_make_error (response, NULL, "load the event");
  keep (loading, one);
}

/* Takes the single over when it returns %TRUE: its ETag is asked for first, then the item once
 * more, so that the ETag is at most too old, which a write notices. */
static gboolean
wants_etag (Single *single, const TurnusResponse *response)
{
  Loading *loading = g_task_get_task_data (single->task);
  g_autofree char *revision
      = caldav_revision_from_header (caldav_wire_find_header (response, "etag"));
  if (single->has_asked || caldav_revision_is_exact (revision))
    return FALSE;
  single->has_asked = TRUE;
  g_autofree char *path = caldav_calendar_dup_path (loading->self, single->id);
  caldav_client_ask_async (loading->self, "PROPFIND", path, "0", caldav_wire_ask_etags (),
                           g_task_get_cancellable (single->task), on_etag, single);
  return TRUE;
}

static void
on_single (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Single) single = user_data;
  Loading *loading = g_task_get_task_data (single->task);
  GError *error = NULL;
  g_autoptr (TurnusResponse) response = caldav_client_send_finish (loading->self, result, &error);
  guint status = response != NULL ? response->status : 0;
  if (response == NULL)
    fail_all (loading, error);
  else if (fails_all (status))
    fail_all (loading, caldav_wire_make_error (response, NULL, "load the event"));
  else if (status == 404 || status == 410)
    keep_gone (loading, single->id);
  else if (status != 200 || !is_calendar (response))
    keep_failure (loading, single->id, response);
  else if (wants_etag (single, response))
    {
      g_steal_pointer (&single);
      return;
    }
  else
    keep_single (loading, single, response);
  loading->in_flight--;
  load_more (single->task);
}

static gboolean
visit_etag (const CaldavMember *member, gpointer user_data, GError **error)
{
  char **revision = user_data;
  if (*revision == NULL && member->has_good)
    *revision = caldav_revision_from_etag (member->texts[CALDAV_TEXT_ETAG]);
  return TRUE;
}

static void
on_etag (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Single *single = user_data;
  Loading *loading = g_task_get_task_data (single->task);
  g_autoptr (TurnusResponse) response = caldav_client_send_finish (loading->self, result, NULL);
  if (response != NULL && caldav_wire_check_multistatus (response, "ask for an ETag", NULL)
      && !caldav_multistatus_read (response->body, visit_etag, &single->revision, NULL, NULL))
    g_clear_pointer (&single->revision, g_free);
  get_single (single);
}

static void
on_path (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  if (!caldav_search_path_finish (result, &error))
    g_task_return_error (task, error);
  else
    load_more (task);
}

/**
 * caldav_loading_async:
 * @ids: copied
 *
 * Loads items; one that is gone or cannot be read has an error of its own.
 */
void
caldav_loading_async (TurnusCalendar *self, const char *const *ids, GCancellable *cancellable,
                      GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, caldav_loading_async);
  Loading *loading = g_new0 (Loading, 1);
  loading->self = self;
  loading->ids = g_strdupv ((char **) ids);
  loading->n_ids = g_strv_length (loading->ids);
  g_queue_init (&loading->singles);
  loading->loaded
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) turnus_loaded_free);
  g_task_set_task_data (task, loading, (GDestroyNotify) loading_free);
  caldav_search_path_async (self, cancellable, on_path, g_steal_pointer (&task));
}

GPtrArray *
caldav_loading_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
