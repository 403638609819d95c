/* tests/charter/duties.c — who is what for a series, and what they must do */
#include "reading.h"

#define RING                                                                                       \
  "rotation = [ \"randers\", \"odense\", \"kobenhavn\", \"aarhus\", \"frederiksberg\", "           \
  "\"aalborg\", \"esbjerg\" ]"
#define START "start = { cycle = \"2018\"; council = \"aalborg\"; };"

static const TnSeries *
find (const TnRulebook *rulebook, const char *id)
{
  return tn_collaboration_find_series (g_ptr_array_index (rulebook->collaborations, 0), id);
}

static void
test_real_roles (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (TnRulebook) rulebook = reading_read (text, NULL);

  const TnRoleRule *host = tn_series_find_role (find (rulebook, "studietur"), "host");
  const TnRoleRule *organiser = tn_series_find_role (find (rulebook, "erfa"), "organiser");
  const TnRoleRule *venue = tn_series_find_role (find (rulebook, "erfa"), "venue");

  g_assert_cmpint (host->kind, ==, TN_ROLE_RING);
  g_assert_cmpuint (g_strv_length (host->ring), ==, 7);
  g_assert_cmpstr (host->ring[0], ==, "randers");
  g_assert_cmpstr (host->ring[6], ==, "esbjerg");
  g_assert_cmpint (host->start_cycle.year, ==, 2018);
  g_assert_cmpstr (host->start_council, ==, "aalborg");
  g_assert_cmpint (organiser->kind, ==, TN_ROLE_FOLLOWS);
  g_assert_cmpstr (organiser->follows_series, ==, "studietur");
  g_assert_cmpstr (organiser->follows_role, ==, "host");
  g_assert_cmpint (venue->kind, ==, TN_ROLE_FIXED);
  g_assert_cmpstr (venue->council, ==, "odense");
}

static void
test_real_milestones (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (TnRulebook) rulebook = reading_read (text, NULL);

  const TnMilestoneRule *signup
      = tn_series_find_milestone (find (rulebook, "studietur"), "tilmelding");
  const TnMilestoneRule *minutes = tn_series_find_milestone (find (rulebook, "erfa"), "referat");

  g_assert_cmpint (signup->amount, ==, 20);
  g_assert_cmpint (signup->unit, ==, TN_UNIT_WORKDAYS);
  g_assert_false (signup->after);
  g_assert_cmpstr (signup->by, ==, "council");
  g_assert_true (minutes->after);
  g_assert_cmpint (minutes->unit, ==, TN_UNIT_WEEKS);
  g_assert_cmpuint (find (rulebook, "erfa")->milestones->len, ==, 4);
  g_assert_cmpuint (find (rulebook, "studietur")->participants->len, ==, 3);
  g_assert_cmpuint (g_strv_length (find (rulebook, "studietur")->guests), ==, 2);
}

static void
test_rings (void)
{
  assert_complaint (RING, "rotation = [ \"aalborg\" ]", "a ring of one, expected two councils");
  assert_complaint (RING ";\n          " START, "rotation = [ ];",
                    "a ring of nobody, expected two councils");
  assert_complaint ("\"esbjerg\" ];\n          start",
                    "\"esbjerg\", \"odense\" ];\n          start",
                    "'odense' stands twice in rotation");
  assert_complaint ("\"esbjerg\" ];\n          start", "\"esbjeg\" ];\n          start",
                    "unknown council 'esbjeg', expected 'esbjerg'?");
  assert_complaint ("\"aalborg\", \"esbjerg\" ];\n          start",
                    "\"esbjerg\" ];\n          start", "'aalborg' is not in the ring");
}

static void
test_start_by_default (void)
{
  g_autoptr (TnRulebook) rulebook = reading_read_changed (START, "");

  const TnRoleRule *host = tn_series_find_role (find (rulebook, "studietur"), "host");

  g_assert_cmpint (host->start_cycle.year, ==, 2018);
  g_assert_cmpstr (host->start_council, ==, "randers");
}

