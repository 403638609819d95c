/* The folder that is meant: the mailbox's own calendar, one with that id, or one with that name
 * among its calendars. An id is asked for directly, because who has rights on one folder only may
 * list none. */
#include "ews-place.h"

#include <string.h>

#include "ews-call.h"
#include "ews-request.h"

/* Ids begin so and are long (base64 of an entry id); no name of a calendar is like that. */
#define ID_CHARS_LEAST 24u

static void on_folders (GObject *source, GAsyncResult *result, gpointer user_data);
static void on_folder (GObject *source, GAsyncResult *result, gpointer user_data);

static gboolean
looks_like_id (const char *wanted)
{
  return (g_str_has_prefix (wanted, "AAMk") || g_str_has_prefix (wanted, "AQMk")
          || g_str_has_prefix (wanted, "AAEu"))
         && strlen (wanted) >= ID_CHARS_LEAST && strchr (wanted, ' ') == NULL;
}

/* A folder of which nothing is said is taken for one that can be written: the server has the last
 * word at each write. */
static gboolean
is_read_only (const xmlNode *folder)
{
  const xmlNode *rights = soap_find (folder, "EffectiveRights");
  g_autofree char *create = soap_dup_text_of (rights, "CreateContents");
  g_autofree char *modify = soap_dup_text_of (rights, "Modify");
  return g_strcmp0 (create, "false") == 0 || g_strcmp0 (modify, "false") == 0;
}

static gboolean
take_folder (EwsAccount *account, const xmlNode *folder, GError **error)
{
  g_autofree char *id = soap_dup_value (soap_find (folder, "FolderId"), "Id");
  if (id == NULL || *id == '\0')
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                           "cannot find the calendar: the server gives a folder without an id");
      return FALSE;
    }
  if (!soap_is (folder, "CalendarFolder"))
    {
      g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                           "the folder that calendar names is no calendar");
      return FALSE;
    }
  ews_account_set_folder (account, id);
  account->is_read_only = is_read_only (folder);
  return TRUE;
}

static void
on_folder (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  EwsAccount *account = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  const EwsMessage *message
      = reply != NULL ? ews_reply_get_only (reply, "find the calendar", &error) : NULL;
  if (message != NULL
      && take_folder (account, soap_first (soap_find (message->node, "Folders")), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Returns: (nullable): the list of folders, which is whole */
static const xmlNode *
read_folders (const EwsReply *reply, GError **error)
{
  const EwsMessage *message = ews_reply_get_only (reply, "list the calendars", error);
  const xmlNode *root = message != NULL ? soap_find (message->node, "RootFolder") : NULL;
  g_autofree char *is_last = soap_dup_value (root, "IncludesLastItemInRange");
  if (message == NULL)
    return NULL;
  if (root == NULL || soap_find (root, "Folders") == NULL)
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_PROTOCOL,
                         "cannot list the calendars: the answer has no list of folders");
  else if (g_strcmp0 (is_last, "false") == 0)
    g_set_error_literal (error, TURNUS_ERROR, TURNUS_ERROR_LIMIT,
                         "cannot list the calendars: the mailbox has more than the server lists "
                         "at once; name the folder's id as calendar");
  else
    return soap_find (root, "Folders");
  return NULL;
}

static const xmlNode *
find_named (const xmlNode *folders, const char *wanted, GError **error)
{
  const xmlNode *found = NULL;
  guint n = 0;
  for (const xmlNode *one = soap_first (folders); one != NULL; one = soap_next (one))
    {
      g_autofree char *name = soap_dup_text_of (one, "DisplayName");
      g_autofree char *id = soap_dup_value (soap_find (one, "FolderId"), "Id");
      gboolean is_id = g_strcmp0 (id, wanted) == 0;
      if (!soap_is (one, "CalendarFolder") || (!is_id && g_strcmp0 (name, wanted) != 0))
        continue;
      found = one;
      n++;
    }
  if (n == 1)
    return found;
  g_set_error (
      error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
      "the mailbox has %u calendars that are called \"%.100s\": `calendars discover` shows "
      "those that it has, with an address for each",
      n, wanted);
  return NULL;
}

static void
on_folders (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  EwsAccount *account = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  const xmlNode *folders = reply != NULL ? read_folders (reply, &error) : NULL;
  const xmlNode *found = folders != NULL ? find_named (folders, account->wanted, &error) : NULL;
  if (found != NULL && take_folder (account, found, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * ews_place_find_async:
 *
 * Finds the calendar's folder, and what we may do there.
 */
void
ews_place_find_async (EwsAccount *account, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ews_place_find_async);
  g_task_set_task_data (task, account, NULL);
  if (account->wanted != NULL && !looks_like_id (account->wanted))
    ews_call_async (account, "FindFolder", "list the calendars", ews_request_find_folders (account),
                    cancellable, on_folders, g_steal_pointer (&task));
  else
    ews_call_async (account, "GetFolder", "find the calendar",
                    ews_request_get_folder (account, account->wanted), cancellable, on_folder,
                    g_steal_pointer (&task));
}

gboolean
ews_place_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* As ews_place_find_async(), but asks nobody when the folder is known already. */
void
ews_place_know_async (EwsAccount *account, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer user_data)
{
  if (account->folder == NULL)
    {
      ews_place_find_async (account, cancellable, callback, user_data);
      return;
    }
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ews_place_know_async);
  g_task_return_boolean (task, TRUE);
}

static GPtrArray *
list_places (const EwsAccount *account, const xmlNode *folders)
{
  GPtrArray *places = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_place_free);
  for (const xmlNode *one = soap_first (folders); one != NULL; one = soap_next (one))
    {
      g_autofree char *id = soap_dup_value (soap_find (one, "FolderId"), "Id");
      if (id == NULL || !soap_is (one, "CalendarFolder"))
        continue;
      TurnusPlace *place = g_new0 (TurnusPlace, 1);
      place->url = ews_account_make_url (account, id);
      place->name = soap_dup_text_of (one, "DisplayName");
      place->read_only = is_read_only (one);
      g_ptr_array_add (places, place);
    }
  return places;
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  const EwsAccount *account = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (EwsReply) reply = ews_call_finish (result, &error);
  const xmlNode *folders = reply != NULL ? read_folders (reply, &error) : NULL;
  if (folders == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, list_places (account, folders),
                           (GDestroyNotify) g_ptr_array_unref);
}

/* All calendars of the mailbox. */
void
ews_place_discover_async (TurnusCalendar *calendar, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  EwsAccount *account = ews_account_of (calendar);
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, ews_place_discover_async);
  g_task_set_task_data (task, account, NULL);
  ews_call_async (account, "FindFolder", "list the calendars", ews_request_find_folders (account),
                  cancellable, on_discovered, g_steal_pointer (&task));
}

GPtrArray *
ews_place_discover_finish (TurnusCalendar *calendar, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
