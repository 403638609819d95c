/* Tests of dates: chosen, kept, decided. */
#include "seven-cities.h"

#include "rules/explanation.h"

static void
assert_date (const TnPlan *plan, const char *series, const char *cycle, const char *expected)
{
  g_autofree char *when = tn_when_to_string (&seven_find (plan, series, cycle)->when);
  g_assert_cmpstr (when, ==, expected);
}

/* Week 20 of 2023 is 15-21 May, Ascension Day the 18th and the bridge day the 19th. */
static void
test_preferred_week (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2029);

  assert_date (plan, "studietur", "2023", "2023-05-16");
  assert_date (plan, "studietur", "2027", "2027-05-18");
  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  g_assert_cmpint (trip->status, ==, TN_STATUS_PROPOSED);
  g_assert_true (seven_has_reason (trip->reasons, "weekdays", "passed over: not on tue, wed, thu"));
  g_assert_true (seven_has_reason (trip->reasons, "avoid", "Kristi himmelfartsdag"));
  g_assert_true (seven_has_reason (trip->reasons, "prefer", "lies in week 20"));
  g_assert_true (seven_has_reason (trip->reasons, "choice", "the earliest of 3 equally good days"));
}

static void
test_counts_add_up (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  /* Spring 2027 has 92 days, 39 of them Tuesday to Thursday; Maundy Thursday is 25 March, Ascension
   * Day 6 May. */
  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  g_assert_true (seven_has_reason (trip->reasons, "window", "92 days to begin on"));
  g_assert_true (seven_has_reason (trip->reasons, "weekdays", "53 days passed over"));
  g_assert_true (seven_has_reason (
      trip->reasons, "avoid", "2 days passed over: holidays (Skærtorsdag, Kristi himmelfartsdag)"));
  g_assert_true (seven_has_reason (trip->reasons, "choice", "among 37 that no rule shuts out"));
}

/* One event on these days. */
static TnHolidayRule *
add_event (TnRulebook *rulebook, const char *name, TnHolidayKind kind, TnSpan days)
{
  TnCollaboration *collaboration = g_ptr_array_index (rulebook->collaborations, 0);
  TnHolidayFile *file = tn_holiday_file_new ("x.ics", "x.ics");
  TnHolidayRule *rule = tn_holiday_rule_new (name, kind, TN_DAY_SPANS);
  rule->origin = (TnOrigin){ g_strdup ("x.ics"), 7 };
  rule->spans = g_array_new (FALSE, FALSE, sizeof (TnSpan));
  g_array_append_val (rule->spans, days);
  g_ptr_array_add (file->rules, rule);
  g_ptr_array_add (collaboration->calendars, file);
  return rule;
}

/* Week 20 of 2027 is 17-23 May. */
static void
test_closures (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSpan monday_to_wednesday = tn_span_new (tn_date_new (2027, 5, 17), tn_date_new (2027, 5, 20));
  add_event (rulebook, "Rådhuset lukket", TN_HOLIDAY_PUBLIC, monday_to_wednesday);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_date (plan, "studietur", "2027", "2027-05-20");
  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  g_assert_true (seven_has_reason (trip->reasons, "avoid",
                                   "4 days passed over: holidays (Skærtorsdag, Kristi "
                                   "himmelfartsdag, Rådhuset lukket, x.ics:7)"));
}

static TnAvoidance *
avoid_busy (TnRulebook *rulebook, gboolean hard)
{
  TnAvoidance *avoidance = tn_avoidance_new (TN_AVOID_BUSY, hard);
  avoidance->origin = (TnOrigin){ g_strdup ("7by.conf"), 44 };
  g_ptr_array_add (seven_get_series (rulebook, 0)->avoidances, avoidance);
  return avoidance;
}

