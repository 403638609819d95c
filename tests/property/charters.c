/* What holds of every charter: no date breaks a rule unless a decision put it there, and then
 * `check` names the rule; what means the same comes out the same; what was published stays. The
 * rules are written down here once more from their words. `--seed R02S…` replays a run, the number
 * of charters is the program's last argument. */
#include "world.h"

#include "rules/entry.h"
#include "rules/explanation.h"
#include "rules/holidays.h"

/* What is known while one plan is looked at. */
typedef struct
{
  const World *world;
  const TnPlan *plan;
  const TnHolidays *holidays;
  char *breaches; /* (owned) all that `check` names, a line each */
} Look;

static const TnDecision *
find_decided (const Look *look, const TnOccurrence *occurrence)
{
  return tn_entry_find (tn_plan_get_ledger (look->plan), TN_DECISION_DATE, occurrence, NULL);
}

/* Published, and begun: what is past is held. */
static gboolean
is_past (const Look *look, const TnOccurrence *occurrence)
{
  const TnDecision *placed
      = tn_entry_find (tn_plan_get_ledger (look->plan), TN_DECISION_PLACED, occurrence, NULL);
  return placed != NULL && occurrence->is_placed && find_decided (look, occurrence) == NULL
         && occurrence->when.days.start <= look->world->today;
}

static gboolean
is_published (const Look *look, const TnOccurrence *occurrence)
{
  return occurrence->is_placed && find_decided (look, occurrence) == NULL;
}

/* Rules say where something may begin or what days it must keep off. */
typedef gboolean (*IsBroken) (const Look *look, const TnOccurrence *occurrence);

/* The last day @month-@day that is not after @day. */
static TnDate
find_before (TnDate date, int month, int day)
{
  TnDate found = D (tn_date_get_year (date), month, day);
  return found <= date ? found : D (tn_date_get_year (date) - 1, month, day);
}

static gboolean
lies_in_days (const TnWindow *window, TnSpan period, TnSpan days)
{
  TnDate first = find_before (days.start, window->first_month, window->first_day);
  TnDate last = find_before (days.end - 1, window->last_month, window->last_day);
  /* Since the window opened it has not closed before the last day. */
  return tn_span_contains (period, first) && (last < first || last == days.end - 1);
}

static gboolean
lies_in_weeks (const TnWindow *window, TnSpan period, TnSpan days)
{
  int year = 0;
  int week = tn_date_get_week (days.start, &year);
  int open_year = week >= window->first_week ? year : year - 1;
  TnDate first = tn_date_new_week (open_year, window->first_week, TN_MONDAY);
  int close_year = window->last_week < window->first_week ? open_year + 1 : open_year;
  TnDate end = tn_date_new_week (close_year, window->last_week, TN_SUNDAY) + 1;
  return tn_span_contains (period, first + 3) && days.end <= end;
}

/* On a day that the charter fixes, or on some of its days. */
static gboolean
lies_on (TnDate day, const TnOccurrence *occurrence)
{
  TnSpan days = occurrence->when.days;
  return days.start >= day && days.end <= day + occurrence->series->length_days;
}

static gboolean
lies_on_fixed_day (const TnOccurrence *occurrence)
{
  for (guint i = 0; i < occurrence->series->frequency.dates->len; i++)
    {
      const TnFixedDate *fixed
          = &g_array_index (occurrence->series->frequency.dates, TnFixedDate, i);
      if (tn_cycle_equal (&fixed->cycle, &occurrence->cycle))
        return lies_on (fixed->date, occurrence);
    }
  return FALSE;
}

static gboolean
breaks_window (const Look *look, const TnOccurrence *occurrence)
{
  const TnSeries *series = occurrence->series;
  TnSpan period = tn_cycle_get_span (&occurrence->cycle);
  TnSpan days = occurrence->when.days;
  const TnSite *site = tn_series_find_site (series, occurrence->site);
  if (series->frequency.dates->len > 0)
    return !lies_on_fixed_day (occurrence);
  if (site != NULL && site->date != TN_DATE_NONE)
    return !lies_on (site->date, occurrence);
  if (series->window.kind == TN_WINDOW_DAYS)
    return !lies_in_days (&series->window, period, days);
  if (series->window.kind == TN_WINDOW_WEEKS)
    return !lies_in_weeks (&series->window, period, days);
  return days.start < period.start || days.end > period.end;
}

