/* daemon/charter/hindsight.h — what comes too late, and rings that nobody is left in */
#pragma once

#include "charter/group.h"
#include "model/collaboration.h"

G_BEGIN_DECLS

void tn_hindsight_check_decision (TnGroup group, const char *key,
                                  const TnCollaboration *collaboration, const TnDecision *decision);
void tn_hindsight_check_rings (TnGroup charter, const TnCollaboration *collaboration);

G_END_DECLS
