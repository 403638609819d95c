/* Apply: the effects (design section 8, step 7). The intents of all writes are in the store before
 * this begins. fetch -> write, a few at a time, and read back meanwhile -> remember. An answer that
 * leaves the outcome open keeps its intent: the next pass looks before it writes again (hazards 27
 * and 28). */
#include "sync/apply.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "model/identity.h"
#include "sync/binder.h"
#include "sync/outcome.h"
#include "sync/render.h"

/* A disk gains nothing from more, and where the first is refused, all are (hazard 14). How many a
 * server that takes them is really given at once, the provider's host finds out, and needs enough
 * to choose from. */
static const guint IN_FLIGHT_FIRST = 4;
static const guint IN_FLIGHT = 16;
/* Read back while others are written, so that the server does not wait for us, nor we for it; but
 * not often, for while SabreDAV reads from SQLite it cannot write there. */
static const guint READ_BACK = 100;

typedef struct
{
  TnBook *book;         /* (owned) */
  TnProvider *provider; /* (owned) */
  char *calendar;       /* (owned) id */
  GPtrArray *changes;   /* (owned) reference; only writes are looked at */
  GHashTable *bytes;    /* (owned) (element-type utf8 TurnusLoaded) current bytes by item id */
  GPtrArray *read_back; /* (owned) (element-type utf8) ids just written, not asked for yet */
  TnBatch *batch;       /* (owned) outcomes that are to be remembered */
  GHashTable *written;  /* (owned) (element-type utf8 TnChange) by item id, borrowed */
  TnApplied *applied;   /* (owned) */
  guint next;           /* index of the next change */
  guint in_flight;
  guint most_in_flight;
  guint n_pages; /* in flight: pages of the journal */
  gboolean is_reading;
  gboolean is_local;
  gboolean is_relieved; /* after a strain the calendar took another write */
} Work;

typedef struct
{
  GTask *task;      /* (owned) */
  TnChange *change; /* (unowned) of the work */
} Write;

static void write_more (GTask *task);
static void read_back (GTask *task);

void
tn_applied_free (TnApplied *applied)
{
  if (applied == NULL)
    return;
  g_clear_error (&applied->problem);
  g_clear_error (&applied->strain);
  g_free (applied);
}

static void
work_free (Work *work)
{
  g_object_unref (work->book);
  g_object_unref (work->provider);
  g_free (work->calendar);
  g_ptr_array_unref (work->changes);
  g_hash_table_unref (work->bytes);
  g_hash_table_unref (work->written);
  g_ptr_array_unref (work->read_back);
  tn_batch_free (work->batch);
  tn_applied_free (work->applied);
  g_free (work);
}

/**
 * tn_apply_make_intent:
 *
 * Returns: (transfer full): what is committed before @change is made
 */
TnIntent *
tn_apply_make_intent (const TnChange *change, const char *calendar, gint64 now_us)
{
  TnIntentKind kind = change->kind == TN_CHANGE_CREATE   ? TN_INTENT_CREATE
                      : change->kind == TN_CHANGE_UPDATE ? TN_INTENT_UPDATE
                                                         : TN_INTENT_REMOVE;
  TnIntent *intent = tn_intent_new (calendar, change->uid, kind);
  tn_text_set (&intent->key, change->key);
  tn_text_set (&intent->item_id, change->item_id);
  tn_text_set (&intent->revision, change->revision);
  intent->at_us = now_us;
  for (guint i = 0; change->posting != NULL && i < TN_N_FIELDS; i++)
    tn_text_set (&intent->wished[i], change->posting->wished[i]);
  return intent;
}

static void
settle_written (Work *work, TnChange *change, const TurnusRef *ref)
{
  work->applied->n_written++;
  if (work->applied->strain != NULL)
    work->is_relieved = TRUE;
  else if (!work->is_local && work->most_in_flight < IN_FLIGHT)
    work->most_in_flight++;
  tn_outcome_take (work->book, work->calendar, change, ref, work->batch);
  if (change->kind == TN_CHANGE_REMOVE)
    return;
  g_ptr_array_add (work->read_back, g_strdup (ref->id));
  g_hash_table_insert (work->written, change->link->item_id, change);
}