static void
test_wrong_roles (void)
{
  assert_complaint ("{ role = \"venue\"; council = \"odense\"; }", "{ role = \"venue\"; }",
                    "role 'venue' says nobody, expected one of rotation, council and follows");
  assert_complaint ("{ role = \"venue\"; council = \"odense\"; }",
                    "{ role = \"venue\"; council = \"odense\"; follows = \"studietur.host\"; }",
                    "role 'venue' says several things");
  assert_complaint ("{ role = \"venue\"; council = \"odense\"; }",
                    "{ role = \"organiser\"; council = \"odense\"; }",
                    "role 'organiser' stands twice");
  assert_complaint ("{ role = \"venue\"; council = \"odense\"; }",
                    "{ role = \"council\"; council = \"odense\"; }",
                    "no role can be called 'council'");
  assert_complaint ("{ role = \"venue\"; council = \"odense\"; }",
                    "{ role = \"venue\"; council = \"odense\"; " START " }",
                    "start stands without rotation");
}

static void
test_milestones (void)
{
  assert_complaint ("before = \"8 weeks\";     by = \"host\"", "by = \"host\"",
                    "milestone 'program' has none of before, after, on and every");
  assert_complaint ("before = \"8 weeks\"", "before = \"8 weeks\"; after = \"1 day\"",
                    "milestone 'program' has both before and after, expected one");
  assert_complaint ("before = \"8 weeks\"", "before = \"8 uger\"",
                    "before = \"8 uger\" is not possible");
  assert_complaint ("by = \"host\"", "by = \"hots\"",
                    "by: series 'studietur' has no role 'hots', expected 'host'?");
  assert_complaint ("id = \"tilmelding\"", "id = \"program\"", "milestone 'program' stands twice");
}

#define PROGRAM "before = \"8 weeks\";     by = \"host\""

static const TnMilestoneRule *
find_program (const TnRulebook *rulebook)
{
  return tn_series_find_milestone (find (rulebook, "studietur"), "program");
}

static void
test_milestones_of_cycle_and_on_days (void)
{
  g_autoptr (TnRulebook) cycle
      = reading_read_changed (PROGRAM, "before = \"6 weeks\"; of = \"cycle\"");
  g_autoptr (TnRulebook) day
      = reading_read_changed (PROGRAM, "on = \"02-29\"; shift = \"previous-workday\"");
  g_autoptr (TnRulebook) date
      = reading_read_changed (PROGRAM, "on = \"2027-05-01\"; shift = \"next-workday\"");

  g_assert_cmpint (find_program (cycle)->anchor, ==, TN_ANCHOR_CYCLE);
  g_assert_cmpint (find_program (cycle)->amount, ==, 6);
  g_assert_cmpint (find_program (cycle)->shift, ==, TN_SHIFT_NONE);
  g_assert_cmpint (find_program (day)->anchor, ==, TN_ANCHOR_DAY);
  g_assert_cmpint (find_program (day)->month, ==, 2);
  g_assert_cmpint (find_program (day)->day, ==, 29);
  g_assert_cmpint (find_program (day)->shift, ==, TN_SHIFT_PREVIOUS);
  g_assert_cmpint (find_program (date)->anchor, ==, TN_ANCHOR_DATE);
  g_assert_cmpint (find_program (date)->date, ==, tn_date_new (2027, 5, 1));
  g_assert_cmpint (find_program (date)->shift, ==, TN_SHIFT_NEXT);
}

static void
test_wrong_days (void)
{
  assert_complaint (PROGRAM, "on = \"31-02\"", "on = \"31-02\"");
  assert_complaint (PROGRAM, "on = \"05-01\"; before = \"1 day\"",
                    "milestone 'program' has both before and on, expected one");
  assert_complaint (PROGRAM, "on = \"05-01\"; of = \"cycle\"",
                    "of says nothing beside on, expected before or after");
  assert_complaint (PROGRAM, "before = \"6 weeks\"; of = \"year\"",
                    "of = \"year\" is not possible, expected \"event\" or \"cycle\"");
  assert_complaint (PROGRAM, "before = \"6 weeks\"; shift = \"workday\"",
                    "expected \"previous-workday\" or \"next-workday\"");
  assert_complaint (PROGRAM, "before = \"6 weeks\"; until = \"erfa\"",
                    "until stands without every");
}

/* `lektie-2` is the second of `lektie`: nothing else may be called so. */
static void
test_homework_ids (void)
{
  assert_complaint ("{ id = \"program\";",
                    "{ id = \"lektie\"; title = \"L\"; every = \"1 week\"; },\n"
                    "{ id = \"lektie-2\"; title = \"M\"; after = \"1 week\"; }, "
                    "{ id = \"program\";",
                    "milestone 'lektie-2' is called as a repetition of 'lektie' in line");
}

