/* daemon/control/outline.h — what a pass would do or waits for, and what was done, told to people
 */
#pragma once

#include "control/sheet.h"
#include "rules/fairness.h"
#include "sync/decide.h"
#include "sync/desk.h"

G_BEGIN_DECLS

void tn_outline_add_changes (JsonBuilder *sheet, const char *name, GPtrArray *changes,
                             gboolean only_waiting);
gboolean tn_outline_is_waiting (const TnChange *change);
void tn_outline_add_plan (JsonBuilder *sheet, const char *calendar, const TnPassResult *result,
                          const char *refusal, gboolean new_rulebook);
void tn_outline_add_history (JsonBuilder *sheet, GPtrArray *history, guint n);
void tn_outline_add_decision (JsonBuilder *sheet, const char *name, const TnDecision *decision);
void tn_outline_add_ledger (JsonBuilder *sheet, GPtrArray *decisions);
void tn_outline_add_effects (JsonBuilder *sheet, const char *name, GPtrArray *effects);
void tn_outline_add_shares (JsonBuilder *sheet, const char *name, GPtrArray *shares);

G_END_DECLS
