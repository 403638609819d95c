/* The door: a D-Bus server on a Unix socket, without a bus. It knows who comes in, lets each peer
 * ask so much at a time and not more (hazard 110), and hands the calls of those who may on. One who
 * may not is let in far enough to be told so: a closed socket explains nothing.
 *
 * GDBus reads and authenticates on threads of its own; all that stands here but on_mechanism() runs
 * on the main loop. It bounds a frame by 128 MiB, as the D-Bus specification does; memory is taken
 * as bytes arrive. */
#include "control/door.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/log.h"
#include "control/contract.h"
#include "control/socket.h"

static const char GROUP[] = "turnus";

struct _TnDoor
{
  char *path;          /* (owned) */
  GDBusServer *server; /* (owned) */
  GHashTable *guests;  /* (owned) (element-type Guest) a set */
  TnDoorCheck check;
  gpointer check_data;
  TnDoorServe serve;
  gpointer serve_data;
};

/* A connection. */
typedef struct
{
  TnDoor *door;                /* (unowned) (nullable) NULL once it is closed */
  GDBusConnection *connection; /* (owned) (nullable) until it is closed */
  TnPeer *peer;                /* (owned) (nullable) */
  GError *refusal;             /* (owned) (nullable) why it may not speak */
  guint n_calls;               /* open ones */
  guint registration_id;
  gulong closed_id;
  guint idle_id; /* 0 while a call is open */
} Guest;

static void
guest_clear (Guest *guest)
{
  g_clear_handle_id (&guest->idle_id, g_source_remove);
  tn_peer_free (guest->peer);
  g_clear_error (&guest->refusal);
}

static void
guest_unref (Guest *guest)
{
  g_rc_box_release_full (guest, (GDestroyNotify) guest_clear);
}

static void
on_flushed (GObject *source, GAsyncResult *result, gpointer unused)
{
  g_dbus_connection_flush_finish (G_DBUS_CONNECTION (source), result, NULL);
  g_dbus_connection_close (G_DBUS_CONNECTION (source), NULL, NULL, NULL);
}

/* The connection goes, after the answers that are on their way; calls that are still open keep the
 * guest until they are answered. */
static void
drop_guest (Guest *guest)
{
  g_autoptr (GDBusConnection) connection = g_steal_pointer (&guest->connection);
  TnDoor *door = g_steal_pointer (&guest->door);
  g_clear_handle_id (&guest->idle_id, g_source_remove);
  g_clear_signal_handler (&guest->closed_id, connection);
  if (guest->registration_id != 0)
    g_dbus_connection_unregister_object (connection, guest->registration_id);
  if (door == NULL)
    g_dbus_connection_flush (connection, NULL, on_flushed, NULL);
  else
    g_dbus_connection_close (connection, NULL, NULL, NULL);
  if (door != NULL)
    g_hash_table_remove (door->guests, guest);
}

static gboolean
on_idle_too_long (gpointer user_data)
{
  Guest *guest = user_data;
  guest->idle_id = 0;
  drop_guest (guest);
  return G_SOURCE_REMOVE;
}

static void
await_call (Guest *guest)
{
  if (guest->connection != NULL && guest->n_calls == 0 && guest->idle_id == 0)
    guest->idle_id = g_timeout_add_seconds (TN_DOOR_IDLE_S, on_idle_too_long, guest);
}

static void
on_answered (gpointer user_data, GObject *where_the_invocation_was)
{
  Guest *guest = user_data;
  guest->n_calls--;
  await_call (guest);
  guest_unref (guest);
}

/**
 * tn_door_refuse:
 * @invocation: (transfer full): answered with @error
 */
void
tn_door_refuse (GDBusMethodInvocation *invocation, const GError *error)
{
  static const char *const names[] = {
    [TN_ERROR_INVALID] = "Invalid",   [TN_ERROR_DENIED] = "Denied",
    [TN_ERROR_AUTH] = "Auth",         [TN_ERROR_CONFLICT] = "Conflict",
    [TN_ERROR_GONE] = "Gone",         [TN_ERROR_TEMPORARY] = "Temporary",
    [TN_ERROR_PROTOCOL] = "Protocol", [TN_ERROR_LIMIT] = "Limit",
    [TN_ERROR_FAILED] = "Failed",
  };
  gboolean known
      = error->domain == TN_ERROR && error->code >= 0 && error->code < (int) G_N_ELEMENTS (names);
  g_autofree char *name
      = g_strconcat ("org.turnus.Error.", known ? names[error->code] : "Failed", NULL);
  g_autofree char *text = g_utf8_make_valid (error->message, -1);
  g_dbus_method_invocation_return_dbus_error (invocation, name, text);
}

static gboolean
check_call (const Guest *guest, GVariant *arguments, GError **error)
{
  if (guest->refusal != NULL)
    {
      g_propagate_error (error, g_error_copy (guest->refusal));
      return FALSE;
    }
  if (guest->n_calls > TN_DOOR_MAX_CALLS)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_LIMIT,
                   "%d calls are open already; wait for their answers", TN_DOOR_MAX_CALLS);
      return FALSE;
    }
  if (g_variant_get_size (arguments) > TN_DOOR_MAX_BYTES)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_LIMIT, "a call may take %d bytes", TN_DOOR_MAX_BYTES);
      return FALSE;
    }
  return TRUE;
}

