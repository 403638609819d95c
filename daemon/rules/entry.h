/* daemon/rules/entry.h — the ledger's entries on one series or one event */
#pragma once

#include "model/ledger.h"
#include "model/occurrence.h"

G_BEGIN_DECLS

const TnDecision *tn_entry_find (const TnLedger *ledger, TnDecisionKind kind,
                                 const TnOccurrence *occurrence, const char *milestone);
gboolean tn_entry_parse_when (const TnCycle *cycle, const TnDecision *decision, TnWhen *ret_when);
TnDate tn_entry_find_last_day (const TnLedger *ledger, const TnCollaboration *collaboration,
                               const TnSeries *series, const TnCycle *cycle);
GPtrArray *tn_entry_list (const TnLedger *ledger, const TnCollaboration *collaboration,
                          const TnSeries *series);
GPtrArray *tn_entry_list_history (const TnLedger *ledger, const TnCollaboration *collaboration,
                                  const TnSeries *series);
gboolean tn_entry_is_taken_back (const TnDecision *decision);
char *tn_entry_dup_source (const TnDecision *decision);
char *tn_entry_describe (const TnDecision *decision, const TnCollaboration *collaboration);

G_END_DECLS
