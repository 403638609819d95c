/* daemon/ical/instant.h — the moments of one property, each with its zone */
#pragma once

#include "ical/lines.h"
#include "ical/moment.h"

G_BEGIN_DECLS

typedef struct
{
  TnMoment moment;
  TnZone *zone; /* (owned) (nullable) of a time */
} TnInstant;

GArray *tn_instant_new_list (void);
gboolean tn_instant_read (const TnLines *lines, guint index, const TnZone *home, GArray *instants,
                          GError **error);
gint64 tn_instant_get_key (const TnInstant *instant);

G_END_DECLS
