/* The choice of a date. Hard rules shut days out, and each shut-out day is counted for the first
 * rule that does it, in the charter's order, so that the counts add up to the window. What is left
 * is weighed: a soft avoidance costs more than any distance from what is preferred; among equals
 * the earliest day wins. Source: design section 4, Window and date choice. */
#include "rules/choice.h"

#include "rules/weighing.h"
#include "rules/window.h"

#include <string.h>

/* What one hard rule shut out. */
typedef struct
{
  int n_days;
  const TnHolidayRule *named[4]; /* the first few holidays that did it */
  guint n_named;
} Tally;

/* What one limit shut out. */
typedef struct
{
  TnBarrier limit;
  int n_days;
  const char *named[4]; /* the first few that did it */
  guint n_named;
} LimitTally;

/* The days of a window, sorted. */
typedef struct
{
  int n_days; /* on which an occurrence of this length can begin */
  int n_left;
  int n_equal; /* as good as the best, and later */
  int best_cost;
  TnDate best;
  TnDate asked; /* a day whose cost is wanted, and that cost */
  int asked_cost;
  Tally weekdays;
  Tally *avoided; /* one for each avoidance of the series */
  GArray *limits; /* (element-type LimitTally) one for each limit met */
} Sifting;

static void
count_holiday (Tally *tally, const TnHoliday *holiday)
{
  tally->n_days++;
  for (guint i = 0; i < tally->n_named; i++)
    if (strcmp (tally->named[i]->name, holiday->rule->name) == 0)
      return;
  if (tally->n_named < G_N_ELEMENTS (tally->named))
    tally->named[tally->n_named++] = holiday->rule;
}

static void
count_limit (GArray *limits, const TnBarrier *limit)
{
  LimitTally *tally = NULL;
  for (guint i = 0; i < limits->len && tally == NULL; i++)
    if (g_array_index (limits, LimitTally, i).limit.origin == limit->origin)
      tally = &g_array_index (limits, LimitTally, i);
  if (tally == NULL)
    {
      LimitTally new = { .limit = *limit };
      g_array_append_val (limits, new);
      tally = &g_array_index (limits, LimitTally, limits->len - 1);
    }
  tally->n_days++;
  for (guint i = 0; i < tally->n_named; i++)
    if (tally->named[i] == limit->name)
      return;
  if (limit->name != NULL && tally->n_named < G_N_ELEMENTS (tally->named))
    tally->named[tally->n_named++] = limit->name;
}

/* What may be left out says so before what lies too near, and that before holidays; the days of the
 * month are each ordinal's own. */
static gboolean
is_limited (const TnChoice *choice, const TnSieveDay *sieved, TnDate day, TnBarrier *limit)
{
  if (choice->series->frequency.month_days->len > 0 || sieved->verdict == TN_SIEVE_LEFT_OUT)
    return tn_barrier_find (choice->series, choice->ordinal, choice->near, day, 0, limit);
  return tn_barrier_find_near (choice->near, day, 0, limit);
}

static gboolean
is_shut_out (const TnChoice *choice, const TnSieveDay *sieved, TnDate day, Sifting *sifting)
{
  TnBarrier limit = { 0 };
  if (sieved->verdict == TN_SIEVE_WEEKDAY)
    sifting->weekdays.n_days++;
  else if (is_limited (choice, sieved, day, &limit))
    count_limit (sifting->limits, &limit);
  else if (sieved->verdict == TN_SIEVE_AVOIDED)
    count_holiday (&sifting->avoided[sieved->avoidance], sieved->holiday);
  else
    return FALSE;
  return TRUE;
}

