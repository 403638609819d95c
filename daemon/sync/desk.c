/* The desk: one seat for each calendar of the settings. A seat runs at most one pass at a time; a
 * decision made in one calendar wakes the others, and no calendar waits for another (promise 8).
 * Between passes nothing ticks but the timer of the next due pull. */
#include "sync/desk.h"

#include <string.h>

#include "base/error.h"
#include "base/log.h"
#include "sync/schedule.h"

/* A change that a calendar's pass makes may wake the others once; a plan that never settles is a
 * defect, and this keeps it from being an endless one. */
static const guint MAX_TURNS = 8;
static const guint SETTLE_MS = 150; /* an editor writes a file in more than one step */

typedef struct
{
  TnDesk *desk;               /* (unowned) */
  const TnCalendar *calendar; /* (unowned) of `settings` */
  TnSettings *settings;       /* (owned) */
  TnProvider *provider;       /* (owned) (nullable) when its plugin refused */
  char *refusal;              /* (owned) (nullable) why */
  TnPassResult *result;       /* (owned) (nullable) of the last pass */
  gboolean is_running;
  gboolean is_asked; /* changed while it was running */
  guint n_failures;
  guint timer_id;
  gint64 due_us; /* monotonic; 0 when nothing is due */
} Seat;

struct _TnDesk
{
  GObject parent;
  TnBook *book; /* (owned) */
  TnDeskOpen open;
  gpointer open_data;
  GPtrArray *seats;   /* (owned) (element-type Seat) */
  GPtrArray *syncs;   /* (owned) (element-type GTask) that wait for passes */
  GCancellable *stop; /* (owned) the root of everything that runs */
  GTask *stopping;    /* (owned) (nullable) */
  gboolean is_started;
};

G_DEFINE_FINAL_TYPE (TnDesk, tn_desk, G_TYPE_OBJECT)

/* What a `sync` still has to do. */
typedef struct
{
  char **calendars; /* (owned) (nullable) all when NULL */
  TnPassFlags flags;
  GHashTable *turns; /* (owned) (element-type utf8 uint) passes begun for it, by calendar */
  GError *problem;   /* (owned) (nullable) the first one */
} Sync;

static void start_pass (Seat *seat, TnPassFlags flags);
static void advance_syncs (TnDesk *self);

static void
sync_free (Sync *sync)
{
  g_strfreev (sync->calendars);
  g_hash_table_unref (sync->turns);
  g_clear_error (&sync->problem);
  g_free (sync);
}

static void
seat_free (Seat *seat)
{
  g_clear_handle_id (&seat->timer_id, g_source_remove);
  if (seat->provider != NULL)
    tn_provider_watch (seat->provider, NULL, NULL);
  g_clear_object (&seat->provider);
  g_free (seat->refusal);
  tn_pass_result_free (seat->result);
  tn_settings_unref (seat->settings);
  g_free (seat);
}

static void
tn_desk_dispose (GObject *object)
{
  TnDesk *self = TN_DESK (object);
  g_clear_pointer (&self->seats, g_ptr_array_unref);
  g_clear_pointer (&self->syncs, g_ptr_array_unref);
  g_clear_object (&self->book);
  g_clear_object (&self->stop);
  G_OBJECT_CLASS (tn_desk_parent_class)->dispose (object);
}

static void
tn_desk_class_init (TnDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = tn_desk_dispose;
}

static void
tn_desk_init (TnDesk *self)
{
  self->seats = g_ptr_array_new_with_free_func ((GDestroyNotify) seat_free);
  self->syncs = g_ptr_array_new_with_free_func (g_object_unref);
  self->stop = g_cancellable_new ();
}

static Seat *
find_seat (TnDesk *self, const char *calendar)
{
  for (guint i = 0; i < self->seats->len; i++)
    {
      Seat *seat = g_ptr_array_index (self->seats, i);
      if (strcmp (seat->calendar->id, calendar) == 0)
        return seat;
    }
  return NULL;
}

static void
refuse (Seat *seat, const GError *error)
{
  g_free (seat->refusal);
  seat->refusal = g_strdup (error->message);
  tn_log_warning (TN_MESSAGE_CALENDAR_STATE, seat->calendar->id, "on hold: %s", error->message);
}

