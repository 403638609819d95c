/* The search for calendars (RFC 6764 5 and 6, RFC 5397, RFC 4791 6.2.1): what the settings name is
 * asked what it is; it points to the account's principal, that to the homes of its calendars, and
 * those list them. Redirects are followed here only, on our own origin, five at most (hazards 74
 * and 75). SRV records are not asked: they lead to other hosts, and which hosts get the password is
 * for the settings to say. */
#include "search.h"

#include <string.h>

#include "client.h"
#include "href.h"
#include "wire.h"

#define REDIRECTS_MAX 5u
#define PLACES_MAX 500u
#define NAMED_MAX 10u
#define WELL_KNOWN "/.well-known/caldav"

typedef struct
{
  TurnusCalendar *self;
  gboolean wants_all; /* else the one that the settings mean */
  char *path;         /* (owned) what is asked now */
  gboolean is_deep;   /* its members are asked for */
  guint n_redirects;
  gboolean asked_root;      /* "/" after .well-known */
  gboolean asked_principal; /* the way goes up once only */
  char *principal;          /* (owned) (nullable) found in the answer */
  char *home;               /* (owned) (nullable) found in the answer */
  gboolean is_collection;   /* what was asked is one */
  GPtrArray *found;         /* (owned) (element-type CaldavCollection) */
} Search;

static void ask (GTask *task);
static void on_answer (GObject *source, GAsyncResult *result, gpointer user_data);

static void
search_free (Search *search)
{
  g_free (search->path);
  g_free (search->principal);
  g_free (search->home);
  g_clear_pointer (&search->found, g_ptr_array_unref);
  g_free (search);
}

static void
ask (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_clear_pointer (&search->principal, g_free);
  g_clear_pointer (&search->home, g_free);
  search->is_collection = FALSE;
  caldav_client_ask_async (search->self, "PROPFIND", search->path, search->is_deep ? "1" : "0",
                           caldav_wire_ask_place (), g_task_get_cancellable (task), on_answer,
                           task);
}

/* (transfer full) path, asked for next with its members when `is_deep`. */
static void
go_to (GTask *task, char *path, gboolean is_deep)
{
  Search *search = g_task_get_task_data (task);
  g_free (search->path);
  search->path = path;
  search->is_deep = is_deep;
  ask (task);
}

static gboolean
take_href (Search *search, const char *href, char **ret_path, GError **error)
{
  if (href == NULL)
    return TRUE;
  char *path = caldav_href_dup_path (search->self->origin, search->path, href, error);
  if (path == NULL)
    return FALSE;
  g_free (*ret_path);
  *ret_path = path;
  return TRUE;
}

static gboolean
is_same (const char *a, const char *b)
{
  g_autofree char *rest = caldav_href_dup_member (a, b);
  return rest != NULL && *rest == '\0';
}

static gboolean
visit_place (const CaldavMember *member, gpointer user_data, GError **error)
{
  Search *search = user_data;
  g_autofree char *path
      = caldav_href_dup_path (search->self->origin, search->path, member->href, error);
  if (path == NULL)
    return FALSE;
  gboolean is_asked = is_same (search->path, path);
  if (!member->has_good)
    return TRUE;
  if (is_asked
      && (!take_href (search, member->texts[CALDAV_TEXT_PRINCIPAL], &search->principal, error)
          || !take_href (search, member->texts[CALDAV_TEXT_HOME], &search->home, error)))
    return FALSE;
  if (is_asked && (member->flags & CALDAV_IS_COLLECTION) != 0)
    search->is_collection = TRUE;
  if (caldav_collection_fits (member) && search->found->len < PLACES_MAX)
    g_ptr_array_add (search->found, caldav_collection_new (member, path));
  return TRUE;
}

static char *
name_found (const Search *search)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < MIN (search->found->len, NAMED_MAX); i++)
    {
      const CaldavCollection *one = g_ptr_array_index (search->found, i);
      g_string_append_printf (text, "%s%s%s", i > 0 ? ", " : "", search->self->origin, one->path);
    }
  if (search->found->len > NAMED_MAX)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}

static void
finish_with_one (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  const char *url = search->self->url;
  if (search->found->len == 1)
    g_task_return_pointer (task, g_ptr_array_steal_index (search->found, 0),
                           (GDestroyNotify) caldav_collection_free);
  else if (search->found->len == 0)
    g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                             "url = \"%s\": no calendar for events is found there; name the "
                             "calendar itself",
                             url);
  else
    {
      g_autofree char *names = name_found (search);
      g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                               "url = \"%s\": there are %u calendars; name one of them: %s", url,
                               search->found->len, names);
    }
}

static void
finish (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  if (!search->wants_all)
    finish_with_one (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&search->found),
                           (GDestroyNotify) g_ptr_array_unref);
}

