/* Tests of themes and matters of an occurrence. */
#include "seven-cities.h"

#include "rules/themes.h"

static TnOccurrence *
new_trip (const TnRulebook *rulebook, int year)
{
  TnCycle cycle = { TN_PERIOD_YEAR, year, 1, 0 };
  return tn_occurrence_new (seven_get (rulebook), seven_get_series (rulebook, 0), &cycle);
}

static void
add_theme (TnSeries *series, const char *theme, int year)
{
  TnCycle cycle = { TN_PERIOD_YEAR, year, 1, 0 };
  TnTheme *item = tn_theme_new (theme, &cycle);
  item->origin = tn_origin_make ("7by.conf", 60);
  g_ptr_array_add (series->themes, item);
}

static void
test_decided_before_listed (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  add_theme (seven_get_series (rulebook, 0), "Boliger", 2027);
  add_theme (seven_get_series (rulebook, 0), "Transport", 2028);
  TnDecisionDraft draft = seven_draft (TN_DECISION_THEME, "2027", D (2026, 1, 5));
  draft.value = "Ensomhed";
  seven_decide (decisions, &draft);
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  TnOccurrence *decided = new_trip (rulebook, 2027);
  TnOccurrence *listed = new_trip (rulebook, 2028);
  TnOccurrence *bare = new_trip (rulebook, 2029);

  tn_themes_tell (decided, ledger);
  tn_themes_tell (listed, ledger);
  tn_themes_tell (bare, ledger);

  g_assert_cmpstr (decided->theme, ==, "Ensomhed");
  g_assert_cmpstr (listed->theme, ==, "Transport");
  g_assert_null (bare->theme);
  const TnReason *reason = g_ptr_array_index (listed->agenda, 0);
  g_assert_cmpstr (reason->source, ==, "7by.conf:60");
  g_assert_cmpuint (bare->agenda->len, ==, 0);
  tn_occurrence_free (decided);
  tn_occurrence_free (listed);
  tn_occurrence_free (bare);
}

/* Two themes for three years: the duty stands at the last one before each, with what is missing. */
static void
test_duty (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  TnSeries *trip = seven_get_series (rulebook, 0);
  trip->theme_plan = (TnThemePlan){ .id = g_strdup ("temaer"),
                                    .title = g_strdup ("{count} mangler"),
                                    .by = g_strdup ("host"),
                                    .every = TN_PERIOD_YEAR,
                                    .origin = tn_origin_make ("7by.conf", 61) };
  add_theme (trip, "Boliger", 2028);
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2029);

  const TnOccurrence *before = seven_find (plan, "studietur", "2027");
  const TnMilestone *filled = tn_occurrence_find_milestone (before, "temaer");
  const TnMilestone *missing
      = tn_occurrence_find_milestone (seven_find (plan, "studietur", "2028"), "temaer");
  g_assert_cmpstr (filled->title, ==, "0 mangler");
  g_assert_cmpstr (missing->title, ==, "1 mangler");
  g_assert_cmpint (filled->due, ==, before->when.days.start);
  g_assert_cmpstr (filled->councils[0], ==, seven_host (plan, "2027"));
}

/* The programme ends with 2027: there is nothing left to fill. */
static void
test_no_duty_at_the_end (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  TnSeries *trip = seven_get_series (rulebook, 0);
  trip->theme_plan = (TnThemePlan){ .id = g_strdup ("temaer"),
                                    .title = g_strdup ("x"),
                                    .by = g_strdup ("host"),
                                    .every = TN_PERIOD_YEAR };
  trip->has_last = TRUE;
  trip->last = (TnCycle){ TN_PERIOD_YEAR, 2027, 1, 0 };
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2026, 2029);

  g_assert_nonnull (
      tn_occurrence_find_milestone (seven_find (plan, "studietur", "2026"), "temaer"));
  g_assert_null (tn_occurrence_find_milestone (seven_find (plan, "studietur", "2027"), "temaer"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/themes/a-decision-stands-before-the-list", test_decided_before_listed);
  g_test_add_func ("/rules/themes/the-duty-counts-what-is-missing", test_duty);
  g_test_add_func ("/rules/themes/after-the-last-nothing-is-to-be-filled", test_no_duty_at_the_end);
  return g_test_run ();
}
