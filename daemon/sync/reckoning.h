/* daemon/sync/reckoning.h — one leaf of the plan against what stands in the calendar of a round */
#pragma once

#include "sync/leaf.h"
#include "sync/recollection.h"
#include "sync/round.h"

G_BEGIN_DECLS

TnDiffInput tn_reckoning_make_input (const TnRound *round, const TnLeaf *leaf);
TnRecollection tn_reckoning_make_recollection (const TnRound *round);
TnLeaf *tn_reckoning_open (const TnRound *round, guint index, GError **error);
TnJudgement *tn_reckoning_judge (const TnRound *round, guint index, TnLeaf **leaf);
GPtrArray *tn_reckoning_list_changes (const TnRound *round, const TnLeaf *leaf, gboolean is_rest,
                                      GError **error);

G_END_DECLS
