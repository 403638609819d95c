/* daemon/rules/contest.h — the search for the best days of several series that keep off each other
 */
#pragma once

#include "rules/rivals.h"

G_BEGIN_DECLS

gint64 tn_contest_search (const TnRivals *rivals, TnDate *ret_days, gboolean *ret_is_best);

G_END_DECLS
