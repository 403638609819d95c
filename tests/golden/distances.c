/* Series that keep off each other, school breaks by area, and how it is told. */
#include "agreed.h"

#define ONE(id, rules)                                                                             \
  "{ id = \"" id "\"; kind = \"meeting\"; title = \"M\"; first = \"2020\"; weekdays = [ "          \
  "\"tue\" ]; " rules " }"

static void
test_keeps_off (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (ONE ("trip", "prefer = \"week 20\";") ",\n" ONE (
      "m", "prefer = \"week 20\"; avoid_series = ( { series = \"trip\"; days = 14; } );"));

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2027, 2028);

  assert_list (plan, "trip", "2027=2027-05-18");
  assert_list (plan, "m", "2027=2027-06-01");
  const TnOccurrence *meeting = tn_plan_find (plan, "c", "m", "2027", NULL);
  g_assert_true (agreed_has_reason (meeting, "avoid", "too near to (c/trip/2027 on 2027-05-18)"));
}

/* First come, one of them would have week 20 and leave the other without a day. */
static void
test_mutual (void)
{
  const char *text = ONE (
      "a",
      "prefer = \"week 20\"; window = { weeks = \"19-21\"; }; "
      "avoid_series = ( { series = \"b\"; days = 14; } );") ",\n" ONE ("b",
                                                                       "prefer = \"week 20\"; "
                                                                       "window = { weeks = "
                                                                       "\"20-21\"; }; "
                                                                       "avoid_series = ( { series "
                                                                       "= \"a\"; days = 14; } );");
  g_autoptr (TnRulebook) rulebook = agreed_read (text);

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2027, 2028);
  g_autoptr (TnPlan) longer = agreed_plan (rulebook, 2024, 2032);

  assert_list (plan, "a", "2027=2027-05-11");
  assert_list (plan, "b", "2027=2027-05-25");
  for (guint i = 0; i < tn_plan_get_size (plan); i++)
    {
      const TnOccurrence *short_one = tn_plan_get (plan, i);
      const TnOccurrence *long_one
          = tn_plan_find (longer, "c", short_one->series->id, short_one->cycle_text, NULL);
      g_assert_cmpint (short_one->when.days.start, ==, long_one->when.days.start);
    }
  g_assert_true (agreed_has_reason (tn_plan_find (plan, "c", "a", "2027", NULL), "choice",
                                    "chosen together with 1 other of the year"));
}

#define TRIP ONE ("trip", "prefer = \"week 20\"; window = { weeks = \"20\"; };")
#define KEEPS(window, soft)                                                                        \
  ONE ("m",                                                                                        \
       "prefer = \"week 20\"; window = { weeks = \"" window "\"; }; avoid_series = ( { series "    \
       "= \"trip\"; days = 14; soft = " soft "; } );")

/* A soft distance is kept where a day allows it, and no reason to have no date. */
static void
test_soft (void)
{
  g_autoptr (TnRulebook) roomy = agreed_read (TRIP ",\n" KEEPS ("20-24", "true"));
  g_autoptr (TnRulebook) tight = agreed_read (TRIP ",\n" KEEPS ("20-21", "true"));
  g_autoptr (TnRulebook) hard = agreed_read (TRIP ",\n" KEEPS ("20-21", "false"));

  g_autoptr (TnPlan) apart = agreed_plan (roomy, 2027, 2028);
  g_autoptr (TnPlan) near = agreed_plan (tight, 2027, 2028);
  g_autoptr (TnPlan) none = agreed_plan (hard, 2027, 2028);

  assert_list (apart, "m", "2027=2027-06-01");
  assert_list (near, "m", "2027=2027-05-18");
  g_assert_true (agreed_has_reason (tn_plan_find (near, "c", "m", "2027", NULL), "prefer",
                                    "no better day keeps off c/trip/2027 on 2027-05-18"));
  g_assert_cmpint (tn_plan_find (none, "c", "m", "2027", NULL)->status, ==, TN_STATUS_UNPLACED);
}

