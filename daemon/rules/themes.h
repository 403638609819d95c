/* daemon/rules/themes.h — the theme plan: which theme belongs to which cycle */
#pragma once

#include "model/occurrence.h"
#include "rules/membership.h"

G_BEGIN_DECLS

void tn_themes_tell (TnOccurrence *occurrence, const TnLedger *ledger);
void tn_themes_add_milestone (TnOccurrence *occurrence, int index, const TnLedger *ledger,
                              const TnMembership *membership);

G_END_DECLS
