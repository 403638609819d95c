/* daemon/ical/feed.h — many events as one calendar that is only read */
#pragma once

#include "model/event.h"

G_BEGIN_DECLS

/* An event of a feed; borrowed. */
typedef struct
{
  const TnEvent *event; /* with a zone unless all-day */
  gint64 changed_us;    /* UTC microseconds since 1970 at which its meaning changed last */
  guint sequence;       /* rises when its meaning changes */
} TnFeedEntry;

GBytes *tn_feed_write (const char *name, int refresh_hours, const TnFeedEntry *entries,
                       guint n_entries);

G_END_DECLS
