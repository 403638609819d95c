/* daemon/model/ledger.h — the decisions in force, and all those before them */
#pragma once

#include "model/decision.h"

G_BEGIN_DECLS

typedef struct _TnLedger TnLedger; /* immutable, ref-counted */

TnLedger *tn_ledger_new (GPtrArray *decisions);
TnLedger *tn_ledger_ref (const TnLedger *ledger);
void tn_ledger_unref (TnLedger *ledger);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLedger, tn_ledger_unref)

TnLedger *tn_ledger_with (const TnLedger *ledger, GPtrArray *more);
guint tn_ledger_get_size (const TnLedger *ledger);
const TnDecision *tn_ledger_get (const TnLedger *ledger, guint index);
const TnDecision *tn_ledger_find_id (const TnLedger *ledger, const char *id);
gboolean tn_ledger_is_in_force (const TnLedger *ledger, const TnDecision *decision);
const TnDecision *tn_ledger_find (const TnLedger *ledger, TnDecisionKind kind,
                                  const char *collaboration, const char *series, const char *cycle,
                                  const char *site, const char *milestone);
const TnDecision *tn_ledger_find_last (const TnLedger *ledger, guint kinds,
                                       const char *collaboration, const char *series,
                                       const char *cycle, const char *site, const char *milestone);
TnDecision *tn_ledger_succeed (const TnLedger *ledger, const TnDecision *decision);
GPtrArray *tn_ledger_list_series (const TnLedger *ledger, const char *collaboration,
                                  const char *series);

G_END_DECLS
