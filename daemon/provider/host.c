/* The host table: all that a plugin can ask of the daemon (design section 3). What it logs bears
 * the calendar's name; base/log.c takes control characters out, because it may quote a peer (hazard
 * 108). */
#include "provider/host.h"

#include "base/encode.h"
#include "base/log.h"

struct _TnHost
{
  TnClock *clock; /* (owned) */
  char *calendar; /* (owned) */
};

/**
 * tn_host_new:
 * @calendar: its id in the settings
 *
 * Returns: (transfer full)
 */
TnHost *
tn_host_new (TnClock *clock, const char *calendar)
{
  TnHost *host = g_new0 (TnHost, 1);
  host->clock = g_object_ref (clock);
  host->calendar = g_strdup (calendar);
  return host;
}

void
tn_host_free (TnHost *host)
{
  if (host == NULL)
    return;
  g_clear_object (&host->clock);
  g_free (host->calendar);
  g_free (host);
}

static gint64
now_us (gpointer data)
{
  TnHost *host = data;
  return tn_clock_now_us (host->clock);
}

static void
log_debug (gpointer data, const char *text)
{
  TnHost *host = data;
  tn_log_debug ("%s: %s", host->calendar, text != NULL ? text : "");
}

static char *
hash (gpointer data, GBytes *bytes)
{
  gsize length = 0;
  const char *start = g_bytes_get_data (bytes, &length);
  return tn_encode_sha256 (start != NULL ? start : "", (gssize) length);
}

static const TurnusHost table = {
  .size = sizeof (TurnusHost),
  .now_us = now_us,
  .log_debug = log_debug,
  .hash = hash,
};

/**
 * tn_host_get_table:
 *
 * Returns: (transfer none): the same for every calendar
 */
const TurnusHost *
tn_host_get_table (void)
{
  return &table;
}
