/* daemon/ical/timezone.h — what a TZID means, and a VTIMEZONE that Outlook reads */
#pragma once

#include "base/zone.h"
#include "ical/lines.h"

G_BEGIN_DECLS

TnZone *tn_timezone_find (const char *tzid, const TnZone *home, const TnLines *lines,
                          GError **error);
int tn_timezone_find_block (const TnLines *lines, const char *tzid);
char *tn_timezone_dup_block_id (const TnLines *lines, guint component);
void tn_timezone_append_block (GString *to, const TnZone *zone, TnDate date, const char *line_end);

G_END_DECLS
