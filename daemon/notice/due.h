/* daemon/notice/due.h — when a mailbox may get its next letter */
#pragma once

#include "base/zone.h"

G_BEGIN_DECLS

typedef struct
{
  const TnZone *zone; /* of the collaboration: whose mornings are meant */
  int digest_minute;  /* of the day */
  gint64 now_us;
  gint64 last_digest_us; /* 0: never; also when it was looked and nothing was new */
  gint64 last_urgent_us; /* 0: never */
} TnDue;

gint64 tn_due_find_digest_us (const TnDue *due);
gint64 tn_due_find_urgent_us (const TnDue *due);

G_END_DECLS
