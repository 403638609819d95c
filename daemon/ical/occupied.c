/* Closures and busy times: which days the events of a file take, in one zone. The file is of others
 * and may be hostile, so everything is bounded: its events, and the days that its repetitions may
 * look at (repetition.c); what is not understood is an error that names the line, because a closure
 * that is passed over puts a meeting on it.
 *
 * An event takes every day that it touches. What repeats without end is followed to the end of
 * TN_OCCUPIED_LAST_YEAR.
 *
 * Source: RFC 5545 sections 3.6.1, 3.6.4, 3.8.2.6, 3.8.2.7 and 3.8.5. */
#include "ical/occupied.h"

#include "base/error.h"
#include "ical/instant.h"
#include "ical/property.h"
#include "ical/repetition.h"
#include "ical/times.h"

#include <string.h>

/* What a reading holds while it goes on. */
typedef struct
{
  TnLines *lines; /* (owned) */
  const TnZone *home;
  TnOccupiedKind kind;
  TnDate last_day;
  GHashTable *moved;   /* (owned) UID to set of instants that stand as events of their own */
  guint steps;         /* left */
  gsize counted;       /* bytes in which line ends were counted … */
  int line;            /* … and the number of the line there */
  GPtrArray *occupied; /* (owned) (element-type TnOccupied) */
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->lines, tn_lines_free);
  g_clear_pointer (&reading->moved, g_hash_table_unref);
  g_clear_pointer (&reading->occupied, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

void
tn_occupied_free (TnOccupied *occupied)
{
  if (occupied == NULL)
    return;
  g_free (occupied->title);
  g_array_unref (occupied->days);
  g_free (occupied);
}

/* The words of the first line of that kind; NULL when there is none that can be read. */
static char *
dup_value (const TnLines *lines, guint component, TnLineKind kind)
{
  int index = tn_lines_find (lines, component, kind);
  g_autoptr (TnProperty) property
      = index >= 0 ? tn_property_new (lines, (guint) index, NULL) : NULL;
  return property != NULL ? g_strstrip (tn_property_dup_text (property)) : NULL;
}

static gboolean
is_word (const TnLines *lines, guint component, TnLineKind kind, const char *word)
{
  g_autofree char *value = dup_value (lines, component, kind);
  return value != NULL && g_ascii_strcasecmp (value, word) == 0;
}

/* Events come in the order of their lines, so each byte is counted once. */
static int
count_line (Reading *reading, guint component)
{
  const TnLine *begin
      = tn_lines_get (reading->lines, tn_lines_get_component (reading->lines, component)->begin);
  const char *bytes = g_bytes_get_data (tn_lines_get_bytes (reading->lines), NULL);
  for (; reading->counted < begin->offset; reading->counted++)
    reading->line += bytes[reading->counted] == '\n';
  return reading->line;
}

/* A title goes into explanations: one line of bearable length. */
static char *
dup_title (const TnLines *lines, guint event)
{
  g_autofree char *title = dup_value (lines, event, TN_LINE_SUMMARY);
  if (title == NULL || *title == '\0')
    return NULL;
  for (char *c = title; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';
  return g_utf8_substring (title, 0, MIN (g_utf8_strlen (title, -1), 80));
}

static gboolean
refuse (const TnLines *lines, guint index, const char *what, GError **error)
{
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "line %u: %s", tn_lines_get_number (lines, index),
               what);
  return FALSE;
}

/* One event of a series that was moved: it does not stand where the series has it. */
static gboolean
note_moved (Reading *reading, guint event, GError **error)
{
  const TnLines *lines = reading->lines;
  int index = tn_lines_find (lines, event, TN_LINE_RECURRENCE_ID);
  if (index < 0)
    return TRUE;
  g_autoptr (TnProperty) property = tn_property_new (lines, (guint) index, error);
  g_autofree char *range = property != NULL ? tn_property_dup_parameter (property, "RANGE") : NULL;
  g_autoptr (GArray) instants = tn_instant_new_list ();
  if (property == NULL || !tn_instant_read (lines, (guint) index, reading->home, instants, error))
    return FALSE;
  if (range != NULL)
    return refuse (lines, (guint) index, "RANGE is not understood, expected single events", error);
  g_autofree char *uid = dup_value (lines, event, TN_LINE_UID);
  GHashTable *set = g_hash_table_lookup (reading->moved, uid != NULL ? uid : "");
  if (set == NULL)
    {
      set = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_hash_table_insert (reading->moved, g_strdup (uid != NULL ? uid : ""), set);
    }
  gint64 key = tn_instant_get_key (&g_array_index (instants, TnInstant, 0));
  g_hash_table_add (set, g_memdup2 (&key, sizeof key));
  return TRUE;
}

static gboolean
read_instants (const Reading *reading, guint event, TnLineKind kind, GArray *instants,
               GError **error)
{
  const TnLines *lines = reading->lines;
  const TnComponent *component = tn_lines_get_component (lines, event);
  for (guint i = component->begin; i <= component->end; i++)
    if (tn_lines_get (lines, i)->kind == kind && tn_lines_get (lines, i)->component == (gint) event
        && !tn_instant_read (lines, i, reading->home, instants, error))
      return FALSE;
  return TRUE;
}

/* The day on which UNTIL ends what begins at that time of day. */
static TnDate
get_last_day (const Reading *reading, const TnRepetition *rule, const TnInstant *start)
{
  if (!rule->has_until)
    return reading->last_day;
  TnLocalTime until = rule->until.local;
  if (rule->until.is_date || start->moment.is_date)
    return MIN (until.date, reading->last_day);
  if (rule->until.is_utc)
    {
      g_autoptr (TnZone) utc = tn_zone_new_utc ();
      until = tn_zone_to_local (start->zone, tn_zone_to_utc_s (utc, until));
    }
  return MIN (until.date - (start->moment.local.second > until.second ? 1 : 0), reading->last_day);
}

static gboolean
repeat (Reading *reading, guint event, GArray *starts, GError **error)
{
  const TnLines *lines = reading->lines;
  int index = tn_lines_find (lines, event, TN_LINE_RRULE);
  int obsolete = tn_lines_find (lines, event, TN_LINE_EXRULE);
  if (obsolete >= 0)
    return refuse (lines, (guint) obsolete, "EXRULE is obsolete, expected EXDATE", error);
  if (index < 0 || tn_lines_find (lines, event, TN_LINE_RECURRENCE_ID) >= 0)
    return TRUE;
  if (tn_lines_count (lines, event, TN_LINE_RRULE) > 1)
    return refuse (lines, (guint) index, "an event with more than one RRULE", error);
  g_autoptr (TnProperty) property = tn_property_new (lines, (guint) index, error);
  TnRepetition rule;
  if (property == NULL)
    return FALSE;
  if (!tn_repetition_parse (tn_property_get_value (property), &rule, error))
    {
      g_prefix_error (error, "line %u: ", tn_lines_get_number (lines, (guint) index));
      return FALSE;
    }
  TnInstant start = g_array_index (starts, TnInstant, 0);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (TnDate));
  if (!tn_repetition_walk (&rule, start.moment.local.date, get_last_day (reading, &rule, &start),
                           &reading->steps, days))
    return refuse (lines, (guint) index,
                   "the file repeats too much, expected fewer events without an end; an export of "
                   "a few years is enough",
                   error);
  for (guint i = 1; i < days->len; i++)
    {
      TnInstant next = start;
      next.moment.local.date = g_array_index (days, TnDate, i);
      if (next.zone != NULL)
        next.zone = tn_zone_ref (next.zone);
      g_array_append_val (starts, next);
    }
  return TRUE;
}

