/* daemon/charter/closures.h — iCalendar files: closures, further holidays, busy times */
#pragma once

#include "charter/problems.h"
#include "ical/occupied.h"
#include "model/collaboration.h"
#include "model/source-file.h"

G_BEGIN_DECLS

gboolean tn_closures_is_calendar (const char *name);
char *tn_closures_dup_path (const char *charter, const char *name);
TnSourceFile *tn_closures_load_busy (const char *path, GError **error);
void tn_closures_read (TnCollaboration *collaboration, const TnSourceFile *source,
                       TnOccupiedKind kind, TnProblems *problems);

G_END_DECLS
