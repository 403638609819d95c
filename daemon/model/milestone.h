/* daemon/model/milestone.h — a dated duty before or after an occurrence. da: frist, sv: tidsfrist
 */
#pragma once

#include "base/date.h"
#include "model/reason.h"

G_BEGIN_DECLS

typedef struct
{
  char *id;        /* (owned) */
  char *key;       /* (owned) identity */
  char *uid;       /* (owned) */
  char *title;     /* (owned) placeholders filled in */
  TnDate due;      /* the day */
  char *by;        /* (owned) the role that has the duty; `council`: each council */
  char **councils; /* (owned) ids of those who have it */
  gboolean done;
  gboolean moved;     /* a person set its day */
  GPtrArray *reasons; /* (owned) (element-type TnReason) */
} TnMilestone;

TnMilestone *tn_milestone_new (void);
void tn_milestone_free (TnMilestone *milestone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnMilestone, tn_milestone_free)

G_END_DECLS
