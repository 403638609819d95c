/* Who speaks to the daemon: as the kernel says it, never as the peer does (hazard 109). Groups are
 * those that the peer's process has, asked of the kernel too, so that no directory service is
 * waited for. */
#include "control/peer.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <sys/socket.h>

#include "base/error.h"

/* An answer of the user database may not be bigger; a name is some bytes. */
static const gsize ENTRY_MAX_BYTES = 64 * 1024;

void
tn_peer_free (TnPeer *peer)
{
  if (peer == NULL)
    return;
  g_free (peer->groups);
  g_free (peer->name);
  g_free (peer);
}

static char *
dup_user_name (uid_t uid)
{
  struct passwd entry;
  struct passwd *found = NULL;
  g_autofree char *bytes = g_malloc (ENTRY_MAX_BYTES);
  if (getpwuid_r (uid, &entry, bytes, ENTRY_MAX_BYTES, &found) != 0 || found == NULL)
    return g_strdup_printf ("uid-%u", (guint) uid);
  return g_strdup (found->pw_name);
}

static void
add_groups (TnPeer *peer, int fd, gid_t first)
{
  socklen_t size = 0;
  peer->groups = g_new0 (gid_t, 1);
  peer->groups[0] = first;
  peer->n_groups = 1;
  if (getsockopt (fd, SOL_SOCKET, SO_PEERGROUPS, NULL, &size) == 0 || errno != ERANGE)
    return;
  g_autofree gid_t *more = g_malloc (size);
  if (getsockopt (fd, SOL_SOCKET, SO_PEERGROUPS, more, &size) != 0)
    return;
  guint n_more = (guint) (size / sizeof (gid_t));
  peer->groups = g_renew (gid_t, peer->groups, n_more + 1);
  for (guint i = 0; i < n_more; i++)
    peer->groups[i + 1] = more[i];
  peer->n_groups += n_more;
}

/**
 * tn_peer_new:
 *
 * Errors: %TN_ERROR_DENIED when the kernel does not say who it is.
 * Returns: (transfer full) (nullable): who is at the other end of @connection
 */
TnPeer *
tn_peer_new (GDBusConnection *connection, GError **error)
{
  GIOStream *stream = g_dbus_connection_get_stream (connection);
  struct ucred credentials = { 0 };
  socklen_t size = sizeof credentials;
  int fd = G_IS_SOCKET_CONNECTION (stream)
               ? g_socket_get_fd (g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)))
               : -1;
  if (getsockopt (fd, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_DENIED, "the kernel does not say who you are: %s",
                   g_strerror (errno));
      return NULL;
    }
  TnPeer *peer = g_new0 (TnPeer, 1);
  peer->uid = credentials.uid;
  peer->name = dup_user_name (peer->uid);
  add_groups (peer, fd, credentials.gid);
  return peer;
}

/**
 * tn_peer_find_group:
 * @ret_group: (out): untouched when there is none
 *
 * Returns: %TRUE when this machine has a group of that name
 */
gboolean
tn_peer_find_group (const char *name, gid_t *ret_group)
{
  struct group entry;
  struct group *found = NULL;
  g_autofree char *bytes = g_malloc (ENTRY_MAX_BYTES);
  if (getgrnam_r (name, &entry, bytes, ENTRY_MAX_BYTES, &found) != 0 || found == NULL)
    return FALSE;
  *ret_group = found->gr_gid;
  return TRUE;
}

/**
 * tn_peer_may_speak:
 * @own: the user that the daemon runs as
 * @group_name: (nullable): the group whose members may, %NULL when there is none
 * @group: its number
 *
 * Errors: %TN_ERROR_DENIED, with who may.
 */
gboolean
tn_peer_may_speak (const TnPeer *peer, uid_t own, const char *group_name, gid_t group,
                   GError **error)
{
  if (peer->uid == 0 || peer->uid == own)
    return TRUE;
  for (guint i = 0; group_name != NULL && i < peer->n_groups; i++)
    if (peer->groups[i] == group)
      return TRUE;
  g_autofree char *member
      = group_name != NULL ? g_strdup_printf (" or a member of the group %s", group_name) : NULL;
  g_set_error (error, TN_ERROR, TN_ERROR_DENIED,
               "user %s may not speak to this daemon: be root, the daemon's own user%s", peer->name,
               member != NULL ? member : "");
  return FALSE;
}
