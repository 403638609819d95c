/* daemon/sync/decide.h — decisions by command: judged, foreseen, taken */
#pragma once

#include "sync/book.h"

G_BEGIN_DECLS

/* What a decision changes in the plan: one field of one event. */
typedef struct
{
  char *reference; /* (owned) `7by/studietur/2027` */
  char *title;     /* (owned) */
  char *field;  /* (owned) `host`, `organiser`, `when`, `title`, `status`, `where`, a milestone's id
                   … */
  char *before; /* (owned) */
  char *after;  /* (owned) */
} TnEffect;

void tn_effect_free (TnEffect *effect);

GPtrArray *tn_decide_list_effects (const TnPlan *before, const TnPlan *after);
TnDecision *tn_decide (TnBook *book, const TnDecisionDraft *draft, gboolean dry_run,
                       GPtrArray **ret_effects, GError **error);
gboolean tn_decide_needs_consent (TnBook *book, const TnDecisionDraft *draft);
TnDecision *tn_decide_propose (TnBook *book, const TnDecisionDraft *draft, gboolean dry_run,
                               GPtrArray **ret_effects, TnProposal **ret_proposal, GError **error);
TnDecision *tn_decide_answer (TnBook *book, const char *proposal, gboolean accepts,
                              const char *council, GError **error);
gboolean tn_decide_approve (TnBook *book, const char *calendar, GError **error);

G_END_DECLS
