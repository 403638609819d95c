/* daemon/ical/times.h — DTSTART, DTEND and DURATION of an event to days and local times */
#pragma once

#include "ical/lines.h"
#include "model/when.h"

G_BEGIN_DECLS

gboolean tn_times_read (const TnLines *lines, guint event, const TnZone *home, TnWhen *ret_when,
                        GError **error);
TnZone *tn_times_dup_zone (const TnLines *lines, guint event, const TnZone *home, GError **error);
char *tn_times_dup_parameters (const TnWhen *when, const char *tzid);
char *tn_times_dup_start (const TnWhen *when, const char *tzid);
char *tn_times_dup_end (const TnWhen *when, const char *tzid);

G_END_DECLS