/* By its reference: what people call it is not for the log (promise 11). */
static GError *
tell (const TnChange *change, const GError *error)
{
  g_autofree char *reference = tn_identity_key_to_reference (change->key);
  return g_error_new (error->domain, error->code, "cannot write %s: %s", reference, error->message);
}

/* A server that fails at one of several writes may only have been given too many: SabreDAV on
 * SQLite says 500 when its database is locked. The rest goes one by one, as long as it takes any;
 * the intent stays, and another round looks what became of this one before it is written again. */
static gboolean
bear (Work *work, const TnChange *change, const GError *error)
{
  if (!tn_error_is_temporary (error) || tn_binder_is_page (change) || work->in_flight < 2)
    return FALSE;
  work->most_in_flight = 1;
  if (work->applied->strain == NULL)
    work->applied->strain = tell (change, error);
  return TRUE;
}

/* All that was under way failed: that is no strain. */
static void
check_relief (Work *work)
{
  TnApplied *applied = work->applied;
  if (applied->strain == NULL || work->is_relieved || applied->is_stopped || work->in_flight > 0)
    return;
  applied->is_stopped = TRUE;
  if (applied->problem == NULL)
    applied->problem = g_steal_pointer (&applied->strain);
}

/* What an error says about the write decides what becomes of its intent. One that conflicts is
 * settled by what is read next: a 412 may come after the write was done (hazard 27). */
static void
settle_failed (Work *work, const TnChange *change, const GError *error)
{
  gboolean denied = g_error_matches (error, TN_ERROR, TN_ERROR_DENIED);
  gboolean conflicts = tn_error_is_conflict (error);
  gboolean gone = tn_error_is_gone (error);
  gboolean clean = conflicts || gone || denied || tn_error_is_invalid (error)
                   || g_error_matches (error, TN_ERROR, TN_ERROR_LIMIT);
  if (clean && !conflicts)
    tn_batch_drop_intent (work->batch, work->calendar, change->uid);
  /* No event names a decision that its journal does not have (design section 6). */
  work->applied->is_barred = work->applied->is_barred || tn_binder_is_page (change);
  if (conflicts || gone)
    {
      work->applied->changed_meanwhile = TRUE;
      return;
    }
  work->applied->is_stopped
      = work->applied->is_stopped || !clean || denied; /* one refusal says it for all: hazard 14 */
  if (work->applied->problem == NULL)
    work->applied->problem = tell (change, error);
}

static gboolean
commit_outcomes (Work *work, GError **error)
{
  if (!tn_store_commit (tn_book_get_store (work->book), work->batch, error))
    return FALSE;
  tn_batch_free (work->batch);
  work->batch = tn_batch_new ();
  return TRUE;
}

/* A person may have answered about the event while it was written: what is remembered for that is
 * remembered on. */
static gboolean
batch_link (Work *work, const TnChange *change, GError **error)
{
  g_autoptr (TnLink) stored = NULL;
  if (change->pending != NULL
      && !tn_store_find_link (tn_book_get_store (work->book), work->calendar, change->uid, &stored,
                              error))
    return FALSE;
  g_autoptr (TnLink) merged
      = stored != NULL ? tn_link_merge (change->pending, change->link, stored) : NULL;
  tn_batch_put_link (work->batch, merged != NULL ? merged : change->link);
  return TRUE;
}

static gboolean
batch_links (Work *work, GError **error)
{
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, work->written);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (!batch_link (work, value, error))
      return FALSE;
  return TRUE;
}

