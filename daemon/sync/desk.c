/* The desk: one seat for each calendar of the settings. A decision made in one calendar wakes the
 * others, and no calendar waits for another (promise 8). */
#include "sync/desk.h"

#include <string.h>

#include "base/error.h"
#include "base/log.h"
#include "sync/preview.h"
#include "sync/seat.h"

/* A change that a calendar's pass makes may wake the others once; a plan that never settles is a
 * defect, and this keeps it from being an endless one. */
static const guint MAX_TURNS = 8;

struct _TnDesk
{
  GObject parent;
  TnBook *book; /* (owned) */
  TnDeskOpen open;
  gpointer open_data;
  GPtrArray *seats; /* (owned) (element-type TnSeat) */
  GPtrArray *syncs; /* (owned) (element-type GTask) that wait for passes */
  GTask *stopping;  /* (owned) (nullable) */
  gboolean is_started;
  gboolean is_stopped; /* for good */
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
tn_desk_dispose (GObject *object)
{
  TnDesk *self = TN_DESK (object);
  g_clear_pointer (&self->seats, g_ptr_array_unref);
  g_clear_pointer (&self->syncs, g_ptr_array_unref);
  g_clear_object (&self->book);
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
  self->seats = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_seat_free);
  self->syncs = g_ptr_array_new_with_free_func (g_object_unref);
}

static TnSeat *
find_seat (TnDesk *self, const char *calendar)
{
  for (guint i = 0; i < self->seats->len; i++)
    {
      TnSeat *seat = g_ptr_array_index (self->seats, i);
      if (strcmp (tn_seat_get_calendar (seat)->id, calendar) == 0)
        return seat;
    }
  return NULL;
}

/**
 * tn_desk_wake:
 *
 * Reconciles at once those calendars that are not in step with the plan: a decision in one, or by
 * command, is news for all others.
 */
void
tn_desk_wake (TnDesk *self)
{
  for (guint i = 0; i < self->seats->len; i++)
    if (tn_seat_is_behind (g_ptr_array_index (self->seats, i)))
      tn_seat_wake (g_ptr_array_index (self->seats, i));
}

static gboolean
is_any_running (TnDesk *self)
{
  for (guint i = 0; i < self->seats->len; i++)
    if (tn_seat_is_running (g_ptr_array_index (self->seats, i)))
      return TRUE;
  return FALSE;
}

static void
refuse_sync (GTask *task)
{
  g_task_return_new_error (task, TN_ERROR, TN_ERROR_TEMPORARY,
                           "the calendars are being closed; ask again later");
}

/* Who waits for passes is told that none will come. */
static void
finish_stopping (TnDesk *self)
{
  for (guint i = 0; i < self->syncs->len; i++)
    refuse_sync (g_ptr_array_index (self->syncs, i));
  g_ptr_array_set_size (self->syncs, 0);
  g_autoptr (GTask) task = g_steal_pointer (&self->stopping);
  g_task_return_boolean (task, TRUE);
}

static void
on_seat_done (TnSeat *seat, gpointer user_data)
{
  g_autoptr (TnDesk) self = g_object_ref (user_data);
  if (self->stopping == NULL)
    {
      tn_desk_wake (self);
      advance_syncs (self);
    }
  else if (!is_any_running (self))
    finish_stopping (self);
}

static TnSeat *
open_seat (TnDesk *self, const TnCalendar *calendar)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (TnProvider) provider = NULL;
  g_autoptr (TnCalendarState) state
      = tn_store_load_calendar (tn_book_get_store (self->book), calendar->id, &error);
  if (state != NULL)
    provider = self->open (self->open_data, calendar, state->binding, &error);
  if (provider == NULL)
    tn_log_warning (TN_MESSAGE_CALENDAR_STATE, calendar->id, "on hold: %s", error->message);
  return tn_seat_new (self->book, calendar, provider, error != NULL ? error->message : NULL,
                      on_seat_done, self);
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

/* With what the store says of it by now. */
static void
open_again (TnDesk *self, TnSeat *seat)
{
  guint place = 0;
  g_ptr_array_find (self->seats, seat, &place);
  self->seats->pdata[place] = open_seat (self, tn_seat_get_calendar (seat));
  tn_seat_free (seat);
  if (self->is_started)
    tn_seat_start (self->seats->pdata[place]);
}

/* For a calendar that could not be opened. */
void
tn_desk_open_refused (TnDesk *self, const char *calendar)
{
  TnSeat *seat = find_seat (self, calendar);
  if (seat != NULL && tn_seat_get_provider (seat) == NULL && !self->is_stopped)
    open_again (self, seat);
}

/**
 * tn_desk_borrow:
 *
 * Takes @calendar for something else than passes; none begins until tn_desk_give_back().
 *
 * Errors: %TN_ERROR_INVALID for an unknown calendar; %TN_ERROR_TEMPORARY when a pass runs.
 * Returns: (transfer none) (nullable)
 */
TnProvider *
tn_desk_borrow (TnDesk *self, const char *calendar, GError **error)
{
  const char *const one[] = { calendar, NULL };
  if (!check_names (self, one, error))
    return NULL;
  TnSeat *seat = find_seat (self, calendar);
  if (tn_seat_borrow (seat))
    return tn_seat_get_provider (seat);
  g_set_error (error, TN_ERROR, TN_ERROR_TEMPORARY, "calendar %s %s; ask again later", calendar,
               tn_seat_get_provider (seat) == NULL ? tn_seat_get_refusal (seat)
                                                   : "is busy with a pass");
  return NULL;
}

