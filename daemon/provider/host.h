/* daemon/provider/host.h — what the daemon does for one opened calendar of a plugin */
#pragma once

#include "base/clock.h"
#include "http/client.h"
#include "provider/publication.h"
#include "provider/turnus-plugin.h"
#include "provider/witness.h"

G_BEGIN_DECLS

typedef struct _TnHost TnHost; /* the `host` of the functions in the table */

TnHost *tn_host_new (TnClock *clock, const char *calendar, TnClient *client);
void tn_host_free (TnHost *host);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnHost, tn_host_free)

void tn_host_set_audience (TnHost *host, const TnAudience *audience);
void tn_host_set_stint (TnHost *host, TnStint *stint);
gint64 tn_host_get_not_before_us (const TnHost *host);
const TurnusHost *tn_host_get_table (void);

G_END_DECLS