/* Takes the task over. What is asked next follows from what was found. */
static void
go_on (GTask *step)
{
  g_autoptr (GTask) task = step;
  Search *search = g_task_get_task_data (task);
  gboolean is_done = search->found->len > 0 && (search->is_deep || !search->wants_all);
  if (is_done || search->is_deep)
    finish (task);
  else if (search->home != NULL)
    {
      g_ptr_array_set_size (search->found, 0); /* it is among its sisters */
      go_to (g_steal_pointer (&task), g_strdup (search->home), TRUE);
    }
  else if (search->principal != NULL && !search->asked_principal)
    {
      search->asked_principal = TRUE;
      go_to (g_steal_pointer (&task), g_strdup (search->principal), FALSE);
    }
  else if (search->is_collection && search->found->len == 0)
    go_to (g_steal_pointer (&task), g_strdup (search->path), TRUE);
  else
    finish (task);
}

/* Takes the task over when it returns %TRUE. */
static gboolean
follow_redirect (GTask *task, const TurnusResponse *response, GError **error)
{
  Search *search = g_task_get_task_data (task);
  const char *to = caldav_wire_find_header (response, "location");
  if (response->status / 100 != 3 || response->status == 304 || to == NULL)
    return FALSE;
  if (search->n_redirects++ == REDIRECTS_MAX)
    {
      g_set_error (
          error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
          "url = \"%s\": the server sends from one address to the next and comes to no end",
          search->self->url);
      return FALSE;
    }
  char *path = caldav_href_dup_path (search->self->origin, search->path, to, error);
  if (path == NULL)
    return FALSE;
  go_to (task, path, search->is_deep);
  return TRUE;
}

/* A host without .well-known is asked at its root (RFC 6764 5). Takes the task over. */
static gboolean
try_root (GTask *task, const TurnusResponse *response)
{
  Search *search = g_task_get_task_data (task);
  gboolean is_start = *search->self->start_path == '\0' && !search->asked_root
                      && !search->asked_principal && !search->is_deep;
  if (!is_start || response->status == 207 || response->status == 401 || response->status == 429
      || response->status >= 500)
    return FALSE;
  search->asked_root = TRUE;
  go_to (task, g_strdup ("/"), FALSE);
  return TRUE;
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (TurnusResponse) response = caldav_client_send_finish (search->self, result, &error);
  if (response == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (follow_redirect (task, response, &error))
    {
      g_steal_pointer (&task);
      return;
    }
  if (error == NULL && try_root (task, response))
    {
      g_steal_pointer (&task);
      return;
    }
  if (error == NULL && caldav_wire_check_multistatus (response, "find the calendar", &error)
      && caldav_multistatus_read (response->body, visit_place, search, NULL, &error))
    {
      go_on (g_steal_pointer (&task));
      return;
    }
  /* Not there is a fault of the settings, and no statement about any event. */
  if (error->domain == TURNUS_ERROR && error->code == TURNUS_ERROR_GONE)
    error->code = TURNUS_ERROR_FAILED;
  if (strstr (error->message, search->self->origin) == NULL)
    g_prefix_error (&error, "%s%s: ", search->self->origin, search->path);
  g_task_return_error (task, error);
}

static void
start (TurnusCalendar *self, gboolean wants_all, gpointer tag, GCancellable *cancellable,
       GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, tag);
  Search *search = g_new0 (Search, 1);
  search->self = self;
  search->wants_all = wants_all;
  search->path = g_strdup (*self->start_path != '\0' ? self->start_path : WELL_KNOWN);
  search->found = g_ptr_array_new_with_free_func ((GDestroyNotify) caldav_collection_free);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  ask (task);
}

/**
 * caldav_search_one_async:
 *
 * Finds the calendar that the settings mean: the one that they name, or the account's only one.
 * Errors: %TURNUS_ERROR_INVALID with what to put into the settings; and those of the server.
 */
void
caldav_search_one_async (TurnusCalendar *self, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  start (self, FALSE, caldav_search_one_async, cancellable, callback, user_data);
}

CaldavCollection *
caldav_search_one_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_path (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  TurnusCalendar *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (CaldavCollection) collection = caldav_search_one_finish (result, &error);
  if (collection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_autofree char *binding = caldav_collection_dup_binding (collection, self->origin);
  if (self->binding != NULL && strcmp (self->binding, binding) != 0)
    {
      g_task_return_new_error (task, TURNUS_ERROR, TURNUS_ERROR_FAILED,
                               "what is at %s%s now is not the calendar that was published to",
                               self->origin, collection->path);
      return;
    }
  caldav_calendar_set_path (self, collection->path);
  self->is_read_only = collection->is_read_only;
  g_task_return_boolean (task, TRUE);
}

/**
 * caldav_search_path_async:
 *
 * Makes sure that the calendar's path is known, and that it is the calendar that we are bound to.
 */
void
caldav_search_path_async (TurnusCalendar *self, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, caldav_search_path_async);
  g_task_set_task_data (task, self, NULL);
  if (self->path != NULL)
    g_task_return_boolean (task, TRUE);
  else
    caldav_search_one_async (self, cancellable, on_path, g_steal_pointer (&task));
}

gboolean
caldav_search_path_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * caldav_search_all_async:
 *
 * Finds all calendars of the account: (element-type CaldavCollection).
 */
void
caldav_search_all_async (TurnusCalendar *self, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data)
{
  start (self, TRUE, caldav_search_all_async, cancellable, callback, user_data);
}

GPtrArray *
caldav_search_all_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