static void
sift (const TnChoice *choice, Sifting *sifting, GArray *candidates)
{
  int length = MAX (choice->series->length_days, 1);
  g_autoptr (TnSieve) own = choice->sieve != NULL
                                ? NULL
                                : tn_sieve_new (choice->series, choice->holidays, choice->window);
  for (TnDate day = choice->window.start; day + length <= choice->window.end; day++)
    {
      const TnSieveDay *sieved = tn_sieve_get (own != NULL ? own : choice->sieve, day);
      sifting->n_days++;
      if (is_shut_out (choice, sieved, day, sifting))
        continue;
      int cost = tn_weighing_weigh (choice, day, sieved->n_soft);
      if (day == sifting->asked)
        sifting->asked_cost = cost;
      TnCandidate candidate = { day, cost };
      if (candidates != NULL)
        g_array_append_val (candidates, candidate);
      if (sifting->n_left++ == 0 || cost < sifting->best_cost)
        {
          sifting->best = day;
          sifting->best_cost = cost;
          sifting->n_equal = 0;
        }
      else if (cost == sifting->best_cost)
        sifting->n_equal++;
    }
}

static void G_GNUC_PRINTF (4, 5)
    explain (GPtrArray *reasons, const char *rule, const TnOrigin *origin, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  g_autofree char *text = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *source = tn_origin_to_string (origin);
  g_ptr_array_add (reasons, tn_reason_new (rule, source, "%s", text));
}

static const char *
plural (int n)
{
  return n == 1 ? "" : "s";
}

static void
explain_window (const TnChoice *choice, const Sifting *sifting, GPtrArray *reasons)
{
  const TnSeries *series = choice->series;
  g_autofree char *start = tn_date_to_string (choice->window.start);
  g_autofree char *last = tn_date_to_string (choice->window.end - 1);
  const char *words = series->window.words;
  if (sifting->n_days == 0)
    explain (reasons, "window", &series->window.origin,
             "the window%s%s has no room for %d day%s in this cycle", words[0] != '\0' ? " " : "",
             words, series->length_days, plural (series->length_days));
  else
    explain (reasons, "window", &series->window.origin, "%s%s%s to %s: %d day%s to begin on", words,
             words[0] != '\0' ? ", " : "", start, last, sifting->n_days, plural (sifting->n_days));
  if (sifting->weekdays.n_days > 0)
    {
      g_autofree char *names = tn_window_dup_weekdays (series);
      explain (reasons, "weekdays", &series->origin, "%d day%s passed over: not on %s",
               sifting->weekdays.n_days, plural (sifting->weekdays.n_days), names);
    }
}

static void
explain_limit (const LimitTally *tally, const TnFrequency *frequency, GPtrArray *reasons)
{
  g_autofree char *words = tn_barrier_dup_words (&tally->limit, frequency);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < tally->n_named; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : " (", tally->named[i]);
  if (tally->n_named == G_N_ELEMENTS (tally->named))
    g_string_append (names, " …");
  if (tally->n_named > 0)
    g_string_append_c (names, ')');
  explain (reasons, tally->limit.rule, tally->limit.origin, "%d day%s passed over: %s%s",
           tally->n_days, plural (tally->n_days), words, names->str);
}

static void
explain_avoided (const TnAvoidance *avoidance, const Tally *tally, GPtrArray *reasons)
{
  if (tally->n_days == 0)
    return;
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < tally->n_named; i++)
    {
      g_autofree char *words = tn_holiday_rule_dup_words (tally->named[i]);
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", words);
    }
  if (tally->n_named == G_N_ELEMENTS (tally->named))
    g_string_append (names, " …");
  explain (reasons, "avoid", &avoidance->origin, "%d day%s passed over: %s (%s)", tally->n_days,
           plural (tally->n_days), avoidance->name, names->str);
}

