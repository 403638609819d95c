/* daemon/sync/hosting.h — a calendar is given the guests of the others */
#pragma once

#include "provider/provider.h"
#include "sync/guests.h"
#include "sync/pass-result.h"

G_BEGIN_DECLS

/* What may be done, as the pass found it. */
typedef struct
{
  TnVisit visit;
  gboolean is_preview;   /* say it, and do nothing */
  gboolean is_published; /* a person has seen what turnus does there */
  gboolean is_granted;   /* a person said `apply` */
} TnHosting;

void tn_hosting_async (const TnHosting *hosting, TnProvider *provider, TnPassResult *result,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean tn_hosting_finish (TnBook *book, GAsyncResult *result, GError **error);

G_END_DECLS
