/* Only this host is listened to. A socket file that a killed daemon left behind is taken over; one
 * behind which somebody answers is not. */
#include "listen.h"

#include <gio/gunixsocketaddress.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <turnus-plugin.h>

static const char UNIX[] = "unix:";
static const int BACKLOG = 256;
static const gsize PATH_BYTES = 108; /* of sun_path, with the zero behind it */

static GSocketAddress *
parse_inet (const char *listen)
{
  const char *colon = strrchr (listen, ':');
  guint64 port = 0;
  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, NULL))
    return NULL;
  gboolean is_bracketed = *listen == '[' && colon > listen && colon[-1] == ']';
  g_autofree char *host = is_bracketed ? g_strndup (listen + 1, (gsize) (colon - listen) - 2)
                                       : g_strndup (listen, (gsize) (colon - listen));
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  if (address == NULL || !g_inet_address_get_is_loopback (address))
    return NULL;
  return g_inet_socket_address_new (address, (guint16) port);
}

/**
 * feed_listen_parse:
 * @listen: `127.0.0.1:8080`, `[::1]:8080` or `unix:/run/turnus/feed.sock`
 *
 * Errors: %TURNUS_ERROR_INVALID when it is anything else.
 * Returns: (transfer full)
 */
GSocketAddress *
feed_listen_parse (const char *listen, GError **error)
{
  const char *path = g_str_has_prefix (listen, UNIX) ? listen + strlen (UNIX) : NULL;
  GSocketAddress *address = NULL;
  if (path == NULL)
    address = parse_inet (listen);
  else if (g_path_is_absolute (path) && strlen (path) < PATH_BYTES)
    address = g_unix_socket_address_new (path);
  if (address == NULL)
    g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_INVALID,
                 "listen is \"%s\", expected an address of this host alone, like 127.0.0.1:8080, "
                 "[::1]:8080 or unix:/run/turnus/feed.sock",
                 listen);
  return address;
}

/* Nobody answers behind it any more. */
static gboolean
is_left_behind (GSocketAddress *address)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) probe
      = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  if (probe == NULL)
    return FALSE;
  g_socket_set_blocking (probe, FALSE);
  return !g_socket_connect (probe, address, NULL, &error)
         && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

static void
clear_path (GSocketAddress *address)
{
  struct stat st;
  const char *path = g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address));
  if (lstat (path, &st) == 0 && S_ISSOCK (st.st_mode) && is_left_behind (address))
    unlink (path);
}

/**
 * feed_listen_open:
 *
 * Errors: %TURNUS_ERROR_FAILED when somebody else has the address.
 * Returns: (transfer full) (nullable): a socket that never blocks
 */
GSocket *
feed_listen_open (GSocketAddress *address, GError **error)
{
  g_autoptr (GError) why = NULL;
  gboolean is_unix = G_IS_UNIX_SOCKET_ADDRESS (address);
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address),
                                             G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, &why);
  if (socket != NULL && is_unix)
    clear_path (address);
  if (socket != NULL)
    {
      g_socket_set_blocking (socket, FALSE);
      g_socket_set_listen_backlog (socket, BACKLOG);
    }
  if (socket == NULL || !g_socket_bind (socket, address, TRUE, &why)
      || !g_socket_listen (socket, &why))
    {
      g_autofree char *text = g_socket_connectable_to_string (G_SOCKET_CONNECTABLE (address));
      g_set_error (error, TURNUS_ERROR, TURNUS_ERROR_FAILED, "cannot listen to %s: %s", text,
                   why->message);
      return NULL;
    }
  /* Whom the folder lets in, and who is of our group: the web server in front. */
  if (is_unix)
    chmod (g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address)), 0660);
  return g_steal_pointer (&socket);
}

void
feed_listen_close (GSocket *socket, GSocketAddress *address)
{
  g_socket_close (socket, NULL);
  if (G_IS_UNIX_SOCKET_ADDRESS (address))
    unlink (g_unix_socket_address_get_path (G_UNIX_SOCKET_ADDRESS (address)));
}

/**
 * feed_listen_dup_caller:
 *
 * Returns: (transfer full): the address at the other end, or `unix`
 */
char *
feed_listen_dup_caller (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_remote_address (socket, NULL);
  if (address == NULL || !G_IS_INET_SOCKET_ADDRESS (address))
    return g_strdup ("unix");
  return g_inet_address_to_string (
      g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}
