/* daemon/sync/stride.h — a task that goes on in a later turn of the main loop */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef void (*TnStrideStep) (GTask *task);
/* @error: (transfer full): why there is no next step */
typedef void (*TnStrideStop) (GTask *task, GError *error);

void tn_stride_take (GTask *task, TnStrideStep step, TnStrideStop stop);

G_END_DECLS
