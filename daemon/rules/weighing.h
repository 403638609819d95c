/* daemon/rules/weighing.h — what is against a day, as a number */
#pragma once

#include "rules/choice.h"

G_BEGIN_DECLS

/* What breaking one soft rule costs: more than any sum of distances inside a window of two years.
 */
#define TN_WEIGHING_SOFT_COST 100000

const TnNear *tn_weighing_find_near (const TnChoice *choice, TnDate day, guint skip);
int tn_weighing_get_week_distance (const TnChoice *choice, int week, TnDate day);
int tn_weighing_get_cost (const TnChoice *choice, const TnPreference *preference, TnDate day);
gboolean tn_weighing_is_spread (const TnChoice *choice);
int tn_weighing_get_spread_cost (const TnChoice *choice, TnDate day);
int tn_weighing_weigh (const TnChoice *choice, TnDate day, int n_soft);

G_END_DECLS