/* The first day is on a weekday that is named; the others not on a weekend that is not. */
static gboolean
breaks_weekdays (const Look *look, const TnOccurrence *occurrence)
{
  guint named = occurrence->series->weekdays != 0 ? occurrence->series->weekdays : 0x3e;
  TnSpan days = occurrence->when.days;
  if ((named & 1u << tn_date_get_weekday (days.start)) == 0)
    return TRUE;
  for (TnDate day = days.start; day < days.end; day++)
    if (((named | 0x3e) & 1u << tn_date_get_weekday (day)) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
breaks_except (const Look *look, const TnOccurrence *occurrence)
{
  const TnFrequency *frequency = &occurrence->series->frequency;
  TnDate day = occurrence->when.days.start;
  int month = 0;
  tn_date_get_ymd (day, NULL, &month, NULL);
  return (frequency->months_out >> month & 1) != 0
         || (frequency->weeks_out >> tn_date_get_week (day, NULL) & 1) != 0;
}

/* Of a weekday the n-th of its month: n - 1 of them come before it in the month. */
static gboolean
breaks_month_day (const Look *look, const TnOccurrence *occurrence)
{
  const GArray *rules = occurrence->series->frequency.month_days;
  if (rules->len == 0)
    return FALSE;
  const TnMonthDay *rule = &g_array_index (rules, TnMonthDay, 0);
  TnDate day = occurrence->when.days.start;
  int step = rule->weekday != 0 ? 7 : 1;
  int count = rule->weekday != 0 ? rule->nth : rule->number;
  TnCycle month = tn_cycle_at (TN_PERIOD_MONTH, day);
  TnSpan span = tn_cycle_get_span (&month);
  TnDate nearest = count > 0 ? day - (count - 1) * step : day + (-count - 1) * step;
  TnDate further = count > 0 ? nearest - step : nearest + step;
  return !tn_span_contains (span, nearest) || tn_span_contains (span, further)
         || (rule->weekday != 0 && tn_date_get_weekday (day) != rule->weekday);
}

static gboolean
is_avoided (const TnHolidays *holidays, const TnAvoidance *avoidance, TnDate day)
{
  switch (avoidance->kind)
    {
    case TN_AVOID_BRIDGE_DAYS:
      return tn_holidays_find_bridged (holidays, day) != NULL;
    case TN_AVOID_SCHOOL_BREAKS:
      return tn_holidays_find_break (holidays, day, avoidance->area) != NULL;
    case TN_AVOID_ELECTIONS:
      return tn_holidays_find (holidays, day, TN_HOLIDAY_ELECTION) != NULL;
    case TN_AVOID_HOLIDAYS:
    default:
      return tn_holidays_find (holidays, day, TN_HOLIDAY_PUBLIC) != NULL;
    }
}

static gboolean
breaks_avoid (const Look *look, const TnOccurrence *occurrence)
{
  for (guint i = 0; i < occurrence->series->avoidances->len; i++)
    {
      const TnAvoidance *avoidance = g_ptr_array_index (occurrence->series->avoidances, i);
      TnSpan days = occurrence->when.days;
      for (TnDate day = days.start; avoidance->hard && day < days.end; day++)
        if (is_avoided (look->holidays, avoidance, day))
          return TRUE;
    }
  return FALSE;
}

static const struct
{
  const char *rule;
  IsBroken is_broken;
} RULES[] = { { "window:", breaks_window },
              { "weekdays:", breaks_weekdays },
              { "except:", breaks_except },
              { "month-day:", breaks_month_day },
              { "avoid ", breaks_avoid } };

static gboolean
is_named (const Look *look, const TnOccurrence *occurrence, const char *rule)
{
  g_autofree char *reference = tn_occurrence_to_reference (occurrence);
  g_autofree char *words = g_strdup_printf ("\n%s: a decision breaks %s", reference, rule);
  return strstr (look->breaches, words) != NULL;
}

static void
tell (const Look *look, const TnOccurrence *occurrence)
{
  g_autoptr (GPtrArray) lines = tn_explanation_list_lines (look->plan, occurrence);
  for (guint i = 0; i < lines->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (lines, i));
}

static void
fail (const Look *look, const TnOccurrence *occurrence, const char *rule, const char *how)
{
  tell (look, occurrence);
  g_test_message ("breaks named: %s", look->breaches);
  g_error ("%s %s: %s", occurrence->cycle_text, rule, how);
}

/* A rule is broken by a decision alone, and that is named, and nothing else is. */
static void
check_one (const Look *look, const TnOccurrence *occurrence)
{
  gboolean is_decided = find_decided (look, occurrence) != NULL;
  for (guint i = 0; i < G_N_ELEMENTS (RULES); i++)
    {
      gboolean is_broken = RULES[i].is_broken (look, occurrence);
      if (is_broken && !is_decided && !is_past (look, occurrence))
        fail (look, occurrence, RULES[i].rule, "no decision breaks it");
      if (is_decided && is_broken != is_named (look, occurrence, RULES[i].rule))
        fail (look, occurrence, RULES[i].rule, is_broken ? "is not named" : "is not broken");
    }
}

/* Days from the last day of the earlier to the first of the later. */
static int
count_between (const TnOccurrence *a, const TnOccurrence *b)
{
  return a->when.days.start <= b->when.days.start ? b->when.days.start - (a->when.days.end - 1)
                                                  : a->when.days.start - (b->when.days.end - 1);
}

/* Other collaborations may be unknown elsewhere: they move nothing that is published. */
static void
check_distance (const Look *look, const TnOccurrence *one, const TnOccurrence *other)
{
  for (guint i = 0; i < one->series->distances->len; i++)
    {
      const TnDistance *distance = g_ptr_array_index (one->series->distances, i);
      const char *in
          = distance->collaboration != NULL ? distance->collaboration : one->collaboration->id;
      if (strcmp (distance->series, other->series->id) != 0
          || strcmp (in, other->collaboration->id) != 0
          || count_between (one, other) >= distance->days || is_past (look, one)
          || (is_published (look, one) && one->collaboration != other->collaboration))
        continue;
      if (find_decided (look, one) == NULL)
        fail (look, one, "distance", "no decision breaks it");
      if (one->collaboration == other->collaboration && !is_named (look, one, "avoid:"))
        fail (look, one, "distance", "is not named");
    }
}

static void
check_spacing (const Look *look, const TnOccurrence *one, const TnOccurrence *other)
{
  const TnSeries *series = one->series;
  gboolean asks = series->frequency.most > 0 || series->frequency.spacing_days > 0;
  int days = MAX (series->frequency.spacing_days, series->length_days);
  if (!asks || ABS (one->when.days.start - other->when.days.start) >= days || is_past (look, one))
    return;
  if (find_decided (look, one) == NULL)
    fail (look, one, "spacing", "no decision breaks it");
  if (!is_named (look, one, "spacing:"))
    fail (look, one, "spacing", "is not named");
}

static void
check_plan (const World *world, const TnPlan *plan)
{
  static const char *const ids[] = { "dk", NULL };
  g_autoptr (TnHolidays) holidays
      = tn_holidays_new (world->rulebook, ids, tn_span_new (D (2022, 1, 1), D (2030, 1, 1)));
  g_autoptr (GPtrArray) breaches = tn_explanation_list_breaches (plan);
  g_autoptr (GString) lines = g_string_new ("\n");
  for (guint i = 0; i < breaches->len; i++)
    g_string_append_printf (lines, "%s\n", ((TnReason *) g_ptr_array_index (breaches, i))->text);
  Look look = { world, plan, holidays, lines->str };
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *one = tn_plan_get (plan, i);
      if (one->status == TN_STATUS_UNPLACED)
        continue;
      check_one (&look, one);
      for (guint j = 0; j < tn_plan_get_size (plan); j++)
        {
          const TnOccurrence *other = tn_plan_get (plan, j);
          if (j == i || other->status == TN_STATUS_UNPLACED)
            continue;
          if (one->series == other->series)
            check_spacing (&look, one, other);
          else
            check_distance (&look, one, other);
        }
    }
}

static char *
describe (const TnPlan *plan)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      g_autoptr (GPtrArray) lines = tn_explanation_list_lines (plan, occurrence);
      g_string_append_printf (text, "%s %d %s\n", occurrence->uid, occurrence->number,
                              occurrence->place != NULL ? occurrence->place : "");
      for (guint j = 0; j < lines->len; j++)
        g_string_append_printf (text, "%s\n", (char *) g_ptr_array_index (lines, j));
    }
  return g_string_free (text, FALSE);
}

