/* A council's proof before it trusts the rules: the record of what was held is laid beside what the
 * charter gives for those days. A line is a hit when date and holder are what it says. */
#include "ctl/history.h"

#include "base/error.h"
#include "ctl/reference.h"

#include <stdlib.h>
#include <string.h>

/* A plan reaches eleven years further both ways, and there are days from year 1 to 9999 only. */
static const int FIRST_YEAR = 1900;
static const int LAST_YEAR = 9900;

/* Half a year: what is further from a line's day is another occurrence. */
static const int REACH_DAYS = 183;

static const char EXPECTED[] = "expected series, date and holder parted by tabs, like "
                               "`studietur<TAB>2023-05-16<TAB>kobenhavn`, holder `-` when unknown";

static void
row_free (gpointer pointer)
{
  TnHistoryRow *row = pointer;
  g_strfreev (row->holders);
  g_free (row);
}

static const TnCouncil *
find_council (const TnCollaboration *collaboration, const char *text)
{
  const TnCouncil *council = tn_collaboration_find_council (collaboration, text);
  g_autofree char *wanted = g_utf8_casefold (text, -1);
  for (guint i = 0; i < collaboration->councils->len && council == NULL; i++)
    {
      const TnCouncil *candidate = g_ptr_array_index (collaboration->councils, i);
      g_autofree char *name = g_utf8_casefold (candidate->name, -1);
      if (strcmp (name, wanted) == 0)
        council = candidate;
    }
  return council;
}

static gboolean
read_holders (TnHistoryRow *row, const char *text, GError **error)
{
  g_autoptr (GStrvBuilder) holders = g_strv_builder_new ();
  g_auto (GStrv) names = g_strsplit (text, ",", -1);
  for (gsize i = 0; names[i] != NULL && strcmp (text, "-") != 0; i++)
    {
      const TnCouncil *council = find_council (row->collaboration, g_strstrip (names[i]));
      if (council == NULL)
        {
          g_set_error (error, TN_ERROR, TN_ERROR_INVALID,
                       "unknown council '%s', expected an id or a name of %s, or `-`", names[i],
                       row->collaboration->name);
          return FALSE;
        }
      g_strv_builder_add (holders, council->id);
    }
  row->holders = g_strv_builder_end (holders);
  return TRUE;
}

static gboolean
read_date (TnHistoryRow *row, const char *text, GError **error)
{
  if (!tn_date_parse (text, &row->date, error))
    return FALSE;
  int year = tn_date_get_year (row->date);
  if (year >= FIRST_YEAR && year <= LAST_YEAR)
    return TRUE;
  g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s is not between the years %d and %d", text,
               FIRST_YEAR, LAST_YEAR);
  return FALSE;
}

static TnHistoryRow *
read_row (const char *line, const TnRulebook *rulebook, GError **error)
{
  g_auto (GStrv) fields = g_strsplit (line, "\t", -1);
  if (g_strv_length (fields) != 3)
    {
      g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%u fields, %s", g_strv_length (fields),
                   EXPECTED);
      return NULL;
    }
  for (gsize i = 0; i < 3; i++)
    g_strstrip (fields[i]);
  TnHistoryRow *row = g_new0 (TnHistoryRow, 1);
  if (tn_reference_find_series (rulebook, NULL, fields[0], &row->collaboration, &row->series, error)
      && read_date (row, fields[1], error) && read_holders (row, fields[2], error))
    return row;
  row_free (row);
  return NULL;
}

static gboolean
is_comment (const char *line)
{
  const char *start = line + strspn (line, " \t\r");
  return *start == '\0' || *start == '#';
}

static gboolean
fail (const GString *problems, GError **error)
{
  if (problems->len > 0)
    g_set_error (error, TN_ERROR, TN_ERROR_INVALID, "%s", problems->str);
  return problems->len == 0;
}

/**
 * tn_history_read:
 * @file: lines of series, date and holder, parted by tabs; `#` begins a comment
 *
 * Errors: %TN_ERROR_INVALID with all that is wrong, `file:line: what, expected what`, one a line.
 * Returns: (transfer full) (nullable) (element-type TnHistoryRow): at least one
 */
GPtrArray *
tn_history_read (const TnSourceFile *file, const TnRulebook *rulebook, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);
  g_autoptr (GString) problems = g_string_new (NULL);
  g_auto (GStrv) lines = g_strsplit (file->text, "\n", -1);
  for (int i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GError) cause = NULL;
      if (is_comment (lines[i]))
        continue;
      TnHistoryRow *row = read_row (lines[i], rulebook, &cause);
      if (row != NULL)
        {
          row->line = i + 1;
          g_ptr_array_add (rows, row);
        }
      else
        g_string_append_printf (problems, "%s%s:%d: %s", problems->len > 0 ? "\n" : "", file->path,
                                i + 1, cause->message);
    }
  if (rows->len == 0 && problems->len == 0)
    g_string_append_printf (problems, "%s: no line, %s", file->path, EXPECTED);
  return fail (problems, error) ? g_steal_pointer (&rows) : NULL;
}

void
tn_replay_free (TnReplay *replay)
{
  if (replay == NULL)
    return;
  g_clear_pointer (&replay->results, g_ptr_array_unref);
  g_clear_pointer (&replay->unrecorded, g_ptr_array_unref);
  g_free (replay);
}

