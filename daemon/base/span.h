/* daemon/base/span.h — half-open spans of days, [start, end) */
#pragma once

#include "base/date.h"

G_BEGIN_DECLS

typedef struct
{
  TnDate start;
  TnDate end; /* the first day that is no longer in it */
} TnSpan;

#define TN_SPAN_ALWAYS ((TnSpan){ G_MININT32 + 1, G_MAXINT32 })

TnSpan tn_span_new (TnDate start, TnDate end);
gboolean tn_span_contains (TnSpan span, TnDate date);
gboolean tn_span_contains_span (TnSpan span, TnSpan inner);
gboolean tn_span_overlaps (TnSpan a, TnSpan b);
int tn_span_get_days (TnSpan span);
gboolean tn_span_parse_bound (const char *text, gboolean last, TnDate *ret_date, GError **error);

G_END_DECLS
