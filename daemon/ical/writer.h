/* daemon/ical/writer.h — an event to iCalendar bytes; edits that touch nothing else */
#pragma once

#include "model/event.h"

G_BEGIN_DECLS

GBytes *tn_writer_write (const TnEvent *event, gint64 now_us);
void tn_writer_append_event (GString *to, const TnEvent *event, gint64 now_us, guint sequence);
GBytes *tn_writer_write_foreign (const TnEvent *event, gint64 changed_us);
GBytes *tn_writer_edit (GBytes *bytes, const TnEvent *wished, guint fields, gint64 now_us,
                        GError **error);

G_END_DECLS
