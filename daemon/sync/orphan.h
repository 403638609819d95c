/* daemon/sync/orphan.h — an event of ours that the plan does not have any more */
#pragma once

#include "sync/diff.h"

G_BEGIN_DECLS

void tn_orphan_diff (const TnDiffInput *input, GPtrArray *changes, const TnLink *link,
                     const TnOccurrence *occurrence, const TnMilestone *milestone);
void tn_orphan_find_stray (const TnDiffInput *input, GPtrArray *changes,
                           const TnOccurrence *occurrence, const TnMilestone *milestone);

G_END_DECLS
