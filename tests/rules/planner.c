/* Tests of the plan as a whole. */
#include "seven-cities.h"

#include "rules/explanation.h"

static char *
describe (const TnPlan *plan, const TnOccurrence *occurrence)
{
  g_autoptr (GPtrArray) lines = tn_explanation_list_lines (plan, occurrence);
  g_ptr_array_add (lines, NULL);
  g_autofree char *text = g_strjoinv ("\n", (char **) lines->pdata);
  g_autofree char *when = tn_when_to_string (&occurrence->when);
  return g_strdup_printf ("%s|%s|%d|%s|%d|%d|%s|%s", occurrence->uid, when, occurrence->number,
                          occurrence->place != NULL ? occurrence->place : "", occurrence->status,
                          occurrence->is_placed, occurrence->title, text);
}

/* Every occurrence of @part comes out of @whole exactly so. */
static void
assert_part_of (const TnPlan *part, const TnPlan *whole)
{
  g_assert_cmpuint (tn_plan_get_size (part), >, 0);
  for (guint i = 0; i < tn_plan_get_size (part); i++)
    {
      const TnOccurrence *one = tn_plan_get (part, i);
      const TnOccurrence *other = tn_plan_find_uid (whole, one->uid, NULL);
      g_assert_nonnull (other);
      g_autofree char *text = describe (part, one);
      g_autofree char *expected = describe (whole, other);
      g_assert_cmpstr (text, ==, expected);
    }
}

static TnSeries *
new_monthly (void)
{
  TnSeries *series = tn_series_new ("moede", TN_KIND_MEETING);
  seven_set_text (&series->title, "Møde {number}/{year}");
  series->origin = tn_origin_make ("7by.conf", 80);
  series->every = TN_PERIOD_MONTH;
  series->first = (TnCycle){ TN_PERIOD_MONTH, 2018, 1, 0 };
  TnPreference *preference = tn_preference_new (TN_PREFER_LAST_YEAR);
  preference->origin = tn_origin_make ("7by.conf", 81);
  g_ptr_array_add (series->preferences, preference);
  TnRoleRule *host = seven_add_role (series, "host", TN_ROLE_RING);
  g_strfreev (host->ring);
  host->ring = g_strsplit ("odense,aarhus,aalborg", ",", -1);
  host->start_cycle = series->first;
  host->start_council = g_strdup ("odense");
  return series;
}

/* The trip's host is the one who organised the meeting, and a third role follows back. */
static void
add_followers (TnRulebook *rulebook)
{
  TnRoleRule *helper
      = seven_add_role (seven_get_series (rulebook, 0), "assistant", TN_ROLE_FOLLOWS);
  helper->follows_series = g_strdup ("moede");
  helper->follows_role = g_strdup ("host");
  TnRoleRule *back = seven_add_role (seven_get_series (rulebook, 2), "adviser", TN_ROLE_FOLLOWS);
  back->follows_series = g_strdup ("erfa");
  back->follows_role = g_strdup ("organiser");
}

static void
test_same_for_every_span (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  g_ptr_array_add (seven_get (rulebook)->series, new_monthly ());
  add_followers (rulebook);
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2031", D (2026, 1, 5));
  seven_date (decisions, TN_DECISION_DATE, "moede", "2027-04", "2028-02-03", FALSE);
  seven_date (decisions, TN_DECISION_PLACED, "studietur", "2028", "2027-12-20", FALSE);

  g_autoptr (TnPlan) whole = seven_plan (rulebook, decisions, 2018, 2036);

  for (int year = 2018; year < 2034; year++)
    {
      g_autoptr (TnPlan) part = seven_plan (rulebook, decisions, year, year + 1 + year % 3);
      assert_part_of (part, whole);
    }
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  TnSpan week = tn_span_new (D (2027, 5, 16), D (2027, 5, 23));
  g_autoptr (TnPlan) narrow = tn_planner_plan (rulebook, ledger, week, D (2026, 1, 10));
  assert_part_of (narrow, whole);
}

/* The autumn half of a school year has the role of the spring after it. */
static void
test_following_a_school_year (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSeries *trip = seven_get_series (rulebook, 0);
  trip->every = TN_PERIOD_SCHOOL_YEAR;
  trip->first = (TnCycle){ TN_PERIOD_SCHOOL_YEAR, 2018, 1, 0 };
  TnRoleRule *host = g_ptr_array_index (trip->roles, 0);
  host->start_cycle = trip->first;

  g_autoptr (TnPlan) whole = seven_plan (rulebook, decisions, 2018, 2030);
  g_autoptr (TnPlan) part = seven_plan (rulebook, decisions, 2027, 2028);

  assert_part_of (part, whole);
  g_assert_cmpstr (seven_holder (part, "erfa", "2027", "organiser"), ==,
                   seven_holder (whole, "studietur", "2026/27", "host"));
}

static void
test_numbers (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  g_ptr_array_add (seven_get (rulebook)->series, new_monthly ());
  seven_date (decisions, TN_DECISION_CANCEL, "moede", "2027-07", "yes", FALSE);
  seven_date (decisions, TN_DECISION_DATE, "moede", "2027-12", "2028-01-03", FALSE);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2029);

  g_assert_cmpint (seven_find (plan, "moede", "2027-06")->number, ==, 6);
  g_assert_cmpint (seven_find (plan, "moede", "2027-08")->number, ==, 7);
  g_assert_cmpstr (seven_find (plan, "moede", "2027-10")->title, ==, "Møde 9/2027");
  g_assert_cmpint (seven_find (plan, "moede", "2028-02")->number, ==, 3);
}

