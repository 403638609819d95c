/* A seat runs at most one pass at a time, and knows when the next is due. Between passes nothing
 * ticks but that one timer. */
#include "sync/seat.h"

#include "base/log.h"
#include "sync/health.h"
#include "sync/schedule.h"
#include "sync/tour.h"

static const guint SETTLE_MS = 150;    /* an editor writes a file in more than one step */
static const guint FAILURES_MOST = 16; /* counted: more make no retry rarer */

struct _TnSeat
{
  TnBook *book;               /* (owned) */
  TnSettings *settings;       /* (owned) keeps `calendar` alive */
  const TnCalendar *calendar; /* (unowned) of `settings` */
  TnProvider *provider;       /* (owned) (nullable) when its plugin refused */
  char *refusal;              /* (owned) (nullable) why */
  TnSeatDone done;
  gpointer user_data;
  TnPassResult *result; /* (owned) (nullable) of the last pass */
  GCancellable *stop;   /* (owned) */
  gboolean is_started;  /* reconciles by itself when due and when changed */
  gboolean is_running;
  gboolean tells;        /* of the pass that runs: a person waits for it */
  gboolean is_asked;     /* changed while it was running */
  TnCalendarState *past; /* (owned) health, failures and patience as remembered (hazard 79) */
  guint timer_id;        /* 0 when none is set */
  gint64 due_us;         /* monotonic; 0 when nothing is due */
};

/* If the store cannot be read, the first pass says why. */
static TnCalendarState *
recall (TnBook *book, const char *calendar)
{
  TnCalendarState *past = tn_store_load_calendar (tn_book_get_store (book), calendar, NULL);
  return past != NULL ? past : tn_calendar_state_new (calendar);
}

/**
 * tn_seat_new:
 * @provider: (nullable): the opened calendar
 * @refusal: (nullable): why it could not be opened
 * @done: called after each pass
 *
 * Returns: (transfer full): a seat at which nothing runs yet
 */
TnSeat *
tn_seat_new (TnBook *book, const TnCalendar *calendar, TnProvider *provider, const char *refusal,
             TnSeatDone done, gpointer user_data)
{
  TnSeat *seat = g_new0 (TnSeat, 1);
  seat->book = g_object_ref (book);
  seat->settings = tn_settings_ref (tn_book_get_settings (book));
  seat->calendar = calendar;
  seat->provider = provider != NULL ? g_object_ref (provider) : NULL;
  seat->refusal = g_strdup (refusal);
  seat->done = done;
  seat->user_data = user_data;
  seat->stop = g_cancellable_new ();
  seat->past = recall (book, calendar->id);
  return seat;
}

/**
 * tn_seat_free:
 *
 * No pass may be running.
 */
void
tn_seat_free (TnSeat *seat)
{
  if (seat == NULL)
    return;
  g_clear_handle_id (&seat->timer_id, g_source_remove);
  if (seat->provider != NULL)
    tn_provider_watch (seat->provider, NULL, NULL);
  g_clear_object (&seat->provider);
  g_clear_object (&seat->stop);
  g_clear_object (&seat->book);
  g_free (seat->refusal);
  tn_calendar_state_free (seat->past);
  tn_pass_result_free (seat->result);
  tn_settings_unref (seat->settings);
  g_free (seat);
}

static gboolean
on_due (gpointer user_data)
{
  TnSeat *seat = user_data;
  seat->timer_id = 0;
  tn_seat_run (seat, 0);
  return G_SOURCE_REMOVE;
}

static void
set_due (TnSeat *seat, gint64 delay_ms)
{
  if (!seat->is_started)
    return;
  g_clear_handle_id (&seat->timer_id, g_source_remove);
  TnClock *clock = tn_book_get_clock (seat->book);
  gint64 patience_s
      = tn_schedule_get_patience_s (seat->past->not_before_us, tn_clock_now_us (clock));
  delay_ms = MAX (delay_ms, patience_s * 1000);
  seat->due_us = tn_clock_monotonic_us (clock) + delay_ms * 1000;
  /* Whole seconds let the kernel bundle wake-ups. */
  seat->timer_id = delay_ms >= 1000
                       ? g_timeout_add_seconds ((guint) (delay_ms / 1000), on_due, seat)
                       : g_timeout_add ((guint) delay_ms, on_due, seat);
}

