/* daemon/provider/plain.h — iCalendar bytes to and from the plain events of plugins */
#pragma once

#include "provider/turnus-plugin.h"

G_BEGIN_DECLS

TurnusEvent *tn_plain_read (GBytes *bytes, const char *zone, GError **error);
GBytes *tn_plain_write (const TurnusEvent *plain, GError **error);

G_END_DECLS
