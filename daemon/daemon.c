/* The daemon joins the parts and lets them go: start, reload, stop. It decides nothing about
 * calendars. Whoever holds the store holds the lock of the state, so the control socket is made
 * only after the store is open, and gone before it is closed. */
#include "daemon.h"

#include <glib-unix.h>
#include <signal.h>

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "charter/charter.h"
#include "charter/settings.h"
#include "control/herald.h"
#include "control/pulse.h"
#include "control/service.h"
#include "control/status.h"

/* systemd kills after TimeoutStopSec; a person at a terminal waits five seconds at most. */
static const guint STOP_MAX_S = 4;
static const guint PURGE_S = 24 * 60 * 60;

struct _TnDaemon
{
  TnDaemonPlace place;
  TnBook *book;       /* (owned) */
  TnWitness *witness; /* (owned) (nullable) when it cannot be had */
  TnLoader *loader;   /* (owned) */
  TnDesk *desk;       /* (owned) */
  TnService *service; /* (owned) (nullable) */
  TnHerald *herald;   /* (owned) (nullable) */
  TnPulse *pulse;     /* (owned) (nullable) */
  GMainLoop *loop;    /* (owned) */
  TnReading next;     /* new settings that take over as soon as the desk stands still */
  gboolean is_once;
  gboolean is_reloading;
  gboolean is_asked_again; /* SIGHUP during a reload */
  gboolean is_stopping;
  gboolean is_stuck; /* a pass did not end in time: nothing that it uses may be freed */
  int exit_code;
  guint signal_ids[3];
  guint deadline_id;
  guint purge_id;
};

static void reload (TnDaemon *daemon);

/**
 * tn_reading_load:
 * @reading: (out): untouched on failure
 * @config: path of turnus.conf
 *
 * Reads settings, charters and holidays, and checks them against each other.
 *
 * Errors: everything that is wrong with them.
 */
gboolean
tn_reading_load (TnReading *reading, const char *config, GError **error)
{
  g_autoptr (TnSettings) settings = tn_settings_load (config, error);
  if (settings == NULL)
    return FALSE;
  g_autoptr (GPtrArray) files = tn_charter_load_files ((const char *const *) settings->charters,
                                                       settings->holiday_folder, error);
  if (files == NULL || !tn_charter_load_busy (files, (const char *const *) settings->busy, error))
    return FALSE;
  g_autoptr (TnRulebook) rulebook = tn_charter_read (files, error);
  if (rulebook == NULL || !tn_settings_check (settings, rulebook, error))
    return FALSE;
  reading->settings = g_steal_pointer (&settings);
  reading->files = g_steal_pointer (&files);
  return TRUE;
}

void
tn_reading_clear (TnReading *reading)
{
  g_clear_pointer (&reading->settings, tn_settings_unref);
  g_clear_pointer (&reading->files, g_ptr_array_unref);
}

/* Design section 3. What the store says is shown by `status`, and survives what the witness
 * forgets. */
static gboolean
check_crashes (TnDaemon *daemon, const TnCalendar *calendar, GError **error)
{
  TnStore *store = tn_book_get_store (daemon->book);
  TnStint *stint
      = daemon->witness != NULL ? tn_witness_get_stint (daemon->witness, calendar->id) : NULL;
  g_autoptr (TnCalendarState) state = tn_store_load_calendar (store, calendar->id, error);
  if (state == NULL)
    return FALSE;
  if (stint != NULL && state->hold == TN_HOLD_PLUGIN && state->is_approved)
    tn_stint_pardon (stint);
  if (stint == NULL || !tn_stint_is_suspect (stint))
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_FAILED,
               "the plugin %s was at work for it when the daemon crashed, three times within ten "
               "minutes; look at the journal, then turnusctl approve %s tries it again",
               calendar->provider, calendar->id);
  g_autoptr (TnBatch) batch = tn_batch_new ();
  state->hold = TN_HOLD_PLUGIN;
  tn_text_set (&state->hold_text, (*error)->message);
  tn_batch_put_calendar (batch, state);
  if (!tn_store_commit (store, batch, NULL))
    tn_log_warning (NULL, calendar->id, "cannot remember that it is on hold");
  return FALSE;
}

static TnProvider *
open_calendar (gpointer user_data, const TnCalendar *calendar, const char *binding, GError **error)
{
  TnDaemon *daemon = user_data;
  const TnSettings *settings = tn_book_get_settings (daemon->book);
  g_autoptr (TnClient) client = NULL;
  if (!check_crashes (daemon, calendar, error))
    return NULL;
  if (calendar->account != NULL)
    {
      TnClock *clock = tn_book_get_clock (daemon->book);
      client = tn_client_new (calendar->account, clock, settings->state, NULL, error);
      if (client == NULL)
        return NULL;
    }
  return tn_loader_open (daemon->loader, calendar->provider, calendar->id, calendar->options,
                         settings->base_dir, binding, client, error);
}