/* EXDATE takes one away by its time, or by its day where the event has a time: many write it so. */
static gboolean
is_left_out (const Reading *reading, const TnInstant *start, GHashTable *except, GHashTable *moved)
{
  gint64 key = tn_instant_get_key (start);
  TnInstant as_day = { .moment = { .is_date = TRUE, .local = start->moment.local } };
  gint64 day = tn_instant_get_key (&as_day);
  return g_hash_table_contains (except, &key) || g_hash_table_contains (except, &day)
         || (moved != NULL
             && (g_hash_table_contains (moved, &key) || g_hash_table_contains (moved, &day)));
}

static TnSpan
get_days (const Reading *reading, const TnInstant *start, const TnWhen *when)
{
  if (start->moment.is_date)
    return tn_span_new (start->moment.local.date,
                        start->moment.local.date + tn_span_get_days (when->days));
  /* How long the first one lasts, by the clock of its zone in seconds that pass. */
  TnLocalTime first = { when->days.start, when->start_minute * 60 };
  TnLocalTime last = { when->days.end - 1 + when->end_minute / 1440, when->end_minute % 1440 * 60 };
  gint64 seconds = tn_zone_to_utc_s (reading->home, last) - tn_zone_to_utc_s (reading->home, first);
  gint64 start_s = tn_zone_to_utc_s (start->zone, start->moment.local);
  TnDate first_day = tn_zone_to_local (reading->home, start_s).date;
  TnDate last_day = tn_zone_to_local (reading->home, start_s + MAX (seconds, 1) - 1).date;
  return tn_span_new (first_day, MAX (last_day, first_day) + 1);
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  const TnSpan *x = a;
  const TnSpan *y = b;
  return (x->start > y->start) - (x->start < y->start);
}

