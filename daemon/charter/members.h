/* daemon/charter/members.h — the councils of a charter */
#pragma once

#include "charter/group.h"
#include "model/collaboration.h"

G_BEGIN_DECLS

void tn_members_read (TnGroup charter, TnCollaboration *collaboration);
const TnCouncil *tn_members_check (TnGroup group, int line, const TnCollaboration *collaboration,
                                   const char *id);
gboolean tn_members_is_ever (TnGroup charter, const TnCollaboration *collaboration,
                             const TnCouncil *council);

G_END_DECLS