static void
finish (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  if (!batch_links (work, &error) || !commit_outcomes (work, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, g_steal_pointer (&work->applied),
                           (GDestroyNotify) tn_applied_free);
}

static void
on_read_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Work *work = g_task_get_task_data (task);
  g_autoptr (GPtrArray) items = tn_provider_load_finish (TN_PROVIDER (source), result, NULL);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const TurnusLoaded *loaded = g_ptr_array_index (items, i);
      TnChange *change = g_hash_table_lookup (work->written, loaded->id);
      if (change != NULL)
        tn_outcome_show (change, loaded);
    }
  work->is_reading = FALSE;
  read_back (task);
}

/* Called whenever something was written or read back. */
static void
read_back (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  gboolean is_last = work->in_flight == 0 && work->next > work->changes->len;
  gboolean is_due = work->read_back->len >= READ_BACK || (is_last && work->read_back->len > 0);
  if (work->is_reading)
    return;
  if (is_due && !work->applied->is_stopped)
    {
      g_autoptr (GPtrArray) ids = g_steal_pointer (&work->read_back);
      work->read_back = g_ptr_array_new_with_free_func (g_free);
      work->is_reading = TRUE;
      g_ptr_array_add (ids, NULL);
      tn_provider_load_async (work->provider, (const char *const *) ids->pdata,
                              g_task_get_cancellable (task), on_read_back, g_object_ref (task));
    }
  else if (is_last)
    finish (task);
}

static void
write_free (Write *write)
{
  g_object_unref (write->task);
  g_free (write);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Write, write_free)

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Write) write = user_data;
  Work *work = g_task_get_task_data (write->task);
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = NULL;
  if (write->change->kind == TN_CHANGE_REMOVE)
    tn_provider_remove_finish (TN_PROVIDER (source), result, &error);
  else
    ref = tn_provider_save_finish (TN_PROVIDER (source), result, &error);

  /* Gone already is what a removal wanted. */
  gboolean done
      = error == NULL || (write->change->kind == TN_CHANGE_REMOVE && tn_error_is_gone (error));
  if (done)
    settle_written (work, write->change, ref);
  else if (!bear (work, write->change, error))
    settle_failed (work, write->change, error);
  work->in_flight--;
  work->n_pages -= tn_binder_is_page (write->change) ? 1 : 0;
  write_more (write->task);
}

static GBytes *
make_bytes (const Work *work, const TnChange *change, GError **error)
{
  if (change->kind == TN_CHANGE_REMOVE)
    return NULL;
  const TurnusLoaded *loaded = g_hash_table_lookup (work->bytes, change->item_id);
  return tn_render_change (change, tn_book_get_settings (work->book)->council,
                           change->kind == TN_CHANGE_UPDATE ? loaded->bytes : NULL,
                           tn_clock_now_us (tn_book_get_clock (work->book)), error);
}

static void
start_write (GTask *task, TnChange *change)
{
  Work *work = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_bytes (work, change, &error);
  if (error != NULL)
    {
      settle_failed (work, change, error);
      return;
    }
  Write *write = g_new0 (Write, 1);
  write->task = g_object_ref (task);
  write->change = change;
  work->in_flight++;
  work->n_pages += tn_binder_is_page (change) ? 1 : 0;
  if (change->kind == TN_CHANGE_REMOVE)
    tn_provider_remove_async (work->provider, change->item_id, change->revision,
                              g_task_get_cancellable (task), on_written, write);
  else
    tn_provider_save_async (work->provider, change->item_id, change->revision, bytes,
                            g_task_get_cancellable (task), on_written, write);
}

/* An edit needs the bytes that its revision names; anything else has changed since. */
static gboolean
has_base (Work *work, const TnChange *change)
{
  if (change->kind != TN_CHANGE_UPDATE)
    return TRUE;
  const TurnusLoaded *loaded = g_hash_table_lookup (work->bytes, change->item_id);
  if (loaded != NULL && loaded->bytes != NULL
      && g_strcmp0 (loaded->revision, change->revision) == 0)
    return TRUE;
  tn_batch_drop_intent (work->batch, work->calendar, change->uid);
  work->applied->changed_meanwhile = TRUE;
  work->applied->is_barred = work->applied->is_barred || tn_binder_is_page (change);
  return FALSE;
}

