/* Questions to the daemon: D-Bus, peer to peer, without a bus. A command has nothing else to do, so
 * it waits for its answer as long as that takes: a pass may have a slow server in it. */
#include "ctl/bus.h"

#include "base/error.h"
#include "charter/places.h"
#include "ctl/command.h"
#include "ctl/progress.h"
#include "model/catalogue.h"

#include <gio/gunixfdlist.h>
#include <string.h>

static const char OBJECT[] = "/org/turnus/Control1";
static const char INTERFACE[] = "org.turnus.Control1";
static const char ERROR_PREFIX[] = "org.turnus.Error.";

/* Where the unit's RuntimeDirectory is; a user's shell does not have that in its environment. Only
 * for the settings of the system: a command for others must not reach the wrong daemon. */
static const char SYSTEM_FOLDER[] = "/run/turnus";

/* Of a council whose settings are faulty now: its daemon goes by the old ones, and says so. */
static char *
find_usual_socket (const TnCall *call)
{
  const char *council = tn_call_get_option (call, "council");
  g_autoptr (TnSettings) host = council != NULL ? tn_call_load_host (call, NULL) : NULL;
  if (host == NULL)
    return NULL;
  g_autofree char *usual = tn_places_dup_socket (host, council);
  return g_file_test (usual, G_FILE_TEST_EXISTS) ? g_steal_pointer (&usual) : NULL;
}

/**
 * tn_bus_find_socket:
 *
 * Errors: those of the settings. Returns: (transfer full) (nullable): where the daemon would answer
 */
char *
tn_bus_find_socket (const TnCall *call, GError **error)
{
  const char *given = tn_call_get_option (call, "socket");
  if (given != NULL)
    return g_canonicalize_filename (given, NULL);
  g_autoptr (GError) fault = NULL;
  g_autoptr (TnSettings) settings = tn_call_load_settings (call, &fault);
  char *usual = settings == NULL ? find_usual_socket (call) : NULL;
  if (usual != NULL)
    return usual;
  if (settings == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&fault));
      return NULL;
    }
  g_autofree char *name = g_path_get_basename (settings->socket);
  g_autofree char *system = g_build_filename (SYSTEM_FOLDER, name, NULL);
  gboolean is_elsewhere = !tn_call_has_option (call, "config")
                          && !g_file_test (settings->socket, G_FILE_TEST_EXISTS)
                          && g_file_test (system, G_FILE_TEST_EXISTS);
  return g_strdup (is_elsewhere ? system : settings->socket);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Not the call that blocks: while the daemon is slow to answer, a person is told that we wait. */
static GDBusConnection *
dial (const char *address, GError **error)
{
  GAsyncResult *result = NULL;
  g_dbus_connection_new_for_address (address, G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT, NULL,
                                     NULL, on_connected, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  GDBusConnection *connection = g_dbus_connection_new_for_address_finish (result, error);
  g_object_unref (result);
  return connection;
}

static GDBusConnection *
connect_to (const char *socket, GError **error)
{
  g_autofree char *escaped = g_dbus_address_escape_value (socket);
  g_autofree char *address = g_strconcat ("unix:path=", escaped, NULL);
  g_autoptr (GError) cause = NULL;
  GDBusConnection *connection = dial (address, &cause);
  if (connection != NULL)
    return connection;
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_NOT_FOUND)
      || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY,
                 "no daemon answers at %s: start turnusd, or say where it is with --config or "
                 "--socket",
                 socket);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    g_set_error (error, TN_ERROR, TN_ERROR_DENIED,
                 "you may not speak to the daemon at %s: be root, its own user, or a member of the "
                 "group turnus",
                 socket);
  else
    g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot speak to the daemon at %s: %s", socket,
                 cause->message);
  return NULL;
}

static TnError
find_code (const char *name)
{
  static const char *const names[] = {
    [TN_ERROR_INVALID] = "Invalid",   [TN_ERROR_DENIED] = "Denied",
    [TN_ERROR_AUTH] = "Auth",         [TN_ERROR_CONFLICT] = "Conflict",
    [TN_ERROR_GONE] = "Gone",         [TN_ERROR_TEMPORARY] = "Temporary",
    [TN_ERROR_PROTOCOL] = "Protocol", [TN_ERROR_LIMIT] = "Limit",
  };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_has_prefix (name, ERROR_PREFIX)
        && strcmp (name + strlen (ERROR_PREFIX), names[i]) == 0)
      return (TnError) i;
  return TN_ERROR_FAILED;
}

static void
translate (GError *cause, GError **error)
{
  g_autofree char *name = g_dbus_error_get_remote_error (cause);
  if (name == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_FAILED,
                   "the daemon stopped before it answered: %s; see turnusctl status",
                   cause->message);
      return;
    }
  g_dbus_error_strip_remote_error (cause);
  g_set_error_literal (error, TN_ERROR, (int) find_code (name), cause->message);
}

static JsonNode *
read_answer (GVariant *answer, GError **error)
{
  g_autoptr (GError) cause = NULL;
  const char *text = NULL;
  g_variant_get (answer, "(&s)", &text);
  JsonNode *node = json_from_string (text, &cause);
  if (node == NULL)
    g_set_error (error, TN_ERROR, TN_ERROR_PROTOCOL, "cannot read the daemon's answer: %s",
                 cause != NULL ? cause->message : "it is empty");
  return node;
}

