/* The planner: every collaboration's cycles, roles, dates, numbers, texts and milestones, each
 * worked out elsewhere in this folder and put together here. An occurrence comes out the same
 * whatever span is asked for: what it depends on (the ring from its start, the year's other
 * occurrences for its number, earlier years where a series stays close to them) is worked out too
 * and left away at the end. */
#include "rules/planner.h"

#include "rules/entry.h"
#include "rules/milestones.h"
#include "rules/placement.h"
#include "rules/rhythm.h"
#include "rules/roles.h"
#include "rules/window.h"
#include "rules/wording.h"

#include <string.h>

/* A window begins in its cycle's period and ends within a year of it. */
static const int WINDOW_REACH_DAYS = 2 * 366;

/* What is known while one collaboration is planned. */
typedef struct
{
  const TnCollaboration *collaboration;
  const TnLedger *ledger;
  TnDate today;
  TnSpan years;             /* the calendar years that the span touches, whole */
  TnMembership *membership; /* (owned) */
  TnHolidays *holidays;     /* (owned) */
  TnRoles *roles;           /* (owned) */
} Work;

/* One series on its way through. */
typedef struct
{
  const TnSeries *series;
  GArray *indices;        /* (owned) (element-type int) cycles to be worked out, rising */
  GPtrArray *occurrences; /* (owned) (element-type TnOccurrence) one for each index */
} Strand;

static TnOccurrence *
make_occurrence (const Work *work, const TnSeries *series, int index)
{
  TnCycle cycle = tn_rhythm_get_cycle (series, index);
  return tn_occurrence_new (work->collaboration, series, &cycle);
}

static gboolean
stays_close_to_last_year (const TnSeries *series)
{
  for (guint i = 0; i < series->preferences->len; i++)
    if (((const TnPreference *) g_ptr_array_index (series->preferences, i))->kind
        == TN_PREFER_LAST_YEAR)
      return TRUE;
  return FALSE;
}

static void
add_index (GHashTable *indices, const TnSeries *series, int index)
{
  if (tn_rhythm_has (series, index))
    g_hash_table_add (indices, GINT_TO_POINTER (index));
}

/* Cycles whose window lies in the years. */
static void
add_windows (const Work *work, const TnSeries *series, GHashTable *indices)
{
  int first = tn_rhythm_get_index_at (series, work->years.start - WINDOW_REACH_DAYS);
  int last = tn_rhythm_get_index_at (series, work->years.end + 7);
  if (stays_close_to_last_year (series))
    first = 0;
  for (int index = MAX (first, 0); index <= last && tn_rhythm_has (series, index); index++)
    {
      TnCycle cycle = tn_rhythm_get_cycle (series, index);
      TnSpan window = tn_window_get_membership_span (series, &cycle);
      if (tn_span_overlaps (window, work->years)
          || (stays_close_to_last_year (series) && window.start < work->years.end))
        add_index (indices, series, index);
    }
}

/* Cycles that a decision has put into the years, wherever their window lies. */
static void
add_decided (const Work *work, const TnSeries *series, GHashTable *indices)
{
  g_autoptr (GPtrArray) entries = tn_entry_list (work->ledger, work->collaboration, series);
  for (guint i = 0; i < entries->len; i++)
    {
      const TnDecision *decision = g_ptr_array_index (entries, i);
      int index = 0;
      if ((decision->kind != TN_DECISION_DATE && decision->kind != TN_DECISION_PLACED)
          || !tn_rhythm_parse_index (series, decision->cycle, &index)
          || g_hash_table_contains (indices, GINT_TO_POINTER (index)))
        continue;
      TnOccurrence *occurrence = make_occurrence (work, series, index);
      TnWhen when = { 0 };
      if (tn_placement_find_known (work->ledger, occurrence, &when)
          && tn_span_overlaps (when.days, work->years))
        add_index (indices, series, index);
      tn_occurrence_free (occurrence);
    }
}

static int
compare_ints (gconstpointer a, gconstpointer b)
{
  int x = *(const int *) a;
  int y = *(const int *) b;
  return (x > y) - (x < y);
}

