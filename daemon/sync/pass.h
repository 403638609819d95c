/* daemon/sync/pass.h — one reconciliation of one calendar */
#pragma once

#include "provider/provider.h"
#include "sync/book.h"
#include "sync/pass-result.h"

G_BEGIN_DECLS

typedef enum
{
  TN_PASS_PREVIEW = 1 << 0, /* find out what would be done; store and write nothing */
  TN_PASS_GRANTED = 1 << 1, /* a person said `apply` */
  TN_PASS_SEEN = 1 << 2,    /* a person looks: what waits for that need not wait any longer */
  TN_PASS_TELL = 1 << 3     /* a person waits: say also what is as bad as before */
} TnPassFlags;

void tn_pass_run_async (TnBook *book, TnProvider *provider, const TnCalendar *calendar,
                        TnPassFlags flags, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
TnPassResult *tn_pass_run_finish (TnBook *book, GAsyncResult *result, GError **error);

G_END_DECLS