/* How a pass goes on, asked of the daemon while it is on. */
typedef struct
{
  GDBusConnection *connection; /* (unowned) */
  TnProgress *progress;        /* (unowned) */
  TnLanguage language;
  GCancellable *stop;   /* (owned) */
  GHashTable *first;    /* (owned) (nullable) (element-type utf8 utf8) last_try by calendar */
  GAsyncResult *answer; /* (owned) (nullable) the one that is waited for */
  gboolean is_asking;
} Watch;

static GVariant *
finish (Watch *watch, GError **error)
{
  return g_dbus_connection_call_with_unix_fd_list_finish (watch->connection, NULL, watch->answer,
                                                          error);
}

/* What has been tried since the first look has had its pass. */
static void
compare (Watch *watch, JsonArray *calendars)
{
  gboolean is_first = watch->first == NULL;
  guint n_done = 0;
  guint n = json_array_get_length (calendars);
  if (is_first)
    watch->first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *calendar = json_array_get_object_element (calendars, i);
      const char *id = json_object_get_string_member (calendar, "id");
      const char *tried = json_object_get_string_member_with_default (calendar, "last_try", "");
      if (is_first)
        g_hash_table_insert (watch->first, g_strdup (id), g_strdup (tried));
      else if (g_strcmp0 (g_hash_table_lookup (watch->first, id), tried) != 0)
        n_done++;
    }
  if (n_done > 0)
    tn_progress_say (watch->progress, tn_say (watch->language, "%u of %u calendars looked through"),
                     n_done, n);
}

static void
on_status (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;
  g_autoptr (GVariant) answer
      = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_autoptr (JsonNode) status = answer != NULL ? read_answer (answer, NULL) : NULL;
  watch->is_asking = FALSE;
  if (status != NULL)
    compare (watch, json_object_get_array_member (json_node_get_object (status), "calendars"));
}

static gboolean
on_look (gpointer user_data)
{
  Watch *watch = user_data;
  if (watch->is_asking || !tn_progress_is_seen (watch->progress))
    return G_SOURCE_CONTINUE;
  watch->is_asking = TRUE;
  g_dbus_connection_call (watch->connection, NULL, OBJECT, INTERFACE, "Status", NULL,
                          G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE, G_MAXINT, watch->stop,
                          on_status, watch);
  return G_SOURCE_CONTINUE;
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer user_data)
{
  ((Watch *) user_data)->answer = g_object_ref (result);
}

static const guint LOOK_S = 2;

/* Those that pass over calendars: how many of them are through is worth telling. */
static gboolean
is_pass (const char *method)
{
  static const char *const methods[] = { "Sync", "Apply", "ApplyFile", "Approve", "Claim", NULL };
  return g_strv_contains (methods, method);
}

static GVariant *
wait_for (const TnCall *call, TnProgress *progress, GDBusConnection *connection, const char *method,
          GVariant *arguments, GUnixFDList *files, GError **error)
{
  g_autoptr (GCancellable) stop = g_cancellable_new ();
  Watch watch = {
    .connection = connection, .progress = progress, .language = call->language, .stop = stop
  };
  guint look_id = is_pass (method) ? g_timeout_add_seconds (LOOK_S, on_look, &watch) : 0;
  g_dbus_connection_call_with_unix_fd_list (connection, NULL, OBJECT, INTERFACE, method, arguments,
                                            G_VARIANT_TYPE ("(s)"), G_DBUS_CALL_FLAGS_NONE,
                                            G_MAXINT, files, NULL, on_called, &watch);
  while (watch.answer == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (stop);
  if (look_id != 0)
    g_source_remove (look_id);
  while (watch.is_asking)
    g_main_context_iteration (NULL, TRUE);
  GVariant *answer = finish (&watch, error);
  g_clear_pointer (&watch.first, g_hash_table_unref);
  g_clear_object (&watch.answer);
  return answer;
}

/**
 * tn_bus_ask_with_files:
 * @files: (nullable): descriptors that go along
 *
 * As tn_bus_ask().
 */
JsonNode *
tn_bus_ask_with_files (const TnCall *call, const char *method, GVariant *arguments,
                       GUnixFDList *files, GError **error)
{
  g_autoptr (GVariant) owned = arguments != NULL ? g_variant_ref_sink (arguments) : NULL;
  g_autofree char *socket = tn_bus_find_socket (call, error);
  g_autofree char *what = g_strconcat ("turnusctl ", call->command->name, NULL);
  g_autoptr (TnProgress) progress = tn_progress_new (call, what);
  g_autoptr (GDBusConnection) connection = socket != NULL ? connect_to (socket, error) : NULL;
  if (connection == NULL)
    return NULL;
  g_autoptr (GError) cause = NULL;
  g_autoptr (GVariant) answer = wait_for (call, progress, connection, method, owned, files, &cause);
  if (answer != NULL)
    return read_answer (answer, error);
  translate (cause, error);
  return NULL;
}

/**
 * tn_bus_has_daemon:
 *
 * Returns: %FALSE when none runs that could be asked
 */
gboolean
tn_bus_has_daemon (const TnCall *call)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *socket = tn_bus_find_socket (call, &error);
  g_autoptr (GDBusConnection) connection = socket != NULL ? connect_to (socket, &error) : NULL;
  return connection != NULL || !tn_error_is_temporary (error);
}

/**
 * tn_bus_ask:
 * @method: of org.turnus.Control1
 * @arguments: (nullable) (transfer floating): what it takes
 *
 * Errors: what the daemon says, under the code that it says; %TN_ERROR_TEMPORARY when there is
 * none. Returns: (transfer full) (nullable): its answer
 */
JsonNode *
tn_bus_ask (const TnCall *call, const char *method, GVariant *arguments, GError **error)
{
  return tn_bus_ask_with_files (call, method, arguments, NULL, error);
}
