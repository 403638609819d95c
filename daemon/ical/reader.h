/* daemon/ical/reader.h — iCalendar bytes to the managed fields of an event */
#pragma once

#include "model/event.h"

G_BEGIN_DECLS

TnEvent *tn_reader_read (GBytes *bytes, const TnZone *home, GError **error);
TnEvent *tn_reader_read_as_written (GBytes *bytes, const TnZone *floating, GError **error);
char *tn_reader_dup_uid (GBytes *bytes, GError **error);

G_END_DECLS
