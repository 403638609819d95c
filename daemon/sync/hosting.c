/* Hosting: the writes that follow from guests, after those of the plan. Each mirror that is about
 * to be written is in the store as such before the first request; fetch -> write, one after the
 * other, for guests are few -> read back -> remember. What stays open the next pass settles against
 * a complete listing (hazards 27 and 28). */
#include "sync/hosting.h"

#include <string.h>

#include "base/error.h"
#include "base/text.h"
#include "ical/carried.h"
#include "ical/reader.h"
#include "model/identity.h"
#include "sync/move.h"

typedef struct
{
  TnHosting hosting;    /* the book is owned */
  TnProvider *provider; /* (owned) */
  TnPassResult *result; /* (unowned) of the pass, which waits */
  GPtrArray *moves;     /* (owned) (element-type TnMove) writes */
  GHashTable *bytes;    /* (owned) (element-type utf8 TurnusLoaded) by item id */
  GHashTable *written;  /* (owned) (element-type utf8 TnMirror) by item id */
  TnBatch *batch;       /* (owned) outcomes that are to be remembered */
  guint next;           /* index of the next move */
  gboolean is_braked;   /* it is these moves that the brake holds */
} Work;

static void write_next (GTask *task);

static void
work_free (Work *work)
{
  g_object_unref (work->hosting.visit.book);
  g_object_unref (work->provider);
  g_ptr_array_unref (work->moves);
  g_hash_table_unref (work->bytes);
  g_hash_table_unref (work->written);
  tn_batch_free (work->batch);
  g_free (work);
}

static TnDate
find_today (TnBook *book)
{
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  return tn_clock_today (tn_book_get_clock (book), utc);
}

static const TnGuest *
find_guest (GPtrArray *guests, const char *uid)
{
  for (guint i = 0; i < guests->len; i++)
    if (strcmp (((TnGuest *) g_ptr_array_index (guests, i))->uid, uid) == 0)
      return g_ptr_array_index (guests, i);
  return NULL;
}

/* A guest that came since the calendar was looked at has no mirror here, not even a wanted one. */
static GPtrArray *
list_moves (TnBook *book, const TnCalendar *calendar, guint32 caps, GError **error)
{
  TnStore *store = tn_book_get_store (book);
  TnDate today = find_today (book);
  g_autoptr (GPtrArray) guests = tn_store_load_guests (store, error);
  g_autoptr (GPtrArray) mirrors
      = guests != NULL ? tn_store_load_mirrors (store, calendar->id, error) : NULL;
  if (mirrors == NULL)
    return NULL;
  GPtrArray *moves = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_move_free);
  for (guint i = 0; i < mirrors->len; i++)
    {
      const TnMirror *mirror = g_ptr_array_index (mirrors, i);
      const TnGuest *guest = find_guest (guests, mirror->uid);
      if (guest == NULL || !tn_guests_is_expected (book, guest, calendar))
        continue;
      TnMove *move = tn_move_find (calendar, guest, mirror, caps, today);
      if (move != NULL)
        g_ptr_array_add (moves, move);
    }
  return moves;
}

/* Why nothing at all may be written to the calendar yet; NULL when it may. */
static const char *
find_closed (const TnHosting *hosting)
{
  if (hosting->visit.calendar->mode == TN_MODE_OBSERVE)
    return "the calendar's mode is \"observe\": nothing is written to it";
  return hosting->is_published ? NULL
                               : "waits for the first publication to this calendar: look at "
                                 "'turnusctl plan', then 'turnusctl apply'";
}

static void
hold_moves (Work *work, GPtrArray *moves)
{
  const TnHosting *hosting = &work->hosting;
  const char *closed = find_closed (hosting);
  for (guint i = 0; closed != NULL && i < moves->len; i++)
    {
      TnMove *move = g_ptr_array_index (moves, i);
      if (tn_change_is_write (move->change))
        tn_change_hold (move->change, closed);
    }
  if (closed != NULL || hosting->is_granted || hosting->visit.is_approved)
    return;
  char *text = tn_move_brake (moves, hosting->visit.calendar);
  if (text == NULL || work->result->hold != TN_HOLD_NONE)
    {
      g_free (text);
      return;
    }
  work->is_braked = TRUE;
  work->result->hold = TN_HOLD_BRAKE;
  g_free (work->result->hold_text);
  work->result->hold_text = text;
}

