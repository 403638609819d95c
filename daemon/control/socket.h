/* daemon/control/socket.h — the place of the control socket: its folder, its mode, what stood there
 */
#pragma once

#include <gio/gio.h>
#include <sys/types.h>

G_BEGIN_DECLS

gboolean tn_socket_prepare (const char *path, GError **error);
void tn_socket_share (const char *path, gid_t group);
char *tn_socket_to_address (const char *path);

G_END_DECLS
