/* daemon/ctl/progress.h — one line that says what takes so long */
#pragma once

#include "ctl/call.h"

G_BEGIN_DECLS

typedef struct _TnProgress TnProgress;

TnProgress *tn_progress_new (const TnCall *call, const char *what);
void tn_progress_free (TnProgress *progress);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnProgress, tn_progress_free)

void tn_progress_say (TnProgress *progress, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean tn_progress_is_seen (const TnProgress *progress);

G_END_DECLS
