/* The planner: every chapter's cycles, roles, dates, numbers, texts and milestones, each
 * worked out elsewhere in this folder and put together here. An occurrence comes out the same
 * whatever span is asked for: what it depends on (the ring from its start, the year's other
 * occurrences for its number, earlier years where a series stays close to them) is worked out too
 * and left away at the end. */
#include "rules/planner.h"

#include "rules/entry.h"
#include "rules/homework.h"
#include "rules/milestones.h"
#include "rules/placement.h"
#include "rules/rhythm.h"
#include "rules/roles.h"
#include "rules/settling.h"
#include "rules/themes.h"
#include "rules/window.h"
#include "rules/wording.h"

#include <string.h>

/* Windows end within a year of their cycle, so one that keeps off another looks no further. */
static const int DISTANCE_REACH_YEARS = 3;

/* What an occurrence that reaches into a span begins before it: 31 days is the longest `length` of
 * a charter, and the clocks may move one over midnight. */
static const int LENGTH_REACH_DAYS = 31 + 2;

/* What is known while one collaboration is planned. */
typedef struct
{
  const TnCollaboration *collaboration;
  const TnLedger *ledger;
  TnDate today;
  GPtrArray *strands;       /* (owned) (element-type TnStrand) */
  TnMembership *membership; /* (owned) */
  TnHolidays *holidays;     /* (owned) */
  TnRoles *roles;           /* (owned) */
} Work;

static gboolean
is_held (const TnOccurrence *occurrence)
{
  return occurrence->status != TN_STATUS_CANCELLED && !occurrence->is_postponed;
}

/* `times = [4, 5]`: the fifth is held where it finds a day. */
static gboolean
is_omitted (const TnOccurrence *occurrence)
{
  return occurrence->status == TN_STATUS_UNPLACED
         && occurrence->cycle.ordinal > occurrence->series->frequency.least
         && occurrence->series->frequency.most > 0;
}

static int
compare_dates (gconstpointer a, gconstpointer b)
{
  const TnOccurrence *x = *(TnOccurrence *const *) a;
  const TnOccurrence *y = *(TnOccurrence *const *) b;
  if (x->when.days.start != y->when.days.start)
    return x->when.days.start < y->when.days.start ? -1 : 1;
  int by_cycle = tn_cycle_compare (&x->cycle, &y->cycle);
  return by_cycle != 0 ? by_cycle : g_strcmp0 (x->site, y->site);
}

/* Meetings are numbered within their calendar year; one that is not held has the number that it
 * would have had and takes none away. Source: charters.md section 4. */
static void
number_strand (const TnStrand *strand)
{
  g_autoptr (GPtrArray) by_date = g_ptr_array_new ();
  for (guint i = 0; i < strand->occurrences->len; i++)
    if (!is_omitted (g_ptr_array_index (strand->occurrences, i)))
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
  const TnSite *site = tn_series_find_site (occurrence->series, occurrence->site);
  if (site != NULL)
    return site->name;
  return occurrence->series->place != NULL ? occurrence->series->place : find_city (occurrence);
}

static void
word (const Work *work, TnOccurrence *occurrence)
{
  tn_themes_tell (occurrence, work->ledger);
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
finish_strand (const Work *work, const TnStrand *strand, TnSpan span)
{
  number_strand (strand);
  for (guint i = 0; i < strand->occurrences->len; i++)
    {
      TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, i);
      if (is_omitted (occurrence) || !is_wanted (occurrence, span))
        continue;
      assign_roles (work, occurrence, g_array_index (strand->indices, int, i));
      word (work, occurrence);
      tn_milestones_add (occurrence, work->ledger, work->membership, work->holidays);
      tn_homework_add (occurrence, work->strands, work->ledger, work->membership, work->holidays);
      tn_themes_add_milestone (occurrence, g_array_index (strand->indices, int, i), work->ledger,
                               work->membership);
    }
}

/* Whoever is not wanted was needed until here: homework ends with the next occurrence. */
static void
hand_over_strand (TnStrand *strand, TnSpan span, GPtrArray *wanted)
{
  g_ptr_array_set_free_func (strand->occurrences, NULL);
  for (guint i = 0; i < strand->occurrences->len; i++)
    {
      TnOccurrence *occurrence = g_ptr_array_index (strand->occurrences, i);
      if (is_omitted (occurrence) || !is_wanted (occurrence, span))
        tn_occurrence_free (occurrence);
      else
        g_ptr_array_add (wanted, occurrence);
    }
}

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->strands, g_ptr_array_unref);
  g_clear_pointer (&work->holidays, tn_holidays_free);
  g_clear_pointer (&work->roles, tn_roles_free);
  g_clear_pointer (&work->membership, tn_membership_free);
}

/* The days that rings and holidays must be known for: every period, window and known date, and as
 * far around them as milestones count workdays. */
static void
work_open (Work *work, const TnRulebook *rulebook, const TnChapter *chapter, TnSpan strand_years,
           GHashTable *chained)
{
  const TnCollaboration *collaboration = work->collaboration;
  TnSpan periods = strand_years;
  TnSpan days = strand_years;
  int around = 366;
  work->strands = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_strand_free);
  for (guint i = 0; i < collaboration->series->len; i++)
    {
      const TnSeries *series = g_ptr_array_index (collaboration->series, i);
      if (!g_hash_table_contains (chapter->series, series))
        continue;
      gboolean from_first
          = tn_strand_stays_close_to_last_year (series) || g_hash_table_contains (chained, series);
      TnStrand *strand
          = tn_strand_new (collaboration, series, work->ledger, strand_years, from_first);
      tn_strand_cover (strand, work->ledger, &periods, &days);
      around = MAX (around, tn_milestones_get_reach_days (series));
      g_ptr_array_add (work->strands, strand);
    }
  days = tn_span_new (MIN (days.start, periods.start) - around,
                      MAX (days.end, periods.end) + around);
  work->membership = tn_membership_new (collaboration, work->ledger, TN_DATE_NONE);
  work->roles = tn_roles_new (collaboration, work->ledger, work->membership, periods);
  work->holidays = tn_holidays_new_for (rulebook, collaboration, days);
  for (guint i = 0; i < work->strands->len; i++)
    ((TnStrand *) g_ptr_array_index (work->strands, i))->holidays = work->holidays;
}