static void
set_next_due (TnSeat *seat)
{
  guint32 caps = tn_provider_get_caps (seat->provider);
  TnScheduleInput input = { .interval_s = seat->calendar->interval_s,
                            .n_failures = seat->past->n_failures,
                            .needs_person = tn_health_needs_person (seat->past->health),
                            .is_absence_open = seat->result->is_absence_open,
                            .is_local = (caps & TURNUS_CAP_LOCAL) != 0 };
  if (seat->is_asked && seat->past->n_failures == 0)
    set_due (seat, SETTLE_MS);
  else
    set_due (seat, tn_schedule_get_delay_s (&input, g_random_double ()) * 1000);
  seat->is_asked = FALSE;
}

/* How the calendar is, and what its server asked for, outlives a restart. */
static void
remember (TnSeat *seat)
{
  TnStore *store = tn_book_get_store (seat->book);
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (store, seat->calendar->id, &error);
  if (state != NULL)
    {
      state->health = seat->past->health;
      state->n_failures = seat->past->n_failures;
      state->not_before_us = seat->past->not_before_us;
      tn_batch_put_calendar (batch, state);
    }
  if (state == NULL || !tn_store_commit (store, batch, &error))
    tn_log_warning (NULL, seat->calendar->id, "cannot remember how it is: %s", error->message);
}

static void
log_work (const TnSeat *seat)
{
  const TnPassResult *result = seat->result;
  const char *id = seat->calendar->id;
  if (result->n_written > 0 || result->decisions->len > 0 || result->proposals->len > 0)
    tn_log_message (TN_MESSAGE_PASS, id, "%u events written, %u decisions and %u proposals taken",
                    result->n_written, result->decisions->len, result->proposals->len);
  else if (result->problem == NULL && result->hold == TN_HOLD_NONE)
    tn_log_info (id, "in step");
}

/* One notice for each change of state, none for what is as before. A pass that was held back by the
 * server keeps the patience that it asked for earlier. */
static void
note_health (TnSeat *seat)
{
  TnCalendarState *past = seat->past;
  TnHealth health = tn_health_judge (seat->result);
  guint n_failures = seat->result->problem != NULL ? MIN (past->n_failures + 1, FAILURES_MOST) : 0;
  gint64 not_before_us = MAX (tn_provider_get_not_before_us (seat->provider), past->not_before_us);
  gboolean is_news = tn_health_is_news (past, health, seat->result->hold);
  gboolean is_other
      = is_news || n_failures != past->n_failures || not_before_us != past->not_before_us;
  if (is_news || (seat->tells && health != TN_HEALTH_OK))
    tn_health_tell (seat->calendar->id, health, seat->result);
  past->health = health;
  past->hold = seat->result->hold;
  past->n_failures = n_failures;
  past->not_before_us = not_before_us;
  if (is_other)
    remember (seat);
}

static void
on_pass_done (GObject *source, GAsyncResult *async_result, gpointer user_data)
{
  TnSeat *seat = user_data;
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&seat->result, tn_pass_result_free);
  seat->result = tn_tour_run_finish (TN_BOOK (source), async_result, &error);
  if (seat->result == NULL)
    seat->result = tn_pass_result_new_problem (g_steal_pointer (&error));
  seat->is_running = FALSE;
  log_work (seat);
  if (!g_cancellable_is_cancelled (seat->stop)) /* what was cut short says nothing */
    note_health (seat);
  set_next_due (seat);
  seat->done (seat, seat->user_data);
}

/**
 * tn_seat_run:
 *
 * Runs a pass now; when one runs already, another follows it.
 */