static void
write_more (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  gboolean cancelled = g_cancellable_is_cancelled (g_task_get_cancellable (task));
  work->applied->is_stopped = work->applied->is_stopped || cancelled;
  check_relief (work);
  while (work->next < work->changes->len && work->in_flight < work->most_in_flight)
    {
      TnChange *change = g_ptr_array_index (work->changes, work->next);
      if (work->n_pages > 0 && !tn_binder_is_page (change))
        return; /* the journal is written before the event; on its answer it goes on */
      work->next++;
      if (!tn_change_is_write (change))
        continue;
      if (work->applied->is_stopped || work->applied->is_barred)
        tn_batch_drop_intent (work->batch, work->calendar, change->uid); /* never begun */
      else if (has_base (work, change))
        start_write (task, change);
    }
  if (work->in_flight == 0 && work->next == work->changes->len)
    work->next++; /* once only */
  read_back (task);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Work *work = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = tn_provider_load_finish (TN_PROVIDER (source), result, &error);
  if (items == NULL)
    {
      work->applied->is_stopped = TRUE;
      work->applied->problem = g_steal_pointer (&error);
    }
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const TurnusLoaded *loaded = g_ptr_array_index (items, i);
      g_hash_table_insert (work->bytes, g_strdup (loaded->id),
                           turnus_loaded_new (loaded->id, loaded->revision, loaded->bytes));
    }
  write_more (task);
}

/* The bytes of items that are to be edited and were not read in this pass. */
static void
fetch (GTask *task, const TnSnapshot *snapshot)
{
  Work *work = g_task_get_task_data (task);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < work->changes->len; i++)
    {
      const TnChange *change = g_ptr_array_index (work->changes, i);
      if (!tn_change_is_write (change) || change->kind != TN_CHANGE_UPDATE)
        continue;
      const TnSeen *seen = g_hash_table_lookup (snapshot->items, change->item_id);
      if (seen != NULL && seen->bytes != NULL)
        g_hash_table_insert (work->bytes, g_strdup (seen->id),
                             turnus_loaded_new (seen->id, seen->revision, seen->bytes));
      else
        g_ptr_array_add (ids, change->item_id);
    }
  if (ids->len == 0)
    {
      write_more (task);
      return;
    }
  g_ptr_array_add (ids, NULL);
  tn_provider_load_async (work->provider, (const char *const *) ids->pdata,
                          g_task_get_cancellable (task), on_fetched, g_object_ref (task));
}

/**
 * tn_apply_async:
 * @changes: (element-type TnChange): the writes among them are made; all their intents are
 * committed
 * @snapshot: what the pull showed; looked at only before this returns
 *
 * Makes the writes, a few at a time, each under its precondition, and remembers what came of them.
 */
void
tn_apply_async (TnBook *book, TnProvider *provider, const TnCalendar *calendar, GPtrArray *changes,
                const TnSnapshot *snapshot, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (book, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_apply_async);
  g_task_set_check_cancellable (task, FALSE); /* what was written is remembered all the same */
  Work *work = g_new0 (Work, 1);
  work->is_local = (tn_provider_get_caps (provider) & TURNUS_CAP_LOCAL) != 0;
  work->most_in_flight = IN_FLIGHT_FIRST;
  work->book = g_object_ref (book);
  work->provider = g_object_ref (provider);
  work->calendar = g_strdup (calendar->id);
  work->changes = g_ptr_array_ref (changes);
  work->bytes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) turnus_loaded_free);
  work->read_back = g_ptr_array_new_with_free_func (g_free);
  work->written = g_hash_table_new (g_str_hash, g_str_equal);
  work->batch = tn_batch_new ();
  work->applied = g_new0 (TnApplied, 1);
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  fetch (task, snapshot);
}

/**
 * tn_apply_finish:
 *
 * Errors: only when what was done could not be remembered; its intents are kept then.
 * Returns: (transfer full) (nullable): how it went
 */
TnApplied *
tn_apply_finish (TnBook *book, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, book), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
