/* daemon/http/retry.h — whether and when to ask a server again */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define TN_RETRY_GIVE_UP -1

/* Longer than any server means it, and short enough to outlive a clock that was wrong (hazard 82).
 */
#define TN_RETRY_MOST_S (24 * 60 * 60)

gint64 tn_retry_get_delay_s (guint attempt, guint status, gint64 retry_after_s, double jitter);
gint64 tn_retry_parse_after (const char *text, gint64 now_us);

G_END_DECLS
