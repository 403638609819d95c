/* Tests of titles with placeholders. */
#include "seven-cities.h"

#include "rules/wording.h"

static TnPlan *
make_plan (const char *title, const char *theme)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_set_text (&seven_get_series (rulebook, 0)->title, title);
  if (theme != NULL)
    seven_date (decisions, TN_DECISION_THEME, "studietur", "2027", theme, FALSE);
  return seven_plan (rulebook, decisions, 2027, 2028);
}

static void
assert_title (const char *template, const char *theme, const char *expected)
{
  g_autoptr (TnPlan) plan = make_plan (template, theme);
  g_assert_cmpstr (seven_find (plan, "studietur", "2027")->title, ==, expected);
}

static void
assert_template (const char *template, const char *edited, const char *expected)
{
  g_autoptr (TnPlan) plan = make_plan (template, NULL);
  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  g_autofree char *again = tn_wording_to_template (trip, edited);
  g_assert_cmpstr (again, ==, expected);
}

static void
test_values (void)
{
  assert_title ("Studietur {cycle}: {host}", NULL, "Studietur 2027: Esbjerg");
  assert_title ("{number}/{year} {theme}", "Natur", "1/2027 Natur");
  assert_title ("Uden {ukendt} {Host} {", NULL, "Uden {ukendt} {Host} {");
  assert_title ("æøå {host}", NULL, "æøå Esbjerg");
}

static void
test_missing_value_at_the_end (void)
{
  assert_title ("Tur {cycle}: {theme}", NULL, "Tur 2027");
  assert_title ("Tur {cycle} - {organiser}", NULL, "Tur 2027");
  assert_title ("{theme} {cycle}:", NULL, " 2027:");
}

static void
test_edited_title_follows (void)
{
  assert_template ("Studietur {cycle}: {host}", "Tur til Esbjerg 2027 med bus",
                   "Tur til {host} {cycle} med bus");
  assert_template ("Studietur {cycle}: {host}", "Esbjergs tur", "Esbjergs tur");
  assert_template ("Studietur {cycle}", "Esbjerg 2027", "Esbjerg {cycle}");
  assert_template ("{number}. tur {cycle}", "1. tur 2027 (1 dag)", "{number}. tur {cycle} (1 dag)");
  assert_template ("Studietur {cycle}: {host}", "", "");
}

static void
test_typed_placeholder_is_text (void)
{
  assert_template ("Studietur {cycle}: {host}", "{host} 2027 Esbjerg", "{host} 2027 Esbjerg");
}

static void
test_decided_title (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_date (decisions, TN_DECISION_TITLE, "studietur", "2027", "Tur til {host} med bus", FALSE);
  seven_date (decisions, TN_DECISION_WHERE, "studietur", "2027", "Musikhuset", FALSE);
  seven_date (decisions, TN_DECISION_TEXT, "studietur", "2027", "Husk madpakke", FALSE);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));

  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2027, 2029);

  const TnOccurrence *trip = seven_find (plan, "studietur", "2027");
  g_assert_cmpstr (trip->title, ==, "Tur til Randers med bus");
  g_assert_cmpstr (trip->place, ==, "Musikhuset");
  g_assert_cmpstr (trip->text, ==, "Husk madpakke");
  g_assert_cmpstr (seven_find (plan, "studietur", "2028")->place, ==, "Esbjerg");
  g_assert_cmpstr (seven_find (plan, "erfa", "2028")->place, ==, "Odense");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/wording/placeholders-have-values", test_values);
  g_test_add_func ("/rules/wording/missing-value-at-the-end-takes-its-colon",
                   test_missing_value_at_the_end);
  g_test_add_func ("/rules/wording/edited-title-follows-its-values", test_edited_title_follows);
  g_test_add_func ("/rules/wording/typed-placeholder-is-only-text", test_typed_placeholder_is_text);
  g_test_add_func ("/rules/wording/decided-title-follows-the-host", test_decided_title);
  return g_test_run ();
}
