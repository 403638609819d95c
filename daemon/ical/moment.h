/* daemon/ical/moment.h — DATE, DATE-TIME and DURATION values */
#pragma once

#include "base/zone.h"

G_BEGIN_DECLS

typedef struct
{
  gboolean is_date; /* a day; else a time of one */
  gboolean is_utc;
  TnLocalTime local; /* as written; second 0 of a date */
} TnMoment;

typedef struct
{
  int days;       /* nominal: a day of a clock change is one, too */
  gint64 seconds; /* exact */
} TnDuration;

gboolean tn_moment_parse (const char *value, TnMoment *ret_moment, GError **error);
char *tn_moment_format_date (TnDate date);
char *tn_moment_format_time (TnLocalTime local);
char *tn_moment_format_utc (gint64 utc_us);
gboolean tn_moment_parse_duration (const char *value, TnDuration *ret_duration, GError **error);

G_END_DECLS