/* Each has the other's best day: together they lie best where both give way. */
static void
test_soft_group (void)
{
  g_autoptr (TnRulebook) roomy = agreed_read (ONE (
      "a",
      "prefer = \"week 20\"; window = { weeks = \"19-21\"; }; "
      "avoid_series = ( { series = \"b\"; days = 14; soft = true; } );") ",\n" ONE ("b",
                                                                                    "prefer = "
                                                                                    "\"week 20\"; "
                                                                                    "window = { "
                                                                                    "weeks = "
                                                                                    "\"20-21\"; }; "
                                                                                    "avoid_series "
                                                                                    "= ( { series "
                                                                                    "= \"a\"; days "
                                                                                    "= 14; soft = "
                                                                                    "true; } );"));
  g_autoptr (TnRulebook) tight = agreed_read (ONE (
      "a",
      "prefer = \"week 20\"; window = { weeks = \"20-21\"; }; "
      "avoid_series = ( { series = \"b\"; days = 14; soft = true; } );") ",\n" ONE ("b",
                                                                                    "prefer = "
                                                                                    "\"week 20\"; "
                                                                                    "window = { "
                                                                                    "weeks = "
                                                                                    "\"20-21\"; }; "
                                                                                    "avoid_series "
                                                                                    "= ( { series "
                                                                                    "= \"a\"; days "
                                                                                    "= 14; soft = "
                                                                                    "true; } );"));

  g_autoptr (TnPlan) apart = agreed_plan (roomy, 2027, 2028);
  g_autoptr (TnPlan) near = agreed_plan (tight, 2027, 2028);

  assert_list (apart, "a", "2027=2027-05-11");
  assert_list (apart, "b", "2027=2027-05-25");
  assert_list (near, "a", "2027=2027-05-18");
  assert_list (near, "b", "2027=2027-05-18");
}

static void
test_other_collaboration (void)
{
  g_autofree char *first = agreed_dup_text ("one", ONE ("trip", "prefer = \"week 20\";"));
  g_autofree char *second = agreed_dup_text (
      "two", ONE ("m", "prefer = \"week 20\"; avoid_series = ( { series = \"one/trip\"; } );"));
  const char *const texts[] = { second, first, NULL };
  const char *const alone[] = { second, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (TnRulebook) both = agreed_read_texts (texts, &error);
  g_assert_no_error (error);
  g_autoptr (TnRulebook) one = agreed_read_texts (alone, &error);
  g_assert_no_error (error);

  g_autoptr (TnPlan) together = agreed_plan (both, 2027, 2028);
  g_autoptr (TnPlan) apart = agreed_plan (one, 2027, 2028);

  assert_list (together, "m", "2027=2027-05-25");
  assert_list (apart, "m", "2027=2027-05-18");
}

/* Found by property/charters: a site has its own day, wherever the window of its series lies. */
static void
test_site_with_a_day_keeps_off (void)
{
  g_autoptr (TnRulebook) rulebook
      = agreed_read (ONE ("trip", "window = { weeks = \"10\"; };") ",\n" ONE (
          "m", "window = { weeks = \"40\"; }; sites = ( { id = \"nord\"; name = \"Nord\"; "
               "date = \"2027-03-09\"; } ); avoid_series = ( { series = \"trip\"; } );"));

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2027, 2028);

  assert_list (plan, "trip", "2027=2027-03-09");
  assert_list (plan, "m", "2027=none");
}

static TnPlan *
plan_with (const TnRulebook *rulebook, const char *cycle, const char *date, TnDecisionKind kind)
{
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.kind = kind;
  draft.on = tn_date_new (2026, 1, 1);
  draft.collaboration = "c";
  draft.series = "m";
  draft.cycle = cycle;
  draft.value = date;
  g_autoptr (GPtrArray) decisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  g_ptr_array_add (decisions, tn_decision_new (&draft));
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  return tn_planner_plan (rulebook, ledger,
                          tn_span_new (tn_date_new (2027, 1, 1), tn_date_new (2028, 1, 1)),
                          tn_date_new (2026, 1, 2));
}

/* It only weighs while a date is chosen. */
static void
test_soft_moves_nothing (void)
{
  g_autoptr (TnRulebook) soft = agreed_read (TRIP ",\n" KEEPS ("20-24", "true"));
  g_autoptr (TnRulebook) hard = agreed_read (TRIP ",\n" KEEPS ("20-24", "false"));

  g_autoptr (TnPlan) kept = plan_with (soft, "2027", "2027-05-25", TN_DECISION_PLACED);
  g_autoptr (TnPlan) moved = plan_with (hard, "2027", "2027-05-25", TN_DECISION_PLACED);

  assert_list (kept, "m", "2027=2027-05-25");
  assert_list (moved, "m", "2027=2027-06-01");
}

/* A number is never shifted: the second stays the second, even before the first. */
static void
test_decided_keeps_its_number (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (ONE ("m", "times = 3; spacing = \"6 weeks\";"));

  g_autoptr (TnPlan) decided = plan_with (rulebook, "2027.2", "2027-01-12", TN_DECISION_DATE);
  g_autoptr (TnPlan) placed = plan_with (rulebook, "2027.1", "2027-03-09", TN_DECISION_PLACED);

  assert_list (decided, "m", "2027.2=2027-01-12 2027.1=2027-03-02 2027.3=2027-11-02");
  assert_list (placed, "m", "2027.1=2027-03-09 2027.2=2027-06-29 2027.3=2027-11-02");
}