static void
explain_preference (const TnChoice *choice, const TnPreference *preference, TnDate day,
                    GPtrArray *reasons)
{
  int cost = tn_weighing_get_cost (choice, preference, day);
  g_autofree char *date = tn_date_to_string (day);
  if (preference->kind == TN_PREFER_WEEK && cost == 0)
    explain (reasons, "prefer", &preference->origin, "%s lies in week %d, as preferred", date,
             preference->week);
  else if (preference->kind == TN_PREFER_WEEK)
    explain (reasons, "prefer", &preference->origin, "%s lies %d day%s from week %d", date, cost,
             plural (cost), preference->week);
  else if (preference->kind == TN_PREFER_LAST_YEAR && choice->last == TN_DATE_NONE)
    explain (reasons, "prefer", &preference->origin, "there is no last year to be close to");
  else
    {
      static const char *const points[]
          = { "the first day", "the middle", "the last possible first day", "", "last year's day" };
      const char *of = preference->kind == TN_PREFER_LAST_YEAR ? ""
                       : choice->ordinal > 0                   ? " of its share"
                                                               : " of the window";
      explain (reasons, "prefer", &preference->origin, "%s lies %d day%s from %s%s", date, cost,
               plural (cost), points[preference->kind], of);
    }
}

/* What the charter prefers for this one of several. */
static void
explain_own (const TnChoice *choice, TnDate day, GPtrArray *reasons)
{
  const TnFrequency *frequency = &choice->series->frequency;
  g_autofree char *date = tn_date_to_string (day);
  if (choice->week > 0)
    {
      int cost = tn_weighing_get_week_distance (choice, choice->week, day);
      explain (reasons, "prefer", &frequency->weeks_origin, "%s lies %d day%s from week %d", date,
               cost, plural (cost), choice->week);
    }
  else if (tn_weighing_is_spread (choice))
    {
      int cost = tn_weighing_get_spread_cost (choice, day);
      explain (reasons, "prefer", &frequency->times_origin,
               "%s lies %d day%s from the middle of its share, the %d. of %d", date, cost,
               plural (cost), choice->ordinal, frequency->most);
    }
}

static void
explain_winner (const TnChoice *choice, const Sifting *sifting, GPtrArray *reasons)
{
  const TnSeries *series = choice->series;
  TnSpan days = tn_span_new (sifting->best, sifting->best + MAX (series->length_days, 1));
  for (guint i = 0; i < series->preferences->len; i++)
    explain_preference (choice, g_ptr_array_index (series->preferences, i), sifting->best, reasons);
  explain_own (choice, sifting->best, reasons);
  for (guint i = 0; i < series->avoidances->len; i++)
    {
      const TnAvoidance *avoidance = g_ptr_array_index (series->avoidances, i);
      const TnHoliday *holiday
          = avoidance->hard ? NULL
                            : tn_sieve_find_avoided (choice->holidays, avoidance, days, NULL);
      if (holiday == NULL)
        continue;
      g_autofree char *words = tn_holiday_rule_dup_words (holiday->rule);
      explain (reasons, "prefer", &avoidance->origin, "no better day keeps off %s (%s)",
               avoidance->name, words);
    }
  const TnNear *near = NULL;
  for (guint i = 0; (near = tn_weighing_find_near (choice, sifting->best, i)) != NULL; i++)
    explain (reasons, "prefer", near->origin, "no better day keeps off %s", near->name);
  g_autofree char *date = tn_date_to_string (sifting->best);
  if (sifting->n_equal > 0)
    explain (reasons, "choice", &series->origin,
             "%s is the earliest of %d equally good days among %d that no rule shuts out", date,
             sifting->n_equal + 1, sifting->n_left);
  else
    explain (reasons, "choice", &series->origin,
             "%s is the best of %d day%s that no rule shuts out", date, sifting->n_left,
             plural (sifting->n_left));
}

/* Weekdays and holidays are named before what else shut days out. */
static void
explain_sifting (const TnChoice *choice, const Sifting *sifting, GPtrArray *reasons)
{
  GPtrArray *avoidances = choice->series->avoidances;
  explain_window (choice, sifting, reasons);
  for (guint i = 0; i < avoidances->len; i++)
    explain_avoided (g_ptr_array_index (avoidances, i), &sifting->avoided[i], reasons);
  for (guint i = 0; i < sifting->limits->len; i++)
    explain_limit (&g_array_index (sifting->limits, LimitTally, i), &choice->series->frequency,
                   reasons);
  if (sifting->n_left == 0)
    explain (reasons, "unplaced", &choice->series->origin, "no day is left: %d of %d passed over",
             sifting->n_days, sifting->n_days);
}