/* What people are to read goes to the result, what is to be written to the work. */
static void
sort_out (Work *work, GPtrArray *moves)
{
  for (guint i = 0; i < moves->len; i++)
    {
      TnMove *move = g_ptr_array_index (moves, i);
      gboolean is_write = tn_change_is_write (move->change) && !work->hosting.is_preview;
      if (is_write)
        {
          g_ptr_array_add (work->moves, move);
          moves->pdata[i] = NULL;
        }
      else
        g_ptr_array_add (work->result->changes, g_steal_pointer (&move->change));
    }
}

static char *
dup_item_id (const TnMove *move)
{
  if (move->change->kind != TN_CHANGE_CREATE)
    return g_strdup (move->mirror->item_id);
  /* A UID of others may be of any letters, so its place is made of its hash; of nothing else, for
   * another daemon that shares the calendar must come to the same (design section 6). */
  g_autofree char *seed = g_strdup_printf ("guest\n%s", move->guest->uid);
  return g_strdelimit (tn_identity_key_to_uid (seed), "@", '.');
}

/* `approve` asks for what holds a calendar. */
static gboolean
batch_hold (const Work *work, TnBatch *batch, GError **error)
{
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (
      tn_book_get_store (work->hosting.visit.book), work->hosting.visit.calendar->id, error);
  if (state == NULL)
    return FALSE;
  state->hold = work->result->hold;
  tn_text_set (&state->hold_text, work->result->hold_text);
  tn_batch_put_calendar (batch, state);
  return TRUE;
}

static gboolean
commit_intents (Work *work, GError **error)
{
  g_autoptr (TnBatch) batch = tn_batch_new ();
  if (work->is_braked && !work->hosting.is_preview && !batch_hold (work, batch, error))
    return FALSE;
  for (guint i = 0; i < work->moves->len; i++)
    {
      const TnMove *move = g_ptr_array_index (work->moves, i);
      if (move->change->kind == TN_CHANGE_REMOVE)
        continue; /* done twice it is done once */
      g_autoptr (TnMirror) mirror = tn_mirror_copy (move->mirror);
      g_autofree char *item_id = dup_item_id (move);
      mirror->state = TN_MIRROR_WRITING;
      tn_text_set (&mirror->item_id, item_id);
      tn_text_set (&mirror->content, move->guest->content);
      tn_text_set (&mirror->wished, move->guest->digest);
      tn_batch_put_mirror (batch, mirror);
    }
  return tn_batch_is_empty (batch)
         || tn_store_commit (tn_book_get_store (work->hosting.visit.book), batch, error);
}

static void
note_written (Work *work, const TnMove *move)
{
  const TnVisit *visit = &work->hosting.visit;
  TnHistory *history = tn_history_new (tn_change_get_word (move->change));
  history->at_us = tn_clock_now_us (tn_book_get_clock (visit->book));
  tn_text_set (&history->calendar, visit->calendar->id);
  tn_text_set (&history->uid, move->guest->uid);
  tn_text_set (&history->key, move->change->key);
  tn_text_set (&history->after, move->change->label);
  tn_text_set (&history->source, move->guest->origin);
  tn_batch_append_history (work->batch, history);
  tn_history_free (history);
}

static void
settle_written (Work *work, const TnMove *move, const TurnusRef *ref)
{
  work->result->n_written++;
  note_written (work, move);
  if (move->change->kind == TN_CHANGE_REMOVE)
    {
      tn_batch_drop_mirror (work->batch, move->mirror->calendar, move->mirror->uid);
      return;
    }
  TnMirror *mirror = tn_mirror_copy (move->mirror);
  mirror->state = TN_MIRROR_LIVE;
  if (!move->change->puts_back)
    mirror->n_put_back = 0;
  tn_text_set (&mirror->item_id, ref->id);
  tn_text_set (&mirror->revision, ref->revision);
  tn_text_set (&mirror->content, move->guest->content);
  tn_text_set (&mirror->wished, move->guest->digest);
  tn_text_set (&mirror->shown, move->guest->digest); /* until, and unless, it is read back */
  g_hash_table_insert (work->written, mirror->item_id, mirror);
}

