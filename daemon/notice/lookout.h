/* daemon/notice/lookout.h — what the survey is made of, gathered */
#pragma once

#include "notice/survey.h"
#include "sync/desk.h"

G_BEGIN_DECLS

/* A survey, with all that it borrows. */
typedef struct
{
  TnSurvey survey;
  TnPlan *plan;         /* (owned) */
  GPtrArray *proposals; /* (owned) */
} TnLookout;

TnLookout *tn_lookout_new (TnDesk *desk);
void tn_lookout_free (TnLookout *lookout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnLookout, tn_lookout_free)

G_END_DECLS
