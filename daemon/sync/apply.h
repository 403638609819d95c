/* daemon/sync/apply.h — carries out changes: conditional writes under intents */
#pragma once

#include "provider/provider.h"
#include "sync/book.h"
#include "sync/change.h"
#include "sync/snapshot.h"

G_BEGIN_DECLS

/* How the writes went. */
typedef struct
{
  guint n_written;
  gboolean changed_meanwhile; /* a precondition did not hold: pull and decide anew */
  gboolean is_stopped;        /* the calendar does not answer as it should: no more for now */
  gboolean is_barred;         /* the journal could not be written, and so no event behind it */
  GError *problem;            /* (owned) (nullable) why some are not made */
  GError *strain; /* (owned) (nullable) why it is unknown whether some are; others were made since:
                     pull, look, and go on */
} TnApplied;

void tn_applied_free (TnApplied *applied);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnApplied, tn_applied_free)

TnIntent *tn_apply_make_intent (const TnChange *change, const char *calendar, gint64 now_us);
void tn_apply_async (TnBook *book, TnProvider *provider, const TnCalendar *calendar,
                     GPtrArray *changes, const TnSnapshot *snapshot, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data);
TnApplied *tn_apply_finish (TnBook *book, GAsyncResult *result, GError **error);

G_END_DECLS
