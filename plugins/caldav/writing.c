/* Writing. Every PUT and DELETE has a condition, without exception (hazard 19).
 *
 *   PUT -> on_written -> done
 *                     -> GET -> on_confirmed        no ETag, or a weak one: whose bytes are there?
 *                     -> PROPFIND -> on_looked      the condition did not hold: changed, or gone?
 *                     -> REPORT -> on_uid           refused: does its UID stand elsewhere?
 *
 * What a refusal means is refusal.c's matter. */
#include "writing.h"

#include <string.h>

#include "client.h"
#include "href.h"
#include "refusal.h"
#include "revision.h"
#include "search.h"
#include "wire.h"

typedef struct
{
  TurnusCalendar *self;
  char *id;       /* (owned) */
  char *revision; /* (owned) (nullable) NULL: create */
  GBytes *bytes;  /* (owned) (nullable) NULL: remove */
  char *path;     /* (owned) (nullable) */
  CaldavRefusal refusal;
} Writing;

static void on_written (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_looked (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_uid (GObject *source, GAsyncResult *result, gpointer user_data);

static void
writing_free (Writing *writing)
{
  g_free (writing->id);
  g_free (writing->revision);
  g_clear_pointer (&writing->bytes, g_bytes_unref);
  g_free (writing->path);
  caldav_refusal_clear (&writing->refusal);
  g_free (writing);
}

static void
succeed (GTask *task, const char *revision)
{
  Writing *writing = g_task_get_task_data (task);
  if (writing->bytes != NULL && writing->revision == NULL)
    g_hash_table_add (writing->self->created, g_strdup (writing->id));
  if (writing->bytes == NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_pointer (task, turnus_ref_new (writing->id, revision),
                           (GDestroyNotify) turnus_ref_free);
}

static void
fail (GTask *task, GError *error)
{
  Writing *writing = g_task_get_task_data (task);
  g_prefix_error (&error, "%s %s%s: ", writing->bytes != NULL ? "PUT" : "DELETE",
                  writing->self->origin, writing->path != NULL ? writing->path : "");
  g_task_return_error (task, error);
}

static void
write_item (GTask *task)
{
  Writing *writing = g_task_get_task_data (task);
  g_autofree char *condition
      = writing->revision != NULL ? caldav_revision_to_condition (writing->revision) : NULL;
  if (writing->revision != NULL && condition == NULL)
    {
      fail (task, g_error_new (TURNUS_ERROR, TURNUS_ERROR_CONFLICT,
                               "what stands there was not read with an ETag: read it again"));
      return;
    }
  writing->path = caldav_calendar_dup_path (writing->self, writing->id);
  CaldavRequest request = { .method = writing->bytes != NULL ? "PUT" : "DELETE",
                            .path = writing->path,
                            .type = writing->bytes != NULL ? "text/calendar; charset=utf-8" : NULL,
                            .if_match = condition,
                            .if_none_match = condition == NULL ? "*" : NULL,
                            .body = writing->bytes };
  caldav_client_send_async (writing->self, &request, g_task_get_cancellable (task), on_written,
                            g_object_ref (task));
}

/* The answer has no ETag that could be used (hazards 22 and 23). */
static void
confirm (GTask *task)
{
  Writing *writing = g_task_get_task_data (task);
  CaldavRequest request = { .method = "GET", .path = writing->path };
  caldav_client_send_async (writing->self, &request, g_task_get_cancellable (task), on_confirmed,
                            g_object_ref (task));
}

static void
look (GTask *task)
{
  Writing *writing = g_task_get_task_data (task);
  caldav_client_ask_async (writing->self, "PROPFIND", writing->path, "0", caldav_wire_ask_etags (),
                           g_task_get_cancellable (task), on_looked, g_object_ref (task));
}

static char *
dup_uid (const Writing *writing)
{
  TurnusCalendar *self = writing->self;
  g_autoptr (GPtrArray) items = self->host->split_calendar (self->host_data, writing->bytes, NULL);
  TurnusLoaded *first = items != NULL && items->len > 0 ? g_ptr_array_index (items, 0) : NULL;
  return first != NULL ? g_strdup (first->id) : NULL;
}

/* Returns: %FALSE when it cannot be asked for. */
static gboolean
ask_uid (GTask *task)
{
  Writing *writing = g_task_get_task_data (task);
  g_autofree char *uid = dup_uid (writing);
  if (uid == NULL)
    return FALSE;
  caldav_client_ask_async (writing->self, "REPORT", writing->self->path, "1",
                           caldav_wire_ask_uid (uid), g_task_get_cancellable (task), on_uid,
                           g_object_ref (task));
  return TRUE;
}

static void
take_success (GTask *task, const TurnusResponse *response)
{
  Writing *writing = g_task_get_task_data (task);
  g_autofree char *revision
      = caldav_revision_from_header (caldav_wire_find_header (response, "etag"));
  if (writing->bytes == NULL || caldav_revision_is_exact (revision))
    succeed (task, revision);
  else
    confirm (task);
}

/* Cyrus takes a UID once in all calendars of an account (hazard 32). */
static gboolean
is_of_other_calendar (const Writing *writing)
{
  const CaldavRefusal *refusal = &writing->refusal;
  if (refusal->href == NULL || !caldav_refusal_is_of_uid (refusal))
    return FALSE;
  g_autofree char *id = caldav_calendar_dup_id (writing->self, writing->path, refusal->href, NULL);
  return id == NULL;
}

static GError *
make_other_calendar_error (const Writing *writing)
{
  g_autofree char *shown = caldav_href_dup_shown (writing->refusal.href);
  return g_error_new (TURNUS_ERROR, TURNUS_ERROR_INVALID,
                      "its UID stands in %s, in another calendar of this account, and the server "
                      "takes a UID once in an account: give this calendar an account of its own",
                      shown);
}

static void
take_refusal (GTask *task, const TurnusResponse *response)
{
  Writing *writing = g_task_get_task_data (task);
  caldav_refusal_read (response, &writing->refusal);
  gboolean is_create = writing->bytes != NULL && writing->revision == NULL;
  switch (caldav_refusal_judge (&writing->refusal, is_create, writing->bytes == NULL))
    {
    case CALDAV_NEXT_LOOK:
      look (task);
      return;
    case CALDAV_NEXT_ASK_UID:
      if (ask_uid (task))
        return;
      break;
    case CALDAV_NEXT_FAIL:
      break;
    }
  GError *error = is_of_other_calendar (writing)
                      ? make_other_calendar_error (writing)
                      : caldav_refusal_make_error (&writing->refusal, is_create);
  writing->self->is_read_only |= g_error_matches (error, TURNUS_ERROR, TURNUS_ERROR_DENIED);
  fail (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Writing *writing = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TurnusResponse) response = caldav_client_send_finish (writing->self, result, &error);
  if (response == NULL)
    {
      g_task_return_error (task, error); /* the host says what it tried */
      return;
    }
  writing->refusal.is_inner = response->status == 207;
  if (response->status == 207)
    response->status = caldav_wire_read_inner_status (response->body, &error);
  if (error != NULL)
    fail (task, error);
  else if (response->status == 200 || response->status == 201 || response->status == 204)
    take_success (task, response);
  else
    take_refusal (task, response);
}

static char *
dup_body_revision (const Writing *writing, const TurnusResponse *response)
{
  gint64 now_us = writing->self->host->now_us (writing->self->host_data);
  char *revision = response != NULL && response->status == 200
                           && g_bytes_equal (response->body, writing->bytes)
                       ? caldav_revision_from_header (caldav_wire_find_header (response, "etag"))
                       : NULL;
  return revision != NULL ? revision : caldav_revision_make_unconfirmed (now_us);
}

/* It is written, whatever is said here. */
static void
on_confirmed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Writing *writing = g_task_get_task_data (task);
  g_autoptr (TurnusResponse) response = caldav_client_send_finish (writing->self, result, NULL);
  g_autofree char *revision = dup_body_revision (writing, response);
  succeed (task, revision);
}

typedef struct
{
  char *revision; /* (owned) (nullable) */
  gboolean is_gone;
} Look;

static gboolean
visit_look (const CaldavMember *member, gpointer user_data, GError **error)
{
  Look *look = user_data;
  look->is_gone = look->is_gone || member->status == 404 || member->status == 410;
  if (look->revision == NULL && member->has_good)
    look->revision = caldav_revision_from_etag (member->texts[CALDAV_TEXT_ETAG]);
  return TRUE;
}

/* What stands there cannot be told from what was to be changed, and still it is refused. */
static GError *
make_stubborn_error (const Writing *writing, const char *revision)
{
  if (writing->refusal.is_inner)
    return g_error_new (TURNUS_ERROR, TURNUS_ERROR_INVALID,
                        "the server refuses what it was sent, and does not say why");
  if (caldav_revision_is_weak (revision))
    return g_error_new (TURNUS_ERROR, TURNUS_ERROR_DENIED,
                        "the server has weak ETags only and does not take them for a condition: it "
                        "cannot be written without overwriting somebody");
  return g_error_new (TURNUS_ERROR, TURNUS_ERROR_CONFLICT, "it was changed on the server");
}

/* The condition did not hold: what stands there? */
static void
on_looked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Writing *writing = g_task_get_task_data (task);
  Look seen = { NULL, FALSE };
  g_autoptr (TurnusResponse) response = caldav_client_send_finish (writing->self, result, NULL);
  guint status = response != NULL ? response->status : 0;
  gboolean is_read
      = status == 207 && caldav_multistatus_read (response->body, visit_look, &seen, NULL, NULL);
  g_autofree char *revision = g_steal_pointer (&seen.revision);
  if (status == 404 || status == 410 || (is_read && seen.is_gone))
    fail (task, g_error_new (TURNUS_ERROR, TURNUS_ERROR_GONE, "it is not there any more"));
  else if (is_read && revision != NULL && caldav_revision_means_same (revision, writing->revision))
    fail (task, make_stubborn_error (writing, revision));
  else
    fail (task, g_error_new (TURNUS_ERROR, TURNUS_ERROR_CONFLICT, "it was changed on the server"));
}

typedef struct
{
  const Writing *writing;
  char *place; /* (owned) (nullable) where the UID stands, as an id */
} Place;

static gboolean
visit_uid (const CaldavMember *member, gpointer user_data, GError **error)
{
  Place *place = user_data;
  TurnusCalendar *self = place->writing->self;
  if (!member->has_good)
    return TRUE;
  g_autofree char *id = caldav_calendar_dup_id (self, self->path, member->href, error);
  gboolean is_known = id != NULL && (place->place == NULL || place->writing->revision == NULL);
  if (is_known && *id != '\0')
    {
      g_free (place->place);
      place->place = g_steal_pointer (&id);
    }
  return is_known;
}

/* Refused: because its UID stands in another resource (hazard 29), or because of what it is? */
static void
on_uid (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Writing *writing = g_task_get_task_data (task);
  Place place = { .writing = writing };
  g_autoptr (TurnusResponse) response = caldav_client_send_finish (writing->self, result, NULL);
  gboolean is_told = response != NULL && response->status == 207
                     && caldav_multistatus_read (response->body, visit_uid, &place, NULL, NULL);
  g_autofree char *found = g_steal_pointer (&place.place);
  gboolean is_create = writing->revision == NULL;
  if (found != NULL && (is_create || strcmp (found, writing->id) != 0))
    {
      fail (task, g_error_new (TURNUS_ERROR, TURNUS_ERROR_CONFLICT,
                               "its UID stands in %s%s already", writing->self->path, found));
      return;
    }
  if (is_told && found == NULL && is_create && caldav_refusal_is_of_uid (&writing->refusal))
    {
      writing->self->refuses_old_uids = TRUE;
      fail (task, g_error_new (TURNUS_ERROR, TURNUS_ERROR_INVALID,
                               "the server refuses its UID, which stands in no event of the "
                               "calendar: maybe in its trash bin, which can be emptied"));
      return;
    }
  GError *error = caldav_refusal_make_error (&writing->refusal, is_create);
  writing->self->is_read_only |= g_error_matches (error, TURNUS_ERROR, TURNUS_ERROR_DENIED);
  fail (task, error);
}

static void
on_path (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  GError *error = NULL;
  if (!caldav_search_path_finish (result, &error))
    g_task_return_error (task, error);
  else
    write_item (task);
}

static void
start (TurnusCalendar *self, GTask *owned, char *id, const char *revision, GBytes *bytes)
{
  g_autoptr (GTask) task = owned;
  Writing *writing = g_new0 (Writing, 1);
  writing->self = self;
  writing->id = id;
  writing->revision = g_strdup (revision);
  writing->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  g_task_set_task_data (task, writing, (GDestroyNotify) writing_free);
  g_task_set_check_cancellable (task, FALSE);
  if (!g_task_return_error_if_cancelled (task))
    {
      GCancellable *cancellable = g_task_get_cancellable (task);
      caldav_search_path_async (self, cancellable, on_path, g_steal_pointer (&task));
    }
}

/* A new item is called as proposed; many servers want the ending. */
static char *
dup_name (const char *id, const char *revision)
{
  return revision != NULL || g_str_has_suffix (id, ".ics") ? g_strdup (id)
                                                           : g_strconcat (id, ".ics", NULL);
}

/**
 * caldav_writing_save_async:
 * @revision: (nullable): %NULL to create
 *
 * Errors: see the contract; what was written by an interrupted call is unknown.
 */
void
caldav_writing_save_async (TurnusCalendar *self, const char *id, const char *revision,
                           GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, caldav_writing_save_async);
  start (self, task, dup_name (id, revision), revision, bytes);
}

TurnusRef *
caldav_writing_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
caldav_writing_remove_async (TurnusCalendar *self, const char *id, const char *revision,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, caldav_writing_remove_async);
  start (self, task, g_strdup (id), revision, NULL);
}

gboolean
caldav_writing_remove_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
