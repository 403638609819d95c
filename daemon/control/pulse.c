/* Work of ours never holds the main loop for 100 ms (promise 8); when it does, somebody should
 * know. A source that never fires is asked before the loop sleeps and after it woke up: what lies
 * between the second and the next first is work. So nothing ticks and an idle daemon sleeps on. */
#include "control/pulse.h"

#include "base/log.h"

static const gint64 LIMIT_US = 100 * 1000;

typedef struct
{
  GSource source;
  TnClock *clock;    /* (owned) */
  gint64 woken_us;   /* -1 before the first sleep */
  gint64 longest_us; /* of all turns */
} Watch;

struct _TnPulse
{
  Watch *watch; /* (owned) */
};

static gboolean
before_sleep (GSource *source, int *timeout_ms)
{
  Watch *watch = (Watch *) source;
  gint64 now_us = tn_clock_monotonic_us (watch->clock);
  gint64 worked_us = watch->woken_us >= 0 ? now_us - watch->woken_us : 0;
  *timeout_ms = -1;
  watch->longest_us = MAX (watch->longest_us, worked_us);
  if (worked_us > LIMIT_US)
    tn_log_warning (TN_MESSAGE_STALL, NULL, "nothing else could happen for %" G_GINT64_FORMAT " ms",
                    worked_us / 1000);
  return FALSE;
}

static gboolean
after_sleep (GSource *source)
{
  Watch *watch = (Watch *) source;
  watch->woken_us = tn_clock_monotonic_us (watch->clock);
  return FALSE;
}

static gboolean
never (GSource *source, GSourceFunc callback, gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
finalize (GSource *source)
{
  g_clear_object (&((Watch *) source)->clock);
}

/**
 * tn_pulse_start:
 *
 * Watches the default main loop. High priority: GLib does not ask sources below one that is ready.
 */
TnPulse *
tn_pulse_start (TnClock *clock)
{
  static const GSourceFuncs functions
      = { .prepare = before_sleep, .check = after_sleep, .dispatch = never, .finalize = finalize };
  TnPulse *pulse = g_new0 (TnPulse, 1);
  pulse->watch = (Watch *) g_source_new ((GSourceFuncs *) &functions, sizeof (Watch));
  pulse->watch->clock = g_object_ref (clock);
  pulse->watch->woken_us = -1;
  g_source_set_priority (&pulse->watch->source, G_PRIORITY_HIGH * 10);
  g_source_attach (&pulse->watch->source, NULL);
  return pulse;
}

void
tn_pulse_stop (TnPulse *pulse)
{
  if (pulse == NULL)
    return;
  g_source_destroy (&pulse->watch->source);
  g_source_unref (&pulse->watch->source);
  g_free (pulse);
}

gint64
tn_pulse_get_longest_us (const TnPulse *pulse)
{
  return pulse->watch->longest_us;
}
