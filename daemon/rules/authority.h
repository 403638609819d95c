/* daemon/rules/authority.h — who may change what (design section 7) */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

const char *tn_authority_find_role (const TnOccurrence *occurrence, const TnMilestone *milestone,
                                    const char *council, TnRight right);
char **tn_authority_list_deciders (const TnOccurrence *occurrence, const TnMilestone *milestone,
                                   TnRight right);
int tn_authority_get_rank (const TnOccurrence *occurrence, const char *council);
gboolean tn_authority_may_decide (const TnPlan *plan, const TnDecision *decision,
                                  const char *council, GError **error);

G_END_DECLS
