/* daemon/sync/wish.h — a changed field as the decision that it would be */
#pragma once

#include "model/event.h"
#include "model/occurrence.h"

G_BEGIN_DECLS

/* A field of an event, and the value that somebody wants for it, in normal form. */
typedef struct
{
  const TnOccurrence *occurrence;
  const TnMilestone *milestone; /* (nullable) */
  TnField field;
  const char *value;
  const char *seen;    /* (nullable) what stood there instead; NULL: what the occurrence says */
  const char *written; /* (nullable) or this, when a write of it is open */
} TnWish;

TnDecision *tn_wish_to_decision (const TnWish *wish, const TnDecisionDraft *signature,
                                 TnRight *ret_right, GError **error);
char *tn_wish_dup_sentence (const TnWish *wish);

G_END_DECLS
