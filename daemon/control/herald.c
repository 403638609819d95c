/* sd_notify(3): ready when the socket answers, reloading while new settings are read, stopping, and
 * a sign of life as often as the unit's WatchdogSec asks for. Without libsystemd, or without a
 * NOTIFY_SOCKET, nobody is told and nothing ticks. */
#include "control/herald.h"

#ifdef TN_HAS_SYSTEMD
#include <systemd/sd-daemon.h>
#endif

struct _TnHerald
{
  guint watchdog_id; /* 0 when nobody waits for signs of life */
};

static void
say (const char *text)
{
#ifdef TN_HAS_SYSTEMD
  sd_notify (0, text);
#endif
}

/* Runs on the main loop, so a loop that hangs gives no sign. */
static gboolean
on_watchdog (gpointer user_data)
{
  say ("WATCHDOG=1");
  return G_SOURCE_CONTINUE;
}

static guint64
find_watchdog_us (void)
{
  guint64 watchdog_us = 0;
#ifdef TN_HAS_SYSTEMD
  if (sd_watchdog_enabled (0, &watchdog_us) <= 0)
    return 0;
#endif
  return watchdog_us;
}

/**
 * tn_herald_new:
 *
 * Signs of life begin at once: half as often as would be too late, as sd_watchdog_enabled(3)
 * advises, and in whole seconds where that does, which the kernel bundles with other wake-ups.
 */
TnHerald *
tn_herald_new (void)
{
  TnHerald *herald = g_new0 (TnHerald, 1);
  guint64 half_us = find_watchdog_us () / 2;
  if (half_us >= 2 * G_USEC_PER_SEC)
    herald->watchdog_id
        = g_timeout_add_seconds ((guint) (half_us / G_USEC_PER_SEC), on_watchdog, NULL);
  else if (half_us > 0)
    herald->watchdog_id = g_timeout_add ((guint) MAX (half_us / 1000, 1), on_watchdog, NULL);
  return herald;
}

void
tn_herald_free (TnHerald *herald)
{
  if (herald == NULL)
    return;
  g_clear_handle_id (&herald->watchdog_id, g_source_remove);
  g_free (herald);
}

/**
 * tn_herald_ready:
 * @status: one line for `systemctl status`
 *
 * At the start, and when a reload is over.
 */
void
tn_herald_ready (TnHerald *herald, const char *status)
{
  g_autofree char *text = g_strdup_printf ("READY=1\nSTATUS=%s", status);
  say (text);
}

void
tn_herald_reloading (TnHerald *herald)
{
  g_autofree char *text
      = g_strdup_printf ("RELOADING=1\nMONOTONIC_USEC=%" G_GINT64_FORMAT, g_get_monotonic_time ());
  say (text);
}

void
tn_herald_stopping (TnHerald *herald)
{
  say ("STOPPING=1\nSTATUS=Stops");
}
