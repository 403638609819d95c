/* daemon/sync/guard.h — what is held back until a person says so */
#pragma once

#include "sync/diff.h"

G_BEGIN_DECLS

/* What is counted, chapter by chapter, before anything is held or let go. */
typedef struct
{
  guint n_future;   /* managed events that are not over */
  guint n_absent;   /* that are not where they were */
  guint n_removals; /* by rule */
  guint n_by_rule;  /* changes by rule */
} TnGuardCount;

void tn_guard_count_links (const TnDiffInput *input, TnGuardCount *count);
void tn_guard_count_changes (GPtrArray *changes, TnGuardCount *count);
TnHold tn_guard_find_vanished (const TnCalendar *calendar, const TnCalendarState *state,
                               const TnGuardCount *count, char **ret_text);
char *tn_guard_find_closed (const TnDiffInput *input);
TnHold tn_guard_find_braked (const TnCalendar *calendar, const TnGuardCount *count,
                             char **ret_text);
gboolean tn_guard_is_braked (const TnChange *change);
void tn_guard_hold (GPtrArray *changes, const char *closed, const char *braked);

G_END_DECLS
