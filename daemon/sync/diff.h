/* daemon/sync/diff.h — plan against calendar: what is to be done */
#pragma once

#include "model/calendar.h"
#include "sync/change.h"
#include "sync/snapshot.h"

G_BEGIN_DECLS

typedef struct
{
  const TnPlan *plan; /* of one chapter */
  const TnCalendar *calendar;
  const char *council; /* whose daemon this is */
  GPtrArray *postings; /* (element-type TnPosting) what the calendar is to show */
  const TnSnapshot *snapshot;
  const TnCalendarState *state;
  guint32 caps; /* TurnusCaps */
  gint64 now_us;
  gboolean is_granted; /* a person said `apply` */
} TnDiffInput;

GPtrArray *tn_diff (const TnDiffInput *input);
GPtrArray *tn_diff_rest (const TnDiffInput *input, GPtrArray *links, GHashTable *planned);
gboolean tn_diff_is_by_rule (const TnDiffInput *input);

G_END_DECLS