/* The calendars of the book's settings, opened. */
static void
open_desk (TnDaemon *daemon)
{
  const TnSettings *settings = tn_book_get_settings (daemon->book);
  const char *folder = daemon->place.plugins != NULL ? daemon->place.plugins : settings->plugins;
  g_autoptr (TnLoader) old = g_steal_pointer (&daemon->loader);
  g_clear_object (&daemon->desk); /* before what it was opened with */
  daemon->loader = tn_loader_new (folder, tn_book_get_clock (daemon->book));
  tn_loader_set_witness (daemon->loader, daemon->witness);
  daemon->desk = tn_desk_new (daemon->book, open_calendar, daemon);
}

/* Without it all works as well, but for what it is there for. */
static TnWitness *
open_witness (TnBook *book)
{
  g_autoptr (GError) error = NULL;
  TnWitness *witness
      = tn_witness_open (tn_book_get_settings (book)->state, tn_book_get_clock (book), &error);
  if (witness == NULL)
    tn_log_warning (NULL, NULL, "%s", error->message);
  return witness;
}

/**
 * tn_daemon_new:
 * @place: kept by the caller as long as the daemon
 *
 * Opens the calendars; nothing runs yet.
 */
TnDaemon *
tn_daemon_new (const TnDaemonPlace *place, TnBook *book)
{
  TnDaemon *daemon = g_new0 (TnDaemon, 1);
  daemon->place = *place;
  daemon->book = g_object_ref (book);
  daemon->loop = g_main_loop_new (NULL, FALSE);
  daemon->witness = open_witness (book);
  open_desk (daemon);
  return daemon;
}

static void
say_longest (const TnDaemon *daemon)
{
  if (daemon->pulse != NULL)
    tn_log_info (NULL, "the longest turn of the main loop took %.1f ms",
                 (double) tn_pulse_get_longest_us (daemon->pulse) / 1000.0);
}

void
tn_daemon_free (TnDaemon *daemon)
{
  if (daemon == NULL || daemon->is_stuck)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (daemon->signal_ids); i++)
    g_clear_handle_id (&daemon->signal_ids[i], g_source_remove);
  g_clear_handle_id (&daemon->deadline_id, g_source_remove);
  g_clear_handle_id (&daemon->purge_id, g_source_remove);
  tn_service_close (daemon->service);
  g_clear_object (&daemon->desk);
  tn_loader_free (daemon->loader);
  tn_witness_close (daemon->witness);
  g_object_unref (daemon->book);
  tn_herald_free (daemon->herald);
  say_longest (daemon);
  tn_pulse_stop (daemon->pulse);
  tn_reading_clear (&daemon->next);
  g_main_loop_unref (daemon->loop);
  g_free (daemon);
}

static gboolean
on_stop_too_slow (gpointer user_data)
{
  TnDaemon *daemon = user_data;
  daemon->deadline_id = 0;
  daemon->is_stuck = TRUE;
  tn_log_warning (NULL, NULL,
                  "a calendar does not let go; stops all the same, the next start settles it");
  g_main_loop_quit (daemon->loop);
  return G_SOURCE_REMOVE;
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnDaemon *daemon = user_data;
  tn_desk_stop_finish (TN_DESK (source), result, NULL);
  g_main_loop_quit (daemon->loop);
}

static void
stop_desk (TnDaemon *daemon)
{
  daemon->deadline_id = g_timeout_add_seconds (STOP_MAX_S, on_stop_too_slow, daemon);
  if (!daemon->is_reloading)
    tn_desk_stop_async (daemon->desk, on_stopped, daemon);
}

static gboolean
on_stop_signal (gpointer user_data)
{
  TnDaemon *daemon = user_data;
  if (daemon->is_stopping)
    return G_SOURCE_CONTINUE;
  daemon->is_stopping = TRUE;
  if (daemon->is_once)
    daemon->exit_code = 1;
  if (daemon->herald != NULL)
    tn_herald_stopping (daemon->herald);
  g_clear_pointer (&daemon->service, tn_service_close);
  stop_desk (daemon);
  return G_SOURCE_CONTINUE;
}

/* History and settled proposals are kept for a set time (promise 11). */
static gboolean
on_purge (gpointer user_data)
{
  TnDaemon *daemon = user_data;
  const TnSettings *settings = tn_book_get_settings (daemon->book);
  gint64 now_us = tn_clock_now_us (tn_book_get_clock (daemon->book));
  g_autoptr (GError) error = NULL;
  g_autoptr (TnBatch) batch = tn_batch_new ();
  tn_batch_purge (batch, now_us - settings->keep_days * G_TIME_SPAN_DAY);
  if (!tn_store_commit (tn_book_get_store (daemon->book), batch, &error))
    tn_log_warning (NULL, NULL, "cannot forget what is older than %d days: %s", settings->keep_days,
                    error->message);
  return G_SOURCE_CONTINUE;
}

static void
say_ready (TnDaemon *daemon)
{
  const TnSettings *settings = tn_book_get_settings (daemon->book);
  g_autofree char *status
      = g_strdup_printf ("%u calendars of %s%s", settings->calendars->len, settings->council,
                         tn_book_has_new_rulebook (daemon->book)
                             ? "; a new edition of the charter waits for turnusctl apply"
                             : "");
  tn_log_message (TN_MESSAGE_READY, NULL, "%s", status);
  tn_herald_ready (daemon->herald, status);
}