static Seat *
open_seat (TnDesk *self, const TnCalendar *calendar)
{
  Seat *seat = g_new0 (Seat, 1);
  seat->desk = self;
  seat->settings = tn_settings_ref (tn_book_get_settings (self->book));
  seat->calendar = calendar;
  g_autoptr (GError) error = NULL;
  g_autoptr (TnCalendarState) state
      = tn_store_load_calendar (tn_book_get_store (self->book), calendar->id, &error);
  if (state != NULL)
    seat->provider = self->open (self->open_data, calendar, state->binding, &error);
  if (seat->provider == NULL)
    refuse (seat, error);
  return seat;
}

/**
 * tn_desk_reopen:
 *
 * Opens the calendars of the book's settings anew; for new settings. Passes that run must have
 * ended.
 */
void
tn_desk_reopen (TnDesk *self)
{
  g_ptr_array_set_size (self->seats, 0);
  const TnSettings *settings = tn_book_get_settings (self->book);
  for (guint i = 0; i < settings->calendars->len; i++)
    g_ptr_array_add (self->seats, open_seat (self, g_ptr_array_index (settings->calendars, i)));
  if (self->is_started)
    tn_desk_start (self);
}

/**
 * tn_desk_new:
 * @open: opens a calendar; called for each one of the settings
 *
 * Returns: (transfer full): a desk at which nothing runs yet
 */
TnDesk *
tn_desk_new (TnBook *book, TnDeskOpen open, gpointer user_data)
{
  TnDesk *self = g_object_new (TN_TYPE_DESK, NULL);
  self->book = g_object_ref (book);
  self->open = open;
  self->open_data = user_data;
  tn_desk_reopen (self);
  return self;
}

TnBook *
tn_desk_get_book (TnDesk *self)
{
  return self->book;
}

static gboolean
on_due (gpointer user_data)
{
  Seat *seat = user_data;
  seat->timer_id = 0;
  seat->due_us = 0;
  start_pass (seat, 0);
  return G_SOURCE_REMOVE;
}

static void
set_due (Seat *seat, gint64 delay_ms)
{
  if (!seat->desk->is_started || seat->desk->stopping != NULL || seat->provider == NULL)
    return;
  g_clear_handle_id (&seat->timer_id, g_source_remove);
  seat->due_us = tn_clock_monotonic_us (tn_book_get_clock (seat->desk->book)) + delay_ms * 1000;
  /* Whole seconds let the kernel bundle wake-ups. */
  seat->timer_id = delay_ms >= 1000
                       ? g_timeout_add_seconds ((guint) (delay_ms / 1000), on_due, seat)
                       : g_timeout_add ((guint) delay_ms, on_due, seat);
}

static void
set_next_due (Seat *seat)
{
  guint32 caps = tn_provider_get_caps (seat->provider);
  TnScheduleInput input
      = { .interval_s = seat->calendar->interval_s,
          .n_failures = seat->n_failures,
          .is_absence_open = seat->result != NULL && seat->result->is_absence_open,
          .is_local = (caps & TURNUS_CAP_LOCAL) != 0 };
  set_due (seat, tn_schedule_get_delay_s (&input, g_random_double ()) * 1000);
}

static void
on_changed (gpointer user_data)
{
  Seat *seat = user_data;
  if (seat->is_running)
    seat->is_asked = TRUE;
  else
    set_due (seat, SETTLE_MS);
}

static gboolean
is_in_step (const Seat *seat)
{
  return seat->result != NULL && seat->result->problem == NULL
         && (seat->result->hold != TN_HOLD_NONE
             || seat->result->version == tn_book_get_version (seat->desk->book));
}

