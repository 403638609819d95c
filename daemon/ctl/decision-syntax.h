/* daemon/ctl/decision-syntax.h — a decision as a charter writes it */
#pragma once

#include "model/decision.h"

G_BEGIN_DECLS

TnDecision *tn_decision_syntax_bare (const TnDecision *decision);
char *tn_decision_syntax_write (const TnDecision *decision);

G_END_DECLS