void
tn_seat_run (TnSeat *seat, TnPassFlags flags)
{
  if (seat->is_running || seat->provider == NULL || g_cancellable_is_cancelled (seat->stop))
    {
      seat->is_asked = seat->is_running;
      return;
    }
  g_clear_handle_id (&seat->timer_id, g_source_remove);
  seat->due_us = 0;
  seat->is_running = TRUE;
  seat->tells = (flags & TN_PASS_TELL) != 0;
  tn_tour_run_async (seat->book, seat->provider, seat->calendar, flags, seat->stop, on_pass_done,
                     seat);
}

/* Something changed in the calendar, or in the plan that it is to show. */
static void
on_changed (gpointer user_data)
{
  TnSeat *seat = user_data;
  if (seat->is_running)
    seat->is_asked = TRUE;
  else
    set_due (seat, SETTLE_MS);
}

/**
 * tn_seat_start:
 *
 * From now on the calendar is reconciled when it is due, and soon after it changes.
 */
void
tn_seat_start (TnSeat *seat)
{
  if (seat->provider == NULL)
    return;
  seat->is_started = TRUE;
  tn_provider_watch (seat->provider, on_changed, seat);
  set_due (seat, 0);
}

/**
 * tn_seat_stop:
 *
 * Lets a running pass end at its next step, and starts no more.
 */
void
tn_seat_stop (TnSeat *seat)
{
  seat->is_started = FALSE;
  g_clear_handle_id (&seat->timer_id, g_source_remove);
  g_cancellable_cancel (seat->stop);
}

/**
 * tn_seat_wake:
 *
 * Reconciles soon, if the seat works by itself.
 */
void
tn_seat_wake (TnSeat *seat)
{
  if (seat->is_running)
    seat->is_asked = TRUE;
  else
    set_due (seat, 0);
}

/**
 * tn_seat_borrow:
 *
 * Takes the calendar for something else than a pass; none begins until tn_seat_give_back().
 *
 * Returns: %FALSE when a pass runs, or it cannot be opened
 */
gboolean
tn_seat_borrow (TnSeat *seat)
{
  if (seat->is_running || seat->provider == NULL || g_cancellable_is_cancelled (seat->stop))
    return FALSE;
  seat->is_running = TRUE;
  return TRUE;
}

void
tn_seat_give_back (TnSeat *seat)
{
  seat->is_running = FALSE;
  if (seat->is_asked)
    set_due (seat, SETTLE_MS);
  seat->is_asked = FALSE;
  seat->done (seat, seat->user_data);
}

const TnCalendar *
tn_seat_get_calendar (const TnSeat *seat)
{
  return seat->calendar;
}

/**
 * tn_seat_get_provider:
 *
 * Returns: (transfer none) (nullable): the opened calendar
 */
TnProvider *
tn_seat_get_provider (const TnSeat *seat)
{
  return seat->provider;
}

const char *
tn_seat_get_refusal (const TnSeat *seat)
{
  return seat->refusal;
}

const TnPassResult *
tn_seat_get_result (const TnSeat *seat)
{
  return seat->result;
}

gint64
tn_seat_get_due_us (const TnSeat *seat)
{
  return seat->due_us;
}

gboolean
tn_seat_is_running (const TnSeat *seat)
{
  return seat->is_running;
}

/**
 * tn_seat_is_in_step:
 *
 * Returns: %TRUE when the last pass went well, and nothing was decided since; what is held is in
 * step until a person says so
 */
gboolean
tn_seat_is_in_step (const TnSeat *seat)
{
  const TnPassResult *result = seat->result;
  return result != NULL && result->problem == NULL
         && (result->hold != TN_HOLD_NONE || result->version == tn_book_get_version (seat->book));
}

/**
 * tn_seat_is_behind:
 *
 * Returns: %TRUE when something was decided since the last pass, which went well
 */
gboolean
tn_seat_is_behind (const TnSeat *seat)
{
  return seat->result != NULL && seat->result->problem == NULL && !tn_seat_is_in_step (seat);
}
