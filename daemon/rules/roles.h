/* daemon/rules/roles.h — who has each role of each occurrence of a collaboration */
#pragma once

#include "model/ledger.h"
#include "model/occurrence.h"
#include "rules/membership.h"

G_BEGIN_DECLS

typedef struct _TnRoles TnRoles; /* immutable; collaboration, ledger and membership outlive it */

TnRoles *tn_roles_new (const TnCollaboration *collaboration, const TnLedger *ledger,
                       const TnMembership *membership, TnSpan span);
void tn_roles_free (TnRoles *roles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnRoles, tn_roles_free)

TnTurn *tn_roles_make_turn (const TnRoles *roles, const TnSeries *series, const TnRoleRule *role,
                            int index);

G_END_DECLS
