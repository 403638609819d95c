/* daemon/rules/window.h — the days of a cycle on which its occurrence may lie */
#pragma once

#include "model/series.h"

G_BEGIN_DECLS

TnSpan tn_window_get_span (const TnSeries *series, const TnCycle *cycle);
TnSpan tn_window_get_membership_span (const TnSeries *series, const TnCycle *cycle);
gboolean tn_window_allows_weekdays (const TnSeries *series, TnSpan days);
char *tn_window_dup_weekdays (const TnSeries *series);

G_END_DECLS
