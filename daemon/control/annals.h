/* daemon/control/annals.h — calls about history and ledger */
#pragma once

#include "control/errand.h"

G_BEGIN_DECLS

/* Each owns the call. */
void tn_annals_serve_history (TnErrand *call, GVariant *arguments);
void tn_annals_serve_ledger (TnErrand *call, GVariant *arguments);
void tn_annals_serve_redact (TnErrand *call, GVariant *arguments);

G_END_DECLS