/**
 * tn_desk_give_back:
 * @is_bound_anew: it is opened again, as what it is from now on
 */
void
tn_desk_give_back (TnDesk *self, const char *calendar, gboolean is_bound_anew)
{
  TnSeat *seat = find_seat (self, calendar);
  if (!is_bound_anew || self->is_stopped)
    {
      tn_seat_give_back (seat);
      return;
    }
  open_again (self, seat);
  on_seat_done (find_seat (self, calendar), self);
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
    tn_seat_start (g_ptr_array_index (self->seats, i));
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
  self->is_stopped = TRUE;
  self->stopping = g_task_new (self, NULL, callback, user_data);
  for (guint i = 0; i < self->seats->len; i++)
    tn_seat_stop (g_ptr_array_index (self->seats, i));
  if (!is_any_running (self))
    finish_stopping (self);
}

gboolean
tn_desk_stop_finish (TnDesk *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
is_meant (const char *const *calendars, const TnSeat *seat)
{
  return calendars == NULL || calendars[0] == NULL
         || g_strv_contains (calendars, tn_seat_get_calendar (seat)->id);
}

static void
note_problem (Sync *sync, const TnSeat *seat)
{
  const char *id = tn_seat_get_calendar (seat)->id;
  const TnPassResult *result = tn_seat_get_result (seat);
  if (sync->problem != NULL)
    return;
  if (tn_seat_get_provider (seat) == NULL)
    sync->problem = g_error_new (TN_ERROR, TN_ERROR_FAILED, "calendar %s is on hold: %s", id,
                                 tn_seat_get_refusal (seat));
  else
    sync->problem = g_error_new (result->problem->domain, result->problem->code, "calendar %s: %s",
                                 id, result->problem->message);
}

/* Does this sync still wait for the seat? Starts the passes that it needs. */
static gboolean
advance_seat (Sync *sync, TnSeat *seat)
{
  const char *id = tn_seat_get_calendar (seat)->id;
  guint turns = GPOINTER_TO_UINT (g_hash_table_lookup (sync->turns, id));
  if (tn_seat_is_running (seat))
    return TRUE;
  const TnPassResult *result = tn_seat_get_result (seat);
  if (tn_seat_get_provider (seat) == NULL || (turns > 0 && result->problem != NULL))
    {
      note_problem (sync, seat);
      return FALSE;
    }
  if ((turns > 0 && tn_seat_is_in_step (seat)) || turns >= MAX_TURNS)
    return FALSE;
  g_hash_table_insert (sync->turns, (gpointer) id, GUINT_TO_POINTER (turns + 1));
  tn_seat_run (seat, sync->flags);
  return TRUE;
}

static gboolean
advance_sync (TnDesk *self, GTask *task)
{
  Sync *sync = g_task_get_task_data (task);
  gboolean waits = FALSE;
  for (guint i = 0; i < self->seats->len; i++)
    {
      TnSeat *seat = g_ptr_array_index (self->seats, i);
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
  if (self->is_stopped)
    {
      refuse_sync (task);
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
  GError *error = NULL;
  if (!check_names (self, calendars, &error))
    {
      g_task_report_error (self, callback, user_data, tn_desk_preview_async, error);
      return;
    }
  g_autoptr (GPtrArray) meant = g_ptr_array_new ();
  for (guint i = 0; i < self->seats->len; i++)
    if (is_meant (calendars, g_ptr_array_index (self->seats, i)))
      g_ptr_array_add (meant, g_ptr_array_index (self->seats, i));
  tn_preview_async (G_OBJECT (self), self->book, meant, cancellable, callback, user_data);
}

/**
 * tn_desk_preview_finish:
 *
 * Returns: (transfer full) (nullable) (element-type utf8 TnPassResult): by calendar
 */
GHashTable *
tn_desk_preview_finish (TnDesk *self, GAsyncResult *result, GError **error)
{
  return tn_preview_finish (result, error);
}

/* Returns: (transfer none) (nullable): how the last pass went; NULL before the first */
const TnPassResult *
tn_desk_get_result (TnDesk *self, const char *calendar)
{
  const TnSeat *seat = find_seat (self, calendar);
  return seat != NULL ? tn_seat_get_result (seat) : NULL;
}

/* Returns: (transfer none) (nullable): why it could not be opened */
const char *
tn_desk_get_refusal (TnDesk *self, const char *calendar)
{
  const TnSeat *seat = find_seat (self, calendar);
  return seat != NULL ? tn_seat_get_refusal (seat) : NULL;
}

/**
 * tn_desk_get_provider:
 *
 * Returns: (transfer none) (nullable): the opened calendar
 */
TnProvider *
tn_desk_get_provider (TnDesk *self, const char *calendar)
{
  const TnSeat *seat = find_seat (self, calendar);
  return seat != NULL ? tn_seat_get_provider (seat) : NULL;
}

/**
 * tn_desk_get_due_us:
 *
 * Returns: when @calendar is pulled next, in monotonic microseconds; 0 when nothing is due
 */
gint64
tn_desk_get_due_us (TnDesk *self, const char *calendar)
{
  const TnSeat *seat = find_seat (self, calendar);
  return seat != NULL ? tn_seat_get_due_us (seat) : 0;
}
