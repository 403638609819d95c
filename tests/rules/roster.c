/* Tests of the list of hosts. */
#include "seven-cities.h"

#include "rules/roster.h"

static TnRoster *
make_roster (const TnPlan *plan)
{
  g_autoptr (GError) error = NULL;
  TnRoster *roster = tn_roster_new (plan, "7by", "studietur", NULL, &error);
  g_assert_no_error (error);
  return roster;
}

static char *
format_rows (const TnRoster *roster, const char *from, const char *to)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < roster->rows->len; i++)
    {
      const TnRosterRow *row = g_ptr_array_index (roster->rows, i);
      if (strcmp (row->cycle, from) >= 0 && strcmp (row->cycle, to) <= 0)
        g_string_append_printf (text, "%s%s %s %s", text->len > 0 ? ", " : "", row->cycle,
                                row->council != NULL ? row->council : "-",
                                tn_turn_status_to_string (row->status));
    }
  return g_string_free (text, FALSE);
}

static const TnFairness *
find_fairness (const TnRoster *roster, const char *council)
{
  for (guint i = 0; i < roster->fairness->len; i++)
    {
      const TnFairness *fairness = g_ptr_array_index (roster->fairness, i);
      if (strcmp (fairness->council, council) == 0)
        return fairness;
    }
  g_assert_not_reached ();
}

static void
test_statuses (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  seven_skip (decisions, "2029", "odense", D (2026, 1, 5));
  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2031);

  g_autoptr (TnRoster) roster = make_roster (plan);

  g_autofree char *past = format_rows (roster, "2019", "2022");
  g_autofree char *future = format_rows (roster, "2026", "2030");
  g_assert_cmpstr (
      past, ==, "2019 esbjerg held, 2020 randers postponed, 2021 randers held, 2022 odense held");
  g_assert_cmpstr (future, ==,
                   "2026 aalborg planned, 2027 randers swapped, 2028 esbjerg swapped, "
                   "2029 odense skipped, 2029 kobenhavn planned, 2030 aarhus planned");
}

static void
test_fairness (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_swap (decisions, "2027", "2028", D (2026, 1, 5));
  seven_skip (decisions, "2029", "odense", D (2026, 1, 5));
  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2031);

  g_autoptr (TnRoster) roster = make_roster (plan);

  g_assert_cmpuint (roster->fairness->len, ==, 7);
  const TnFairness *aalborg = find_fairness (roster, "aalborg");
  g_assert_cmpint (aalborg->n_held, ==, 1);
  g_assert_cmpint (aalborg->n_planned, ==, 1);
  g_assert_cmpint (aalborg->years_since, ==, 8);
  const TnFairness *randers = find_fairness (roster, "randers");
  g_assert_cmpint (randers->n_held, ==, 1);
  g_assert_cmpint (randers->n_taken, ==, 1);
  g_assert_cmpint (randers->n_given, ==, 1);
  g_assert_cmpstr (randers->next, ==, "2027");
  g_assert_cmpint (randers->years_since, ==, 5);
  g_assert_cmpint (find_fairness (roster, "odense")->n_skipped, ==, 1);
}

static void
test_moved_turns_are_shown (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  seven_change_membership (decisions, TN_DECISION_LEAVE, "randers", D (2027, 1, 1), D (2026, 1, 5));
  seven_change_membership (decisions, TN_DECISION_JOIN, "randers", D (2029, 1, 1), D (2026, 1, 6));
  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2031);

  g_autoptr (TnRoster) roster = make_roster (plan);

  g_autofree char *rows = format_rows (roster, "2026", "2029");
  g_assert_cmpstr (rows, ==,
                   "2026 aalborg planned, 2027 esbjerg planned, 2028 odense planned, "
                   "2029 kobenhavn planned");
  const TnRosterRow *stays = g_ptr_array_index (roster->rows, 9);
  const TnRosterRow *moved = g_ptr_array_index (roster->rows, 11);
  g_assert_null (stays->instead_of);
  g_assert_cmpstr (moved->cycle, ==, "2029");
  g_assert_cmpstr (moved->instead_of, ==, "odense");
  g_assert_nonnull (strstr (moved->why, "moved: Odense would have it if nobody joined or left"));
}

static void
test_unknown_names (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2031);
  g_autoptr (GError) error = NULL;

  g_assert_null (tn_roster_new (plan, "7by", "studieture", NULL, &error));

  g_assert_error (error, TN_ERROR, TN_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "series 'studieture'"));
}

static void
test_following_role (void)
{
  g_autoptr (TnRulebook) rulebook = seven_new_rulebook ();
  g_autoptr (GPtrArray) decisions = seven_new_decisions ();
  seven_postpone_2020 (decisions);
  g_autoptr (TnPlan) plan = seven_plan (rulebook, decisions, 2018, 2024);

  g_autoptr (TnRoster) roster = tn_roster_new (plan, "7by", "erfa", NULL, NULL);

  g_autofree char *rows = format_rows (roster, "2020", "2021");
  g_assert_cmpstr (rows, ==, "2020 randers held, 2021 randers held");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/roster/each-cycle-has-its-status", test_statuses);
  g_test_add_func ("/rules/roster/fairness-counts-turns", test_fairness);
  g_test_add_func ("/rules/roster/turns-moved-by-leaving-and-joining-are-shown",
                   test_moved_turns_are_shown);
  g_test_add_func ("/rules/roster/unknown-names-are-refused", test_unknown_names);
  g_test_add_func ("/rules/roster/role-that-follows-has-a-roster-too", test_following_role);
  return g_test_run ();
}