static void
log_result (Seat *seat, const TnPassResult *old)
{
  const TnPassResult *result = seat->result;
  gboolean was_well = old == NULL || (old->problem == NULL && old->hold == TN_HOLD_NONE);
  if (result->problem != NULL && was_well)
    tn_log_warning (TN_MESSAGE_CALENDAR_STATE, seat->calendar->id, "cannot be kept in step: %s",
                    result->problem->message);
  else if (result->hold != TN_HOLD_NONE && was_well)
    tn_log_warning (TN_MESSAGE_CALENDAR_STATE, seat->calendar->id, "on hold: %s",
                    result->hold_text);
  else if (result->n_written > 0 || result->decisions->len > 0 || result->proposals->len > 0)
    tn_log_message (TN_MESSAGE_PASS, seat->calendar->id,
                    "%u events written, %u decisions and %u proposals taken", result->n_written,
                    result->decisions->len, result->proposals->len);
  else
    tn_log_info (seat->calendar->id, "in step");
}

/* A decision in one calendar is news for all others. */
static void
wake_others (TnDesk *self)
{
  for (guint i = 0; i < self->seats->len; i++)
    {
      Seat *seat = g_ptr_array_index (self->seats, i);
      gboolean is_behind
          = seat->result != NULL && seat->result->problem == NULL && !is_in_step (seat);
      if (is_behind && !seat->is_running)
        set_due (seat, 0);
      else if (is_behind)
        seat->is_asked = TRUE;
    }
}

static void
finish_stopping (TnDesk *self)
{
  for (guint i = 0; i < self->seats->len; i++)
    if (((Seat *) g_ptr_array_index (self->seats, i))->is_running)
      return;
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);
  g_task_return_boolean (task, TRUE);
}

static void
on_pass_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Seat *seat = user_data;
  g_autoptr (TnDesk) self = g_object_ref (seat->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnPassResult) old = g_steal_pointer (&seat->result);
  seat->result = tn_pass_run_finish (TN_BOOK (source), result, &error);
  seat->is_running = FALSE;
  if (seat->result == NULL)
    {
      seat->result = g_new0 (TnPassResult, 1);
      seat->result->changes = g_ptr_array_new ();
      seat->result->decisions = g_ptr_array_new ();
      seat->result->proposals = g_ptr_array_new ();
      seat->result->problem = g_steal_pointer (&error);
    }
  seat->n_failures = seat->result->problem != NULL ? seat->n_failures + 1 : 0;
  log_result (seat, old);
  if (self->stopping != NULL)
    {
      finish_stopping (self);
      return;
    }
  gboolean asked = seat->is_asked;
  seat->is_asked = FALSE;
  if (asked && seat->n_failures == 0)
    set_due (seat, SETTLE_MS);
  else
    set_next_due (seat);
  if (self->is_started)
    wake_others (self);
  advance_syncs (self);
}

static void
start_pass (Seat *seat, TnPassFlags flags)
{
  if (seat->is_running || seat->provider == NULL || seat->desk->stopping != NULL)
    {
      seat->is_asked = seat->is_running;
      return;
    }
  g_clear_handle_id (&seat->timer_id, g_source_remove);
  seat->is_running = TRUE;
  tn_pass_run_async (seat->desk->book, seat->provider, seat->calendar, flags, seat->desk->stop,
                     on_pass_done, seat);
}

/**
 * tn_desk_start:
 *
 * From now on each calendar is reconciled when it is due, and at once when it changes.
 */
void
tn_desk_start (TnDesk *self)
{
  self->is_started = TRUE;
  for (guint i = 0; i < self->seats->len; i++)
    {
      Seat *seat = g_ptr_array_index (self->seats, i);
      if (seat->provider == NULL)
        continue;
      tn_provider_watch (seat->provider, on_changed, seat);
      set_due (seat, 0);
    }
}

/**
 * tn_desk_wake:
 *
 * Reconciles at once those calendars that are not in step with the plan: after a decision by
 * command.
 */
void
tn_desk_wake (TnDesk *self)
{
  wake_others (self);
}

/**
 * tn_desk_stop_async:
 *
 * Lets the passes that run end at their next step and starts no more; what was written is
 * remembered, what was not begun is not owed.
 */
void
tn_desk_stop_async (TnDesk *self, GAsyncReadyCallback callback, gpointer user_data)
{
  self->stopping = g_task_new (self, NULL, callback, user_data);
  for (guint i = 0; i < self->seats->len; i++)
    {
      Seat *seat = g_ptr_array_index (self->seats, i);
      g_clear_handle_id (&seat->timer_id, g_source_remove);
    }
  g_cancellable_cancel (self->stop);
  finish_stopping (self);
}

