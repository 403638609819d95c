/* daemon/sync/binder.h — a journal against what stands in the calendar: which pages are to be
 * written */
#pragma once

#include "sync/diff.h"

G_BEGIN_DECLS

void tn_binder_diff (const TnDiffInput *input, const char *council, GPtrArray *pages,
                     GPtrArray *links, GPtrArray *changes);
void tn_binder_note_edits (const TnDiffInput *input, GPtrArray *pages, GPtrArray *history);
void tn_binder_put_off (const char *reason, GPtrArray *changes);
gboolean tn_binder_is_page (const TnChange *change);
gboolean tn_binder_is_mute (const TnLink *link);
void tn_binder_show (TnLink *link, const TnEvent *event);

G_END_DECLS
