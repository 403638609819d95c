/* The place of the control socket (hazard 109: folder 0750, socket 0660). After a kill the old
 * socket is still there and nothing can be bound to its name (design section 11); whoever calls
 * this holds the lock of the state, so no other daemon of this state has it. One of another state
 * may, when two settings name the same socket: it answers, and is left alone. */
#include "control/socket.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/error.h"

static gboolean
fail (const char *path, const char *why, GError **error)
{
  g_set_error (error, TN_ERROR, TN_ERROR_FAILED,
               "cannot make the control socket %s: %s; name another place in the settings "
               "(socket = …)",
               path, why);
  return FALSE;
}

/* A folder of ours is private; one that was there keeps its mode, but not everybody may write in
 * it. */
static gboolean
prepare_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat status;
  gboolean is_new = !g_file_test (folder, G_FILE_TEST_IS_DIR);
  if (g_mkdir_with_parents (folder, 0750) != 0 || (is_new && chmod (folder, 0750) != 0)
      || stat (folder, &status) != 0)
    return fail (path, g_strerror (errno), error);
  if ((status.st_mode & S_IWOTH) != 0)
    return fail (path, "everybody may write in its folder", error);
  return TRUE;
}

/* Connecting to a Unix socket never waits for the other end. */
static gboolean
is_answered (const char *path)
{
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  if (strlen (path) >= sizeof address.sun_path)
    return FALSE;
  strcpy (address.sun_path, path);
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0)
    return TRUE; /* not known: then rather not taken away */
  int rc = connect (fd, (const struct sockaddr *) &address, sizeof address);
  gboolean stale = rc != 0 && (errno == ECONNREFUSED || errno == ENOENT);
  close (fd);
  return !stale;
}

static gboolean
remove_stale (const char *path, GError **error)
{
  struct stat status;
  if (lstat (path, &status) != 0)
    return errno == ENOENT ? TRUE : fail (path, g_strerror (errno), error);
  if (!S_ISSOCK (status.st_mode))
    return fail (path, "something that is no socket has its name", error);
  if (is_answered (path))
    return fail (path, "another program answers there", error);
  if (unlink (path) != 0 && errno != ENOENT)
    return fail (path, g_strerror (errno), error);
  return TRUE;
}

/**
 * tn_socket_prepare:
 * @path: where the socket is to be
 *
 * Makes its folder, and takes away what a killed daemon left there. The caller holds the state.
 *
 * Errors: %TN_ERROR_FAILED when the place cannot be used.
 */
gboolean
tn_socket_prepare (const char *path, GError **error)
{
  if (strlen (path) >= sizeof ((struct sockaddr_un *) NULL)->sun_path)
    return fail (path, "its path is too long", error);
  return prepare_folder (path, error) && remove_stale (path, error);
}

/**
 * tn_socket_share:
 * @group: whose members may connect
 *
 * Lets the group through to the socket, as far as this process may: where it may not, only its own
 * user and root can speak to it, which is what the unit's own settings then say.
 */
void
tn_socket_share (const char *path, gid_t group)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat status;
  if (chown (path, (uid_t) -1, group) != 0 || stat (folder, &status) != 0)
    return;
  if (status.st_uid == geteuid () && (status.st_mode & 0777) == 0750
      && chown (folder, (uid_t) -1, group) != 0)
    return;
}

/**
 * tn_socket_to_address:
 *
 * Returns: (transfer full): the D-Bus address of the socket @path
 */
char *
tn_socket_to_address (const char *path)
{
  g_autofree char *escaped = g_dbus_address_escape_value (path);
  return g_strconcat ("unix:path=", escaped, NULL);
}
