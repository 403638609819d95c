/* daemon/rules/authority.h — who may change what (design section 7) */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

const char *tn_authority_find_role (const TnOccurrence *occurrence, const TnMilestone *milestone,
                                    const char *council, TnRight right);
char **tn_authority_list_deciders (const TnOccurrence *occurrence, const TnMilestone *milestone,
                                   TnRight right);
int tn_authority_get_rank (const TnOccurrence *occurrence, const char *council);

G_END_DECLS
