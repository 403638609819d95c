/* daemon/rules/ring.h — one ring and the decisions on it, found by cycle */
#pragma once

#include "model/ledger.h"
#include "model/occurrence.h"

G_BEGIN_DECLS

/* The rotation of one role. Cycles are named by their index in the series' rhythm. Borrows all but
 * the containers; collaboration and ledger must outlive it. da: turnus, sv: turordning */
typedef struct
{
  const TnCollaboration *collaboration;
  const TnSeries *series;
  const TnRoleRule *role; /* of kind %TN_ROLE_RING */
  const TnLedger *ledger;
  int start;            /* index of the cycle whose holder the charter knows */
  GHashTable *by_index; /* (owned) (element-type int GPtrArray) skip, set, postpone, swap */
  GPtrArray *inserts;   /* (owned) (element-type TnDecision) by cycle, then date */
  GPtrArray *swaps;     /* (owned) (element-type TnDecision) by date; the last entry on each pair */
} TnRing;

TnRing *tn_ring_new (const TnCollaboration *collaboration, const TnSeries *series,
                     const TnRoleRule *role, const TnLedger *ledger);
void tn_ring_free (TnRing *ring);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnRing, tn_ring_free)

const char *tn_ring_find_council (const TnRing *ring, const char *id);
const TnDecision *tn_ring_find (const TnRing *ring, int index, TnDecisionKind kind,
                                const char *council);
const GPtrArray *tn_ring_get_decisions (const TnRing *ring, int index);
gboolean tn_ring_concerns (const TnRing *ring, const TnDecision *decision);
GPtrArray *tn_ring_list_places (const TnRing *ring);
char *tn_ring_dup_cycle (const TnRing *ring, int index);
const char *tn_ring_get_default (const TnSeries *series);

G_END_DECLS
