/* The host table: all that a plugin can ask of the daemon (design section 3). What it logs bears
 * the calendar's name; base/log.c takes control characters out, because it may quote a peer (hazard
 * 108). */
#include "provider/host.h"

#include "base/encode.h"
#include "base/log.h"
#include "ical/split.h"
#include "provider/verdict.h"

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
dup_hash (GBytes *bytes)
{
  gsize length = 0;
  const char *start = g_bytes_get_data (bytes, &length);
  return tn_encode_sha256 (start != NULL ? start : "", (gssize) length);
}

static char *
hash (gpointer data, GBytes *bytes)
{
  return dup_hash (bytes);
}

/* Hands an error of ours over to a plugin. */
static void
propagate (GError **error, GError *ours)
{
  g_propagate_error (error, tn_verdict_to_plugin (ours));
}

static GPtrArray *
split_calendar (gpointer data, GBytes *calendar, GError **error)
{
  GError *ours = NULL;
  g_autoptr (GPtrArray) items = tn_split_calendar (calendar, &ours);
  if (items == NULL)
    {
      propagate (error, ours);
      return NULL;
    }
  GPtrArray *loaded = g_ptr_array_new_with_free_func ((GDestroyNotify) turnus_loaded_free);
  for (guint i = 0; i < items->len; i++)
    {
      TnSplitItem *item = g_ptr_array_index (items, i);
      g_autofree char *revision = dup_hash (item->bytes);
      TurnusLoaded *one = turnus_loaded_new (item->uid, revision, item->bytes);
      if (item->error != NULL)
        one->error = tn_verdict_to_plugin (g_steal_pointer (&item->error));
      g_ptr_array_add (loaded, one);
    }
  return loaded;
}

static GBytes *
replace_in_calendar (gpointer data, GBytes *calendar, const char *uid, GBytes *item, GError **error)
{
  GError *ours = NULL;
  GBytes *replaced = tn_split_replace (calendar, uid, item, &ours);
  if (replaced == NULL)
    propagate (error, ours);
  return replaced;
}

static const TurnusHost table = {
  .size = sizeof (TurnusHost),
  .now_us = now_us,
  .log_debug = log_debug,
  .split_calendar = split_calendar,
  .replace_in_calendar = replace_in_calendar,
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