gboolean
tn_desk_stop_finish (TnDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_meant (const char *const *calendars, const Seat *seat)
{
  return calendars == NULL || calendars[0] == NULL
         || g_strv_contains (calendars, seat->calendar->id);
}

static void
note_problem (Sync *sync, const Seat *seat)
{
  if (sync->problem != NULL)
    return;
  if (seat->provider == NULL)
    sync->problem = g_error_new (TN_ERROR, TN_ERROR_FAILED, "calendar %s is on hold: %s",
                                 seat->calendar->id, seat->refusal);
  else if (seat->result != NULL && seat->result->problem != NULL)
    sync->problem
        = g_error_new (seat->result->problem->domain, seat->result->problem->code,
                       "calendar %s: %s", seat->calendar->id, seat->result->problem->message);
}

/* Does this sync still wait for the seat? Starts the passes that it needs. */
static gboolean
advance_seat (Sync *sync, Seat *seat)
{
  guint turns = GPOINTER_TO_UINT (g_hash_table_lookup (sync->turns, seat->calendar->id));
  if (seat->provider == NULL || (turns > 0 && !seat->is_running && seat->result->problem != NULL))
    {
      note_problem (sync, seat);
      return FALSE;
    }
  if (seat->is_running)
    return TRUE;
  if ((turns > 0 && is_in_step (seat)) || turns >= MAX_TURNS)
    return FALSE;
  g_hash_table_insert (sync->turns, (gpointer) seat->calendar->id, GUINT_TO_POINTER (turns + 1));
  start_pass (seat, sync->flags);
  return TRUE;
}

static gboolean
advance_sync (TnDesk *self, GTask *task)
{
  Sync *sync = g_task_get_task_data (task);
  gboolean waits = FALSE;
  for (guint i = 0; i < self->seats->len; i++)
    {
      Seat *seat = g_ptr_array_index (self->seats, i);
      if (is_meant ((const char *const *) sync->calendars, seat) && advance_seat (sync, seat))
        waits = TRUE;
    }
  return waits;
}

static void
advance_syncs (TnDesk *self)
{
  g_autoptr (GPtrArray) done = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < self->syncs->len;)
    {
      GTask *task = g_ptr_array_index (self->syncs, i);
      if (advance_sync (self, task))
        i++;
      else
        g_ptr_array_add (done, g_ptr_array_steal_index (self->syncs, i));
    }
  for (guint i = 0; i < done->len; i++)
    {
      GTask *task = g_ptr_array_index (done, i);
      Sync *sync = g_task_get_task_data (task);
      if (sync->problem != NULL)
        g_task_return_error (task, g_steal_pointer (&sync->problem));
      else
        g_task_return_boolean (task, TRUE);
    }
}

static gboolean
check_names (TnDesk *self, const char *const *calendars, GError **error)
{
  for (guint i = 0; calendars != NULL && calendars[i] != NULL; i++)
    if (find_seat (self, calendars[i]) == NULL)
      {
        g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "there is no calendar '%s' in the settings",
                     calendars[i]);
        return FALSE;
      }
  return TRUE;
}

/**
 * tn_desk_sync_async:
 * @calendars: (nullable): ids; all when %NULL or empty
 *
 * Passes until the calendars agree with the plan, also with what the passes themselves bring about.
 * Errors: %TN_ERROR_INVALID for an unknown calendar, else the first problem of a calendar; the
 * others are reconciled all the same.
 */
