/* tests/wheel/draft.h — plans made by hand, as full or as empty as one wants */
#pragma once

#include "model/plan.h"

G_BEGIN_DECLS

typedef struct
{
  TnRulebook *rulebook;           /* (owned) */
  TnCollaboration *collaboration; /* (unowned) of the rulebook */
  GPtrArray *occurrences;         /* (owned) (element-type TnOccurrence) handed over to the plan */
} Draft;

Draft *draft_new (const char *name, TnLanguage language);
void draft_free (Draft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Draft, draft_free)

TnSeries *draft_add_series (Draft *draft, const char *title);
TnOccurrence *draft_add (Draft *draft, TnSeries *series, TnDate day, int n_days, const char *title);
void draft_give_role (Draft *draft, TnOccurrence *occurrence, const char *council);
TnMilestone *draft_add_deadline (TnOccurrence *occurrence, TnDate due, const char *title);
TnPlan *draft_make_plan (Draft *draft, int year);
Draft *draft_new_full (guint n_meetings, guint n_series, const char *word);

G_END_DECLS
