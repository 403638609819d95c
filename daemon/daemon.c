/* The daemon joins the parts and lets them go: start, reload, stop. It decides nothing about
 * calendars, and each council's are in an office of their own. */
#include "daemon.h"

#include <glib-unix.h>
#include <signal.h>

#include "base/error.h"
#include "base/log.h"
#include "control/herald.h"
#include "control/pulse.h"
#include "control/status.h"
#include "house.h"

/* systemd kills after TimeoutStopSec; a person at a terminal waits five seconds at most. */
static const guint STOP_MAX_S = 4;
static const guint PURGE_S = 24 * 60 * 60;

struct _TnDaemon
{
  TnDaemonPlace place;
  TnClock *clock;     /* (owned) */
  GPtrArray *offices; /* (owned) (element-type TnOffice) */
  TnHerald *herald;   /* (owned) (nullable) */
  TnPulse *pulse;     /* (owned) (nullable) */
  GMainLoop *loop;    /* (owned) */
  guint n_busy;       /* offices that reload, stop or make their one pass */
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
 * tn_daemon_check:
 *
 * Reads all settings and charters.
 *
 * Errors: everything that is wrong with them.
 */
gboolean
tn_daemon_check (const TnDaemonPlace *place, GError **error)
{
  g_autoptr (TnHouse) house = tn_house_read (place->config, error);
  g_autoptr (GString) faults = g_string_new (NULL);
  if (house == NULL)
    return FALSE;
  for (guint i = 0; i < house->residents->len; i++)
    {
      const TnResident *resident = g_ptr_array_index (house->residents, i);
      if (resident->fault != NULL)
        g_string_append_printf (faults, "%s%s", faults->len > 0 ? "\n" : "",
                                resident->fault->message);
    }
  if (faults->len > 0)
    g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID, faults->str);
  return faults->len == 0;
}

static TnOffice *
find_office (const TnDaemon *daemon, const char *path)
{
  for (guint i = 0; i < daemon->offices->len; i++)
    {
      TnOffice *office = g_ptr_array_index (daemon->offices, i);
      if (g_str_equal (tn_office_get_settings (office)->path, path))
        return office;
    }
  return NULL;
}

static TnOffice *
open_office (TnDaemon *daemon, const TnResident *resident, GError **error)
{
  if (resident->fault != NULL)
    {
      g_propagate_error (error, g_error_copy (resident->fault));
      return NULL;
    }
  TnOffice *office
      = tn_office_open (&resident->reading, daemon->clock, daemon->place.plugins, error);
  if (office != NULL)
    g_ptr_array_add (daemon->offices, office);
  return office;
}

/* One council alone cannot be begun without; of many, those that can be are. */
static gboolean
open_offices (TnDaemon *daemon, const TnHouse *house, GError **error)
{
  gboolean is_alone = house->host->include == NULL;
  for (guint i = 0; i < house->residents->len; i++)
    {
      const TnResident *resident = g_ptr_array_index (house->residents, i);
      g_autoptr (GError) fault = NULL;
      if (open_office (daemon, resident, &fault) != NULL)
        continue;
      if (is_alone)
        {
          g_propagate_error (error, g_steal_pointer (&fault));
          return FALSE;
        }
      daemon->exit_code = 1;
      tn_log_warning (TN_MESSAGE_RELOAD_FAILED, NULL, "the council of %s is left out: %s",
                      resident->path, fault->message);
    }
  return TRUE;
}

/**
 * tn_daemon_new:
 * @place: kept by the caller as long as the daemon
 *
 * Opens the offices; nothing runs yet.
 *
 * Errors: those of turnus.conf; where it includes no others, those of its council, too.
 * Returns: (transfer full) (nullable)
 */
