/* daemon/sync/render.h — the bytes that a change writes */
#pragma once

#include "sync/change.h"

G_BEGIN_DECLS

GBytes *tn_render_change (const TnChange *change, const char *council, GBytes *current,
                          gint64 now_us, GError **error);

G_END_DECLS