/* Whose holding a record tells: the host's, else the organiser's, else that of the first role. */
static const TnTurn *
find_turn (const TnOccurrence *occurrence)
{
  const TnTurn *turn = tn_occurrence_find_turn (occurrence, "host");
  if (turn == NULL)
    turn = tn_occurrence_find_turn (occurrence, "organiser");
  if (turn == NULL && occurrence->turns->len > 0)
    turn = g_ptr_array_index (occurrence->turns, 0);
  return turn;
}

static gboolean
is_held (const TnOccurrence *occurrence)
{
  return !occurrence->is_postponed && occurrence->status != TN_STATUS_CANCELLED;
}

static gboolean
is_same_date (const TnHistoryRow *row, const TnOccurrence *occurrence)
{
  return is_held (occurrence) && occurrence->status != TN_STATUS_UNPLACED
         && occurrence->when.days.start == row->date;
}

static gboolean
is_same_holder (const TnHistoryRow *row, const TnTurn *turn)
{
  guint n = g_strv_length (row->holders);
  if (n == 0)
    return TRUE;
  if (turn == NULL || g_strv_length (turn->councils) != n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (!g_strv_contains ((const char *const *) turn->councils, row->holders[i]))
      return FALSE;
  return TRUE;
}

static int
get_distance (const TnHistoryRow *row, const TnOccurrence *occurrence)
{
  gboolean is_within = tn_span_contains (tn_cycle_get_span (&occurrence->cycle), row->date);
  if (occurrence->status == TN_STATUS_UNPLACED)
    return is_within ? REACH_DAYS : G_MAXINT;
  int days = abs (occurrence->when.days.start - row->date);
  return is_within || days <= REACH_DAYS ? days + !is_held (occurrence) : G_MAXINT;
}

/* The nearest that no other line has. Lines that hit exactly choose first, so that one wrong line
 * does not take the next one's occurrence away. */
static const TnOccurrence *
find_occurrence (const TnPlan *plan, const TnHistoryRow *row, GHashTable *taken, int reach)
{
  const TnOccurrence *best = NULL;
  int best_distance = reach;
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (occurrence->series != row->series || g_hash_table_contains (taken, occurrence))
        continue;
      gboolean is_exact = is_same_date (row, occurrence);
      int distance = is_exact ? (is_same_holder (row, find_turn (occurrence)) ? -1 : 0)
                              : MAX (get_distance (row, occurrence), 1);
      if (distance < best_distance)
        {
          best = occurrence;
          best_distance = distance;
        }
    }
  return best;
}

static void
settle (TnHistoryResult *result, const TnOccurrence *occurrence, GHashTable *taken)
{
  if (occurrence == NULL)
    return;
  g_hash_table_add (taken, (gpointer) occurrence);
  result->occurrence = occurrence;
  result->turn = find_turn (occurrence);
  result->is_date_hit = is_same_date (result->row, occurrence);
  result->is_holder_hit = is_same_holder (result->row, result->turn);
}

static void
settle_all (TnReplay *replay, const TnPlan *plan, GHashTable *taken)
{
  static const int reaches[] = { 0, 1, G_MAXINT }; /* date and holder, date alone, nearest */
  for (gsize pass = 0; pass < G_N_ELEMENTS (reaches); pass++)
    for (guint i = 0; i < replay->results->len; i++)
      {
        TnHistoryResult *result = g_ptr_array_index (replay->results, i);
        if (result->occurrence == NULL)
          settle (result, find_occurrence (plan, result->row, taken, reaches[pass]), taken);
      }
}

/* Is @occurrence between the first and the last line of its series? */
static gboolean
is_covered (const GPtrArray *rows, const TnOccurrence *occurrence)
{
  gboolean has_before = FALSE;
  gboolean has_after = FALSE;
  if (!is_held (occurrence) || occurrence->status == TN_STATUS_UNPLACED)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      const TnHistoryRow *row = g_ptr_array_index (rows, i);
      if (row->series != occurrence->series)
        continue;
      has_before |= row->date <= occurrence->when.days.start;
      has_after |= row->date >= occurrence->when.days.start;
    }
  return has_before && has_after;
}

/**
 * tn_history_replay:
 * @rows: (element-type TnHistoryRow): outlive the result
 * @plan: that covers them; outlives the result
 *
 * Returns: (transfer full): hit or miss for each row, and what the rules have that no row tells
 */
TnReplay *
tn_history_replay (const GPtrArray *rows, const TnPlan *plan)
{
  TnReplay *replay = g_new0 (TnReplay, 1);
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);
  replay->results = g_ptr_array_new_with_free_func (g_free);
  replay->unrecorded = g_ptr_array_new ();
  for (guint i = 0; i < rows->len; i++)
    {
      TnHistoryResult *result = g_new0 (TnHistoryResult, 1);
      result->row = g_ptr_array_index (rows, i);
      g_ptr_array_add (replay->results, result);
    }
  settle_all (replay, plan, taken);
  for (guint i = 0; i < replay->results->len; i++)
    {
      const TnHistoryResult *result = g_ptr_array_index (replay->results, i);
      gboolean is_hit = result->is_date_hit && result->is_holder_hit;
      replay->n_hits += is_hit;
      replay->n_misses += !is_hit;
    }
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    if (!g_hash_table_contains (taken, tn_plan_get (plan, i))
        && is_covered (rows, tn_plan_get (plan, i)))
      g_ptr_array_add (replay->unrecorded, (gpointer) tn_plan_get (plan, i));
  return replay;
}
