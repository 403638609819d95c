/* Milestones are made by rules/milestones.c and never changed afterwards. */
#include "model/milestone.h"

TnMilestone *
tn_milestone_new (void)
{
  TnMilestone *milestone = g_new0 (TnMilestone, 1);
  milestone->due = TN_DATE_NONE;
  milestone->reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_reason_free);
  return milestone;
}

void
tn_milestone_free (TnMilestone *milestone)
{
  if (milestone == NULL)
    return;
  g_free (milestone->id);
  g_free (milestone->key);
  g_free (milestone->uid);
  g_free (milestone->title);
  g_free (milestone->by);
  g_strfreev (milestone->councils);
  g_ptr_array_unref (milestone->reasons);
  g_free (milestone);
}
