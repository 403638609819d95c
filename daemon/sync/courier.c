/* The courier: a chapter is put into the outbox in each turn of the main loop, and when enough is
 * in it, the writes are made. put [-> apply] -> put ... */
#include "sync/courier.h"

#include "base/error.h"
#include "sync/apply.h"
#include "sync/outbox.h"
#include "sync/stride.h"

/* Writes that are gathered before they are made: enough to keep a server busy, few enough to be
 * stored in one transaction and held in memory. */
static const guint MOST_WRITES = 200;
/* Chapters of the plan that are held until their writes are made: each may be a megabyte or two. */
static const guint MOST_LEAVES = 2;

typedef struct
{
  TnRound *round;            /* (unowned) outlives the courier */
  TnProvider *provider;      /* (owned) */
  TnPassResult *pass_result; /* (unowned) outlives the courier */
  gboolean was_strained;     /* in an earlier round, too */
  guint chapter;             /* that is put next */
  TnTrip *trip;              /* (owned) */
} Courier;

static void put (GTask *task);

static void
courier_free (Courier *courier)
{
  g_object_unref (courier->provider);
  tn_trip_free (courier->trip);
  g_free (courier);
}

void
tn_trip_free (TnTrip *trip)
{
  g_free (trip);
}

static void
finish (GTask *task)
{
  Courier *courier = g_task_get_task_data (task);
  g_task_return_pointer (task, g_steal_pointer (&courier->trip), (GDestroyNotify) tn_trip_free);
}

/* What became of those writes the next round sees. If it is as bad there, it is no strain. */
static void
take_strain (Courier *courier, TnApplied *applied)
{
  if (applied->strain == NULL)
    return;
  courier->trip->is_overtaken = TRUE;
  courier->trip->is_strained = TRUE;
  if (courier->was_strained && courier->pass_result->problem == NULL)
    courier->pass_result->problem = g_steal_pointer (&applied->strain);
}

static void
on_applied (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Courier *courier = g_task_get_task_data (task);
  TnTrip *trip = courier->trip;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnApplied) applied = tn_apply_finish (TN_BOOK (source), result, &error);
  if (applied == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  tn_outbox_clear (courier->round);
  courier->pass_result->n_written += applied->n_written;
  trip->is_overtaken = trip->is_overtaken || applied->changed_meanwhile;
  if (courier->pass_result->problem == NULL)
    courier->pass_result->problem = g_steal_pointer (&applied->problem);
  take_strain (courier, applied);
  trip->is_stopped = applied->is_stopped || (applied->is_barred && !trip->is_overtaken);
  if (trip->is_stopped || applied->is_barred
      || courier->chapter > tn_round_get_size (courier->round))
    finish (task);
  else
    tn_stride_take (task, put, g_task_return_error);
}

static void
apply (GTask *task)
{
  Courier *courier = g_task_get_task_data (task);
  TnRound *round = courier->round;
  tn_apply_async (round->book, courier->provider, round->calendar, round->writes, round->snapshot,
                  g_task_get_cancellable (task), on_applied, g_object_ref (task));
}

static gboolean
put_chapter (Courier *courier, GError **error)
{
  TnBook *book = courier->round->book;
  guint64 version = tn_book_get_version (book);
  if (tn_outbox_is_behind (courier->round))
    {
      g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT, "something was decided meanwhile");
      return FALSE;
    }
  gboolean good = tn_outbox_put (courier->round, courier->chapter, courier->pass_result, error);
  courier->trip->n_versions += tn_book_get_version (book) - version;
  tn_outbox_note_ledger (courier->round);
  return good;
}

/* What cannot be remembered is not written; but what is remembered as about to be written is. */
static void
put (GTask *task)
{
  Courier *courier = g_task_get_task_data (task);
  TnRound *round = courier->round;
  g_autoptr (GError) error = NULL;
  gboolean good = put_chapter (courier, &error);
  if (!good && tn_error_is_conflict (error))
    {
      /* A page that waits here may tell a wish that nobody keeps once all is looked at anew: others
       * would learn it, and we not. The intents of what is dropped are settled by the next round.
       */
      courier->trip->is_overtaken = TRUE;
      tn_outbox_clear (round);
      finish (task);
      return;
    }
  if (!good)
    {
      g_prefix_error (&error, "nothing more is written, because it cannot be remembered: ");
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  gboolean is_last = courier->chapter++ == tn_round_get_size (round);
  gboolean is_full = round->writes->len >= MOST_WRITES || round->leaves->len >= MOST_LEAVES;
  if (is_full || (is_last && round->writes->len > 0))
    apply (task);
  else if (is_last)
    finish (task);
  else
    tn_stride_take (task, put, g_task_return_error);
}

/**
 * tn_courier_async:
 * @round: whose outbox is open; it must outlive the courier
 * @was_strained: an earlier round left writes of which it is unknown whether they are made
 * @pass_result: (inout): is told what was decided and written, and the first problem; it must
 *   outlive the courier
 *
 * Stores and makes the writes of all chapters.
 */
void
tn_courier_async (TnRound *round, TnProvider *provider, gboolean was_strained,
                  TnPassResult *pass_result, GCancellable *cancellable,
                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (round->book, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_courier_async);
  g_task_set_check_cancellable (task, FALSE);
  Courier *courier = g_new0 (Courier, 1);
  courier->round = round;
  courier->provider = g_object_ref (provider);
  courier->was_strained = was_strained;
  courier->pass_result = pass_result;
  courier->trip = g_new0 (TnTrip, 1);
  g_task_set_task_data (task, courier, (GDestroyNotify) courier_free);
  tn_outbox_note_ledger (round);
  tn_stride_take (task, put, g_task_return_error);
}

/**
 * tn_courier_finish:
 *
 * Errors: when the store fails, or it was cancelled; what the calendar says is a problem of the
 *   pass.
 * Returns: (transfer full) (nullable): how it went
 */
TnTrip *
tn_courier_finish (TnBook *book, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, book), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