/**
 * tn_choice_pick:
 * @ret_day: (out): the first day; untouched when there is none
 * @reasons: (element-type TnReason): appended to: how many days each rule passed over, and why the
 *   winner won or that no day is left; nothing when the winner is not among the days that are told
 *
 * Returns: %FALSE when the hard rules leave no day
 */
gboolean
tn_choice_pick (const TnChoice *choice, TnDate *ret_day, GPtrArray *reasons)
{
  g_autofree Tally *avoided = g_new0 (Tally, choice->series->avoidances->len + 1);
  g_autoptr (GArray) limits = g_array_new (FALSE, FALSE, sizeof (LimitTally));
  Sifting sifting = { .avoided = avoided, .limits = limits };
  sift (choice, &sifting, NULL);
  gboolean told = sifting.n_left == 0 || tn_span_contains (choice->told, sifting.best);
  if (told)
    explain_sifting (choice, &sifting, reasons);
  if (sifting.n_left == 0)
    return FALSE;
  if (told)
    explain_winner (choice, &sifting, reasons);
  *ret_day = sifting.best;
  return TRUE;
}

/**
 * tn_choice_list_candidates:
 * @ret_candidates: (element-type TnCandidate): the days that no hard rule shuts out are added
 */
void
tn_choice_list_candidates (const TnChoice *choice, GArray *ret_candidates)
{
  g_autofree Tally *avoided = g_new0 (Tally, choice->series->avoidances->len + 1);
  g_autoptr (GArray) limits = g_array_new (FALSE, FALSE, sizeof (LimitTally));
  Sifting sifting = { .avoided = avoided, .limits = limits };
  sift (choice, &sifting, ret_candidates);
}

/**
 * tn_choice_explain:
 * @choice: whose `near` holds the others of its group where they are now
 * @day: that was chosen for a group; %TN_DATE_NONE when none was left
 * @reasons: (element-type TnReason): appended to, as by tn_choice_pick()
 */
void
tn_choice_explain (const TnChoice *choice, TnDate day, GPtrArray *reasons)
{
  g_autofree Tally *avoided = g_new0 (Tally, choice->series->avoidances->len + 1);
  g_autoptr (GArray) limits = g_array_new (FALSE, FALSE, sizeof (LimitTally));
  Sifting sifting = { .avoided = avoided, .limits = limits, .asked = day };
  sift (choice, &sifting, NULL);
  explain_sifting (choice, &sifting, reasons);
  if (day == TN_DATE_NONE)
    return;
  gboolean gives_way = sifting.n_left > 0 && sifting.asked_cost > sifting.best_cost;
  sifting.best = day;
  explain_winner (choice, &sifting, reasons);
  if (gives_way)
    explain (reasons, "choice", &choice->series->origin,
             "a day that suits it better is left to others, so that all together lie best");
}

static TnSpan
get_part (const TnFrequency *frequency, int ordinal, TnSpan window)
{
  if (ordinal <= 0 || frequency->most <= 0)
    return window;
  int days = tn_span_get_days (window);
  return tn_span_new (window.start + days * (ordinal - 1) / frequency->most,
                      window.start + days * ordinal / frequency->most);
}

static int
get_own_week (const TnSeries *series, const TnCycle *cycle)
{
  const TnFrequency *frequency = &series->frequency;
  const GArray *weeks
      = frequency->election_weeks->len > 0 && tn_series_is_election_year (series, cycle->year)
            ? frequency->election_weeks
            : frequency->weeks;
  guint place = (guint) MAX (cycle->ordinal, 1) - 1;
  return place < weeks->len ? g_array_index (weeks, int, place) : 0;
}

