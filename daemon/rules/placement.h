/* daemon/rules/placement.h — when an occurrence is: decided, placed before, or chosen now */
#pragma once

#include "model/ledger.h"
#include "model/occurrence.h"
#include "rules/choice.h"

G_BEGIN_DECLS

gboolean tn_placement_pin (TnOccurrence *occurrence, const TnLedger *ledger, TnDate today);
void tn_placement_tell_breaches (TnOccurrence *occurrence, const TnChoice *choice,
                                 const TnLedger *ledger);
gboolean tn_placement_keep (TnOccurrence *occurrence, const TnChoice *choice,
                            const TnLedger *ledger, TnDate today);
void tn_placement_put (TnOccurrence *occurrence, const TnChoice *choice, TnDate day);
void tn_placement_finish (TnOccurrence *occurrence, const TnLedger *ledger, TnDate today);
void tn_placement_settle (TnOccurrence *occurrence, const TnChoice *choice, const TnLedger *ledger,
                          TnDate today);
gboolean tn_placement_find_known (const TnLedger *ledger, const TnOccurrence *occurrence,
                                  TnWhen *ret_when);

G_END_DECLS
