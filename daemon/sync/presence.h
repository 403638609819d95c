/* daemon/sync/presence.h — an event that is there: what is to be written, undone or left */
#pragma once

#include "sync/diff.h"

G_BEGIN_DECLS

void tn_presence_remember (GPtrArray *changes, const TnPosting *posting, const TnLink *old,
                           const TnLink *link);
void tn_presence_diff (const TnDiffInput *input, GPtrArray *changes, const TnPosting *posting,
                       const TnLink *old, TnLink *link, char **shown);

G_END_DECLS