void
tn_desk_sync_async (TnDesk *self, const char *const *calendars, TnPassFlags flags,
                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_desk_sync_async);
  GError *error = NULL;
  if (!check_names (self, calendars, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  Sync *sync = g_new0 (Sync, 1);
  sync->calendars = g_strdupv ((char **) calendars);
  sync->flags = flags;
  sync->turns = g_hash_table_new (g_str_hash, g_str_equal);
  g_task_set_task_data (task, sync, (GDestroyNotify) sync_free);
  g_ptr_array_add (self->syncs, g_steal_pointer (&task));
  advance_syncs (self);
}

gboolean
tn_desk_sync_finish (TnDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Previews run beside the passes: they store and write nothing. */
typedef struct
{
  GHashTable *results; /* (owned) (element-type utf8 TnPassResult) by calendar */
  guint n_open;
} Preview;

typedef struct
{
  GTask *task;    /* (owned) */
  char *calendar; /* (owned) */
} PreviewOf;

static void
preview_free (Preview *preview)
{
  g_clear_pointer (&preview->results, g_hash_table_unref);
  g_free (preview);
}

static void
preview_done (GTask *task)
{
  Preview *preview = g_task_get_task_data (task);
  if (--preview->n_open == 0)
    g_task_return_pointer (task, g_steal_pointer (&preview->results),
                           (GDestroyNotify) g_hash_table_unref);
}

static void
on_previewed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  PreviewOf *of = user_data;
  Preview *preview = g_task_get_task_data (of->task);
  TnPassResult *found = tn_pass_run_finish (TN_BOOK (source), result, NULL);
  if (found != NULL)
    g_hash_table_insert (preview->results, g_strdup (of->calendar), found);
  preview_done (of->task);
  g_object_unref (of->task);
  g_free (of->calendar);
  g_free (of);
}

/**
 * tn_desk_preview_async:
 * @calendars: (nullable): ids; all when %NULL or empty
 *
 * Finds out what a pass of each calendar would do. A person looks at it, so a first contact that
 * waits for that need not wait any longer.
 */
void
tn_desk_preview_async (TnDesk *self, const char *const *calendars, GCancellable *cancellable,
                       GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, tn_desk_preview_async);
  GError *error = NULL;
  if (!check_names (self, calendars, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  Preview *preview = g_new0 (Preview, 1);
  preview->results = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) tn_pass_result_free);
  preview->n_open = 1;
  g_task_set_task_data (task, preview, (GDestroyNotify) preview_free);
  for (guint i = 0; i < self->seats->len; i++)
    {
      Seat *seat = g_ptr_array_index (self->seats, i);
      if (seat->provider == NULL || !is_meant (calendars, seat))
        continue;
      PreviewOf *of = g_new0 (PreviewOf, 1);
      of->task = g_object_ref (task);
      of->calendar = g_strdup (seat->calendar->id);
      preview->n_open++;
      tn_pass_run_async (self->book, seat->provider, seat->calendar, TN_PASS_PREVIEW | TN_PASS_SEEN,
                         cancellable, on_previewed, of);
    }
  preview_done (task);
}

/**
 * tn_desk_preview_finish:
 *
 * Returns: (transfer full) (nullable) (element-type utf8 TnPassResult): by calendar
 */
GHashTable *
tn_desk_preview_finish (TnDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * tn_desk_get_result:
 *
 * Returns: (transfer none) (nullable): how the last pass of @calendar went; %NULL before the first
 */
const TnPassResult *
tn_desk_get_result (TnDesk *self, const char *calendar)
{
  const Seat *seat = find_seat (self, calendar);
  return seat != NULL ? seat->result : NULL;
}

/**
 * tn_desk_get_refusal:
 *
 * Returns: (transfer none) (nullable): why @calendar could not be opened
 */
const char *
tn_desk_get_refusal (TnDesk *self, const char *calendar)
{
  const Seat *seat = find_seat (self, calendar);
  return seat != NULL ? seat->refusal : NULL;
}

/**
 * tn_desk_get_provider:
 *
 * Returns: (transfer none) (nullable): the opened calendar
 */
TnProvider *
tn_desk_get_provider (TnDesk *self, const char *calendar)
{
  const Seat *seat = find_seat (self, calendar);
  return seat != NULL ? seat->provider : NULL;
}

/**
 * tn_desk_get_due_us:
 *
 * Returns: when @calendar is pulled next, in monotonic microseconds; 0 when nothing is due
 */
gint64
tn_desk_get_due_us (TnDesk *self, const char *calendar)
{
  const Seat *seat = find_seat (self, calendar);
  return seat != NULL ? seat->due_us : 0;
}