/* Series whose dates depend on earlier dates, be it that another one keeps off them. */
static GHashTable *
list_chained (const TnRulebook *rulebook, const TnChapter *chapter, gboolean *ret_any_distance)
{
  GHashTable *chained = g_hash_table_new (NULL, NULL);
  *ret_any_distance = FALSE;
  for (guint i = 0; i < chapter->collaborations->len; i++)
    {
      const TnCollaboration *in = g_ptr_array_index (chapter->collaborations, i);
      for (guint j = 0; j < in->series->len; j++)
        {
          const TnSeries *series = g_ptr_array_index (in->series, j);
          if (!g_hash_table_contains (chapter->series, series))
            continue;
          if (tn_settling_is_chained (series))
            g_hash_table_add (chained, (gpointer) series);
          for (guint k = 0; k < series->distances->len; k++)
            {
              const TnDistance *distance = g_ptr_array_index (series->distances, k);
              const TnCollaboration *of
                  = distance->collaboration == NULL
                        ? in
                        : tn_rulebook_find_collaboration (rulebook, distance->collaboration);
              const TnSeries *target
                  = of != NULL ? tn_collaboration_find_series (of, distance->series) : NULL;
              *ret_any_distance = TRUE;
              if (target != NULL)
                g_hash_table_add (chained, (gpointer) target);
            }
        }
    }
  return chained;
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
  return by_collaboration != 0                        ? by_collaboration
         : by_series != 0                             ? by_series
         : strcmp (x->cycle_text, y->cycle_text) != 0 ? strcmp (x->cycle_text, y->cycle_text)
                                                      : g_strcmp0 (x->site, y->site);
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

static void
plan_chapter (const TnRulebook *rulebook, const TnChapter *chapter, const TnLedger *ledger,
              TnSpan asked, TnDate today, GPtrArray *wanted)
{
  gboolean any_distance = FALSE;
  g_autoptr (GHashTable) chained = list_chained (rulebook, chapter, &any_distance);
  g_autoptr (GPtrArray) strands = g_ptr_array_new ();
  g_autoptr (GArray) works = g_array_new (FALSE, TRUE, sizeof (Work));
  g_array_set_clear_func (works, (GDestroyNotify) work_clear);
  TnSpan years = widen_to_years (asked);
  /* What keeps off others must see those that lie beyond the end, and so must homework. */
  int reach = any_distance ? DISTANCE_REACH_YEARS : 0;
  for (guint i = 0; i < chapter->collaborations->len; i++)
    reach
        = MAX (reach, tn_homework_get_reach_years (g_ptr_array_index (chapter->collaborations, i)));
  years.end = tn_date_new (MIN (tn_date_get_year (years.end) + reach, TN_RHYTHM_LAST_YEAR), 1, 1);
  g_array_set_size (works, chapter->collaborations->len);
  for (guint i = 0; i < works->len; i++)
    {
      Work *work = &g_array_index (works, Work, i);
      work->collaboration = g_ptr_array_index (chapter->collaborations, i);
      work->ledger = ledger;
      work->today = today;
      work_open (work, rulebook, chapter, years, chained);
      g_ptr_array_extend (strands, work->strands, NULL, NULL);
    }
  TnSpan told = tn_span_new (asked.start - LENGTH_REACH_DAYS, asked.end + LENGTH_REACH_DAYS);
  tn_settling_settle (strands, ledger, today, told);
  for (guint i = 0; i < works->len; i++)
    {
      const Work *work = &g_array_index (works, Work, i);
      for (guint j = 0; j < work->strands->len; j++)
        finish_strand (work, g_ptr_array_index (work->strands, j), asked);
      for (guint j = 0; j < work->strands->len; j++)
        hand_over_strand (g_ptr_array_index (work->strands, j), asked, wanted);
    }
}

static TnPlan *
plan_range (const TnChapters *chapters, guint first, guint end, const TnLedger *ledger, TnSpan span,
            TnDate today)
{
  GPtrArray *wanted = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_occurrence_free);
  const TnRulebook *rulebook = tn_chapters_get_rulebook (chapters);
  TnSpan asked = clamp_span (span);
  for (guint i = first; tn_span_get_days (asked) > 0 && i < end; i++)
    plan_chapter (rulebook, tn_chapters_get (chapters, i), ledger, asked, today, wanted);
  g_ptr_array_sort (wanted, compare_occurrences);
  return tn_plan_new (rulebook, ledger, span, today, wanted);
}

/**
 * tn_planner_plan_chapter:
 * @index: of the chapter
 *
 * Returns: (transfer full): the part of tn_planner_plan() that is of this chapter, from nothing but
 *   its own series and the decisions on them
 */
TnPlan *
tn_planner_plan_chapter (const TnChapters *chapters, guint index, const TnLedger *ledger,
                         TnSpan span, TnDate today)
{
  return plan_range (chapters, index, index + 1, ledger, span, today);
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
  g_autoptr (TnChapters) chapters = tn_chapters_new (rulebook);
  return plan_range (chapters, 0, tn_chapters_get_size (chapters), ledger, span, today);
}