static void
reorder (const World *world)
{
  GPtrArray *collaborations = world->rulebook->collaborations;
  world_shuffle (collaborations);
  world_shuffle (world->decisions);
  for (guint i = 0; i < collaborations->len; i++)
    {
      world_shuffle (world_get (world, (int) i)->councils);
      world_shuffle (world_get (world, (int) i)->series);
    }
}

static void
assert_same (const TnPlan *plan, const TnPlan *other)
{
  g_autofree char *text = describe (plan);
  g_autofree char *expected = describe (other);
  g_assert_cmpstr (text, ==, expected);
}

/* Some of what is still to come is published; the rest is free to move. */
static void
publish (World *world, const TnPlan *plan)
{
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (occurrence->status != TN_STATUS_PROPOSED || occurrence->is_placed || world_is (2))
        continue;
      g_autofree char *when = tn_when_to_string (&occurrence->when);
      TnDecisionDraft draft
          = seven_draft (TN_DECISION_PLACED, occurrence->cycle_text, D (2026, 12, 31));
      draft.collaboration = occurrence->collaboration->id;
      draft.series = occurrence->series->id;
      draft.site = occurrence->site;
      draft.value = when;
      draft.note = "published";
      seven_decide (world->decisions, &draft);
    }
}

static void
assert_stays (const World *world, const TnPlan *plan)
{
  for (guint i = 0; i < world->decisions->len; i++)
    {
      const TnDecision *placed = g_ptr_array_index (world->decisions, i);
      if (g_strcmp0 (placed->note, "published") != 0)
        continue;
      const TnOccurrence *kept
          = tn_plan_find (plan, placed->collaboration, placed->series, placed->cycle, placed->site);
      g_assert_nonnull (kept);
      g_autofree char *when = tn_when_to_string (&kept->when);
      if (strcmp (when, placed->value) != 0)
        {
          Look look = { world, plan, NULL, NULL };
          tell (&look, kept);
        }
      g_assert_cmpstr (when, ==, placed->value);
      g_assert_true (kept->is_placed);
    }
}