static void
end_reload (TnDaemon *daemon)
{
  daemon->is_reloading = FALSE;
  say_ready (daemon);
  if (daemon->is_asked_again)
    {
      daemon->is_asked_again = FALSE;
      reload (daemon);
    }
}

static void
say_reload_failed (TnDaemon *daemon, const GError *error)
{
  tn_log_warning (TN_MESSAGE_RELOAD_FAILED, NULL,
                  "the new settings are faulty, the old ones stay in force: %s", error->message);
}

/* The desk stands still: new settings, charters and calendars take over. */
static void
on_still (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnDaemon *daemon = user_data;
  g_autoptr (GError) error = NULL;
  tn_desk_stop_finish (TN_DESK (source), result, NULL);
  if (daemon->is_stopping)
    {
      g_main_loop_quit (daemon->loop);
      return;
    }
  if (!tn_book_reload (daemon->book, daemon->next.settings, daemon->next.files, &error))
    say_reload_failed (daemon, error);
  tn_reading_clear (&daemon->next);
  open_desk (daemon);
  tn_service_set_desk (daemon->service, daemon->desk);
  tn_desk_start (daemon->desk);
  end_reload (daemon);
}

static void
warn_of_restart (TnDaemon *daemon)
{
  const TnSettings *old = tn_book_get_settings (daemon->book);
  if (!g_str_equal (old->state, daemon->next.settings->state)
      || !g_str_equal (old->socket, daemon->next.settings->socket))
    tn_log_warning (NULL, NULL,
                    "another state folder or socket is taken over at the next start only");
}

/* Source: hazard 93. All is read and checked before anything of the old is let go. */
static void
reload (TnDaemon *daemon)
{
  g_autoptr (GError) error = NULL;
  daemon->is_reloading = TRUE;
  tn_herald_reloading (daemon->herald);
  if (!tn_reading_load (&daemon->next, daemon->place.config, &error))
    {
      say_reload_failed (daemon, error);
      end_reload (daemon);
      return;
    }
  warn_of_restart (daemon);
  tn_desk_stop_async (daemon->desk, on_still, daemon);
}

static gboolean
on_reload_signal (gpointer user_data)
{
  TnDaemon *daemon = user_data;
  if (daemon->is_reloading)
    daemon->is_asked_again = TRUE;
  else if (!daemon->is_stopping)
    reload (daemon);
  return G_SOURCE_CONTINUE;
}

static void
watch_stop_signals (TnDaemon *daemon)
{
  daemon->signal_ids[0] = g_unix_signal_add (SIGTERM, on_stop_signal, daemon);
  daemon->signal_ids[1] = g_unix_signal_add (SIGINT, on_stop_signal, daemon);
}

/**
 * tn_daemon_run:
 *
 * Keeps the calendars in step until SIGTERM or SIGINT.
 *
 * Returns: the exit code of the program
 */
int
tn_daemon_run (TnDaemon *daemon)
{
  g_autoptr (GError) error = NULL;
  const char *socket = tn_book_get_settings (daemon->book)->socket;
  daemon->service = tn_service_open (socket, daemon->desk, tn_door_check_usual, NULL, &error);
  if (daemon->service == NULL)
    {
      tn_log_warning (NULL, NULL, "%s", error->message);
      return 1;
    }
  daemon->herald = tn_herald_new ();
  daemon->pulse = tn_pulse_start (tn_book_get_clock (daemon->book));
  watch_stop_signals (daemon);
  daemon->signal_ids[2] = g_unix_signal_add (SIGHUP, on_reload_signal, daemon);
  daemon->purge_id = g_timeout_add_seconds (PURGE_S, on_purge, daemon);
  on_purge (daemon);
  tn_desk_start (daemon->desk);
  say_ready (daemon);
  g_main_loop_run (daemon->loop);
  return daemon->exit_code;
}

static void
on_synced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnDaemon *daemon = user_data;
  tn_desk_sync_finish (TN_DESK (source), result, NULL); /* each calendar's own state says it */
  if (daemon->is_stopping)
    return;
  TnStatusCount count = tn_status_count (daemon->desk);
  daemon->exit_code = count.n_failing > 0 ? 1 : count.n_waiting > 0 ? 3 : 0;
  g_main_loop_quit (daemon->loop);
}

/**
 * tn_daemon_run_once:
 *
 * One pass of every calendar, without a control socket.
 *
 * Returns: the exit code: 0, 1 when a calendar failed, 3 when something waits for a person
 */
int
tn_daemon_run_once (TnDaemon *daemon)
{
  daemon->is_once = TRUE;
  daemon->pulse = tn_pulse_start (tn_book_get_clock (daemon->book));
  watch_stop_signals (daemon);
  tn_desk_sync_async (daemon->desk, NULL, TN_PASS_TELL, NULL, on_synced, daemon);
  g_main_loop_run (daemon->loop);
  return daemon->exit_code;
}