/* What an error says about the write decides what becomes of its intent: where it may have been
 * done, the mirror stays as it is, and is settled by the next pass.
 * Returns: %TRUE when the calendar can be written on */
static gboolean
settle_failed (Work *work, const TnMove *move, const GError *error)
{
  if (tn_error_is_conflict (error) || tn_error_is_gone (error))
    return TRUE;
  gboolean clean = tn_error_is_invalid (error) || g_error_matches (error, TN_ERROR, TN_ERROR_DENIED)
                   || g_error_matches (error, TN_ERROR, TN_ERROR_LIMIT);
  if (clean)
    tn_batch_put_mirror (work->batch, move->mirror);
  if (work->result->problem == NULL)
    work->result->problem
        = g_error_new (error->domain, error->code, "cannot write the copy of an event of %s: %s",
                       move->guest->origin, error->message); /* its title is not for the log */
  return clean;
}

static void
finish (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  GHashTableIter iter;
  gpointer value = NULL;
  g_hash_table_iter_init (&iter, work->written);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    tn_batch_put_mirror (work->batch, value);
  g_autoptr (GError) error = NULL;
  if (!tn_batch_is_empty (work->batch)
      && !tn_store_commit (tn_book_get_store (work->hosting.visit.book), work->batch, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/* The base is what the calendar shows when it is read back (design section 1). Where somebody was
 * faster than the reading, the next pass sees it as an edit. */
static void
take_read_back (Work *work, const TurnusLoaded *loaded)
{
  TnMirror *mirror = g_hash_table_lookup (work->written, loaded->id);
  if (mirror == NULL || loaded->bytes == NULL
      || g_strcmp0 (loaded->revision, mirror->revision) != 0)
    return;
  g_autofree char *digest = tn_carried_dup_digest (loaded->bytes);
  tn_text_set (&mirror->shown, digest);
  g_autoptr (TnSighting) sighting
      = tn_sighting_new (mirror->calendar, mirror->item_id, mirror->revision);
  tn_batch_put_sighting (work->batch, sighting); /* not to be read again */
}

static void
on_read_back (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Work *work = g_task_get_task_data (task);
  g_autoptr (GPtrArray) items = tn_provider_load_finish (TN_PROVIDER (source), result, NULL);
  for (guint i = 0; items != NULL && i < items->len; i++)
    take_read_back (work, g_ptr_array_index (items, i));
  finish (task);
}

static void
read_back (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  if (g_hash_table_size (work->written) == 0)
    {
      finish (task);
      return;
    }
  g_autofree gpointer *ids = g_hash_table_get_keys_as_array (work->written, NULL);
  tn_provider_load_async (work->provider, (const char *const *) ids, g_task_get_cancellable (task),
                          on_read_back, g_object_ref (task));
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Work *work = g_task_get_task_data (task);
  const TnMove *move = g_ptr_array_index (work->moves, work->next - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (TurnusRef) ref = NULL;
  gboolean removes = move->change->kind == TN_CHANGE_REMOVE;
  if (removes)
    tn_provider_remove_finish (TN_PROVIDER (source), result, &error);
  else
    ref = tn_provider_save_finish (TN_PROVIDER (source), result, &error);

  /* Gone already is what a removal wanted. */
  if (error == NULL || (removes && tn_error_is_gone (error)))
    settle_written (work, move, ref);
  else if (!settle_failed (work, move, error))
    work->next = work->moves->len;
  write_next (task);
}

/* An edit needs the bytes that its revision names; anything else has changed since. */
static GBytes *
make_bytes (const Work *work, const TnMove *move, GError **error)
{
  g_autoptr (GBytes) carried = g_bytes_new (move->guest->content, strlen (move->guest->content));
  if (move->change->kind == TN_CHANGE_CREATE)
    return g_steal_pointer (&carried);
  const TurnusLoaded *loaded = g_hash_table_lookup (work->bytes, move->mirror->item_id);
  if (loaded != NULL && loaded->bytes != NULL
      && g_strcmp0 (loaded->revision, move->mirror->revision) == 0)
    return tn_carried_keep_alarms (carried, loaded->bytes, error);
  g_set_error (error, TN_ERROR, TN_ERROR_CONFLICT, "it was changed meanwhile");
  return NULL;
}

/* Returns: %FALSE when it cannot be begun */
static gboolean
start_write (GTask *task, const TnMove *move)
{
  Work *work = g_task_get_task_data (task);
  const char *revision = move->change->kind == TN_CHANGE_CREATE ? NULL : move->mirror->revision;
  g_autofree char *item_id = dup_item_id (move);
  if (move->change->kind == TN_CHANGE_REMOVE)
    {
      tn_provider_remove_async (work->provider, item_id, revision, g_task_get_cancellable (task),
                                on_written, g_object_ref (task));
      return TRUE;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = make_bytes (work, move, &error);
  if (bytes == NULL)
    {
      settle_failed (work, move, error);
      return FALSE;
    }
  tn_provider_save_async (work->provider, item_id, revision, bytes, g_task_get_cancellable (task),
                          on_written, g_object_ref (task));
  return TRUE;
}

static void
write_next (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    work->next = work->moves->len;
  while (work->next < work->moves->len)
    if (start_write (task, g_ptr_array_index (work->moves, work->next++)))
      return;
  read_back (task);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = G_TASK (user_data);
  Work *work = g_task_get_task_data (task);
  g_autoptr (GPtrArray) items = tn_provider_load_finish (TN_PROVIDER (source), result, NULL);
  for (guint i = 0; items != NULL && i < items->len; i++)
    {
      const TurnusLoaded *loaded = g_ptr_array_index (items, i);
      g_hash_table_insert (work->bytes, g_strdup (loaded->id),
                           turnus_loaded_new (loaded->id, loaded->revision, loaded->bytes));
    }
  write_next (task);
}

/* The alarms of people stay, so what is written over is read before. */
static void
fetch (GTask *task)
{
  Work *work = g_task_get_task_data (task);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < work->moves->len; i++)
    {
      const TnMove *move = g_ptr_array_index (work->moves, i);
      if (move->change->kind == TN_CHANGE_UPDATE)
        g_ptr_array_add (ids, move->mirror->item_id);
    }
  g_ptr_array_add (ids, NULL);
  if (ids->len == 1)
    write_next (task);
  else
    tn_provider_load_async (work->provider, (const char *const *) ids->pdata,
                            g_task_get_cancellable (task), on_fetched, g_object_ref (task));
}

/**
 * tn_hosting_async:
 * @hosting: copied; what it borrows must outlive the call
 * @result: (inout): of the pass: what is written is counted, what waits is added
 *
 * Gives a calendar what it lacks of the guests of others, and takes away what they take away. To be
 * called when all that the pull showed is stored.
 */
void
tn_hosting_async (const TnHosting *hosting, TnProvider *provider, TnPassResult *result,
                  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  TnBook *book = hosting->visit.book;
  g_autoptr (GTask) task = g_task_new (book, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_hosting_async);
  g_task_set_check_cancellable (task, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) moves
      = list_moves (book, hosting->visit.calendar, hosting->visit.caps, &error);
  if (moves == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  Work *work = g_new0 (Work, 1);
  work->hosting = *hosting;
  g_object_ref (book);
  work->provider = g_object_ref (provider);
  work->result = result;
  work->moves = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_move_free);
  work->bytes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) turnus_loaded_free);
  work->written
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) tn_mirror_free);
  work->batch = tn_batch_new ();
  g_task_set_task_data (task, work, (GDestroyNotify) work_free);
  hold_moves (work, moves);
  sort_out (work, moves);
  if (!commit_intents (work, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (work->moves->len == 0)
    g_task_return_boolean (task, TRUE);
  else
    fetch (task);
}

/**
 * tn_hosting_finish:
 *
 * Errors: when the store fails; what the calendar says is in the result's problem.
 */
gboolean
tn_hosting_finish (TnBook *book, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, book), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