static GArray *
list_indices (const Work *work, const TnSeries *series)
{
  g_autoptr (GHashTable) indices = g_hash_table_new (NULL, NULL);
  add_windows (work, series, indices);
  add_decided (work, series, indices);

  GArray *list = g_array_new (FALSE, FALSE, sizeof (int));
  GHashTableIter iter;
  gpointer key = NULL;
  g_hash_table_iter_init (&iter, indices);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      int index = GPOINTER_TO_INT (key);
      g_array_append_val (list, index);
    }
  g_array_sort (list, compare_ints);
  return list;
}

static void
strand_clear (gpointer data)
{
  Strand *strand = data;
  g_array_unref (strand->indices);
  g_ptr_array_unref (strand->occurrences);
}

static GArray *
list_strands (const Work *work)
{
  GArray *strands = g_array_new (FALSE, FALSE, sizeof (Strand));
  g_array_set_clear_func (strands, strand_clear);
  for (guint i = 0; i < work->collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (work->collaboration->series, i);
      Strand strand = { series, list_indices (work, series),
                        g_ptr_array_new_with_free_func ((GDestroyNotify) tn_occurrence_free) };
      for (guint j = 0; j < strand.indices->len; j++)
        g_ptr_array_add (strand.occurrences,
                         make_occurrence (work, series, g_array_index (strand.indices, int, j)));
      g_array_append_val (strands, strand);
    }
  return strands;
}

static void
cover (TnSpan *span, TnSpan more)
{
  span->start = MIN (span->start, more.start);
  span->end = MAX (span->end, more.end);
}

/* The days that rings and holidays must be known for: every window and every known date, and as far
 * around them as milestones count workdays. */
static void
find_reach (const Work *work, const GArray *strands, TnSpan *periods, TnSpan *days)
{
  int around = 366;
  *periods = work->years;
  *days = work->years;
  for (guint i = 0; i < strands->len; i++)
    {
      const Strand *strand = &g_array_index (strands, Strand, i);
      around = MAX (around, tn_milestones_get_reach_days (strand->series));
      for (guint j = 0; j < strand->occurrences->len; j++)
        {
          const TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, j);
          TnWhen known = { 0 };
          cover (periods, tn_cycle_get_span (&occurrence->cycle));
          cover (days, tn_window_get_membership_span (strand->series, &occurrence->cycle));
          if (tn_placement_find_known (work->ledger, occurrence, &known))
            cover (days, known.days);
        }
    }
  days->start -= around;
  days->end += around;
}

/* Where the occurrence of the cycle one year or more before was, moved on by whole weeks. */
static TnDate
find_last (const Strand *strand, guint place)
{
  const TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, place);
  for (guint i = place; i > 0; i--)
    {
      const TnOccurrence *earlier = g_ptr_array_index (strand->occurrences, i - 1);
      int years = occurrence->cycle.year - earlier->cycle.year;
      if (years > 0 && earlier->cycle.part <= occurrence->cycle.part
          && earlier->status != TN_STATUS_UNPLACED)
        return earlier->when.days.start + years * 52 * 7;
    }
  return TN_DATE_NONE;
}

static void
settle_strand (const Work *work, const Strand *strand)
{
  gboolean needs_last = stays_close_to_last_year (strand->series);
  for (guint i = 0; i < strand->occurrences->len; i++)
    {
      TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, i);
      TnChoice choice = { .series = strand->series,
                          .holidays = work->holidays,
                          .window = tn_window_get_span (strand->series, &occurrence->cycle),
                          .last = needs_last ? find_last (strand, i) : TN_DATE_NONE };
      tn_placement_settle (occurrence, &choice, work->ledger, work->today);
    }
}

static gboolean
is_held (const TnOccurrence *occurrence)
{
  return occurrence->status != TN_STATUS_CANCELLED && !occurrence->is_postponed;
}

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  const TnOccurrence *x = *(TnOccurrence *const *) a;
  const TnOccurrence *y = *(TnOccurrence *const *) b;
  if (x->when.days.start != y->when.days.start)
    return x->when.days.start < y->when.days.start ? -1 : 1;
  return tn_cycle_compare (&x->cycle, &y->cycle);
}

/* Meetings are numbered within their calendar year; one that is not held has the number that it
 * would have had and takes none away. Source: charters.md section 4. */
