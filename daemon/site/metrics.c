/* Numbers in Prometheus' text format 0.0.4. They name calendars and publishers by their ids in the
 * settings, never an event, a person or an address (promise 11), so that whoever keeps them for
 * years keeps nothing of anybody. */
#include "site/metrics.h"

#include <gio/gio.h>
#include <string.h>

#include "sync/health.h"

static void
begin (GString *to, const char *name, const char *type, const char *help)
{
  g_string_append_printf (to, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/* A value of a label: backslash, quote and line end are escaped. */
static char *
dup_label (const char *text)
{
  g_autoptr (GString) label = g_string_new (text);
  g_string_replace (label, "\\", "\\\\", 0);
  g_string_replace (label, "\"", "\\\"", 0);
  g_string_replace (label, "\n", "\\n", 0);
  return g_string_free (g_steal_pointer (&label), FALSE);
}

static void
add (GString *to, const char *name, const char *label, const char *value, guint64 number)
{
  g_autofree char *safe = dup_label (value);
  g_string_append_printf (to, "%s{%s=\"%s\"} %" G_GUINT64_FORMAT "\n", name, label, safe, number);
}

/* A calendar of the settings, with what is remembered of it. */
typedef guint64 (*Measure) (TnDesk *desk, const TnCalendar *calendar, const TnCalendarState *state);

static guint64
measure_good (TnDesk *desk, const TnCalendar *calendar, const TnCalendarState *state)
{
  return state != NULL ? (guint64) (state->last_good_us / G_USEC_PER_SEC) : 0;
}

static guint64
measure_try (TnDesk *desk, const TnCalendar *calendar, const TnCalendarState *state)
{
  return state != NULL ? (guint64) (state->last_try_us / G_USEC_PER_SEC) : 0;
}

static guint64
measure_pending (TnDesk *desk, const TnCalendar *calendar, const TnCalendarState *state)
{
  const TnPassResult *result = tn_desk_get_result (desk, calendar->id);
  return result != NULL ? result->changes->len : 0;
}

static guint64
measure_written (TnDesk *desk, const TnCalendar *calendar, const TnCalendarState *state)
{
  const TnPassResult *result = tn_desk_get_result (desk, calendar->id);
  return result != NULL ? result->n_written : 0;
}

static guint64
count_open (TnDesk *desk, const TnCalendar *calendar, gboolean conflicts)
{
  GPtrArray *proposals = tn_book_get_proposals (tn_desk_get_book (desk));
  guint64 n = 0;
  for (guint i = 0; i < proposals->len; i++)
    {
      const TnProposal *proposal = g_ptr_array_index (proposals, i);
      n += proposal->state == TN_PROPOSAL_OPEN
           && (proposal->kind == TN_PROPOSAL_CONFLICT) == conflicts
           && strcmp (proposal->calendar, calendar->id) == 0;
    }
  return n;
}

static guint64
measure_proposals (TnDesk *desk, const TnCalendar *calendar, const TnCalendarState *state)
{
  return count_open (desk, calendar, FALSE);
}

static guint64
measure_conflicts (TnDesk *desk, const TnCalendar *calendar, const TnCalendarState *state)
{
  return count_open (desk, calendar, TRUE);
}

static TnHealth
find_health (TnDesk *desk, const TnCalendar *calendar, const TnCalendarState *state)
{
  const TnPassResult *result = tn_desk_get_result (desk, calendar->id);
  if (tn_desk_get_refusal (desk, calendar->id) != NULL || state == NULL)
    return TN_HEALTH_FAILING;
  return result != NULL ? tn_health_judge (result) : state->health;
}

static guint64
measure_ok (TnDesk *desk, const TnCalendar *calendar, const TnCalendarState *state)
{
  return find_health (desk, calendar, state) == TN_HEALTH_OK;
}

static guint64
measure_person (TnDesk *desk, const TnCalendar *calendar, const TnCalendarState *state)
{
  return tn_health_needs_person (find_health (desk, calendar, state));
}

static const struct
{
  const char *name;
  const char *help;
  Measure measure;
} MEASURES[] = {
  { "turnus_calendar_last_good_pass_timestamp_seconds",
    "When the calendar was last brought into step; 0: never.", measure_good },
  { "turnus_calendar_last_pass_timestamp_seconds", "When that was last tried; 0: never.",
    measure_try },
  { "turnus_calendar_ok", "1 when all is well with the calendar.", measure_ok },
  { "turnus_calendar_needs_person", "1 when only a person can help.", measure_person },
  { "turnus_calendar_pending", "Changes of the last pass that wait.", measure_pending },
  { "turnus_calendar_written", "Events written in the last pass.", measure_written },
  { "turnus_calendar_proposals_open", "Changes made there that wait for an answer.",
    measure_proposals },
  { "turnus_calendar_conflicts_open", "Lost changes made there that nobody has looked at.",
    measure_conflicts },
};

static void
add_calendars (GString *to, TnDesk *desk)
{
  TnBook *book = tn_desk_get_book (desk);
  GPtrArray *calendars = tn_book_get_settings (book)->calendars;
  for (guint i = 0; i < G_N_ELEMENTS (MEASURES); i++)
    {
      begin (to, MEASURES[i].name, "gauge", MEASURES[i].help);
      for (guint j = 0; j < calendars->len; j++)
        {
          const TnCalendar *calendar = g_ptr_array_index (calendars, j);
          g_autoptr (TnCalendarState) state
              = tn_store_load_calendar (tn_book_get_store (book), calendar->id, NULL);
          add (to, MEASURES[i].name, "calendar", calendar->id,
               MEASURES[i].measure (desk, calendar, state));
        }
    }
}

static const struct
{
  const char *name;
  const char *type;
  const char *help;
} COUNTS[TURNUS_N_COUNTS] = {
  [TURNUS_COUNT_ANSWERED] = { "turnus_feed_answered_total", "counter", "Pages that were made." },
  [TURNUS_COUNT_UNCHANGED]
  = { "turnus_feed_unchanged_total", "counter", "Polls of readers who had the page already." },
  [TURNUS_COUNT_REFUSED]
  = { "turnus_feed_refused_total", "counter", "Requests that were refused for their form." },
  [TURNUS_COUNT_BUSY]
  = { "turnus_feed_busy_total", "counter", "Requests and connections that were too many." },
  [TURNUS_COUNT_OPEN] = { "turnus_feed_connections", "gauge", "Connections now." },
};

static void
add_feeds (GString *to, const TnMetricsFeed *feeds, guint n_feeds)
{
  for (guint i = 0; i < TURNUS_N_COUNTS; i++)
    {
      begin (to, COUNTS[i].name, COUNTS[i].type, COUNTS[i].help);
      for (guint j = 0; j < n_feeds; j++)
        add (to, COUNTS[i].name, "publisher", feeds[j].publisher, feeds[j].counts[i]);
    }
}

/**
 * tn_metrics_count:
 *
 * Returns: what @publication has counted by now
 */
TnMetricsFeed
tn_metrics_count (const char *publisher, const TnPublication *publication)
{
  TnMetricsFeed feed = { .publisher = publisher };
  for (guint i = 0; i < TURNUS_N_COUNTS; i++)
    feed.counts[i] = tn_publication_get_count (publication, (TurnusCount) i);
  return feed;
}

/**
 * tn_metrics_write:
 * @longest_us: longest turn of the main loop so far
 *
 * Source: promise 8 (the loop's longest turn); Prometheus text format 0.0.4.
 * Returns: (transfer full): what goes out under %TN_METRICS_TYPE
 */
char *
tn_metrics_write (TnDesk *desk, gint64 longest_us, const TnMetricsFeed *feeds, guint n_feeds)
{
  char seconds[G_ASCII_DTOSTR_BUF_SIZE];
  g_autoptr (GString) text = g_string_new (NULL);
  begin (text, "turnus_info", "gauge", "Version of the daemon.");
  add (text, "turnus_info", "version", TN_VERSION, 1);
  begin (text, "turnus_loop_longest_turn_seconds", "gauge",
         "Longest turn of the main loop since it was started.");
  g_ascii_formatd (seconds, sizeof seconds, "%.6f", (double) longest_us / G_USEC_PER_SEC);
  g_string_append_printf (text, "turnus_loop_longest_turn_seconds %s\n", seconds);
  add_calendars (text, desk);
  add_feeds (text, feeds, n_feeds);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_forwarded (const TnVisit *visit)
{
  static const char *const traces[] = { "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto",
                                        "x-real-ip",       "forwarded",        "via" };
  for (guint i = 0; i < G_N_ELEMENTS (traces); i++)
    if (g_hash_table_contains (visit->headers, traces[i]))
      return TRUE;
  return FALSE;
}

/* `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080` */
static gboolean
is_called_locally (const TnVisit *visit)
{
  const char *host = g_hash_table_lookup (visit->headers, "host");
  if (host == NULL)
    return FALSE;
  gsize length = *host == '[' ? strcspn (host, "]") : strcspn (host, ":");
  g_autofree char *name
      = *host == '[' ? g_strndup (host + 1, length - 1) : g_strndup (host, length);
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (name);
  return strcmp (name, "localhost") == 0
         || (address != NULL && g_inet_address_get_is_loopback (address));
}

/**
 * tn_metrics_is_allowed:
 * @shows_to_all: what the settings say
 *
 * Returns: %TRUE when @visit comes from this host and not through the web server in front of us
 */
gboolean
tn_metrics_is_allowed (const TnVisit *visit, gboolean shows_to_all)
{
  g_autoptr (GInetAddress) peer = g_inet_address_new_from_string (visit->peer);
  gboolean is_here = strcmp (visit->peer, "unix") == 0
                     || (peer != NULL && g_inet_address_get_is_loopback (peer));
  return shows_to_all || (is_here && !is_forwarded (visit) && is_called_locally (visit));
}
