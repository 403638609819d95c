/* daemon/sync/twins.h — entries that somebody may have made by hand for an occurrence */
#pragma once

#include "sync/posting.h"
#include "sync/snapshot.h"

G_BEGIN_DECLS

gboolean tn_twins_is_likely (const TnPosting *posting, const TnEvent *stranger);
GHashTable *tn_twins_find (GPtrArray *postings, const TnSnapshot *snapshot);
void tn_twins_mark (GPtrArray *postings, TnSnapshot *snapshot, GPtrArray *sightings,
                    const char *calendar);

G_END_DECLS
