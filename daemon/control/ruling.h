/* daemon/control/ruling.h — what comes of a request: decided, or proposed, or foreseen */
#pragma once

#include "control/request.h"
#include "sync/decide.h"

G_BEGIN_DECLS

typedef struct
{
  TnDecision *decision; /* (owned) as it is, or would be, in the ledger */
  GPtrArray *effects;   /* (owned) (element-type TnEffect) what follows from it */
  GPtrArray *shares;    /* (owned) (nullable) (element-type TnShare) of a dry run: how fair it is */
  TnProposal *proposal; /* (owned) (nullable) when it takes another council's consent */
} TnRuling;

TnRuling *tn_ruling_new (TnBook *book, const TnRequest *request, gboolean dry_run, GError **error);
void tn_ruling_free (TnRuling *ruling);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnRuling, tn_ruling_free)

G_END_DECLS
