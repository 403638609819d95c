/* daemon/site/front.h — what one publisher of the settings shows: numbers, subscriptions, pages */
#pragma once

#include "control/pulse.h"
#include "model/publisher.h"
#include "provider/loader.h"
#include "site/website.h"

G_BEGIN_DECLS

typedef struct _TnFront TnFront;

TnFront *tn_front_open (TnLoader *loader, TnDesk *desk, const TnPublisher *publisher,
                        const TnPulse *pulse, GError **error);
void tn_front_close (TnFront *front);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnFront, tn_front_close)

TnWebsite *tn_front_get_website (TnFront *front);

G_END_DECLS
