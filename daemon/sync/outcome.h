/* daemon/sync/outcome.h — what is remembered of a write that was made */
#pragma once

#include "provider/provider.h"
#include "sync/book.h"
#include "sync/change.h"

G_BEGIN_DECLS

void tn_outcome_take (TnBook *book, const char *calendar, TnChange *change, const TurnusRef *ref,
                      TnBatch *batch);
void tn_outcome_show (TnChange *change, const TurnusLoaded *loaded);

G_END_DECLS
