/* daemon/sync/recognition.h — which items of a calendar are events of ours */
#pragma once

#include "sync/snapshot.h"

G_BEGIN_DECLS

void tn_recognition_read (TnSnapshot *snapshot, const TurnusLoaded *loaded,
                          const TnRulebook *rulebook);
GPtrArray *tn_recognition_list_doubtful (const TnSnapshot *snapshot);
void tn_recognition_take_planned (TnSnapshot *snapshot, const char *uid, const TnZone *zone);
void tn_recognition_take_pages (TnSnapshot *snapshot, const char *council, TnDate today);
void tn_recognition_settle (TnSnapshot *snapshot);

G_END_DECLS
