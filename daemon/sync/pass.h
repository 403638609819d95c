/* daemon/sync/pass.h — one reconciliation of one calendar */
#pragma once

#include "provider/provider.h"
#include "sync/book.h"
#include "sync/change.h"

G_BEGIN_DECLS

typedef enum
{
  TN_PASS_PREVIEW = 1 << 0, /* find out what would be done; store and write nothing */
  TN_PASS_GRANTED = 1 << 1, /* a person said `apply` */
  TN_PASS_SEEN = 1 << 2     /* a person looks: what waits for that need not wait any longer */
} TnPassFlags;

typedef struct
{
  TnPlan *plan;         /* (owned) (nullable) what the changes were worked out from */
  GPtrArray *postings;  /* (owned) (nullable) */
  GPtrArray *changes;   /* (owned) (element-type TnChange) those of the last round */
  GPtrArray *decisions; /* (owned) (element-type TnDecision) that people's edits were */
  GPtrArray *proposals; /* (owned) (element-type TnProposal) that they were */
  TnHold hold;
  char *hold_text; /* (owned) (nullable) */
  guint n_written;
  gboolean is_absence_open; /* something is missing once: look again soon */
  guint64 version;          /* of the book that the calendar is in step with */
  GError *problem;          /* (owned) (nullable) why the calendar could not be reconciled */
} TnPassResult;

TnPassResult *tn_pass_result_new_problem (GError *problem);
void tn_pass_result_free (TnPassResult *result);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnPassResult, tn_pass_result_free)

void tn_pass_run_async (TnBook *book, TnProvider *provider, const TnCalendar *calendar,
                        TnPassFlags flags, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
TnPassResult *tn_pass_run_finish (TnBook *book, GAsyncResult *result, GError **error);

G_END_DECLS
