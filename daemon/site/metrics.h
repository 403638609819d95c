/* daemon/site/metrics.h — how the daemon is, for a program that watches programs */
#pragma once

#include "provider/publication.h"
#include "site/visit.h"
#include "sync/desk.h"

G_BEGIN_DECLS

/* What a publisher has counted; borrowed. */
typedef struct
{
  const char *publisher; /* id */
  guint64 counts[TURNUS_N_COUNTS];
} TnMetricsFeed;

#define TN_METRICS_TYPE "text/plain; version=0.0.4; charset=utf-8"

TnMetricsFeed tn_metrics_count (const char *publisher, const TnPublication *publication);
char *tn_metrics_write (TnDesk *desk, gint64 longest_us, const TnMetricsFeed *feeds, guint n_feeds);
gboolean tn_metrics_is_allowed (const TnVisit *visit, gboolean shows_to_all);

G_END_DECLS