static void
on_call (GDBusConnection *connection, const char *sender, const char *object, const char *interface,
         const char *method, GVariant *arguments, GDBusMethodInvocation *invocation,
         gpointer user_data)
{
  Guest *guest = user_data;
  g_autoptr (GError) error = NULL;
  g_clear_handle_id (&guest->idle_id, g_source_remove);
  guest->n_calls++;
  g_object_weak_ref (G_OBJECT (invocation), on_answered, g_rc_box_acquire (guest));
  if (guest->door == NULL)
    g_set_error (&error, TN_ERROR, TN_ERROR_TEMPORARY, "the daemon stops");
  else if (check_call (guest, arguments, &error))
    {
      guest->door->serve (guest->door->serve_data, guest->peer, invocation);
      return;
    }
  tn_door_refuse (invocation, error);
}

static void
on_closed (GDBusConnection *connection, gboolean by_peer, GError *error, gpointer user_data)
{
  drop_guest (user_data);
}

static gboolean
on_connected (GDBusServer *server, GDBusConnection *connection, gpointer user_data)
{
  static const GDBusInterfaceVTable table = { .method_call = on_call };
  TnDoor *door = user_data;
  if (g_hash_table_size (door->guests) >= TN_DOOR_MAX_GUESTS)
    return FALSE;
  Guest *guest = g_rc_box_new0 (Guest);
  guest->door = door;
  guest->connection = g_object_ref (connection);
  guest->peer = tn_peer_new (connection, &guest->refusal);
  if (guest->peer != NULL)
    door->check (door->check_data, guest->peer, &guest->refusal);
  if (guest->refusal != NULL)
    tn_log_warning (NULL, NULL, "control: %s", guest->refusal->message);
  g_hash_table_add (door->guests, guest);
  guest->closed_id = g_signal_connect (connection, "closed", G_CALLBACK (on_closed), guest);
  guest->registration_id = g_dbus_connection_register_object (
      connection, TN_CONTROL_PATH, (GDBusInterfaceInfo *) &org_turnus_control1_interface, &table,
      g_rc_box_acquire (guest), (GDestroyNotify) guest_unref, NULL);
  await_call (guest);
  return TRUE;
}

/* EXTERNAL is what the kernel says; cookies would be files in somebody's home. Runs on a thread of
 * GDBus. */
static gboolean
on_mechanism (GDBusAuthObserver *observer, const char *mechanism, gpointer user_data)
{
  return g_str_equal (mechanism, "EXTERNAL");
}

/* The name of the socket must never be there with more rights than it is to have. */
static GDBusServer *
make_server (const char *path, GError **error)
{
  g_autofree char *address = tn_socket_to_address (path);
  g_autofree char *guid = g_dbus_generate_guid ();
  g_autoptr (GDBusAuthObserver) observer = g_dbus_auth_observer_new ();
  g_signal_connect (observer, "allow-mechanism", G_CALLBACK (on_mechanism), NULL);
  mode_t mask = umask (0117);
  GDBusServer *server
      = g_dbus_server_new_sync (address, G_DBUS_SERVER_FLAGS_NONE, guid, observer, NULL, error);
  umask (mask);
  return server;
}

/**
 * tn_door_check_usual:
 * @user_data: (unused)
 *
 * Root, the daemon's own user, and members of the group `turnus` where there is one.
 */
gboolean
tn_door_check_usual (gpointer user_data, const TnPeer *peer, GError **error)
{
  gid_t group = 0;
  gboolean has_group = tn_peer_find_group (GROUP, &group);
  return tn_peer_may_speak (peer, geteuid (), has_group ? GROUP : NULL, group, error);
}

/**
 * tn_door_open:
 * @path: of the socket; the caller holds the state
 * @check: says whether a peer may speak
 * @serve: is given the calls of those who may
 *
 * Errors: %TN_ERROR_FAILED when the socket cannot be made.
 * Returns: (transfer full) (nullable): the door, open
 */
TnDoor *
tn_door_open (const char *path, TnDoorCheck check, gpointer check_data, TnDoorServe serve,
              gpointer serve_data, GError **error)
{
  if (!tn_socket_prepare (path, error))
    return NULL;
  g_autoptr (GError) server_error = NULL;
  g_autoptr (GDBusServer) server = make_server (path, &server_error);
  if (server == NULL)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_FAILED, "cannot make the control socket %s: %s", path,
                   server_error->message);
      return NULL;
    }
  gid_t group = 0;
  if (tn_peer_find_group (GROUP, &group))
    tn_socket_share (path, group);

  TnDoor *door = g_new0 (TnDoor, 1);
  door->path = g_strdup (path);
  door->server = g_steal_pointer (&server);
  door->guests = g_hash_table_new_full (NULL, NULL, (GDestroyNotify) guest_unref, NULL);
  door->check = check;
  door->check_data = check_data;
  door->serve = serve;
  door->serve_data = serve_data;
  g_signal_connect (door->server, "new-connection", G_CALLBACK (on_connected), door);
  g_dbus_server_start (door->server);
  return door;
}

/**
 * tn_door_close:
 *
 * Nobody comes in any more, and the socket is gone. Calls that are open may still be answered:
 * connections end when what was sent has left.
 */
void
tn_door_close (TnDoor *door)
{
  if (door == NULL)
    return;
  g_signal_handlers_disconnect_by_data (door->server, door);
  g_dbus_server_stop (door->server);
  g_unlink (door->path);
  g_autoptr (GList) guests = g_hash_table_get_keys (door->guests);
  for (GList *at = guests; at != NULL; at = at->next)
    {
      Guest *guest = at->data;
      guest->door = NULL; /* the table goes as a whole */
      drop_guest (guest);
    }
  g_hash_table_unref (door->guests);
  g_object_unref (door->server);
  g_free (door->path);
  g_free (door);
}

guint
tn_door_count_guests (const TnDoor *door)
{
  return g_hash_table_size (door->guests);
}
