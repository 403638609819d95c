/* daemon/sync/decide.h — decisions by command: judged, foreseen, taken */
#pragma once

#include "sync/book.h"
#include "sync/effect.h"

G_BEGIN_DECLS

TnDecision *tn_decide (TnBook *book, const TnDecisionDraft *draft, gboolean dry_run,
                       GPtrArray **ret_effects, GError **error);
gboolean tn_decide_needs_consent (TnBook *book, const TnDecisionDraft *draft);
TnDecision *tn_decide_propose (TnBook *book, const TnDecisionDraft *draft, gboolean dry_run,
                               GPtrArray **ret_effects, TnProposal **ret_proposal, GError **error);
const TnProposal *tn_decide_find_open (TnBook *book, const char *id, GError **error);
TnDecision *tn_decide_foresee_answer (TnBook *book, const char *proposal, gboolean accepts,
                                      const char *council, GPtrArray **ret_effects, GError **error);
TnDecision *tn_decide_answer (TnBook *book, const char *proposal, gboolean accepts,
                              const char *council, GError **error);
gboolean tn_decide_approve (TnBook *book, const char *calendar, GError **error);

G_END_DECLS
