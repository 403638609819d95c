/* plugins/exchange/zone.h — IANA names of time zones, and the Windows names that Exchange has */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *ex_zone_to_windows (const char *iana);
char *ex_zone_find_iana (const char *name);
char *ex_zone_choose (const char *name, const char *ours, const char *home);

gboolean ex_zone_is_known (const char *iana);
gint64 ex_zone_to_local_s (const char *iana, gint64 utc_s);
gint64 ex_zone_to_utc_s (const char *iana, gint64 local_s);
gint32 ex_zone_find_day (const char *iana, gint64 utc_s);

G_END_DECLS