static void
test_milestone_by_default (void)
{
  g_autoptr (TnRulebook) rulebook
      = reading_read_changed ("after  = \"2 weeks\"; by = \"organiser\"", "after  = \"2 weeks\"");

  const TnMilestoneRule *minutes = tn_series_find_milestone (find (rulebook, "erfa"), "referat");

  g_assert_cmpstr (minutes->by, ==, "organiser");
}

static void
test_rights (void)
{
  g_autofree char *text = reading_dup_7by ();
  g_autoptr (TnRulebook) usual = reading_read (text, NULL);
  g_autoptr (TnRulebook) open = reading_read_changed (
      "prefer = \"week 20\";", "may = { when = [ \"all\" ]; turn = \"host\"; where = [ ]; };");

  g_assert_cmpstr (find (usual, "studietur")->may[TN_RIGHT_WHEN][0], ==, "host");
  g_assert_cmpstr (find (open, "studietur")->may[TN_RIGHT_WHEN][0], ==, "all");
  g_assert_cmpstr (find (open, "studietur")->may[TN_RIGHT_TURN][0], ==, "host");
  g_assert_null (find (open, "studietur")->may[TN_RIGHT_WHERE][0]);
  assert_complaint ("prefer = \"week 20\";", "may = { when = [ \"hots\" ]; };",
                    "when: series 'studietur' has no role 'hots', expected 'host'?");
}

static void
test_placeholders (void)
{
  assert_complaint ("title = \"Erfa-møde {cycle}\"", "title = \"Erfa-møde {cykle}\"",
                    "title: there is no placeholder '{cykle}' in series 'erfa', expected {cycle}?");
  assert_complaint ("title = \"Erfa-møde {cycle}\"", "title = \"Erfa-møde {host}\"",
                    "title: there is no placeholder '{host}' in series 'erfa', expected one of "
                    "{cycle}, {year}, {number}, {theme}, {organiser}, {venue}");
  assert_complaint ("Udsend program: studietur {cycle}", "Udsend {prgram}",
                    "there is no placeholder '{prgram}' in series 'studietur'");
  assert_complaint ("title = \"Erfa-møde {cycle}\"", "title = \"Erfa-møde {cycle\"",
                    "expected a text of one line, with { } only around a placeholder");
  g_autoptr (TnRulebook) rulebook
      = reading_read_changed ("title = \"Erfa-møde {cycle}\"",
                              "title = \"Erfa {year} hos {organiser} i {venue}: {theme}\"");
  g_assert_nonnull (rulebook);
}

static void
test_participants (void)
{
  assert_complaint ("count = 3", "count = 0", "count = 0 is out of range");
  assert_complaint ("count = 3", "count = 3000000000", "number 3000000000 is out of range");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/charter/duties/the-real-roles-are-read", test_real_roles);
  g_test_add_func ("/charter/duties/the-real-milestones-are-read", test_real_milestones);
  g_test_add_func ("/charter/duties/a-ring-has-two-known-councils-or-more", test_rings);
  g_test_add_func ("/charter/duties/a-ring-starts-with-its-first", test_start_by_default);
  g_test_add_func ("/charter/duties/a-role-says-one-thing", test_wrong_roles);
  g_test_add_func ("/charter/duties/a-milestone-is-before-or-after", test_milestones);
  g_test_add_func ("/charter/duties/a-milestone-falls-to-the-first-role",
                   test_milestone_by_default);
  g_test_add_func ("/charter/duties/rights-are-of-roles", test_rights);
  g_test_add_func ("/charter/duties/placeholders-have-something-to-hold", test_placeholders);
  g_test_add_func ("/charter/duties/participants-are-counted", test_participants);
  g_test_add_func ("/charter/duties/milestones-go-by-the-cycle-or-a-day",
                   test_milestones_of_cycle_and_on_days);
  g_test_add_func ("/charter/duties/wrong-days-of-milestones", test_wrong_days);
  g_test_add_func ("/charter/duties/nothing-is-called-like-homework", test_homework_ids);
  return g_test_run ();
}
