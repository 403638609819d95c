/* daemon/sync/consent.h — decisions that take two councils: one proposes, the other agrees */
#pragma once

#include "model/plan.h"
#include "store/records.h"

G_BEGIN_DECLS

TnProposal *tn_consent_new_proposal (const TnPlan *plan, const TnDecision *decision, gint64 at_us);
const TnProposal *tn_consent_find_same (GPtrArray *proposals, const TnDecision *decision);
char **tn_consent_list_deciders (const TnPlan *plan, const TnProposal *proposal);
TnDecision *tn_consent_agree (const TnPlan *plan, const TnProposal *proposal, const char *council,
                              GError **error);
TnDecision *tn_consent_refuse (const TnPlan *plan, const TnProposal *proposal, const char *council,
                               GError **error);
char *tn_consent_dup_wish (const TnPlan *plan, const TnProposal *proposal);
char *tn_consent_dup_standing (const TnPlan *plan, const TnProposal *proposal);

G_END_DECLS
