/* Chapters: who is planned with whom, and that nobody else is needed. Promise 8. */
#include "seven-cities.h"

static const guint N_MONTHLY = 12;

static void
add_monthly (TnRulebook *rulebook, guint number)
{
  g_autofree char *id = g_strdup_printf ("moede-%u", number);
  TnSeries *series = tn_series_new (id, TN_KIND_MEETING);
  seven_set_text (&series->title, "Møde {number}/{year}");
  series->every = TN_PERIOD_MONTH;
  series->first = (TnCycle){ TN_PERIOD_MONTH, 2018, 1, 0 };
  g_ptr_array_add (seven_get (rulebook)->series, series);
}

/* The seven cities, and so many monthly meetings that they do not fit into one chapter. */
static TnRulebook *
new_rulebook (void)
{
  TnRulebook *rulebook = seven_new_rulebook ();
  for (guint i = 0; i < N_MONTHLY; i++)
    add_monthly (rulebook, i);
  return rulebook;
}

static guint
find_chapter (const TnChapters *chapters, const TnSeries *series)
{
  for (guint i = 0; i < tn_chapters_get_size (chapters); i++)
    if (g_hash_table_contains (tn_chapters_get (chapters, i)->series, series))
      return i;
  g_assert_not_reached ();
}

static TnPlan *
plan (const TnChapters *chapters, guint index, GPtrArray *decisions)
{
  g_autoptr (TnLedger) ledger = tn_ledger_new (decisions);
  return tn_planner_plan_chapter (chapters, index, ledger,
                                  tn_span_new (D (2026, 1, 1), D (2030, 1, 1)), D (2026, 1, 10));
}

static void
test_each_once (void)
{
  g_autoptr (TnRulebook) rulebook = new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  g_autoptr (TnChapters) chapters = tn_chapters_new (rulebook);
  g_autoptr (TnPlan) whole = seven_plan (rulebook, decisions, 2026, 2030);

  guint n_series = 0;
  guint n_occurrences = 0;
  for (guint i = 0; i < tn_chapters_get_size (chapters); i++)
    {
      g_autoptr (TnPlan) part = plan (chapters, i, decisions);
      n_series += g_hash_table_size (tn_chapters_get (chapters, i)->series);
      n_occurrences += tn_plan_get_size (part);
    }

  g_assert_cmpuint (tn_chapters_get_size (chapters), >, 1);
  g_assert_cmpuint (n_series, ==, seven_get (rulebook)->series->len);
  g_assert_cmpuint (n_occurrences, ==, tn_plan_get_size (whole));
}

static void
test_followers (void)
{
  g_autoptr (TnRulebook) rulebook = new_rulebook ();
  GPtrArray *series = seven_get (rulebook)->series;
  TnRoleRule *role
      = seven_add_role (g_ptr_array_index (series, series->len - 1), "host", TN_ROLE_FOLLOWS);
  role->follows_series = g_strdup ("studietur");
  role->follows_role = g_strdup ("host");

  g_autoptr (TnChapters) chapters = tn_chapters_new (rulebook);

  g_assert_cmpuint (find_chapter (chapters, g_ptr_array_index (series, series->len - 1)), ==,
                    find_chapter (chapters, g_ptr_array_index (series, 0)));
  g_assert_cmpuint (find_chapter (chapters, g_ptr_array_index (series, series->len - 2)), !=,
                    find_chapter (chapters, g_ptr_array_index (series, 0)));
}

static void
test_other_collaboration (void)
{
  g_autoptr (TnRulebook) rulebook = new_rulebook ();
  TnCollaboration *other = seven_new_collaboration ("8by");
  g_ptr_array_add (rulebook->collaborations, other);
  TnSeries *apart = g_ptr_array_index (other->series, 0);
  TnDistance *distance = g_new0 (TnDistance, 1);
  distance->collaboration = g_strdup ("7by");
  distance->series = g_strdup ("moede-11");
  distance->days = 3;
  g_ptr_array_add (apart->distances, distance);
  GPtrArray *series = seven_get (rulebook)->series;

  g_autoptr (TnChapters) chapters = tn_chapters_new (rulebook);

  guint index = find_chapter (chapters, apart);
  g_assert_cmpuint (index, ==,
                    find_chapter (chapters, g_ptr_array_index (series, series->len - 1)));
  g_assert_cmpuint (tn_chapters_get (chapters, index)->collaborations->len, ==, 2);
}

static void
test_decision_elsewhere (void)
{
  g_autoptr (TnRulebook) rulebook = new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  g_autoptr (TnChapters) chapters = tn_chapters_new (rulebook);
  GPtrArray *series = seven_get (rulebook)->series;
  guint index = find_chapter (chapters, g_ptr_array_index (series, series->len - 1));
  g_autoptr (TnPlan) before = plan (chapters, index, decisions);

  seven_swap (decisions, "2027", "2031", D (2026, 1, 5));
  seven_date (decisions, TN_DECISION_DATE, "studietur", "2028", "2028-05-03", TRUE);
  g_autoptr (TnPlan) after = plan (chapters, index, decisions);

  g_assert_cmpuint (tn_plan_get_size (after), ==, tn_plan_get_size (before));
  for (guint i = 0; i < tn_plan_get_size (after); i++)
    {
      g_assert_cmpstr (tn_plan_get (after, i)->uid, ==, tn_plan_get (before, i)->uid);
      g_assert_cmpstr (tn_plan_get (after, i)->title, ==, tn_plan_get (before, i)->title);
      g_assert_cmpint (tn_plan_get (after, i)->when.days.start, ==,
                       tn_plan_get (before, i)->when.days.start);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/chapters/each-series-and-occurrence-stands-in-one", test_each_once);
  g_test_add_func ("/rules/chapters/who-follows-stands-with-whom-it-follows", test_followers);
  g_test_add_func ("/rules/chapters/who-keeps-off-another-collaboration-stands-with-it",
                   test_other_collaboration);
  g_test_add_func ("/rules/chapters/decision-on-one-changes-no-other", test_decision_elsewhere);
  return g_test_run ();
}
