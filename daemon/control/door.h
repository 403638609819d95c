/* daemon/control/door.h — who comes in through the control socket, and how much of it */
#pragma once

#include "control/peer.h"

G_BEGIN_DECLS

#define TN_CONTROL_PATH "/org/turnus/Control1"
#define TN_CONTROL_INTERFACE "org.turnus.Control1"

/* Limits; each is tested. */
#define TN_DOOR_MAX_GUESTS 32
#define TN_DOOR_MAX_CALLS 16
#define TN_DOOR_MAX_BYTES (64 * 1024)
#define TN_DOOR_IDLE_S 30

typedef struct _TnDoor TnDoor;

/* May @peer speak? Errors are for the peer. */
typedef gboolean (*TnDoorCheck) (gpointer user_data, const TnPeer *peer, GError **error);

/* A call; it is to be answered once, now or later. */
typedef void (*TnDoorServe) (gpointer user_data, const TnPeer *peer,
                             GDBusMethodInvocation *invocation);

TnDoor *tn_door_open (const char *path, TnDoorCheck check, gpointer check_data, TnDoorServe serve,
                      gpointer serve_data, GError **error);
void tn_door_close (TnDoor *door);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnDoor, tn_door_close)

gboolean tn_door_check_usual (gpointer user_data, const TnPeer *peer, GError **error);
guint tn_door_count_guests (const TnDoor *door);
void tn_door_refuse (GDBusMethodInvocation *invocation, const GError *error);

G_END_DECLS
