/* Random series that are held several times a period: no date breaks a rule, a longer look gives
 * the same dates, and what was published stays. `--seed R02S…` replays a run. */
#include "../rules/seven-cities.h"

static const int N_WORLDS = 150;

static int
pick (int n)
{
  return g_test_rand_int_range (0, n);
}

static TnSeries *
add_series (TnCollaboration *collaboration, const char *id)
{
  static const TnPeriod periods[] = { TN_PERIOD_YEAR, TN_PERIOD_HALF, TN_PERIOD_SCHOOL_YEAR };
  TnSeries *series = tn_series_new (id, TN_KIND_MEETING);
  TnFrequency *frequency = &series->frequency;
  series->every = periods[pick (G_N_ELEMENTS (periods))];
  series->first = (TnCycle){ series->every, 2018, 1, 0 };
  series->weekdays = (guint) (1 + pick (126)) << 1;
  series->length_days = 1 + pick (2);
  frequency->most = 2 + pick (3);
  frequency->least = 1 + pick (frequency->most);
  frequency->spacing_days = pick (2) * pick (60);
  frequency->weeks_out = G_GUINT64_CONSTANT (1) << (1 + pick (52));
  frequency->months_out = pick (2) == 0 ? 1u << 7 : 0;
  for (int i = 0; pick (2) == 0 && i < frequency->most; i++)
    {
      int week = 5 + i * 10 + pick (9);
      g_array_append_val (frequency->weeks, week);
    }
  seven_add_avoidance (series, TN_AVOID_HOLIDAYS, TRUE);
  g_ptr_array_add (collaboration->series, series);
  return series;
}

static TnRulebook *
make_world (void)
{
  TnRulebook *rulebook = tn_rulebook_new ();
  TnCollaboration *collaboration = tn_collaboration_new ("7by");
  g_strfreev (collaboration->holidays);
  collaboration->holidays = g_strsplit ("dk", ",", -1);
  seven_add_council (collaboration, "odense", "Odense", 2005);
  TnSeries *first = add_series (collaboration, "a");
  if (pick (2) == 0)
    {
      TnSeries *second = add_series (collaboration, "b");
      g_ptr_array_add (second->distances, tn_distance_new (NULL, "a", 1 + pick (10)));
      if (pick (4) == 0)
        g_ptr_array_add (first->distances, tn_distance_new (NULL, "b", 1 + pick (10)));
    }
  g_ptr_array_add (rulebook->collaborations, collaboration);
  g_ptr_array_add (rulebook->holiday_files, seven_new_holidays ());
  return rulebook;
}

static void
check_one (const TnOccurrence *occurrence)
{
  const TnFrequency *frequency = &occurrence->series->frequency;
  TnDate day = occurrence->when.days.start;
  int month = 0;
  tn_date_get_ymd (day, NULL, &month, NULL);
  g_assert_true (
      tn_span_contains_span (tn_cycle_get_span (&occurrence->cycle), occurrence->when.days));
  g_assert_true ((occurrence->series->weekdays & 1u << tn_date_get_weekday (day)) != 0);
  g_assert_true ((frequency->months_out & 1u << month) == 0);
  g_assert_true ((frequency->weeks_out & G_GUINT64_CONSTANT (1) << tn_date_get_week (day, NULL))
                 == 0);
}

/* One end of a distance is enough. */
static int
get_distance (const TnOccurrence *a, const TnOccurrence *b)
{
  for (guint i = 0; i < a->series->distances->len; i++)
    {
      const TnDistance *distance = g_ptr_array_index (a->series->distances, i);
      if (strcmp (distance->series, b->series->id) == 0)
        return distance->days;
    }
  return 0;
}

static void
check_pair (const TnOccurrence *a, const TnOccurrence *b)
{
  if (a->series == b->series)
    g_assert_cmpint (b->when.days.start - a->when.days.start, >=,
                     MAX (a->series->frequency.spacing_days, a->series->length_days));
  else
    g_assert_cmpint (b->when.days.start - (a->when.days.end - 1), >=,
                     MAX (get_distance (a, b), get_distance (b, a)));
}

static void
check_plan (const TnPlan *plan)
{
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *a = tn_plan_get (plan, i);
      if (a->status == TN_STATUS_UNPLACED)
        continue;
      check_one (a);
      for (guint j = i + 1; j < tn_plan_get_size (plan); j++)
        {
          const TnOccurrence *b = tn_plan_get (plan, j);
          if (b->status != TN_STATUS_UNPLACED)
            check_pair (a, b);
        }
    }
}

static TnPlan *
plan_years (const TnRulebook *rulebook, GPtrArray *decisions, int first, int end)
{
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  return tn_planner_plan (rulebook, ledger, tn_span_new (D (first, 1, 1), D (end, 1, 1)),
                          D (2018, 1, 1));
}

/* Every date of @part is the same in @whole. */
static void
check_same (const TnPlan *part, const TnPlan *whole)
{
  for (guint i = 0; i < tn_plan_get_size (part); i++)
    {
      const TnOccurrence *one = tn_plan_get (part, i);
      const TnOccurrence *other
          = tn_plan_find (whole, "7by", one->series->id, one->cycle_text, NULL);
      g_assert_nonnull (other);
      g_assert_cmpint (other->status, ==, one->status);
      g_assert_cmpint (other->when.days.start, ==, one->when.days.start);
      g_assert_cmpint (other->number, ==, one->number);
    }
}

static void
publish (const TnPlan *plan, GPtrArray *decisions)
{
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *occurrence = tn_plan_get (plan, i);
      if (occurrence->status == TN_STATUS_UNPLACED || pick (2) == 0)
        continue;
      g_autofree char *when = tn_when_to_string (&occurrence->when);
      TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
      draft.kind = TN_DECISION_PLACED;
      draft.on = D (2018, 1, 1);
      draft.collaboration = "7by";
      draft.series = occurrence->series->id;
      draft.cycle = occurrence->cycle_text;
      draft.value = when;
      g_ptr_array_add (decisions, tn_decision_new (&draft));
    }
}

static void
test_rules_and_spans (void)
{
  for (int i = 0; i < N_WORLDS; i++)
    {
      g_autoptr (TnRulebook) rulebook = make_world ();
      g_autoptr (GPtrArray) none = g_ptr_array_new ();

      g_autoptr (TnPlan) whole = plan_years (rulebook, none, 2019, 2024);
      g_autoptr (TnPlan) part = plan_years (rulebook, none, 2021, 2022);

      check_plan (whole);
      check_same (part, whole);
    }
}

static void
test_published_stays (void)
{
  for (int i = 0; i < N_WORLDS; i++)
    {
      g_autoptr (TnRulebook) rulebook = make_world ();
      g_autoptr (GPtrArray) placed
          = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
      g_autoptr (TnPlan) before = plan_years (rulebook, placed, 2019, 2022);
      publish (before, placed);

      g_autoptr (TnPlan) after = plan_years (rulebook, placed, 2019, 2022);

      for (guint j = 0; j < placed->len; j++)
        {
          const TnDecision *decision = g_ptr_array_index (placed, j);
          const TnOccurrence *kept
              = tn_plan_find (after, "7by", decision->series, decision->cycle, NULL);
          g_autofree char *when = tn_when_to_string (&kept->when);
          g_assert_cmpstr (when, ==, decision->value);
          g_assert_true (kept->is_placed);
        }
      check_plan (after);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/property/frequency/no-date-breaks-a-rule-whatever-is-asked",
                   test_rules_and_spans);
  g_test_add_func ("/property/frequency/what-was-published-stays", test_published_stays);
  return g_test_run ();
}
