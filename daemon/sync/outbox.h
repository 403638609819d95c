/* daemon/sync/outbox.h — writes of a round that are decided and stored, and wait to be made */
#pragma once

#include "sync/round.h"

G_BEGIN_DECLS

gboolean tn_outbox_is_unproven (const TnRound *round, const TnPassResult *result);
void tn_outbox_note_ledger (TnRound *round);
gboolean tn_outbox_is_behind (const TnRound *round);
gboolean tn_outbox_open (TnRound *round, const TnPassResult *result, GError **error);
gboolean tn_outbox_put (TnRound *round, guint index, TnPassResult *result, GError **error);
void tn_outbox_clear (TnRound *round);
gboolean tn_outbox_close (TnRound *round, GError **error);

G_END_DECLS
