/* Themes, the duty to fill them in, matters that come back, and homework. */
#include "agreed.h"

#include "rules/explanation.h"

#define MEETING                                                                                    \
  "{ id = \"m\"; kind = \"theme\"; title = \"{cycle}: {theme}\"; every = \"quarter\"; "            \
  "first = \"2026-Q1\"; prefer = \"early\"; "

static gboolean
has_line (const TnPlan *plan, const char *cycle, const char *words)
{
  g_autoptr (GPtrArray) lines
      = tn_explanation_list_lines (plan, tn_plan_find (plan, "c", "m", cycle, NULL));
  for (guint i = 0; i < lines->len; i++)
    if (strstr (g_ptr_array_index (lines, i), words) != NULL)
      return TRUE;
  return FALSE;
}

static void
test_themes (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (
      MEETING "themes = ( { cycle = \"2026-Q2\"; theme = \"Natur\"; },\n"
              "{ cycle = \"2026-Q4\"; theme = \"By\"; } );\n"
              "theme_plan = { id = \"plan\"; title = \"{count} mangler\"; by = \"council\"; }; }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2026, 2028);

  g_assert_cmpstr (tn_plan_find (plan, "c", "m", "2026-Q2", NULL)->title, ==, "2026-Q2: Natur");
  g_assert_true (has_line (plan, "2026-Q4", "theme: By is the theme of 2026-Q4 [c0.conf:4]"));
  const TnOccurrence *second = tn_plan_find (plan, "c", "m", "2026-Q2", NULL);
  const TnMilestone *fill = tn_occurrence_find_milestone (second, "plan");
  g_assert_cmpstr (fill->title, ==, "1 mangler");
  g_assert_cmpint (fill->due, ==, second->when.days.start);
  g_assert_cmpuint (g_strv_length (fill->councils), ==, 3);
  g_assert_true (has_line (plan, "2026-Q2", "2026-Q2 is the last before 2026-H2, of which 1"));
  g_assert_null (
      tn_occurrence_find_milestone (tn_plan_find (plan, "c", "m", "2026-Q1", NULL), "plan"));
  g_assert_cmpstr (
      tn_occurrence_find_milestone (tn_plan_find (plan, "c", "m", "2026-Q4", NULL), "plan")->title,
      ==, "2 mangler");
}

static void
test_matters (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (
      MEETING "matters = ( { title = \"Bro\"; from = \"2026-Q2\"; done = \"2026-Q3\"; },\n"
              "{ title = \"Vej\"; from = \"2026-Q3\"; } ); }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2026, 2028);

  g_assert_false (has_line (plan, "2026-Q1", "Bro"));
  g_assert_true (has_line (plan, "2026-Q2", "matter: Bro, on the list since 2026-Q2 [c0.conf:3]"));
  g_assert_true (has_line (plan, "2026-Q3", "Bro, on the list since 2026-Q2, dealt with"));
  g_assert_false (has_line (plan, "2026-Q4", "Bro"));
  g_assert_true (has_line (plan, "2027-Q4", "Vej, on the list since 2026-Q3"));
}

static void
test_homework (void)
{
  g_autoptr (TnRulebook) rulebook = agreed_read (
      MEETING "last = \"2026-Q2\"; milestones = ( { id = \"lektie\"; title = \"Lektie\"; "
              "every = \"5 weeks\"; by = \"council\"; } ); }");

  g_autoptr (TnPlan) plan = agreed_plan (rulebook, 2026, 2028);

  /* 1 January to 1 April: two times five weeks; after the last there is none. */
  const TnOccurrence *first = tn_plan_find (plan, "c", "m", "2026-Q1", NULL);
  g_assert_cmpuint (first->milestones->len, ==, 2);
  const TnMilestone *second = tn_occurrence_find_milestone (first, "lektie-2");
  g_assert_cmpint (second->due, ==, tn_date_new (2026, 3, 12));
  g_assert_cmpuint (tn_plan_find (plan, "c", "m", "2026-Q2", NULL)->milestones->len, ==, 0);
  const TnMilestone *found = NULL;
  g_assert_true (tn_plan_find_uid (plan, second->uid, &found) == first && found == second);
}

static void
test_refused (void)
{
  assert_refused (MEETING "themes = ( { cycle = \"2025-Q4\"; theme = \"X\"; } ); }",
                  "is before the first cycle of 'm'");
  assert_refused (MEETING "themes = ( { cycle = \"2027\"; theme = \"X\"; } ); }",
                  "is no cycle of series 'm'");
  assert_refused (MEETING "themes = ( { cycle = \"2027-Q1\"; theme = \"X\"; },\n"
                          "{ cycle = \"2027-Q1\"; theme = \"Y\"; } ); }",
                  "c0.conf:4: 2027-Q1 has two themes, the other in line 3");
  assert_refused (MEETING
                  "matters = ( { title = \"X\"; from = \"2027-Q2\"; done = \"2027-Q1\"; } ); }",
                  "dealt with in 2027-Q1 before it comes up in 2027-Q2");
  assert_refused (MEETING "milestones = ( { id = \"l\"; title = \"L\"; every = \"1 week\"; "
                          "until = \"x\"; by = \"council\"; } ); }",
                  "until: there is no series 'x'");
  assert_refused (MEETING "milestones = ( { id = \"l\"; title = \"L\"; every = \"1 week\"; "
                          "after = \"1 week\"; by = \"council\"; } ); }",
                  "milestone 'l' has both after and every");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/golden/agenda/themes-and-how-many-are-missing", test_themes);
  g_test_add_func ("/golden/agenda/matters-come-back-until-dealt-with", test_matters);
  g_test_add_func ("/golden/agenda/homework-lasts-until-the-next", test_homework);
  g_test_add_func ("/golden/agenda/what-cannot-be-is-refused", test_refused);
  return g_test_run ();
}