TnDaemon *
tn_daemon_new (const TnDaemonPlace *place, TnClock *clock, GError **error)
{
  g_autoptr (TnHouse) house = tn_house_read (place->config, error);
  if (house == NULL)
    return NULL;
  g_autoptr (TnDaemon) daemon = g_new0 (TnDaemon, 1);
  daemon->place = *place;
  daemon->clock = g_object_ref (clock);
  daemon->offices = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_office_free);
  daemon->loop = g_main_loop_new (NULL, FALSE);
  return open_offices (daemon, house, error) ? g_steal_pointer (&daemon) : NULL;
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
  g_ptr_array_unref (daemon->offices);
  tn_herald_free (daemon->herald);
  say_longest (daemon);
  tn_pulse_stop (daemon->pulse);
  g_main_loop_unref (daemon->loop);
  g_object_unref (daemon->clock);
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
on_stopped (TnOffice *office, gpointer user_data)
{
  TnDaemon *daemon = user_data;
  if (--daemon->n_busy == 0)
    g_main_loop_quit (daemon->loop);
}

/* Those that reload are stopped when they have done so. */
static void
stop_offices (TnDaemon *daemon)
{
  if (daemon->offices->len == 0)
    g_main_loop_quit (daemon->loop);
  daemon->n_busy = daemon->offices->len;
  for (guint i = 0; i < daemon->offices->len; i++)
    tn_office_stop (g_ptr_array_index (daemon->offices, i), on_stopped, daemon);
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
  daemon->deadline_id = g_timeout_add_seconds (STOP_MAX_S, on_stop_too_slow, daemon);
  if (!daemon->is_reloading)
    stop_offices (daemon);
  return G_SOURCE_CONTINUE;
}

static gboolean
on_purge (gpointer user_data)
{
  TnDaemon *daemon = user_data;
  for (guint i = 0; i < daemon->offices->len; i++)
    tn_office_purge (g_ptr_array_index (daemon->offices, i));
  return G_SOURCE_CONTINUE;
}

static char *
describe (const TnDaemon *daemon)
{
  guint n_calendars = 0;
  gboolean has_new = FALSE;
  for (guint i = 0; i < daemon->offices->len; i++)
    {
      TnOffice *office = g_ptr_array_index (daemon->offices, i);
      n_calendars += tn_office_get_settings (office)->calendars->len;
      has_new = has_new || tn_book_has_new_rulebook (tn_office_get_book (office));
    }
  g_autofree char *whose
      = daemon->offices->len == 1
            ? g_strdup (tn_office_get_settings (g_ptr_array_index (daemon->offices, 0))->council)
            : g_strdup_printf ("%u councils", daemon->offices->len);
  return g_strdup_printf ("%u calendars of %s%s", n_calendars, whose,
                          has_new ? "; a new edition of the charter waits for turnusctl apply"
                                  : "");
}

static void
say_ready (TnDaemon *daemon)
{
  g_autofree char *status = describe (daemon);
  tn_log_message (TN_MESSAGE_READY, NULL, "%s", status);
  tn_herald_ready (daemon->herald, status);
}

static void
end_reload (TnDaemon *daemon)
{
  daemon->is_reloading = FALSE;
  if (daemon->is_stopping)
    {
      stop_offices (daemon);
      return;
    }
  say_ready (daemon);
  if (daemon->is_asked_again)
    {
      daemon->is_asked_again = FALSE;
      reload (daemon);
    }
}

static void
end_reload_of_one (TnDaemon *daemon)
{
  if (--daemon->n_busy == 0)
    end_reload (daemon);
}

static void
on_reloaded (TnOffice *office, gpointer user_data)
{
  end_reload_of_one (user_data);
}

static void
on_gone (TnOffice *office, gpointer user_data)
{
  TnDaemon *daemon = user_data;
  tn_log_message (NULL, NULL, "%s is no more in the settings; its calendars stay as they are",
                  tn_office_get_settings (office)->council);
  g_ptr_array_remove (daemon->offices, office);
  end_reload_of_one (daemon);
}

static void
start_newcomer (TnDaemon *daemon, const TnResident *resident)
{
  g_autoptr (GError) error = NULL;
  TnOffice *office = open_office (daemon, resident, &error);
  if (office != NULL && tn_office_start (office, daemon->pulse, &error))
    return;
  tn_log_warning (TN_MESSAGE_RELOAD_FAILED, NULL, "the council of %s is left out: %s",
                  resident->path, error->message);
  if (office != NULL)
    g_ptr_array_remove (daemon->offices, office);
}

