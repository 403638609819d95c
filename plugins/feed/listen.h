/* plugins/feed/listen.h — the address at which readers are waited for */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GSocketAddress *feed_listen_parse (const char *listen, GError **error);
GSocket *feed_listen_open (GSocketAddress *address, GError **error);
void feed_listen_close (GSocket *socket, GSocketAddress *address);
char *feed_listen_dup_caller (GSocket *socket);

G_END_DECLS