static void
test_busy (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSpan may = tn_span_new (tn_date_new (2027, 5, 1), tn_date_new (2027, 6, 1));
  add_event (rulebook, "formand.ics", TN_HOLIDAY_BUSY, may);
  avoid_busy (rulebook, TRUE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_date (plan, "studietur", "2027", "2027-04-29");
  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  g_assert_true (
      seven_has_reason (trip->reasons, "avoid", "11 days passed over: busy (formand.ics)"));
}

static void
test_busy_everywhere (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSpan year = tn_span_new (tn_date_new (2027, 1, 1), tn_date_new (2028, 1, 1));
  add_event (rulebook, "formand.ics", TN_HOLIDAY_BUSY, year);
  TnAvoidance *avoidance = avoid_busy (rulebook, TRUE);

  g_autoptr (TnPlan) none = seven_plan (rulebook, decisions, 2027, 2028);
  avoidance->hard = FALSE;
  g_autoptr (TnPlan) soft = seven_plan (rulebook, decisions, 2027, 2028);

  const TnOccurrence *unplaced = seven_find (none, "studietur", "2027");
  g_assert_cmpint (unplaced->status, ==, TN_STATUS_UNPLACED);
  g_assert_true (seven_has_reason (unplaced->reasons, "avoid", "passed over: busy (formand.ics)"));
  assert_date (soft, "studietur", "2027", "2027-05-18");
  g_assert_true (seven_has_reason (seven_find (soft, "studietur", "2027")->reasons, "prefer",
                                   "no better day keeps off busy (formand.ics)"));
}

/* Another council's daemon does not have the file: a published date would go to and fro for ever.
 */
static void
test_busy_moves_nothing (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_PLACED, "studietur", "2027", "2027-05-18", FALSE);
  TnSpan may = tn_span_new (tn_date_new (2027, 5, 1), tn_date_new (2027, 6, 1));
  add_event (rulebook, "formand.ics", TN_HOLIDAY_BUSY, may);
  avoid_busy (rulebook, TRUE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_date (plan, "studietur", "2027", "2027-05-18");
}

static void
prefer (TnSeries *series, TnPreferKind kind)
{
  g_ptr_array_set_size (series->preferences, 0);
  g_ptr_array_add (series->preferences, tn_preference_new (kind));
}

static void
test_early_middle_late (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSeries *trip = seven_get_series (rulebook, 0);

  prefer (trip, TN_PREFER_EARLY);
  g_autoptr (TnPlan) early = seven_plan (rulebook, decisions, 2027, 2028);
  assert_date (early, "studietur", "2027", "2027-03-02");

  prefer (trip, TN_PREFER_MIDDLE);
  g_autoptr (TnPlan) middle = seven_plan (rulebook, decisions, 2027, 2028);
  assert_date (middle, "studietur", "2027", "2027-04-15");

  prefer (trip, TN_PREFER_LATE);
  g_autoptr (TnPlan) late = seven_plan (rulebook, decisions, 2027, 2028);
  assert_date (late, "studietur", "2027", "2027-05-27");
}

static void
test_close_to_last_year (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  prefer (seven_get_series (rulebook, 0), TN_PREFER_LAST_YEAR);
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2026", "2026-04-22", TRUE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2029);

  assert_date (plan, "studietur", "2027", "2027-04-21");
  assert_date (plan, "studietur", "2028", "2028-04-19");
}

static void
test_soft_avoidance_yields_to_nothing_better (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSeries *erfa = seven_get_series (rulebook, 1);
  seven_set_window (erfa, "week 42", 10, 18, 10, 24); /* 2027: all of it autumn holidays */
  g_ptr_array_set_size (erfa->avoidances, 0);
  seven_add_avoidance (erfa, TN_AVOID_SCHOOL_BREAKS, FALSE);

  g_autoptr (TnPlan) inside = seven_plan (rulebook, decisions, 2027, 2028);
  erfa->window.last_day = 28;
  g_autoptr (TnPlan) beside = seven_plan (rulebook, decisions, 2027, 2028);

  assert_date (inside, "erfa", "2027", "2027-10-19T10:00..2027-10-19T15:00");
  g_assert_true (seven_has_reason (seven_find (inside, "erfa", "2027")->reasons, "prefer",
                                   "no better day keeps off school-breaks (Efterårsferie)"));
  assert_date (beside, "erfa", "2027", "2027-10-26T10:00..2027-10-26T15:00");
}

static void
test_unplaced (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_set_window (seven_get_series (rulebook, 1), "week 42", 10, 18, 10, 24);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  const TnOccurrence *erfa = seven_find (plan, "erfa", "2027");
  g_assert_cmpint (erfa->status, ==, TN_STATUS_UNPLACED);
  g_assert_true (seven_has_reason (erfa->reasons, "weekdays", "4 days passed over"));
  g_assert_true (seven_has_reason (erfa->reasons, "avoid", "3 days passed over: school-breaks"));
  g_assert_true (seven_has_reason (erfa->reasons, "unplaced", "7 of 7 passed over"));
  g_assert_cmpuint (erfa->milestones->len, ==, 0);
  g_assert_cmpstr (seven_holder (plan, "erfa", "2027", "organiser"), !=, "");
}

static void
test_two_days_inside_window (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSeries *trip = seven_get_series (rulebook, 0);
  trip->length_days = 2;
  prefer (trip, TN_PREFER_LATE);
  seven_set_window (trip, "spring", 3, 1, 5, 27); /* a Thursday in 2027 */

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2023, 2028);

  assert_date (plan, "studietur", "2027", "2027-05-26..2027-05-27");
}

