/* daemon/control/peer.h — who is at the other end of the socket */
#pragma once

#include <gio/gio.h>
#include <sys/types.h>

G_BEGIN_DECLS

typedef struct
{
  uid_t uid;
  gid_t *groups; /* (owned) the first is the effective one */
  guint n_groups;
  char *name; /* (owned) of the user, else `uid-1000` */
} TnPeer;

void tn_peer_free (TnPeer *peer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPeer, tn_peer_free)

TnPeer *tn_peer_new (GDBusConnection *connection, GError **error);
gboolean tn_peer_may_speak (const TnPeer *peer, uid_t own, const char *group_name, gid_t group,
                            GError **error);
gboolean tn_peer_find_group (const char *name, gid_t *ret_group);

G_END_DECLS