static void
check_order (World *world, const TnPlan *plan)
{
  reorder (world);
  g_autoptr (TnPlan) again = world_plan (world);
  assert_same (again, plan);
}

static void
check_published (World *world, const TnPlan *plan)
{
  publish (world, plan);
  g_autoptr (TnPlan) later = world_plan (world);
  assert_stays (world, later);
  check_plan (world, later);
}

/* Each charter is planned and looked at; every fourth one once more in another order, every fourth
 * with some of its dates published. */
static void
test_charters (gconstpointer data)
{
  int n = GPOINTER_TO_INT (data);
  guint n_occurrences = 0;
  for (int i = 0; i < n; i++)
    {
      World world = world_make ();
      for (int j = world_pick (6); j > 0; j--)
        world_decide (&world);
      g_autoptr (TnPlan) plan = world_plan (&world);
      check_plan (&world, plan);
      n_occurrences += tn_plan_get_size (plan);
      if (i % 4 == 1)
        check_order (&world, plan);
      if (i % 4 == 0)
        check_published (&world, plan);
      world_clear (&world);
    }
  g_test_message ("%d charters, %u occurrences", n, n_occurrences);
  g_assert_cmpuint (n_occurrences, >, (guint) n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  int n = argc > 1 ? (int) g_ascii_strtoll (argv[1], NULL, 10) : 200;
  g_test_add_data_func ("/property/charters/rules-order-and-published-dates-hold",
                        GINT_TO_POINTER (n), test_charters);
  return g_test_run ();
}
