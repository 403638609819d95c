/* daemon/sync/health.h — how a calendar is, in one word, and what a person must do */
#pragma once

#include "sync/pass-result.h"

G_BEGIN_DECLS

TnHealth tn_health_judge (const TnPassResult *result);
gboolean tn_health_needs_person (TnHealth health);
char *tn_health_dup_advice (TnHealth health, const char *calendar);
gboolean tn_health_is_news (const TnCalendarState *before, TnHealth health, TnHold hold);
void tn_health_tell (const char *calendar, TnHealth health, const TnPassResult *result);

G_END_DECLS
