/* daemon/control/service.h — the methods of org.turnus.Control1 */
#pragma once

#include "control/door.h"
#include "notice/post.h"
#include "sync/desk.h"

G_BEGIN_DECLS

typedef struct _TnService TnService;

TnService *tn_service_open (const char *path, TnDesk *desk, TnDoorCheck check, gpointer check_data,
                            GError **error);
void tn_service_close (TnService *service);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnService, tn_service_close)

void tn_service_set_desk (TnService *service, TnDesk *desk);
void tn_service_set_fault (TnService *service, const char *fault);
void tn_service_set_post (TnService *service, TnPost *post);
const TnDoor *tn_service_get_door (const TnService *service);

G_END_DECLS
