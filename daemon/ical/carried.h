/* daemon/ical/carried.h — an event of people's, whole, as it travels to other calendars */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *tn_carried_make (GBytes *bytes, const char *key, GError **error);
GBytes *tn_carried_keep_alarms (GBytes *carried, GBytes *current, GError **error);
gboolean tn_carried_has_category (GBytes *bytes, const char *category);
char *tn_carried_dup_digest (GBytes *bytes);
char *tn_carried_dup_difference (GBytes *ours, GBytes *theirs);

G_END_DECLS
