/* daemon/control/mention.h — an event or a series as a person names it */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

gboolean tn_mention_is (const char *reference, const char *asked);
const TnOccurrence *tn_mention_find_event (const TnPlan *plan, const char *reference,
                                           const TnMilestone **ret_milestone, GError **error);

G_END_DECLS
