/* daemon/rules/membership.h — which councils are members when, decisions included */
#pragma once

#include "model/collaboration.h"
#include "model/ledger.h"

G_BEGIN_DECLS

typedef struct _TnMembership TnMembership; /* immutable */

TnMembership *tn_membership_new (const TnCollaboration *collaboration, const TnLedger *ledger,
                                 TnDate frozen_from);
void tn_membership_free (TnMembership *membership);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnMembership, tn_membership_free)

gboolean tn_membership_has (const TnMembership *membership, const char *council, TnSpan span);
gboolean tn_membership_had (const TnMembership *membership, const char *council, TnSpan span,
                            TnDate last_day);
gboolean tn_membership_is_decided (const TnMembership *membership);
char **tn_membership_list (const TnMembership *membership, TnSpan span);

G_END_DECLS