static void
number_strand (const Strand *strand)
{
  g_autoptr (GPtrArray) by_date = g_ptr_array_new ();
  for (guint i = 0; i < strand->occurrences->len; i++)
    g_ptr_array_add (by_date, g_ptr_array_index (strand->occurrences, i));
  g_ptr_array_sort (by_date, compare_dates);
  int year = 0;
  int number = 1;
  for (guint i = 0; i < by_date->len; i++)
    {
      TnOccurrence *occurrence = g_ptr_array_index (by_date, i);
      if (i == 0 || tn_date_get_year (occurrence->when.days.start) != year)
        number = 1;
      year = tn_date_get_year (occurrence->when.days.start);
      occurrence->number = number;
      if (is_held (occurrence))
        number++;
    }
}

/* Who was to hold a cancelled occurrence has used its turn; a postponement says itself what becomes
 * of it. */
static void
explain_cancelled (const Work *work, const TnOccurrence *occurrence, TnTurn *turn)
{
  const TnDecision *cancel = tn_entry_find (work->ledger, TN_DECISION_CANCEL, occurrence, NULL);
  if (cancel == NULL || tn_entry_is_taken_back (cancel) || occurrence->is_postponed)
    return;
  g_autofree char *source = tn_entry_dup_source (cancel);
  g_ptr_array_add (turn->reasons,
                   tn_reason_new ("decision", source, "%s is cancelled: its turn is used",
                                  occurrence->cycle_text));
}

static void
assign_roles (const Work *work, TnOccurrence *occurrence, int index)
{
  const TnSeries *series = occurrence->series;
  gboolean is_past
      = occurrence->status != TN_STATUS_UNPLACED && occurrence->when.days.end <= work->today;
  for (guint i = 0; i < series->roles->len; i++)
    {
      TnTurn *turn
          = tn_roles_make_turn (work->roles, series, g_ptr_array_index (series->roles, i), index);
      /* A follower's turn is its own: put off or held only with its own occurrence. */
      if (turn->rule->kind != TN_ROLE_RING)
        turn->status = TN_TURN_PLANNED;
      if (turn->status == TN_TURN_PLANNED && is_past && is_held (occurrence)
          && turn->councils[0] != NULL)
        turn->status = TN_TURN_HELD;
      explain_cancelled (work, occurrence, turn);
      g_ptr_array_add (occurrence->turns, turn);
    }
}

static const char *
find_value (const Work *work, TnDecisionKind kind, const TnOccurrence *occurrence)
{
  const TnDecision *decision = tn_entry_find (work->ledger, kind, occurrence, NULL);
  return decision != NULL ? decision->value : NULL;
}

/* The city of whoever has the first of these roles. */
static const char *
find_city (const TnOccurrence *occurrence)
{
  static const char *const roles[] = { "venue", "host", "organiser" };
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    {
      const TnTurn *turn = tn_occurrence_find_turn (occurrence, roles[i]);
      if (turn != NULL && turn->councils[0] != NULL)
        return tn_collaboration_get_council_name (occurrence->collaboration, turn->councils[0]);
    }
  return NULL;
}

/* A decision without a value says that there is no place: it is one, too. */
static const char *
find_place (const Work *work, const TnOccurrence *occurrence)
{
  const TnDecision *decision = tn_entry_find (work->ledger, TN_DECISION_WHERE, occurrence, NULL);
  if (decision != NULL)
    return decision->value;
  return occurrence->series->place != NULL ? occurrence->series->place : find_city (occurrence);
}

static void
word (const Work *work, TnOccurrence *occurrence)
{
  occurrence->theme = g_strdup (find_value (work, TN_DECISION_THEME, occurrence));
  occurrence->place = g_strdup (find_place (work, occurrence));
  const char *title = find_value (work, TN_DECISION_TITLE, occurrence);
  if (title == NULL)
    title = occurrence->series->title;
  occurrence->title = tn_wording_expand (title, occurrence);
  occurrence->text = g_strdup (find_value (work, TN_DECISION_TEXT, occurrence));
}

static gboolean
is_wanted (const TnOccurrence *occurrence, TnSpan span)
{
  TnSpan days = occurrence->when.days;
  if (occurrence->status == TN_STATUS_UNPLACED)
    days = tn_window_get_membership_span (occurrence->series, &occurrence->cycle);
  return tn_span_overlaps (days, span);
}

