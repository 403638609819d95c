/* daemon/base/zone.h — a time zone: local time to UTC and back, as RFC 5545 wants it */
#pragma once

#include "base/date.h"

G_BEGIN_DECLS

typedef struct _TnZone TnZone; /* immutable, ref-counted */

/* A local time as people write it; it is stored so, and converted at the edge only. */
typedef struct
{
  TnDate date;
  int second; /* of the day, 0 to 86399 */
} TnLocalTime;

TnZone *tn_zone_new (const char *id, GError **error);
TnZone *tn_zone_new_utc (void);
TnZone *tn_zone_ref (const TnZone *zone);
void tn_zone_unref (TnZone *zone);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnZone, tn_zone_unref)

const char *tn_zone_get_id (const TnZone *zone);
gint64 tn_zone_to_utc_s (const TnZone *zone, TnLocalTime local);
TnLocalTime tn_zone_to_local (const TnZone *zone, gint64 utc_s);
int tn_zone_get_offset_s (const TnZone *zone, gint64 utc_s);
gboolean tn_zone_is_daylight (const TnZone *zone, gint64 utc_s);
char *tn_zone_dup_abbreviation (const TnZone *zone, gint64 utc_s);

G_END_DECLS