/* What was published moves away from what people decided later, and says so. */
static void
test_spacing_moves_what_was_published (void)
{
  g_autoptr (TnRulebook) rulebook
      = agreed_read (ONE ("m", "times = 2; spacing = \"20 weeks\"; prefer = \"early\";"));
  TnDecisionDraft draft = TN_DECISION_DRAFT_INIT;
  draft.on = tn_date_new (2026, 1, 1);
  draft.collaboration = "c";
  draft.series = "m";
  g_autoptr (GPtrArray) decisions
      = g_ptr_array_new_with_free_func ((GDestroyNotify) tn_decision_unref);
  draft.kind = TN_DECISION_DATE;
  draft.cycle = "2027.1";
  draft.value = "2027-04-27";
  g_ptr_array_add (decisions, tn_decision_new (&draft));
  draft.kind = TN_DECISION_PLACED;
  draft.cycle = "2027.2";
  draft.value = "2027-07-06";
  g_ptr_array_add (decisions, tn_decision_new (&draft));
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);

  g_autoptr (TnPlan) plan = tn_planner_plan (
      rulebook, ledger, tn_span_new (tn_date_new (2027, 1, 1), tn_date_new (2028, 1, 1)),
      tn_date_new (2026, 1, 2));

  assert_list (plan, "m", "2027.1=2027-04-27 2027.2=2027-09-14");
  g_assert_true (
      agreed_has_reason (tn_plan_find (plan, "c", "m", "2027.2", NULL), "placed",
                         "it breaks spacing: 2027-07-06 is too near to c/m/2027.1 on 2027-04-27"));
}

/* Winter is week 7 in Aarhus and week 8 in Aalborg. */
static void
test_school_breaks_by_area (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (ONE (
      "a",
      "window = { weeks = \"7-8\"; }; avoid = [ \"school-breaks:aarhus\" "
      "];") ",\n" ONE ("b",
                       "window = { weeks = \"7-8\"; }; avoid = [ "
                       "\"school-breaks:aalborg\" ];") ",\n" ONE ("u", "window = { weeks = "
                                                                       "\"7-8\"; }; avoid = [ "
                                                                       "\"school-breaks\" ];"));

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2027, 2028);

  assert_list (plan, "a", "2027=2027-02-23");
  assert_list (plan, "b", "2027=2027-02-16");
  assert_list (plan, "u", "2027=none");
  const TnOccurrence *none = tn_plan_find (plan, "c", "u", "2027", NULL);
  g_assert_true (agreed_has_reason (none, "weekdays", "12 days passed over"));
  g_assert_true (agreed_has_reason (none, "avoid", "2 days passed over: school-breaks"));
  g_assert_true (agreed_has_reason (tn_plan_find (plan, "c", "a", "2027", NULL), "avoid",
                                    "1 day passed over: school-breaks:aarhus (Vinterferie)"));
}

static void
test_refused (void)
{
  assert_refused (ONE ("m", "avoid_series = ( { series = \"m\"; } );"),
                  "series 'm' cannot keep off itself, expected spacing");
  assert_refused (ONE ("m", "avoid_series = ( { series = \"x\"; } );"),
                  "c0.conf:3: avoid_series: 'c' has no series 'x'");
  assert_refused (ONE ("m", "avoid = [ \"school-breaks:atlantis\" ];"),
                  "no holiday file of 'c' has school_breaks with area = \"atlantis\"");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/golden/distances/a-soft-one-is-kept-where-it-can-be", test_soft);
  g_test_add_func ("/golden/distances/soft-ones-are-weighed-for-the-group", test_soft_group);
  g_test_add_func ("/golden/distances/a-soft-one-moves-no-published-date", test_soft_moves_nothing);
  g_test_add_func ("/golden/distances/one-series-keeps-off-another", test_keeps_off);
  g_test_add_func ("/golden/distances/two-that-keep-off-each-other-share-the-year", test_mutual);
  g_test_add_func ("/golden/distances/another-collaboration-counts-when-it-is-loaded",
                   test_other_collaboration);
  g_test_add_func ("/golden/distances/a-site-with-a-day-of-its-own-keeps-off",
                   test_site_with_a_day_keeps_off);
  g_test_add_func ("/golden/distances/what-is-decided-keeps-its-number",
                   test_decided_keeps_its_number);
  g_test_add_func ("/golden/distances/what-was-published-yields-to-a-decision",
                   test_spacing_moves_what_was_published);
  g_test_add_func ("/golden/distances/school-breaks-count-by-area", test_school_breaks_by_area);
  g_test_add_func ("/golden/distances/what-is-not-there-is-refused", test_refused);
  return g_test_run ();
}