static gboolean
list_starts (Reading *reading, guint event, GArray *starts, GHashTable *except, GError **error)
{
  g_autoptr (GArray) exceptions = tn_instant_new_list ();
  if (!read_instants (reading, event, TN_LINE_DTSTART, starts, error)
      || !repeat (reading, event, starts, error)
      || !read_instants (reading, event, TN_LINE_RDATE, starts, error)
      || !read_instants (reading, event, TN_LINE_EXDATE, exceptions, error))
    return FALSE;
  for (guint i = 0; i < exceptions->len; i++)
    {
      gint64 key = tn_instant_get_key (&g_array_index (exceptions, TnInstant, i));
      g_hash_table_add (except, g_memdup2 (&key, sizeof key));
    }
  return TRUE;
}

static GArray *
list_days (Reading *reading, guint event, GError **error)
{
  const TnLines *lines = reading->lines;
  TnWhen when = { 0 };
  g_autoptr (GArray) starts = tn_instant_new_list ();
  g_autoptr (GHashTable) except = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  if (!tn_times_read (lines, event, reading->home, &when, error)
      || !list_starts (reading, event, starts, except, error))
    return NULL;
  g_autofree char *uid = dup_value (lines, event, TN_LINE_UID);
  GHashTable *moved = tn_lines_find (lines, event, TN_LINE_RECURRENCE_ID) < 0
                          ? g_hash_table_lookup (reading->moved, uid != NULL ? uid : "")
                          : NULL;
  GArray *days = g_array_new (FALSE, FALSE, sizeof (TnSpan));
  for (guint i = 0; i < starts->len; i++)
    {
      const TnInstant *start = &g_array_index (starts, TnInstant, i);
      TnSpan span = get_days (reading, start, &when);
      if (!is_left_out (reading, start, except, moved))
        g_array_append_val (days, span);
    }
  g_array_sort (days, compare_spans);
  return days;
}

static void
add (Reading *reading, guint component, GArray *days)
{
  TnOccupied *occupied = g_new0 (TnOccupied, 1);
  occupied->title
      = reading->kind == TN_OCCUPIED_CLOSED ? dup_title (reading->lines, component) : NULL;
  occupied->line = count_line (reading, component);
  occupied->days = days;
  g_ptr_array_add (reading->occupied, occupied);
}

static gboolean
read_event (Reading *reading, guint event, GError **error)
{
  const TnLines *lines = reading->lines;
  if (is_word (lines, event, TN_LINE_STATUS, "CANCELLED")
      || (reading->kind == TN_OCCUPIED_BUSY
          && is_word (lines, event, TN_LINE_TRANSP, "TRANSPARENT")))
    return TRUE;
  GArray *days = list_days (reading, event, error);
  if (days == NULL)
    return FALSE;
  add (reading, event, days);
  return TRUE;
}

/* `19970308T160000Z/PT3H` or `19970308T160000Z/19970308T190000Z` */
static gboolean
read_period (const Reading *reading, const char *text, GArray *days, GError **error)
{
  const char *slash = strchr (text, '/');
  g_autofree char *start = slash != NULL ? g_strndup (text, (gsize) (slash - text)) : NULL;
  g_autoptr (TnZone) utc = tn_zone_new_utc ();
  TnMoment first = { 0 };
  TnMoment last = { 0 };
  TnDuration duration = { 0 };
  if (slash == NULL)
    {
      g_set_error_literal (error, TN_ERROR, TN_ERROR_INVALID,
                           "a busy time without an end, expected start/end");
      return FALSE;
    }
  if (!tn_moment_parse (start, &first, error))
    return FALSE;
  gint64 start_s = tn_zone_to_utc_s (utc, first.local);
  gint64 end_s = start_s;
  if (slash[1] == 'P' || slash[1] == '+')
    {
      if (!tn_moment_parse_duration (slash + 1, &duration, error))
        return FALSE;
      end_s += (gint64) duration.days * 86400 + duration.seconds;
    }
  else if (!tn_moment_parse (slash + 1, &last, error))
    return FALSE;
  else
    end_s = tn_zone_to_utc_s (utc, last.local);
  gint64 latest_s = (gint64) tn_date_new (9998, 1, 1) * 86400;
  end_s = CLAMP (end_s, start_s + 1, MAX (start_s + 1, latest_s));
  TnSpan span = tn_span_new (tn_zone_to_local (reading->home, start_s).date,
                             tn_zone_to_local (reading->home, end_s - 1).date + 1);
  g_array_append_val (days, span);
  return TRUE;
}