/* Wednesday 17 May 2023 is free, but the day after it is Ascension Day. */
static void
test_further_days_keep_hard_rules (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSeries *trip = seven_get_series (rulebook, 0);
  trip->length_days = 2;
  seven_set_window (trip, "x", 5, 17, 5, 24);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2023, 2024);

  assert_date (plan, "studietur", "2023", "2023-05-23..2023-05-24");
}

static void
test_confirmed (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2023", "2023-05-10", TRUE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2023, 2025);

  const TnOccurrence *trip = seven_find (plan, "studietur", "2023");
  assert_date (plan, "studietur", "2023", "2023-05-10");
  g_assert_cmpint (trip->status, ==, TN_STATUS_CONFIRMED);
  g_assert_true (trip->is_placed);
  g_assert_false (trip->is_computed);
  g_assert_true (seven_has_reason (trip->reasons, "decision", "2023-05-10 is confirmed"));
  g_assert_true (seven_find (plan, "studietur", "2024")->is_computed);
}

static void
test_breaches_are_named (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2027", "2027-06-05", FALSE); /* Saturday */
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2028", "2028-05-25",
              FALSE); /* Ascension */
  seven_set (decisions, "2029", "vejle", "after", D (2026, 1, 5));
  seven_set (decisions, "2030", "odense", "after", D (2026, 1, 5));
  seven_change_membership (decisions, TN_DECISION_LEAVE, "odense", D (2030, 1, 1), D (2026, 1, 6));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2032);

  g_autoptr (GPtrArray) breaches = tn_explanation_list_breaches (plan);
  g_assert_cmpuint (breaches->len, ==, 4);
  g_assert_true (seven_has_reason (
      breaches, "breach", "7by/studietur/2027: a decision breaks window: 2027-06-05 is not in"));
  g_assert_true (seven_has_reason (breaches, "breach", "breaks weekdays: 2027-06-05"));
  g_assert_true (seven_has_reason (breaches, "breach",
                                   "breaks avoid holidays: 2028-05-25 is Kristi himmelfartsdag"));
  g_assert_true (seven_has_reason (breaches, "breach", "breaks membership: Odense"));
  const TnReason *first = g_ptr_array_index (breaches, 0);
  g_assert_cmpstr (first->source, ==, "7by.conf:17");
}

static void
test_placed_is_kept (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_PLACED, "studietur", "2027", "2027-04-08", FALSE);
  prefer (seven_get_series (rulebook, 0), TN_PREFER_EARLY);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2029);

  assert_date (plan, "studietur", "2027", "2027-04-08");
  g_assert_true (seven_find (plan, "studietur", "2027")->is_placed);
  assert_date (plan, "studietur", "2028", "2028-03-01");
  g_assert_false (seven_find (plan, "studietur", "2028")->is_placed);
}

static void
test_placed_moves_when_it_breaks_a_hard_rule (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_PLACED, "studietur", "2027", "2027-05-06", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  assert_date (plan, "studietur", "2027", "2027-05-18");
  g_assert_false (trip->is_placed);
  g_assert_true (seven_has_reason (trip->reasons, "placed", "moved from 2027-05-06"));
  g_assert_true (seven_has_reason (trip->reasons, "placed", "Kristi himmelfartsdag"));
}

static void
test_confirmed_never_moves (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_PLACED, "studietur", "2027", "2027-05-18", FALSE);
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2027", "2027-05-06", TRUE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_date (plan, "studietur", "2027", "2027-05-06");
}

static void
test_past_is_held (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_PLACED, "studietur", "2025", "2025-05-29",
              FALSE); /* Ascension */
  seven_date (decisions, TN_DECISION_PLACED, "erfa", "2025", "2025-09-09", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2025, 2026);

  const TnOccurrence *trip = seven_find (plan, "studietur", "2025");
  assert_date (plan, "studietur", "2025", "2025-05-29");
  assert_date (plan, "erfa", "2025", "2025-09-09T10:00..2025-09-09T15:00");
  g_assert_false (trip->is_computed);
  g_assert_cmpint (tn_occurrence_find_turn (trip, "host")->status, ==, TN_TURN_HELD);
  g_assert_true (seven_has_reason (trip->reasons, "placed", "what is past is held"));
}

static void
test_cancelled (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_CANCEL, "studietur", "2027", "yes", FALSE);
  seven_date (decisions, TN_DECISION_CANCEL, "studietur", "2028", "no", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2030);

  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  g_assert_cmpint (trip->status, ==, TN_STATUS_CANCELLED);
  g_assert_false (trip->is_postponed);
  assert_date (plan, "studietur", "2027", "2027-05-18");
  g_assert_cmpuint (trip->milestones->len, ==, 2);
  g_assert_cmpint (seven_find (plan, "studietur", "2028")->status, ==, TN_STATUS_PROPOSED);
  g_assert_cmpstr (seven_host (plan, "2027"), !=, seven_host (plan, "2028"));
}

