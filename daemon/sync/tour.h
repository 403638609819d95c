/* daemon/sync/tour.h — all that is done for one calendar at one time */
#pragma once

#include "sync/pass.h"

G_BEGIN_DECLS

void tn_tour_run_async (TnBook *book, TnProvider *provider, const TnCalendar *calendar,
                        TnPassFlags flags, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
TnPassResult *tn_tour_run_finish (TnBook *book, GAsyncResult *result, GError **error);

G_END_DECLS
