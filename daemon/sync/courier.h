/* daemon/sync/courier.h — carries what a round decided to its calendar */
#pragma once

#include "provider/provider.h"
#include "sync/round.h"

G_BEGIN_DECLS

/* How it went. */
typedef struct
{
  gboolean is_overtaken; /* somebody changed what was to be written: once more */
  gboolean is_strained;  /* of some writes it is unknown whether they are made */
  gboolean is_stopped;   /* the calendar does not answer as it should: no more for now */
  guint64 n_versions;    /* of the book that it has raised itself */
} TnTrip;

void tn_trip_free (TnTrip *trip);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TnTrip, tn_trip_free)

void tn_courier_async (TnRound *round, TnProvider *provider, gboolean was_strained,
                       TnPassResult *pass_result, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data);
TnTrip *tn_courier_finish (TnBook *book, GAsyncResult *result, GError **error);

G_END_DECLS
