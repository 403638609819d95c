/* daemon/rules/rhythm.h — the cycles of a series, numbered from its first */
#pragma once

#include "model/series.h"

G_BEGIN_DECLS

/* Cycles further ahead than this are no plan; it also keeps dates inside the calendar. */
#define TN_RHYTHM_LAST_YEAR 9900

TnCycle tn_rhythm_get_cycle (const TnSeries *series, int index);
gboolean tn_rhythm_find_index (const TnSeries *series, const TnCycle *cycle, int *ret_index);
gboolean tn_rhythm_parse_index (const TnSeries *series, const char *text, int *ret_index);
int tn_rhythm_get_index_at (const TnSeries *series, TnDate date);
int tn_rhythm_get_last_index_at (const TnSeries *series, TnDate date);
gboolean tn_rhythm_has (const TnSeries *series, int index);

G_END_DECLS