static void
test_sorted (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  g_ptr_array_add (rulebook->collaborations, seven_new_collaboration ("6by"));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  const char *const expected[]
      = { "6by/studietur/2027", "7by/studietur/2027", "6by/erfa/2027", "7by/erfa/2027" };
  g_assert_cmpuint (tn_plan_get_size (plan), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *reference = tn_occurrence_to_reference (tn_plan_get (plan, i));
      g_assert_cmpstr (reference, ==, expected[i]);
    }
}

/* A decided date counts, wherever the cycle's window lies. */
static void
test_span_is_about_dates (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2027", "2028-01-11", FALSE);

  g_autoptr (TnPlan) from = seven_plan (rulebook, decisions, 2027, 2028);
  g_autoptr (TnPlan) to = seven_plan (rulebook, decisions, 2028, 2029);

  g_assert_null (tn_plan_find (from, "7by", "studietur", "2027", NULL));
  g_assert_nonnull (tn_plan_find (to, "7by", "studietur", "2027", NULL));
  g_assert_nonnull (tn_plan_find (to, "7by", "studietur", "2028", NULL));
  g_assert_cmpint (seven_find (to, "studietur", "2028")->number, ==, 2);
}

static void
test_first_and_last_cycle (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnSeries *trip = seven_get_series (rulebook, 0);
  trip->has_last = TRUE;
  trip->last = (TnCycle){ TN_PERIOD_YEAR, 2028, 1, 0 };

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2015, 2032);

  g_assert_null (tn_plan_find (plan, "7by", "studietur", "2017", NULL));
  g_assert_nonnull (tn_plan_find (plan, "7by", "studietur", "2018", NULL));
  g_assert_nonnull (tn_plan_find (plan, "7by", "studietur", "2028", NULL));
  g_assert_null (tn_plan_find (plan, "7by", "studietur", "2029", NULL));
}

static void
test_renamed_series_and_council (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_date (decisions, TN_DECISION_DATE, "turen", "2027", "2027-04-14", TRUE);
  TnDecisionDraft set = seven_draft (TN_DECISION_SET, "2027", D (2026, 1, 5));
  set.series = "turen";
  set.council = "kbh";
  set.value = "unchanged";
  seven_decide (decisions, &set);
  g_strfreev (seven_get_series (rulebook, 0)->was);
  seven_get_series (rulebook, 0)->was = g_strsplit ("turen", ",", -1);
  TnCouncil *council = g_ptr_array_index (seven_get (rulebook)->councils, 2);
  g_strfreev (council->was);
  council->was = g_strsplit ("kbh", ",", -1);

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  g_assert_cmpint (seven_find (plan, "studietur", "2027")->when.days.start, ==, D (2027, 4, 14));
  g_assert_cmpstr (seven_host (plan, "2027"), ==, "kobenhavn");
}

static void
test_roles_in_a_circle (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  TnRoleRule *role = seven_add_role (seven_get_series (rulebook, 0), "x", TN_ROLE_FOLLOWS);
  role->follows_series = g_strdup ("erfa");
  role->follows_role = g_strdup ("y");
  TnRoleRule *back = seven_add_role (seven_get_series (rulebook, 1), "y", TN_ROLE_FOLLOWS);
  back->follows_series = g_strdup ("studietur");
  back->follows_role = g_strdup ("x");

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2028);

  g_assert_cmpstr (seven_holder (plan, "studietur", "2027", "x"), ==, "");
}

static void
test_absurd_spans (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (TnLedger) ledger = tn_ledger_new (NULL);
  seven_get_series (rulebook, 0)->first.year = 9880;

  g_autoptr (TnPlan) empty
      = tn_planner_plan (rulebook, ledger, tn_span_new (D (2027, 1, 1), D (2027, 1, 1)), 0);
  g_autoptr (TnPlan) always = tn_planner_plan (rulebook, ledger, TN_SPAN_ALWAYS, D (2026, 1, 10));

  g_assert_cmpuint (tn_plan_get_size (empty), ==, 0);
  g_assert_nonnull (tn_plan_find (always, "7by", "erfa", "2018", NULL));
  g_assert_nonnull (tn_plan_find (always, "7by", "erfa", "9800", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/planner/same-occurrence-for-every-span", test_same_for_every_span);
  g_test_add_func ("/rules/planner/role-can-follow-a-school-year", test_following_a_school_year);
  g_test_add_func ("/rules/planner/numbers-count-held-meetings-of-the-year", test_numbers);
  g_test_add_func ("/rules/planner/sorted-by-day-then-reference", test_sorted);
  g_test_add_func ("/rules/planner/span-is-about-dates", test_span_is_about_dates);
  g_test_add_func ("/rules/planner/first-and-last-cycle-bound-the-series",
                   test_first_and_last_cycle);
  g_test_add_func ("/rules/planner/renamed-series-and-council-keep-their-entries",
                   test_renamed_series_and_council);
  g_test_add_func ("/rules/planner/roles-in-a-circle-end", test_roles_in_a_circle);
  g_test_add_func ("/rules/planner/absurd-spans-end", test_absurd_spans);
  return g_test_run ();
}
