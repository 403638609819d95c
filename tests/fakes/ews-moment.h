/* tests/fakes/ews-moment.h — times of Exchange: instants in UTC, and zones by their Windows names
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GTimeZone *tn_ews_moment_find_zone (const char *windows_name);
GDateTime *tn_ews_moment_parse (const char *text, GTimeZone *zone);
char *tn_ews_moment_format (GDateTime *moment, GTimeZone *zone);
GDateTime *tn_ews_moment_floor (GDateTime *moment, GTimeZone *zone);
GDateTime *tn_ews_moment_add_days (GDateTime *moment, GTimeZone *zone, int days);

G_END_DECLS
