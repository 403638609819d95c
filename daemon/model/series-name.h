/* daemon/model/series-name.h — what people call a series: it has an id, and titles of its events */
#pragma once

#include "model/series.h"

G_BEGIN_DECLS

char *tn_series_dup_name (const TnSeries *series);

G_END_DECLS