static gboolean
read_periods (const Reading *reading, guint index, GArray *days, GError **error)
{
  g_autoptr (TnProperty) property = tn_property_new (reading->lines, index, error);
  g_autofree char *type = property != NULL ? tn_property_dup_parameter (property, "FBTYPE") : NULL;
  if (property == NULL || (type != NULL && g_ascii_strcasecmp (type, "FREE") == 0))
    return property != NULL;
  g_auto (GStrv) periods = g_strsplit (tn_property_get_value (property), ",", -1);
  for (gsize i = 0; periods[i] != NULL; i++)
    if (!read_period (reading, g_strstrip (periods[i]), days, error))
      {
        g_prefix_error (error, "line %u: ", tn_lines_get_number (reading->lines, index));
        return FALSE;
      }
  return TRUE;
}

static gboolean
read_free_busy (Reading *reading, guint component, GError **error)
{
  const TnComponent *in = tn_lines_get_component (reading->lines, component);
  g_autoptr (GArray) days = g_array_new (FALSE, FALSE, sizeof (TnSpan));
  for (guint i = in->begin; i <= in->end; i++)
    if (tn_lines_get (reading->lines, i)->kind == TN_LINE_FREEBUSY
        && !read_periods (reading, i, days, error))
      return FALSE;
  g_array_sort (days, compare_spans);
  add (reading, component, g_steal_pointer (&days));
  return TRUE;
}

static gboolean
read_component (Reading *reading, guint component, gboolean only_moved, GError **error)
{
  if (!tn_lines_is_in_calendar (reading->lines, component))
    return TRUE;
  TnComponentKind kind = tn_lines_get_component (reading->lines, component)->kind;
  if (only_moved)
    return kind != TN_COMPONENT_VEVENT || note_moved (reading, component, error);
  if (kind == TN_COMPONENT_VEVENT)
    return read_event (reading, component, error);
  return kind != TN_COMPONENT_VFREEBUSY || read_free_busy (reading, component, error);
}

/* Every error names a line, if only that of the event. */
static gboolean
read_components (Reading *reading, gboolean only_moved, GError **error)
{
  for (guint i = 0; i < tn_lines_get_n_components (reading->lines); i++)
    {
      g_autoptr (GError) cause = NULL;
      if (read_component (reading, i, only_moved, &cause))
        continue;
      if (!g_str_has_prefix (cause->message, "line "))
        g_prefix_error (&cause, "line %u: ",
                        tn_lines_get_number (reading->lines,
                                             tn_lines_get_component (reading->lines, i)->begin));
      g_propagate_error (error, g_steal_pointer (&cause));
      return FALSE;
    }
  return TRUE;
}

/**
 * tn_occupied_read:
 * @text: a calendar file, UTF-8
 * @home: in its days
 *
 * Errors: %TN_ERROR_INVALID with `line N: ` when something is not understood, %TN_ERROR_LIMIT when
 *   it is too much.
 * Returns: (transfer full) (nullable) (element-type TnOccupied): one for each event or VFREEBUSY
 *   that takes days, in the order of the file
 */
GPtrArray *
tn_occupied_read (const char *text, TnOccupiedKind kind, const TnZone *home, GError **error)
{
  g_return_val_if_fail (text != NULL && home != NULL, NULL);

  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_auto (Reading) reading
      = { .home = home,
          .kind = kind,
          .last_day = tn_date_new (TN_OCCUPIED_LAST_YEAR, 12, 31),
          .moved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                          (GDestroyNotify) g_hash_table_unref),
          .steps = TN_OCCUPIED_MOST_STEPS,
          .line = 1,
          .occupied = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_occupied_free) };
  reading.lines = tn_lines_new (bytes, TN_LINES_MAX_IN_FILE, error);
  if (reading.lines == NULL)
    return NULL;
  if (tn_lines_get_n_components (reading.lines) > TN_OCCUPIED_MOST_EVENTS)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_LIMIT, "line 1: more than %u events, expected fewer",
                   TN_OCCUPIED_MOST_EVENTS);
      return NULL;
    }
  if (!read_components (&reading, TRUE, error) || !read_components (&reading, FALSE, error))
    return NULL;
  return g_steal_pointer (&reading.occupied);
}
