/* daemon/model/when.h — when an event is: whole days, or local times */
#pragma once

#include "base/span.h"
#include "base/zone.h"

G_BEGIN_DECLS

/* Local to the collaboration's zone, kept as written (style section 10). */
typedef struct
{
  gboolean all_day;
  TnSpan days;      /* half-open; of a timed event: the days that it touches */
  int start_minute; /* of the first day; 0 when all-day */
  int end_minute;   /* of the last day, exclusive, up to 1440; 0 when all-day */
} TnWhen;

TnWhen tn_when_new_days (TnDate start, int days);
TnWhen tn_when_new_timed (TnDate first_day, int start_minute, TnDate last_day, int end_minute);
gboolean tn_when_equal (const TnWhen *a, const TnWhen *b);
TnWhen tn_when_move_to (const TnWhen *when, TnDate start);
char *tn_when_to_string (const TnWhen *when);
gboolean tn_when_parse (const char *text, TnWhen *ret_when, GError **error);

G_END_DECLS
