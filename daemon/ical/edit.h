/* daemon/ical/edit.h — managed fields put into foreign bytes */
#pragma once

#include "model/event.h"

G_BEGIN_DECLS

const char *tn_edit_status_to_string (TnEventStatus status);
GBytes *tn_edit_apply (GBytes *bytes, const TnEvent *wished, guint fields, gint64 now_us,
                       GError **error);

G_END_DECLS