static void
finish_strand (const Work *work, Strand *strand, TnSpan span, GPtrArray *wanted)
{
  g_ptr_array_set_free_func (strand->occurrences, NULL);
  for (guint i = 0; i < strand->occurrences->len; i++)
    {
      TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, i);
      if (!is_wanted (occurrence, span))
        {
          tn_occurrence_free (occurrence);
          continue;
        }
      assign_roles (work, occurrence, g_array_index (strand->indices, int, i));
      word (work, occurrence);
      tn_milestones_add (occurrence, work->ledger, work->membership, work->holidays);
      g_ptr_array_add (wanted, occurrence);
    }
}

static void
plan_collaboration (Work *work, const TnRulebook *rulebook, TnSpan span, GPtrArray *wanted)
{
  g_autoptr (GArray) strands = list_strands (work);
  TnSpan periods;
  TnSpan days;
  find_reach (work, strands, &periods, &days);
  work->membership = tn_membership_new (work->collaboration, work->ledger, TN_DATE_NONE);
  work->roles = tn_roles_new (work->collaboration, work->ledger, work->membership, periods);
  work->holidays
      = tn_holidays_new (rulebook, (const char *const *) work->collaboration->holidays, days);
  for (guint i = 0; i < strands->len; i++)
    {
      Strand *strand = &g_array_index (strands, Strand, i);
      settle_strand (work, strand);
      number_strand (strand);
      finish_strand (work, strand, span, wanted);
    }
  tn_holidays_free (work->holidays);
  tn_roles_free (work->roles);
  tn_membership_free (work->membership);
}

static int
compare_occurrences (gconstpointer a, gconstpointer b)
{
  const TnOccurrence *x = *(TnOccurrence *const *) a;
  const TnOccurrence *y = *(TnOccurrence *const *) b;
  if (x->when.days.start != y->when.days.start)
    return x->when.days.start < y->when.days.start ? -1 : 1;
  /* As their references compare: `7by/studietur/2027`. */
  int by_collaboration = strcmp (x->collaboration->id, y->collaboration->id);
  int by_series = strcmp (x->series->id, y->series->id);
  return by_collaboration != 0 ? by_collaboration
         : by_series != 0      ? by_series
                               : strcmp (x->cycle_text, y->cycle_text);
}

/* Plans reach from year 2 to 9900: beyond it there is no calendar. */
static TnSpan
clamp_span (TnSpan span)
{
  TnDate earliest = tn_date_new (10, 1, 1);
  TnDate latest = tn_date_new (TN_RHYTHM_LAST_YEAR - 10, 1, 1);
  return tn_span_new (CLAMP (span.start, earliest, latest), CLAMP (span.end, earliest, latest));
}

static TnSpan
widen_to_years (TnSpan span)
{
  /* One that reaches into the span may begin in the year before and be numbered there. */
  int first = tn_date_get_year (span.start - 366);
  int last = tn_date_get_year (MAX (span.end - 1, span.start));
  return tn_span_new (tn_date_new (first, 1, 1), tn_date_new (last + 1, 1, 1));
}

/**
 * tn_planner_plan:
 * @ledger: all decisions in force, those of the charters included
 * @span: days; occurrences whose date overlaps it are planned, and those without a date whose
 *   window does
 * @today: what lies before it is past
 *
 * Source: design sections 4 and 6; a pure function of its arguments (promise 9).
 * Returns: (transfer full): the plan, by first day (without one: of the window), then reference
 */
TnPlan *
tn_planner_plan (const TnRulebook *rulebook, const TnLedger *ledger, TnSpan span, TnDate today)
{
  GPtrArray *wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_occurrence_free);
  TnSpan asked = clamp_span (span);
  for (guint i = 0; i < rulebook->collaborations->len && tn_span_get_days (asked) > 0; i++)
    {
      Work work = { .collaboration = g_ptr_array_index (rulebook->collaborations, i),
                    .ledger = ledger,
                    .today = today,
                    .years = widen_to_years (asked) };
      plan_collaboration (&work, rulebook, asked, wanted);
    }
  g_ptr_array_sort (wanted, compare_occurrences);
  return tn_plan_new (rulebook, ledger, span, today, wanted);
}