static void
renew_office (TnDaemon *daemon, TnOffice *office, TnResident *resident)
{
  if (resident == NULL)
    {
      daemon->n_busy++;
      tn_office_stop (office, on_gone, daemon);
    }
  else if (resident->fault != NULL)
    tn_office_keep (office, resident->fault);
  else
    {
      daemon->n_busy++;
      tn_office_reload (office, &resident->reading, on_reloaded, daemon);
    }
}

static void
renew (TnDaemon *daemon, const TnHouse *house)
{
  g_autoptr (GPtrArray) old = g_ptr_array_new ();
  g_ptr_array_extend (old, daemon->offices, NULL, NULL); /* borrowed: newcomers are not renewed */
  for (guint i = 0; i < house->residents->len; i++)
    {
      const TnResident *resident = g_ptr_array_index (house->residents, i);
      if (find_office (daemon, resident->path) == NULL)
        start_newcomer (daemon, resident);
    }
  for (guint i = 0; i < old->len; i++)
    {
      TnOffice *office = g_ptr_array_index (old, i);
      renew_office (daemon, office, tn_house_find (house, tn_office_get_settings (office)->path));
    }
}

/* A faulty turnus.conf leaves all as they are: it says who there is. */
static void
reload (TnDaemon *daemon)
{
  g_autoptr (GError) error = NULL;
  daemon->is_reloading = TRUE;
  daemon->n_busy = 1; /* ourselves: nothing ends before all have begun */
  tn_herald_reloading (daemon->herald);
  g_autoptr (TnHouse) house = tn_house_read (daemon->place.config, &error);
  if (house != NULL)
    renew (daemon, house);
  for (guint i = 0; house == NULL && i < daemon->offices->len; i++)
    tn_office_keep (g_ptr_array_index (daemon->offices, i), error);
  end_reload_of_one (daemon);
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

/* Returns: how many run */
static guint
start_offices (TnDaemon *daemon)
{
  for (guint i = daemon->offices->len; i > 0; i--)
    {
      g_autoptr (GError) error = NULL;
      if (tn_office_start (g_ptr_array_index (daemon->offices, i - 1), daemon->pulse, &error))
        continue;
      tn_log_warning (NULL, NULL, "%s", error->message);
      g_ptr_array_remove_index (daemon->offices, i - 1);
    }
  return daemon->offices->len;
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
  daemon->exit_code = 0; /* who is left out may come in by SIGHUP */
  daemon->pulse = tn_pulse_start (daemon->clock);
  if (start_offices (daemon) == 0)
    return 1;
  daemon->herald = tn_herald_new ();
  watch_stop_signals (daemon);
  daemon->signal_ids[2] = g_unix_signal_add (SIGHUP, on_reload_signal, daemon);
  daemon->purge_id = g_timeout_add_seconds (PURGE_S, on_purge, daemon);
  say_ready (daemon);
  g_main_loop_run (daemon->loop);
  return daemon->exit_code;
}

static void
end_once (TnDaemon *daemon)
{
  guint n_failing = 0;
  guint n_waiting = 0;
  for (guint i = 0; i < daemon->offices->len; i++)
    {
      TnStatusCount count
          = tn_status_count (tn_office_get_desk (g_ptr_array_index (daemon->offices, i)));
      n_failing += count.n_failing;
      n_waiting += count.n_waiting;
    }
  if (daemon->exit_code == 0) /* else somebody was left out */
    daemon->exit_code = n_failing > 0 ? 1 : n_waiting > 0 ? 3 : 0;
  g_main_loop_quit (daemon->loop);
}

static void
on_synced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  TnDaemon *daemon = user_data;
  tn_desk_sync_finish (TN_DESK (source), result, NULL); /* each calendar's own state says it */
  if (!daemon->is_stopping && --daemon->n_busy == 0)
    end_once (daemon);
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
  daemon->pulse = tn_pulse_start (daemon->clock);
  watch_stop_signals (daemon);
  daemon->n_busy = daemon->offices->len;
  for (guint i = 0; i < daemon->offices->len; i++)
    tn_desk_sync_async (tn_office_get_desk (g_ptr_array_index (daemon->offices, i)), NULL,
                        TN_PASS_TELL, NULL, on_synced, daemon);
  if (daemon->n_busy > 0)
    g_main_loop_run (daemon->loop);
  return daemon->n_busy > 0 || daemon->offices->len > 0 ? daemon->exit_code : 1;
}
