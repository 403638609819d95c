/* daemon/ctl/interview.h — what a beginning council is asked */
#pragma once

#include "ctl/call.h"
#include "ctl/founding.h"
#include "model/rulebook.h"

G_BEGIN_DECLS

typedef struct
{
  const TnCall *call;         /* (unowned) */
  TnFounding *founding;       /* (owned) */
  const TnRulebook *rulebook; /* (unowned) (nullable) of the charter that there is already */
  char *secret; /* (owned) (nullable) a password that was typed: for a file of its own */
} TnInterview;

typedef TnRulebook *(*TnInterviewRead) (const TnCall *call, const char *path, GError **error);

gboolean tn_interview_hold (TnInterview *interview, TnRulebook **rulebook, TnInterviewRead read,
                            GError **error);
void tn_interview_clear (TnInterview *interview);

G_END_DECLS