/**
 * tn_choice_set_window:
 * @window: days among which is chosen; as preferences see it, all of them
 */
void
tn_choice_set_window (TnChoice *choice, TnSpan window)
{
  choice->window = window;
  choice->part = window;
  choice->first_year = tn_date_get_year (window.start);
  choice->last_year = tn_date_get_year (window.end - 1);
}

/**
 * tn_choice_make:
 *
 * Returns: what @series says of the cycle itself; `last` and `near` are filled in by the caller
 */
TnChoice
tn_choice_make (const TnSeries *series, const TnCycle *cycle, const TnHolidays *holidays)
{
  TnChoice choice = { .series = series,
                      .holidays = holidays,
                      .last = TN_DATE_NONE,
                      .told = TN_SPAN_ALWAYS,
                      .ordinal = cycle->ordinal,
                      .week = get_own_week (series, cycle) };
  tn_choice_set_window (&choice, tn_window_get_span (series, cycle));
  choice.part = get_part (&series->frequency, cycle->ordinal, choice.window);
  return choice;
}

static void
list_broken_limits (const TnChoice *choice, TnSpan days, GPtrArray *breaches)
{
  g_autofree char *date = tn_date_to_string (days.start);
  TnBarrier limit = { 0 };
  for (guint i = 0;
       tn_barrier_find (choice->series, choice->ordinal, choice->near, days.start, i, &limit); i++)
    {
      g_autofree char *words = tn_barrier_dup_words (&limit, &choice->series->frequency);
      explain (breaches, "breach", limit.origin, "breaks %s: %s is %s%s%s", limit.rule, date, words,
               limit.name != NULL ? " " : "", limit.name != NULL ? limit.name : "");
    }
}

/* Busy files differ between daemons: one would move what the other put there, for ever. They count
 * while a day is chosen and never after. Source: design section 4, Stability. */
static void
list_avoided (const TnChoice *choice, const TnAvoidance *avoidance, TnSpan days,
              GPtrArray *breaches)
{
  TnDate day = days.start;
  const TnHoliday *holiday = avoidance->hard && avoidance->kind != TN_AVOID_BUSY
                                 ? tn_sieve_find_avoided (choice->holidays, avoidance, days, &day)
                                 : NULL;
  if (holiday == NULL)
    return;
  g_autofree char *avoided = tn_date_to_string (day);
  g_autofree char *words = tn_holiday_rule_dup_words (holiday->rule);
  explain (breaches, "breach", &avoidance->origin, "breaks avoid %s: %s is %s%s", avoidance->name,
           avoided, avoidance->kind == TN_AVOID_BRIDGE_DAYS ? "beside " : "", words);
}

/**
 * tn_choice_list_breaches:
 * @days: where an occurrence is, or was decided to be
 * @breaches: (element-type TnReason): appended to: each hard rule that @days break, and how
 *
 * Returns: %TRUE when it breaks any
 */
gboolean
tn_choice_list_breaches (const TnChoice *choice, TnSpan days, GPtrArray *breaches)
{
  const TnSeries *series = choice->series;
  guint n_before = breaches->len;
  g_autofree char *date = tn_date_to_string (days.start);
  if (!tn_span_contains_span (choice->window, days))
    {
      g_autofree char *start = tn_date_to_string (choice->window.start);
      g_autofree char *last = tn_date_to_string (choice->window.end - 1);
      explain (breaches, "breach", &series->window.origin, "breaks window: %s is not in %s to %s",
               date, start, last);
    }
  if (!tn_window_allows_weekdays (series, days))
    {
      g_autofree char *names = tn_window_dup_weekdays (series);
      explain (breaches, "breach", &series->origin, "breaks weekdays: %s is not on %s", date,
               names);
    }
  for (guint i = 0; i < series->avoidances->len; i++)
    list_avoided (choice, g_ptr_array_index (series->avoidances, i), days, breaches);
  list_broken_limits (choice, days, breaches);
  return breaches->len > n_before;
}
