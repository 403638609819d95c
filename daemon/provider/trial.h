/* daemon/provider/trial.h — a test event goes through a calendar, and is taken away again */
#pragma once

#include "provider/provider.h"

G_BEGIN_DECLS

typedef enum
{
  TN_TRIAL_GOOD,
  TN_TRIAL_WEAK, /* turnus gets along, with what the text says */
  TN_TRIAL_BAD
} TnTrialVerdict;

typedef struct
{
  const char *what; /* static: `create`, `reading back`, … */
  TnTrialVerdict verdict;
  char *text; /* (owned) what it means for the promises */
} TnTrialStep;

void tn_trial_step_free (TnTrialStep *step);
const char *tn_trial_verdict_to_string (TnTrialVerdict verdict);

void tn_trial_run_async (TnProvider *provider, const char *name, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *tn_trial_run_finish (GAsyncResult *result, GError **error);

G_END_DECLS