/* A decision says all of it: hours that a person took away do not come back by rule. */
static void
test_decision_is_whole (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnDecisionDraft draft = seven_draft (TN_DECISION_DATE, "2027", D (2026, 1, 5));
  draft.series = "erfa";
  draft.value = "2027-09-15T09:00..2027-09-16T12:00";
  draft.source = "charter 7by.conf:70";
  seven_decide (decisions, &draft);
  draft.cycle = "2028";
  draft.value = "2028-09-13";
  seven_decide (decisions, &draft);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2029);

  assert_date (plan, "erfa", "2027", "2027-09-15T09:00..2027-09-16T12:00");
  assert_date (plan, "erfa", "2028", "2028-09-13");
  const TnReason *reason = g_ptr_array_index (seven_find (plan, "erfa", "2027")->reasons, 0);
  g_assert_cmpstr (reason->source, ==, "7by.conf:70");
}

/* Hazard 54: a meeting in the night of the change keeps its local time, gap or not. */
static void
test_summer_time_changes_nothing (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSeries *erfa = seven_get_series (rulebook, 1);
  erfa->weekdays = 1u << TN_SUNDAY;
  erfa->start_minute = 2 * 60 + 30;
  erfa->end_minute = 4 * 60;
  seven_set_window (erfa, "x", 3, 28, 3, 28); /* 2027: summer time begins at 02:00 */

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  assert_date (plan, "erfa", "2027", "2027-03-28T02:30..2027-03-28T04:00");
}

static void
test_date_far_from_its_cycle (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2027", "2207-05-18", FALSE);
  seven_date (decisions, TN_DECISION_DATE, "studietur", "9899", "2027-05-18", FALSE);
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2028", "gibberish", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2029);

  g_assert_cmpuint (tn_plan_get_size (plan), ==, 4);
  assert_date (plan, "studietur", "2027", "2027-05-18");
  g_assert_true (seven_has_reason (seven_find (plan, "studietur", "2027")->reasons, "decision",
                                   "no date within ten years of 2027"));
  g_assert_true (seven_has_reason (seven_find (plan, "studietur", "2028")->reasons, "decision",
                                   "'gibberish' is no date"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/placement/preferred-week-wins-and-says-why", test_preferred_week);
  g_test_add_func ("/rules/placement/passed-over-days-add-up-to-the-window", test_counts_add_up);
  g_test_add_func ("/rules/placement/closures-are-kept-off-and-named-with-their-file",
                   test_closures);
  g_test_add_func ("/rules/placement/busy-days-are-kept-off-and-counted", test_busy);
  g_test_add_func ("/rules/placement/busy-everywhere-is-unplaced-or-soft", test_busy_everywhere);
  g_test_add_func ("/rules/placement/busy-times-move-no-published-date", test_busy_moves_nothing);
  g_test_add_func ("/rules/placement/early-middle-and-late", test_early_middle_late);
  g_test_add_func ("/rules/placement/close-to-last-year-is-52-weeks-on", test_close_to_last_year);
  g_test_add_func ("/rules/placement/soft-rule-yields-only-where-nothing-is-better",
                   test_soft_avoidance_yields_to_nothing_better);
  g_test_add_func ("/rules/placement/unplaced-counts-days-by-rule", test_unplaced);
  g_test_add_func ("/rules/placement/two-days-lie-inside-the-window", test_two_days_inside_window);
  g_test_add_func ("/rules/placement/further-days-keep-hard-rules",
                   test_further_days_keep_hard_rules);
  g_test_add_func ("/rules/placement/confirmed-date-is-no-computed-one", test_confirmed);
  g_test_add_func ("/rules/placement/decision-that-breaks-a-rule-says-which",
                   test_breaches_are_named);
  g_test_add_func ("/rules/placement/published-date-is-kept", test_placed_is_kept);
  g_test_add_func ("/rules/placement/published-date-moves-off-a-hard-rule",
                   test_placed_moves_when_it_breaks_a_hard_rule);
  g_test_add_func ("/rules/placement/confirmed-date-never-moves", test_confirmed_never_moves);
  g_test_add_func ("/rules/placement/past-is-held", test_past_is_held);
  g_test_add_func ("/rules/placement/cancelled-uses-the-turn", test_cancelled);
  g_test_add_func ("/rules/placement/decided-date-stands-for-itself", test_decision_is_whole);
  g_test_add_func ("/rules/placement/summer-time-changes-nothing",
                   test_summer_time_changes_nothing);
  g_test_add_func ("/rules/placement/date-far-from-its-cycle-has-no-effect",
                   test_date_far_from_its_cycle);
  return g_test_run ();
}
