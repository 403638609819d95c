/* daemon/charter/recurrence.h — days of the month, in words and as a plain RRULE */
#pragma once

#include "model/series.h"

G_BEGIN_DECLS

/* What a recurrence rule says, as far as turnus knows it. */
typedef struct
{
  TnPeriod every; /* month or year */
  int interval;
  guint months;       /* bit (1 << month) of those named; 0: none is */
  GArray *month_days; /* (owned) (element-type TnMonthDay) */
} TnRecurrence;

gboolean tn_recurrence_parse_nth (const char *text, TnMonthDay *ret_day);
gboolean tn_recurrence_parse (const char *text, TnRecurrence *ret_recurrence, GError **error);
void tn_recurrence_clear (TnRecurrence *recurrence);

G_END_DECLS
