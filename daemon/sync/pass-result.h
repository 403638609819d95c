/* daemon/sync/pass-result.h — how one reconciliation went, for status and plan */
#pragma once

#include "sync/change.h"
#include "sync/judge.h"

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *changes;   /* (owned) (element-type TnChange) for people: those that wait; of a
                           preview all that would be made. Without their postings */
  GPtrArray *decisions; /* (owned) (element-type TnDecision) that people's edits were */
  GPtrArray *proposals; /* (owned) (element-type TnProposal) that they were */
  TnHold hold;
  char *hold_text; /* (owned) (nullable) */
  guint n_written;
  gboolean was_approved;    /* a person had lifted what held it */
  gboolean is_absence_open; /* something is missing once: look again soon */
  gboolean was_read;        /* the calendar could be listed and read: what failed came after */
  guint64 version;          /* of the book that the calendar is in step with */
  GError *problem;          /* (owned) (nullable) why the calendar could not be reconciled */
} TnPassResult;

TnPassResult *tn_pass_result_new_problem (GError *problem);
void tn_pass_result_keep (TnPassResult *result, gboolean all);
void tn_pass_result_take (TnPassResult *result, const TnJudgement *judgement);
void tn_pass_result_note (const TnPassResult *result, TnCalendarState *state, gint64 now_us);
void tn_pass_result_free (TnPassResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPassResult, tn_pass_result_free)

G_END_DECLS
