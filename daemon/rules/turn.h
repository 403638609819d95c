/* daemon/rules/turn.h — the ring that goes on from the last actual holder */
#pragma once

#include "rules/membership.h"
#include "rules/ring.h"

G_BEGIN_DECLS

GPtrArray *tn_turn_list (const TnRing *ring, const TnMembership *membership, int first, int end);

G_END_DECLS
